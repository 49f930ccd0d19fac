/* intake_lists.c - lists of people and of baskets, and calendars, from a stick. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/enrol.h"
#include "app/exchange/infile.h"
#include "app/intake_i.h"
#include "app/planning.h"

/* --- reading --- */

static enum rc read_bytes(struct intake *intake, int folder, const char *name,
                          struct reason *out_reason)
{
    int fd = -1;
    enum rc rc = infolder_open_file(folder, name, &fd);
    if (rc)
        return rc;
    rc = infile_read_fd(fd, intake->name, intake->ops->limit_bytes, &intake->bytes, &intake->length,
                        out_reason);
    close(fd);
    return rc;
}

static enum rc read_people(struct intake *intake, const struct intake_from *from, int folder,
                           const char *name, struct reason *out_reason)
{
    (void)from;
    enum rc rc = read_bytes(intake, folder, name, out_reason);
    return rc ? rc : people_read(intake->bytes, intake->length, &intake->people, out_reason);
}

static enum rc read_baskets(struct intake *intake, const struct intake_from *from, int folder,
                            const char *name, struct reason *out_reason)
{
    (void)from;
    enum rc rc = read_bytes(intake, folder, name, out_reason);
    return rc ? rc
              : people_read_baskets(intake->bytes, intake->length, &intake->people, out_reason);
}

/* What was refused once is of the calendar it was refused from, and only a part of it. */
static void find_source(struct intake *intake)
{
    const char *dot = strrchr(intake->name, '.');
    char source[sizeof intake->base + 16];
    snprintf(source, sizeof source, "%s%.8s", intake->base, dot ? dot : "");
    intake_say(intake->source, sizeof intake->source, source);
    if (intake->is_refused)
        calendar_keep_others(intake->calendar);
}

static enum rc read_calendar(struct intake *intake, const struct intake_from *from, int folder,
                             const char *name, struct reason *out_reason)
{
    enum rc rc = read_bytes(intake, folder, name, out_reason);
    if (!rc)
        rc = calendar_read(intake->bytes, intake->length, calendar_horizon_around(from->now_ms),
                           &intake->calendar, out_reason);
    if (!rc)
        find_source(intake);
    return rc;
}

static void close_lists(struct intake *intake)
{
    people_close(intake->people);
    calendar_close(intake->calendar);
}

/* --- people and baskets --- */

static enum rc judge_people(struct intake *intake, struct journal *journal,
                            struct reason *out_reason)
{
    (void)out_reason;
    return enrol_plan(journal, intake->people);
}

static const enum intake_verdict people_verdicts[PEOPLE_VERDICT_COUNT] = {
    [PEOPLE_NEW] = INTAKE_NEW,     [PEOPLE_CHANGED] = INTAKE_CHANGED, [PEOPLE_SAME] = INTAKE_SAME,
    [PEOPLE_ENDED] = INTAKE_ENDED, [PEOPLE_REFUSED] = INTAKE_REFUSED,
};

static void write_person(const struct people_row *person, struct intake_row *row)
{
    const struct person *who = &person->person;
    const char *between = who->first_name[0] && who->last_name[0] ? " " : "";
    int used =
        snprintf(row->title, sizeof row->title, "%s%s%s", who->first_name, between, who->last_name);
    if (who->number[0])
        snprintf(row->title + used, sizeof row->title - (size_t)used, "%s(%s)", used ? " " : "",
                 who->number);
    if (person->reason || person->note)
        intake_say(row->why, sizeof row->why, person->reason ? person->reason : person->note);
    for (int i = 0; i < person_field_count; i++)
        if (person->changed >> i & 1)
            intake_add_change(row, person_fields[i].name);
    for (int i = 0; i < person->badge_count; i++)
        row->badges += person->new_badges >> i & 1;
}

static enum rc tell_people(const struct intake *intake, struct intake_telling *telling)
{
    struct intake_row row;
    for (size_t i = 0; i < people_count(intake->people); i++) {
        const struct people_row *person = people_row(intake->people, i);
        bool is_simple = person->verdict == PEOPLE_SAME && !person->reason && !person->note;
        if (people_verdicts[person->verdict] != telling->verdict || is_simple)
            continue;
        intake_begin_row(&row, telling->verdict, person->line);
        write_person(person, &row);
        intake_tell_row(telling, &row);
    }
    return RC_OK;
}

static void sum_people(const struct intake *intake, struct intake_telling *telling)
{
    struct people_counts counts = people_count_plan(intake->people);
    struct intake_preview *preview = telling->preview;
    for (int i = 0; i < PEOPLE_VERDICT_COUNT; i++)
        preview->counts[people_verdicts[i]] = (int64_t)counts.rows[i];
    preview->badges = (int64_t)counts.badges;
    preview->is_takable = true;
    for (size_t i = 0; i < people_note_count(intake->people); i++)
        intake_tell_note(telling, "%s", people_note(intake->people, i));
    for (size_t i = 0; i < people_unused_count(intake->people); i++)
        intake_tell_note(telling, "The column \"%s\" is not used.",
                         people_unused(intake->people, i));
}

