/*
 * csv.h - reading tables that spreadsheets wrote: RFC 4180, and what people's files make of it.
 *
 * Encoding and separator are found out (charset.h; `;` `,` or TAB, counted outside quotes in the
 * first lines, or said by Excel's "sep=;" line). Rows come one by one, so memory stays the same
 * for any file. A row that cannot be read is handed out with its line and its problem, and the
 * next one follows: one unclosed quote spoils one row, not the rest of the file.
 *
 * What csv_writer.h defused is restored (formula.h). A reader belongs to one thread.
 */
#ifndef APP_EXCHANGE_CSV_H
#define APP_EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "app/exchange/charset.h"
#include "firmware/base/rc.h"

#define CSV_FILE_BYTES (16 << 20)
#define CSV_ROWS 100000
#define CSV_COLUMNS 64
#define CSV_CELL_BYTES 4096 /* as UTF-8 */
#define CSV_ROW_LINES 32    /* how many lines of the file one row may take, in quoted cells */

struct csv_row {
    int line;                 /* of the file, counted from 1: where the row begins */
    int last_line;            /* where it ends; later than `line` where a quoted cell has lines */
    bool is_cut;              /* the file ends in it, without a line break */
    int count;                /* of cells; those read before the problem, if there is one */
    const char *const *cells; /* UTF-8; valid until the next call */
    const char *problem;      /* NULL, or a sentence why this row cannot be read */
};

struct csv;

/*
 * Begins to read `length` bytes, which stay the caller's and must outlive the reader. RC_LIMIT
 * beyond CSV_FILE_BYTES, else what charset_detect says; with a sentence. Free with csv_close.
 */
enum rc csv_open(const char *bytes, size_t length, struct csv **out_csv,
                 struct reason *out_reason) MUST_CHECK;
void csv_close(struct csv *csv);

/*
 * The next row; empty lines are passed over. RC_EMPTY at the end, RC_LIMIT behind CSV_ROWS rows.
 */
enum rc csv_next(struct csv *csv, struct csv_row *out_row) MUST_CHECK;

/* What was found out. */
enum charset csv_charset(const struct csv *csv);
char csv_separator(const struct csv *csv);

#endif
