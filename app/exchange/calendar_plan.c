/* calendar_plan.c - which are new, changed, the same, cancelled, vanished. */
#include "app/exchange/calendar_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/utf8.h"

struct plan {
    struct calendar *calendar;
    const struct calendar_lookup *lookup;
    int64_t now_ms;
    size_t *order;
    struct calendar_strays strays;
};

/* --- what differs --- */

static const struct {
    const char *key; /* in the body */
    enum calendar_field field;
} fields[] = {
    {"from_ms", CALENDAR_FIELD_TIME},  {"to_ms", CALENDAR_FIELD_TIME},
    {"instance", CALENDAR_FIELD_TIME}, {"is_all_day", CALENDAR_FIELD_TIME},
    {"title", CALENDAR_FIELD_TITLE},   {"place", CALENDAR_FIELD_PLACE},
    {"kind", CALENDAR_FIELD_KIND},     {"state", CALENDAR_FIELD_STATE},
    {"shifts", CALENDAR_FIELD_SHIFTS},
};

/* The fact that makes `after` of `before`; none where they are the same. */
static enum rc set_change(const struct plan *plan, struct calendar_row *row,
                          const struct occasion *before, const struct occasion *after,
                          enum calendar_verdict verdict)
{
    row->id = before->id;
    row->organisation = after->organisation;
    row->body = occasion_changes(before, after);
    if (!row->body)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (json_object_get(row->body, fields[i].key))
            row->changed |= 1u << fields[i].field;
    if (!fact_id_is_same(before->organisation, after->organisation))
        row->changed |= 1u << CALENDAR_FIELD_ORGANISATION;
    if (json_dumpb(row->body, NULL, 0, JSON_COMPACT) > FACT_BODY_LIMIT * 9 / 10)
        calendar_refuse(row, SAID("With the shifts that are gone it has too much text: shorten the "
                                  "missions."));
    if (!row->changed || row->verdict == CALENDAR_REFUSED) {
        json_decref(row->body);
        row->body = NULL;
        row->verdict = row->verdict == CALENDAR_REFUSED ? CALENDAR_REFUSED : CALENDAR_SAME;
        row->changed = 0;
        return RC_OK;
    }
    row->verdict = verdict;
    if (row->changed >> CALENDAR_FIELD_TIME & 1) {
        row->was_from_ms = before->from_ms;
        row->was_to_ms = before->to_ms;
    }
    enum rc rc = plan->lookup->signed_up(plan->lookup->context, before->id, &row->signed_up);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- organisations --- */

static bool has_note(const struct calendar *calendar, const struct reason *note)
{
    for (size_t i = calendar->read_note_count; i < calendar->note_count; i++)
        if (strcmp(calendar->notes[i]->said.text, note->text) == 0)
            return true;
    return false;
}

/* Whose it is; RC_OK also where that is not known, and `organisation` stays. */
static enum rc find_organisation(const struct plan *plan, const struct calendar_row *row,
                                 struct fact_id *organisation)
{
    struct reason note;
    if (!row->organisation_name)
        return RC_OK;
    enum rc rc =
        plan->lookup->organisation(plan->lookup->context, row->organisation_name, organisation);
    if (rc != RC_EMPTY)
        return rc;
    reason_set(&note, SAID("The organisation \"%s\" is not known here."), row->organisation_name);
    if (!has_note(plan->calendar, &note))
        calendar_note_for(plan->calendar, 0, &note);
    return RC_OK;
}

/* --- one row --- */

static void leave(struct calendar_row *row, const struct occasion *before, const char *reason)
{
    if (before) {
        row->id = before->id;
        row->organisation = before->organisation;
    }
    row->verdict = CALENDAR_SAME;
    if (reason && (row->reason = malloc(sizeof *row->reason)))
        reason_set(row->reason, "%s", reason);
}

static enum rc judge_unknown(const struct plan *plan, struct calendar_row *row)
{
    if (row->is_excluded) {
        leave(row, NULL, NULL);
        return RC_OK;
    }
    if (row->state == OCCASION_CANCELLED) {
        leave(row, NULL, SAID("It is cancelled, and was never known here."));
        return RC_OK;
    }
    row->verdict = CALENDAR_NEW;
    return find_organisation(plan, row, &row->organisation);
}

static enum rc judge_cancelled(const struct plan *plan, struct calendar_row *row,
                               const struct occasion *before)
{
    struct occasion after = *before;
    after.state = OCCASION_CANCELLED;
    return set_change(plan, row, before, &after, CALENDAR_CANCELLED);
}

static enum rc judge_changed(const struct plan *plan, struct calendar_row *row,
                             const struct occasion *before)
{
    struct occasion after;
    struct reason why;
    calendar_row_occasion(row, &after);
    after.id = before->id;
    after.organisation = before->organisation;
    enum rc rc = find_organisation(plan, row, &after.organisation);
    if (rc)
        return rc;
    if (!calendar_match_shifts(before, &after, plan->calendar->is_cut))
        calendar_refuse(row, SAID("It has more than %d shifts, with those that are gone."),
                        OCCASION_SHIFTS_MAX);
    else if (!occasion_is_sound(&after, &why))
        calendar_refuse_for(row, &why);
    if (row->verdict == CALENDAR_REFUSED)
        return RC_OK;
    return set_change(plan, row, before, &after, CALENDAR_CHANGED);
}

static enum rc judge_known(const struct plan *plan, struct calendar_row *row,
                           const struct occasion *before)
{
    if (before->to_ms <= plan->now_ms) {
        leave(row, before, NULL);
        return RC_OK;
    }
    if (row->state == OCCASION_CANCELLED)
        return judge_cancelled(plan, row, before);
    if (before->state == OCCASION_CANCELLED) {
        leave(row, before, SAID("It was cancelled here and stays so, though the calendar has it."));
        return RC_OK;
    }
    return judge_changed(plan, row, before);
}

static enum rc judge_row(struct plan *plan, struct calendar_row *row)
{
    struct occasion before;
    enum rc rc = plan->lookup->known(plan->lookup->context, row->uid, row->instance, &before);
    if (rc == RC_EMPTY && row->state == OCCASION_ON) {
        const struct calendar_row *stray = calendar_take_stray(&plan->strays, row);
        rc = stray ? RC_OK : RC_EMPTY;
        if (stray)
            calendar_row_occasion(stray, &before);
    }
    if (rc == RC_EMPTY)
        return judge_unknown(plan, row);
    return rc ? rc : judge_known(plan, row, &before);
}

/* --- what is no longer there --- */

/* Is all of that series in the file, so that what is missing is gone? */
static bool is_whole(const struct plan *plan, const char *uid)
{
    const struct calendar *calendar = plan->calendar;
    size_t at = calendar_find_uid(calendar, plan->order, uid);
    for (; at < calendar->read_count; at++) {
        const struct calendar_row *row = &calendar->rows[plan->order[at]];
        if (strcmp(row->uid, uid) != 0)
            break;
        if (row->is_unreadable || row->is_partial)
            return false;
    }
    return true;
}

static enum rc add_vanished(struct plan *plan, const struct calendar_row *stray)
{
    struct occasion before, after;
    struct calendar_row *row;
    calendar_row_occasion(stray, &before);
    if (before.state == OCCASION_VANISHED)
        return RC_OK;
    after = before;
    after.state = OCCASION_VANISHED;
    enum rc rc = calendar_add_known(plan->calendar, &after, &row);
    return rc ? rc : set_change(plan, row, &before, &after, CALENDAR_VANISHED);
}

static enum rc judge_strays(struct plan *plan)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && !plan->calendar->is_cut && i < plan->strays.count; i++) {
        const struct calendar_row *stray = &plan->strays.rows[i];
        bool has_begun = stray->from_ms <= plan->now_ms;
        if (!stray->is_excluded && !has_begun && is_whole(plan, stray->uid))
            rc = add_vanished(plan, stray);
    }
    return rc;
}

