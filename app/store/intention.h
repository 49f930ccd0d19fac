/*
 * intention.h - what people intend beside what they gave: their circle, a rest, whether anybody may
 * see their hours. Runs where the journal runs.
 */
#ifndef APP_STORE_INTENTION_H
#define APP_STORE_INTENTION_H

#include "app/domain/life.h"
#include "app/store/office.h"

/*
 * Sets intended_s, balance (of departures) and is_private of an answer about somebody, and leaves
 * in month_s what counts against it where their circle is of one organisation. Staff intend
 * nothing, and what somebody gave as staff is not held beside it; where nobody vouches for the time
 * there is no telling the month, and no balance is said.
 */
enum rc intention_fill(struct journal *journal, struct answer *answer) MUST_CHECK;

/*
 * Where their circle is of one organisation and they intend something: what they gave it in the
 * month of that day, beside which the intention stands. *seconds stays where all hours count.
 */
enum rc intention_of_one(struct journal *journal, const struct person *person, int today,
                         int64_t now_ms, int64_t *seconds) MUST_CHECK;

/*
 * By the person themselves, or by staff. Nothing new: no fact. The circle is one of the list, by
 * any of its names, "" for none (one that has rights is given by who says who has which role);
 * `until_day` (20261125) is to come, 0: rests no longer.
 */
enum rc intention_set_circle(struct journal *journal, const struct office *office,
                             struct fact_id person, const char *name,
                             struct reason *out_reason) MUST_CHECK;
enum rc intention_rest(struct journal *journal, const struct office *office, struct fact_id person,
                       int until_day, struct reason *out_reason) MUST_CHECK;
enum rc intention_hide(struct journal *journal, const struct office *office, struct fact_id person,
                       bool is_private, struct reason *out_reason) MUST_CHECK;

/* Greeted without a name, and not named to those who share a shift, from now on. */
enum rc intention_be_discreet(struct journal *journal, const struct office *office,
                              struct fact_id person, bool is_discreet,
                              struct reason *out_reason) MUST_CHECK;

/* Somebody far under or far over, for referents' and staff's eyes. */
struct intention_row {
    struct fact_id person;
    char full_name[200];
    enum answer_balance balance;
    int64_t given_s, intended_s; /* far over: of this month; far under: of the last */
};

struct intention_sums {
    int lives[LIFE_COUNT]; /* how many people live how */
    struct {
        int people;
        int64_t given_s, intended_s; /* this month */
    } circles[CIRCLES_MAX], other;   /* other: in none of the list */
};

/*
 * By name. *out_total counts also who is beyond `max`. Works on a snapshot's connection, too. Of an
 * organisation: only who is in a circle of it, whose hours for it alone count; none: everybody.
 */
enum rc intention_list(struct db *db, const struct circle_list *circles,
                       struct fact_id organisation, int today, int64_t now_ms, size_t max,
                       struct intention_row *out_rows, size_t *out_listed, size_t *out_total,
                       struct intention_sums *out_sums) MUST_CHECK;

#endif
