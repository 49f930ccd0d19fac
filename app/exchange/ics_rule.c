/* ics_rule.c - the repetitions of an event within a horizon. */
#include "app/exchange/ics_i.h"

#include <stdlib.h>

/* Where Libical gives up looking for a day that fits. */
#define LIBICAL_LAST_YEAR 2582

struct roll {
    struct ics *ics;
    const struct ics_event *event;
    struct wall_zone zone;
    int64_t from_ms, to_ms;
    size_t limit;
    struct ics_starts *starts;
};

/* --- what falls out --- */

struct exception {
    int64_t ms; /* or 0, and then the whole day */
    int date;
};

struct exceptions {
    struct exception *rows;
    size_t count;
};

static int compare_exceptions(const void *a, const void *b)
{
    const struct exception *x = a, *y = b;
    int order = (x->ms > y->ms) - (x->ms < y->ms);
    return order || x->ms ? order : (x->date > y->date) - (x->date < y->date);
}

static enum rc read_exceptions(const struct roll *roll, struct exceptions *out_exceptions)
{
    icalcomponent *component = roll->event->times->component;
    int count = icalcomponent_count_properties(component, ICAL_EXDATE_PROPERTY);
    struct exception *rows = calloc((size_t)count + 1, sizeof *rows);
    size_t used = 0;
    if (!rows)
        return RC_NO_MEMORY;
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_EXDATE_PROPERTY);
    for (; property; property = icalcomponent_get_next_property(component, ICAL_EXDATE_PROPERTY)) {
        struct icaltimetype time = icalproperty_get_exdate(property);
        /* Of a whole day the hour means nothing, whatever some write. */
        if (time.is_date || roll->event->is_all_day)
            rows[used].date = wall_date(ics_wall(time));
        else
            rows[used].ms = ics_moment_ms(roll->ics, property, time);
        used++;
    }
    qsort(rows, used, sizeof *rows, compare_exceptions);
    *out_exceptions = (struct exceptions){rows, used};
    return RC_OK;
}

static bool has_exception(const struct exceptions *exceptions, const struct ics_start *start)
{
    struct exception by_ms = {.ms = start->from_ms}, by_date = {.date = start->date};
    return bsearch(&by_ms, exceptions->rows, exceptions->count, sizeof by_ms, compare_exceptions) ||
           bsearch(&by_date, exceptions->rows, exceptions->count, sizeof by_date,
                   compare_exceptions);
}

/* --- one start after the other --- */

