#include "app/store/journal.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/store/head.h"
#include "app/store/schema.h"
#include "app/store/touched.h"
#include "app/store/views.h"

#define REBUILD_PART 200

struct journal {
    char path[PATH_MAX];
    const uint8_t *key;
    char key_id[24];
    char fingerprint[64];
    struct journal_rules rules;

    struct db *db;
    struct clock_reading now; /* of the transaction */
    bool is_in_transaction;
    bool needs_mending;
    struct head head;
    struct head said; /* the head at the last commit that was told to succeed */
    int64_t rules_seq;
    struct touched touched;
    struct facts scratch;
    bool is_rebuilding;
    struct fact_id rebuilt; /* up to this person */
};

int64_t journal_station(const struct journal *journal)
{
    return journal->head.station;
}

const uint8_t *journal_key(const struct journal *journal)
{
    return journal->key;
}

const char *journal_key_id(const struct journal *journal)
{
    return journal->key_id;
}

int journal_day_end_min(const struct journal *journal)
{
    return journal->rules.day_end_min;
}

struct db *journal_db(struct journal *journal)
{
    return journal->db;
}

bool journal_needs_mending(const struct journal *journal)
{
    return journal->needs_mending;
}

/* --- one transaction --- */

enum rc journal_begin(struct journal *journal, const struct clock_reading *now)
{
    enum rc rc = RC_OK;
    assert(!journal->is_in_transaction);
    if (journal->needs_mending)
        rc = journal_mend(journal, now);
    if (!rc)
        rc = db_begin(journal->db);
    if (rc) {
        journal->needs_mending |= rc == RC_IO;
        return rc;
    }
    journal->now = *now;
    journal->is_in_transaction = true;
    return RC_OK;
}

void journal_rollback(struct journal *journal)
{
    if (journal->is_in_transaction && journal->db)
        db_rollback(journal->db);
    journal->is_in_transaction = false;
    journal->head = journal->said;
    touched_clear(&journal->touched);
}

static enum rc touch(void *context, struct fact_id subject)
{
    struct journal *journal = context;
    return touched_add(&journal->touched, subject);
}

enum rc journal_settle(struct journal *journal)
{
    enum rc rc = RC_OK;
    touched_sort(&journal->touched);
    for (size_t i = 0; !rc && i < journal->touched.count; i++) {
        struct fact_id person = journal->touched.ids[i];
        rc = views_refold(journal->db, VIEWS_LIVE, person, &journal->scratch);
        if (!rc && journal->is_rebuilding)
            rc = views_refold(journal->db, VIEWS_NEXT, person, &journal->scratch);
    }
    if (!rc)
        touched_clear(&journal->touched);
    return rc;
}

enum rc journal_commit(struct journal *journal)
{
    assert(journal->is_in_transaction);
    enum rc rc = journal_settle(journal);
    if (!rc) {
        rc = db_commit(journal->db);
        /* Whatever it says: a part or all of it may stand in the log. */
        journal->needs_mending |= rc != RC_OK;
    }
    if (rc) {
        journal_rollback(journal);
        return rc;
    }
    journal->is_in_transaction = false;
    journal->said = journal->head;
    return RC_OK;
}

/* --- what facts do besides being there --- */

static enum rc apply_rules(struct journal *journal, const struct fact *fact, const json_t *body)
{
    const char *zone = json_text(body, "time_zone");
    return db_run(journal->db, "INSERT OR REPLACE INTO rule VALUES(?,?,?,?)", "Iit", fact->id,
                  json_number(body, "day_end_min", DAY_END_DEFAULT_MIN), zone ? zone : "");
}