static enum rc take_people(struct intake *intake, struct journal *journal,
                           const struct office *office, struct reason *out_reason)
{
    (void)out_reason;
    return enrol_take(journal, office, intake->people);
}

static enum rc write_refused_people(const struct intake *intake, const char *root,
                                    enum csv_profile profile,
                                    char out_name[INTAKE_REFUSED_NAME_BYTES],
                                    struct reason *out_reason)
{
    return people_write_refused(intake->people, intake->bytes, intake->length, profile, root,
                                out_name, out_reason);
}

/* --- calendars --- */

static enum rc judge_calendar(struct intake *intake, struct journal *journal,
                              struct reason *out_reason)
{
    (void)out_reason;
    return planning_plan(journal, intake->calendar, intake->source);
}

static const enum intake_verdict calendar_verdicts[CALENDAR_VERDICT_COUNT] = {
    [CALENDAR_NEW] = INTAKE_NEW,           [CALENDAR_CHANGED] = INTAKE_CHANGED,
    [CALENDAR_SAME] = INTAKE_SAME,         [CALENDAR_CANCELLED] = INTAKE_CANCELLED,
    [CALENDAR_VANISHED] = INTAKE_VANISHED, [CALENDAR_REFUSED] = INTAKE_REFUSED,
};

static void write_occasion(const struct calendar_row *occasion, const struct calendar_more *more,
                           struct intake_row *row)
{
    intake_say(row->title, sizeof row->title, occasion->title);
    if (occasion->reason)
        intake_say(row->why, sizeof row->why, occasion->reason);
    row->from_ms = occasion->from_ms;
    row->was_from_ms = occasion->was_from_ms;
    row->signed_up = occasion->signed_up;
    row->more = (int)more->count;
    row->last_ms = more->last_ms;
    for (int i = 0; occasion->verdict == CALENDAR_CHANGED && i < CALENDAR_FIELD_COUNT; i++)
        if (occasion->changed >> i & 1)
            intake_add_change(row, calendar_field_name((enum calendar_field)i));
}

static enum rc tell_calendar(const struct intake *intake, struct intake_telling *telling)
{
    struct intake_row row;
    struct calendar_more *more = calendar_find_more(intake->calendar);
    if (!more)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < calendar_count(intake->calendar); i++) {
        const struct calendar_row *occasion = calendar_row(intake->calendar, i);
        if (calendar_verdicts[occasion->verdict] != telling->verdict ||
            !calendar_row_is_told(occasion) || more[i].is_told)
            continue;
        intake_begin_row(&row, telling->verdict, occasion->line);
        write_occasion(occasion, &more[i], &row);
        intake_tell_row(telling, &row);
    }
    free(more);
    return RC_OK;
}

static void sum_calendar(const struct intake *intake, struct intake_telling *telling)
{
    struct calendar_counts counts = calendar_count_plan(intake->calendar);
    struct intake_preview *preview = telling->preview;
    for (int i = 0; i < CALENDAR_VERDICT_COUNT; i++)
        preview->counts[calendar_verdicts[i]] = (int64_t)counts.rows[i];
    preview->signed_up = (int64_t)counts.signed_up;
    preview->is_takable = true;
    for (size_t i = 0; i < calendar_note_count(intake->calendar); i++)
        intake_tell_note(telling, "%s", calendar_note_at(intake->calendar, i));
}

static enum rc take_calendar(struct intake *intake, struct journal *journal,
                             const struct office *office, struct reason *out_reason)
{
    (void)out_reason;
    return planning_take(journal, office, intake->calendar, intake->source);
}

/* A file system of sticks takes no "?". */
static enum rc write_refused_calendar(const struct intake *intake, const char *root,
                                      enum csv_profile profile,
                                      char out_name[INTAKE_REFUSED_NAME_BYTES],
                                      struct reason *out_reason)
{
    char base[sizeof intake->base];
    memcpy(base, intake->base, sizeof base);
    for (char *at = base; (at = strchr(at, '?'));)
        *at = '_';
    return calendar_write_refused(intake->calendar, intake->bytes, intake->length, profile, root,
                                  base, out_name, out_reason);
}

const struct intake_ops intake_people = {
    .limit_bytes = ENROL_FILE_BYTES,
    .right = RIGHT_BADGES,
    .is_of_register = true,
    .read = read_people,
    .judge = judge_people,
    .tell = tell_people,
    .tell_sum = sum_people,
    .take = take_people,
    .write_refused = write_refused_people,
    .close = close_lists,
};

const struct intake_ops intake_baskets = {
    .limit_bytes = ENROL_FILE_BYTES,
    .right = RIGHT_BADGES,
    .is_of_register = true,
    .read = read_baskets,
    .judge = judge_people,
    .tell = tell_people,
    .tell_sum = sum_people,
    .take = take_people,
    .write_refused = write_refused_people,
    .close = close_lists,
};

const struct intake_ops intake_calendar = {
    .limit_bytes = CALENDAR_FILE_BYTES,
    .right = RIGHT_OCCASION,
    .is_of_register = true,
    .read = read_calendar,
    .judge = judge_calendar,
    .tell = tell_calendar,
    .tell_sum = sum_calendar,
    .take = take_calendar,
    .write_refused = write_refused_calendar,
    .close = close_lists,
};
