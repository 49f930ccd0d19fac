#include "app/exchange/calendar_i.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/wall.h"
#include "firmware/base/utf8.h"

const char *calendar_verdict_name(enum calendar_verdict verdict)
{
    static const char *const names[CALENDAR_VERDICT_COUNT] = {
        [CALENDAR_NEW] = "new",           [CALENDAR_CHANGED] = "changed",
        [CALENDAR_SAME] = "same",         [CALENDAR_CANCELLED] = "cancelled",
        [CALENDAR_VANISHED] = "vanished", [CALENDAR_REFUSED] = "refused",
    };
    assert((unsigned)verdict < CALENDAR_VERDICT_COUNT);
    return names[verdict];
}

const char *calendar_field_name(enum calendar_field field)
{
    static const char *const names[CALENDAR_FIELD_COUNT] = {
        [CALENDAR_FIELD_TIME] = "time",
        [CALENDAR_FIELD_TITLE] = "title",
        [CALENDAR_FIELD_PLACE] = "place",
        [CALENDAR_FIELD_KIND] = "kind",
        [CALENDAR_FIELD_STATE] = "state",
        [CALENDAR_FIELD_SHIFTS] = "shifts",
        [CALENDAR_FIELD_ORGANISATION] = "organisation",
    };
    assert((unsigned)field < CALENDAR_FIELD_COUNT);
    return names[field];
}

struct calendar_horizon calendar_horizon_around(int64_t now_ms)
{
    int64_t today_s = wall_day(wall_from_ms(now_ms));
    return (struct calendar_horizon){wall_to_ms(today_s - CALENDAR_DAYS_BACK * WALL_DAY_S),
                                     wall_to_ms(today_s + CALENDAR_DAYS_AHEAD * WALL_DAY_S)};
}

void calendar_finish_row(struct calendar_row *row)
{
    free(row->shifts);
    free(row->organisation_name);
    free(row->reason);
    json_decref(row->body);
}

void calendar_close(struct calendar *calendar)
{
    if (!calendar)
        return;
    for (size_t i = 0; i < calendar->count; i++)
        calendar_finish_row(&calendar->rows[i]);
    for (size_t i = 0; i < calendar->note_count; i++)
        free(calendar->notes[i]);
    free(calendar->notes);
    free(calendar->rows);
    free(calendar->lines);
    free(calendar);
}

void calendar_keep_others(struct calendar *calendar)
{
    calendar->is_cut = true;
}

bool calendar_is_table(const struct calendar *calendar)
{
    return calendar->is_csv;
}

size_t calendar_count(const struct calendar *calendar)
{
    return calendar->count;
}

const struct calendar_row *calendar_row(const struct calendar *calendar, size_t index)
{
    assert(index < calendar->count);
    return &calendar->rows[index];
}

size_t calendar_note_count(const struct calendar *calendar)
{
    return calendar->note_count;
}

const struct calendar_note *calendar_note_at(const struct calendar *calendar, size_t index)
{
    assert(index < calendar->note_count);
    return calendar->notes[index];
}

void calendar_refuse_for(struct calendar_row *row, const struct reason *why)
{
    row->verdict = CALENDAR_REFUSED;
    if (row->reason)
        return;
    row->reason = malloc(sizeof *row->reason);
    if (row->reason)
        *row->reason = *why;
}

void calendar_refuse(struct calendar_row *row, const char *format, ...)
{
    struct reason why;
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(&why, format, arguments);
    va_end(arguments);
    calendar_refuse_for(row, &why);
}

void calendar_note_for(struct calendar *calendar, int line, const struct reason *said)
{
    if (!calendar->notes)
        calendar->notes = calloc(CALENDAR_NOTES, sizeof(*calendar->notes));
    bool has_room = calendar->notes && calendar->note_count < CALENDAR_NOTES;
    struct calendar_note *note = has_room ? malloc(sizeof *note) : NULL;
    if (note) {
        *note = (struct calendar_note){line, *said};
        calendar->notes[calendar->note_count++] = note;
    } else {
        calendar->notes_not_shown++;
    }
}

void calendar_note(struct calendar *calendar, int line, const char *format, ...)
{
    struct reason said;
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(&said, format, arguments);
    va_end(arguments);
    calendar_note_for(calendar, line, &said);
}

bool calendar_copy_text(const char *text, char *out_text, size_t size)
{
    char copy[1024];
    size_t used = 0, length = strlen(text), at = 0, step;
    for (; at < length && used + UTF8_MAX < sizeof copy; at += step ? step : 1) {
        uint32_t point = ' ';
        step = utf8_step(text + at, length - at, &point);
        if (!step || utf8_is_control(point) || utf8_is_space(point))
            point = ' ';
        if (point != ' ' || (used && copy[used - 1] != ' '))
            used += utf8_put(point, copy + used);
    }
    copy[used] = 0;
    size_t cut = utf8_cut(copy, size - 1);
    bool is_cut = at < length || cut < used - (used && copy[used - 1] == ' ');
    copy[cut] = 0;
    if (utf8_clean(copy, out_text, size))
        out_text[0] = 0;
    return !is_cut;
}

/* --- rows --- */

