/* calendar_csv.c - a table as occasions: a row is a shift, rows of one key are one occasion. */
#include "app/exchange/calendar_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/exchange/csv.h"
#include "app/exchange/headings.h"
#include "firmware/base/hash.h"
#include "firmware/base/utf8.h"

/* Each column's words, folded, between spaces. */
static const char *const columns[CALENDAR_COLUMN_COUNT] = {
    [CALENDAR_COLUMN_DATE] = " date jour datum dag day ",
    [CALENDAR_COLUMN_START] =
        " start debut begin heuredebut heurededebut starttime begintijd beginuur "
        "starttijd startuur de van from ",
    [CALENDAR_COLUMN_END] =
        " end fin einde eind heurefin heuredefin endtime eindtijd einduur a tot until ",
    [CALENDAR_COLUMN_KIND] = " kind type soort genre categorie category ",
    [CALENDAR_COLUMN_TITLE] =
        " title titre titel intitule summary evenement event activite activiteit ",
    [CALENDAR_COLUMN_MISSION] = " mission missie tache taak task poste role rol ",
    [CALENDAR_COLUMN_PLACES] =
        " places plaatsen nombre nombredeplaces aantal aantalplaatsen personnes "
        "personen people ",
    [CALENDAR_COLUMN_CIRCLE] = " circle cercle kring cirkel ",
    [CALENDAR_COLUMN_SKILL] = " skill competence vaardigheid ",
    [CALENDAR_COLUMN_PLACE] = " place lieu plaats location locatie endroit adresse adres ",
    [CALENDAR_COLUMN_REFERENT] = " referent referente verantwoordelijke responsable ",
    [CALENDAR_COLUMN_ORGANISATION] = " organisation organisatie organization ",
    [CALENDAR_COLUMN_ID] = " id uid reference ref externalid ",
};

struct table {
    struct calendar *calendar;
    int columns[CSV_COLUMNS]; /* enum calendar_column, or CALENDAR_COLUMN_COUNT */
    int column_count;
    struct calendar_csv_row *entries;
    size_t count, capacity;
};

static bool is_blank(const char *text)
{
    char nothing[1];
    return utf8_clean(text, nothing, sizeof nothing) == RC_OK;
}

/* --- headings --- */

static int find_column(const char *heading)
{
    char word[98] = " ";
    headings_fold(heading, word + 1, sizeof word - 2);
    if (!word[1])
        return CALENDAR_COLUMN_COUNT;
    strcat(word, " ");
    for (int i = 0; i < CALENDAR_COLUMN_COUNT; i++)
        if (strstr(columns[i], word))
            return i;
    return CALENDAR_COLUMN_COUNT;
}

static bool has_column(const struct table *table, int column)
{
    for (int i = 0; i < table->column_count; i++)
        if (table->columns[i] == column)
            return true;
    return false;
}

static enum rc read_headings(struct table *table, const struct csv_row *row,
                             struct reason *out_reason)
{
    char unused[120];
    table->column_count = row->count;
    for (int i = 0; i < row->count; i++) {
        table->columns[i] = find_column(row->cells[i]);
        if (table->columns[i] == CALENDAR_COLUMN_COUNT && !is_blank(row->cells[i])) {
            calendar_copy_text(row->cells[i], unused, sizeof unused);
            calendar_note(table->calendar, row->line, SAID("the column \"%s\" is not used."),
                          unused);
        }
    }
    bool is_enough =
        has_column(table, CALENDAR_COLUMN_DATE) &&
        (has_column(table, CALENDAR_COLUMN_TITLE) || has_column(table, CALENDAR_COLUMN_KIND) ||
         has_column(table, CALENDAR_COLUMN_MISSION));
    if (!row->problem && is_enough)
        return RC_OK;
    reason_set(
        out_reason,
        SAID("This is neither a calendar (.ics) nor a table of one: a table begins with a line "
             "of headings, \"Date\" and \"Title\", \"Kind\" or \"Mission\" at least.%s%s"),
        row->problem ? SAID(" The first line cannot be read: ") : "",
        row->problem ? row->problem : "");
    reason_mark(out_reason, 0);
    reason_mark(out_reason, 1);
    return RC_BAD_INPUT;
}

/* --- rows --- */

static enum rc add_entry(struct table *table, const struct calendar_csv_row *entry)
{
    if (table->count == table->capacity) {
        size_t capacity = table->capacity ? table->capacity * 2 : 64;
        struct calendar_csv_row *entries = calloc(capacity, sizeof *entries);
        if (!entries)
            return RC_NO_MEMORY;
        if (table->count)
            memcpy(entries, table->entries, table->count * sizeof *entries);
        free(table->entries);
        table->entries = entries;
        table->capacity = capacity;
    }
    table->entries[table->count++] = *entry;
    return RC_OK;
}

/* The cells by column, and what is wrong with the row as a whole; NULL. */
static const char *spread_cells(const struct table *table, const struct csv_row *row,
                                const char *out_cells[CALENDAR_COLUMN_COUNT])
{
    for (int i = 0; i < CALENDAR_COLUMN_COUNT; i++)
        out_cells[i] = "";
    for (int i = 0; i < row->count && i < table->column_count; i++)
        if (table->columns[i] < CALENDAR_COLUMN_COUNT && is_blank(out_cells[table->columns[i]]))
            out_cells[table->columns[i]] = row->cells[i];
    if (row->problem)
        return row->problem;
    if (row->count < table->column_count && row->is_cut)
        return SAID("The file was cut in the middle of this row: save it again.");
    for (int i = table->column_count; i < row->count; i++)
        if (!is_blank(row->cells[i]))
            return SAID("There are more cells than headings: is there a separator inside a cell?");
    return NULL;
}

