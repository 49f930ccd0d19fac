/*
 * papers.h - what the register knows, as a page to print: roll-call and certificate of hours.
 *
 * Works on a snapshot's connection. The venue's time zone and words_init are the process's. Any
 * thread that has a snapshot of its own; blocks as long as the sink does. What the sink says, or
 * what the register says with a sentence.
 */
#ifndef APP_PAPERS_H
#define APP_PAPERS_H

#include "app/exchange/sink.h"
#include "app/store/snapshot.h"
#include "app/venue.h"
#include "firmware/base/clock.h"

struct papers_about {
    const struct venue *venue;
    const char *data; /* the data folder, where the house's own words for a certificate are */
    struct clock_reading now;
    enum language language;
};

/* Everybody who is in now, with whom they brought along. *out_people: without guests. */
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
