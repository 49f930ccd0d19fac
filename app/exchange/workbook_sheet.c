/* A table of the register as a sheet, or as several where one does not hold it. */
#include <stdio.h>
#include <string.h>

#include "app/exchange/workbook_i.h"

#define SETTLED_EVERY 4096 /* rows */

/* For people: what programs match rows by is theirs, and hours can be calculated from lengths. */
static bool is_shown(const struct register_source *source, const struct register_column *column)
{
    bool has_pseudonyms = false;
    for (int kind = 0; source->privacy && kind < OCCASION_COUNT; kind++)
        has_pseudonyms |= source->privacy->count[kind] == PRIVACY_PSEUDONYM;
    if (strcmp(column->heading, WORKBOOK_NOTE) == 0)
        return false;
    if (strcmp(column->heading, "id") == 0)
        return source->since != NULL;
    if (strcmp(column->heading, "person") == 0)
        return has_pseudonyms;
    return column->kind != REGISTER_CELL_HOURS;
}

/* What is so in nearly every visit is not said again and again: the rest stands out, and is small.
 */
static const struct {
    const char *heading, *text;
} usual[] = {{"as", "volunteer"}, {"clock", "trusted"}, {"how_in", "tap"}, {"how_out", "tap"}};

static const char *usual_text(enum workbook_table table, const char *heading)
{
    for (size_t i = 0; table == WORKBOOK_VISITS && i < sizeof usual / sizeof usual[0]; i++)
        if (strcmp(usual[i].heading, heading) == 0)
            return usual[i].text;
    return "";
}

static bool is_usual(const struct workbook_sheet *sheet, int column,
                     const struct register_cell *cell)
{
    enum register_cell_kind kind = sheet->columns.list[column].kind;
    return cell->is_empty || (kind == REGISTER_CELL_NUMBER && cell->number == 0) ||
           (kind == REGISTER_CELL_TEXT && strcmp(cell->text, sheet->usual[column]) == 0);
}

static int find(const struct workbook_sheet *sheet, const char *heading)
{
    for (int i = 0; i < sheet->columns.count; i++)
        if (strcmp(sheet->columns.list[i].heading, heading) == 0)
            return i;
    return -1;
}

static bool has_sums(const struct workbook_sheet *sheet)
{
    return sheet->columns.months >= 0;
}

static void choose_columns(struct workbook_sheet *sheet)
{
    const struct register_source *source = sheet->workbook->source;
    sheet->columns = workbook_columns(sheet->table, source);
    for (int i = 0; i < sheet->columns.count; i++) {
        const struct register_column *column = &sheet->columns.list[i];
        sheet->places[i] = is_shown(source, column) ? sheet->width++ : -1;
        sheet->usual[i] = usual_text(sheet->table, column->heading);
    }
    sheet->clock = find(sheet, "clock");
    sheet->note = find(sheet, WORKBOOK_NOTE);
    sheet->year = find(sheet, "year");
    sheet->as = find(sheet, "as");
    sheet->width += has_sums(sheet);
}

/* --- parts --- */

static enum rc put_heading(const struct workbook_sheet *sheet, int place, const char *heading)
{
    const struct workbook *workbook = sheet->workbook;
    enum rc rc = workbook_rc(worksheet_set_column(sheet->sheet, (lxw_col_t)place, (lxw_col_t)place,
                                                  workbook_width(heading), NULL));
    return rc ? rc
              : workbook_put_text(sheet->sheet, 0, place, workbook_title(workbook, heading),
                                  workbook->formats[WORKBOOK_HEADING]);
}

static enum rc begin_part(struct workbook_sheet *sheet)
{
    struct workbook *workbook = sheet->workbook;
    char name[4 * LXW_SHEETNAME_MAX];
    workbook_sheet_name(workbook, sheet->table, ++workbook->parts[sheet->table], name, sizeof name);
    enum rc rc = workbook_add_sheet(workbook, name, &sheet->sheet);
    for (int i = 0; !rc && i < sheet->columns.count; i++)
        if (sheet->places[i] >= 0)
            rc = put_heading(sheet, sheet->places[i], sheet->columns.list[i].heading);
    if (!rc && has_sums(sheet))
        rc = put_heading(sheet, sheet->width - 1, "total");
    sheet->row = 1;
    return rc;
}

