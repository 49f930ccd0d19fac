#include "app/ui/mixer.h"

#include <math.h>

#define FADE_SAMPLES (MIXER_RATE_HZ / 1000 * 8)
#define STEP (1.0 / (MIXER_RATE_HZ / 50)) /* of a gain, from 0 to 1 in 20 ms */
#define TONE_LOUDNESS 0.4
#define VOICE_BEHIND_TONE 0.4

/* Loudness goes by the square: half of 100 sounds about half as loud. */
static double gain_of(int percent)
{
    return percent * percent / 10000.0;
}

void mixer_init(struct mixer *mixer, int volume_percent)
{
    double gain = gain_of(volume_percent);
    *mixer = (struct mixer){.gain = gain, .wanted_gain = gain, .voice_gain = 1};
}

enum rc mixer_add_tone(struct mixer *mixer, int frequency_hz, int length_ms, int64_t now_ms)
{
    size_t waiting = 0;
    for (unsigned i = 0; i < mixer->count; i++)
        waiting += mixer->tones[(mixer->first + i) % MIXER_TONES].length;
    if (mixer->count == MIXER_TONES || waiting > MIXER_WAIT_MOST_MS * (MIXER_RATE_HZ / 1000))
        return RC_FULL;
    mixer->tones[(mixer->first + mixer->count++) % MIXER_TONES] =
        (struct mixer_tone){.frequency_hz = frequency_hz,
                            .length = (size_t)length_ms * MIXER_RATE_HZ / 1000,
                            .asked_ms = now_ms};
    return RC_OK;
}

void mixer_clear(struct mixer *mixer)
{
    mixer->count = 0;
}

static void forget_first(struct mixer *mixer)
{
    mixer->first = (mixer->first + 1) % MIXER_TONES;
    mixer->count--;
}

void mixer_begin(struct mixer *mixer, int64_t since_ms)
{
    while (mixer->count && mixer->tones[mixer->first].asked_ms < since_ms)
        forget_first(mixer);
    mixer->tones[mixer->first].at = 0;
    mixer->gain = mixer->wanted_gain;
}

bool mixer_is_busy(const struct mixer *mixer)
{
    return mixer->count > 0;
}

void mixer_set_volume(struct mixer *mixer, int percent)
{
    mixer->wanted_gain = gain_of(percent);
}

static double glide(double now, double wanted)
{
    return now < wanted ? fmin(now + STEP, wanted) : fmax(now - STEP, wanted);
}

/* One sample of the tone that sounds, between -1 and 1, with soft ends. */
static double next_of_tone(struct mixer *mixer)
{
    struct mixer_tone *tone = &mixer->tones[mixer->first];
    size_t edge = tone->at < tone->length - tone->at ? tone->at : tone->length - tone->at;
    double soft = edge < FADE_SAMPLES ? (double)edge / FADE_SAMPLES : 1;
    double sample = soft * sin(2 * M_PI * tone->frequency_hz * (double)tone->at / MIXER_RATE_HZ);
    if (++tone->at == tone->length)
        forget_first(mixer);
    return sample;
}

static int16_t loudest_that_fits(double sample)
{
    return (int16_t)lrint(fmax(fmin(sample, INT16_MAX), INT16_MIN));
}

void mixer_mix(struct mixer *mixer, const int16_t *voice, size_t voice_count, int16_t *out_samples,
               size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mixer->gain = glide(mixer->gain, mixer->wanted_gain);
        mixer->voice_gain = glide(mixer->voice_gain, mixer->count ? VOICE_BEHIND_TONE : 1);
        double tone = mixer->count ? TONE_LOUDNESS * INT16_MAX * next_of_tone(mixer) : 0;
        double spoken = i < voice_count ? mixer->voice_gain * voice[i] : 0;
        out_samples[i] = loudest_that_fits(mixer->gain * (tone + spoken));
    }
}
