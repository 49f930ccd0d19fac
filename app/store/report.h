/*
 * report.h - hours and visits of many people, summed by who, what for and when; works on a
 * snapshot's connection, whose temporary table it uses, and writes nothing else.
 *
 * A visit belongs to its venue day as a whole. Its hours go where its stints say (stint.h); what
 * gave none still counts as a visit. Visits nobody ended yet give what they do at `now_ms`, so
 * that all groupings of one span come to the same sums. Rows are streamed: memory grows with the
 * people who are in, never with the span.
 *
 * What closing facts summed up counts by whole months: in spans that have all days of the month. It
 * is under no name, no shift and no mission; who was counted by number has no circle and is none
 * of the people. Sums
 * that earlier versions made have no month and are in no report, only in `undated_visits`.
 */
#ifndef APP_STORE_REPORT_H
#define APP_STORE_REPORT_H

#include "app/domain/privacy.h"
#include "app/domain/sign_up.h"
#include "app/store/db.h"

enum report_by {
    REPORT_BY_PERSON,
    REPORT_BY_SHIFT,
    REPORT_BY_MISSION,
    REPORT_BY_CIRCLE, /* that the person has today */
    REPORT_BY_ORGANISATION,
    REPORT_BY_MONTH,
    REPORT_BY_KIND, /* of the shift's occasion, else of what the visit was for */
    REPORT_BYS
};

/* "person", "shift", ... */
const char *report_by_name(enum report_by by);

/* The grouping of that name, or REPORT_BYS. */
enum report_by report_by_from_name(const char *name);

#define REPORT_FIRST_DAY 0       /* before all days */
#define REPORT_LAST_DAY 99999999 /* after all days */

/* As an organisation: what is no organisation's. */
#define REPORT_HOUSE ((struct fact_id){0, -1})

struct report_span {
    int first_day, last_day; /* of the venue, as 20261125; both belong to it */
    int day_end_min;         /* when they end */
    int64_t now_ms;
    struct fact_id person;       /* none: everybody */
    struct fact_id organisation; /* none: all, and the house itself; or REPORT_HOUSE alone */
    /* How kinds count people; NULL: all by name. What is not counted by name is under none, by
       person apart from what is (report_row.count), and in no report about one person. */
    const struct privacy *privacy;
};

struct report_row {
    char label[200]; /* the name; "" for no shift or mission, no circle, the house itself */
    char number[32]; /* the member number, by person */
    enum privacy_count count; /* by person: PRIVACY_NUMBER is nobody in particular */
    struct fact_id person;    /* by person, for a pseudonym; none of who is counted by number */
    int64_t from_ms, to_ms;   /* by shift; 0: not known */
    int64_t volunteer_s, staff_s;
    int64_t assumed_s; /* of both: somebody forgot to leave, and their shift says when */
    int64_t visits;    /* one that gave to two rows is in both; in the total it is once */
    int64_t people;
    bool
        is_people_unknown; /* sums are in it that are nobody's: there were others beside `people` */
};

/*
 * Calls `row` for each group: people by name, shifts by beginning, months by date, the rest by
 * name. A `row` that returns something else than RC_OK ends it with that.
 */
enum rc report_hours(struct db *db, enum report_by by, const struct report_span *span,
                     enum rc (*row)(void *context, const struct report_row *row),
                     void *context) MUST_CHECK;

/* All of the span as one row; counted anew, not summed from rows. */
enum rc report_hours_total(struct db *db, const struct report_span *span,
                           struct report_row *out_total) MUST_CHECK;

/* What closing facts summed up of a month of the span: nobody knows any more whose it was. */
struct report_sum {
    int month; /* 202611 */
    bool is_staff;
    int64_t seconds;
};

/* Calls `sum` by month, those without hours left out; report_hours has the same seconds in it. */
enum rc report_sums(struct db *db, const struct report_span *span,
                    enum rc (*sum)(void *context, const struct report_sum *sum),
                    void *context) MUST_CHECK;

/* The first and the last day of which the register has visits, or of whose month it has sums; 0
 * where there are none. */
enum rc report_days(struct db *db, struct fact_id organisation, int *out_first_day,
                    int *out_last_day) MUST_CHECK;

/* A span of the house in figures; by circle see report_hours. */
struct report_totals {
    struct report_row hours; /* with how many visits and people */
    int64_t first_timers;    /* whose first visit ever, but for kinds counted by number, is in it */
    int64_t visits_of[OCCASION_COUNT];
    int64_t guests, children;
    int64_t sign_ups[SIGN_UP_OUTCOMES]; /* for shifts that begin in the span */
    int64_t shifts_held;                /* begun by now, and not cancelled */
    int64_t shifts_said[4];             /* of them, by enum shift_enough */
    int64_t undated_visits;             /* of the whole house, summed up before sums had months */
};

/* Shifts are those of the organisation, whatever person is asked for. */
enum rc report_house(struct db *db, const struct report_span *span,
                     struct report_totals *out_totals) MUST_CHECK;

/* "-" is REPORT_HOUSE. RC_NOT_FOUND with a sentence that names those there are. */
enum rc report_find_organisation(struct db *db, const char *name, struct fact_id *out_organisation,
                                 struct reason *out_reason) MUST_CHECK;

#endif
