#include "app/store/rows.h"

void rows_read_person(struct sqlite3_stmt *rows, int at, struct person *out_person)
{
    out_person->id = db_column_id(rows, at);
    for (int i = 0; i < person_field_count; i++)
        db_column_text(rows, at + 2 + i, person_text(out_person, i), person_fields[i].size);
}

/* A number that is no role of ours opens nothing. */
static enum role read_role(int64_t number)
{
    return number > ROLE_NONE && number < ROLE_COUNT ? (enum role)number : ROLE_NONE;
}

void rows_read_keyholder(struct sqlite3_stmt *rows, int at, struct fold_keyholder *out_keyholder)
{
    out_keyholder->role = read_role(db_column(rows, at));
    db_column_text(rows, at + 1, out_keyholder->pin, sizeof out_keyholder->pin);
    db_column_text(rows, at + 2, out_keyholder->code, sizeof out_keyholder->code);
    out_keyholder->misses = (int)db_column(rows, at + 3);
    out_keyholder->last_miss = db_column_id(rows, at + 4);
}

void rows_read_visit(struct sqlite3_stmt *rows, int at, struct visit *out_visit)
{
    *out_visit = (struct visit){
        .id = db_column_id(rows, at),
        .organisation = db_column_id(rows, at + 2),
        .arrived_ms = db_column(rows, at + 4),
        .left_ms = db_column(rows, at + 5),
        .closes_ms = db_column(rows, at + 6),
        .how_in = (enum presence_how)db_column(rows, at + 7),
        .how_out = (enum presence_how)db_column(rows, at + 8),
        .is_doubtful_in = db_column(rows, at + 9) != 0,
        .is_doubtful_out = db_column(rows, at + 10) != 0,
        .guests = (int)db_column(rows, at + 11),
        .children = (int)db_column(rows, at + 12),
    };
}
