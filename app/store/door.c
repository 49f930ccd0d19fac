#include "app/store/door.h"

#include <string.h>

#include "app/domain/day.h"
#include "app/store/lookup.h"
#include "firmware/base/hex.h"

/* What the look-up found, beside the situation that the tap table judges. */
struct found {
    struct person person;
    struct badge_hash hash;
    struct visit visit;
    bool has_visit;
};

static const struct fact_id house = {0, 0};

/* The same card may be listed in another writing: the first form that somebody has counts. */
static enum rc find_badge(struct journal *journal, const struct badge *badge, struct found *found,
                          struct tap_situation *situation)
{
    struct badge forms[BADGE_FORMS_MAX];
    struct fact_id id;
    bool is_withdrawn;
    int count = badge_forms(badge, forms);
    enum rc rc = RC_EMPTY;
    for (int i = 0; rc == RC_EMPTY && i < count; i++) {
        found->hash = badge_hash(&forms[i], journal_key(journal));
        rc = lookup_badge(journal_db(journal), &found->hash, &id, &is_withdrawn);
    }
    if (rc)
        return rc;
    rc = lookup_person(journal_db(journal), id, &found->person);
    if (!rc)
        situation->badge = is_withdrawn ? TAP_BADGE_WITHDRAWN : TAP_BADGE_KNOWN;
    return rc;
}

static enum rc find_presence(struct journal *journal, const struct clock_reading *now,
                             int64_t at_ms, struct found *found, struct tap_situation *situation)
{
    struct db *db = journal_db(journal);
    uint8_t boot[CLOCK_BOOT_BYTES];
    int64_t mono_ms;
    enum rc rc = lookup_last_visit(db, found->person.id, &found->visit);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    found->has_visit = true;
    situation->is_in = found->visit.how_out == PRESENCE_OPEN;
    situation->is_past_end = at_ms >= found->visit.closes_ms;
    rc = lookup_since(db, found->person.id, boot, &mono_ms);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    /* Over a restart it is at least the uptime. */
    bool is_this_boot = memcmp(boot, now->boot, sizeof boot) == 0;
    situation->since_ms = is_this_boot ? now->mono_ms - mono_ms : now->mono_ms;
    return RC_OK;
}

static void name_person(const struct person *person, enum language home, struct answer *answer)
{
    answer->person = person->id;
    memcpy(answer->first_name, person->first_name, sizeof answer->first_name);
    person_display_name(person, answer->display_name, sizeof answer->display_name);
    answer->language = person_language(person, home);
}

static void show_as(enum answer_kind kind, struct answer *answer)
{
    const struct tap_row *row = tap_row_of(kind);
    answer->kind = kind;
    answer->shown_ms = row->shown_ms;
    answer->undo_ms = row->undo_ms;
}

/* The numbers a result shows, from the views as they stand after the fact. */
static enum rc fill(struct journal *journal, int64_t at_ms, struct answer *answer)
{
    struct db *db = journal_db(journal);
    struct visit visit = {.arrived_ms = 0};
    int day_end_min = journal_day_end_min(journal);
    enum rc rc = lookup_last_visit(db, answer->person, &visit);
    if (rc && rc != RC_EMPTY)
        return rc;
    answer->arrived_ms = visit.arrived_ms;
    answer->left_ms = visit.left_ms;
    rc = lookup_seconds(db, answer->person, day_begin(at_ms, day_end_min), at_ms, &answer->today_s);
    if (!rc)
        rc = lookup_seconds(db, answer->person, day_month_begin(at_ms, day_end_min), at_ms,
                            &answer->month_s);
    return rc ? rc : lookup_here(db, at_ms, &answer->here);
}

static json_t *tap_body(const struct journal *journal, const struct found *found,
                        enum answer_kind answer)
{
    char hash[2 * BADGE_HASH_BYTES + 1];
    hex_encode(found->hash.bytes, sizeof found->hash.bytes, hash);
    return json_pack("{s:s,s:s,s:s}", "badge", hash, "key", journal_key_id(journal), "answer",
                     answer_name(answer));
}

/* Adds the fact and brings the views up to it, so that the answer's numbers include it. */
static enum rc record(struct journal *journal, enum fact_kind kind, json_t *body,
                      struct answer *answer)
{
    struct fact fact;
    enum rc rc = journal_add(journal, kind, answer->person, house, body, &fact);
    if (!rc)
        rc = journal_settle(journal);
    if (rc)
        return rc;
    answer->fact = fact.id;
    answer->at_ms = fact.effective_ms;
    answer->is_time_doubtful = fact.is_doubtful;
    return RC_OK;
}

