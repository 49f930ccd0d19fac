#include "tests/support/evening.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/store/lookup.h"
#include "app/store/office.h"
#include "firmware/base/hex.h"

static int roll(struct evening *evening, int sides)
{
    return (int)random_below(&evening->random, (unsigned)sides);
}

void evening_begin(struct evening *evening, struct house *house, uint64_t seed)
{
    *evening = (struct evening){.house = house};
    random_init(&evening->random, seed);
    for (int i = 0; i < HOUSE_PEOPLE; i++) {
        struct evening_guest *guest = &evening->guests[evening->guest_count++];
        guest->person = house->people[i];
        snprintf(guest->badge, sizeof guest->badge, "%s", house_badges[i]);
    }
    int64_t last = house_number(house, "SELECT max(seq) FROM fact");
    house_expect(last < EVENING_KNOWN_MAX, "too many facts for one evening");
    for (int64_t seq = 1; seq <= last; seq++)
        evening->is_known[seq] = true;
}

/* --- the ledger --- */

static void tell(struct evening *evening, struct fact_id fact, enum fact_kind kind,
                 struct fact_id subject)
{
    if (evening->told_count < EVENING_TOLD_MAX)
        evening->told[evening->told_count++] = (struct evening_told){fact, subject, kind};
    if (fact.seq < EVENING_KNOWN_MAX)
        evening->is_known[fact.seq] = true;
    evening->flight = 0;
}

/* --- acts: true when the disk took it --- */

static struct evening_guest *any_guest(struct evening *evening)
{
    return &evening->guests[roll(evening, evening->guest_count)];
}

static bool tap(struct evening *evening)
{
    evening->flight = 1;
    struct answer answer = house_tap(evening->house, any_guest(evening)->badge);
    if (evening->house->disk)
        return false;
    evening->flight = 0;
    if (fact_id_is_none(answer.fact))
        return true;
    tell(evening, answer.fact, answer.kind == ANSWER_WITHDRAWN ? FACT_REFUSAL : FACT_TAP,
         answer.person);
    evening->last = answer;
    return true;
}

static bool press(struct evening *evening)
{
    evening->flight = 1;
    enum answer_kind wanted = roll(evening, 2) ? ANSWER_ARRIVAL : ANSWER_DEPARTURE;
    struct answer answer = house_press(evening->house, any_guest(evening)->person, wanted);
    if (evening->house->disk == RC_NOT_FOUND) { /* erased meanwhile */
        evening->flight = 0;
        return true;
    }
    if (evening->house->disk)
        return false;
    evening->flight = 0;
    if (!fact_id_is_none(answer.fact))
        tell(evening, answer.fact, FACT_PRESS, answer.person);
    return true;
}

static bool undo(struct evening *evening)
{
    if (fact_id_is_none(evening->last.fact))
        return true;
    evening->flight = 1;
    if (house_undo(evening->house, &evening->last))
        return false;
    tell(evening, evening->house->undo, FACT_UNDO, evening->last.person);
    evening->last.fact = (struct fact_id){0, 0};
    return true;
}

static enum rc add_people(struct evening *evening, int count, struct fact_id *out_people,
                          struct badge *badges)
{
    struct journal *journal = evening->house->journal;
    static const struct fact_id nobody = {0, 0};
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < count; i++) {
        struct fact fact;
        char hex[2 * BADGE_HASH_BYTES + 1];
        struct badge_hash hash = badge_hash(&badges[i], journal_key(journal));
        hex_encode(hash.bytes, sizeof hash.bytes, hex);
        rc = journal_add(journal, FACT_PERSON_ADDED, nobody, nobody,
                         json_pack("{s:s,s:s,s:s}", "first_name", "Dries", "last_name",
                                   "van den Broeck", "email", "dries@example.org"),
                         &fact);
        if (!rc)
            rc = journal_add(journal, FACT_BADGE_GIVEN, fact.id, nobody,
                             json_pack("{s:s,s:s}", "badge", hex, "key", journal_key_id(journal)),
                             NULL);
        if (!rc)
            out_people[i] = fact.id;
    }
    return rc;
}

