/*
 * closing.h - visits of one person become sums: a closing fact carries what they came to, and
 * tombstones lie over what was known of them. Inside the caller's transaction, where the journal
 * runs.
 *
 * What is newer or of another kind stays as it is. What another station tells late of a day that is
 * closed counts for itself, and goes with the next closing: nobody knows any more which visit it
 * was a part of. Only whoever is erased stays so.
 */
#ifndef APP_STORE_CLOSING_H
#define APP_STORE_CLOSING_H

#include "app/domain/fold.h"
#include "app/store/stone.h"

/* Sums that are nobody's in particular are told of a station as such, by its first fact. */
#define CLOSING_HOUSE_SEQ 1

struct closing_rule {
    int before_day;             /* visits of earlier days of the venue go, once they are over */
    bool kinds[OCCASION_COUNT]; /* of these kinds */
    bool is_everything;         /* all visits, also the one that lasts, and all promises */
    bool is_nobodys;            /* sums and all don't say whose they are */
    int64_t now_ms;
};

struct closing {
    struct journal *journal;
    const struct office *office;
    const struct closing_rule *rule;
    struct fact_id person;
    struct facts facts;
    struct fold fold;
    struct extent *extents;
    bool *visit_goes, *promise_goes, *deed_goes; /* by their places in the fold */
    int count;                                   /* of visits that go */
    int deed_count;                              /* of what was done, and goes */
    struct totals sums;
};

/* What would go, and what it comes to; closing_finish it, also after an error. */
enum rc closing_begin(struct journal *journal, const struct office *office, struct fact_id person,
                      const struct closing_rule *rule, struct closing *closing) MUST_CHECK;

/* Adds the closing facts; sums that are nobody's are added to `house` instead. */
enum rc closing_write(struct closing *closing, struct totals *house) MUST_CHECK;

/*
 * Adds what was known of the visits to the stone. Set it behind all closing facts: one for many
 * people doesn't say who of them was there.
 */
enum rc closing_bury(struct closing *closing, struct stone *stone) MUST_CHECK;

void closing_finish(struct closing *closing);

/* The closing facts of sums that are nobody's; none where there are none. */
enum rc closing_write_house(struct journal *journal, const struct office *office,
                            const struct totals *sums) MUST_CHECK;

#endif
