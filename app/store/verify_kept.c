/* What stations keep beside the views: settings and tallies. */
#include <sqlite3.h>
#include <string.h>

#include "app/store/facts.h"
#include "app/store/journal.h"
#include "app/store/verify_i.h"

static enum rc read_body(const struct fact *fact, json_t **out_body)
{
    *out_body = NULL;
    if (!fact->body)
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, out_body);
    return rc == RC_NO_MEMORY ? rc : RC_OK; /* an unreadable one breaks the chain as well */
}

/* Does the table have what this fact set, or something later? */
static enum rc check_setting(struct db *db, const struct fact *fact, const json_t *body,
                             int64_t *matched, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    const char *name = json_text(body, "name"), *value = json_text(body, "value");
    char stored[256] = "";
    int64_t seq = 0, until_ms = 0;
    if (!name || !value)
        return RC_OK;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT seq, until_ms, value FROM setting WHERE station=? AND name=?",
                              "it", fact->id.station, name);
    if (!rc) {
        seq = db_column(rows, 0);
        until_ms = db_column(rows, 1);
        db_column_text(rows, 2, stored, sizeof stored);
        db_done(rows);
    }
    bool is_same = seq == fact->id.seq && until_ms == json_number(body, "until_ms", 0) &&
                   strcmp(stored, value) == 0;
    *matched += is_same;
    if (seq <= fact->id.seq && !is_same)
        verify_found(result, &result->differing, "another setting", fact->id);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc check_settings(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    int64_t matched = 0, kept;
    enum rc rc = db_query(db, &rows,
                          "SELECT " FACTS_COLUMNS FACTS_FROM "WHERE f.kind=? ORDER BY f.station,"
                          " f.seq",
                          "d", FACT_SETTING_SET);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        json_t *body = NULL;
        rc = facts_read_row(rows, &fact);
        if (!rc)
            rc = read_body(&fact, &body);
        if (!rc && body)
            rc = check_setting(db, &fact, body, &matched, result);
        json_decref(body);
    }
    db_done(rows);
    if (rc == RC_EMPTY)
        rc = db_number(db, &kept, "SELECT count(*) FROM setting");
    if (!rc && kept != matched)
        verify_found(result, &result->differing, "a setting that nobody set",
                     (struct fact_id){0, 0});
    return rc;
}

/* Misses since the last press by name: a range, because an erased press may have been one. */
struct tally {
    int64_t station, least, most;
};

static enum rc count_try(const struct fact *fact, struct tally *tally)
{
    json_t *body;
    enum rc rc = read_body(fact, &body);
    if (rc)
        return rc;
    const char *how = json_text(body, "how");
    if (fact->kind == FACT_CODE_MISSED) {
        tally->least += body != NULL;
        tally->most++;
    } else if (how && strcmp(how, presence_how_name(PRESENCE_NAME)) == 0) {
        tally->least = tally->most = 0;
    } else if (!body) {
        tally->least = 0;
    }
    json_decref(body);
    return RC_OK;
}

static enum rc check_tally(struct db *db, const struct tally *tally, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, "SELECT misses FROM tally WHERE station=? AND name=?",
                              "it", tally->station, JOURNAL_TALLY_CODES);
    int64_t kept = rc ? 0 : db_column(rows, 0);
    db_done(rows);
    if (kept < tally->least || kept > tally->most)
        verify_found(result, &result->differing, "another count of misses",
                     (struct fact_id){tally->station, 0});
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc check_tallies(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    struct tally tally = {.station = 0};
    enum rc rc = db_query(db, &rows,
                          "SELECT " FACTS_COLUMNS FACTS_FROM
                          "WHERE f.kind IN (?,?) ORDER BY f.station, f.seq",
                          "dd", FACT_CODE_MISSED, FACT_PRESS);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        rc = facts_read_row(rows, &fact);
        if (!rc && fact.id.station != tally.station) {
            rc = check_tally(db, &tally, result);
            tally = (struct tally){.station = fact.id.station};
        }
        if (!rc)
            rc = count_try(&fact, &tally);
    }
    db_done(rows);
    return rc == RC_EMPTY ? check_tally(db, &tally, result) : rc;
}

enum rc verify_kept(struct db *db, struct verify_result *result)
{
    enum rc rc = check_settings(db, result);
    return rc ? rc : check_tallies(db, result);
}
