#include "tests/support/house.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/domain/day.h"
#include "app/store/facts.h"
#include "app/store/views.h"
#include "firmware/base/hex.h"
#include "tests/support/build.h"
#include "tests/support/give_up.h"

const char *const house_badges[HOUSE_PEOPLE] = {HOUSE_ADA, HOUSE_BILAL, HOUSE_CHLOE};
static const char *const names[HOUSE_PEOPLE] = {"Ada", "Bilal", "Chloé"};
static const uint8_t fault_disk_key[HASH_KEY_BYTES] = {42};

void house_expect(bool is_true, const char *format, ...)
{
    va_list arguments;
    if (is_true)
        return;
    va_start(arguments, format);
    give_up_with("house", format, arguments);
}

/* --- opening --- */

static enum rc open_in_folder(struct house *house, const struct clock_reading *now)
{
    enum rc rc = folder_open(house->data, FOLDER_WRITE, &house->folder, &house->reason);
    return rc ? rc
              : folder_open_journal(house->folder, &house->rules, now, &house->journal,
                                    &house->reason);
}

static enum rc open_on_fault_disk(struct house *house, const struct clock_reading *now)
{
    struct journal_config config = {
        .path = house->path,
        .key = fault_disk_key,
        .key_id = "FAULTDISK",
        .fingerprint = "fault disk",
        .rules = house->rules,
    };
    return journal_open(&config, now, &house->journal, &house->reason);
}

enum rc house_start(struct house *house)
{
    struct clock_reading now = house_now(house);
    house->reason.text[0] = 0;
    enum rc rc = house->data[0] ? open_in_folder(house, &now) : open_on_fault_disk(house, &now);
    if (rc)
        house_stop(house);
    return rc;
}

void house_stop(struct house *house)
{
    journal_close(house->journal);
    folder_close(house->folder);
    house->journal = NULL;
    house->folder = NULL;
}

void house_reboot_clock(struct house *house, int64_t wall_ms, enum clock_trust trust)
{
    clock_close(house->clock);
    house_expect(!clock_open_simulated(wall_ms, trust, ++house->boot, &house->clock), "no clock");
}

static struct house *make(void)
{
    struct house *house = calloc(1, sizeof *house);
    house_expect(house && !hash_init(), "no memory");
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    house->rules = (struct journal_rules){DAY_END_DEFAULT_MIN, "Europe/Brussels"};
    house_reboot_clock(house, HOUSE_BEGIN_MS, CLOCK_PLAUSIBLE);
    return house;
}

static void move_in(struct house *house)
{
    enum rc rc = house_start(house);
    house_expect(!rc, "does not start: %s (%s)", rc_text(rc), house->reason.text);
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        house->people[i] = house_add(house, names[i], house_badges[i]);
}

struct house *house_open(void)
{
    struct house *house = make();
    snprintf(house->data, sizeof house->data, "%s/perron-house-XXXXXX", build_scratch());
    house_expect(mkdtemp(house->data) != NULL, "no folder in %s", build_scratch());
    snprintf(house->path, sizeof house->path, "%s/perron.db", house->data);
    move_in(house);
    return house;
}

struct house *house_open_on_fault_disk(const char *path)
{
    struct house *house = make();
    snprintf(house->path, sizeof house->path, "%s", path);
    move_in(house);
    return house;
}

void house_close(struct house *house)
{
    static const char *const files[] = {"perron.db", "perron.db-wal", "perron.db-shm",
                                        "venue.key", "lock",          ""};
    char path[160];
    if (!house)
        return;
    house_stop(house);
    clock_close(house->clock);
    for (size_t i = 0; house->data[0] && i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", house->data, files[i]);
        remove(path);
    }
    free(house);
}

void house_reopen(struct house *house)
{
    house_stop(house);
    enum rc rc = house_start(house);
    house_expect(!rc, "does not start again: %s (%s)", rc_text(rc), house->reason.text);
}

void house_reboot(struct house *house, int64_t wall_ms, enum clock_trust trust)
{
    house_reboot_clock(house, wall_ms, trust);
    house_reopen(house);
}

void house_restart(struct house *house)
{
    struct clock_reading now = house_now(house);
    house_reboot(house, now.wall_ms + 15 * HOUSE_MINUTE_MS, now.trust);
}

/* --- time --- */

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

/* --- facts --- */

static enum rc add_badge(struct house *house, struct fact_id person, const char *text)
{
    struct badge badge;
    char hex[2 * BADGE_HASH_BYTES + 1];
    house_expect(!badge_from_reader(text, &badge), "%s is no badge", text);
    struct badge_hash hash = badge_hash(&badge, journal_key(house->journal));
    hex_encode(hash.bytes, sizeof hash.bytes, hex);
    return journal_add(house->journal, FACT_BADGE_GIVEN, person, (struct fact_id){0, 0},
                       json_pack("{s:s,s:s}", "badge", hex, "key", journal_key_id(house->journal)),
                       NULL);
}

enum rc house_try_add(struct house *house, const char *first_name, const char *badge,
                      struct fact_id *out_person)
{
    struct fact fact;
    struct clock_reading now = house_now(house);
    enum rc rc = journal_begin(house->journal, &now);
    if (rc)
        return rc;
    rc = journal_add(
        house->journal, FACT_PERSON_ADDED, (struct fact_id){0, 0}, (struct fact_id){0, 0},
        json_pack("{s:s,s:s}", "first_name", first_name, "last_name", "Dubois"), &fact);
    if (!rc && badge)
        rc = add_badge(house, fact.id, badge);
    if (rc) {
        journal_rollback(house->journal);
        return rc;
    }
    rc = journal_commit(house->journal);
    if (!rc)
        *out_person = fact.id;
    return rc;
}