/* Several people in one transaction, as an import does it. */
static bool import(struct evening *evening)
{
    struct journal *journal = evening->house->journal;
    struct clock_reading now = house_now(evening->house);
    struct fact_id people[8];
    struct badge badges[8];
    int count = 1 + roll(evening, 8);
    if (evening->guest_count + count > EVENING_GUESTS_MAX)
        return true;
    for (int i = 0; i < count; i++)
        snprintf(badges[i].text, sizeof badges[i].text, "uid:04%08X0000",
                 (unsigned)roll(evening, 0x7fffffff));
    evening->flight = 0;
    if (journal_begin(journal, &now))
        return false;
    if (add_people(evening, count, people, badges)) {
        journal_rollback(journal);
        return false;
    }
    if (journal_commit(journal))
        return false;
    for (int i = 0; i < count; i++) {
        struct evening_guest *guest = &evening->guests[evening->guest_count++];
        guest->person = people[i];
        memcpy(guest->badge, badges[i].text, sizeof guest->badge);
        tell(evening, people[i], FACT_PERSON_ADDED, people[i]);
        tell(evening, (struct fact_id){people[i].station, people[i].seq + 1}, FACT_BADGE_GIVEN,
             people[i]);
    }
    return true;
}

static bool record(struct evening *evening, enum fact_kind kind, struct fact_id subject,
                   json_t *body)
{
    struct journal *journal = evening->house->journal;
    struct clock_reading now = house_now(evening->house);
    struct fact fact;
    evening->flight = 0;
    if (journal_begin(journal, &now)) {
        json_decref(body);
        return false;
    }
    if (journal_add(journal, kind, subject, (struct fact_id){0, 0}, body, &fact)) {
        journal_rollback(journal);
        return false;
    }
    if (journal_commit(journal))
        return false;
    tell(evening, fact.id, kind, subject);
    return true;
}

/* Erases the oldest facts about a guest who came by import. */
static bool erase(struct evening *evening)
{
    if (evening->guest_count == HOUSE_PEOPLE)
        return true;
    int at = HOUSE_PEOPLE + roll(evening, evening->guest_count - HOUSE_PEOPLE);
    struct fact_id person = evening->guests[at].person;
    if (!record(evening, FACT_TOMBSTONE, person,
                json_pack("{s:[[I,I,I]]}", "of", (json_int_t)person.station, (json_int_t)person.seq,
                          (json_int_t)person.seq + 1)))
        return false;
    evening->guests[at] = evening->guests[--evening->guest_count];
    return true;
}

static bool set_clock(struct evening *evening)
{
    struct house *house = evening->house;
    clock_turn(house->clock, house_now(house).wall_ms + roll(evening, 7200000) - 3600000,
               CLOCK_STAFF);
    return record(evening, FACT_CLOCK_SET, (struct fact_id){0, 0}, json_pack("{s:s}", "by", "ada"));
}

static bool checkpoint(struct evening *evening)
{
    evening->flight = 0;
    return journal_checkpoint(evening->house->journal) == RC_OK;
}

static bool look(struct evening *evening)
{
    evening->flight = 0;
    if (evening->snapshot) {
        evening_pause(evening);
        return true;
    }
    return snapshot_open(evening->house->path, &evening->snapshot, NULL) == RC_OK;
}

static bool rebuild(struct evening *evening)
{
    evening->flight = 0;
    enum rc rc = journal_rebuild_some(evening->house->journal);
    return rc == RC_OK || rc == RC_EMPTY;
}

/* The door's or the office's answer: nothing to do is no refusal. */
static bool heard(struct evening *evening, enum rc rc, struct fact_id fact, enum fact_kind kind,
                  struct fact_id person)
{
    if (rc && rc != RC_REFUSED && rc != RC_NOT_FOUND)
        return false;
    evening->flight = 0;
    if (!rc && !fact_id_is_none(fact))
        tell(evening, fact, kind, person);
    return true;
}

