/*
 * venue.h - what one place sets for itself, in perron.conf of its data folder.
 *
 *   [venue]  name  language (fr, nl, en)  time_zone (Europe/Brussels)  day_end (04:00)
 */
#ifndef APP_VENUE_H
#define APP_VENUE_H

#include "app/store/journal.h"
#include "firmware/base/rc.h"

struct venue {
    char name[96];
    int language; /* enum language: what the screen speaks when nobody's badge says otherwise */
    char time_zone[64];
    int day_end_min;
};

/* A venue that set nothing. */
struct venue venue_default(void);

/* A missing file is a venue with all defaults. Mistakes come with file, line and what to do. */
enum rc venue_read(const char *path, struct venue *out_venue, struct reason *out_reason) MUST_CHECK;

/* Makes the venue's time zone the process's; before any thread starts. */
void venue_use_time_zone(const struct venue *venue);

/* The part that folds depend on. */
struct journal_rules venue_rules(const struct venue *venue);

#endif
