#include "tests/support/house.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/store/views.h"
#include "firmware/base/hex.h"

#define BEGIN_MS 1795610880000 /* 2026-11-25 12:48 UTC */

/* Tests go on with what a house gives them: what cannot be built ends them. */
static void need(enum rc rc, const char *what, const struct reason *reason)
{
    if (!rc)
        return;
    fprintf(stderr, "house: %s: %s %s\n", what, rc_text(rc), reason ? reason->text : "");
    abort();
}

static void open_journal(struct house *house)
{
    char fingerprint[64];
    struct reason reason = {""};
    struct clock_reading now = house_now(house);
    folder_fingerprint(house->folder, fingerprint, sizeof fingerprint);
    struct journal_config config = {
        .path = house->db_path,
        .key = folder_key(house->folder),
        .key_id = folder_key_id(house->folder),
        .fingerprint = fingerprint,
        .rules = {.day_end_min = 240, .time_zone = "Europe/Brussels"},
    };
    need(journal_open(&config, &now, &house->journal, &reason), "journal", &reason);
}

void house_open(struct house *house)
{
    struct reason reason = {""};
    *house = (struct house){.path = "/tmp/perron-house-XXXXXX"};
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    need(hash_init(), "hash", NULL);
    if (!mkdtemp(house->path))
        abort();
    snprintf(house->db_path, sizeof house->db_path, "%.60s/perron.db", house->path);
    need(clock_open_simulated(BEGIN_MS, CLOCK_SYNCED, 1, &house->clock), "clock", NULL);
    need(folder_open(house->path, FOLDER_WRITE, &house->folder, &reason), "folder", &reason);
    open_journal(house);
    house->ada = house_add(house, "Ada", HOUSE_ADA);
    house->zoe = house_add(house, "Zoé", HOUSE_ZOE);
    house->joris = house_add(house, "Joris", HOUSE_JORIS);
}

void house_close(struct house *house)
{
    char command[192];
    journal_close(house->journal);
    folder_close(house->folder);
    clock_close(house->clock);
    snprintf(command, sizeof command, "chmod -R u+w %.60s && rm -rf %.60s", house->path,
             house->path);
    if (system(command))
        abort();
}

void house_reopen(struct house *house)
{
    journal_close(house->journal);
    open_journal(house);
}

void house_reboot(struct house *house, int64_t wall_ms, enum clock_trust trust)
{
    static unsigned boot = 1;
    journal_close(house->journal);
    clock_close(house->clock);
    need(clock_open_simulated(wall_ms, trust, ++boot, &house->clock), "clock", NULL);
    open_journal(house);
}

void house_wait(struct house *house, int64_t ms)
{
    clock_advance(house->clock, ms);
}

struct clock_reading house_now(const struct house *house)
{
    struct clock_reading now;
    clock_read(house->clock, &now);
    return now;
}

struct fact_id house_fact(struct house *house, enum fact_kind kind, struct fact_id subject,
                          json_t *body)
{
    const struct fact_id nobody = {0, 0};
    struct clock_reading now = house_now(house);
    struct fact fact;
    need(journal_begin(house->journal, &now), "begin", NULL);
    need(journal_add(house->journal, kind, subject, nobody, body, &fact), "add", NULL);
    need(journal_commit(house->journal), "commit", NULL);
    return fact.id;
}

struct fact_id house_add(struct house *house, const char *first_name, const char *badge_text)
{
    const struct fact_id nobody = {0, 0};
    struct badge badge;
    char text[2 * BADGE_HASH_BYTES + 1];
    need(badge_from_reader(badge_text, &badge), "badge", NULL);
    struct badge_hash hash = badge_hash(&badge, folder_key(house->folder));
    hex_encode(hash.bytes, sizeof hash.bytes, text);
    struct fact_id person = house_fact(house, FACT_PERSON_ADDED, nobody,
                                       json_pack("{s:s,s:s,s:s}", "first_name", first_name,
                                                 "last_name", "Dubois", "language", "fr"));
    house_fact(house, FACT_BADGE_GIVEN, person,
               json_pack("{s:s,s:s}", "badge", text, "key", folder_key_id(house->folder)));
    return person;
}

struct answer house_tap(struct house *house, const char *badge)
{
    struct door_tap tap = {.now = house_now(house), .gap_ms = TAP_NEVER, .home = LANGUAGE_FR};
    struct door_result result;
    need(badge_from_reader(badge, &tap.badge), "badge", NULL);
    door_tap(house->journal, &tap, &result);
    return result.answer;
}

void house_undo(struct house *house, const struct answer *answer)
{
    struct clock_reading now = house_now(house);
    struct fact_id undo;
    need(door_undo(house->journal, FACT_UNDO, answer->person, answer->fact, &now, &undo), "undo",
         NULL);
}

struct verify_result house_verify(struct house *house)
{
    struct snapshot *snapshot;
    struct verify_result result;
    struct reason reason = {""};
    need(snapshot_open(house->db_path, &snapshot, &reason), "snapshot", &reason);
    need(verify_run(snapshot, &result), "verify", NULL);
    snapshot_close(snapshot);
    return result;
}

bool house_holds(struct house *house)
{
    struct verify_result result = house_verify(house);
    if (!verify_holds(&result))
        fprintf(stderr, "house: %s\n", result.first);
    return verify_holds(&result);
}

struct presence house_visits(struct house *house, struct fact_id person)
{
    struct fold fold;
    need(views_load(journal_db(house->journal), VIEWS_LIVE, person, &fold), "views", NULL);
    return fold.presence;
}

int64_t house_number(struct house *house, const char *sql)
{
    int64_t number;
    need(db_number(journal_db(house->journal), &number, sql), sql, NULL);
    return number;
}