static bool is_blank_row(const struct csv_row *row)
{
    for (int i = 0; i < row->count; i++)
        if (!is_blank(row->cells[i]))
            return false;
    return !row->problem;
}

static enum rc read_row(struct table *table, const struct csv_row *row)
{
    const char *cells[CALENDAR_COLUMN_COUNT];
    struct calendar_csv_row entry;
    struct reason why = {.text = ""};
    const char *problem = spread_cells(table, row, cells);
    if (problem)
        reason_set(&why, "%s", problem);
    else if (calendar_read_csv_row(cells, row->line, &entry, &why))
        return add_entry(table, &entry);
    /* Which occasion it belongs to is not known for sure: so none may count as vanished. */
    table->calendar->is_cut = true;
    return calendar_add_refused(table->calendar, row->line, "", cells[CALENDAR_COLUMN_TITLE], &why);
}

static enum rc read_rows(struct table *table, struct csv *csv)
{
    struct csv_row row;
    enum rc rc;
    while (!(rc = csv_next(csv, &row))) {
        if (is_blank_row(&row))
            continue;
        rc = read_row(table, &row);
        if (rc)
            return rc;
    }
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- occasions --- */

static int compare_entries(const void *a, const void *b)
{
    const struct calendar_csv_row *x = a, *y = b;
    int order = strcmp(x->uid, y->uid);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* A row that says no more than that there is an occasion is no shift of it. */
static bool is_shift(const struct calendar_csv_row *row)
{
    return row->kind == OCCASION_SHIFT || row->shift.mission[0] || row->shift.places;
}

static void add_shift(struct occasion *occasion, const struct calendar_csv_row *row)
{
    struct shift *shift = &occasion->shifts[occasion->shift_count];
    *shift = row->shift;
    shift->number = ++occasion->shift_count;
}

static void widen(struct occasion *occasion, const struct calendar_csv_row *row)
{
    if (row->shift.from_ms < occasion->from_ms)
        occasion->from_ms = row->shift.from_ms;
    if (row->shift.to_ms > occasion->to_ms)
        occasion->to_ms = row->shift.to_ms;
    if (!occasion->place[0])
        memcpy(occasion->place, row->place, sizeof occasion->place);
}

/* The rows of one occasion: the first says what it is, each may be a shift. */
static enum rc add_occasion(struct calendar *calendar, const struct calendar_csv_row *rows,
                            size_t count)
{
    const struct calendar_horizon *horizon = &calendar->horizon;
    struct reason why;
    struct occasion occasion = {.kind = rows[0].kind,
                                .from_ms = rows[0].shift.from_ms,
                                .to_ms = rows[0].shift.to_ms,
                                .is_all_day = rows[0].is_all_day};
    memcpy(occasion.uid, rows[0].uid, sizeof occasion.uid);
    memcpy(occasion.title, rows[0].title, sizeof occasion.title);
    for (size_t i = 0; i < count; i++) {
        widen(&occasion, &rows[i]);
        if (is_shift(&rows[i]) && occasion.shift_count == OCCASION_SHIFTS_MAX) {
            reason_set(&why, SAID("It has more than %d shifts: make two occasions of it."),
                       OCCASION_SHIFTS_MAX);
            return calendar_add_refused(calendar, rows[0].line, rows[0].uid, rows[0].title, &why);
        }
        if (is_shift(&rows[i]))
            add_shift(&occasion, &rows[i]);
    }
    if (occasion.from_ms < horizon->from_ms || occasion.from_ms >= horizon->to_ms)
        return RC_OK;
    if (!rows[0].is_kind_said && occasion.kind == OCCASION_OPEN_DAY)
        calendar_note(
            calendar, rows[0].line,
            SAID("it says no kind, and is taken for an open day unless its title names one."));
    return calendar_add(calendar, rows[0].line, &occasion, rows[0].organisation, NULL);
}

/* From top to bottom, as they were read. */
static enum rc keep_lines(const struct table *table)
{
    struct calendar *calendar = table->calendar;
    calendar->lines = calloc(table->count + 1, sizeof *calendar->lines);
    if (!calendar->lines)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < table->count; i++) {
        const struct calendar_csv_row *entry = &table->entries[i];
        calendar->lines[i] =
            (struct calendar_line){entry->line, hash_quick(entry->uid, strlen(entry->uid))};
    }
    calendar->line_count = table->count;
    return RC_OK;
}

static enum rc add_occasions(struct table *table)
{
    enum rc rc = keep_lines(table);
    if (table->count)
        qsort(table->entries, table->count, sizeof *table->entries, compare_entries);
    for (size_t first = 0, last; !rc && first < table->count; first = last) {
        last = first + 1;
        while (last < table->count &&
               strcmp(table->entries[first].uid, table->entries[last].uid) == 0)
            last++;
        rc = add_occasion(table->calendar, &table->entries[first], last - first);
    }
    return rc;
}

static enum rc read_table(struct table *table, struct csv *csv, struct reason *out_reason)
{
    struct csv_row headings;
    enum rc rc = csv_next(csv, &headings);
    if (!rc)
        rc = read_headings(table, &headings, out_reason);
    if (!rc)
        rc = read_rows(table, csv);
    if (rc == RC_LIMIT)
        reason_set(out_reason, SAID("There are more than %d lines, which no calendar has."),
                   CSV_ROWS);
    return rc ? rc : add_occasions(table);
}

enum rc calendar_read_csv(struct calendar *calendar, const char *bytes, size_t length,
                          struct reason *out_reason)
{
    struct csv *csv;
    struct table table = {.calendar = calendar};
    enum rc rc = csv_open(bytes, length, &csv, out_reason);
    if (rc)
        return rc;
    rc = read_table(&table, csv, out_reason);
    csv_close(csv);
    free(table.entries);
    return rc;
}
