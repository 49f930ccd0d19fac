#include "app/papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/store/lookup_people.h"
#include "app/store/report.h"
#include "app/ui/paper.h"
#include "app/ui/words.h"
#include "firmware/base/log.h"

void papers_begin(const char *locale_dir)
{
    if (words_init(locale_dir))
        log_warning("%s has not got all languages: what is missing there is said in English",
                    locale_dir);
}

void papers_finish(void)
{
    words_finish();
}

/* What canvas.h and sink.h both call writing, only that neither room knows the other. */
static enum rc pass_on(void *context, const char *bytes, size_t length)
{
    return sink_write(context, bytes, length);
}

static struct canvas_out out_of(const struct sink *sink)
{
    return (struct canvas_out){.context = (void *)sink, .write = pass_on};
}

/* --- roll-call --- */

struct here {
    struct lookup_people_here *people;
    struct paper_roll_call_row *rows;
    size_t count;
};

static void finish_here(struct here *here)
{
    free(here->people);
    free(here->rows);
}

static enum rc find_here(struct db *db, const struct papers_about *about, struct here *out_here)
{
    struct here here = {.count = 0};
    struct lookup_people_count all;
    enum rc rc = RC_NO_MEMORY;
    here.people = calloc(PAPERS_HERE_MAX, sizeof *here.people);
    here.rows = calloc(PAPERS_HERE_MAX, sizeof *here.rows);
    if (here.people && here.rows)
        rc = lookup_people_here(db, about->now.wall_ms, PAPERS_HERE_MAX, here.people, &here.count,
                                &all);
    if (!rc && all.people > here.count)
        rc = RC_LIMIT;
    for (size_t i = 0; !rc && i < here.count; i++) {
        const struct lookup_people_here *one = &here.people[i];
        bool is_long = one->is_long && !one->is_doubtful && about->now.trust != CLOCK_UNSET;
        here.rows[i] = (struct paper_roll_call_row){.name = one->full_name,
                                                    .arrived_ms = one->arrived_ms,
                                                    .guests = one->guests,
                                                    .children = one->children,
                                                    .how_in = one->how_in,
                                                    .is_doubtful = one->is_doubtful,
                                                    .is_long = is_long};
    }
    if (rc)
        finish_here(&here);
    else
        *out_here = here;
    return rc;
}

enum rc papers_roll_call(struct snapshot *snapshot, const struct papers_about *about,
                         const struct sink *sink, int64_t *out_people, struct reason *out_reason)
{
    struct db *db = snapshot_db(snapshot);
    const struct canvas_out out = out_of(sink);
    struct here here;
    enum rc rc = find_here(db, about, &here);
    if (rc)
        return db_tell(rc, db, out_reason);
    const struct paper_roll_call call = {.language = about->language,
                                         .venue = about->venue->name,
                                         .now_ms = about->now.wall_ms,
                                         .is_now_doubtful = about->now.trust == CLOCK_UNSET,
                                         .rows = here.rows,
                                         .count = here.count};
    rc = paper_roll_call(&call, &out);
    if (rc) {
        reason_set(out_reason, SAID("the roll-call could not be written: %s"), rc_text(rc));
        reason_mark(out_reason, 0);
    } else {
        *out_people = (int64_t)here.count;
    }
    finish_here(&here);
    return rc;
}

/* --- certificate --- */

#define LABEL_BYTES sizeof((struct report_row *)0)->label

/* Parts with texts of their own, as they come from a report. */
struct parts {
    struct paper_certificate_part *rows;
    char (*labels)[LABEL_BYTES];
    size_t count, capacity;
};

static void finish_parts(struct parts *parts)
{
    free(parts->rows);
    free(parts->labels);
}

static enum rc grow(struct parts *parts)
{
    size_t capacity = parts->capacity ? 2 * parts->capacity : 32;
    struct paper_certificate_part *rows = realloc(parts->rows, capacity * sizeof *rows);
    parts->rows = rows ? rows : parts->rows;
    char(*labels)[LABEL_BYTES] = realloc(parts->labels, capacity * sizeof *labels);
    parts->labels = labels ? labels : parts->labels;
    if (!rows || !labels)
        return RC_NO_MEMORY;
    parts->capacity = capacity;
    return RC_OK;
}

static enum rc add_part(struct parts *parts, const char *label, int64_t seconds)
{
    enum rc rc = parts->count == parts->capacity ? grow(parts) : RC_OK;
    if (rc)
        return rc;
    snprintf(parts->labels[parts->count], LABEL_BYTES, "%s", label);
    parts->rows[parts->count++].seconds = seconds;
    return RC_OK;
}

