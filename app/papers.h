/*
 * papers.h - what the register knows, as a page to print: roll-call and certificate of hours.
 *
 * Works on a snapshot's connection. The venue's time zone and the languages are the process's. Any
 * thread that has a snapshot of its own; blocks as long as the sink does. Failures are the sink's,
 * or the register's; a sentence comes with each.
 */
#ifndef APP_PAPERS_H
#define APP_PAPERS_H

#include "app/exchange/sink.h"
#include "app/store/snapshot.h"
#include "app/venue.h"
#include "firmware/base/clock.h"

/*
 * The languages, for programs that have no screen; see words.h. Without its folder all is said in
 * English.
 */
void papers_begin(const char *locale_dir);
void papers_finish(void);

#define PAPERS_HERE_MAX 5000 /* people in one house at one time */

struct papers_about {
    const struct venue *venue;
    struct clock_reading now;
    enum language language;
};

/*
 * Everybody who is in now, with whom they brought along. *out_people: without guests. RC_LIMIT
 * where there are more than PAPERS_HERE_MAX: a list that lacks somebody must not look whole.
 */
enum rc papers_roll_call(struct snapshot *snapshot, const struct papers_about *about,
                         const struct sink *sink, int64_t *out_people,
                         struct reason *out_reason) MUST_CHECK;

/*
 * What somebody gave on the venue's days from `first_day` to `last_day` (REPORT_FIRST_DAY and
 * REPORT_LAST_DAY: all), as volunteer. RC_EMPTY: nothing.
 */
enum rc papers_certificate(struct snapshot *snapshot, const struct papers_about *about,
                           const struct person *person, int first_day, int last_day,
                           const struct sink *sink, struct reason *out_reason) MUST_CHECK;

#endif