/* --- all --- */

static void reset(struct calendar *calendar)
{
    while (calendar->count > calendar->read_count)
        calendar_finish_row(&calendar->rows[--calendar->count]);
    while (calendar->note_count > calendar->read_note_count)
        free(calendar->notes[--calendar->note_count]);
    for (size_t i = 0; i < calendar->count; i++) {
        struct calendar_row *row = &calendar->rows[i];
        json_decref(row->body);
        row->body = NULL;
        row->changed = 0;
        row->id = row->organisation = (struct fact_id){0, 0};
        row->was_from_ms = row->was_to_ms = 0;
        row->signed_up = 0;
        if (row->is_unreadable)
            continue;
        row->verdict = CALENDAR_NEW;
        free(row->reason);
        row->reason = NULL;
    }
}

enum rc calendar_plan(struct calendar *calendar, const struct calendar_lookup *lookup,
                      int64_t now_ms)
{
    struct plan plan = {.calendar = calendar, .lookup = lookup, .now_ms = now_ms};
    reset(calendar);
    plan.order = calendar_order(calendar);
    enum rc rc = plan.order ? RC_OK : RC_NO_MEMORY;
    if (!rc)
        rc = calendar_find_strays(calendar, plan.order, lookup, now_ms, &plan.strays);
    for (size_t i = 0; !rc && i < calendar->read_count; i++)
        if (!calendar->rows[i].is_unreadable)
            rc = judge_row(&plan, &calendar->rows[i]);
    if (!rc)
        rc = judge_strays(&plan);
    calendar_close_strays(&plan.strays);
    free(plan.order);
    return rc;
}
