/* Occasions made, moved and called off, and what that does to who signed up; shifts signed off. */
#include <stdlib.h>
#include <string.h>

#include "app/store/keys.h"
#include "app/store/office_i.h"
#include "app/store/rota_i.h"

#define WORD_BYTES 201
#define NAME_BYTES 128

/* --- who signed up for what moves --- */

struct promised {
    struct fact_id person;
    struct sign_up sign_up;
};

static enum rc collect(struct db *db, struct fact_id occasion, struct promised **out_rows,
                       size_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    struct promised *list = NULL;
    size_t count = 0, capacity = 0;
    enum rc rc = db_query(db, &rows,
                          "SELECT" ROWS_SIGN_UP ", s.person_station, s.person_seq FROM sign_up s"
                          " WHERE s.occasion_station=? AND s.occasion_seq=? AND s.end=0"
                          " ORDER BY s.person_station, s.person_seq, s.shift",
                          "I", occasion);
    while (!rc && !(rc = db_step(db, rows))) {
        if (count == capacity) {
            struct promised *grown = realloc(list, (capacity = 2 * capacity + 8) * sizeof *list);
            if (!grown) {
                rc = RC_NO_MEMORY;
                break;
            }
            list = grown;
        }
        rows_read_sign_up(rows, 0, &list[count].sign_up);
        list[count++].person = db_column_id(rows, ROWS_SIGN_UP_COLUMNS);
    }
    db_done(rows);
    if (rc != RC_EMPTY) {
        free(list);
        return rc;
    }
    *out_rows = list;
    *out_count = count;
    return RC_OK;
}

static struct answer_slot slot_of(const struct occasion *occasion, const struct shift *shift)
{
    struct answer_slot slot = {.of = {occasion->id, shift->number},
                               .kind = occasion->kind,
                               .from_ms = shift->from_ms,
                               .to_ms = shift->to_ms};
    const char *title = shift->mission[0] ? shift->mission : occasion->title;
    memcpy(slot.title, title, utf8_cut(title, sizeof slot.title - 1));
    return slot;
}

/* Who came for it has come: calling it off afterwards takes nobody's hours to somewhere else. */
static enum rc call_off(struct journal *journal, const struct office *office,
                        const struct occasion *after, const struct promised *promised)
{
    int64_t now_ms;
    bool is_doubtful;
    journal_place_now(journal, &now_ms, &is_doubtful);
    if (sign_up_outcome(&promised->sign_up, now_ms) == SIGN_UP_CAME)
        return RC_OK;
    return office_add_for(
        journal, office, FACT_SIGN_UP_ENDED, promised->person, after->organisation,
        rota_end_body(promised->sign_up.of, SIGN_UP_CANCELLED, "", (struct fact_id){0, 0}), NULL);
}

static enum rc restate(struct journal *journal, const struct office *office,
                       const struct occasion *after, const struct promised *promised)
{
    const struct sign_up *sign_up = &promised->sign_up;
    const struct shift *shift = occasion_shift(after, sign_up->of.number);
    if (!shift || after->state == OCCASION_CANCELLED)
        return call_off(journal, office, after, promised);
    struct answer_slot slot = slot_of(after, shift);
    bool is_same = slot.from_ms == sign_up->from_ms && slot.to_ms == sign_up->to_ms &&
                   strcmp(slot.title, sign_up->mission) == 0 &&
                   fact_id_is_same(after->organisation, sign_up->organisation);
    return is_same ? RC_OK
                   : office_add_for(journal, office, FACT_SIGN_UP, promised->person,
                                    after->organisation,
                                    rota_promise_body(&slot, sign_up->is_stand_in_sought), NULL);
}

static enum rc restate_all(struct journal *journal, const struct office *office,
                           const struct occasion *after)
{
    struct promised *list = NULL;
    size_t count = 0;
    enum rc rc = collect(journal_db(journal), after->id, &list, &count);
    for (size_t i = 0; !rc && i < count; i++)
        rc = restate(journal, office, after, &list[i]);
    free(list);
    return rc;
}

enum rc rota_restate(struct journal *journal, const struct office *office, struct fact_id id)
{
    struct occasion occasion;
    enum rc rc = journal_settle(journal);
    if (!rc)
        rc = lookup_occasion(journal_db(journal), id, &occasion);
    return rc ? rc : restate_all(journal, office, &occasion);
}

