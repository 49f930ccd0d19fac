/*
 * speaker.h - the port of what is heard: tones and a voice. Used by the loop's thread only, and
 * never waits: a tone is queued, a text is handed over.
 *
 * A backend fills what it can do into `const struct speaker_ops` and leaves the rest NULL: that is
 * RC_UNSUPPORTED, so nobody takes silence for success. A speaker that is turned down to nothing
 * succeeds: silence was asked for.
 */
#ifndef FIRMWARE_PORT_SPEAKER_H
#define FIRMWARE_PORT_SPEAKER_H

#include "firmware/base/rc.h"

#define SPEAKER_VOLUME_DEFAULT 70

/* What is said of one text, in characters: it ends at the last word before. */
#define SPEAKER_SAY_CHARACTERS 2000

struct speaker;

struct speaker_ops {
    enum rc (*tone)(struct speaker *speaker, int frequency_hz, int length_ms);
    enum rc (*set_volume)(struct speaker *speaker, int percent);
    enum rc (*say)(struct speaker *speaker, const char *text, const char *language_code);
    void (*hush)(struct speaker *speaker);
    void (*close)(struct speaker *speaker);
};

struct speaker {
    const struct speaker_ops *ops;
};

/* Queues one tone (100 to 8000 Hz, 1 to 2000 ms) and returns at once. RC_GONE: nobody hears it. */
enum rc speaker_tone(struct speaker *speaker, int frequency_hz, int length_ms) MUST_CHECK;

/* 0 (mute) to 100, of tones and of the voice, at once. */
enum rc speaker_set_volume(struct speaker *speaker, int percent) MUST_CHECK;

/*
 * Says a text in "fr", "nl" or "en", beside tones; what was being said is broken off, nothing is
 * queued. RC_BAD_INPUT: there is nothing to say, or it is no UTF-8; RC_UNSUPPORTED: this speaker
 * has no voice, or none in that language; RC_GONE: nobody hears it now.
 */
enum rc speaker_say(struct speaker *speaker, const char *text,
                    const char *language_code) MUST_CHECK;

/* Says no more of what is being said; tones go on. */
void speaker_hush(struct speaker *speaker);

/* Takes NULL. */
void speaker_close(struct speaker *speaker);

#endif