/* Looks up, decides and records inside the transaction that the caller opened. */
static enum rc decide(struct journal *journal, const struct door_tap *tap, struct answer *answer)
{
    struct found found = {.has_visit = false};
    struct tap_situation situation = {
        .is_claimed = tap->is_claimed,
        .gap_ms = tap->gap_ms,
        .is_undone = tap->is_undone,
        .since_ms = TAP_NEVER,
        .occasion = tap->occasion,
    };
    journal_place_now(journal, &answer->at_ms, &answer->is_time_doubtful);
    enum rc rc = find_badge(journal, &tap->badge, &found, &situation);
    bool is_known = rc == RC_OK;
    if (is_known)
        rc = find_presence(journal, &tap->now, answer->at_ms, &found, &situation);
    if (rc && rc != RC_EMPTY)
        return rc;

    const struct tap_row *row = tap_decide(&situation);
    show_as(row->answer, answer);
    if (!is_known)
        return RC_OK;
    name_person(&found.person, tap->home, answer);
    if (row->fact) {
        rc = record(journal, row->fact, tap_body(journal, &found, row->answer), answer);
        if (rc)
            return rc;
    }
    if (row->answer == ANSWER_ARRIVAL_FORGOTTEN)
        answer->forgotten_ms = found.visit.arrived_ms;
    return fill(journal, answer->at_ms, answer);
}

/* The disk refused: the name may still be known, so that the right person hears of it. */
static void refuse(struct journal *journal, const struct door_tap *tap, struct answer *answer)
{
    struct found found = {.has_visit = false};
    struct tap_situation situation = {
        .is_claimed = tap->is_claimed,
        .is_disk_refusing = true,
        .gap_ms = tap->gap_ms,
        .since_ms = TAP_NEVER,
    };
    enum rc rc = journal_db(journal) ? find_badge(journal, &tap->badge, &found, &situation) : RC_IO;
    *answer = (struct answer){.language = tap->home, .is_time_doubtful = true};
    if (rc == RC_OK)
        name_person(&found.person, tap->home, answer);
    else if (rc != RC_EMPTY)
        situation.badge =
            TAP_BADGE_KNOWN; /* nobody can tell: never send somebody away as unknown */
    show_as(tap_decide(&situation)->answer, answer);
}

void door_tap(struct journal *journal, const struct door_tap *tap, struct door_result *out_result)
{
    struct answer answer = {.language = tap->home};
    enum rc rc = journal_begin(journal, &tap->now);
    if (!rc) {
        rc = decide(journal, tap, &answer);
        if (!rc && !fact_id_is_none(answer.fact))
            rc = journal_commit(journal);
        else
            journal_rollback(journal);
    }
    if (rc)
        refuse(journal, tap, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}

/* --- buttons --- */

static enum rc press_in(struct journal *journal, const struct door_press *press,
                        struct answer *answer)
{
    struct found found = {.has_visit = false};
    struct tap_situation situation = {.since_ms = TAP_NEVER};
    journal_place_now(journal, &answer->at_ms, &answer->is_time_doubtful);
    enum rc rc = lookup_person(journal_db(journal), press->person, &found.person);
    if (rc)
        return rc == RC_EMPTY ? RC_NOT_FOUND : rc;
    rc = find_presence(journal, &press->now, answer->at_ms, &found, &situation);
    if (rc)
        return rc;
    name_person(&found.person, press->home, answer);

    bool is_arrival = press->answer == ANSWER_ARRIVAL;
    if (situation.is_in == is_arrival) {
        show_as(is_arrival ? ANSWER_ALREADY_IN : ANSWER_HAS_LEFT, answer);
        return fill(journal, answer->at_ms, answer);
    }
    show_as(press->answer, answer);
    rc = record(journal, FACT_PRESS, json_pack("{s:s}", "answer", answer_name(press->answer)),
                answer);
    return rc ? rc : fill(journal, answer->at_ms, answer);
}

void door_press(struct journal *journal, const struct door_press *press,
                struct door_result *out_result)
{
    struct answer answer = {.language = press->home};
    enum rc rc = journal_begin(journal, &press->now);
    if (!rc) {
        rc = press_in(journal, press, &answer);
        if (!rc && !fact_id_is_none(answer.fact))
            rc = journal_commit(journal);
        else
            journal_rollback(journal);
    }
    if (rc) {
        answer = (struct answer){
            .person = press->person, .language = press->home, .is_time_doubtful = true};
        show_as(ANSWER_NOT_RECORDED, &answer);
    }
    out_result->answer = answer;
    out_result->disk = rc;
}

enum rc door_undo(struct journal *journal, enum fact_kind kind, struct fact_id person,
                  struct fact_id fact, const struct clock_reading *now, struct fact_id *out_undo)
{
    struct fact undo;
    enum rc rc = journal_begin(journal, now);
    if (rc)
        return rc;
    rc = journal_add(journal, kind, person, house,
                     json_pack("{s:[I,I]}", "of", (json_int_t)fact.station, (json_int_t)fact.seq),
                     &undo);
    if (rc) {
        journal_rollback(journal);
        return rc;
    }
    rc = journal_commit(journal);
    if (!rc)
        *out_undo = undo.id;
    return rc;
}
