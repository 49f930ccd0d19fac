#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/body.h"
#include "app/domain/day.h"
#include "app/domain/presence.h"
#include "app/store/journal_i.h"
#include "app/store/mark.h"
#include "app/store/views.h"

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

void journal_set_circles(struct journal *journal, const struct circle_list *circles)
{
    journal->circles = *circles;
}

const struct circle_list *journal_circles(const struct journal *journal)
{
    return &journal->circles;
}

void journal_set_statutes(struct journal *journal, const struct quorum_statutes *statutes)
{
    journal->statutes = *statutes;
}

const struct quorum_statutes *journal_statutes(const struct journal *journal)
{
    return &journal->statutes;
}

void journal_set_privacy(struct journal *journal, const struct privacy *privacy)
{
    journal->privacy = *privacy;
}

const struct privacy *journal_privacy(const struct journal *journal)
{
    return &journal->privacy;
}

void journal_set_guide(struct journal *journal, const struct guide *guide)
{
    journal->guide = guide;
}

const struct guide *journal_guide(const struct journal *journal)
{
    return journal->guide;
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

enum rc journal_begin_clean(struct journal *journal, const struct clock_reading *now)
{
    assert(!journal->is_in_transaction);
    enum rc rc = db_begin(journal->db);
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
    journal->merged = (struct head){.station = 0};
    ids_clear(&journal->touched);
}

static enum rc touch(void *context, struct fact_id subject)
{
    struct journal *journal = context;
    if (journal->is_bulk)
        return RC_OK;
    return ids_add(&journal->touched, subject);
}

enum rc journal_settle(struct journal *journal)
{
    enum rc rc = RC_OK;
    ids_sort(&journal->touched);
    for (size_t i = 0; !rc && i < journal->touched.count; i++) {
        struct fact_id person = journal->touched.rows[i];
        rc = views_refold(journal->db, VIEWS_LIVE, person, &journal->scratch);
        if (!rc && journal->is_rebuilding)
            rc = views_refold(journal->db, VIEWS_NEXT, person, &journal->scratch);
    }
    if (!rc)
        ids_clear(&journal->touched);
    return rc;
}

enum rc journal_commit_clean(struct journal *journal)
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

enum rc journal_commit(struct journal *journal)
{
    enum rc rc = journal_commit_clean(journal);
    if (rc && journal->needs_mending)
        journal_write_over(journal); /* before anybody is told, and the power may go */
    return rc;
}

/* --- what facts do besides being there --- */

static enum rc apply_rules(struct journal *journal, const struct fact *fact, const json_t *body)
{
    const char *zone = json_text(body, "time_zone");
    int64_t day_end_min = DAY_END_DEFAULT_MIN;
    if (body_take_number(body, "day_end_min", 0, 24 * 60 - 1, &day_end_min))
        return RC_CORRUPT;
    return db_run(journal->db, "INSERT OR REPLACE INTO rule VALUES(?,?,?,?)", "Iit", fact->id,
                  day_end_min, zone ? zone : "");
}

/* The totals that closing facts carry and the tombstones themselves stay. */
static bool is_kept(const struct fact *fact)
{
    return fact->kind == FACT_CLOSING || fact->kind == FACT_TOMBSTONE;
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

static enum rc redact_link(void *context, const struct chain_link *link)
{
    struct journal *journal = context;
    struct chain_link left = *link;
    if (link->is_redacted || is_kept(&link->fact))
        return RC_OK;
    chain_link_redact(&left);
    return db_run(journal->db,
                  "UPDATE fact SET salt=NULL, body=NULL, body_hash=?, subject_station=0,"
                  " subject_seq=0, organisation_station=0, organisation_seq=0"
                  " WHERE station=? AND seq=?",
                  "bI", left.body_hash, chain_link_body_hash_bytes(&left), left.fact.id);
}

static enum rc erase_bodies(struct journal *journal, int64_t station, int64_t first, int64_t last)
{
    return db_run(journal->db,
                  "UPDATE fact SET salt=NULL, body=NULL WHERE station=? AND seq BETWEEN ? AND ?"
                  " AND kind NOT IN (?,?)",
                  "iiidd", station, first, last, FACT_CLOSING, FACT_TOMBSTONE);
}

static enum rc erase_range(struct journal *journal, int64_t station, int64_t first, int64_t last,
                           bool is_redacted)
{
    enum rc rc = touch_range(journal, station, first, last);
    if (!rc)
        rc = db_run(journal->db,
                    "INSERT INTO erased VALUES(?,?,?,?) ON CONFLICT DO UPDATE"
                    " SET is_redacted=max(is_redacted, excluded.is_redacted)",
                    "iiid", station, first, last, (int)is_redacted);
    if (rc)
        return rc;
    int64_t behind = first > 1 ? first - 1 : 0; /* whatever another station wrote */
    return is_redacted ? chain_each(journal->db, station, behind, last, redact_link, journal)
                       : erase_bodies(journal, station, first, last);
}

static enum rc apply_tombstone(struct journal *journal, const struct fact *fact, const json_t *body)
{
    enum rc rc = RC_OK;
    size_t index;
    json_t *range;
    json_array_foreach(json_object_get(body, "of"), index, range)
    {
        if (!rc)
            rc = erase_range(journal, json_integer_value(json_array_get(range, 0)),
                             json_integer_value(json_array_get(range, 1)),
                             json_integer_value(json_array_get(range, 2)),
                             fact_id_is_none(fact->subject));
    }
    return rc;
}

/* A tombstone that arrived before the fact it erases wins all the same. */
static enum rc drop_if_erased(struct journal *journal, struct chain_link *link)
{
    struct sqlite3_stmt *rows = NULL;
    struct fact *fact = &link->fact;
    if (is_kept(fact))
        return RC_OK;
    enum rc rc = db_query_row(journal->db, &rows,
                              "SELECT is_redacted FROM erased WHERE station=? AND last>=?"
                              " AND +first<=?",
                              "iii", fact->id.station, fact->id.seq, fact->id.seq);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    bool is_redacted = db_column(rows, 0) != 0;
    db_done(rows);
    fact->body = NULL;
    fact->body_length = 0;
    if (is_redacted)
        chain_link_redact(link);
    return RC_OK;
}

static enum rc apply_setting(struct journal *journal, const struct fact *fact, const json_t *body)
{
    const char *name = json_text(body, "name"), *value = json_text(body, "value");
    if (!name || !value)
        return RC_CORRUPT;
    return db_run(journal->db,
                  "INSERT OR REPLACE INTO setting(station, name, value, until_ms, seq)"
                  " VALUES(?,?,?,?,?)",
                  "ittii", fact->id.station, name, value, json_number(body, "until_ms", 0),
                  fact->id.seq);
}

static enum rc apply_organisation(struct journal *journal, const struct fact *fact,
                                  const json_t *body)
{
    const char *name = json_text(body, "name");
    if (!name)
        return RC_CORRUPT;
    return db_run(journal->db, "INSERT OR REPLACE INTO organisation VALUES(?,?,?)", "It", fact->id,
                  name);
}

bool journal_is_code_right(const json_t *press)
{
    const char *how = json_text(press, "how");
    return how && strcmp(how, presence_how_name(PRESENCE_NAME)) == 0 &&
           !json_is_true(json_object_get(press, "is_new"));
}

static enum rc apply_miss(struct journal *journal, const struct fact *fact, const json_t *body)
{
    (void)body;
    return db_run(journal->db,
                  "INSERT INTO tally(station, name, misses, seq) VALUES(?,?,1,?)"
                  " ON CONFLICT(station, name) DO UPDATE SET misses=misses+1, seq=excluded.seq",
                  "iti", fact->id.station, JOURNAL_TALLY_CODES, fact->id.seq);
}

/* Somebody's own code was right: what was tried before it is forgiven. */
static enum rc apply_press(struct journal *journal, const struct fact *fact, const json_t *body)
{
    if (!journal_is_code_right(body))
        return RC_OK;
    return db_run(journal->db, "DELETE FROM tally WHERE station=? AND name=?", "it",
                  fact->id.station, JOURNAL_TALLY_CODES);
}

static enum rc apply_exported(struct journal *journal, const struct fact *fact, const json_t *body)
{
    return mark_keep(journal->db, fact, body);
}

static const struct {
    enum fact_kind kind;
    enum rc (*apply)(struct journal *journal, const struct fact *fact, const json_t *body);
} effects[] = {
    {FACT_RULES_SET, apply_rules},     {FACT_TOMBSTONE, apply_tombstone},
    {FACT_SETTING_SET, apply_setting}, {FACT_CODE_MISSED, apply_miss},
    {FACT_PRESS, apply_press},         {FACT_ORGANISATION_ADDED, apply_organisation},
    {FACT_EXPORTED, apply_exported},
};

static enum rc apply(struct journal *journal, const struct fact *fact)
{
    json_t *body;
    size_t at = 0;
    if (!fact_id_is_none(fact->subject) && touch(journal, fact->subject))
        return RC_NO_MEMORY;
    while (at < sizeof effects / sizeof effects[0] && effects[at].kind != fact->kind)
        at++;
    if (at == sizeof effects / sizeof effects[0] || !fact->body)
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    rc = effects[at].apply(journal, fact, body);
    json_decref(body);
    return rc;
}

/* Places, writes and applies one fact behind the head of its station. */
static enum rc append(struct journal *journal, struct head *head, struct chain_link *link)
{
    bool is_shifted;
    struct fact *fact = &link->fact;
    enum rc rc = drop_if_erased(journal, link);
    if (!rc)
        rc = head_place(journal->db, head, fact, &is_shifted);
    if (!rc)
        rc = head_append(journal->db, head, link);
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
    assert(journal->is_in_transaction);
    char *text = body ? json_write(body, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    json_decref(body);
    if (!text)
        return RC_NO_MEMORY;
    struct chain_link link = {.is_redacted = false};
    struct fact *fact = &link.fact;
    *fact = (struct fact){
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
    memcpy(fact->boot, journal->now.boot, sizeof fact->boot);
    if (fact_kind_is_founding(kind))
        fact->subject = fact->id;
    hash_random(fact->salt, sizeof fact->salt);
    fact_hash_body(fact, link.body_hash);
    fact_hash(fact, journal->head.hash, link.body_hash, link.hash);

    enum rc rc =
        fact->body_length > FACT_BODY_LIMIT ? RC_LIMIT : append(journal, &journal->head, &link);
    free(text);
    fact->body = NULL;
    if (!rc && out_fact)
        *out_fact = *fact;
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

/* Looking it up takes longer the more facts its boot has, and mostly it is the last one's again. */
static enum rc load_head(struct journal *journal, int64_t station, struct head *out_head)
{
    if (station != journal->merged.station)
        return head_load(journal->db, station, out_head);
    *out_head = journal->merged;
    return RC_OK;
}

enum rc journal_merge(struct journal *journal, const struct chain_link *link)
{
    struct head head;
    struct chain_link copy = *link;
    const struct fact *fact = &link->fact;
    assert(journal->is_in_transaction);
    if (fact->id.station == journal->head.station)
        return RC_REFUSED;
    /* No body of ours is, and it could not be read again. */
    if (fact->body && (!fact->body_length || fact->body_length > FACT_BODY_LIMIT))
        return RC_CORRUPT;
    enum rc rc = load_head(journal, fact->id.station, &head);
    if (rc)
        return rc;
    if (fact->id.seq <= head.seq)
        return RC_OK;
    if (fact->id.seq != head.seq + 1 || !chain_link_holds(link, head.hash))
        return RC_CORRUPT;
    rc = append(journal, &head, &copy);
    if (rc)
        head.station = 0;
    journal->merged = head;
    return rc;
}
