/*
 * workbook_i.h - the inside of the workbook, shared by workbook.c (begin, end, what goes wrong),
 * workbook_sheet.c (tables), workbook_months.c (hours per month), workbook_about.c (what it is, and
 * the texts) and workbook_check.c (read back). Nobody else includes it.
 */
#ifndef APP_EXCHANGE_WORKBOOK_I_H
#define APP_EXCHANGE_WORKBOOK_I_H

#include <xlsxwriter.h>

#include "app/exchange/register_rows.h"
#include "app/exchange/workbook.h"

/* How a cell looks. */
enum workbook_look {
    WORKBOOK_HEADING,
    WORKBOOK_DAY,
    WORKBOOK_TIME,
    WORKBOOK_DOUBTFUL, /* a time that no trusted clock vouches for */
    WORKBOOK_LENGTH,
    WORKBOOK_MONTH,
    WORKBOOK_TOTAL,
    WORKBOOK_TOTAL_LENGTH,
    WORKBOOK_WRAPPED,
    WORKBOOK_LOOKS
};

#define WORKBOOK_FIRST_YEAR 1970
#define WORKBOOK_MONTHS (12 * 230)

struct workbook {
    lxw_workbook *book;
    const struct register_source *source;
    const struct workbook_about *about;
    lxw_format *formats[WORKBOOK_LOOKS];
    int64_t rows;                        /* of all tables */
    int parts[REGISTER_TABLE_COUNT];     /* sheets of each */
    int64_t seconds[WORKBOOK_MONTHS][2]; /* by month: volunteers, staff */
};

/* --- texts --- */

/* In the language of whom the workbook is for. */
const char *workbook_say(const struct workbook *workbook, const char *text);

/* What a column is called there, and how many characters wide it is. */
const char *workbook_title(const struct workbook *workbook, const char *heading);
double workbook_width(const char *heading);

/* "Visits", or of a later part "Visits 2"; LXW_SHEETNAME_MAX bytes are enough. */
void workbook_sheet_name(const struct workbook *workbook, enum register_table table, int part,
                         char *out_name, size_t size);

/* --- cells --- */

/* What the library says, as ours. */
enum rc workbook_rc(lxw_error error);

/*
 * A text as it was typed, whatever is in it, in a sheet of the book. Nothing for "".
 */
enum rc workbook_put_text(lxw_worksheet *sheet, lxw_row_t row, int column, const char *text,
                          lxw_format *format) MUST_CHECK;
enum rc workbook_put_number(lxw_worksheet *sheet, lxw_row_t row, int column, double number,
                            lxw_format *format) MUST_CHECK;

/* A new sheet, with the first row kept in sight. */
enum rc workbook_add_sheet(struct workbook *workbook, const char *name,
                           lxw_worksheet **out_sheet) MUST_CHECK;

/* Days since 1899-12-30 as spreadsheets count them: of a venue's day, of the clock on the wall. */
double workbook_day(int64_t day);
double workbook_wall(int64_t at_ms);

/* What was written so far is on the disk of the scratch folder: nobody else would say if not. */
enum rc workbook_settle(lxw_worksheet *sheet) MUST_CHECK;

/* --- sheets --- */

enum rc workbook_add_table(struct workbook *workbook, enum register_table table) MUST_CHECK;
enum rc workbook_add_months(struct workbook *workbook) MUST_CHECK;
enum rc workbook_add_about(struct workbook *workbook) MUST_CHECK;

/* Is every part of the file there to its end? RC_CORRUPT: not. */
enum rc workbook_check(const char *path) MUST_CHECK;

#endif
