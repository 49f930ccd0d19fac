/*
 * chapters.h - the chapters of the system test, in the order in which they are told: each is a step
 * of image_test_main.c. `context` is a struct door. What a chapter leaves behind the next ones
 * find: people who are in, a stick that was written.
 */
#ifndef TESTS_IMAGE_CHAPTERS_H
#define TESTS_IMAGE_CHAPTERS_H

#include "firmware/base/rc.h"

/* --- chapter_start.c: from the kernel to the first picture, and what a card is --- */
enum rc chapter_switched_on(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_ready(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_card_taken(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_card_grown(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_root_closed(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_nobody_else(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_sandboxed(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_taps.c: badge, screen, lamp, finger, button --- */
enum rc chapter_resting_picture(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_tap(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_finger(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_button(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_stick.c: the register out on a stick --- */
enum rc chapter_stick_pulled(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_stick_out(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_stick_read(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_exports.c: sticks with a register that has to stay whole --- */
enum rc chapter_stick_full(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_stick_protected(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_sticks_pulled(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_images.c: sticks that are none, or broken --- */
enum rc chapter_sticks_unusable(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_sticks_fuzzed(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_faults.c: what dies comes back --- */
enum rc chapter_station_killed(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_reader_killed(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_station_stopped(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_keys(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_power_cuts(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_update.c: new versions from a stick --- */
enum rc chapter_update_refused(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_update_installed(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_update_stays(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_update_returned(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_figures.c: P7 to P10 on KMS --- */
enum rc chapter_starts(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_drawing(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_idle(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_damage.c: the card wears out --- */
enum rc chapter_card_mended(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_card_lost(void *context, struct reason *said) MUST_CHECK;

/* --- chapter_pi3.c: the image as it is flashed, in a Raspberry Pi 3; the station is off --- */
enum rc chapter_pi3_on(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_pi3_ready(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_pi3_looks(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_pi3_tap(void *context, struct reason *said) MUST_CHECK;
enum rc chapter_pi3_kept(void *context, struct reason *said) MUST_CHECK;

#endif
