/*
 * chrono.h - the effective time of facts: the best that can be said about when they happened.
 *
 * Within a boot only the monotonic clock counts: every fact lies at its monotonic distance from
 * the boot's anchor. The anchor is the boot's first fact, until a FACT_CLOCK_SET of at least the
 * same trust replaces it; then the whole boot shifts. A boot whose anchor nobody vouches for
 * (CLOCK_UNSET, CLOCK_PLAUSIBLE) begins, at the earliest, its uptime after the station's last fact,
 * so that visits keep their length when the clock went back. Effective time never runs backwards
 * within a station.
 *
 * A boot ended before the next one had power. So where a better vouched clock (CLOCK_STAFF over
 * those nobody vouches for, CLOCK_SYNCED over all others) says that a later boot began before these
 * facts lie, their boot gives way: it moves back as a whole, as far as it must and as the boots
 * between need for their own uptime, and is doubtful. Else one wrong morning in 2038 would hold all
 * that comes after at its last moment, for years, with visits of no length. Why only to a better
 * clock: of two that are as good nobody knows which is wrong, and one slip of a finger in the year
 * would pull months of right times along. For the same reason nothing gives way to a clock that
 * itself says less than one as good before it did. What boots gave way to can be set right as long
 * as its boot lasts: all places follow from the last anchors alone. Pure.
 */
#ifndef APP_DOMAIN_CHRONO_H
#define APP_DOMAIN_CHRONO_H

#include <stdbool.h>
#include <stddef.h>

#include "app/domain/fact.h"

struct chrono_boot {
    uint8_t boot[CLOCK_BOOT_BYTES];
    int64_t first_seq; /* of the boot's first fact; 0: no boot yet */
    int64_t floor_ms;  /* the station's last effective time before this boot */
    int64_t anchor_wall_ms;
    int64_t anchor_mono_ms;
    enum clock_trust anchor_trust;
    int64_t latest_ms;    /* where its anchor lies at most; INT64_MAX: no later boot says */
    int64_t last_mono_ms; /* the most uptime of its facts; only for chrono_settle */
};

/* Does the fact begin another boot than `boot`? */
bool chrono_is_new_boot(const struct chrono_boot *boot, const struct fact *fact);

/* The boot that begins with this fact; `last_ms` is the station's last effective time, or 0. */
void chrono_begin(struct chrono_boot *out_boot, const struct fact *first, int64_t last_ms);

/* Takes a FACT_CLOCK_SET as the anchor if it is trusted enough; true when the boot shifted. */
bool chrono_take_anchor(struct chrono_boot *boot, const struct fact *fact);

/* Does somebody vouch for its clock, so that other boots may give way to it? */
bool chrono_is_vouched(const struct chrono_boot *boot);

/* When it had power, by its anchor. */
int64_t chrono_power_ms(const struct chrono_boot *boot);

/*
 * Works out latest_ms of a station's boots that follow each other, and floor_ms of all but the
 * first. The first is the station's first one, or comes right after a CLOCK_SYNCED one: nothing
 * after that moves what was before it.
 */
void chrono_settle(struct chrono_boot *boots, size_t count);

/* Sets effective_ms and is_doubtful. `last_ms`: effective time of the station's fact before. */
void chrono_place(const struct chrono_boot *boot, int64_t last_ms, struct fact *fact);

#endif
