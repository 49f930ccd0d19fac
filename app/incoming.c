#include "app/incoming.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/around.h"
#include "app/asks.h"
#include "app/asks_i.h"
#include "app/guides.h"
#include "app/station_i.h"
#include "app/ui/words.h"
#include "firmware/base/log.h"

/* One list on its way: to the porter, to the writer, and back. */
struct coming {
    struct trip trip;
    struct job job;
    struct ask ask;
    struct clock_reading now;
    char root[PATH_MAX], data[PATH_MAX], welcome[PATH_MAX];
    struct intake_list list;
    struct station *station; /* only what never changes of it is read on the porter's thread */
    struct update_found update;
    bool has_update;
    struct intake_found found;
    struct intake *intake;
    struct intake_preview *preview;
    enum csv_profile profile; /* of what goes back */
    enum language language;   /* the same: the venue's */
    char refused[INTAKE_REFUSED_NAME_BYTES];
    enum rc rc;
    struct reason why;
};

static const char busy[] = WORDS_MARK("The station is busy. Try again in a moment.");

static struct coming *coming_of(struct job *job)
{
    return (struct coming *)((char *)job - offsetof(struct coming, job));
}

static void forget(struct coming *coming)
{
    intake_close(coming->intake);
    free(coming->preview);
    free(coming);
}

static struct coming *begin(struct station *station, const struct ask *ask)
{
    struct coming *coming = calloc(1, sizeof *coming);
    if (!coming)
        return NULL;
    if (ask)
        coming->ask = *ask;
    coming->ask.ink = NULL;
    coming->station = station;
    clock_read(station->clock, &coming->now);
    coming->profile = (enum csv_profile)station->venue.export.profile;
    coming->language = (enum language)station->venue.language;
    snprintf(coming->root, sizeof coming->root, "%s", station->stick_path);
    snprintf(coming->data, sizeof coming->data, "%s", station->config.data);
    if (station->config.venue_dir)
        snprintf(coming->welcome, sizeof coming->welcome, "%s/" GUIDES_FOLDER,
                 station->config.venue_dir);
    return coming;
}

/* --- looking --- */

static enum rc look(struct trip *trip, struct porter *porter)
{
    struct coming *coming = (struct coming *)trip;
    (void)porter;
    coming->has_update = updating_find(coming->station, coming->root, &coming->update);
    return intake_look(coming->root, &coming->list, &coming->why);
}

static void looked(struct trip *trip, void *context)
{
    struct station *station = context;
    struct coming *coming = (struct coming *)trip;
    if (station->load.work == LOAD_LOOKS) {
        station->incoming.list = coming->list;
        station->load.found = trip->rc ? 0 : coming->list.count;
        station->load.has_update = station->updating.has_on_stick = coming->has_update;
        station->updating.on_stick = coming->update;
    }
    if (trip->rc && trip->rc != RC_EMPTY)
        log_warning("the USB stick: %s", coming->why.text);
    station_end_work(station, LOAD_LOOKS, LOAD_DONE, NULL);
    forget(coming);
}

void incoming_look(struct station *station)
{
    struct coming *coming = begin(station, NULL);
    station->load.found = -1;
    if (!coming)
        return;
    coming->trip.carry = look;
    coming->trip.done = looked;
    if (station_send_trip(station, &coming->trip, LOAD_LOOKS))
        forget(coming);
}

void incoming_tell_found(struct station *station, const struct ask *ask)
{
    static const enum ask_list lists[INTAKE_KIND_COUNT] = {[INTAKE_PEOPLE] = ASK_LIST_PEOPLE,
                                                           [INTAKE_BASKETS] = ASK_LIST_BASKETS,
                                                           [INTAKE_CALENDAR] = ASK_LIST_CALENDAR,
                                                           [INTAKE_VENUE] = ASK_LIST_VENUE};
    const struct intake_list *list = &station->incoming.list;
    struct told told = {.ask = ask->kind, .how = TOLD_YES};
    told.count = told.total = station->load.found > 0 ? list->count : 0;
    told.beyond = list->beyond;
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = (int)lists[list->found[i].kind];
        asks_copy(told.rows[i].title, sizeof told.rows[i].title, list->found[i].name);
        if (list->found[i].why_not)
            asks_copy(told.rows[i].line, sizeof told.rows[i].line, list->found[i].why_not);
    }
    asks_tell(station, &told);
}

/* --- showing --- */

static enum rc read_list(struct trip *trip, struct porter *porter)
{
    struct coming *coming = (struct coming *)trip;
    const struct intake_from from = {.root = coming->root,
                                     .data = coming->data,
                                     .welcome = coming->welcome[0] ? coming->welcome : NULL,
                                     .now_ms = coming->now.wall_ms,
                                     .tongue = words_tongue(coming->language)};
    enum rc rc = porter_tell(porter, LOAD_GATHERS, 10);
    if (!rc)
        rc = intake_read(&from, &coming->found, &coming->intake, &coming->why);
    return rc ? rc : porter_tell(porter, LOAD_GATHERS, 60);
}

static void plan(struct job *job, struct journal *journal)
{
    struct coming *coming = coming_of(job);
    const struct office office = {.by = coming->ask.by, .now = coming->now};
    coming->rc = intake_plan(coming->intake, journal, &office, coming->preview, &coming->why);
}

static void tell_preview(struct station *station, const struct coming *coming)
{
    struct told told;
    incoming_write_told(coming->preview, coming->ask.language, &told);
    memcpy(station->incoming.sums, told.sums, sizeof told.sums);
    station->incoming.needs_start = coming->preview->needs_start;
    asks_tell(station, &told);
}

