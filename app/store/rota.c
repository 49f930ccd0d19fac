#include <stdio.h>
#include <string.h>

#include "app/store/keys.h"
#include "app/store/lookup_hours.h"
#include "app/store/office_i.h"
#include "app/store/rota_i.h"

#define WORD_BYTES 201

json_t *rota_id_to_json(struct fact_id id)
{
    return json_pack("[I,I]", (json_int_t)id.station, (json_int_t)id.seq);
}

enum rc rota_begin(struct journal *journal, const struct office *office, struct fact_id person,
                   struct fact_id occasion, struct reason *out_reason)
{
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    rc = office_check_self(journal, office, person, RIGHT_ROTA, out_reason);
    if (!rc && !fact_id_is_same(office->by, person))
        rc = office_may(journal, office, RIGHT_ROTA, OFFICE_ABOUT_OCCASION, occasion, out_reason);
    return rc ? office_end(journal, rc, out_reason) : RC_OK;
}

enum rc rota_end(struct journal *journal, enum rc rc, struct fact_id fact, struct fact_id *out_fact,
                 struct reason *out_reason)
{
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_fact = fact;
    return rc;
}

/* --- may they? --- */

struct wish {
    struct fact_id person;
    struct lookup_shift shift;
    struct sign_ups sign_ups; /* of theirs, that are not over */
    int64_t now_ms;
};

static enum rc find_wish(struct journal *journal, struct fact_id person, struct shift_id of,
                         struct wish *wish, struct reason *out_reason)
{
    struct person known;
    bool is_doubtful;
    journal_place_now(journal, &wish->now_ms, &is_doubtful);
    wish->person = person;
    enum rc rc = office_find(journal, person, &known, out_reason);
    if (!rc)
        rc = lookup_one_shift(journal_db(journal), of, &wish->shift);
    if (rc == RC_EMPTY)
        return office_refuse(OFFICE_NO_SHIFT, out_reason);
    return rc ? rc
              : lookup_hours_sign_ups(journal_db(journal), person,
                                      wish->shift.slot.from_ms - OCCASION_MAX_MS, &wish->sign_ups);
}

static bool clashes(const struct wish *wish)
{
    const struct answer_slot *slot = &wish->shift.slot;
    for (size_t i = 0; i < wish->sign_ups.count; i++) {
        const struct sign_up *other = &wish->sign_ups.rows[i];
        if (other->end == SIGN_UP_STANDS && other->from_ms < slot->to_ms &&
            other->to_ms > slot->from_ms && !shift_id_is_same(other->of, slot->of))
            return true;
    }
    return false;
}

/* By what they gave, or by what they are trusted with. */
static enum rc is_experienced(struct db *db, struct fact_id person, bool *out_is)
{
    struct fold_keyholder keyholder = {.role = ROLE_NONE};
    enum rc rc = keys_find(db, person, &keyholder);
    if (rc && rc != RC_EMPTY)
        return rc;
    if (keyholder.role != ROLE_NONE) {
        *out_is = true;
        return RC_OK;
    }
    return lookup_is_experienced(db, person, ROTA_EXPERIENCED_DAYS, out_is);
}

/* Is somebody experienced expected at the same occasion while the shift is on? */
static enum rc has_company(struct db *db, const struct wish *wish, bool *out_has)
{
    struct sqlite3_stmt *rows = NULL;
    struct fact_id others[64];
    size_t count = 0;
    const struct answer_slot *slot = &wish->shift.slot;
    *out_has = wish->shift.referent[0] != 0;
    enum rc rc = db_query(db, &rows,
                          "SELECT DISTINCT person_station, person_seq FROM sign_up"
                          " WHERE occasion_station=? AND occasion_seq=? AND end=0"
                          " AND from_ms<? AND to_ms>? AND (person_station, person_seq)<>(?,?)"
                          " LIMIT 64",
                          "IiiI", slot->of.occasion, slot->to_ms, slot->from_ms, wish->person);
    while (!rc && !(rc = db_step(db, rows)) && count < 64)
        others[count++] = db_column_id(rows, 0);
    db_done(rows);
    if (rc == RC_EMPTY)
        rc = RC_OK;
    for (size_t i = 0; !rc && !*out_has && i < count; i++)
        rc = is_experienced(db, others[i], out_has);
    return rc;
}

