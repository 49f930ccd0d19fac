/*
 * story.h - the chapters of the system test, in the order in which they are told: each is a step
 * of image_test_main.c. `context` is a struct door. What a chapter leaves behind the next ones
 * find: people who are in, a stick that was written.
 */
#ifndef TESTS_IMAGE_STORY_H
#define TESTS_IMAGE_STORY_H

#include "firmware/base/rc.h"

/* --- story_start.c: from the kernel to the first picture, and what a card is --- */
enum rc story_switched_on(void *context, struct reason *said) MUST_CHECK;
enum rc story_ready(void *context, struct reason *said) MUST_CHECK;
enum rc story_card_taken(void *context, struct reason *said) MUST_CHECK;
enum rc story_card_grown(void *context, struct reason *said) MUST_CHECK;
enum rc story_root_closed(void *context, struct reason *said) MUST_CHECK;
enum rc story_nobody_else(void *context, struct reason *said) MUST_CHECK;
enum rc story_sandboxed(void *context, struct reason *said) MUST_CHECK;
enum rc story_traced(void *context, struct reason *said) MUST_CHECK;

/* --- story_taps.c: badge, screen, lamp, finger, button --- */
enum rc story_resting_picture(void *context, struct reason *said) MUST_CHECK;
enum rc story_tap(void *context, struct reason *said) MUST_CHECK;
enum rc story_finger(void *context, struct reason *said) MUST_CHECK;
enum rc story_button(void *context, struct reason *said) MUST_CHECK;

/* --- story_stick.c: the register out on a stick --- */
enum rc story_stick_pulled(void *context, struct reason *said) MUST_CHECK;
enum rc story_stick_out(void *context, struct reason *said) MUST_CHECK;
enum rc story_stick_read(void *context, struct reason *said) MUST_CHECK;

/* --- story_faults.c: what dies comes back --- */
enum rc story_station_killed(void *context, struct reason *said) MUST_CHECK;
enum rc story_reader_killed(void *context, struct reason *said) MUST_CHECK;
enum rc story_station_stopped(void *context, struct reason *said) MUST_CHECK;
enum rc story_keys(void *context, struct reason *said) MUST_CHECK;
enum rc story_power_cuts(void *context, struct reason *said) MUST_CHECK;

/* --- story_figures.c: P7 to P10 on KMS --- */
enum rc story_starts(void *context, struct reason *said) MUST_CHECK;
enum rc story_drawing(void *context, struct reason *said) MUST_CHECK;
enum rc story_idle(void *context, struct reason *said) MUST_CHECK;

#endif
