/*
 * sound.h - the speaker port by SDL's audio queue: sine tones with soft ends, no files.
 */
#ifndef APP_UI_SOUND_H
#define APP_UI_SOUND_H

#include "firmware/port/speaker.h"

/*
 * RC_UNSUPPORTED on a machine without sound: told once, and everything goes on without. A device
 * that was pulled out answers tones with RC_GONE. Close it with speaker_close. The loop's thread.
 */
enum rc sound_open(struct speaker **out_speaker) MUST_CHECK;

#endif
