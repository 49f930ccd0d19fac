/* calendar_series.c - the events of one UID as occasions: its repetitions, and those written out.
 */
#include "app/exchange/calendar_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/exchange/wall.h"

/* What all repetitions of an event share. */
struct source {
    const struct ics_event *event;
    struct occasion occasion;
    struct calendar_entries entries;
    bool is_inherited; /* the entries are the master's, and so are their times */
};

/* --- what an event says --- */

static const char *own_or(const char *text, const char *other)
{
    return text ? text : other ? other : "";
}

static enum occasion_kind find_kind(const struct calendar_series *series,
                                    const struct source *source, const char *categories)
{
    enum occasion_kind kind = calendar_find_kind(categories);
    if (kind == OCCASION_COUNT)
        kind = calendar_find_kind(source->occasion.title);
    if (kind == OCCASION_COUNT && source->entries.count)
        kind = OCCASION_SHIFT;
    if (kind < OCCASION_COUNT)
        return kind;
    calendar_note(
        series->calendar, source->event->line,
        SAID("nothing says what kind of occasion \"%.60s\" is, and it is taken for an open "
             "day."),
        source->occasion.title);
    return OCCASION_OPEN_DAY;
}

static void note_all(const struct calendar_series *series, const struct source *source,
                     bool is_whole)
{
    struct calendar *calendar = series->calendar;
    int line = source->event->line;
    for (int i = 0; i < source->event->note_count; i++)
        calendar_note_for(calendar, line, &source->event->notes[i]);
    if (!is_whole)
        calendar_note(calendar, line,
                      SAID("Its title or its place is longer than %zu letters and is "
                           "cut there."),
                      sizeof source->occasion.title - 1);
    if (source->entries.is_limited)
        calendar_note(calendar, line,
                      SAID("It names more than %d shifts; the first ones are taken."),
                      OCCASION_SHIFTS_MAX);
}

static enum rc describe(const struct calendar_series *series, const struct ics_event *event,
                        struct source *out_source)
{
    /* An override that does not mention it keeps what its series says. */
    static const struct ics_event nothing;
    const struct ics_event *master =
        event->is_override && series->master ? series->master : &nothing;
    struct occasion *occasion = &out_source->occasion;
    memset(out_source, 0, sizeof *out_source);
    out_source->event = event;
    out_source->is_inherited = !event->description && master->description;
    enum rc rc = calendar_read_entries(own_or(event->description, master->description),
                                       &out_source->entries);
    if (rc)
        return rc;
    bool is_whole = calendar_copy_text(own_or(event->title, master->title), occasion->title,
                                       sizeof occasion->title);
    is_whole &= calendar_copy_text(own_or(event->place, master->place), occasion->place,
                                   sizeof occasion->place);
    snprintf(occasion->uid, sizeof occasion->uid, "%s", series->uid);
    occasion->kind = find_kind(series, out_source, own_or(event->categories, master->categories));
    occasion->is_all_day = event->is_all_day;
    if (event->is_cancelled || master->is_cancelled)
        occasion->state = OCCASION_CANCELLED;
    note_all(series, out_source, is_whole);
    return RC_OK;
}

/* --- which repetition it is --- */

static void name_moment(int64_t utc_ms, char *out_name, size_t size)
{
    time_t at = (time_t)(utc_ms / 1000);
    struct tm utc;
    gmtime_r(&at, &utc);
    strftime(out_name, size, "%Y%m%dT%H%M%SZ", &utc);
}

static void name_override(const struct calendar_series *series, const struct ics_event *event,
                          char *out_name, size_t size)
{
    bool is_day = !event->has_instance_time || (series->master && series->master->is_all_day);
    if (is_day)
        snprintf(out_name, size, "%08d", event->instance_date);
    else
        name_moment(event->instance_ms, out_name, size);
}

static bool is_of(const struct calendar_series *series, const struct ics_event *override,
                  const struct ics_start *start)
{
    if (series->master->is_all_day || !override->has_instance_time)
        return override->instance_date == start->date;
    return override->instance_ms == start->from_ms;
}

