#include "app/store/chain.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/store/facts.h"
#include "app/store/schema.h"

static enum rc read_number(struct db *db, const char *sql, int64_t argument, int64_t *out_number)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, sql, "i", argument);
    if (rc)
        return rc;
    *out_number = db_column(rows, 0); /* 0 for NULL */
    db_done(rows);
    return RC_OK;
}

enum rc chain_next_station(struct db *db, int64_t behind, int64_t *out_station)
{
    int64_t station = 0;
    enum rc rc = read_number(db, "SELECT min(station) FROM fact WHERE station>?", behind, &station);
    if (!rc && !station)
        return RC_EMPTY;
    if (!rc)
        *out_station = station;
    return rc;
}

enum rc chain_last(struct db *db, int64_t station, int64_t *out_seq)
{
    return read_number(db, "SELECT max(seq) FROM fact WHERE station=?", station, out_seq);
}

enum rc chain_read_link(struct sqlite3_stmt *rows, struct chain_link *out_link)
{
    enum rc rc = facts_read_row(rows, &out_link->fact);
    out_link->is_redacted = sqlite3_column_bytes(rows, 17) == CHAIN_REST_BYTES;
    if (!rc)
        rc = db_column_bytes(rows, 17, out_link->body_hash, chain_link_body_hash_bytes(out_link));
    return rc ? rc : db_column_bytes(rows, 18, out_link->hash, HASH_BYTES);
}

size_t chain_link_body_hash_bytes(const struct chain_link *link)
{
    return link->is_redacted ? CHAIN_REST_BYTES : HASH_BYTES;
}

/* Of its header and its place in the chain. */
static void hash_rest(const struct chain_link *link, uint8_t out_rest[CHAIN_REST_BYTES])
{
    static const uint8_t no_body[HASH_BYTES];
    uint8_t hash[HASH_BYTES];
    fact_hash(&link->fact, link->hash, no_body, hash);
    memcpy(out_rest, hash, CHAIN_REST_BYTES);
}

void chain_link_redact(struct chain_link *link)
{
    struct fact *fact = &link->fact;
    fact->subject = fact->organisation = (struct fact_id){0, 0};
    fact->body = NULL;
    fact->body_length = 0;
    link->is_redacted = true;
    memset(link->body_hash, 0, sizeof link->body_hash);
    hash_rest(link, link->body_hash);
}

static bool is_rest(const struct chain_link *link)
{
    uint8_t expected[CHAIN_REST_BYTES];
    const struct fact *fact = &link->fact;
    hash_rest(link, expected);
    return !fact->body && fact_id_is_none(fact->subject) && fact_id_is_none(fact->organisation) &&
           memcmp(expected, link->body_hash, sizeof expected) == 0;
}

bool chain_link_holds(const struct chain_link *link, const uint8_t *previous)
{
    uint8_t expected[HASH_BYTES];
    if (link->is_redacted)
        return is_rest(link);
    fact_hash_body(&link->fact, expected);
    if (link->fact.body && memcmp(expected, link->body_hash, HASH_BYTES) != 0)
        return false;
    fact_hash(&link->fact, previous, link->body_hash, expected);
    return memcmp(expected, link->hash, HASH_BYTES) == 0;
}

enum rc chain_each(struct db *db, int64_t station, int64_t behind_seq, int64_t upto_seq,
                   enum rc (*link)(void *context, const struct chain_link *link), void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct chain_link one;
    enum rc rc = db_query(db, &rows,
                          "SELECT " FACTS_COLUMNS_ALONE CHAIN_COLUMNS
                          " FROM fact f WHERE f.station=? AND f.seq>? AND f.seq<=?"
                          " ORDER BY f.seq",
                          "iii", station, behind_seq, upto_seq);
    while (!rc && !(rc = db_step(db, rows))) {
        rc = chain_read_link(rows, &one);
        if (!rc)
            rc = link(context, &one);
    }
    if (rows)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc read_rules(struct db *db, struct chain_about *about)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT day_end_min, time_zone FROM rule WHERE station=?"
                              " ORDER BY seq DESC LIMIT 1",
                              "i", about->station);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    about->day_end_min = (int)db_column(rows, 0);
    db_column_text(rows, 1, about->time_zone, sizeof about->time_zone);
    db_done(rows);
    return RC_OK;
}

/* The one that most badges have. */
static enum rc read_key_id(struct db *db, struct chain_about *about)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows, "SELECT key_id FROM badge GROUP BY key_id ORDER BY count(*) DESC LIMIT 1", "");
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    db_column_text(rows, 0, about->key_id, sizeof about->key_id);
    db_done(rows);
    return RC_OK;
}

enum rc chain_about(struct db *db, struct chain_about *out_about)
{
    struct chain_about about = {.day_end_min = DAY_END_DEFAULT_MIN};
    char station[32];
    enum rc rc = schema_get(db, "station", station, sizeof station);
    if (!rc)
        rc = schema_get(db, "fold_version", about.fold_version, sizeof about.fold_version);
    if (rc)
        return rc;
    about.station = strtoll(station, NULL, 10);
    rc = read_rules(db, &about);
    if (!rc)
        rc = read_key_id(db, &about);
    if (!rc)
        *out_about = about;
    return rc;
}
