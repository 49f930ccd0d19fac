/*
 * pl061.h - the eight pins of the machine `virt` from outside: an Arm PL061 (DDI 0190B), which the
 * guest has as a gpiochip labelled 9030000.pl061. What the guest puts out is read; what it reads is
 * driven, edges and all. One thread at a time.
 */
#ifndef TESTS_IMAGE_PL061_H
#define TESTS_IMAGE_PL061_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/image/qmp.h"
#include "tests/image/qtest.h"

#define PL061_LINES 8
#define PL061_POWER_LINE 3 /* `virt` has its power button there: driving it asks for a shutdown */
#define PL061_BASE 0x09030000

struct pl061;

/* Bit n is line n. */
struct pl061_pins {
    uint8_t outputs; /* the guest drives them */
    uint8_t high;    /* level, of outputs and inputs alike */
};

/* What changed between two looks, and when the later one was (CLOCK_MONOTONIC). */
struct pl061_edge {
    int64_t at_ms;
    int line;
    bool is_high;
};

/* Finds the device; `qmp` and `qtest` are kept until pl061_close. RC_NOT_FOUND: there is none. */
enum rc pl061_open(struct qmp *qmp, struct qtest *qtest, struct pl061 **out_pl061,
                   struct reason *reason) MUST_CHECK;
void pl061_close(struct pl061 *pl061);

enum rc pl061_read(struct pl061 *pl061, struct pl061_pins *out_pins,
                   struct reason *reason) MUST_CHECK;

/* Drives an input. RC_REFUSED: the guest drives that line itself. */
enum rc pl061_drive(struct pl061 *pl061, int line, bool is_high, struct reason *reason) MUST_CHECK;

/* Until the guest drives all lines of `lines` and their levels are those in `high`. */
enum rc pl061_wait(struct pl061 *pl061, uint8_t lines, uint8_t high, int limit_ms,
                   struct reason *reason) MUST_CHECK;

/*
 * Looks at the outputs `lines` for `for_ms`, about every 2 ms, and keeps the changes against the
 * first look. What is shorter than a look is missed. RC_FULL: more than `max` changes.
 */
enum rc pl061_record(struct pl061 *pl061, uint8_t lines, int for_ms, struct pl061_edge *out_edges,
                     int max, int *out_count, struct reason *reason) MUST_CHECK;

#endif
