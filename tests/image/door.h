/*
 * door.h - a station at the door of a house, in a guest: the card it starts from, the badge reader,
 * fingers, lamps, and what it says. The story is told with these.
 *
 * What it does is read from the trace that the station writes in there (perron station --trace).
 * One thread, the one that opened it.
 */
#ifndef TESTS_IMAGE_DOOR_H
#define TESTS_IMAGE_DOOR_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"
#include "tests/image/guest.h"
#include "tests/support/pn532_sim.h"
#include "tests/support/random.h"

#define DOOR_PATH_MAX 200
#define DOOR_WIDTH 800
#define DOOR_HEIGHT 480
#define DOOR_PEOPLE                                                                                \
    55 /* of tests/image/card/people.csv, by badge: 1 to 55; its last line is refused */
#define DOOR_BOOT_MS 300000
#define DOOR_WAIT_MS 30000

/* Lines of board/qemu-virt.conf. */
enum door_line { DOOR_GREEN = 0, DOOR_RED = 1, DOOR_BLUE = 2, DOOR_BUZZER = 4, DOOR_BUTTON = 6 };

struct door {
    const char *folder; /* where all is left; at most DOOR_PATH_MAX bytes */
    const char *card;   /* the image that the guest writes to */
    const char *kernel, *initrd;
    struct guest *guest; /* NULL: switched off */
    struct pn532_sim *reader;
    struct random random;
    int64_t trace_line; /* what is before it was seen already */
    int tappers;        /* so many of trial_tap's people (stick_trial.h) were there */
    int64_t booted_ms;  /* CLOCK_MONOTONIC, when it was switched on */
    struct door *pi3;   /* the other computer, a Raspberry Pi 3; NULL in its own */
};

/* --- the switch --- */

/* Switches it on and waits for a shell in there. It was off. */
enum rc door_switch_on(struct door *door, struct reason *reason) MUST_CHECK;

/* The power fails. Nothing where it is off. */
void door_cut(struct door *door);

/* Until the station's reader answers: from there on a tap counts. */
enum rc door_wait_ready(struct door *door, struct reason *reason) MUST_CHECK;

/* The station alone is started again; waits until it is ready. `environment`: variables that it has
 * beside its unit's, "A=1 B=2"; "": none. */
enum rc door_start_station(struct door *door, const char *environment,
                           struct reason *reason) MUST_CHECK;

/* --- in front of it --- */

/* A badge lies on the reader for `for_ms`: 1 to DOOR_PEOPLE of the list, other numbers nobody's. */
void door_badge(struct door *door, int person, int for_ms);

/* A finger on what is called so in door.c's table ("help", "ok", "digit-2"). */
enum rc door_touch(struct door *door, const char *name, struct reason *reason) MUST_CHECK;

/* The same, until that line of the trace comes; once more where nothing came of it: a finger that
 * meets a picture which is just being replaced counts for nothing. */
enum rc door_touch_until(struct door *door, const char *touched, const char *line,
                         struct reason *reason) MUST_CHECK;

/* The same, until the page that is named so is shown ("staff-badge"). */
enum rc door_go(struct door *door, const char *touched, const char *page,
                struct reason *reason) MUST_CHECK;

/* The PIN of card/staff.conf, and OK: to the staff's page. */
enum rc door_type_pin(struct door *door, struct reason *reason) MUST_CHECK;

/* From the resting screen to the staff's page: badge and PIN. */
enum rc door_open_staff(struct door *door, struct reason *reason) MUST_CHECK;

/* --- what it says --- */

/* So many visits are in the register; of one person, or of all with 0. */
enum rc door_count_visits(struct door *door, int person, long *out_count,
                          struct reason *reason) MUST_CHECK;

/* A tap of somebody who is not in: answered, and one visit more. */
enum rc door_tap_counts(struct door *door, int person, struct reason *reason) MUST_CHECK;

/* Waits for this line of the trace, after what was seen already. No sign that grep takes for
 * another. */
enum rc door_expect(struct door *door, const char *text, int limit_ms,
                    struct reason *reason) MUST_CHECK;

/* The same for the first line whose end fits this (grep -E): what it says, without its time. */
#define DOOR_LINE_BYTES 160
enum rc door_hear(struct door *door, const char *pattern, int limit_ms,
                  char out_line[DOOR_LINE_BYTES], struct reason *reason) MUST_CHECK;

/* All that was traced up to now was seen. */
enum rc door_seen(struct door *door, struct reason *reason) MUST_CHECK;

/* A command in the guest: its output, cut at `size`, and RC_REFUSED with it where it failed. */
enum rc door_ask(struct door *door, const char *command, char *out_text, size_t size,
                 struct reason *reason) MUST_CHECK;

/* The same for a number. */
enum rc door_ask_number(struct door *door, const char *command, long *out_number,
                        struct reason *reason) MUST_CHECK;

/* A command of this machine, a shell's; its output goes to `folder`/host.log. */
enum rc door_host(struct door *door, struct reason *reason, const char *format, ...)
    PRINTF_LIKE(3, 4) MUST_CHECK;

int64_t door_now_ms(void);
void door_sleep_ms(int ms);

#endif