static enum rc add_mission(void *context, const struct report_row *row)
{
    return row->volunteer_s ? add_part(context, row->label, row->volunteer_s) : RC_OK;
}

struct months {
    struct parts years;
    int first_month, last_month; /* 202611, with hours */
};

/* Rows come by month; those of one year follow each other. */
static enum rc add_month(void *context, const struct report_row *row)
{
    struct months *months = context;
    struct parts *years = &months->years;
    int year = 0, month = 0;
    if (!row->volunteer_s)
        return RC_OK;
    if (sscanf(row->label, "%4d-%2d", &year, &month) == 2) {
        months->last_month = year * 100 + month;
        months->first_month = months->first_month ? months->first_month : months->last_month;
    }
    if (years->count && strncmp(years->labels[years->count - 1], row->label, 4) == 0) {
        years->rows[years->count - 1].seconds += row->volunteer_s;
        return RC_OK;
    }
    char label[8];
    snprintf(label, sizeof label, "%.4s", row->label);
    return add_part(years, label, row->volunteer_s);
}

struct given {
    struct months months;
    struct parts missions;
    struct report_row total;
};

static void finish_given(struct given *given)
{
    finish_parts(&given->months.years);
    finish_parts(&given->missions);
}

/* Labels stand where they stay only once all are there. */
static void point(struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        parts->rows[i].label = parts->labels[i];
}

static enum rc find_given(struct db *db, const struct report_span *span, struct given *out_given)
{
    struct given given = {.missions = {.count = 0}};
    enum rc rc = report_hours(db, REPORT_BY_MONTH, span, add_month, &given.months);
    if (!rc)
        rc = report_hours(db, REPORT_BY_MISSION, span, add_mission, &given.missions);
    if (!rc)
        rc = report_hours_total(db, span, &given.total);
    if (!rc && !given.total.volunteer_s)
        rc = RC_EMPTY;
    point(&given.months.years);
    point(&given.missions);
    if (rc)
        finish_given(&given);
    else
        *out_given = given;
    return rc;
}

/* Noon of a day: the same date in whatever hour the venue's days end. */
static int64_t noon(int day)
{
    return day_number_begin(day, 12 * 60);
}

/* A period that is open to a side ends where the hours do: with their month, and never after now.
 */
static void find_days(const struct given *given, const struct report_span *span, int64_t *out_from,
                      int64_t *out_to)
{
    int first = span->first_day, last = span->last_day;
    int today = day_number(span->now_ms, span->day_end_min);
    if (first == REPORT_FIRST_DAY)
        first = given->months.first_month * 100 + 1;
    if (last > today)
        last = today;
    *out_from = noon(first);
    *out_to = noon(last);
}

static enum rc write_certificate(const struct papers_about *about, const struct person *person,
                                 const struct report_span *span, const struct given *given,
                                 const struct sink *sink)
{
    char name[sizeof person->first_name + sizeof person->last_name];
    const struct canvas_out out = out_of(sink);
    struct paper_certificate certificate = {.language = about->language,
                                            .venue = about->venue->name,
                                            .person = name,
                                            .place = about->venue->place,
                                            .words = about->venue->words[about->language],
                                            .now_ms = about->now.wall_ms,
                                            .seconds = given->total.volunteer_s,
                                            .years = given->months.years.rows,
                                            .year_count = given->months.years.count,
                                            .missions = given->missions.rows,
                                            .mission_count = given->missions.count};
    snprintf(name, sizeof name, "%s%s%s", person->first_name, person->last_name[0] ? " " : "",
             person->last_name);
    find_days(given, span, &certificate.from_ms, &certificate.to_ms);
    return paper_certificate(&certificate, &out);
}

enum rc papers_certificate(struct snapshot *snapshot, const struct papers_about *about,
                           const struct person *person, int first_day, int last_day,
                           const struct sink *sink, struct reason *out_reason)
{
    struct db *db = snapshot_db(snapshot);
    const struct report_span span = {.first_day = first_day,
                                     .last_day = last_day,
                                     .day_end_min = about->venue->day_end_min,
                                     .now_ms = about->now.wall_ms,
                                     .person = person->id};
    struct given given;
    enum rc rc = find_given(db, &span, &given);
    if (rc == RC_EMPTY)
        reason_set(out_reason, SAID("there are no volunteer's hours of theirs in that time"));
    else if (rc)
        return db_tell(rc, db, out_reason);
    if (rc)
        return rc;
    rc = write_certificate(about, person, &span, &given, sink);
    if (rc) {
        reason_set(out_reason, SAID("the certificate could not be written: %s"), rc_text(rc));
        reason_mark(out_reason, 0);
    }
    finish_given(&given);
    return rc;
}
