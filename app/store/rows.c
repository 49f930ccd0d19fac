#include "app/store/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* --- first visits --- */

void rows_write_numbers(const int64_t *numbers, int count, char out_text[ROWS_NUMBERS_BYTES])
{
    int used = 0;
    out_text[0] = 0;
    for (int i = 0; i < count && i < ROWS_NUMBERS_MAX; i++)
        used += snprintf(out_text + used, (size_t)(ROWS_NUMBERS_BYTES - used), "%s%lld",
                         i ? " " : "", (long long)numbers[i]);
}

int rows_read_numbers(const char *text, int64_t out_numbers[ROWS_NUMBERS_MAX])
{
    int count = 0;
    char *end;
    while (count < ROWS_NUMBERS_MAX) {
        int64_t number = strtoll(text, &end, 10);
        if (end == text)
            break;
        out_numbers[count++] = number;
        text = end;
    }
    return count;
}

static int read_list(struct sqlite3_stmt *rows, int column, int64_t out_numbers[ROWS_NUMBERS_MAX])
{
    char text[ROWS_NUMBERS_BYTES];
    db_column_text(rows, column, text, sizeof text);
    return rows_read_numbers(text, out_numbers);
}

static void read_steps(struct sqlite3_stmt *rows, int at, struct newcomer *newcomer)
{
    int64_t hows[ROWS_NUMBERS_MAX] = {0}, times[ROWS_NUMBERS_MAX] = {0};
    (void)read_list(rows, at, hows);
    (void)read_list(rows, at + 1, times);
    for (int i = 0; i < GUIDE_STEP_COUNT; i++) {
        bool is_how = hows[i] >= 0 && hows[i] < NEWCOMER_HOW_COUNT;
        newcomer->steps[i] = is_how ? (enum newcomer_how)hows[i] : NEWCOMER_NOT_YET;
        newcomer->steps_ms[i] = times[i];
    }
}

static void read_passed(struct sqlite3_stmt *rows, int at, struct newcomer *newcomer)
{
    int64_t numbers[ROWS_NUMBERS_MAX];
    newcomer->passed_count = read_list(rows, at, numbers) / 2;
    for (int i = 0; i < newcomer->passed_count; i++)
        newcomer->passed[i] = (struct fact_id){numbers[(2 * i)], numbers[(2 * i) + 1]};
}

void rows_read_newcomer(struct sqlite3_stmt *rows, int at, struct newcomer *out_newcomer)
{
    _Static_assert(GUIDE_STEP_COUNT <= ROWS_NUMBERS_MAX, "a column holds a number for each step");
    _Static_assert(2 * NEWCOMER_PASSED_MAX <= ROWS_NUMBERS_MAX, "and two for who could not");
    *out_newcomer = (struct newcomer){
        .has_begun = true,
        .began_ms = db_column(rows, at),
        .began = db_column_id(rows, at + 1),
        .wants_shaping = db_column(rows, at + 11) != 0,
        .is_charter_signed = db_column(rows, at + 14) != 0,
        .buddy = db_column_id(rows, at + 15),
        .buddy_state = (enum newcomer_buddy)(db_column(rows, at + 17) & 3),
        .buddy_ms = db_column(rows, at + 18),
    };
    read_steps(rows, at + 3, out_newcomer);
    for (int wish = 0; wish < GUIDE_WISH_COUNT; wish++)
        db_column_text(rows, at + 5 + wish, out_newcomer->wishes[wish],
                       sizeof out_newcomer->wishes[wish]);
    db_column_text(rows, at + 10, out_newcomer->missions, sizeof out_newcomer->missions);
    db_column_text(rows, at + 12, out_newcomer->charter, sizeof out_newcomer->charter);
    db_column_text(rows, at + 13, out_newcomer->charter_language,
                   sizeof out_newcomer->charter_language);
    read_passed(rows, at + 19, out_newcomer);
}

/* --- sums --- */

void rows_read_outcomes(struct sqlite3_stmt *rows, int column,
                        int64_t out_outcomes[SIGN_UP_OUTCOMES])
{
    int64_t numbers[ROWS_NUMBERS_MAX] = {0};
    _Static_assert(SIGN_UP_OUTCOMES <= ROWS_NUMBERS_MAX, "a column holds a number for each");
    (void)read_list(rows, column, numbers);
    memcpy(out_outcomes, numbers, SIGN_UP_OUTCOMES * sizeof *numbers);
}

static void read_deeds(struct sqlite3_stmt *rows, int column, int64_t out_deeds[DEED_COUNT])
{
    int64_t numbers[ROWS_NUMBERS_MAX] = {0};
    _Static_assert(DEED_COUNT <= ROWS_NUMBERS_MAX, "a column holds a number for each");
    (void)read_list(rows, column, numbers);
    memcpy(out_deeds, numbers, DEED_COUNT * sizeof *numbers);
}

enum rc rows_read_total(struct sqlite3_stmt *rows, int at, struct totals *totals)
{
    struct total_part part = {.organisation = db_column_id(rows, at + 10),
                              .kind = read_kind(db_column(rows, at + 12)),
                              .seconds = db_column(rows, at + 13),
                              .assumed_s = db_column(rows, at + 14)};
    struct total *last = totals->count ? &totals->rows[totals->count - 1] : NULL;
    if (db_column(rows, at + 1) > 0 && last && last->part_count < TOTAL_PARTS_MAX) {
        last->parts[last->part_count++] = part;
        return RC_OK;
    }
    struct total total = {.month = (int)db_column(rows, at + 2),
                          .kind = read_kind(db_column(rows, at + 3)),
                          .is_staff = db_column(rows, at + 4) != 0,
                          .visits = db_column(rows, at + 5),
                          .firsts = db_column(rows, at + 6),
                          .guests = db_column(rows, at + 7),
                          .children = db_column(rows, at + 8),
                          .parts = {part},
                          .part_count = 1};
    rows_read_outcomes(rows, at + 9, total.sign_ups);
    read_deeds(rows, at + 15, total.deeds);
    return totals_append(totals, &total);
}

void rows_read_consent(struct sqlite3_stmt *rows, int at, struct consents *consents)
{
    int64_t field = db_column(rows, at);
    if (field < 0 || field >= CONSENT_COUNT)
        return;
    struct consent_row *row = &consents->rows[field];
    *row = (struct consent_row){.is_said = true,
                                .is_given = db_column(rows, at + 1) != 0,
                                .at_ms = db_column(rows, at + 3)};
    db_column_text(rows, at + 2, row->version, sizeof row->version);
}