static enum rc touch_range(struct journal *journal, int64_t station, int64_t first, int64_t last)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(journal->db, &rows,
                          "SELECT DISTINCT subject_station, subject_seq FROM fact"
                          " WHERE station=? AND seq BETWEEN ? AND ? AND subject_seq>0",
                          "iii", station, first, last);
    while (!rc && !(rc = db_step(journal->db, rows)))
        rc = touch(journal, db_column_id(rows, 0));
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* The totals that closing facts carry and the tombstones themselves stay. */
static enum rc erase_range(struct journal *journal, int64_t station, int64_t first, int64_t last)
{
    enum rc rc = db_run(journal->db, "INSERT OR IGNORE INTO erased VALUES(?,?,?)", "iii", station,
                        first, last);
    if (!rc)
        rc = db_run(journal->db,
                    "UPDATE fact SET salt=NULL, body=NULL WHERE station=? AND seq BETWEEN ? AND ?"
                    " AND kind NOT IN (?,?)",
                    "iiidd", station, first, last, FACT_CLOSING, FACT_TOMBSTONE);
    return rc ? rc : touch_range(journal, station, first, last);
}

static enum rc apply_tombstone(struct journal *journal, const json_t *body)
{
    enum rc rc = RC_OK;
    size_t index;
    json_t *range;
    json_array_foreach(json_object_get(body, "of"), index, range)
    {
        if (!rc)
            rc = erase_range(journal, json_integer_value(json_array_get(range, 0)),
                             json_integer_value(json_array_get(range, 1)),
                             json_integer_value(json_array_get(range, 2)));
    }
    return rc;
}

/* A tombstone that arrived before the fact it erases wins all the same. */
static enum rc drop_if_erased(struct journal *journal, struct fact *fact)
{
    struct sqlite3_stmt *rows = NULL;
    if (fact->kind == FACT_CLOSING || fact->kind == FACT_TOMBSTONE)
        return RC_OK;
    enum rc rc = db_query(journal->db, &rows,
                          "SELECT 1 FROM erased WHERE station=? AND ? BETWEEN first AND last", "ii",
                          fact->id.station, fact->id.seq);
    if (!rc)
        rc = db_step(journal->db, rows);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    db_done(rows);
    fact->body = NULL;
    fact->body_length = 0;
    return RC_OK;
}

static enum rc apply(struct journal *journal, const struct fact *fact)
{
    json_t *body;
    bool is_rules = fact->kind == FACT_RULES_SET;
    if (!fact_id_is_none(fact->subject) && touch(journal, fact->subject))
        return RC_NO_MEMORY;
    if (!fact->body || (!is_rules && fact->kind != FACT_TOMBSTONE))
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    rc = is_rules ? apply_rules(journal, fact, body) : apply_tombstone(journal, body);
    json_decref(body);
    return rc;
}

/* Places, writes and applies one fact behind the head of its station. */
static enum rc append(struct journal *journal, struct head *head, struct fact *fact,
                      const uint8_t *body_hash)
{
    bool is_shifted;
    enum rc rc = drop_if_erased(journal, fact);
    if (!rc)
        rc = head_place(journal->db, head, fact, &is_shifted);
    if (!rc)
        rc = head_append(journal->db, head, fact, body_hash);
    if (!rc)
        rc = apply(journal, fact);
    if (!rc && is_shifted)
        rc = head_shift(journal->db, head, touch, journal);
    return rc;
}

/* --- adding --- */

enum rc journal_add(struct journal *journal, enum fact_kind kind, struct fact_id subject,
                    struct fact_id organisation, json_t *body, struct fact *out_fact)
{
    uint8_t body_hash[HASH_BYTES];
    assert(journal->is_in_transaction);
    char *text = body ? json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    json_decref(body);
    if (!text)
        return RC_NO_MEMORY;
    struct fact fact = {
        .id = {journal->head.station, journal->head.seq + 1},
        .wall_ms = journal->now.wall_ms,
        .mono_ms = journal->now.mono_ms,
        .trust = journal->now.trust,
        .kind = kind,
        .subject = subject,
        .organisation = organisation,
        .rules_seq = journal->rules_seq,
        .body = text,
        .body_length = strlen(text),
        .day_end_min = journal->rules.day_end_min,
    };
    memcpy(fact.boot, journal->now.boot, sizeof fact.boot);
    if (kind == FACT_PERSON_ADDED)
        fact.subject = fact.id;
    hash_random(fact.salt, sizeof fact.salt);
    fact_hash_body(&fact, body_hash);

    enum rc rc = fact.body_length > FACT_BODY_LIMIT
                     ? RC_LIMIT
                     : append(journal, &journal->head, &fact, body_hash);
    free(text);
    fact.body = NULL;
    if (!rc && out_fact)
        *out_fact = fact;
    return rc;
}

