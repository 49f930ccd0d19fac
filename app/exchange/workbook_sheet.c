/* A table of the register as a sheet, or as several where one does not hold it. */
#include <string.h>

#include "app/exchange/workbook_i.h"

#define SETTLED_EVERY 4096 /* rows */

struct sheet {
    struct workbook *workbook;
    enum register_table table;
    struct register_column columns[REGISTER_COLUMNS_MAX];
    int places[REGISTER_COLUMNS_MAX];        /* in the sheet; below 0: not shown */
    const char *usual[REGISTER_COLUMNS_MAX]; /* a text that is not said; "" */
    int count, width;
    int clock, day, as, length; /* columns by what they are; below 0: there is none */
    lxw_worksheet *sheet;
    lxw_row_t row;
};

/* For people: what programs match rows by is theirs, and hours can be calculated from lengths. */
static bool is_shown(const struct register_source *source, const struct register_column *column)
{
    bool has_pseudonyms = false;
    for (int kind = 0; source->privacy && kind < OCCASION_COUNT; kind++)
        has_pseudonyms |= source->privacy->count[kind] == PRIVACY_PSEUDONYM;
    if (strcmp(column->heading, "id") == 0)
        return source->since != NULL;
    if (strcmp(column->heading, "person") == 0)
        return has_pseudonyms;
    return column->kind != REGISTER_CELL_HOURS;
}

/* What is so in nearly every row is not said again and again: the rest stands out, and is small. */
static const struct {
    const char *heading, *text;
} usual[] = {{"clock", "trusted"}, {"end", "known"}, {"how_in", "tap"}, {"how_out", "tap"}};

static const char *usual_text(const char *heading)
{
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (strcmp(usual[i].heading, heading) == 0)
            return usual[i].text;
    return "";
}

static bool is_usual(const struct sheet *sheet, int column, const struct register_cell *cell)
{
    enum register_cell_kind kind = sheet->columns[column].kind;
    return cell->is_empty || (kind == REGISTER_CELL_NUMBER && cell->number == 0) ||
           (kind == REGISTER_CELL_TEXT && strcmp(cell->text, sheet->usual[column]) == 0);
}

static int find(const struct sheet *sheet, const char *heading)
{
    for (int i = 0; i < sheet->count; i++)
        if (strcmp(sheet->columns[i].heading, heading) == 0)
            return i;
    return -1;
}

static void choose_columns(struct sheet *sheet)
{
    const struct register_source *source = sheet->workbook->source;
    sheet->count = register_columns(sheet->table, source, sheet->columns);
    for (int i = 0; i < sheet->count; i++) {
        sheet->places[i] = is_shown(source, &sheet->columns[i]) ? sheet->width++ : -1;
        sheet->usual[i] = usual_text(sheet->columns[i].heading);
    }
    sheet->clock = find(sheet, "clock");
    sheet->day = find(sheet, "day");
    sheet->as = find(sheet, "as");
    sheet->length = find(sheet, "duration");
}

/* --- parts --- */

static enum rc begin_part(struct sheet *sheet)
{
    struct workbook *workbook = sheet->workbook;
    char name[4 * LXW_SHEETNAME_MAX];
    workbook_sheet_name(workbook, sheet->table, ++workbook->parts[sheet->table], name, sizeof name);
    enum rc rc = workbook_add_sheet(workbook, name, &sheet->sheet);
    for (int i = 0; !rc && i < sheet->count; i++) {
        int place = sheet->places[i];
        const char *heading = sheet->columns[i].heading;
        if (place < 0)
            continue;
        rc = workbook_rc(worksheet_set_column(sheet->sheet, (lxw_col_t)place, (lxw_col_t)place,
                                              workbook_width(heading), NULL));
        if (!rc)
            rc = workbook_put_text(sheet->sheet, 0, place, workbook_title(workbook, heading),
                                   workbook->formats[WORKBOOK_HEADING]);
    }
    sheet->row = 1;
    return rc;
}

static enum rc end_part(struct sheet *sheet)
{
    lxw_col_t last = (lxw_col_t)(sheet->width - 1);
    enum rc rc = workbook_rc(worksheet_autofilter(sheet->sheet, 0, 0, sheet->row - 1, last));
    return rc ? rc : workbook_settle(sheet->sheet);
}

static lxw_row_t rows_of_part(const struct sheet *sheet)
{
    int64_t asked = sheet->workbook->about->sheet_rows;
    return asked > 0 && asked < LXW_ROW_MAX ? (lxw_row_t)asked : LXW_ROW_MAX;
}

/* --- rows --- */

static enum rc put_cell(const struct sheet *sheet, int column, const struct register_cell *cell,
                        bool is_doubtful)
{
    lxw_format *const *formats = sheet->workbook->formats;
    int place = sheet->places[column];
    switch (sheet->columns[column].kind) {
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
        return workbook_put_number(sheet->sheet, sheet->row, place, (double)cell->number / 86400,
                                   formats[WORKBOOK_LENGTH]);
    default:
        return workbook_put_number(sheet->sheet, sheet->row, place, (double)cell->number, NULL);
    }
}

/* Each hour into its month. */
static void count_hours(const struct sheet *sheet, const struct register_cell *cells)
{
    if (sheet->table != REGISTER_HOURS || cells[sheet->day].is_empty)
        return;
    int64_t day = cells[sheet->day].number;
    int64_t month = (day / 10000 - WORKBOOK_FIRST_YEAR) * 12 + day / 100 % 100 - 1;
    if (month >= 0 && month < WORKBOOK_MONTHS)
        sheet->workbook->seconds[month][strcmp(cells[sheet->as].text, "staff") == 0] +=
            cells[sheet->length].number;
}

static enum rc put_row(void *context, const struct register_cell *cells)
{
    struct sheet *sheet = context;
    enum rc rc = RC_OK;
    if (sheet->row >= rows_of_part(sheet)) {
        rc = end_part(sheet);
        if (!rc)
            rc = begin_part(sheet);
    } else if (sheet->row % SETTLED_EVERY == 0) {
        rc = workbook_settle(sheet->sheet);
    }
    bool is_doubtful = sheet->clock >= 0 && strcmp(cells[sheet->clock].text, "doubtful") == 0;
    for (int i = 0; !rc && i < sheet->count; i++)
        if (sheet->places[i] >= 0 && !is_usual(sheet, i, &cells[i]))
            rc = put_cell(sheet, i, &cells[i], is_doubtful);
    count_hours(sheet, cells);
    sheet->row++;
    sheet->workbook->rows++;
    return rc;
}

enum rc workbook_add_table(struct workbook *workbook, enum register_table table)
{
    struct sheet sheet = {.workbook = workbook, .table = table};
    choose_columns(&sheet);
    enum rc rc = begin_part(&sheet);
    if (!rc)
        rc = register_each(table, workbook->source, put_row, &sheet);
    return rc ? rc : end_part(&sheet);
}
