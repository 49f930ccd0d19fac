/*
 * rows.h - people, keyholders and visits as the view tables have them: which columns, and how to
 * read them.
 *
 * In an SQL text the tables are called p, k and v ("FROM person p").
 */
#ifndef APP_STORE_ROWS_H
#define APP_STORE_ROWS_H

#include "app/domain/fold.h"
#include "app/store/db.h"

#define ROWS_PERSON                                                                                \
    " p.station, p.seq, p.number, p.external_id, p.first_name, p.last_name, p.language, p.circle," \
    " p.email, p.phone, p.since "
#define ROWS_PERSON_COLUMNS 11

#define ROWS_KEYHOLDER " k.role, k.pin, k.code, k.misses, k.miss_station, k.miss_seq "
#define ROWS_KEYHOLDER_COLUMNS 6

#define ROWS_VISIT                                                                                 \
    " v.station, v.seq, v.organisation_station, v.organisation_seq, v.arrived_ms, v.left_ms,"      \
    " v.closes_ms, v.how_in, v.how_out, v.is_doubtful_in, v.is_doubtful_out, v.guests,"            \
    " v.children "
#define ROWS_VISIT_COLUMNS 13

/* From the row a statement stands on; the columns begin at `at`. */
void rows_read_person(struct sqlite3_stmt *rows, int at, struct person *out_person);
void rows_read_keyholder(struct sqlite3_stmt *rows, int at, struct fold_keyholder *out_keyholder);
void rows_read_visit(struct sqlite3_stmt *rows, int at, struct visit *out_visit);

#endif
