/*
 * speaker.h - the port of what makes tones. Used by the loop's thread only.
 */
#ifndef FIRMWARE_PORT_SPEAKER_H
#define FIRMWARE_PORT_SPEAKER_H

#include "firmware/base/rc.h"

struct speaker;

struct speaker_ops {
    enum rc (*tone)(struct speaker *speaker, int frequency_hz, int length_ms);
    void (*close)(struct speaker *speaker);
};

struct speaker {
    const struct speaker_ops *ops;
};

/* Queues one tone (100 to 8000 Hz, 1 to 2000 ms) and returns at once. */
enum rc speaker_tone(struct speaker *speaker, int frequency_hz, int length_ms) MUST_CHECK;

/* Takes NULL. */
void speaker_close(struct speaker *speaker);

#endif