void journal_place_now(const struct journal *journal, int64_t *out_effective_ms,
                       bool *out_is_doubtful)
{
    struct chrono_boot boot = journal->head.boot;
    struct fact fact = {.wall_ms = journal->now.wall_ms,
                        .mono_ms = journal->now.mono_ms,
                        .trust = journal->now.trust};
    memcpy(fact.boot, journal->now.boot, sizeof fact.boot);
    if (chrono_is_new_boot(&boot, &fact))
        chrono_begin(&boot, &fact, journal->head.effective_ms);
    chrono_place(&boot, journal->head.effective_ms, &fact);
    *out_effective_ms = fact.effective_ms;
    *out_is_doubtful = fact.is_doubtful;
}

enum rc journal_merge(struct journal *journal, const struct fact *fact, const uint8_t *body_hash,
                      const uint8_t *hash)
{
    struct head head;
    struct fact copy = *fact;
    uint8_t expected[HASH_BYTES], own_body_hash[HASH_BYTES];
    assert(journal->is_in_transaction);
    if (fact->id.station == journal->head.station)
        return RC_REFUSED;
    enum rc rc = head_load(journal->db, fact->id.station, &head);
    if (rc)
        return rc;
    if (fact->id.seq <= head.seq)
        return RC_OK;
    fact_hash(fact, head.hash, body_hash, expected);
    fact_hash_body(fact, own_body_hash);
    if (fact->id.seq != head.seq + 1 || memcmp(expected, hash, HASH_BYTES) != 0 ||
        (fact->body && memcmp(own_body_hash, body_hash, HASH_BYTES) != 0))
        return RC_CORRUPT;
    return append(journal, &head, &copy, body_hash);
}

/* --- opening --- */

static enum rc begin_station(struct journal *journal, int64_t previous, const char *why)
{
    uint64_t number;
    char text[32];
    hash_random(&number, sizeof number);
    journal->head = (struct head){.station = (int64_t)(number >> 16) | 1};
    journal->rules_seq = 0;
    snprintf(text, sizeof text, "%lld", (long long)journal->head.station);
    enum rc rc = schema_set(journal->db, "station", text);
    if (!rc)
        rc = schema_set(journal->db, "fingerprint", journal->fingerprint);
    if (!rc)
        rc =
            journal_add(journal, FACT_STATION_BEGAN, (struct fact_id){0, 0}, (struct fact_id){0, 0},
                        json_pack("{s:I,s:s,s:s}", "previous", (json_int_t)previous, "why", why,
                                  "version", PERRON_VERSION),
                        NULL);
    return rc;
}

static enum rc find_rules(struct journal *journal, bool *out_is_same)
{
    struct sqlite3_stmt *rows = NULL;
    char zone[sizeof journal->rules.time_zone];
    enum rc rc = db_query(journal->db, &rows,
                          "SELECT seq, day_end_min, time_zone FROM rule WHERE station=?"
                          " ORDER BY seq DESC LIMIT 1",
                          "i", journal->head.station);
    if (!rc)
        rc = db_step(journal->db, rows);
    if (rc) {
        *out_is_same = false;
        return rc == RC_EMPTY ? RC_OK : rc;
    }
    journal->rules_seq = db_column(rows, 0);
    db_column_text(rows, 2, zone, sizeof zone);
    *out_is_same = db_column(rows, 1) == journal->rules.day_end_min &&
                   strcmp(zone, journal->rules.time_zone) == 0;
    db_done(rows);
    return RC_OK;
}

/* The fact that sets rules stands under itself: it is the first that they govern. */
static enum rc set_rules(struct journal *journal)
{
    bool is_same;
    enum rc rc = find_rules(journal, &is_same);
    if (rc || is_same)
        return rc;
    journal->rules_seq = journal->head.seq + 1;
    return journal_add(journal, FACT_RULES_SET, (struct fact_id){0, 0}, (struct fact_id){0, 0},
                       json_pack("{s:i,s:s}", "day_end_min", journal->rules.day_end_min,
                                 "time_zone", journal->rules.time_zone),
                       NULL);
}

