/* calendar_events.c - the events of an iCalendar file, series by series, each version once. */
#include "app/exchange/calendar_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/wall.h"

/* --- series --- */

/* Of two versions of the same the higher SEQUENCE counts, else the later one in the file. */
static bool is_newer(const struct ics_event *a, const struct ics_event *b)
{
    return a->sequence != b->sequence ? a->sequence > b->sequence : a->line > b->line;
}

static bool is_double(const struct ics_event *a, const struct ics_event *b)
{
    if (a->is_override != b->is_override)
        return false;
    return !a->is_override ||
           (a->instance_ms == b->instance_ms && a->has_instance_time == b->has_instance_time);
}

/* Takes the event in, or refuses it or the one it stands for. Its place in the list is free. */
static enum rc settle_double(struct calendar_series *series)
{
    struct ics_event *event = &series->events[series->count];
    struct reason why;
    for (size_t i = 0; i < series->count; i++) {
        struct ics_event *other = &series->events[i];
        if (!is_double(event, other))
            continue;
        if (is_newer(event, other)) {
            struct ics_event swap = *event;
            *event = *other;
            *other = swap;
        }
        reason_set(&why,
                   SAID("Line %d has the same UID and is the newer one: give each event its own "
                        "UID, or take the old one out."),
                   other->line);
        enum rc rc =
            calendar_add_refused(series->calendar, event->line, series->uid, event->title, &why);
        ics_event_finish(event);
        return rc;
    }
    series->count++;
    return RC_OK;
}

static enum rc read_one(struct calendar_series *series, size_t index)
{
    struct ics_event *event = &series->events[series->count];
    struct reason why;
    reason_set(&why, SAID("There are more than a thousand events with this UID: give each series "
                          "its own."));
    enum rc rc = RC_REFUSED;
    bool is_room = series->count < CALENDAR_REPEATS + 1;
    if (is_room)
        rc = ics_read_event(series->ics, index, event, &why);
    if (!rc)
        return settle_double(series);
    if (rc == RC_REFUSED)
        rc = calendar_add_refused(series->calendar, ics_line(series->ics, index), series->uid,
                                  is_room ? event->title : NULL, &why);
    if (is_room)
        ics_event_finish(event);
    return rc;
}

static enum rc read_series(struct calendar *calendar, struct ics *ics, const size_t *order,
                           size_t count)
{
    size_t room = count < CALENDAR_REPEATS + 1 ? count : CALENDAR_REPEATS + 1;
    struct calendar_series series = {
        .calendar = calendar, .ics = ics, .uid = ics_uid(ics, order[0])};
    series.events = calloc(room, sizeof *series.events);
    enum rc rc = series.events ? RC_OK : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < count; i++)
        rc = read_one(&series, order[i]);
    if (!rc)
        rc = calendar_add_series(&series);
    for (size_t i = 0; i < series.count; i++)
        ics_event_finish(&series.events[i]);
    free(series.events);
    return rc;
}

static int compare_uids(const void *a, const void *b, void *context)
{
    const struct ics *ics = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order = strcmp(ics_uid(ics, x), ics_uid(ics, y));
    return order ? order : (x > y) - (x < y);
}

static enum rc read_all(struct calendar *calendar, struct ics *ics)
{
    size_t count = ics_count(ics);
    size_t *order = calloc(count, sizeof *order);
    enum rc rc = order ? RC_OK : RC_NO_MEMORY;
    for (size_t i = 0; order && i < count; i++)
        order[i] = i;
    if (order)
        qsort_r(order, count, sizeof *order, compare_uids, ics);
    for (size_t first = 0, last; !rc && first < count; first = last) {
        last = first + 1;
        while (last < count && strcmp(ics_uid(ics, order[first]), ics_uid(ics, order[last])) == 0)
            last++;
        rc = read_series(calendar, ics, order + first, last - first);
    }
    free(order);
    return rc;
}

enum rc calendar_read_ics(struct calendar *calendar, const char *bytes, size_t length,
                          struct reason *out_reason)
{
    struct ics *ics;
    enum rc rc = ics_open(bytes, length, &ics, out_reason);
    char until[16];
    if (rc)
        return rc;
    wall_format_date(wall_from_ms(calendar->horizon.to_ms), until, sizeof until);
    calendar_note(calendar, 0,
                  SAID("Occasions before %s are taken; what begins later comes with a "
                       "later import."),
                  until);
    if (ics_is_cut(ics))
        calendar_note(calendar, 0,
                      SAID("The file ends in the middle. What is whole is taken, and "
                           "nothing counts as vanished."));
    if (ics_is_message(ics))
        calendar_note(calendar, 0,
                      SAID("This file is a message about single occasions (METHOD), and no whole "
                           "calendar: nothing counts as vanished."));
    if (ics_controls(ics))
        calendar_note(calendar, 0,
                      SAID("There are %zu control characters in the file, taken for "
                           "spaces."),
                      ics_controls(ics));
    calendar->is_cut = ics_is_cut(ics) || ics_is_message(ics);
    rc = read_all(calendar, ics);
    ics_close(ics);
    return rc;
}
