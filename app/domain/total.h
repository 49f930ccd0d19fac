/*
 * total.h - what visits came to, once nobody needs to know any more whose they were: sums by month
 * and kind, as closing facts carry them on.
 *
 * Visits of one sum are alike in all that reports group by: month, kind, staff or not, and to whom
 * and what their hours went. So each grouping still counts a visit once, however many parts it has.
 * Pure; any thread.
 *
 * In a body {"month","kind","is_staff"?,"visits","firsts"?,"guests"?,"children"?,"sign_ups"?:[...],
 * "deeds"?:{"drink":2,...},"gave":[{"organisation","kind","seconds","assumed_s"?},...]}; before
 * there were months
 * {"organisation","visits","seconds"}.
 */
#ifndef APP_DOMAIN_TOTAL_H
#define APP_DOMAIN_TOTAL_H

#include "app/domain/deed.h"
#include "app/domain/sign_up.h"

/* What went to one organisation for one kind of occasion. */
struct total_part {
    struct fact_id organisation; /* none: the house itself */
    enum occasion_kind kind;     /* of the shift's occasion, else of the visit's */
    int64_t seconds;
    int64_t assumed_s; /* of them: nobody said when the visit ended */
};

#define TOTAL_PARTS_MAX 6 /* further ones count as the last */

struct total {
    int month;               /* 202611; 0: nobody knows any more */
    enum occasion_kind kind; /* that the visits were for */
    bool is_staff;
    int64_t visits; /* 0: only sign-ups and deeds, to the first part's organisation */
    int64_t firsts; /* of them: somebody's first ever */
    int64_t guests, children;
    int64_t sign_ups[SIGN_UP_OUTCOMES];
    int64_t deeds[DEED_COUNT];                /* of kinds that come back */
    struct total_part parts[TOTAL_PARTS_MAX]; /* at least one */
    int part_count;
};

struct totals {
    struct total *rows;
    size_t count;
    size_t capacity;
};

/* The total's part for that; made where there is none yet. */
struct total_part *total_part(struct total *total, struct fact_id organisation,
                              enum occasion_kind kind);

/* Onto the one that is alike, or behind the last. */
enum rc totals_add(struct totals *totals, const struct total *total) MUST_CHECK;

/* Behind the last, whatever is there; for those who read them back. */
enum rc totals_append(struct totals *totals, const struct total *total) MUST_CHECK;

/* All of a body's "totals"; what no version of Perron wrote counts nothing. */
enum rc totals_take(struct totals *totals, const json_t *body) MUST_CHECK;

/* For a body; json_decref it. NULL without memory. */
json_t *total_to_json(const struct total *total);

/* Do they say that somebody has been here before? */
bool totals_have_visits(const struct totals *totals);

bool totals_are_same(const struct totals *a, const struct totals *b);
void totals_finish(struct totals *totals);

#endif