struct fact_id house_add(struct house *house, const char *first_name, const char *badge)
{
    struct fact_id person = {0, 0};
    enum rc rc = house_try_add(house, first_name, badge, &person);
    house_expect(!rc, "%s cannot be added: %s", first_name, rc_text(rc));
    return person;
}

struct fact_id house_record(struct house *house, enum fact_kind kind, struct fact_id subject,
                            json_t *body)
{
    struct fact fact;
    struct clock_reading now = house_now(house);
    enum rc rc = journal_begin(house->journal, &now);
    if (!rc)
        rc = journal_add(house->journal, kind, subject, (struct fact_id){0, 0}, body, &fact);
    if (!rc)
        rc = journal_commit(house->journal);
    house_expect(!rc, "a fact cannot be recorded: %s", rc_text(rc));
    return fact.id;
}

struct answer house_tap(struct house *house, const char *text)
{
    struct door_result result;
    struct door_tap tap = {
        .now = house_now(house),
        .gap_ms = TAP_NEVER,
        .claim = house->claim,
        .occasion = house->occasion,
        .home = LANGUAGE_FR,
    };
    house_expect(!badge_from_reader(text, &tap.badge), "%s is no badge", text);
    door_tap(house->journal, &tap, &result);
    house->disk = result.disk;
    return result.answer;
}

struct answer house_press(struct house *house, struct fact_id person, enum answer_kind answer)
{
    struct door_result result;
    struct door_press press = {
        .person = person, .answer = answer, .now = house_now(house), .home = LANGUAGE_FR};
    door_press(house->journal, &press, &result);
    house->disk = result.disk;
    return result.answer;
}

enum rc house_undo(struct house *house, const struct answer *answer)
{
    struct clock_reading now = house_now(house);
    house->disk =
        door_undo(house->journal, FACT_UNDO, answer->person, answer->fact, &now, &house->undo);
    return house->disk;
}

void house_erase(struct house *house, struct fact_id person)
{
    struct sqlite3_stmt *rows = NULL;
    json_t *ranges = json_array();
    enum rc rc = db_query(journal_db(house->journal), &rows,
                          "SELECT station, seq FROM fact WHERE subject_station=? AND subject_seq=?"
                          " ORDER BY station, seq",
                          "I", person);
    while (!rc && !(rc = db_step(journal_db(house->journal), rows))) {
        json_int_t seq = db_column(rows, 1);
        json_array_append_new(ranges,
                              json_pack("[I,I,I]", (json_int_t)db_column(rows, 0), seq, seq));
    }
    house_expect(rc == RC_EMPTY, "the facts cannot be read: %s", rc_text(rc));
    house_record(house, FACT_TOMBSTONE, person, json_pack("{s:o}", "of", ranges));
}

/* --- looking --- */

int64_t house_number(struct house *house, const char *sql)
{
    int64_t number = 0;
    enum rc rc = db_number(journal_db(house->journal), &number, sql);
    house_expect(!rc, "%s: %s", sql, rc_text(rc));
    return number;
}

void house_tamper(struct house *house, const char *sql)
{
    sqlite3 *db = NULL;
    char *error = NULL;
    sqlite3_open(house->path, &db);
    int code = sqlite3_exec(db, sql, NULL, NULL, &error);
    house_expect(!code, "%s: %s", sql, error ? error : "cannot be opened");
    sqlite3_close(db);
}

struct verify_result house_verify(struct house *house)
{
    struct snapshot *snapshot = NULL;
    struct verify_result result = {.facts = 0};
    enum rc rc = snapshot_open(house->path, &snapshot, &house->reason);
    house_expect(!rc, "no snapshot: %s", house->reason.text);
    rc = verify_run(snapshot, &result);
    house_expect(!rc, "cannot be verified: %s", rc_text(rc));
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
    enum rc rc = views_load(journal_db(house->journal), VIEWS_LIVE, person, &fold);
    house_expect(!rc, "the views cannot be read: %s", rc_text(rc));
    return fold.presence;
}

/* --- facts of other stations --- */

size_t house_facts(struct house *house, struct house_fact *out_facts, size_t max)
{
    struct db *db = journal_db(house->journal);
    struct sqlite3_stmt *rows = NULL;
    size_t count = 0;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT " FACTS_COLUMNS CHAIN_COLUMNS FACTS_FROM "ORDER BY f.station, f.seq", "");
    while (!rc && !(rc = db_step(db, rows))) {
        house_expect(count < max, "there are too many facts to copy");
        struct house_fact *copy = &out_facts[count++];
        struct fact *fact = &copy->link.fact;
        house_expect(!chain_read_link(rows, &copy->link), "a fact cannot be read");
        house_expect(fact->body_length <= sizeof copy->body, "a body is too long to copy");
        if (fact->body) {
            memcpy(copy->body, fact->body, fact->body_length);
            fact->body = copy->body;
        }
    }
    house_expect(rc == RC_EMPTY, "the facts cannot be read: %s", rc_text(rc));
    return count;
}

enum rc house_merge(struct house *house, const struct house_fact *facts, size_t count)
{
    struct clock_reading now = house_now(house);
    enum rc rc = journal_begin(house->journal, &now);
    house_expect(!rc, "no transaction: %s", rc_text(rc));
    for (size_t i = 0; !rc && i < count; i++) {
        struct chain_link link = facts[i].link;
        link.fact.body = link.fact.body ? facts[i].body : NULL;
        if (link.fact.id.station != journal_station(house->journal))
            rc = journal_merge(house->journal, &link);
    }
    if (!rc)
        return journal_commit(house->journal);
    journal_rollback(house->journal);
    return rc;
}