static enum rc find_station(struct journal *journal)
{
    char station[32], fingerprint[64];
    enum rc rc = schema_get(journal->db, "station", station, sizeof station);
    if (!rc)
        rc = schema_get(journal->db, "fingerprint", fingerprint, sizeof fingerprint);
    if (rc)
        return rc;
    int64_t previous = strtoll(station, NULL, 10);
    if (previous && strcmp(fingerprint, journal->fingerprint) == 0)
        return head_load(journal->db, previous, &journal->head);
    return begin_station(journal, previous, previous ? "copied or restored" : "first start");
}

/* Were the views made by another FOLD_VERSION? True for a new database too. */
static enum rc find_staleness(struct journal *journal, bool *out_is_stale, bool *out_is_new)
{
    char text[16], current[16];
    snprintf(current, sizeof current, "%d", FOLD_VERSION);
    enum rc rc = schema_get(journal->db, "fold_version", text, sizeof text);
    if (rc)
        return rc;
    *out_is_stale = strcmp(text, current) != 0;
    *out_is_new = !text[0];
    return RC_OK;
}

static enum rc set_fold_version(struct journal *journal)
{
    char current[16];
    snprintf(current, sizeof current, "%d", FOLD_VERSION);
    return schema_set(journal->db, "fold_version", current);
}

static enum rc start_rebuilding(struct journal *journal)
{
    bool is_stale, is_new;
    enum rc rc = find_staleness(journal, &is_stale, &is_new);
    if (rc || !is_stale)
        return rc;
    if (is_new)
        return set_fold_version(journal);
    rc = views_drop(journal->db, VIEWS_NEXT);
    if (!rc)
        rc = views_create(journal->db, VIEWS_NEXT);
    journal->is_rebuilding = !rc;
    return rc;
}

static enum rc start(struct journal *journal, const struct clock_reading *now)
{
    enum rc rc = journal_begin(journal, now);
    if (rc)
        return rc;
    rc = find_station(journal);
    if (!rc)
        rc = set_rules(journal);
    if (!rc)
        rc = start_rebuilding(journal);
    if (!rc)
        return journal_commit(journal);
    journal_rollback(journal);
    return rc;
}

enum rc journal_open(const struct journal_config *config, const struct clock_reading *now,
                     struct journal **out_journal, struct reason *out_reason)
{
    struct journal *journal = calloc(1, sizeof *journal);
    if (!journal)
        return db_tell(RC_NO_MEMORY, NULL, out_reason);
    snprintf(journal->path, sizeof journal->path, "%s", config->path);
    snprintf(journal->key_id, sizeof journal->key_id, "%s", config->key_id);
    snprintf(journal->fingerprint, sizeof journal->fingerprint, "%s", config->fingerprint);
    journal->key = config->key;
    journal->rules = config->rules;

    enum rc rc = db_open(journal->path, DB_WRITE, &journal->db);
    if (rc)
        db_tell(rc, NULL, out_reason);
    else
        rc = schema_migrate(journal->db, out_reason);
    if (!rc && (rc = start(journal, now)))
        db_tell(rc, journal->db, out_reason);
    if (rc) {
        journal_close(journal);
        return rc;
    }
    *out_journal = journal;
    return RC_OK;
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    if (journal->db) {
        journal_rollback(journal);
        /* After a failed sync the log may not be on disk: nothing may be moved out of it. */
        if (!journal->needs_mending)
            (void)!db_checkpoint(journal->db);
        db_close(journal->db);
    }
    touched_finish(&journal->touched);
    facts_finish(&journal->scratch);
    free(journal);
}

enum rc journal_checkpoint(struct journal *journal)
{
    assert(!journal->is_in_transaction);
    if (journal->needs_mending)
        return RC_BUSY;
    enum rc rc = db_checkpoint(journal->db);
    journal->needs_mending |= rc == RC_IO;
    return rc;
}

/* --- mending --- */