static int compare_starts(const void *a, const void *b)
{
    const struct ics_start *x = a, *y = b;
    return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

/* Takes over one that begins when the wall shows `wall_s`; RC_EMPTY behind the horizon. */
static enum rc add_start(struct roll *roll, int64_t wall_s, int64_t length_ms)
{
    const struct ics_event *event = roll->event;
    struct ics_starts *starts = roll->starts;
    int64_t end_s = wall_s + (event->to_s - event->from_s);
    struct ics_start start = {.from_ms = wall_to_utc_s(wall_s, &roll->zone) * 1000,
                              .date = wall_date(wall_s)};
    start.to_ms = (wall_to_utc_s(end_s, &roll->zone) + event->extra_s) * 1000;
    if (length_ms > 0)
        start.to_ms = start.from_ms + length_ms;
    if (start.from_ms >= roll->to_ms)
        return RC_EMPTY;
    if (start.from_ms < roll->from_ms)
        return RC_OK;
    /* Each rule may say the same again: room for more than are wanted in the end. */
    if (starts->count >= roll->limit * 4) {
        starts->is_limited = true;
        return RC_EMPTY;
    }
    if ((starts->count & (starts->count - 1)) == 0) {
        size_t capacity = starts->count ? starts->count * 2 : 1;
        struct ics_start *rows = calloc(capacity, sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        for (size_t i = 0; i < starts->count; i++)
            rows[i] = starts->rows[i];
        free(starts->rows);
        starts->rows = rows;
    }
    starts->rows[starts->count++] = start;
    return RC_OK;
}

/* --- rules --- */

static const char *find_fault(const struct icalrecurrencetype *rule)
{
    if (rule->freq < ICAL_DAILY_RECURRENCE)
        return SAID(
            "It repeats every hour, minute or second: write it as one occasion with shifts.");
    if (rule->freq > ICAL_YEARLY_RECURRENCE || rule->interval < 1 || rule->count < 0)
        return SAID("Its rule of repetition (RRULE) cannot be read.");
    return rule->rscale
               ? SAID("It repeats by another calendar (RSCALE), which is not understood here.")
               : NULL;
}

/* Is that start behind the rule's UNTIL, which may be a day, a moment or a time on the wall? */
static bool is_over(const struct roll *roll, struct icaltimetype until, int64_t wall_s)
{
    if (icaltime_is_null_time(until))
        return false;
    if (until.is_date)
        return wall_date(wall_s) > wall_date(ics_wall(until));
    if (icaltime_is_utc(until))
        return wall_to_utc_s(wall_s, &roll->zone) > ics_wall(until);
    return wall_s > ics_wall(until);
}

/* What it cost to find the next one, or none at all. */
static bool can_afford(struct ics *ics, int64_t from_s, int64_t to_s)
{
    ics->days += 1 + (to_s > from_s ? (to_s - from_s) / WALL_DAY_S : 0);
    return ics->days <= ICS_DAYS;
}

static enum rc refuse_cost(struct reason *out_why)
{
    reason_set(out_why, SAID("The repetitions of this calendar take too long to work out: let its "
                             "series begin later, or end the old ones."));
    return RC_REFUSED;
}

static enum rc follow(struct roll *roll, icalrecur_iterator *iterator,
                      const struct icalrecurrencetype *rule, struct icaltimetype until,
                      struct reason *out_why)
{
    const int64_t never_s = wall_midnight(LIBICAL_LAST_YEAR, 1, 1);
    int64_t last_s = roll->event->from_s;
    enum rc rc = RC_OK;
    for (int64_t found = 0; !rc; found++) {
        struct icaltimetype next =
            iterator ? icalrecur_iterator_next(iterator) : icaltime_null_time();
        bool is_none = icaltime_is_null_time(next);
        if (is_none && rule->count > 0 && found >= rule->count)
            break;
        int64_t wall_s = is_none ? never_s : ics_wall(next);
        if (!can_afford(roll->ics, last_s, wall_s))
            return refuse_cost(out_why);
        if (is_none || is_over(roll, until, wall_s))
            break;
        rc = add_start(roll, wall_s, 0);
        last_s = wall_s;
    }
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc unroll_rule(struct roll *roll, icalproperty *property, struct icaltimetype start,
                           struct reason *out_why)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(property);
    struct icaltimetype until = rule.until;
    const char *fault = find_fault(&rule);
    if (fault) {
        reason_set(out_why, "%s", fault);
        return RC_REFUSED;
    }
    if (roll->ics->days > ICS_DAYS)
        return refuse_cost(out_why);
    /* Libical compares it in a zone that it does not know. */
    rule.until = icaltime_null_time();
    icalrecur_iterator *iterator = icalrecur_iterator_new(rule, start);
    enum rc rc = follow(roll, iterator, &rule, until, out_why);
    if (iterator)
        icalrecur_iterator_free(iterator);
    return rc;
}

static enum rc unroll_rules(struct roll *roll, struct reason *out_why)
{
    icalcomponent *component = roll->event->times->component;
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
    struct icaltimetype start = icalproperty_get_dtstart(property);
    enum rc rc = RC_OK;
    start.zone = NULL;
    property = icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY);
    for (; !rc && property;
         property = icalcomponent_get_next_property(component, ICAL_RRULE_PROPERTY))
        rc = unroll_rule(roll, property, start, out_why);
    return rc;
}

static enum rc unroll_dates(struct roll *roll)
{
    icalcomponent *component = roll->event->times->component;
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY);
    enum rc rc = RC_OK;
    for (; (!rc || rc == RC_EMPTY) && property;
         property = icalcomponent_get_next_property(component, ICAL_RDATE_PROPERTY)) {
        struct icaldatetimeperiodtype date = icalproperty_get_rdate(property);
        bool is_period = icaltime_is_null_time(date.time);
        struct icaltimetype time = is_period ? date.period.start : date.time;
        if (icaltime_is_null_time(time))
            continue;
        int64_t utc_s = ics_moment_ms(roll->ics, property, time) / 1000;
        int64_t wall_s = utc_s + roll->zone.offset(roll->zone.zone, utc_s), length_ms = 0;
        if (roll->event->is_all_day || time.is_date)
            wall_s = wall_day(ics_wall(time)) + roll->event->from_s - wall_day(roll->event->from_s);
        if (is_period && icaltime_is_null_time(date.period.end))
            length_ms = 1000LL * icaldurationtype_as_int(date.period.duration);
        else if (is_period)
            length_ms = ics_moment_ms(roll->ics, property, date.period.end) - utc_s * 1000;
        rc = add_start(roll, wall_s, length_ms);
    }
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* By time, each once, no more than wanted. */
static void settle(struct roll *roll, const struct exceptions *exceptions)
{
    struct ics_starts *starts = roll->starts;
    size_t kept = 0;
    if (starts->count)
        qsort(starts->rows, starts->count, sizeof *starts->rows, compare_starts);
    for (size_t i = 0; i < starts->count; i++) {
        if (kept && starts->rows[kept - 1].from_ms == starts->rows[i].from_ms)
            continue;
        if (kept == roll->limit) {
            starts->is_limited = true;
            break;
        }
        starts->rows[kept] = starts->rows[i];
        starts->rows[kept].is_excluded = has_exception(exceptions, &starts->rows[kept]);
        kept++;
    }
    starts->count = kept;
}

enum rc ics_unroll(struct ics *ics, const struct ics_event *event, int64_t from_ms, int64_t to_ms,
                   size_t limit, struct ics_starts *out_starts, struct reason *out_why)
{
    struct ics_starts starts = {.rows = NULL};
    struct exceptions exceptions = {.rows = NULL};
    struct roll roll = {ics,   event,  ics_wall_zone(event->times->zone), from_ms, to_ms,
                        limit, &starts};
    enum rc rc = read_exceptions(&roll, &exceptions);
    if (!rc)
        rc = add_start(&roll, event->from_s, 0);
    if (!rc || rc == RC_EMPTY)
        rc = unroll_rules(&roll, out_why);
    if (!rc)
        rc = unroll_dates(&roll);
    if (!rc)
        settle(&roll, &exceptions);
    free(exceptions.rows);
    if (rc)
        free(starts.rows);
    else
        *out_starts = starts;
    return rc;
}
