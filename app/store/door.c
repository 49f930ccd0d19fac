#include "app/store/door.h"

#include <assert.h>

#include "app/store/door_i.h"
#include "app/store/office.h"
#include "app/store/rota.h"
#include "firmware/base/hex.h"

static const struct fact_id house = {0, 0};

/* --- taps --- */

static json_t *tap_body(const struct journal *journal, const struct door_found *found,
                        enum answer_kind answer)
{
    char hash[2 * BADGE_HASH_BYTES + 1];
    hex_encode(found->badge.hash.bytes, sizeof found->badge.hash.bytes, hash);
    return json_pack("{s:s,s:s,s:s}", "badge", hash, "key", journal_key_id(journal), "answer",
                     answer_name(answer));
}

/* A scene that waits for a host or for staff leaves everybody else to the door. */
static bool is_claimed(const struct door_tap *tap, const struct tap_situation *situation,
                       const struct door_found *found)
{
    bool is_known = situation->badge == TAP_BADGE_KNOWN;
    switch (tap->claim) {
    case TAP_CLAIM_NONE: return false;
    case TAP_CLAIM_HOST:
        return is_known && rights_may(mandate_rights(&found->mandate), RIGHT_VOUCH);
    case TAP_CLAIM_STAFF:
        return is_known && rights_open_staff_mode(mandate_rights(&found->mandate));
    case TAP_CLAIM_KNOWN: return is_known;
    case TAP_CLAIM_ANY: return true;
    case TAP_CLAIM_BLANK: return situation->badge == TAP_BADGE_UNKNOWN;
    case TAP_CLAIM_ONE: return is_known && fact_id_is_same(found->person.id, tap->claimed);
    }
    return false;
}

/* What the answer shows once the fact, where there is one, is in the views. */
static enum rc fill(struct journal *journal, const struct door_found *found, struct answer *answer)
{
    enum rc rc = RC_OK;
    if (answer->kind == ANSWER_ARRIVAL_FORGOTTEN)
        rc = door_fill_forgotten(journal, found, answer);
    if (!rc)
        rc = door_fill(journal, answer);
    if (!rc)
        rc = door_fill_welcome(journal, answer);
    return rc ? rc : door_fill_occasion(journal, found, answer);
}

/* Where hours don't count nobody is asked when they left. */
static const struct tap_row *choose_row(const struct tap_situation *situation,
                                        const struct door_found *found)
{
    const struct tap_row *row = tap_decide(situation);
    bool is_asked = occasion_kind_has_hours(found->visit.kind);
    return row->answer == ANSWER_ARRIVAL_FORGOTTEN && !is_asked ? tap_row_of(ANSWER_ARRIVAL) : row;
}

static enum rc answer_tap(struct journal *journal, const struct door_tap *tap, bool is_somebodys,
                          struct door_found *found, struct tap_situation *situation,
                          struct answer *answer)
{
    enum rc rc = RC_OK;
    situation->is_claimed = is_claimed(tap, situation, found);
    const struct tap_row *row = choose_row(situation, found);
    door_show_as(row->answer, answer);
    answer->is_badge_known = situation->badge == TAP_BADGE_KNOWN;
    if (!is_somebodys)
        return RC_OK;
    door_name_person(found, tap->home, answer);
    if (row->fact)
        rc = door_record_move(journal, row->fact, found, tap_body(journal, found, row->answer),
                              answer);
    return rc ? rc : fill(journal, found, answer);
}

/* Looks up, decides and records inside the transaction that the caller opened. */
static enum rc decide(struct journal *journal, const struct door_tap *tap, struct answer *answer)
{
    struct door_found found = {.has_visit = false};
    struct tap_situation situation = {
        .gap_ms = tap->gap_ms,
        .is_undone = tap->is_undone,
        .since_ms = TAP_NEVER,
    };
    journal_place_now(journal, &answer->at_ms, &answer->is_time_doubtful);
    enum rc rc = door_find_badge(journal, &tap->badge, answer->at_ms, &found, &situation);
    bool is_somebodys = rc == RC_OK;
    if (is_somebodys)
        rc = door_find_presence(journal, &tap->now, answer->at_ms, &found, &situation);
    else if (rc == RC_EMPTY)
        rc = RC_OK;
    if (!rc && is_somebodys)
        rc = door_find_occasion(journal, tap->occasion, answer->at_ms, &found, &situation);
    if (!rc)
        rc = answer_tap(journal, tap, is_somebodys, &found, &situation, answer);
    door_forget(&found);
    return rc;
}