static enum rc end_part(struct workbook_sheet *sheet)
{
    lxw_col_t last = (lxw_col_t)(sheet->width - 1);
    enum rc rc = workbook_rc(worksheet_autofilter(sheet->sheet, 0, 0, sheet->row - 1, last));
    return rc ? rc : workbook_pack_settle(sheet->workbook->pack);
}

static lxw_row_t rows_of_part(const struct workbook_sheet *sheet)
{
    int64_t asked = sheet->workbook->about->sheet_rows;
    return asked > 0 && asked < LXW_ROW_MAX ? (lxw_row_t)asked : LXW_ROW_MAX;
}

static enum rc make_room(struct workbook_sheet *sheet)
{
    enum rc rc = RC_OK;
    if (sheet->row >= rows_of_part(sheet)) {
        rc = end_part(sheet);
        if (!rc)
            rc = begin_part(sheet);
    } else if (sheet->row % SETTLED_EVERY == 0) {
        rc = workbook_pack_settle(sheet->workbook->pack);
    }
    return rc;
}

/* --- sums --- */

static int first_month(const struct workbook_sheet *sheet)
{
    return sheet->places[sheet->columns.months];
}

/* What a person gave counts for the months of all, too. */
static void add_up(struct workbook_sheet *sheet, const struct register_cell *cells)
{
    const struct register_cell *months = cells + sheet->columns.months;
    int64_t first = (cells[sheet->year].number - REGISTER_FIRST_YEAR) * 12;
    for (int i = 0; i < 12; i++) {
        sheet->totals[i] += months[i].number;
        if (sheet->table == WORKBOOK_HOURS)
            sheet->workbook->seconds[first + i][strcmp(cells[sheet->as].text, "staff") == 0] +=
                months[i].number;
    }
}

static int64_t sum_of(const int64_t seconds[12])
{
    int64_t sum = 0;
    for (int i = 0; i < 12; i++)
        sum += seconds[i];
    return sum;
}

static enum rc put_year_sum(const struct workbook_sheet *sheet, const struct register_cell *cells)
{
    char range[LXW_MAX_CELL_RANGE_LENGTH], sum[LXW_MAX_CELL_RANGE_LENGTH + 8];
    int64_t seconds[12];
    lxw_col_t first = (lxw_col_t)first_month(sheet);
    for (int i = 0; i < 12; i++)
        seconds[i] = cells[sheet->columns.months + i].number;
    lxw_rowcol_to_range(range, sheet->row, first, sheet->row, (lxw_col_t)(first + 11));
    snprintf(sum, sizeof sum, "=SUM(%s)", range);
    return workbook_put_sum(sheet->sheet, sheet->row, sheet->width - 1, sum, sum_of(seconds),
                            sheet->workbook->formats[WORKBOOK_HOURS_LENGTH]);
}

/* Of the rows that a filter shows; where there are several sheets, of all as numbers. */
static enum rc put_total(const struct workbook_sheet *sheet, lxw_row_t rows, int place,
                         int64_t seconds)
{
    char range[LXW_MAX_CELL_RANGE_LENGTH], sum[LXW_MAX_CELL_RANGE_LENGTH + 16];
    lxw_format *format = sheet->workbook->formats[WORKBOOK_TOTAL_HOURS];
    if (sheet->workbook->parts[sheet->table] > 1)
        return workbook_put_number(sheet->sheet, sheet->row, place, (double)seconds / 86400,
                                   format);
    lxw_rowcol_to_range(range, 1, (lxw_col_t)place, rows - 1, (lxw_col_t)place);
    snprintf(sum, sizeof sum, "=SUBTOTAL(109,%s)", range);
    return workbook_put_sum(sheet->sheet, sheet->row, place, sum, seconds, format);
}

