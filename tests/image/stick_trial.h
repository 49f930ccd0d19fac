/*
 * stick_trial.h - what the chapters with bad sticks are made of: sticks with a register of
 * yesterday on them, what is done with one at the station, and what must hold afterwards. Sticks
 * are called as in stick.h.
 */
#ifndef TESTS_IMAGE_STICK_TRIAL_H
#define TESTS_IMAGE_STICK_TRIAL_H

#include "tests/image/door.h"
#include "tests/image/stick.h"

#define TRIAL_OLDER "2026-11-24_l-epi-commun"
#define TRIAL_NEWER "2026-11-25*" /* as door_switch_on's clock says */
#define TRIAL_SETTLE_MS 90000
#define TRIAL_EXPORT_MS 120000

/* Its file; until the next call. */
const char *trial_path(const struct door *door, const char *name);

/* With a register of yesterday on it that is whole; and all that a station looks for beside it. */
enum rc trial_make_good(struct door *door, const char *name, struct reason *said) MUST_CHECK;
enum rc trial_add_lists(struct door *door, const char *name, struct reason *said) MUST_CHECK;

/* --- at the station --- */

/* From here on the same processes serve (trial_check_alive). */
enum rc trial_begin(struct door *door, struct reason *said) MUST_CHECK;

/* The same processes as then, and a kernel that stumbled over nothing. */
enum rc trial_check_alive(struct door *door, struct reason *said) MUST_CHECK;

/* The next of the people that no other chapter greets taps and is answered; what staff had open
 * closes. With a walk: to the stick's page afterwards. */
enum rc trial_tap(struct door *door, struct reason *said) MUST_CHECK;
enum rc trial_tap_and_walk(struct door *door, struct reason *said) MUST_CHECK;

/* Plugs in what opens, until its page offers what can be done. */
enum rc trial_open(struct door *door, const char *name, bool is_read_only,
                   struct reason *said) MUST_CHECK;

/* Pulls out what nothing is carried to. */
enum rc trial_pull(struct door *door, struct reason *said) MUST_CHECK;

/* From the stick's page. */
enum rc trial_begin_export(struct door *door, struct reason *said) MUST_CHECK;

/* Back to it, once it was done, or cut, and the stick is pulled out. */
enum rc trial_leave_export(struct door *door, bool is_done, struct reason *said) MUST_CHECK;

/* --- on this machine --- */

/* The register of yesterday, the one of today: whole, or this fails. */
enum rc trial_check_older(struct door *door, const char *name, struct reason *said) MUST_CHECK;
enum rc trial_check_newer(struct door *door, const char *name, struct reason *said) MUST_CHECK;

/* Yesterday's after a computer has repaired what it found, as most do by themselves. */
enum rc trial_check_repaired(struct door *door, const char *name, struct reason *said) MUST_CHECK;

#endif