/* --- occasions --- */

/* Shifts without a number get the next that was never given. */
static void number_shifts(struct occasion *occasion, const struct occasion *before)
{
    int last = 0;
    for (int i = 0; before && i < before->shift_count; i++)
        if (before->shifts[i].number > last)
            last = before->shifts[i].number;
    for (int i = 0; i < occasion->shift_count; i++)
        if (occasion->shifts[i].number > last)
            last = occasion->shifts[i].number;
    for (int i = 0; i < occasion->shift_count; i++)
        if (!occasion->shifts[i].number)
            occasion->shifts[i].number = ++last;
}

static enum rc add(struct journal *journal, const struct office *office, struct occasion *occasion,
                   struct fact_id *out_id, struct reason *out_reason)
{
    number_shifts(occasion, NULL);
    if (!occasion_is_sound(occasion, NULL))
        return office_refuse(OFFICE_OCCASION_FAULTY, out_reason);
    enum rc rc = lookup_same_occasion(journal_db(journal), occasion, out_id);
    if (rc != RC_EMPTY)
        return rc;
    return office_add_for(journal, office, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                          occasion->organisation, occasion_to_json(occasion), out_id);
}

static enum rc change(struct journal *journal, const struct office *office,
                      struct occasion *occasion, struct reason *out_reason)
{
    struct occasion before;
    enum rc rc = lookup_occasion(journal_db(journal), occasion->id, &before);
    if (rc)
        return rc == RC_EMPTY ? office_refuse(OFFICE_NO_OCCASION, out_reason) : rc;
    number_shifts(occasion, &before);
    if (!occasion_is_sound(occasion, NULL))
        return office_refuse(OFFICE_OCCASION_FAULTY, out_reason);
    json_t *body = occasion_changes(&before, occasion);
    if (!body)
        return RC_NO_MEMORY;
    if (!json_object_size(body) && fact_id_is_same(before.organisation, occasion->organisation)) {
        json_decref(body);
        return RC_OK;
    }
    rc = office_add_for(journal, office, FACT_OCCASION_CHANGED, occasion->id,
                        occasion->organisation, body, NULL);
    return rc ? rc : restate_all(journal, office, occasion);
}

enum rc rota_put_occasion(struct journal *journal, const struct office *office,
                          const struct occasion *occasion, struct fact_id *out_id,
                          struct reason *out_reason)
{
    struct occasion copy = *occasion;
    struct fact_id id = copy.id;
    enum rc rc = fact_id_is_none(id) ? add(journal, office, &copy, &id, out_reason)
                                     : change(journal, office, &copy, out_reason);
    if (!rc)
        *out_id = id;
    return rc;
}

/* What it was, and what it becomes. */
static enum rc check_reach(struct journal *journal, const struct office *office,
                           const struct occasion *occasion, struct reason *out_reason)
{
    struct reach reach;
    enum rc rc = office_reach(journal, office, RIGHT_OCCASION, &reach, out_reason);
    if (!rc && !fact_id_is_none(occasion->id))
        rc = office_check_reach(journal, &reach, OFFICE_ABOUT_OCCASION, occasion->id, out_reason);
    if (!rc && !reach_covers(reach, occasion->organisation))
        rc = office_refuse(OFFICE_NOT_YOURS, out_reason);
    return rc;
}

static enum rc put(struct journal *journal, const struct office *office,
                   const struct occasion *occasion, struct fact_id *out_id,
                   struct reason *out_reason)
{
    struct fact_id id;
    enum rc rc = office_begin(journal, office, RIGHT_OCCASION, OFFICE_ABOUT_ANY,
                              (struct fact_id){0, 0}, out_reason);
    if (rc)
        return rc;
    rc = check_reach(journal, office, occasion, out_reason);
    if (!rc)
        rc = rota_put_occasion(journal, office, occasion, &id, out_reason);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_id = id;
    return rc;
}

enum rc rota_add_occasion(struct journal *journal, const struct office *office,
                          const struct occasion *occasion, struct fact_id *out_id,
                          struct reason *out_reason)
{
    struct occasion fresh = *occasion;
    fresh.id = (struct fact_id){0, 0};
    return put(journal, office, &fresh, out_id, out_reason);
}

