#include "app/around.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/station_i.h"
#include "app/store/assembly.h"
#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"
#include "app/store/place.h"
#include "app/ui/scene.h"
#include "firmware/base/log.h"

/* What is on and where hands are needed changes by the minute. */
#define AGAIN_MS 60000

/* Hands are asked for as far ahead as people plan. */
#define AHEAD_MS ((int64_t)7 * 24 * 3600 * 1000)

/* So long before it begins people come for an assembly, and are counted. */
#define BEFORE_MS ((int64_t)30 * 60000)

struct look {
    struct job job;
    struct clock_reading now;
    bool has_venue; /* what it decides about its people was changed: */
    struct circle_list circles;
    struct quorum_statutes statutes;
    struct privacy privacy;
    enum rc rc;
    int here;
    bool is_on; /* something is: */
    enum occasion_kind kind;
    char title[128];
    enum occasion_kind chosen; /* by staff; OCCASION_COUNT: as the calendar says */
    bool has_quorum;           /* an assembly is on: */
    struct quorum quorum;
    struct answer_slot hands[SCENE_HANDS_MAX];
    int hand_count;
};

/* The first that is on; an open day only where nothing else is. */
static enum rc take_on(void *context, const struct occasion *occasion)
{
    struct look *look = context;
    bool is_better =
        !look->is_on || (look->kind == OCCASION_OPEN_DAY && occasion->kind != OCCASION_OPEN_DAY);
    if (occasion->state == OCCASION_CANCELLED || !is_better)
        return RC_OK;
    look->is_on = true;
    look->kind = occasion->kind;
    memcpy(look->title, occasion->title, sizeof look->title);
    return RC_OK;
}

static enum rc count_quorum(struct look *look, struct journal *journal, struct fact_id assembly,
                            int64_t at_ms)
{
    const struct assembly_of of = {assembly, day_number(at_ms, journal_day_end_min(journal))};
    enum rc rc =
        assembly_count(journal_db(journal), journal_statutes(journal), of, at_ms, &look->quorum);
    look->has_quorum = !rc;
    return rc;
}

/* One that lasts longer than planned is on as long as somebody who votes there stays. */
static enum rc find_overrun(struct look *look, struct journal *journal, int64_t at_ms)
{
    struct occasion occasion;
    enum rc rc = assembly_next(journal_db(journal), at_ms - ASSEMBLY_OVERRUN_MS, at_ms, &occasion);
    if (!rc)
        rc = count_quorum(look, journal, occasion.id, at_ms);
    look->has_quorum &= look->quorum.all.here > 0;
    return rc;
}

/* The one that staff chose, or the calendar has; from when people come for it. */
static enum rc find_quorum(struct look *look, struct journal *journal, int64_t at_ms)
{
    struct occasion occasion;
    bool is_chosen = look->chosen == OCCASION_ASSEMBLY;
    if (!is_chosen && look->chosen < OCCASION_COUNT)
        return RC_OK;
    enum rc rc = assembly_next(journal_db(journal), at_ms, at_ms + BEFORE_MS, &occasion);
    if (!rc)
        rc = count_quorum(look, journal, occasion.id, at_ms);
    else if (rc == RC_EMPTY && is_chosen)
        rc = count_quorum(look, journal, (struct fact_id){0, 0}, at_ms);
    else if (rc == RC_EMPTY)
        rc = find_overrun(look, journal, at_ms);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc find_hands(struct look *look, struct db *db, int64_t at_ms)
{
    struct lookup_shift shifts[SCENE_HANDS_MAX];
    size_t listed, total;
    enum rc rc =
        lookup_shifts(db, at_ms, at_ms + AHEAD_MS, true, SCENE_HANDS_MAX, shifts, &listed, &total);
    for (size_t i = 0; !rc && i < listed; i++)
        look->hands[look->hand_count++] = shifts[i].slot;
    return rc;
}

static void run(struct job *job, struct journal *journal)
{
    struct look *look = (struct look *)job;
    int64_t at_ms = place_now(journal, &look->now); /* may open the database again */
    struct db *db = journal_db(journal);
    if (look->has_venue) {
        journal_set_circles(journal, &look->circles);
        journal_set_statutes(journal, &look->statutes);
        journal_set_privacy(journal, &look->privacy);
    }
    look->rc = db ? lookup_here(db, at_ms, &look->here) : RC_IO;
    if (!look->rc)
        look->rc = lookup_occasions(db, at_ms, at_ms + 1, take_on, look);
    if (!look->rc)
        look->rc = find_quorum(look, journal, at_ms);
    if (!look->rc)
        look->rc = find_hands(look, db, at_ms);
}

static void done(struct job *job, void *context)
{
    struct look *look = (struct look *)job;
    struct station *station = context;
    station->tasks--;
    if (!look->rc) {
        station->here = look->here;
        stage_set_here(station->stage, look->here);
        station_set_on(station, look->is_on, look->kind, look->title);
        station->has_quorum = look->has_quorum;
        stage_set_quorum(station->stage, look->has_quorum ? &look->quorum : NULL);
        stage_set_hands(station->stage, look->hands, look->hand_count);
    }
    free(look);
}

/*
 * Circles, statutes and what is to be forgotten, which commands read anew each time; the rest of
 * perron.conf counts from the next start. A file with a mistake in it leaves them as they were, and
 * is told of once.
 */
static void read_venue(struct station *station, struct look *look)
{
    char path[PATH_MAX];
    struct venue venue;
    struct reason reason = {.text = ""};
    snprintf(path, sizeof path, "%s/perron.conf", station->config.data);
    if (!venue_is_changed(path, &station->stamp))
        return;
    enum rc rc = venue_read(path, &venue, &reason);
    if (rc) {
        log_warning("circles, statutes and privacy stay as they were: %s",
                    reason.text[0] ? reason.text : rc_text(rc));
        return;
    }
    look->has_venue = true;
    look->circles = venue.circles;
    look->statutes = venue.statutes;
    look->privacy = venue.privacy;
}

void around_look(struct station *station)
{
    struct look *look = calloc(1, sizeof *look);
    station->look_ms = clock_mono_ms(station->clock) + AGAIN_MS;
    if (!look)
        return;
    look->job.run = run;
    look->job.done = done;
    look->chosen = station->occasion;
    clock_read(station->clock, &look->now);
    read_venue(station, look);
    if (!writer_submit(station->writer, &look->job)) {
        if (look->has_venue) {
            station->venue.circles = look->circles;
            station->venue.statutes = look->statutes;
            station->venue.privacy = look->privacy;
        }
        station->tasks++;
        return;
    }
    if (look->has_venue) /* the next look finds it changed again */
        station->stamp.settings.number = -1;
    free(look);
}