static bool bring(struct evening *evening)
{
    struct door_result result;
    struct door_guests guests = {.person = any_guest(evening)->person,
                                 .adults = roll(evening, 4),
                                 .children = roll(evening, 3),
                                 .names = {"Max"},
                                 .name_count = 1,
                                 .now = house_now(evening->house)};
    evening->flight = 1;
    door_guests(evening->house->journal, &guests, &result);
    if (!result.disk)
        evening->last = result.answer;
    return heard(evening, result.disk, result.answer.fact, FACT_GUESTS, guests.person);
}

static bool correct(struct evening *evening)
{
    struct journal *journal = evening->house->journal;
    struct fact_id person = any_guest(evening)->person, fact = {0, 0};
    struct office office = {.now = house_now(evening->house)};
    struct visit visit = {.arrived_ms = 0};
    evening->flight = 1;
    if (roll(evening, 2)) {
        enum answer_kind answer = roll(evening, 2) ? ANSWER_ARRIVAL : ANSWER_DEPARTURE;
        return heard(evening, office_record(journal, &office, person, answer, &fact, NULL), fact,
                     FACT_PRESS, person);
    }
    enum rc rc =
        journal_db(journal) ? lookup_last_visit(journal_db(journal), person, &visit) : RC_IO;
    if (rc)
        return heard(evening, rc == RC_EMPTY ? RC_NOT_FOUND : rc, fact, FACT_CORRECTION, person);
    struct office_correction correction = {.visit = visit.id,
                                           .arrived_ms = visit.arrived_ms - 60000,
                                           .is_void = roll(evening, 4) == 0,
                                           .reason = "as told on paper"};
    return heard(evening, office_correct(journal, &office, &correction, &fact, NULL), fact,
                 FACT_CORRECTION, person);
}

/* Two facts where somebody had it: both or none. */
static bool lend(struct evening *evening)
{
    static const struct fact_id untold = {0, 0};
    struct office office = {.now = house_now(evening->house)};
    struct office_badge gift = {.person = any_guest(evening)->person, .is_lent = true};
    house_expect(!badge_from_reader("uid:04111111111111", &gift.badge), "no badge to lend");
    evening->flight = 0;
    return heard(evening, office_give_badge(evening->house->journal, &office, &gift, NULL), untold,
                 FACT_BADGE_GIVEN, gift.person);
}

/* Some are touched twice, and noted once. */
static bool take(struct evening *evening)
{
    struct door_result result;
    struct door_deed deed = {.person = any_guest(evening)->person,
                             .kind = roll(evening, 3) ? DEED_DRINK : DEED_NEED,
                             .text = "a ramp at the back door",
                             .now = house_now(evening->house),
                             .occasion = OCCASION_DRINKS};
    evening->flight = 1;
    for (int touches = 1 + roll(evening, 2); touches > 0; touches--) {
        door_do(evening->house->journal, &deed, &result, NULL);
        if (!heard(evening, result.disk, result.answer.fact, FACT_DEED, deed.person))
            return false;
        if (!result.disk)
            evening->last = result.answer;
    }
    return true;
}

static const struct {
    int share; /* of 100 */
    bool (*act)(struct evening *evening);
} acts[] = {
    [EVENING_TAPS] = {40, tap},
    [EVENING_PRESSES] = {8, press},
    [EVENING_UNDOES] = {9, undo},
    [EVENING_IMPORTS] = {6, import},
    [EVENING_ERASES] = {3, erase},
    [EVENING_SETS_CLOCK] = {2, set_clock},
    [EVENING_CHECKPOINTS] = {10, checkpoint},
    [EVENING_LOOKS] = {6, look},
    [EVENING_REBUILDS] = {4, rebuild},
    [EVENING_BRINGS] = {4, bring},
    [EVENING_CORRECTS] = {3, correct},
    [EVENING_LENDS] = {2, lend},
    [EVENING_TAKES] = {3, take},
};

bool evening_do(struct evening *evening, enum evening_kind kind)
{
    evening->acts++;
    return acts[kind].act(evening);
}

bool evening_act(struct evening *evening)
{
    static const int pauses_ms[] = {100, 3000, 70000, 1800000, 9 * 3600000};
    house_wait(evening->house, pauses_ms[roll(evening, 5)]);
    int at = roll(evening, 100), kind = 0;
    for (; at >= acts[kind].share; kind++)
        at -= acts[kind].share;
    return evening_do(evening, (enum evening_kind)kind);
}

