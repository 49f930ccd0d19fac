/*
 * mixer.h - tones and a voice made into one stream of samples, as loud as was asked for.
 *
 * Pure arithmetic: it knows no device and locks nothing; sound.c shares one between the loop and
 * the thread of the sound device. Nothing in it begins, ends or changes its loudness with a click.
 */
#ifndef APP_UI_MIXER_H
#define APP_UI_MIXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* The rate the voice is made at, so nothing is resampled here. */
#define MIXER_RATE_HZ 22050

#define MIXER_TONES 32
#define MIXER_WAIT_MOST_MS 5000

struct mixer_tone {
    int frequency_hz;
    size_t length, at; /* samples */
    int64_t asked_ms;  /* monotonic */
};

struct mixer {
    struct mixer_tone tones[MIXER_TONES]; /* a ring: one after another */
    unsigned first, count;
    double gain, wanted_gain; /* of everything */
    double voice_gain;        /* the voice steps back while a tone sounds */
};

void mixer_init(struct mixer *mixer, int volume_percent);

/* Behind the tones that wait. RC_FULL: more than MIXER_WAIT_MOST_MS wait already. */
enum rc mixer_add_tone(struct mixer *mixer, int frequency_hz, int length_ms,
                       int64_t now_ms) MUST_CHECK;

/* Forgets the tones that wait. */
void mixer_clear(struct mixer *mixer);

/*
 * Nobody heard anything up to now: tones that were asked for before `since_ms` are late and
 * forgotten, the others begin at their beginning, as loud as was asked for last.
 */
void mixer_begin(struct mixer *mixer, int64_t since_ms);

/* Does a tone wait or sound? */
bool mixer_is_busy(const struct mixer *mixer);

/* 0 to 100. It is there within 20 ms of samples. */
void mixer_set_volume(struct mixer *mixer, int percent);

/* The next `count` samples; in `voice` as many are spoken ones, silence follows. */
void mixer_mix(struct mixer *mixer, const int16_t *voice, size_t voice_count, int16_t *out_samples,
               size_t count);

#endif
