#include "tests/support/torture_house.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "firmware/base/hex.h"
#include "tests/support/fault_vfs.h"

#define PATH "perron.db"

static const uint8_t key[HASH_KEY_BYTES] = "thirty-two bytes for the torture";
static const struct fact_id nobody = {0, 0};

static void need(enum rc rc, const char *what)
{
    if (!rc)
        return;
    fprintf(stderr, "torture: %s: %s\n", what, rc_text(rc));
    exit(1);
}

static struct badge badge_of(int person)
{
    struct badge badge;
    snprintf(badge.text, sizeof badge.text, "uid:04%02XB2C3D4E5F6", (unsigned)person & 255);
    return badge;
}

static enum rc add_person(struct torture_house *house, int person)
{
    char text[2 * BADGE_HASH_BYTES + 1];
    struct badge badge = badge_of(person);
    struct badge_hash hash = badge_hash(&badge, key);
    struct clock_reading now;
    struct fact added;
    clock_read(house->clock, &now);
    hex_encode(hash.bytes, sizeof hash.bytes, text);
    enum rc rc = journal_begin(house->journal, &now);
    if (rc)
        return rc;
    rc = journal_add(house->journal, FACT_PERSON_ADDED, nobody, nobody,
                     json_pack("{s:s,s:s}", "first_name", "Ada", "last_name", "Dubois"), &added);
    if (!rc)
        rc = journal_add(house->journal, FACT_BADGE_GIVEN, added.id, nobody,
                         json_pack("{s:s,s:s}", "badge", text, "key", "torture"), NULL);
    if (!rc)
        return journal_commit(house->journal);
    journal_rollback(house->journal);
    return rc;
}

enum rc torture_house_open(struct torture_house *house)
{
    struct clock_reading now;
    struct journal_config config = {.path = PATH,
                                    .key = key,
                                    .key_id = "torture",
                                    .fingerprint = "torture",
                                    .rules = {240, "Europe/Brussels"}};
    clock_read(house->clock, &now);
    return journal_open(&config, &now, &house->journal, NULL);
}

void torture_house_close(struct torture_house *house)
{
    journal_close(house->journal);
    house->journal = NULL;
}

void torture_house_make(struct torture_house *house, uint64_t seed)
{
    *house = (struct torture_house){.journal = NULL};
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    need(hash_init(), "hash");
    random_init(&house->random, seed);
    need(clock_open_simulated(1795610880000, CLOCK_SYNCED, 1, &house->clock), "clock");
    fault_vfs_install();
    fault_vfs_clear();
    need(torture_house_open(house), "register");
    for (int i = 0; i < TORTURE_PEOPLE; i++)
        need(add_person(house, i), "person");
    for (int i = 0; i < 4 * TORTURE_PEOPLE; i++)
        torture_house_act(house);
    torture_house_close(house);
    house->told_count = 0;
    fault_vfs_remember();
}

static void note(struct torture_house *house, const struct door_result *result)
{
    house->refused += result->disk != RC_OK;
    if (!result->disk && result->answer.fact.seq && house->told_count < TORTURE_TOLD_MAX)
        house->told[house->told_count++] = result->answer.fact.seq;
}

static void tap(struct torture_house *house, const struct clock_reading *now)
{
    struct door_tap tap = {.badge = badge_of((int)random_below(&house->random, TORTURE_PEOPLE + 2)),
                           .now = *now,
                           .gap_ms = TAP_NEVER};
    struct door_result result;
    door_tap(house->journal, &tap, &result);
    note(house, &result);
    if (result.disk || !result.answer.fact.seq || random_below(&house->random, 4))
        return;
    /* every fourth is taken back */
    struct fact_id undo;
    enum rc rc =
        door_undo(house->journal, FACT_UNDO, result.answer.person, result.answer.fact, now, &undo);
    result.disk = rc;
    result.answer.fact = undo;
    note(house, &result);
}

static void press(struct torture_house *house, const struct clock_reading *now)
{
    struct door_press press = {
        .person = {journal_station(house->journal),
                   3 + 2 * (int64_t)random_below(&house->random, TORTURE_PEOPLE)},
        .answer = random_below(&house->random, 2) ? ANSWER_ARRIVAL : ANSWER_DEPARTURE,
        .now = *now};
    struct door_result result;
    door_press(house->journal, &press, &result);
    note(house, &result);
}

void torture_house_act(struct torture_house *house)
{
    struct clock_reading now;
    clock_advance(house->clock, 61000);
    clock_read(house->clock, &now);
    switch (random_below(&house->random, 10)) {
    case 0: (void)!journal_checkpoint(house->journal); break;
    case 1: (void)!add_person(house, 100 + (int)random_below(&house->random, 50)); break;
    case 2: press(house, &now); break;
    default: tap(house, &now); break;
    }
}

static bool is_whole(struct torture_house *house, struct torture_findings *findings)
{
    struct sqlite3_stmt *rows;
    struct verify_result result;
    struct snapshot *snapshot;
    char text[64] = "";
    enum rc rc = db_query(journal_db(house->journal), &rows, "PRAGMA integrity_check", "");
    if (!rc)
        rc = db_step(journal_db(house->journal), rows);
    if (!rc) {
        db_column_text(rows, 0, text, sizeof text);
        db_done(rows);
    }
    if (rc || strcmp(text, "ok") != 0) {
        snprintf(findings->what, sizeof findings->what, "integrity_check: %s", text);
        return false;
    }
    if (snapshot_open(PATH, &snapshot, NULL)) {
        snprintf(findings->what, sizeof findings->what, "no snapshot");
        return false;
    }
    rc = verify_run(snapshot, &result);
    snapshot_close(snapshot);
    if (rc || !verify_holds(&result)) {
        snprintf(findings->what, sizeof findings->what, "verify: %s %.120s", rc_text(rc),
                 rc ? "" : result.first);
        return false;
    }
    return true;
}

void torture_house_judge(struct torture_house *house, struct torture_findings *out_findings)
{
    struct torture_findings findings = {.lost = 0};
    findings.is_corrupt = !is_whole(house, &findings);
    for (int i = 0; i < house->told_count; i++) {
        struct sqlite3_stmt *rows;
        enum rc rc = db_query(journal_db(house->journal), &rows,
                              "SELECT 1 FROM fact WHERE station=? AND seq=?", "ii",
                              journal_station(house->journal), house->told[i]);
        if (!rc)
            rc = db_step(journal_db(house->journal), rows);
        if (!rc)
            db_done(rows);
        findings.lost += rc != RC_OK;
    }
    *out_findings = findings;
}
