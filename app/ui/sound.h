/*
 * sound.h - the speaker port by SDL: tones and a voice on one device, no files.
 *
 * The device is open only while something is to be heard: an open one wakes the processor 43 times
 * a second, paused or not. A thread of its own opens it when something is asked for, and shuts it
 * after SOUND_QUIET_MS of silence; a tone that would come late by then is dropped, a sentence is
 * not. One that was pulled out is looked for again at most every SOUND_RETRY_MS. The voice is
 * loaded when it says its first text.
 */
#ifndef APP_UI_SOUND_H
#define APP_UI_SOUND_H

#include "firmware/port/speaker.h"

#define SOUND_RETRY_MS 3000
#define SOUND_QUIET_MS 3000

/*
 * RC_UNSUPPORTED on a machine that knows no sound: told once, and everything goes on without. No
 * device now is no failure: what is to be heard is answered with RC_GONE once that is known.
 * Close it with speaker_close. The loop's thread.
 */
enum rc sound_open(struct speaker **out_speaker) MUST_CHECK;

#endif
