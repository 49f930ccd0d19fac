/* people_read.c - the file becomes rows: which column is what, and what cannot be right. */
#include "app/exchange/people_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/headings.h"
#include "firmware/base/utf8.h"

#define SHOWN 40 /* bytes of somebody's heading that a sentence repeats */

bool people_is_blank(const char *text)
{
    char nothing[1];
    return utf8_clean(text, nothing, sizeof nothing) == RC_OK;
}

/* --- headings --- */

static bool has_field(const struct people *people, int field)
{
    for (int i = 0; i < people->columns; i++)
        if (people->fields[i] == field)
            return true;
    return false;
}

/* In "First name, Name" the name is the last one; the same list from Odoo has only "Name". */
static void settle_names(struct people *people)
{
    bool has_last = has_field(people, PERSON_LAST_NAME);
    if (!has_field(people, PERSON_FIRST_NAME))
        return;
    for (int i = 0; i < people->columns; i++)
        if (people->fields[i] == HEADING_WHOLE_NAME)
            people->fields[i] = has_last ? HEADING_UNKNOWN : PERSON_LAST_NAME;
}

/* "What was found" for a sentence: some headings, each not too long. */
static void list_headings(const struct csv_row *row, char *out_text, size_t size)
{
    size_t used = 0;
    out_text[0] = 0;
    for (int i = 0; i < row->count && used + SHOWN + 8 < size; i++) {
        if (people_is_blank(row->cells[i]))
            continue;
        used += (size_t)snprintf(out_text + used, size - used, "%s\"%.*s\"", used ? ", " : "",
                                 (int)utf8_cut(row->cells[i], SHOWN / 2), row->cells[i]);
    }
}

static enum rc refuse_headings(const struct csv_row *row, struct reason *out_reason)
{
    char found[200];
    list_headings(row, found, sizeof found);
    reason_set(out_reason,
               "The first line has no column for the first name. Found: %s. Needed: \"Prénom\", "
               "\"Voornaam\" or \"First name\", or \"Name\" with the whole name.",
               found[0] ? found : "nothing");
    return RC_BAD_INPUT;
}

static enum rc read_headings(struct people *people, const struct csv_row *row,
                             struct reason *out_reason)
{
    if (row->problem) {
        reason_set(out_reason, "The first line, with the headings, cannot be read: %s",
                   row->problem);
        return RC_BAD_INPUT;
    }
    people->columns = row->count;
    for (int i = 0; i < row->count; i++) {
        people->fields[i] = headings_find(row->cells[i]);
        headings_fold(row->cells[i], people->headings[i], sizeof people->headings[i]);
    }
    settle_names(people);
    if (!has_field(people, PERSON_FIRST_NAME) && !has_field(people, HEADING_WHOLE_NAME))
        return refuse_headings(row, out_reason);
    people->has_key = has_field(people, PERSON_NUMBER) || has_field(people, PERSON_EXTERNAL_ID);
    for (int i = 0; i < row->count; i++)
        if (people->fields[i] == HEADING_UNKNOWN && !people_is_blank(row->cells[i])) {
            char *unused = people->unused[people->unused_count++];
            snprintf(unused, sizeof people->unused[0], "%.*s",
                     (int)utf8_cut(row->cells[i], sizeof people->unused[0] - 1), row->cells[i]);
        }
    return RC_OK;
}

/* Files put behind one another bring their headings along. */
static bool is_headings_again(const struct people *people, const struct csv_row *row)
{
    if (row->count != people->columns)
        return false;
    for (int i = 0; i < row->count; i++) {
        char folded[sizeof people->headings[0]];
        headings_fold(row->cells[i], folded, sizeof folded);
        if (strcmp(folded, people->headings[i]) != 0)
            return false;
    }
    return true;
}

/* Of two columns for one field the first with a text in it counts. */
static bool is_taken(const struct people_row *row, int field)
{
    if (field == HEADING_UNKNOWN)
        return true;
    if (field == HEADING_WHOLE_NAME)
        return row->person.first_name[0] != 0;
    return field != HEADING_BADGE && person_text_const(&row->person, field)[0] != 0;
}