static enum rc take_back_unsaid(struct journal *journal)
{
    enum rc rc = RC_OK;
    for (int64_t seq = journal->said.seq + 1, end = journal->head.seq; !rc && seq <= end; seq++) {
        struct sqlite3_stmt *rows = NULL;
        struct fact_id subject = {0, 0}, organisation = {0, 0};
        rc = db_query(journal->db, &rows,
                      "SELECT subject_station, subject_seq, organisation_station, organisation_seq"
                      " FROM fact WHERE station=? AND seq=? AND kind IN (?,?,?)",
                      "iiddd", journal->head.station, seq, FACT_TAP, FACT_PRESS, FACT_UNDO);
        if (!rc)
            rc = db_step(journal->db, rows);
        if (rc == RC_EMPTY) {
            rc = RC_OK;
            continue;
        }
        if (rc)
            break;
        subject = db_column_id(rows, 0);
        organisation = db_column_id(rows, 2);
        db_done(rows);
        rc = journal_add(
            journal, FACT_TAKE_BACK, subject, organisation,
            json_pack("{s:[I,I]}", "of", (json_int_t)journal->head.station, (json_int_t)seq), NULL);
    }
    return rc;
}

/* Closed before it is opened again: only then is the log read from the disk and believed. */
static enum rc reopen(struct journal *journal)
{
    bool is_stale = false, is_new;
    db_close(journal->db);
    journal->db = NULL;
    enum rc rc = db_open(journal->path, DB_WRITE, &journal->db);
    if (!rc)
        rc = db_start_writing(journal->db);
    if (!rc)
        rc = head_load(journal->db, journal->said.station, &journal->head);
    /* The last part of a rebuild may have landed unsaid as well. */
    if (!rc)
        rc = find_staleness(journal, &is_stale, &is_new);
    if (!rc)
        journal->is_rebuilding = journal->is_rebuilding && is_stale;
    return rc;
}

enum rc journal_mend(struct journal *journal, const struct clock_reading *now)
{
    char text[32];
    assert(!journal->is_in_transaction);
    enum rc rc = reopen(journal);
    if (rc)
        return rc;
    rc = db_begin(journal->db);
    if (rc)
        return rc;
    journal->now = *now;
    journal->is_in_transaction = true;
    rc = take_back_unsaid(journal);
    snprintf(text, sizeof text, "%lld", (long long)now->wall_ms);
    if (!rc)
        rc = schema_set(journal->db, "mended", text);
    if (!rc)
        rc = journal_commit(journal);
    else
        journal_rollback(journal);
    journal->needs_mending = rc != RC_OK;
    return rc;
}

/* --- rebuilding --- */

static enum rc rebuild_part(struct journal *journal, bool *out_is_done)
{
    struct fact_id people[REBUILD_PART];
    size_t count = 0;
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(journal->db, &rows,
                          "SELECT DISTINCT subject_station, subject_seq FROM fact"
                          " WHERE subject_seq>0 AND (subject_station, subject_seq) > (?,?)"
                          " ORDER BY subject_station, subject_seq LIMIT 200",
                          "I", journal->rebuilt);
    while (!rc && !(rc = db_step(journal->db, rows)) && count < REBUILD_PART)
        people[count++] = db_column_id(rows, 0);
    db_done(rows);
    if (rc == RC_EMPTY)
        rc = RC_OK;
    for (size_t i = 0; !rc && i < count; i++)
        rc = views_refold(journal->db, VIEWS_NEXT, people[i], &journal->scratch);
    if (!rc && count)
        journal->rebuilt = people[count - 1];
    *out_is_done = count == 0;
    return rc;
}

enum rc journal_rebuild_some(struct journal *journal)
{
    bool is_done = false;
    if (!journal->is_rebuilding)
        return RC_EMPTY;
    if (journal->needs_mending)
        return RC_BUSY;
    enum rc rc = journal_begin(journal, &journal->now); /* adds no facts, so any reading does */
    if (rc)
        return rc;
    struct fact_id before = journal->rebuilt;
    rc = rebuild_part(journal, &is_done);
    if (!rc && is_done) {
        rc = views_swap(journal->db);
        if (!rc)
            rc = set_fold_version(journal);
    }
    if (!rc)
        rc = journal_commit(journal);
    else
        journal_rollback(journal);
    if (rc)
        journal->rebuilt = before;
    else
        journal->is_rebuilding = !is_done;
    return rc;
}
