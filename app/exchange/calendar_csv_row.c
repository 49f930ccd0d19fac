/* calendar_csv_row.c - one row of a table: when, what, how many. */
#include "app/exchange/calendar_i.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/date.h"
#include "app/exchange/wall.h"
#include "firmware/base/hash.h"
#include "firmware/base/hex.h"
#include "firmware/base/utf8.h"

/* A row on its way: its cells by column, and what is wrong with it. */
struct row {
    const char *const *cells;
    struct reason why;
    struct calendar_csv_row entry;
};

static void refuse(struct row *row, const char *format, ...) PRINTF_LIKE(2, 3);
static void refuse(struct row *row, const char *format, ...)
{
    va_list arguments;
    if (row->why.text[0])
        return;
    va_start(arguments, format);
    reason_set_by(&row->why, format, arguments);
    va_end(arguments);
}

static bool is_blank(const char *text)
{
    char nothing[1];
    return utf8_clean(text, nothing, sizeof nothing) == RC_OK;
}

/* --- cells --- */

static void read_text(struct row *row, enum calendar_column column, char *out_text, size_t size)
{
    if (!calendar_copy_text(row->cells[column], out_text, size))
        refuse(row, SAID("\"%.*s...\" is too long for its column."),
               (int)utf8_cut(row->cells[column], 40), row->cells[column]);
}

static bool read_minutes(struct row *row, enum calendar_column column, int *out_min)
{
    const char *text = row->cells[column] + strspn(row->cells[column], " ");
    const char *rest = calendar_read_clock(text, out_min);
    if (rest && strncmp(rest, ":00", 3) == 0)
        rest += 3;
    if (rest && is_blank(rest))
        return true;
    refuse(row, SAID("\"%.*s\" is no time of day; write it as 14:00."), (int)utf8_cut(text, 20),
           text);
    return false;
}

static void read_times(struct row *row)
{
    struct shift *shift = &row->entry.shift;
    bool has_start = !is_blank(row->cells[CALENDAR_COLUMN_START]);
    bool has_end = !is_blank(row->cells[CALENDAR_COLUMN_END]);
    int from_min = 0, to_min = 0;
    char date[DATE_BYTES];
    if (date_parse(row->cells[CALENDAR_COLUMN_DATE], date)) {
        refuse(row, SAID("\"%.*s\" is no date; write it as 25/11/2026 or 2026-11-25."),
               (int)utf8_cut(row->cells[CALENDAR_COLUMN_DATE], 20),
               row->cells[CALENDAR_COLUMN_DATE]);
        return;
    }
    int64_t day_s = wall_midnight(atoi(date), atoi(date + 5), atoi(date + 8));
    row->entry.is_all_day = !has_start && !has_end;
    if (has_end && !has_start)
        refuse(row, SAID("There is an end and no start."));
    if ((has_start && !read_minutes(row, CALENDAR_COLUMN_START, &from_min)) ||
        (has_end && !read_minutes(row, CALENDAR_COLUMN_END, &to_min)))
        return;
    if (!has_end)
        to_min = has_start ? from_min + 60 : 24 * 60;
    if (has_end && to_min == from_min)
        refuse(row, SAID("It ends when it begins."));
    /* Over midnight: there is one date only. */
    if (to_min < from_min)
        to_min += 24 * 60;
    shift->from_ms = wall_to_ms(day_s + from_min * 60);
    shift->to_ms = wall_to_ms(day_s + to_min * 60);
}

static void read_places(struct row *row)
{
    const char *text = row->cells[CALENDAR_COLUMN_PLACES];
    char *rest;
    if (is_blank(text))
        return;
    long places = strtol(text, &rest, 10);
    if (rest == text || !is_blank(rest) || places < 0 || places > SHIFT_PLACES_MAX)
        refuse(row, SAID("\"%.*s\" is no number of places from 0 to %d."), (int)utf8_cut(text, 20),
               text, SHIFT_PLACES_MAX);
    else
        row->entry.shift.places = (int)places;
}

static void read_kind(struct row *row)
{
    struct calendar_csv_row *entry = &row->entry;
    const char *text = row->cells[CALENDAR_COLUMN_KIND];
    entry->is_kind_said = !is_blank(text);
    entry->kind = calendar_find_kind(entry->is_kind_said ? text : entry->title);
    if (entry->kind == OCCASION_COUNT && entry->is_kind_said)
        refuse(
            row,
            SAID(
                "\"%.*s\" is no kind of occasion; known are shift, drinks, assembly, info session, "
                "agora, basket pick-up, workshop and open day."),
            (int)utf8_cut(text, 40), text);
    if (entry->kind == OCCASION_COUNT)
        entry->kind =
            entry->shift.mission[0] || entry->shift.places ? OCCASION_SHIFT : OCCASION_OPEN_DAY;
}

/* What names the occasion over and over: the id, else its day, kind and title. */
static void make_key(struct row *row)
{
    struct calendar_csv_row *entry = &row->entry;
    char text[600], id[400], date[16], title[200];
    bool has_id = !is_blank(row->cells[CALENDAR_COLUMN_ID]);
    bool is_whole = calendar_copy_text(row->cells[CALENDAR_COLUMN_ID], id, sizeof id);
    wall_format_date(wall_from_ms(entry->shift.from_ms), date, sizeof date);
    utf8_fold(entry->title, title, sizeof title);
    if (has_id)
        snprintf(text, sizeof text, "csv:%s", id);
    else
        snprintf(text, sizeof text, "csv:%s/%s/%s", date, occasion_kind_name(entry->kind), title);
    if (!is_whole)
        refuse(row, SAID("Its id is too long."));
    if (strlen(text) < sizeof entry->uid) {
        strcpy(entry->uid, text);
        return;
    }
    uint8_t hash[16];
    const struct hash_part part = {text, strlen(text)};
    hash_parts(NULL, &part, 1, hash, sizeof hash);
    strcpy(entry->uid, "csv:made:");
    hex_encode(hash, sizeof hash, entry->uid + strlen(entry->uid));
}

static void read_cells(struct row *row)
{
    struct calendar_csv_row *entry = &row->entry;
    struct shift *shift = &entry->shift;
    read_text(row, CALENDAR_COLUMN_TITLE, entry->title, sizeof entry->title);
    read_text(row, CALENDAR_COLUMN_PLACE, entry->place, sizeof entry->place);
    read_text(row, CALENDAR_COLUMN_ORGANISATION, entry->organisation, sizeof entry->organisation);
    read_text(row, CALENDAR_COLUMN_MISSION, shift->mission, sizeof shift->mission);
    read_text(row, CALENDAR_COLUMN_CIRCLE, shift->circle, sizeof shift->circle);
    read_text(row, CALENDAR_COLUMN_SKILL, shift->skill, sizeof shift->skill);
    read_text(row, CALENDAR_COLUMN_REFERENT, shift->referent, sizeof shift->referent);
    read_places(row);
    read_times(row);
    read_kind(row);
    if (!entry->title[0])
        calendar_copy_text(row->cells[CALENDAR_COLUMN_KIND], entry->title, sizeof entry->title);
    if (!row->why.text[0])
        make_key(row);
}

bool calendar_read_csv_row(const char *const *cells, int line, struct calendar_csv_row *out_row,
                           struct reason *out_why)
{
    struct row row = {.cells = cells, .entry = {.line = line}};
    read_cells(&row);
    if (row.why.text[0])
        *out_why = row.why;
    else
        *out_row = row.entry;
    return !row.why.text[0];
}