/* The override of that start, or NULL. A day that is named without its hour learns it here. */
static const struct ics_event *find_override(const struct calendar_series *series,
                                             const struct ics_start *start)
{
    for (size_t i = 0; i < series->count; i++) {
        struct ics_event *event = &series->events[i];
        if (!event->is_override || !is_of(series, event, start))
            continue;
        event->instance_ms = start->from_ms;
        event->has_instance_time = !series->master->is_all_day;
        return event;
    }
    return NULL;
}

/* --- rows --- */

static enum rc add_row(const struct calendar_series *series, struct source *source,
                       const struct ics_start *start, int64_t origin_ms, bool is_partial)
{
    struct occasion *occasion = &source->occasion;
    struct calendar_row *row;
    occasion->from_ms = start->from_ms;
    occasion->to_ms = start->to_ms;
    calendar_set_shifts(occasion, &source->entries, origin_ms);
    enum occasion_state state = occasion->state;
    if (start->is_excluded)
        occasion->state = OCCASION_CANCELLED;
    enum rc rc = calendar_add(series->calendar, source->event->line, occasion,
                              source->entries.organisation, &row);
    occasion->state = state;
    if (!rc && row) {
        row->is_excluded = start->is_excluded;
        row->is_partial = is_partial;
    }
    return rc;
}

static enum rc add_override(const struct calendar_series *series, const struct ics_event *event)
{
    const struct calendar_horizon *horizon = &series->calendar->horizon;
    bool is_in = event->from_ms >= horizon->from_ms && event->from_ms < horizon->to_ms;
    /* One that is moved out of it is still one that was in it. */
    is_in |= event->instance_ms >= horizon->from_ms && event->instance_ms < horizon->to_ms;
    if (!is_in)
        return RC_OK;
    struct source source;
    enum rc rc = describe(series, event, &source);
    if (rc)
        return rc;
    name_override(series, event, source.occasion.instance, sizeof source.occasion.instance);
    struct ics_start start = {.from_ms = event->from_ms, .to_ms = event->to_ms};
    return add_row(series, &source, &start,
                   source.is_inherited ? event->instance_ms : event->from_ms, false);
}

static enum rc add_starts(const struct calendar_series *series, const struct ics_starts *starts)
{
    struct source source;
    enum rc rc = starts->count ? describe(series, series->master, &source) : RC_OK;
    if (starts->is_limited)
        calendar_note(series->calendar, series->master->line,
                      SAID("It repeats more than %d times until then; the first ones are taken."),
                      CALENDAR_REPEATS);
    for (size_t i = 0; !rc && i < starts->count; i++) {
        const struct ics_start *start = &starts->rows[i];
        char *instance = source.occasion.instance;
        instance[0] = 0;
        if (series->master->is_repeated && series->master->is_all_day)
            snprintf(instance, sizeof source.occasion.instance, "%08d", start->date);
        else if (series->master->is_repeated)
            name_moment(start->from_ms, instance, sizeof source.occasion.instance);
        if (!find_override(series, start))
            rc = add_row(series, &source, start, start->from_ms, starts->is_limited);
    }
    return rc;
}

static enum rc add_master(const struct calendar_series *series)
{
    const struct calendar_horizon *horizon = &series->calendar->horizon;
    const struct ics_event *master = series->master;
    struct ics_starts starts = {.rows = NULL};
    struct reason why;
    enum rc rc = ics_unroll(series->ics, master, horizon->from_ms, horizon->to_ms, CALENDAR_REPEATS,
                            &starts, &why);
    if (rc == RC_REFUSED)
        return calendar_add_refused(series->calendar, master->line, series->uid, master->title,
                                    &why);
    if (!rc)
        rc = add_starts(series, &starts);
    free(starts.rows);
    return rc;
}

enum rc calendar_add_series(struct calendar_series *series)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; i < series->count; i++)
        if (!series->events[i].is_override)
            series->master = &series->events[i];
    if (series->master)
        rc = add_master(series);
    for (size_t i = 0; !rc && i < series->count; i++)
        if (series->events[i].is_override)
            rc = add_override(series, &series->events[i]);
    return rc;
}
