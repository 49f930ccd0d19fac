/*
 * workbook_i.h - the inside of the workbook, shared by workbook.c (begin, end, what goes wrong),
 * workbook_rows.c (the rows of all tables), workbook_fill.c and workbook_queue.c (how they come
 * into sheets), workbook_sheet.c (a table's sheets), workbook_months.c (hours per month),
 * workbook_about.c (what it is, and the texts); workbook_zip.h has the rest, the file. Nobody else
 * includes it.
 */
#ifndef APP_EXCHANGE_WORKBOOK_I_H
#define APP_EXCHANGE_WORKBOOK_I_H

#include <xlsxwriter.h>

#include "app/exchange/register_hours.h"
#include "app/exchange/register_rows.h"
#include "app/exchange/workbook.h"

/* How a cell looks. */
enum workbook_look {
    WORKBOOK_HEADING,
    WORKBOOK_DAY,
    WORKBOOK_TIME,
    WORKBOOK_DOUBTFUL, /* a time that no trusted clock vouches for */
    WORKBOOK_LENGTH,
    WORKBOOK_HOURS_LENGTH, /* the same without seconds, where twelve stand beside each other */
    WORKBOOK_MONTH,
    WORKBOOK_TOTAL,
    WORKBOOK_TOTAL_LENGTH,
    WORKBOOK_TOTAL_HOURS,
    WORKBOOK_WRAPPED,
    WORKBOOK_LOOKS
};

#define WORKBOOK_MONTHS (12 * REGISTER_YEARS)

/* In the order of their sheets. */
enum workbook_table {
    WORKBOOK_VISITS,
    WORKBOOK_HOURS,    /* per person and year */
    WORKBOOK_MISSIONS, /* per mission and year */
    WORKBOOK_PEOPLE,
    WORKBOOK_TABLES
};

struct workbook_pack;

struct workbook {
    lxw_workbook *book;
    struct workbook_pack *pack;
    const struct register_source *source;
    const struct workbook_about *about;
    lxw_format *formats[WORKBOOK_LOOKS];
    int64_t rows;                        /* of all tables */
    int parts[WORKBOOK_TABLES];          /* sheets of each */
    int64_t seconds[WORKBOOK_MONTHS][2]; /* by month: volunteers, staff */
};

/* --- texts --- */

/* In the language of whom the workbook is for. */
const char *workbook_say(const struct workbook *workbook, const char *text);

/* What a column is called there, and how many characters wide it is. */
const char *workbook_title(const struct workbook *workbook, const char *heading);
double workbook_width(const char *heading);

/* "Visits", or of a later part "Visits 2"; LXW_SHEETNAME_MAX bytes are enough. */
void workbook_sheet_name(const struct workbook *workbook, enum workbook_table table, int part,
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

/* --- rows, packed while they are written --- */

enum rc workbook_pack_new(const char *scratch_folder, struct workbook_pack **out_pack) MUST_CHECK;
void workbook_pack_free(struct workbook_pack *pack);

/* The rows of this sheet from now on, and no more of the one before; in the order of the book. */
enum rc workbook_pack_begin(struct workbook_pack *pack, lxw_worksheet *sheet) MUST_CHECK;

/* What was written so far is on the disk of the scratch folder: nobody else would say if not. */
enum rc workbook_pack_settle(struct workbook_pack *pack) MUST_CHECK;

/* Before the library closes the book, or frees it: no rows of any sheet any more. */
enum rc workbook_pack_end(struct workbook_pack *pack) MUST_CHECK;

/* Writes the book with its rows. `in`: what the library made of the book without them. */
enum rc workbook_bind(FILE *in, const struct workbook_pack *pack, FILE *out) MUST_CHECK;

/* --- rows --- */

/* A number that is not shown: not 0 where the label is ours, and said in their language. */
#define WORKBOOK_NOTE "note"

struct workbook_columns {
    struct register_column list[REGISTER_COLUMNS_MAX];
    int count;
    int label, months; /* of sums: what says whose they are, the first of twelve months; else -1 */
};

struct workbook_columns workbook_columns(enum workbook_table table,
                                         const struct register_source *source);

struct workbook_hearer {
    void *context;
    enum rc (*row)(void *context, enum workbook_table table, const struct register_cell *cells);
};

/* All rows of all tables, in their order. What the hearer returns instead of RC_OK ends it. */
enum rc workbook_each(const struct register_source *source,
                      const struct workbook_hearer *hearer) MUST_CHECK;

/* --- rows between two threads --- */

/*
 * Bounded: whoever reads waits while it is full, whoever writes while it is empty. When one of them
 * ends, so does the other.
 */
struct workbook_queue;

/* NULL: no memory. Free it when the other thread has ended. */
struct workbook_queue *workbook_queue_new(const struct register_source *source);
void workbook_queue_free(struct workbook_queue *queue);

/* As the row of a hearer, whose context is the queue. RC_GONE: nobody wants more. */
enum rc workbook_queue_put(void *context, enum workbook_table table,
                           const struct register_cell *cells) MUST_CHECK;

/* There are no more rows. */
void workbook_queue_end(struct workbook_queue *queue);

/* Calls the hearer until the end. What it returns instead of RC_OK ends it for both. */
enum rc workbook_queue_each(struct workbook_queue *queue,
                            const struct workbook_hearer *hearer) MUST_CHECK;

/* --- sheets --- */

/* A table while it is written, into as many sheets as it needs. */
struct workbook_sheet {
    struct workbook *workbook;
    enum workbook_table table;
    struct workbook_columns columns;
    int places[REGISTER_COLUMNS_MAX];        /* in the sheet; below 0: not shown */
    const char *usual[REGISTER_COLUMNS_MAX]; /* a text that is not said; "" */
    int width;
    int clock, note, year, as; /* columns by what they are; below 0: there is none */
    int64_t totals[12];
    lxw_worksheet *sheet;
    lxw_row_t row;
};

enum rc workbook_begin_table(struct workbook *workbook, enum workbook_table table,
                             struct workbook_sheet *out_sheet) MUST_CHECK;
enum rc workbook_put_row(struct workbook_sheet *sheet,
                         const struct register_cell *cells) MUST_CHECK;
enum rc workbook_end_table(struct workbook_sheet *sheet) MUST_CHECK;

/* All tables. */
enum rc workbook_fill(struct workbook *workbook) MUST_CHECK;

/* A formula with what it comes to, for whoever shows the file without calculating. */
enum rc workbook_put_sum(lxw_worksheet *sheet, lxw_row_t row, int column, const char *formula,
                         int64_t seconds, lxw_format *format) MUST_CHECK;

enum rc workbook_add_months(struct workbook *workbook) MUST_CHECK;
enum rc workbook_add_about(struct workbook *workbook) MUST_CHECK;

/* Is every part of the file there to its end? RC_CORRUPT: not. */
enum rc workbook_check(const char *path) MUST_CHECK;

#endif