static void give_up(struct station *station, struct coming *coming, enum load_work work)
{
    bool is_stopped = coming->rc == RC_GONE && station->is_load_stopped;
    if (!is_stopped)
        log_warning("nothing is taken in: %s",
                    coming->why.text[0] ? coming->why.text : rc_text(coming->rc));
    if (!coming->why.text[0])
        reason_set(&coming->why, "%s", busy);
    station_end_work(station, work, is_stopped ? LOAD_STOPPED : LOAD_FAILED, &coming->why);
    forget(coming);
}

static void planned(struct job *job, void *context)
{
    struct station *station = context;
    struct coming *coming = coming_of(job);
    station->tasks--;
    if (station->load.work != LOAD_READS) { /* it was pulled out, and that was told */
        forget(coming);
        return;
    }
    if (coming->rc) {
        give_up(station, coming, LOAD_READS);
        return;
    }
    intake_close(station->incoming.intake);
    station->incoming.intake = coming->intake;
    coming->intake = NULL;
    tell_preview(station, coming);
    station_end_work(station, LOAD_READS, LOAD_NO_END, NULL);
    forget(coming);
}

static void submit(struct station *station, struct coming *coming, enum load_work work,
                   void (*run)(struct job *job, struct journal *journal),
                   void (*back)(struct job *job, void *context))
{
    coming->job.run = run;
    coming->job.done = back;
    if (station->is_serving && !writer_submit(station->writer, &coming->job)) {
        station->tasks++;
        return;
    }
    coming->rc = RC_BUSY;
    give_up(station, coming, work);
}

static void list_read(struct trip *trip, void *context)
{
    struct station *station = context;
    struct coming *coming = (struct coming *)trip;
    coming->rc = trip->rc;
    if (station->load.work != LOAD_READS)
        forget(coming);
    else if (coming->rc)
        give_up(station, coming, LOAD_READS);
    else
        submit(station, coming, LOAD_READS, plan, planned);
}

const char *incoming_preview(struct station *station, const struct ask *ask)
{
    const struct intake_list *list = &station->incoming.list;
    int which = ask->number[0];
    struct coming *coming = begin(station, ask);
    struct intake_preview *preview = calloc(1, sizeof *preview);
    station->is_load_stopped = false;
    if (coming && preview && which >= 0 && which < list->count && station->load.found > 0) {
        coming->found = list->found[which];
        coming->preview = preview;
        coming->trip.carry = read_list;
        coming->trip.done = list_read;
        if (!station_send_trip(station, &coming->trip, LOAD_READS))
            return NULL;
        preview = NULL;
    }
    free(preview);
    if (coming)
        forget(coming);
    return busy;
}

/* --- taking --- */

static void take(struct job *job, struct journal *journal)
{
    struct coming *coming = coming_of(job);
    const struct office office = {.by = coming->ask.by, .now = coming->now};
    coming->rc = intake_take(coming->intake, journal, &office, &coming->why);
}

static enum rc write_back(struct trip *trip, struct porter *porter)
{
    struct coming *coming = (struct coming *)trip;
    (void)!porter_tell(porter, LOAD_WRITES, 80);
    return intake_write_refused(coming->intake, coming->root, coming->profile, coming->refused,
                                &coming->why);
}

static void tell_taken(struct station *station, struct coming *coming)
{
    struct told told = {.ask = ASK_TAKE_IN, .how = TOLD_YES};
    memcpy(told.sums, station->incoming.sums, sizeof told.sums);
    told.total = station->incoming.needs_start;
    asks_copy(told.text, sizeof told.text, coming->refused);
    asks_tell(station, &told);
    station_end_work(station, LOAD_TAKES, LOAD_DONE, NULL);
    forget(coming);
}

static void written_back(struct trip *trip, void *context)
{
    struct station *station = context;
    struct coming *coming = (struct coming *)trip;
    if (trip->rc && trip->rc != RC_EMPTY) {
        coming->refused[0] = 0;
        log_warning("what was refused is not on the stick: %s", coming->why.text);
    }
    if (station->load.work == LOAD_TAKES)
        tell_taken(station, coming);
    else
        forget(coming);
}

static void taken(struct job *job, void *context)
{
    struct station *station = context;
    struct coming *coming = coming_of(job);
    bool can_write = station->load.stand == LOAD_OPEN && !station->load.info.is_read_only;
    station->tasks--;
    if (coming->rc) {
        give_up(station, coming, LOAD_TAKES);
        return;
    }
    around_look(station);
    coming->trip.carry = write_back;
    coming->trip.done = written_back;
    station->load.stage = LOAD_WRITES;
    if (!can_write || porter_send(station->porter, &coming->trip))
        tell_taken(station, coming);
}

const char *incoming_take(struct station *station, const struct ask *ask)
{
    struct coming *coming = station->incoming.intake ? begin(station, ask) : NULL;
    if (!coming || station_begin_work(station, LOAD_TAKES)) {
        if (coming)
            forget(coming);
        return busy;
    }
    station->load.stage = LOAD_NOTES; /* whoever pulls the stick out now stops nothing */
    coming->intake = station->incoming.intake;
    station->incoming.intake = NULL;
    submit(station, coming, LOAD_TAKES, take, taken);
    return NULL;
}

void incoming_forget(struct station *station)
{
    intake_close(station->incoming.intake);
    station->incoming.intake = NULL;
    station->incoming.list.count = 0;
    station->updating.has_on_stick = station->load.has_update = false;
}
