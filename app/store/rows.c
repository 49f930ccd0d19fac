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

static enum occasion_kind read_kind(int64_t number)
{
    return number >= 0 && number < OCCASION_COUNT ? (enum occasion_kind)number : OCCASION_WORKSHOP;
}

/* What is no state of ours takes nobody's promise away. */
static enum occasion_state read_state(int64_t number)
{
    return number >= OCCASION_ON && number <= OCCASION_CANCELLED ? (enum occasion_state)number
                                                                 : OCCASION_VANISHED;
}

static enum deed_kind read_deed(int64_t number)
{
    return number >= 0 && number < DEED_COUNT ? (enum deed_kind)number : DEED_NEED;
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
        .occasion = db_column_id(rows, at + 13),
        .kind = read_kind(db_column(rows, at + 15)),
        .day = (int)db_column(rows, at + 16),
        .is_staff = db_column(rows, at + 17) != 0,
        .assumed_ms = db_column(rows, at + 18),
        .stop_ms = db_column(rows, at + 19),
    };
}

void rows_read_stint(struct sqlite3_stmt *rows, int at, struct stint *out_stint)
{
    *out_stint = (struct stint){
        .visit = db_column_id(rows, at),
        .of = {db_column_id(rows, at + 2), (int)db_column(rows, at + 4)},
        .organisation = db_column_id(rows, at + 5),
        .day = (int)db_column(rows, at + 8),
        .is_staff = db_column(rows, at + 9) != 0,
        .is_assumed = db_column(rows, at + 10) != 0,
        .from_ms = db_column(rows, at + 11),
        .seconds = db_column(rows, at + 12),
    };
    db_column_text(rows, at + 7, out_stint->mission, sizeof out_stint->mission);
}

void rows_read_sign_up(struct sqlite3_stmt *rows, int at, struct sign_up *out_sign_up)
{
    *out_sign_up = (struct sign_up){
        .of = {db_column_id(rows, at), (int)db_column(rows, at + 2)},
        .fact = db_column_id(rows, at + 3),
        .organisation = db_column_id(rows, at + 5),
        .from_ms = db_column(rows, at + 8),
        .to_ms = db_column(rows, at + 9),
        .end = (enum sign_up_end)(db_column(rows, at + 10) & 3),
        .is_stand_in_sought = db_column(rows, at + 11) != 0,
        .replaced_by = db_column_id(rows, at + 12),
        .visit = db_column_id(rows, at + 14),
    };
    db_column_text(rows, at + 7, out_sign_up->mission, sizeof out_sign_up->mission);
}

void rows_read_proposal(struct sqlite3_stmt *rows, int at, struct proposal *out_proposal)
{
    *out_proposal = (struct proposal){
        .fact = db_column_id(rows, at),
        .visit = db_column_id(rows, at + 2),
        .arrived_ms = db_column(rows, at + 4),
        .left_ms = db_column(rows, at + 5),
        .state = (enum proposal_state)(db_column(rows, at + 6) & 3),
        .answer = db_column_id(rows, at + 7),
    };
}

void rows_read_deed(struct sqlite3_stmt *rows, int at, struct deed *out_deed)
{
    *out_deed = (struct deed){
        .fact = db_column_id(rows, at),
        .kind = read_deed(db_column(rows, at + 2)),
        .organisation = db_column_id(rows, at + 3),
        .occasion = db_column_id(rows, at + 5),
        .other = db_column_id(rows, at + 7),
        .day = (int)db_column(rows, at + 9),
        .at_ms = db_column(rows, at + 10),
    };
    db_column_text(rows, at + 11, out_deed->text, sizeof out_deed->text);
}

void rows_read_occasion(struct sqlite3_stmt *rows, int at, struct occasion *out_occasion)
{
    *out_occasion = (struct occasion){
        .id = db_column_id(rows, at),
        .organisation = db_column_id(rows, at + 2),
        .kind = read_kind(db_column(rows, at + 4)),
        .state = read_state(db_column(rows, at + 5)),
        .from_ms = db_column(rows, at + 10),
        .to_ms = db_column(rows, at + 11),
        .is_all_day = db_column(rows, at + 12) != 0,
    };
    db_column_text(rows, at + 6, out_occasion->uid, sizeof out_occasion->uid);
    db_column_text(rows, at + 7, out_occasion->instance, sizeof out_occasion->instance);
    db_column_text(rows, at + 8, out_occasion->title, sizeof out_occasion->title);
    db_column_text(rows, at + 9, out_occasion->place, sizeof out_occasion->place);
    db_column_text(rows, at + 13, out_occasion->source, sizeof out_occasion->source);
}

void rows_read_shift(struct sqlite3_stmt *rows, int at, struct shift *out_shift)
{
    *out_shift = (struct shift){
        .number = (int)db_column(rows, at),
        .from_ms = db_column(rows, at + 2),
        .to_ms = db_column(rows, at + 3),
        .places = (int)db_column(rows, at + 4),
        .is_gone = db_column(rows, at + 8) != 0,
        .closed = db_column_id(rows, at + 9),
        .were_enough = (enum shift_enough)(db_column(rows, at + 11) & 3),
    };
    db_column_text(rows, at + 1, out_shift->mission, sizeof out_shift->mission);
    db_column_text(rows, at + 5, out_shift->circle, sizeof out_shift->circle);
    db_column_text(rows, at + 6, out_shift->skill, sizeof out_shift->skill);
    db_column_text(rows, at + 7, out_shift->referent, sizeof out_shift->referent);
}
