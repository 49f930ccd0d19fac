/*
 * register_rows.h - the tables of register.h as rows of cells that know what they are, for whoever
 * gives them a look: register.c as CSV, workbook.c as sheets. Nobody else includes it.
 */
#ifndef APP_EXCHANGE_REGISTER_ROWS_H
#define APP_EXCHANGE_REGISTER_ROWS_H

#include "app/exchange/register.h"

#define REGISTER_COLUMNS_MAX 22

enum register_cell_kind {
    REGISTER_CELL_TEXT,
    REGISTER_CELL_NUMBER,
    REGISTER_CELL_DAY,    /* of the venue, as 20261125 */
    REGISTER_CELL_TIME,   /* UTC milliseconds */
    REGISTER_CELL_LENGTH, /* seconds, as a clock shows them */
    REGISTER_CELL_HOURS,  /* the same seconds, as hours to calculate with */
};

struct register_column {
    const char *heading; /* for machines: never translated, never renamed */
    enum register_cell_kind kind;
};

struct register_cell {
    const char *text; /* REGISTER_CELL_TEXT: UTF-8, "" for nothing; as long as the row */
    int64_t number;   /* all others */
    bool is_empty;    /* there is nothing to show */
};

/* Their number; the column of changes is there where the source has a mark. */
int register_columns(enum register_table table, const struct register_source *source,
                     struct register_column out_columns[REGISTER_COLUMNS_MAX]);

/*
 * Calls `row` with the cells of each row. What it returns instead of RC_OK ends it with that.
 */
enum rc register_each(enum register_table table, const struct register_source *source,
                      enum rc (*row)(void *context, const struct register_cell *cells),
                      void *context) MUST_CHECK;

/* One visit as a row. RC_EMPTY: it is counted by number, or not the organisation's. */
enum rc register_visit_cells(const struct register_source *source,
                             const struct snapshot_visit *visit,
                             enum rc (*row)(void *context, const struct register_cell *cells),
                             void *context) MUST_CHECK;

#endif
