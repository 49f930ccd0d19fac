/*
 * register_i.h - the inside of the register's rows, shared by register_rows.c (which rows there
 * are, and whose), register_cells.c (what stands in them) and register_hours.c (their sums). Nobody
 * else includes it.
 */
#ifndef APP_EXCHANGE_REGISTER_I_H
#define APP_EXCHANGE_REGISTER_I_H

#include "app/exchange/register_rows.h"
#include "app/store/changes.h"

#define REGISTER_ID_BYTES 96

/* What the cells of one row are made from. */
struct register_row {
    const struct register_source *source;
    enum changes_how how; /* gone: only its id says something */
    char id[REGISTER_ID_BYTES];
    char whose[REGISTER_ID_BYTES]; /* a person's id or pseudonym; "" */
    const struct person *person;   /* NULL: it says nothing of them but `whose` */
    const struct snapshot_visit *visit;
    const struct snapshot_stint *stint;
    const struct snapshot_person *member;
    const struct snapshot_newcomer *newcomer;
    const char *buddy;
    int64_t last_ms;
};

/* Is it within what was asked for? */
bool register_is_theirs(const struct register_source *source, struct fact_id organisation);

/* How hours are counted. */
enum privacy_count register_count_of_stint(const struct register_source *source,
                                           const struct snapshot_stint *stint);

/* The cells of the columns that are shown. */
void register_fill(enum register_table table, const struct register_row *row,
                   struct register_cell out_cells[REGISTER_COLUMNS_MAX]);

#endif
