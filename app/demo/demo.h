/*
 * demo.h - a believable house: people, a calendar, sign-ups and visits of some years, lived through
 * day by day and written as the facts a station would have written.
 *
 * For demonstrations, and for measuring with a register that is full. The same seed gives the same
 * people, occasions and visits; salts, keys and station numbers are new every time. Memory grows
 * with the people, not with the years. Belongs to the thread that has the journal; local time is
 * the process's (day.h). Nothing here reads a clock.
 */
#ifndef APP_DEMO_DEMO_H
#define APP_DEMO_DEMO_H

#include "app/store/journal.h"

#define DEMO_PEOPLE_MAX 200000
#define DEMO_YEARS_MAX 20
#define DEMO_STAFF 2
#define DEMO_PIN_BYTES 8

struct demo_wish {
    int people; /* who were ever members, 1 to DEMO_PEOPLE_MAX */
    int years;  /* before `until_ms`, 1 to DEMO_YEARS_MAX */
    uint64_t seed;
    int64_t until_ms; /* the last moment lived through; the calendar goes on for four weeks */
    int day_end_min;
};

struct demo_counts {
    int64_t facts, people, occasions, sign_ups, visits;
};

/* Somebody to try the house with. */
struct demo_member {
    char name[200], number[32];
    char badge[32]; /* canonical text */
    char pin[DEMO_PIN_BYTES];
};

struct demo;

enum rc demo_open(const struct demo_wish *wish, struct demo **out_demo) MUST_CHECK;
void demo_close(struct demo *demo);

/* The moment at which the register is to be opened: before the first fact. */
void demo_begin(const struct demo *demo, struct clock_reading *out_now);

/*
 * Writes all of it into the journal, which must be in bulk (journal_bulk_begin). `watcher` hears of
 * each day; what it returns instead of RC_OK ends the work.
 */
enum rc demo_write(struct demo *demo, struct journal *journal,
                   const struct journal_watcher *watcher) MUST_CHECK;

struct demo_counts demo_counted(const struct demo *demo);

/* Staff come first, up to DEMO_STAFF, who have a PIN. RC_EMPTY: there are not so many people. */
enum rc demo_member(const struct demo *demo, int place, struct demo_member *out_member) MUST_CHECK;

#endif