void evening_pause(struct evening *evening)
{
    snapshot_close(evening->snapshot);
    evening->snapshot = NULL;
}

/* --- checking --- */

static void found(struct evening_loss *loss, long *counter, const char *format, ...)
{
    va_list arguments;
    if ((*counter)++ > 0 || loss->first[0])
        return;
    va_start(arguments, format);
    vsnprintf(loss->first, sizeof loss->first, format, arguments);
    va_end(arguments);
}

static void check_soundness(struct evening *evening, struct evening_loss *loss)
{
    struct db *db = journal_db(evening->house->journal);
    struct sqlite3_stmt *rows = NULL;
    char text[64] = "nothing";
    enum rc rc = db_query_row(db, &rows, "PRAGMA integrity_check", "");
    if (!rc) {
        db_column_text(rows, 0, text, sizeof text);
        db_done(rows);
    }
    if (strcmp(text, "ok") != 0) {
        found(loss, &loss->corrupt, "integrity check says %s (%s)", text, rc_text(rc));
        return;
    }
    struct verify_result result = house_verify(evening->house);
    if (!verify_holds(&result))
        found(loss, &loss->corrupt, "verify found %s", result.first);
}

static void check_told(struct evening *evening, struct evening_loss *loss)
{
    struct db *db = journal_db(evening->house->journal);
    for (int i = 0; i < evening->told_count; i++) {
        const struct evening_told *told = &evening->told[i];
        struct sqlite3_stmt *rows = NULL;
        enum rc rc = db_query_row(db, &rows,
                                  "SELECT kind, subject_station, subject_seq FROM fact"
                                  " WHERE station=? AND seq=?",
                                  "I", told->fact);
        if (rc) {
            found(loss, &loss->lost, "fact %lld (%s) was told and is gone",
                  (long long)told->fact.seq, fact_kind_name(told->kind));
            continue;
        }
        if (db_column(rows, 0) != (int64_t)told->kind ||
            !fact_id_is_same(db_column_id(rows, 1), told->subject))
            found(loss, &loss->lost, "fact %lld is another than was told",
                  (long long)told->fact.seq);
        db_done(rows);
    }
    evening->told_count = 0;
}

static bool is_taken_back(struct evening *evening, int64_t seq)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM fact WHERE kind=%d AND seq>%lld AND"
             " json_extract(CAST(body AS TEXT), '$.of[1]')=%lld",
             FACT_TAKE_BACK, (long long)seq, (long long)seq);
    return house_number(evening->house, sql) > 0;
}

static bool is_presence(enum fact_kind kind)
{
    return kind == FACT_TAP || kind == FACT_PRESS || kind == FACT_UNDO || kind == FACT_GUESTS ||
           kind == FACT_CORRECTION || kind == FACT_DEED;
}

/* Facts nobody was told of: they become known, so that each is judged once. */
static void check_untold(struct evening *evening, struct evening_loss *loss)
{
    struct db *db = journal_db(evening->house->journal);
    struct sqlite3_stmt *rows = NULL;
    int standing = 0;
    int64_t first = 0;
    enum rc rc = db_query(db, &rows, "SELECT seq, kind FROM fact ORDER BY seq DESC LIMIT 600", "");
    while (!rc && !(rc = db_step(db, rows))) {
        int64_t seq = db_column(rows, 0);
        enum fact_kind kind = (enum fact_kind)db_column(rows, 1);
        house_expect(seq < EVENING_KNOWN_MAX, "too many facts for one evening");
        if (evening->is_known[seq] || kind == FACT_TAKE_BACK)
            continue;
        evening->is_known[seq] = true;
        if (is_presence(kind) && !is_taken_back(evening, seq)) {
            standing++;
            first = seq;
        }
    }
    if (standing > evening->flight)
        found(loss, &loss->counted, "fact %lld was refused and counts", (long long)first);
    evening->flight = 0;
}

void evening_check(struct evening *evening, struct evening_loss *loss)
{
    check_soundness(evening, loss);
    if (loss->corrupt)
        return;
    check_told(evening, loss);
    check_untold(evening, loss);
}
