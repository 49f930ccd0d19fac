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

static enum rc refuse_headings(const struct csv_row *row, const char *missing, const char *needed,
                               struct reason *out_reason)
{
    char found[200];
    list_headings(row, found, sizeof found);
    reason_set(out_reason, SAID("The first line has no column for %s. Found: %s. Needed: %s."),
               missing, found[0] ? found : SAID("nothing"), needed);
    reason_mark(out_reason, 0);
    reason_mark(out_reason, 2);
    if (!found[0])
        reason_mark(out_reason, 1);
    return RC_BAD_INPUT;
}

static bool has_name(const struct people *people)
{
    return has_field(people, PERSON_FIRST_NAME) || has_field(people, HEADING_WHOLE_NAME);
}

static enum rc check_headings(const struct people *people, const struct csv_row *row,
                              struct reason *out_reason)
{
    if (!people->is_of_baskets)
        return has_name(people)
                   ? RC_OK
                   : refuse_headings(
                         row, SAID("the first name"),
                         SAID("\"Prénom\", \"Voornaam\" or \"First name\", or \"Name\" with "
                              "the whole name"),
                         out_reason);
    if (!people->has_key && !has_name(people))
        return refuse_headings(
            row, SAID("whose basket it is"),
            SAID("\"Numéro\", \"Lidnummer\" or \"Number\", or \"Name\" with the whole name"),
            out_reason);
    return has_field(people, PERSON_BASKET)
               ? RC_OK
               : refuse_headings(
                     row, SAID("the size of the basket"),
                     SAID("\"Panier\", \"Taille\", \"Mand\", \"Maat\", \"Basket\" or \"Size\""),
                     out_reason);
}

/* "Panier: oui, Taille: grand": the size says more. A last name alone is a whole one. */
static void settle_baskets(struct people *people)
{
    bool has_size = has_field(people, HEADING_SIZE), has_first = has_name(people);
    for (int i = 0; people->is_of_baskets && i < people->columns; i++) {
        int *field = &people->fields[i];
        if (*field == HEADING_SIZE)
            *field = PERSON_BASKET;
        else if (*field == PERSON_BASKET && has_size)
            *field = HEADING_UNKNOWN;
        else if (*field == PERSON_LAST_NAME && !has_first)
            *field = HEADING_WHOLE_NAME;
        else if (*field > PERSON_LAST_NAME && *field < PERSON_BASKET)
            *field = HEADING_UNKNOWN;
        else if (*field == HEADING_BADGE)
            *field = HEADING_UNKNOWN;
    }
}

/* Beside a column for the other system's id, "id" is our own (register.h), and says nothing of it.
 */
static void settle_ids(struct people *people)
{
    int others = 0;
    for (int i = 0; i < people->columns; i++)
        others += people->fields[i] == PERSON_EXTERNAL_ID && strcmp(people->headings[i], "id") != 0;
    for (int i = 0; others && i < people->columns; i++)
        if (strcmp(people->headings[i], "id") == 0)
            people->fields[i] = HEADING_UNKNOWN;
}

static enum rc read_headings(struct people *people, const struct csv_row *row,
                             struct reason *out_reason)
{
    if (row->problem) {
        reason_set(out_reason, SAID("The first line, with the headings, cannot be read: %s"),
                   row->problem);
        reason_mark(out_reason, 0);
        return RC_BAD_INPUT;
    }
    people->columns = row->count;
    for (int i = 0; i < row->count; i++) {
        people->fields[i] = people->is_of_baskets ? headings_find_of_basket(row->cells[i])
                                                  : headings_find(row->cells[i]);
        headings_fold(row->cells[i], people->headings[i], sizeof people->headings[i]);
    }
    settle_ids(people);
    settle_names(people);
    settle_baskets(people);
    people->has_key = has_field(people, PERSON_NUMBER) || has_field(people, PERSON_EXTERNAL_ID);
    enum rc rc = check_headings(people, row, out_reason);
    if (rc)
        return rc;
    for (int i = 0; i < row->count; i++)
        if (people->fields[i] == HEADING_UNKNOWN && !people_is_blank(row->cells[i])) {
            char *unused = people->unused[people->unused_count++];
            snprintf(unused, sizeof people->unused[0], "%.*s",
                     (int)utf8_cut(row->cells[i], sizeof people->unused[0] - 1), row->cells[i]);
            utf8_defuse(unused);
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
                      SAID("Only %d of %d columns are there: the file was cut here, or a quotation "
                           "mark is not closed."),
                      cells->count, people->columns);
    for (int i = people->columns; i < cells->count; i++)
        if (!people_is_blank(cells->cells[i]))
            people_refuse(
                row,
                SAID("There are %d columns and only %d headings: is there a \"%c\" inside "
                     "a cell?"),
                cells->count, people->columns, people->separator == '\t' ? ' ' : people->separator);
}