static enum rc check_first(struct journal *journal, const struct wish *wish,
                           struct reason *out_reason)
{
    bool is_known, has;
    enum rc rc = lookup_is_experienced(journal_db(journal), wish->person, 1, &is_known);
    if (!rc && !is_known)
        rc = is_experienced(journal_db(journal), wish->person, &is_known);
    if (rc || is_known)
        return rc;
    rc = has_company(journal_db(journal), wish, &has);
    return !rc && !has ? office_refuse(OFFICE_SHIFT_FIRST, out_reason) : rc;
}

static enum rc check_wish(struct journal *journal, const struct wish *wish,
                          struct reason *out_reason)
{
    const struct lookup_shift *shift = &wish->shift;
    if (shift->state != OCCASION_ON)
        return office_refuse(OFFICE_SHIFT_OFF, out_reason);
    if (shift->slot.to_ms <= wish->now_ms)
        return office_refuse(OFFICE_SHIFT_OVER, out_reason);
    if (shift->places && !shift->slot.needed)
        return office_refuse(OFFICE_SHIFT_FULL, out_reason);
    if (clashes(wish))
        return office_refuse(OFFICE_SHIFT_CLASHES, out_reason);
    return check_first(journal, wish, out_reason);
}

enum rc rota_may(struct journal *journal, struct fact_id person, struct shift_id of, bool *out_may)
{
    struct wish wish = {.sign_ups = {.rows = NULL}};
    enum rc rc = find_wish(journal, person, of, &wish, NULL);
    if (!rc)
        rc = check_wish(journal, &wish, NULL);
    sign_ups_finish(&wish.sign_ups);
    if (rc && rc != RC_REFUSED && rc != RC_NOT_FOUND)
        return rc;
    *out_may = rc == RC_OK;
    return RC_OK;
}

bool rota_is_referent(const struct person *person, struct reach reach,
                      const struct lookup_shift *shift)
{
    return reach_covers(reach, shift->organisation) || person_is_called(person, shift->referent);
}

/* --- promises --- */

json_t *rota_promise_body(const struct answer_slot *slot, bool is_sought)
{
    json_t *body =
        json_pack("{s:o,s:i,s:s,s:I,s:I}", "occasion", rota_id_to_json(slot->of.occasion), "shift",
                  slot->of.number, "mission", slot->title, "from_ms", (json_int_t)slot->from_ms,
                  "to_ms", (json_int_t)slot->to_ms);
    if (body && is_sought && json_object_set_new(body, "is_stand_in_sought", json_true())) {
        json_decref(body);
        return NULL;
    }
    return body;
}

json_t *rota_end_body(struct shift_id of, enum sign_up_end how, const char *reason,
                      struct fact_id replaced_by)
{
    json_t *body = json_pack("{s:o,s:i,s:s}", "occasion", rota_id_to_json(of.occasion), "shift",
                             of.number, "how", sign_up_end_name(how));
    bool is_whole = body != NULL;
    if (is_whole && reason[0])
        is_whole = json_object_set_new(body, "reason", json_string(reason)) == 0;
    if (is_whole && !fact_id_is_none(replaced_by))
        is_whole = json_object_set_new(body, "replaced_by", rota_id_to_json(replaced_by)) == 0;
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

/* Who has looked longest for somebody to stand in. RC_EMPTY: nobody does. */
static enum rc find_sought(struct db *db, struct shift_id of, struct fact_id *out_person)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT s.person_station, s.person_seq FROM sign_up s JOIN fact f"
                              " ON f.station=s.fact_station AND f.seq=s.fact_seq"
                              " WHERE s.occasion_station=? AND s.occasion_seq=? AND s.shift=?"
                              " AND s.end=0 AND s.is_stand_in_sought"
                              " ORDER BY f.effective_ms, f.station, f.seq LIMIT 1",
                              "Id", of.occasion, of.number);
    if (rc)
        return rc;
    *out_person = db_column_id(rows, 0);
    db_done(rows);
    return RC_OK;
}

/* All places are taken, but one of them looks for a stand-in: that one is replaced. */
static enum rc replace(struct journal *journal, const struct office *office,
                       const struct wish *wish)
{
    struct fact_id replaced;
    const struct lookup_shift *shift = &wish->shift;
    if (!shift->places || shift->standing < shift->places)
        return RC_OK;
    enum rc rc = find_sought(journal_db(journal), shift->slot.of, &replaced);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    return office_add_for(journal, office, FACT_SIGN_UP_ENDED, replaced, shift->organisation,
                          rota_end_body(shift->slot.of, SIGN_UP_REPLACED, "", wish->person), NULL);
}

