/* ics_event.c - one event: when, what, where; and what it leaves unsaid. */
#include "app/exchange/ics_i.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/utf8.h"

#define HOUR_S 3600
#define TEXT_BYTES (16 << 10)

void ics_note(struct ics_event *event, const char *format, ...)
{
    va_list arguments;
    if (event->note_count == ICS_NOTES)
        return;
    struct reason *note = &event->notes[event->note_count++];
    va_start(arguments, format);
    reason_set_by(note, format, arguments);
    va_end(arguments);
}

static enum rc refuse(struct reason *out_why, const char *sentence)
{
    reason_set(out_why, "%s", sentence);
    return RC_REFUSED;
}

/* --- is it all there? --- */

/* Libical drops what it cannot read; without these an event would be another one. */
static const struct {
    const char *name;
    icalproperty_kind kind;
    const char *sentence;
} needed[] = {
    {"DTSTART", ICAL_DTSTART_PROPERTY, SAID("Its beginning (DTSTART) is no date.")},
    {"DTEND", ICAL_DTEND_PROPERTY, SAID("Its end (DTEND) is no date.")},
    {"DURATION", ICAL_DURATION_PROPERTY, SAID("Its length (DURATION) cannot be read.")},
    {"RECURRENCE-ID", ICAL_RECURRENCEID_PROPERTY,
     SAID("Which repetition it stands for (RECURRENCE-ID) cannot be read.")},
    {"RRULE", ICAL_RRULE_PROPERTY, SAID("Its rule of repetition (RRULE) cannot be read.")},
    {"RDATE", ICAL_RDATE_PROPERTY, SAID("Its further dates (RDATE) cannot be read.")},
    {"EXDATE", ICAL_EXDATE_PROPERTY, SAID("Its dates that fall out (EXDATE) cannot be read.")},
};

static int count_lines(const char *text, const char *name)
{
    size_t length = strlen(name);
    int count = 0;
    for (const char *at = text; at && *at; at = strchr(at, '\n')) {
        at += *at == '\n';
        count += strncasecmp(at, name, length) == 0 && strchr(":;", at[length]) && at[length];
    }
    return count;
}

static enum rc check_parts(icalcomponent *component, const char *text, struct reason *out_why)
{
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (count_lines(text, needed[i].name) >
            icalcomponent_count_properties(component, needed[i].kind))
            return refuse(out_why, needed[i].sentence);
    return RC_OK;
}

/* --- when --- */

static bool is_real(struct icaltimetype time)
{
    return time.year >= ICS_FIRST_YEAR && time.year <= ICS_LAST_YEAR && time.month >= 1 &&
           time.month <= 12 && time.day >= 1 &&
           time.day <= icaltime_days_in_month(time.month, time.year) && time.hour >= 0 &&
           time.hour <= 24 && time.minute >= 0 && time.minute < 60 && time.second >= 0 &&
           time.second <= 60;
}

/* The end, on the wall of the beginning's zone. */
static enum rc read_dtend(struct ics *ics, struct ics_event *event, icalproperty *property,
                          struct reason *out_why)
{
    struct icaltimetype end = icalproperty_get_dtend(property);
    const struct ics_zone *zone = ics_zone_of(ics, property, end);
    if (!is_real(end))
        return refuse(out_why, SAID("Its end (DTEND) is no date."));
    event->to_s = ics_wall(end);
    if (event->is_all_day != !!end.is_date)
        return refuse(out_why,
                      SAID("It begins on a day and ends at a time, or the other way round."));
    if (zone != event->times->zone) {
        struct wall_zone own = ics_wall_zone(event->times->zone);
        int64_t utc_s = ics_moment_ms(ics, property, end) / 1000;
        event->to_s = utc_s + own.offset(own.zone, utc_s);
    }
    return RC_OK;
}

static void read_duration(struct ics_event *event, icalproperty *property)
{
    struct icaldurationtype length = icalproperty_get_duration(property);
    int64_t sign = length.is_neg ? -1 : 1;
    event->to_s = event->from_s + sign * WALL_DAY_S * (7LL * length.weeks + length.days);
    event->extra_s = sign * (3600LL * length.hours + 60LL * length.minutes + length.seconds);
}

static void assume_end(struct ics_event *event)
{
    event->to_s = event->from_s + (event->is_all_day ? WALL_DAY_S : HOUR_S);
    if (!event->is_all_day)
        ics_note(event, SAID("It says no end, and is taken for one hour."));
}

static enum rc read_end(struct ics *ics, struct ics_event *event, struct reason *out_why)
{
    icalcomponent *component = event->times->component;
    icalproperty *end = icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY);
    icalproperty *length = icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY);
    enum rc rc = RC_OK;
    event->to_s = event->from_s;
    if (end)
        rc = read_dtend(ics, event, end, out_why);
    else if (length)
        read_duration(event, length);
    if (rc)
        return rc;
    if (event->to_s == event->from_s && !event->extra_s)
        assume_end(event);
    struct wall_zone zone = ics_wall_zone(event->times->zone);
    event->to_ms = (wall_to_utc_s(event->to_s, &zone) + event->extra_s) * 1000;
    if (event->to_ms <= event->from_ms)
        return refuse(out_why, SAID("It ends before it begins."));
    return RC_OK;
}

