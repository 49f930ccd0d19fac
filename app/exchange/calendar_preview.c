/* calendar_preview.c - the plan for eyes and for programs. */
#include "app/exchange/calendar_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/wall.h"

bool calendar_row_is_told(const struct calendar_row *row)
{
    return row->verdict != CALENDAR_SAME || row->reason;
}

struct calendar_counts calendar_count_plan(const struct calendar *calendar)
{
    struct calendar_counts counts = {.signed_up = 0};
    for (size_t i = 0; i < calendar->count; i++) {
        const struct calendar_row *row = &calendar->rows[i];
        /* A day that fell out, of something nobody heard of, is no occasion. */
        if (row->verdict != CALENDAR_SAME || !row->is_excluded)
            counts.rows[row->verdict]++;
        counts.signed_up += (size_t)row->signed_up;
    }
    counts.rows[CALENDAR_REFUSED] += calendar->not_shown;
    return counts;
}

static const char *format_name(const struct calendar *calendar)
{
    return calendar->is_csv ? "CSV" : "iCalendar";
}

/* --- lines --- */

static void print_note(FILE *out, const struct calendar_note *note)
{
    fputs("note: ", out);
    if (note->line)
        fprintf(out, "line %d: ", note->line);
    fprintf(out, "%s\n", note->said.text);
}

static void print_head(FILE *out, const struct calendar *calendar)
{
    struct calendar_counts counts = calendar_count_plan(calendar);
    fprintf(out,
            "%zu new, %zu changed, %zu the same, %zu cancelled, %zu vanished, %zu refused; signed "
            "up for what changes: %zu (%s)\n",
            counts.rows[CALENDAR_NEW], counts.rows[CALENDAR_CHANGED], counts.rows[CALENDAR_SAME],
            counts.rows[CALENDAR_CANCELLED], counts.rows[CALENDAR_VANISHED],
            counts.rows[CALENDAR_REFUSED], counts.signed_up, format_name(calendar));
    for (size_t i = 0; i < calendar->note_count; i++)
        print_note(out, calendar->notes[i]);
    if (calendar->notes_not_shown)
        fprintf(out, "note: %zu more notes are not shown.\n", calendar->notes_not_shown);
    if (calendar->not_shown)
        fprintf(out, "note: %zu more are refused and not shown; mend these first.\n",
                calendar->not_shown);
}

static void print_day(FILE *out, int64_t utc_ms)
{
    char text[16];
    wall_format_date(wall_from_ms(utc_ms), text, sizeof text);
    fputs(text, out);
}

static void print_time(FILE *out, int64_t utc_ms)
{
    char text[16];
    wall_format_time(wall_from_ms(utc_ms), text, sizeof text);
    fputs(text, out);
}

static void print_when(FILE *out, int64_t utc_ms, bool is_day_known, bool is_all_day)
{
    if (!is_day_known)
        print_day(out, utc_ms);
    if (!is_day_known && !is_all_day)
        fputc(' ', out);
    if (!is_all_day)
        print_time(out, utc_ms);
}

/* "moved from 14:00 to 15:00", with days where the day is another. */
static void print_move(FILE *out, const struct calendar_row *row)
{
    bool is_same_day =
        wall_date(wall_from_ms(row->was_from_ms)) == wall_date(wall_from_ms(row->from_ms));
    if (row->was_from_ms != row->from_ms) {
        fputs("moved from ", out);
        print_when(out, row->was_from_ms, is_same_day, false);
        fputs(" to ", out);
        print_when(out, row->from_ms, is_same_day, false);
    } else {
        fputs("ends at ", out);
        print_time(out, row->to_ms);
        fputs(" instead of ", out);
        print_time(out, row->was_to_ms);
    }
}

static void print_changes(FILE *out, const struct calendar_row *row)
{
    const char *between = ": ";
    for (int i = 0; i < CALENDAR_FIELD_COUNT; i++) {
        if (!(row->changed >> i & 1))
            continue;
        fputs(between, out);
        between = ", ";
        if (i == CALENDAR_FIELD_TIME)
            print_move(out, row);
        else
            fputs(i == CALENDAR_FIELD_STATE ? "on again" : calendar_field_name(i), out);
    }
}

static void print_row(FILE *out, const struct calendar_row *row)
{
    if (row->line)
        fprintf(out, "line %d: ", row->line);
    fputs(calendar_verdict_name(row->verdict), out);
    if (row->title[0])
        fprintf(out, ": %s", row->title);
    if (row->from_ms) {
        fputs(row->title[0] ? ", " : ": ", out);
        print_when(out, row->from_ms, false, row->is_all_day);
    }
    if (row->verdict == CALENDAR_CHANGED)
        print_changes(out, row);
    if (row->verdict == CALENDAR_NEW)
        fprintf(out, ": %s", occasion_kind_name(row->kind));
    if (row->verdict == CALENDAR_NEW && row->shift_count)
        fprintf(out, ", %d %s", row->shift_count, row->shift_count == 1 ? "shift" : "shifts");
    if (row->verdict == CALENDAR_REFUSED || row->reason)
        fprintf(out, ": %s",
                row->reason ? row->reason->text : "there is not enough memory to say why");
    if (row->verdict == CALENDAR_CANCELLED || row->verdict == CALENDAR_VANISHED || row->signed_up)
        fprintf(out, "%s%d signed up", row->verdict == CALENDAR_CHANGED ? "; " : ": ",
                row->signed_up);
    fputc('\n', out);
}

/* --- a new series is told by its first day, and how many more come until when --- */