static enum rc sign_up(struct journal *journal, const struct office *office, struct wish *wish,
                       struct fact_id *out_fact, struct reason *out_reason)
{
    const struct sign_up *mine = sign_ups_find(&wish->sign_ups, wish->shift.slot.of);
    if (mine && mine->end == SIGN_UP_STANDS && !mine->is_stand_in_sought) {
        *out_fact = (struct fact_id){0, 0};
        return RC_OK;
    }
    bool stands = mine && mine->end == SIGN_UP_STANDS; /* and no longer wants to be replaced */
    enum rc rc = stands ? RC_OK : check_wish(journal, wish, out_reason);
    if (!rc && !stands)
        rc = replace(journal, office, wish);
    return rc ? rc
              : office_add_for(journal, office, FACT_SIGN_UP, wish->person,
                               wish->shift.organisation,
                               rota_promise_body(&wish->shift.slot, false), out_fact);
}

enum rc rota_promise(struct journal *journal, const struct office *office, struct fact_id person,
                     struct shift_id of, struct fact_id *out_fact, struct reason *out_reason)
{
    struct wish wish = {.sign_ups = {.rows = NULL}};
    enum rc rc = find_wish(journal, person, of, &wish, out_reason);
    if (!rc)
        rc = sign_up(journal, office, &wish, out_fact, out_reason);
    sign_ups_finish(&wish.sign_ups);
    return rc;
}

enum rc rota_sign_up(struct journal *journal, const struct office *office, struct fact_id person,
                     struct shift_id of, struct fact_id *out_fact, struct reason *out_reason)
{
    struct fact_id fact = {0, 0};
    enum rc rc = rota_begin(journal, office, person, of.occasion, out_reason);
    if (rc)
        return rc;
    rc = rota_promise(journal, office, person, of, &fact, out_reason);
    return rota_end(journal, rc, fact, out_fact, out_reason);
}

/* A promise that stands and is not over. */
static enum rc find_mine(struct journal *journal, struct fact_id person, struct shift_id of,
                         struct wish *wish, struct reason *out_reason)
{
    enum rc rc = find_wish(journal, person, of, wish, out_reason);
    if (rc)
        return rc;
    const struct sign_up *mine = sign_ups_find(&wish->sign_ups, of);
    if (!mine || mine->end != SIGN_UP_STANDS)
        return office_refuse(OFFICE_SHIFT_NOT_THEIRS, out_reason);
    return mine->to_ms <= wish->now_ms ? office_refuse(OFFICE_SHIFT_OVER, out_reason) : RC_OK;
}

enum rc rota_excuse(struct journal *journal, const struct office *office, struct fact_id person,
                    struct shift_id of, const char *why, struct fact_id *out_fact,
                    struct reason *out_reason)
{
    struct wish wish = {.sign_ups = {.rows = NULL}};
    struct fact_id fact = {0, 0};
    char reason[WORD_BYTES];
    enum rc rc = rota_begin(journal, office, person, of.occasion, out_reason);
    if (rc)
        return rc;
    rc = office_clean(why, sizeof reason, OFFICE_WORD_LONG, reason, out_reason);
    if (!rc)
        rc = find_mine(journal, person, of, &wish, out_reason);
    if (!rc)
        rc = office_add_for(journal, office, FACT_SIGN_UP_ENDED, person, wish.shift.organisation,
                            rota_end_body(of, SIGN_UP_EXCUSED, reason, (struct fact_id){0, 0}),
                            &fact);
    sign_ups_finish(&wish.sign_ups);
    return rota_end(journal, rc, fact, out_fact, out_reason);
}

enum rc rota_seek_stand_in(struct journal *journal, const struct office *office,
                           struct fact_id person, struct shift_id of, bool is_sought,
                           struct fact_id *out_fact, struct reason *out_reason)
{
    struct wish wish = {.sign_ups = {.rows = NULL}};
    struct fact_id fact = {0, 0};
    enum rc rc = rota_begin(journal, office, person, of.occasion, out_reason);
    if (rc)
        return rc;
    rc = find_mine(journal, person, of, &wish, out_reason);
    if (!rc && sign_ups_find(&wish.sign_ups, of)->is_stand_in_sought != is_sought)
        rc = office_add_for(journal, office, FACT_SIGN_UP, person, wish.shift.organisation,
                            rota_promise_body(&wish.shift.slot, is_sought), &fact);
    sign_ups_finish(&wish.sign_ups);
    return rota_end(journal, rc, fact, out_fact, out_reason);
}