static enum rc read_start(struct ics *ics, struct ics_event *event, struct reason *out_why)
{
    struct ics_times *times = event->times;
    icalproperty *property =
        icalcomponent_get_first_property(times->component, ICAL_DTSTART_PROPERTY);
    if (!property)
        return refuse(out_why, SAID("It says no beginning (DTSTART)."));
    struct icaltimetype start = icalproperty_get_dtstart(property);
    if (!is_real(start))
        return refuse(out_why, SAID("Its beginning (DTSTART) is no date between 1970 and 2100."));
    times->zone = ics_zone_of(ics, property, start);
    if (times->zone && times->zone->is_unknown)
        ics_note(event,
                 SAID("The time zone \"%.60s\" is not known here; it is taken for the venue's."),
                 times->zone->name);
    event->is_all_day = start.is_date;
    event->from_s = ics_wall(start);
    event->from_ms = ics_moment_ms(ics, property, start);
    return RC_OK;
}

static enum rc read_instance(struct ics *ics, struct ics_event *event, struct reason *out_why)
{
    icalcomponent *component = event->times->component;
    icalproperty *property =
        icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
    if (!property)
        return RC_OK;
    struct icaltimetype instance = icalproperty_get_recurrenceid(property);
    if (!is_real(instance))
        return refuse(out_why, SAID("Which repetition it stands for (RECURRENCE-ID) is no date."));
    event->is_override = true;
    event->instance_ms = ics_moment_ms(ics, property, instance);
    event->instance_date = wall_date(ics_wall(instance));
    event->has_instance_time = !instance.is_date;
    if (icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER))
        ics_note(event,
                 SAID("It changes all repetitions that follow, which is not understood here: "
                      "only this one is changed."));
    return RC_OK;
}

/* --- what --- */

/* Adds a text to another, behind a comma. */
static enum rc add_text(char **text, const char *more)
{
    size_t had = *text ? strlen(*text) + 1 : 0, length = utf8_cut(more, TEXT_BYTES);
    if (had + length > TEXT_BYTES + 1)
        return RC_OK;
    char *sum = calloc(1, had + length + 1);
    if (!sum)
        return RC_NO_MEMORY;
    if (had)
        sprintf(sum, "%s,", *text);
    memcpy(sum + had, more, length);
    free(*text);
    *text = sum;
    return RC_OK;
}

static enum rc read_text(struct ics_event *event, icalproperty_kind kind, char **out_text)
{
    icalcomponent *component = event->times->component;
    icalproperty *property = icalcomponent_get_first_property(component, kind);
    enum rc rc = RC_OK;
    for (; !rc && property; property = icalcomponent_get_next_property(component, kind)) {
        icalvalue *value = icalproperty_get_value(property);
        const char *text =
            value && icalvalue_isa(value) == ICAL_TEXT_VALUE ? icalvalue_get_text(value) : NULL;
        if (!text || (*out_text && kind != ICAL_CATEGORIES_PROPERTY))
            continue;
        if (strlen(text) > TEXT_BYTES)
            ics_note(event, SAID("A text of it is longer than %d letters and is cut there."),
                     TEXT_BYTES);
        rc = add_text(out_text, text);
    }
    return rc;
}

static enum rc read_texts(struct ics_event *event)
{
    enum rc rc = read_text(event, ICAL_SUMMARY_PROPERTY, &event->title);
    if (!rc)
        rc = read_text(event, ICAL_LOCATION_PROPERTY, &event->place);
    if (!rc)
        rc = read_text(event, ICAL_CATEGORIES_PROPERTY, &event->categories);
    if (!rc)
        rc = read_text(event, ICAL_DESCRIPTION_PROPERTY, &event->description);
    return rc;
}

static void read_rest(const struct ics *ics, struct ics_event *event)
{
    icalcomponent *component = event->times->component;
    icalproperty *status = icalcomponent_get_first_property(component, ICAL_STATUS_PROPERTY);
    icalproperty *sequence = icalcomponent_get_first_property(component, ICAL_SEQUENCE_PROPERTY);
    event->is_cancelled =
        ics->is_cancelling || (status && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED);
    event->sequence = sequence ? icalproperty_get_sequence(sequence) : 0;
    event->is_repeated =
        !event->is_override && (icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY) ||
                                icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY));
    if (event->is_repeated && event->times->zone == ics_utc())
        ics_note(event, SAID("It repeats by UTC, so its local time moves when the clocks change."));
}

static enum rc parse(struct ics *ics, const struct ics_block *block, struct ics_event *event,
                     struct reason *out_why)
{
    char *text = ics_copy_block(ics, block, true);
    event->times = calloc(1, sizeof *event->times);
    if (!text || !event->times) {
        free(text);
        return RC_NO_MEMORY;
    }
    icalcomponent *component = icalcomponent_new_from_string(text);
    event->times->component = component;
    enum rc rc = RC_OK;
    if (!component || icalcomponent_isa(component) != ICAL_VEVENT_COMPONENT)
        rc = refuse(out_why, SAID("This event cannot be read: export the calendar again."));
    if (!rc)
        rc = check_parts(component, text, out_why);
    free(text);
    return rc;
}

enum rc ics_read_event(struct ics *ics, size_t index, struct ics_event *out_event,
                       struct reason *out_why)
{
    const struct ics_block *block = &ics->blocks[index];
    struct ics_event *event = out_event;
    memset(event, 0, sizeof *event);
    event->line = block->line;
    if (block->fault)
        return refuse(out_why, block->fault);
    enum rc rc = parse(ics, block, event, out_why);
    if (!rc)
        rc = read_texts(event);
    if (!rc)
        rc = read_start(ics, event, out_why);
    if (!rc)
        rc = read_end(ics, event, out_why);
    if (!rc)
        rc = read_instance(ics, event, out_why);
    if (!rc)
        read_rest(ics, event);
    return rc;
}

void ics_event_finish(struct ics_event *event)
{
    free(event->title);
    free(event->place);
    free(event->categories);
    free(event->description);
    if (event->times && event->times->component)
        icalcomponent_free(event->times->component);
    free(event->times);
    event->title = event->place = event->categories = event->description = NULL;
    event->times = NULL;
}