static enum rc put_totals(struct workbook_sheet *sheet)
{
    lxw_row_t rows = sheet->row;
    enum rc rc = make_room(sheet);
    if (!rc)
        rc = workbook_put_text(sheet->sheet, sheet->row, sheet->places[sheet->columns.label],
                               workbook_say(sheet->workbook, SAID("Total")),
                               sheet->workbook->formats[WORKBOOK_TOTAL]);
    for (int i = 0; !rc && i < 12; i++)
        rc = put_total(sheet, rows, first_month(sheet) + i, sheet->totals[i]);
    if (!rc)
        rc = put_total(sheet, rows, sheet->width - 1, sum_of(sheet->totals));
    return rc;
}

/* --- rows --- */

static enum rc put_cell(const struct workbook_sheet *sheet, int column,
                        const struct register_cell *cell, bool is_doubtful)
{
    lxw_format *const *formats = sheet->workbook->formats;
    int place = sheet->places[column];
    switch (sheet->columns.list[column].kind) {
    case REGISTER_CELL_TEXT:
        return workbook_put_text(sheet->sheet, sheet->row, place, cell->text, NULL);
    case REGISTER_CELL_DAY:
        return workbook_put_number(sheet->sheet, sheet->row, place, workbook_day(cell->number),
                                   formats[WORKBOOK_DAY]);
    case REGISTER_CELL_TIME:
        return workbook_put_number(sheet->sheet, sheet->row, place, workbook_wall(cell->number),
                                   formats[is_doubtful ? WORKBOOK_DOUBTFUL : WORKBOOK_TIME]);
    case REGISTER_CELL_LENGTH:
    case REGISTER_CELL_HOURS:
        return workbook_put_number(
            sheet->sheet, sheet->row, place, (double)cell->number / 86400,
            formats[has_sums(sheet) ? WORKBOOK_HOURS_LENGTH : WORKBOOK_LENGTH]);
    default:
        return workbook_put_number(sheet->sheet, sheet->row, place, (double)cell->number, NULL);
    }
}

/* What we say in place of a name, and what is theirs as it is. */
static struct register_cell cell_of(const struct workbook_sheet *sheet,
                                    const struct register_cell *cells, int column)
{
    struct register_cell cell = cells[column];
    if (column == sheet->columns.label && cells[sheet->note].number)
        cell.text = workbook_say(sheet->workbook, cell.text);
    return cell;
}

enum rc workbook_put_row(struct workbook_sheet *sheet, const struct register_cell *cells)
{
    enum rc rc = make_room(sheet);
    bool is_doubtful = sheet->clock >= 0 && strcmp(cells[sheet->clock].text, "doubtful") == 0;
    for (int i = 0; !rc && i < sheet->columns.count; i++) {
        const struct register_cell cell = cell_of(sheet, cells, i);
        if (sheet->places[i] >= 0 && !is_usual(sheet, i, &cell))
            rc = put_cell(sheet, i, &cell, is_doubtful);
    }
    if (!rc && has_sums(sheet)) {
        rc = put_year_sum(sheet, cells);
        add_up(sheet, cells);
    }
    sheet->row++;
    sheet->workbook->rows++;
    return rc;
}

enum rc workbook_begin_table(struct workbook *workbook, enum workbook_table table,
                             struct workbook_sheet *out_sheet)
{
    *out_sheet = (struct workbook_sheet){.workbook = workbook, .table = table};
    choose_columns(out_sheet);
    return begin_part(out_sheet);
}

/* The sums stand outside of what the filter sorts. */
enum rc workbook_end_table(struct workbook_sheet *sheet)
{
    bool is_empty = sheet->workbook->parts[sheet->table] == 1 && sheet->row == 1;
    enum rc rc = end_part(sheet);
    if (rc || !has_sums(sheet) || is_empty)
        return rc;
    rc = put_totals(sheet);
    return rc ? rc : workbook_pack_settle(sheet->workbook->pack);
}