static int compare_new(const void *a, const void *b, void *context)
{
    const struct calendar_row *rows = context;
    size_t first = *(const size_t *)a, second = *(const size_t *)b;
    int order = strcmp(rows[first].uid, rows[second].uid);
    if (!order)
        order = strcmp(rows[first].title, rows[second].title);
    if (!order)
        order = (int)rows[first].kind - (int)rows[second].kind;
    return order ? order : (first > second) - (first < second);
}

static bool is_of_one(const struct calendar_row *a, const struct calendar_row *b)
{
    return a->uid[0] && strcmp(a->uid, b->uid) == 0 && strcmp(a->title, b->title) == 0 &&
           a->kind == b->kind;
}

struct calendar_more *calendar_find_more(const struct calendar *calendar)
{
    const struct calendar_row *rows = calendar->rows;
    struct calendar_more *more = calloc(calendar->count + 1, sizeof *more);
    size_t *order = malloc((calendar->count + 1) * sizeof *order), count = 0;
    if (!more || !order) {
        free(more);
        free(order);
        return NULL;
    }
    for (size_t i = 0; i < calendar->count; i++)
        if (rows[i].verdict == CALENDAR_NEW && !rows[i].reason)
            order[count++] = i;
    qsort_r(order, count, sizeof *order, compare_new, calendar->rows);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (!is_of_one(&rows[order[first]], &rows[order[i]])) {
            first = i;
            continue;
        }
        more[order[first]].count++;
        more[order[first]].last_ms = rows[order[i]].from_ms;
        more[order[i]].is_told = true;
    }
    free(order);
    return more;
}

static void print_more(FILE *out, const struct calendar_more *more)
{
    fprintf(out, "    and %zu more, the last on ", more->count);
    print_day(out, more->last_ms);
    fputc('\n', out);
}

static void print_rows(FILE *out, const struct calendar *calendar, const struct calendar_more *more)
{
    for (size_t i = 0; i < calendar->count; i++) {
        if (!calendar_row_is_told(&calendar->rows[i]) || more[i].is_told)
            continue;
        print_row(out, &calendar->rows[i]);
        if (more[i].count)
            print_more(out, &more[i]);
    }
}

enum rc calendar_preview_text(const struct calendar *calendar, char **out_text)
{
    char *text = NULL;
    size_t size;
    struct calendar_more *more = calendar_find_more(calendar);
    FILE *out = more ? open_memstream(&text, &size) : NULL;
    if (!out) {
        free(more);
        return RC_NO_MEMORY;
    }
    print_head(out, calendar);
    print_rows(out, calendar, more);
    free(more);
    if (ferror(out) | fclose(out)) {
        free(text);
        return RC_NO_MEMORY;
    }
    *out_text = text;
    return RC_OK;
}

/* --- JSON --- */

static json_t *row_to_json(const struct calendar_row *row)
{
    json_t *changes = json_array();
    for (int i = 0; i < CALENDAR_FIELD_COUNT; i++)
        if (row->changed >> i & 1)
            json_array_append_new(changes, json_string(calendar_field_name(i)));
    json_t *body = json_pack("{s:i,s:s,s:s,s:s,s:I,s:I,s:s,s:s,s:o,s:i,s:s?}", "line", row->line,
                             "verdict", calendar_verdict_name(row->verdict), "title", row->title,
                             "kind", occasion_kind_name(row->kind), "from_ms",
                             (json_int_t)row->from_ms, "to_ms", (json_int_t)row->to_ms, "uid",
                             row->uid, "instance", row->instance, "changes", changes, "signed_up",
                             row->signed_up, "reason", row->reason ? row->reason->text : NULL);
    bool is_whole = body != NULL;
    if (is_whole && row->was_from_ms)
        is_whole = !json_object_set_new(body, "was_from_ms", json_integer(row->was_from_ms)) &&
                   !json_object_set_new(body, "was_to_ms", json_integer(row->was_to_ms));
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

static json_t *note_to_json(const struct calendar_note *note)
{
    return note->line ? json_sprintf("line %d: %s", note->line, note->said.text)
                      : json_string(note->said.text);
}

json_t *calendar_preview_json(const struct calendar *calendar)
{
    struct calendar_counts counts = calendar_count_plan(calendar);
    json_t *notes = json_array(), *rows = json_array();
    bool is_short = false;
    for (size_t i = 0; i < calendar->note_count; i++)
        is_short |= json_array_append_new(notes, note_to_json(calendar->notes[i])) != 0;
    for (size_t i = 0; i < calendar->count; i++)
        if (calendar_row_is_told(&calendar->rows[i]) || !calendar->rows[i].is_excluded)
            is_short |= json_array_append_new(rows, row_to_json(&calendar->rows[i])) != 0;
    json_t *preview = json_pack("{s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:o,s:o}", "format",
                                format_name(calendar), "new", (json_int_t)counts.rows[CALENDAR_NEW],
                                "changed", (json_int_t)counts.rows[CALENDAR_CHANGED], "same",
                                (json_int_t)counts.rows[CALENDAR_SAME], "cancelled",
                                (json_int_t)counts.rows[CALENDAR_CANCELLED], "vanished",
                                (json_int_t)counts.rows[CALENDAR_VANISHED], "refused",
                                (json_int_t)counts.rows[CALENDAR_REFUSED], "signed_up",
                                (json_int_t)counts.signed_up, "notes", notes, "rows", rows);
    if (!is_short)
        return preview;
    json_decref(preview);
    return NULL;
}