/* --- rows --- */

/* A row of another width than the headings: cut, or a separator where none should be. */
static void check_width(const struct people *people, const struct csv_row *cells,
                        struct people_row *row)
{
    if (cells->count < people->columns && (cells->is_cut || cells->last_line > cells->line))
        people_refuse(row,
                      "Only %d of %d columns are there: the file was cut here, or a quotation "
                      "mark is not closed.",
                      cells->count, people->columns);
    for (int i = people->columns; i < cells->count; i++)
        if (!people_is_blank(cells->cells[i]))
            people_refuse(row,
                          "There are %d columns and only %d headings: is there a \"%c\" inside "
                          "a cell?",
                          cells->count, people->columns,
                          people->separator == '\t' ? ' ' : people->separator);
}

static bool is_blank_row(const struct csv_row *cells)
{
    for (int i = 0; i < cells->count; i++)
        if (!people_is_blank(cells->cells[i]))
            return false;
    return !cells->problem;
}

static void read_row(const struct people *people, const struct csv_row *cells,
                     struct people_row *row)
{
    row->line = cells->line;
    if (cells->problem) {
        people_refuse(row, "%s", cells->problem);
    } else {
        check_width(people, cells, row);
        for (int i = 0; i < cells->count && i < people->columns; i++)
            if (!people_is_blank(cells->cells[i]) && !is_taken(row, people->fields[i]))
                people_set_cell(row, people->fields[i], cells->cells[i]);
        if (!row->person.first_name[0])
            people_refuse(row, "There is no first name.");
    }
    row->is_unreadable = row->verdict == PEOPLE_REFUSED;
}

static enum rc add_row(struct people *people, const struct csv_row *cells)
{
    if (people->count == people->capacity) {
        size_t capacity = people->capacity ? people->capacity * 2 : 256;
        struct people_row *rows = calloc(capacity, sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        if (people->count)
            memcpy(rows, people->rows, people->count * sizeof *rows);
        /* Not realloc: it would leave badge numbers behind in freed memory. */
        if (people->rows)
            hash_forget(people->rows, people->count * sizeof *rows);
        free(people->rows);
        people->rows = rows;
        people->capacity = capacity;
    }
    read_row(people, cells, &people->rows[people->count++]);
    return RC_OK;
}

static enum rc read_rows(struct people *people, struct csv *csv)
{
    struct csv_row cells;
    enum rc rc;
    while (!(rc = csv_next(csv, &cells))) {
        if (is_blank_row(&cells) || is_headings_again(people, &cells))
            continue;
        rc = add_row(people, &cells);
        if (rc)
            return rc;
    }
    return rc == RC_EMPTY && people->count ? RC_OK : rc;
}

static enum rc tell(enum rc rc, struct reason *out_reason)
{
    if (rc == RC_LIMIT)
        reason_set(out_reason, "There are more than %d lines, which no list of people has.",
                   CSV_ROWS);
    else if (rc == RC_NO_MEMORY)
        reason_set(out_reason, "There is not enough memory to read this file.");
    else if (rc == RC_EMPTY)
        reason_set(out_reason, "There is nobody in this file: no line below the headings.");
    return rc;
}

enum rc people_read(const char *bytes, size_t length, struct people **out_people,
                    struct reason *out_reason)
{
    struct csv *csv;
    enum rc rc = csv_open(bytes, length, &csv, out_reason);
    if (rc)
        return rc;
    struct csv_row headings;
    struct people *people = calloc(1, sizeof *people);
    rc = people ? csv_next(csv, &headings) : RC_NO_MEMORY;
    if (!rc) {
        people->charset = csv_charset(csv);
        people->separator = csv_separator(csv);
        rc = read_headings(people, &headings, out_reason);
    }
    if (!rc)
        rc = read_rows(people, csv);
    rc = tell(rc, out_reason);
    csv_close(csv);
    if (rc)
        people_close(people);
    else
        *out_people = people;
    return rc;
}