/* Room for one more, behind the last. */
static enum rc make_room(struct calendar *calendar)
{
    if (calendar->count < calendar->capacity)
        return RC_OK;
    size_t capacity = calendar->capacity ? calendar->capacity * 2 : 64;
    struct calendar_row *rows = calloc(capacity, sizeof *rows);
    if (!rows)
        return RC_NO_MEMORY;
    if (calendar->count)
        memcpy(rows, calendar->rows, calendar->count * sizeof *rows);
    free(calendar->rows);
    calendar->rows = rows;
    calendar->capacity = capacity;
    return RC_OK;
}

/* Counts a refused row; false where it is one too many to be shown. */
static bool is_shown(struct calendar *calendar)
{
    bool is_room = calendar->refused < CALENDAR_SHOWN;
    calendar->refused += is_room;
    calendar->not_shown += !is_room;
    calendar->is_cut |= !is_room;
    return is_room;
}

enum rc calendar_fill_row(struct calendar_row *row, const struct occasion *occasion,
                          const char *organisation_name)
{
    row->kind = occasion->kind;
    row->state = occasion->state;
    row->from_ms = occasion->from_ms;
    row->to_ms = occasion->to_ms;
    row->is_all_day = occasion->is_all_day;
    row->id = occasion->id;
    row->organisation = occasion->organisation;
    memcpy(row->uid, occasion->uid, sizeof row->uid);
    memcpy(row->instance, occasion->instance, sizeof row->instance);
    memcpy(row->title, occasion->title, sizeof row->title);
    memcpy(row->place, occasion->place, sizeof row->place);
    size_t count = (size_t)occasion->shift_count;
    if (count) {
        row->shifts = calloc(count, sizeof *row->shifts);
        if (!row->shifts)
            return RC_NO_MEMORY;
        memcpy(row->shifts, occasion->shifts, count * sizeof *row->shifts);
        row->shift_count = occasion->shift_count;
    }
    if (organisation_name && organisation_name[0]) {
        row->organisation_name = calloc(1, strlen(organisation_name) + 1);
        if (!row->organisation_name)
            return RC_NO_MEMORY;
        strcpy(row->organisation_name, organisation_name);
    }
    return RC_OK;
}

/* A fact has a limit; only many shifts with long texts come near it. */
static bool is_fit(const struct occasion *occasion, struct reason *out_why)
{
    json_t *body = occasion->shift_count > 8 ? occasion_to_json(occasion) : NULL;
    bool is_large = body && json_dumpb(body, NULL, 0, JSON_COMPACT) > FACT_BODY_LIMIT * 9 / 10;
    json_decref(body);
    if (is_large)
        reason_set(out_why,
                   SAID("Its shifts have too much text: shorten missions, circles and skills."));
    return !is_large;
}

enum rc calendar_add(struct calendar *calendar, int line, const struct occasion *occasion,
                     const char *organisation_name, struct calendar_row **out_row)
{
    struct reason why = {.text = ""};
    bool is_sound = occasion_is_sound(occasion, &why) && is_fit(occasion, &why);
    if (out_row)
        *out_row = NULL;
    if (!is_sound && !is_shown(calendar))
        return RC_OK;
    if (is_sound && calendar->count - calendar->refused >= CALENDAR_OCCASIONS)
        return RC_LIMIT;
    if (make_room(calendar))
        return RC_NO_MEMORY;
    struct calendar_row *row = &calendar->rows[calendar->count++];
    *row = (struct calendar_row){.line = line, .is_unreadable = !is_sound};
    if (!is_sound)
        calendar_refuse_for(row, &why);
    if (out_row)
        *out_row = row;
    return calendar_fill_row(row, occasion, organisation_name);
}

enum rc calendar_add_known(struct calendar *calendar, const struct occasion *occasion,
                           struct calendar_row **out_row)
{
    if (make_room(calendar))
        return RC_NO_MEMORY;
    struct calendar_row *row = &calendar->rows[calendar->count++];
    *row = (struct calendar_row){.line = 0};
    *out_row = row;
    return calendar_fill_row(row, occasion, NULL);
}

enum rc calendar_add_refused(struct calendar *calendar, int line, const char *uid,
                             const char *title, const struct reason *why)
{
    if (!is_shown(calendar))
        return RC_OK;
    if (make_room(calendar))
        return RC_NO_MEMORY;
    struct calendar_row *row = &calendar->rows[calendar->count++];
    *row = (struct calendar_row){.line = line, .is_unreadable = true};
    snprintf(row->uid, sizeof row->uid, "%s", uid);
    if (title)
        calendar_copy_text(title, row->title, sizeof row->title);
    calendar_refuse_for(row, why);
    return RC_OK;
}

void calendar_row_occasion(const struct calendar_row *row, struct occasion *out_occasion)
{
    memset(out_occasion, 0, sizeof *out_occasion);
    out_occasion->id = row->id;
    out_occasion->organisation = row->organisation;
    out_occasion->kind = row->kind;
    out_occasion->state = row->state;
    out_occasion->from_ms = row->from_ms;
    out_occasion->to_ms = row->to_ms;
    out_occasion->is_all_day = row->is_all_day;
    memcpy(out_occasion->uid, row->uid, sizeof row->uid);
    memcpy(out_occasion->instance, row->instance, sizeof row->instance);
    memcpy(out_occasion->title, row->title, sizeof row->title);
    memcpy(out_occasion->place, row->place, sizeof row->place);
    for (int i = 0; i < row->shift_count; i++)
        out_occasion->shifts[out_occasion->shift_count++] = row->shifts[i];
}
