/*
 * sound.h - the speaker port by SDL: tones and a voice on one device, no files.
 *
 * The device is called for by what is to be heard: one that was pulled out is looked for again, on
 * a thread of its own, when something is asked for, at most every SOUND_RETRY_MS. The voice is
 * loaded when it says its first text.
 */
#ifndef APP_UI_SOUND_H
#define APP_UI_SOUND_H

#include "firmware/port/speaker.h"

#define SOUND_RETRY_MS 3000

/*
 * RC_UNSUPPORTED on a machine that knows no sound: told once, and everything goes on without. No
 * device now is no failure: what is to be heard is answered with RC_GONE until there is one.
 * Close it with speaker_close. The loop's thread.
 */
enum rc sound_open(struct speaker **out_speaker) MUST_CHECK;

#endif
