/*
 * speech.h - text to spoken samples, in this process: the one home of espeak-ng.
 *
 * A thread of its own makes the samples a quarter of a second ahead of who reads them, so that
 * neither the loop nor the sound device ever waits for it. The library and its voices are loaded on
 * that thread, at speech_open, and stay until the process ends: who never opens it pays nothing.
 * One at a time in a process, since the library is one.
 */
#ifndef APP_UI_SPEECH_H
#define APP_UI_SPEECH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/domain/language.h"
#include "firmware/base/rc.h"

/* The rate of the samples: 16 bits, one channel. */
#define SPEECH_RATE_HZ 22050

/* Longest text that speech_prepare makes, with its NUL. */
#define SPEECH_TEXT_BYTES 12288

struct speech;

/* RC_UNSUPPORTED: the voices are not installed; RC_BUSY: there is one already. */
enum rc speech_open(struct speech **out_speech) MUST_CHECK;

/* Waits for the thread: a few ms. Nobody reads any more. Takes NULL. */
void speech_close(struct speech *speech);

/*
 * Says this text; what is said now ends within 10 ms of samples. RC_BAD_INPUT: nothing in it can be
 * said; RC_UNSUPPORTED: the library failed. The loop's thread.
 */
enum rc speech_say(struct speech *speech, const char *text, enum language language) MUST_CHECK;

/* Ends it within 10 ms of samples. The loop's thread. */
void speech_hush(struct speech *speech);

/*
 * The next samples, at most `count`; how many there are now. Fewer: silence, for now or for good.
 * Never waits for more than a copy; the sound device's thread.
 */
size_t speech_read(struct speech *speech, int16_t *out_samples, size_t count);

/* Is there more of the text to come, or to read? False once all of it was read. Any thread. */
bool speech_is_saying(struct speech *speech);

/*
 * What is written made into what is said: "17 h 30 · Zoé D." becomes "17 heures 30, Zoé D.".
 * Symbols and quotes go, whatever only separates becomes a pause, initials end no sentence.
 * At most SPEAKER_SAY_CHARACTERS of the text, cut after a word. Returns the length; 0: nothing to
 * say. Pure; any thread. `size` is at least SPEECH_TEXT_BYTES for it to be whole.
 */
size_t speech_prepare(const char *text, enum language language, char *out_text, size_t size);

#endif
