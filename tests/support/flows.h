/*
 * flows.h - the stories of tests/flows, each played in a demo house of its own: a copy of one that
 * was made once, since sealing PINs and codes takes its time. What should work and doesn't ends the
 * program with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_FLOWS_H
#define TESTS_SUPPORT_FLOWS_H

#include <stdbool.h>

#include "firmware/base/rc.h"

#define FLOWS_FOLDER "tests/flows"
#define FLOWS_MAX 128
#define FLOWS_PATH_BYTES 320

/* For cmocka's group: makes the house, and removes it. */
int flows_open(void **state);
int flows_close(void **state);

/*
 * The paths of those whose name begins so, or of all others; the first FLOWS_MAX, in the order of
 * the alphabet. Returns how many.
 */
int flows_list(const char *begins, bool is_others, char out_paths[][FLOWS_PATH_BYTES]);

/* Plays a flow in a house of its own; what player_play says. */
enum rc flows_play(const char *flow, struct reason *out_reason) MUST_CHECK;

/* A flow of that text, which is removed again once it was played. */
enum rc flows_play_text(const char *text, struct reason *out_reason) MUST_CHECK;

#endif