/* The disk refused: the name may still be known, so that the right person hears of it. */
static void refuse(struct journal *journal, const struct door_tap *tap, struct answer *answer)
{
    struct door_found found = {.has_visit = false};
    struct tap_situation situation = {
        .is_disk_refusing = true,
        .gap_ms = tap->gap_ms,
        .since_ms = TAP_NEVER,
    };
    enum rc rc = journal_db(journal)
                     ? door_find_badge(journal, &tap->badge, tap->now.wall_ms, &found, &situation)
                     : RC_IO;
    *answer = (struct answer){.language = tap->home, .is_time_doubtful = true};
    if (rc == RC_OK)
        door_name_person(&found, tap->home, answer);
    else if (rc != RC_EMPTY)
        situation.badge =
            TAP_BADGE_KNOWN; /* nobody can tell: never send somebody away as unknown */
    situation.is_claimed = is_claimed(tap, &situation, &found);
    answer->is_badge_known = rc == RC_OK && situation.badge == TAP_BADGE_KNOWN;
    door_show_as(tap_decide(&situation)->answer, answer);
}

void door_tap(struct journal *journal, const struct door_tap *tap, struct door_result *out_result)
{
    struct answer answer = {.language = tap->home};
    enum rc rc = journal_begin(journal, &tap->now);
    if (!rc)
        rc = door_end(journal, decide(journal, tap, &answer), &answer);
    if (rc)
        refuse(journal, tap, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}

/* --- buttons, and people without their badge --- */

/* Who it is and whether they are in. RC_NOT_FOUND: nobody. */
static enum rc find_by_id(struct journal *journal, struct fact_id person,
                          const struct clock_reading *now, enum language home,
                          struct door_found *found, struct tap_situation *situation,
                          struct answer *answer)
{
    journal_place_now(journal, &answer->at_ms, &answer->is_time_doubtful);
    enum rc rc = door_find_person(journal, person, found);
    if (rc)
        return rc == RC_EMPTY ? RC_NOT_FOUND : rc;
    door_name_person(found, home, answer);
    return door_find_presence(journal, now, answer->at_ms, found, situation);
}

static enum rc press_as(struct journal *journal, const struct door_press *press,
                        struct door_found *found, struct tap_situation *situation,
                        struct answer *answer)
{
    bool is_arrival = press->answer == ANSWER_ARRIVAL;
    bool is_forgotten = situation->is_in && situation->is_past_end;
    bool is_in = situation->is_in && !is_forgotten;
    if (is_in == is_arrival) {
        door_show_as(is_arrival ? ANSWER_ALREADY_IN : ANSWER_HAS_LEFT, answer);
        return fill(journal, found, answer);
    }
    door_show_as(is_forgotten ? ANSWER_ARRIVAL_FORGOTTEN : press->answer, answer);
    enum rc rc = door_record_move(journal, FACT_PRESS, found,
                                  json_pack("{s:s}", "answer", answer_name(answer->kind)), answer);
    return rc ? rc : fill(journal, found, answer);
}

static enum rc press_in(struct journal *journal, const struct door_press *press,
                        struct answer *answer)
{
    struct door_found found = {.has_visit = false};
    struct tap_situation situation = {.since_ms = TAP_NEVER};
    enum rc rc =
        find_by_id(journal, press->person, &press->now, press->home, &found, &situation, answer);
    if (!rc)
        rc = door_find_occasion(journal, press->occasion, answer->at_ms, &found, &situation);
    if (!rc)
        rc = press_as(journal, press, &found, &situation, answer);
    door_forget(&found);
    return rc;
}

void door_press(struct journal *journal, const struct door_press *press,
                struct door_result *out_result)
{
    struct answer answer = {.language = press->home};
    enum rc rc = journal_begin(journal, &press->now);
    if (!rc)
        rc = door_end(journal, press_in(journal, press, &answer), &answer);
    if (rc)
        door_refuse(press->person, press->home, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}

static json_t *entry_body(const struct door_entry *entry, enum answer_kind answer)
{
    json_t *by = fact_id_is_none(entry->by)
                     ? NULL
                     : json_pack("[I,I]", (json_int_t)entry->by.station, (json_int_t)entry->by.seq);
    return json_pack("{s:s,s:s,s:o*,s:o*}", "answer", answer_name(answer), "how",
                     presence_how_name(entry->how), "by", by, "is_new",
                     entry->is_new ? json_true() : NULL);
}

enum rc door_let_in(struct journal *journal, const struct door_entry *entry, struct answer *answer)
{
    struct door_found found = {.has_visit = false};
    struct tap_situation situation = {
        .badge = TAP_BADGE_KNOWN, .gap_ms = TAP_NEVER, .since_ms = TAP_NEVER};
    enum rc rc =
        find_by_id(journal, entry->person, &entry->now, entry->home, &found, &situation, answer);
    if (!rc)
        rc = door_find_occasion(journal, entry->occasion, answer->at_ms, &found, &situation);
    if (!rc) {
        const struct tap_row *row = choose_row(&situation, &found);
        door_show_as(row->answer, answer);
        if (row->fact)
            rc = door_record_move(journal, FACT_PRESS, &found, entry_body(entry, row->answer),
                                  answer);
    }
    if (!rc)
        rc = fill(journal, &found, answer);
    door_forget(&found);
    return rc;
}

void door_enter(struct journal *journal, const struct door_entry *entry,
                struct door_result *out_result)
{
    struct answer answer = {.language = entry->home};
    assert(entry->how == PRESENCE_NAME || entry->how == PRESENCE_STAFF);
    enum rc rc = journal_begin(journal, &entry->now);
    if (!rc)
        rc = door_end(journal, door_let_in(journal, entry, &answer), &answer);
    if (rc)
        door_refuse(entry->person, entry->home, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}

/* Said again after a disk that refused and had it all the same, it stays as it is. */
static enum rc give(struct journal *journal, const struct door_entry *entry,
                    const struct badge *badge, struct reason *out_why)
{
    const struct office office = {.by = entry->by, .now = entry->now};
    const struct office_badge gift = {.person = entry->person, .badge = *badge};
    struct fact_id owner;
    struct fold_badge owned;
    enum rc rc = lookup_owner(journal_db(journal), journal_key(journal), badge, &owner, &owned);
    if (rc && rc != RC_EMPTY)
        return rc;
    bool is_theirs =
        !rc && !owned.is_withdrawn && !owned.is_lent && fact_id_is_same(owner, entry->person);
    return is_theirs ? RC_OK : office_hand_badge(journal, &office, &gift, out_why);
}

static enum rc give_and_enter(struct journal *journal, const struct door_entry *entry,
                              const struct badge *badge, struct answer *answer,
                              struct reason *out_why)
{
    enum rc rc = give(journal, entry, badge, out_why);
    return rc ? rc : door_let_in(journal, entry, answer);
}

void door_link(struct journal *journal, const struct door_entry *entry, const struct badge *badge,
               struct door_result *out_result, struct reason *out_why)
{
    struct answer answer = {.language = entry->home};
    enum rc rc = journal_begin(journal, &entry->now);
    assert(entry->how == PRESENCE_NAME || entry->how == PRESENCE_STAFF);
    if (!rc && (rc = give_and_enter(journal, entry, badge, &answer, out_why)))
        journal_rollback(journal);
    else if (!rc)
        rc = journal_commit(journal); /* also where only the badge is new */
    if (rc)
        door_refuse(entry->person, entry->home, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}

/* --- taking back --- */

/* What somebody did for another person is that one's. */
static enum rc find_subject(struct db *db, struct fact_id fact, struct fact_id *subject)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT subject_station, subject_seq FROM fact"
                              " WHERE station=? AND seq=? AND kind=?",
                              "Id", fact, (int)FACT_DEED);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    *subject = db_column_id(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc door_undo(struct journal *journal, enum fact_kind kind, struct fact_id person,
                  struct fact_id fact, const struct clock_reading *now, struct fact_id *out_undo)
{
    struct fact undo;
    enum rc rc = journal_begin(journal, now);
    if (rc)
        return rc;
    rc = find_subject(journal_db(journal), fact, &person);
    if (!rc)
        rc = journal_add(
            journal, kind, person, house,
            json_pack("{s:[I,I]}", "of", (json_int_t)fact.station, (json_int_t)fact.seq), &undo);
    if (!rc)
        rc = rota_give_back(journal, person, fact);
    if (rc) {
        journal_rollback(journal);
        return rc;
    }
    rc = journal_commit(journal);
    if (!rc)
        *out_undo = undo.id;
    return rc;
}