enum rc rota_change_occasion(struct journal *journal, const struct office *office,
                             const struct occasion *occasion, struct reason *out_reason)
{
    struct fact_id id;
    return put(journal, office, occasion, &id, out_reason);
}

enum rc rota_set_state(struct journal *journal, const struct office *office, struct fact_id id,
                       enum occasion_state state, struct reason *out_reason)
{
    struct occasion occasion;
    enum rc rc =
        office_begin(journal, office, RIGHT_OCCASION, OFFICE_ABOUT_OCCASION, id, out_reason);
    if (rc)
        return rc;
    rc = lookup_occasion(journal_db(journal), id, &occasion);
    if (rc == RC_EMPTY)
        rc = office_refuse(OFFICE_NO_OCCASION, out_reason);
    if (!rc) {
        occasion.state = state;
        rc = change(journal, office, &occasion, out_reason);
    }
    return office_end(journal, rc, out_reason);
}

/* --- the referent's word --- */

static enum rc check_referent(struct journal *journal, const struct office *office,
                              const struct lookup_shift *shift, struct reason *out_reason)
{
    struct person person;
    struct mandate mandate;
    if (fact_id_is_none(office->by))
        return RC_OK;
    enum rc rc = office_find(journal, office->by, &person, out_reason);
    if (!rc)
        rc = keys_mandate(journal_db(journal), journal_circles(journal), office->by, &mandate);
    if (rc)
        return rc;
    return rota_is_referent(&person, mandate_reach(&mandate, RIGHT_ROTA), shift)
               ? RC_OK
               : office_refuse(OFFICE_NO_RIGHT, out_reason);
}

static enum rc sign_off(struct journal *journal, const struct office *office, struct shift_id of,
                        enum shift_enough were_enough, const char *word, struct reason *out_reason)
{
    struct lookup_shift shift;
    char clean[WORD_BYTES];
    int64_t now_ms;
    bool is_doubtful;
    journal_place_now(journal, &now_ms, &is_doubtful);
    enum rc rc = office_clean(word, sizeof clean, OFFICE_WORD_LONG, clean, out_reason);
    if (!rc && (rc = lookup_one_shift(journal_db(journal), of, &shift)) == RC_EMPTY)
        return office_refuse(OFFICE_NO_SHIFT, out_reason);
    if (!rc)
        rc = check_referent(journal, office, &shift, out_reason);
    if (!rc && now_ms < shift.slot.from_ms)
        return office_refuse(OFFICE_SHIFT_TO_COME, out_reason);
    if (rc)
        return rc;
    json_t *body =
        json_pack("{s:i,s:s}", "shift", of.number, "were_enough", shift_enough_name(were_enough));
    if (body && clean[0] && json_object_set_new(body, "word", json_string(clean))) {
        json_decref(body);
        return RC_NO_MEMORY;
    }
    return body ? office_add_for(journal, office, FACT_SHIFT_CLOSED, of.occasion,
                                 shift.organisation, body, NULL)
                : RC_NO_MEMORY;
}

enum rc rota_sign_off(struct journal *journal, const struct office *office, struct shift_id of,
                      enum shift_enough were_enough, const char *word, struct reason *out_reason)
{
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    rc = sign_off(journal, office, of, were_enough, word, out_reason);
    return office_end(journal, rc, out_reason);
}

/* --- organisations --- */

enum rc rota_add_organisation(struct journal *journal, const struct office *office,
                              const char *name, struct fact_id *out_id, struct reason *out_reason)
{
    char clean[NAME_BYTES];
    struct fact_id id = {0, 0};
    enum rc rc = office_begin(journal, office, RIGHT_OCCASION, OFFICE_ABOUT_HOUSE,
                              (struct fact_id){0, 0}, out_reason);
    if (rc)
        return rc;
    rc = office_clean(name, sizeof clean, OFFICE_NAME_LONG, clean, out_reason);
    if (!rc && !clean[0])
        rc = office_refuse(OFFICE_NO_NAME, out_reason);
    if (!rc && (rc = lookup_organisation(journal_db(journal), clean, &id)) == RC_EMPTY)
        rc = office_add(journal, office, FACT_ORGANISATION_ADDED, (struct fact_id){0, 0},
                        json_pack("{s:s}", "name", clean), &id);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_id = id;
    return rc;
}
