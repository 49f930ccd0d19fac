/*
 * chrono.h - the effective time of facts: the best that can be said about when they happened.
 *
 * Within a boot only the monotonic clock counts: every fact lies at its monotonic distance from
 * the boot's anchor. The anchor is the boot's first fact, until a FACT_CLOCK_SET of at least the
 * same trust replaces it; then the whole boot shifts. A boot whose anchor nobody vouches for
 * (CLOCK_UNSET, CLOCK_PLAUSIBLE) begins, at the earliest, its uptime after the station's last fact,
 * so that visits keep their length when the clock went back. Effective time never runs backwards
 * within a station. Pure.
 */
#ifndef APP_DOMAIN_CHRONO_H
#define APP_DOMAIN_CHRONO_H

#include <stdbool.h>

#include "app/domain/fact.h"

struct chrono_boot {
    uint8_t boot[CLOCK_BOOT_BYTES];
    int64_t first_seq; /* of the boot's first fact; 0: no boot yet */
    int64_t floor_ms;  /* the station's last effective time before this boot */
    int64_t anchor_wall_ms;
    int64_t anchor_mono_ms;
    enum clock_trust anchor_trust;
};

/* Does the fact begin another boot than `boot`? */
bool chrono_is_new_boot(const struct chrono_boot *boot, const struct fact *fact);

/* The boot that begins with this fact; `last_ms` is the station's last effective time, or 0. */
void chrono_begin(struct chrono_boot *out_boot, const struct fact *first, int64_t last_ms);

/* Takes a FACT_CLOCK_SET as the anchor if it is trusted enough; true when the boot shifted. */
bool chrono_take_anchor(struct chrono_boot *boot, const struct fact *fact);

/* Sets effective_ms and is_doubtful. `last_ms`: effective time of the station's fact before. */
void chrono_place(const struct chrono_boot *boot, int64_t last_ms, struct fact *fact);

#endif
