#include "app/store/rows.h"

void rows_read_person(struct sqlite3_stmt *rows, int at, struct person *out_person)
{
    out_person->id = db_column_id(rows, at);
    for (int i = 0; i < person_field_count; i++)
        db_column_text(rows, at + 2 + i, person_text(out_person, i), person_fields[i].size);
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
    };
}