static bool is_blank_row(const struct csv_row *cells)
{
    for (int i = 0; i < cells->count; i++)
        if (!people_is_blank(cells->cells[i]))
            return false;
    return !cells->problem;
}

/* Who is it? And a pause of no basket is a line that somebody has not finished. */
static void check_whole(const struct people *people, struct people_row *row)
{
    const struct person *person = &row->person;
    bool has_name = person->first_name[0] || person->last_name[0];
    if (!people->is_of_baskets) {
        if (!person->first_name[0])
            people_refuse(row, SAID("There is no first name."));
    } else if (!has_name && !person->number[0] && !person->external_id[0]) {
        people_refuse(row, SAID("There is neither a number nor a name: whose basket is it?"));
    } else if (!person->basket[0] && (person->basket_pauses[0] || person->basket_fetchers[0])) {
        people_refuse(row,
                      SAID("There is no size of the basket. Write one, or leave the pauses and who "
                           "fetches it empty, too."));
    }
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
        check_whole(people, row);
    }
    row->is_unreadable = row->verdict == PEOPLE_REFUSED;
}

struct people_row *people_add_row(struct people *people)
{
    if (people->count == people->capacity) {
        size_t capacity = people->capacity ? people->capacity * 2 : 256;
        struct people_row *rows = calloc(capacity, sizeof *rows);
        if (!rows)
            return NULL;
        if (people->count)
            memcpy(rows, people->rows, people->count * sizeof *rows);
        /* Not realloc: it would leave badge numbers behind in freed memory. */
        if (people->rows)
            hash_forget(people->rows, people->count * sizeof *rows);
        free(people->rows);
        people->rows = rows;
        people->capacity = capacity;
    }
    return &people->rows[people->count++];
}

static enum rc read_rows(struct people *people, struct csv *csv)
{
    struct csv_row cells;
    enum rc rc;
    while (!(rc = csv_next(csv, &cells))) {
        if (is_blank_row(&cells) || is_headings_again(people, &cells))
            continue;
        struct people_row *row = people_add_row(people);
        if (!row)
            return RC_NO_MEMORY;
        read_row(people, &cells, row);
    }
    people->read = people->count;
    return rc == RC_EMPTY && people->count ? RC_OK : rc;
}

static enum rc tell(enum rc rc, struct reason *out_reason)
{
    if (rc == RC_LIMIT)
        reason_set(out_reason, SAID("There are more than %d lines, which no list of people has."),
                   CSV_ROWS);
    else if (rc == RC_NO_MEMORY)
        reason_set(out_reason, SAID("There is not enough memory to read this file."));
    else if (rc == RC_EMPTY)
        reason_set(out_reason, SAID("There is nobody in this file: no line below the headings."));
    return rc;
}

static enum rc read_list(const char *bytes, size_t length, bool is_of_baskets,
                         struct people **out_people, struct reason *out_reason)
{
    struct csv *csv;
    enum rc rc = csv_open(bytes, length, &csv, out_reason);
    if (rc)
        return rc;
    struct csv_row headings;
    struct people *people = calloc(1, sizeof *people);
    rc = people ? csv_next(csv, &headings) : RC_NO_MEMORY;
    if (!rc) {
        people->is_of_baskets = is_of_baskets;
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

enum rc people_read(const char *bytes, size_t length, struct people **out_people,
                    struct reason *out_reason)
{
    return read_list(bytes, length, false, out_people, out_reason);
}

enum rc people_read_baskets(const char *bytes, size_t length, struct people **out_people,
                            struct reason *out_reason)
{
    return read_list(bytes, length, true, out_people, out_reason);
}
