/*
 * clock.h - what time it is, and how far that can be believed.
 *
 * A Raspberry Pi has no battery clock: it wakes up in the past and jumps when a network or a
 * person sets it. So every reading carries four things: the wall clock, the monotonic clock, the
 * boot both belong to, and the trust. Only the outermost code reads a clock; everything below
 * takes the time as an argument. One thread uses a struct clock at a time.
 */
#ifndef FIRMWARE_BASE_CLOCK_H
#define FIRMWARE_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

enum clock_trust {
    CLOCK_UNSET,     /* wrong, or kept by nothing: no battery clock and nobody has set it */
    CLOCK_PLAUSIBLE, /* could be right; nobody said so */
    CLOCK_STAFF,     /* set by a person */
    CLOCK_SYNCED,    /* kept by a time server (adjtimex says so) */
};

#define CLOCK_BOOT_BYTES 16

struct clock_reading {
    int64_t wall_ms; /* UTC, milliseconds since 1970 */
    int64_t mono_ms; /* CLOCK_BOOTTIME: counts suspended time, never runs backwards in a boot */
    uint8_t boot[CLOCK_BOOT_BYTES]; /* the kernel's boot id */
    enum clock_trust trust;
};

/* No station of this version ran before this day (2026-11-01, UTC). */
#define CLOCK_EARLIEST_MS INT64_C(1793491200000)

struct clock;

/* The clock of this machine. Free with clock_close. */
enum rc clock_open_system(struct clock **out_clock) MUST_CHECK;

/*
 * A clock that is turned by hand, for tests, demos and flows: it stands still, and moves only by
 * clock_advance. Starts at `wall_ms` with ten minutes of uptime in a boot made from `boot_number`.
 */
enum rc clock_open_simulated(int64_t wall_ms, enum clock_trust trust, unsigned boot_number,
                             struct clock **out_clock) MUST_CHECK;

void clock_close(struct clock *clock);

void clock_read(const struct clock *clock, struct clock_reading *out_reading);
int64_t clock_mono_ms(const struct clock *clock);
bool clock_is_simulated(const struct clock *clock);

/* A person has set the system's clock: PLAUSIBLE readings become STAFF until the next boot. */
void clock_set_by_staff(struct clock *clock);

/* Simulated clocks only (an assertion otherwise). */
void clock_advance(struct clock *clock, int64_t by_ms);
void clock_turn(struct clock *clock, int64_t wall_ms, enum clock_trust trust);

#endif
