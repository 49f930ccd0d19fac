/* What stations keep beside the views: settings, tallies and marks of exports. */
#include <sqlite3.h>
#include <string.h>

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

/* Only these words of a press say that it was by name: most need no reading. */
static bool may_be_by_name(const struct fact *fact)
{
    return !fact->body || memmem(fact->body, fact->body_length, "name", 4) ||
           memchr(fact->body, '\\', fact->body_length);
}

static void count_try(struct verify_kept *kept, const struct fact *fact, const json_t *body)
{
    if (fact->kind == FACT_CODE_MISSED) {
        kept->least += body != NULL;
        kept->most++;
    } else if (journal_is_code_right(body)) {
        kept->least = kept->most = 0;
    } else if (!body) {
        kept->least = 0;
    }
}

enum rc verify_kept_take(struct verify_kept *kept, struct db *db, const struct fact *fact,
                         struct verify_result *result)
{
    json_t *body = NULL;
    bool is_setting = fact->kind == FACT_SETTING_SET;
    bool is_exported = fact->kind == FACT_EXPORTED;
    bool is_try =
        fact->kind == FACT_CODE_MISSED || (fact->kind == FACT_PRESS && may_be_by_name(fact));
    if (!is_setting && !is_exported && !is_try)
        return RC_OK;
    enum rc rc = read_body(fact, &body);
    if (!rc && is_try)
        count_try(kept, fact, body);
    else if (!rc && body && is_exported)
        kept->exported = fact->id.seq;
    else if (!rc && body)
        rc = check_setting(db, fact, body, &kept->matched, result);
    json_decref(body);
    return rc;
}

static enum rc check_misses(const struct verify_kept *kept, struct db *db, int64_t station,
                            struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, "SELECT misses FROM tally WHERE station=? AND name=?",
                              "it", station, JOURNAL_TALLY_CODES);
    if (rc && rc != RC_EMPTY)
        return rc;
    int64_t misses = rc ? 0 : db_column(rows, 0);
    db_done(rows);
    if (misses < kept->least || misses > kept->most)
        verify_found(result, &result->differing, "another count of misses",
                     (struct fact_id){station, 0});
    return RC_OK;
}

static enum rc check_mark(struct verify_kept *kept, struct db *db, int64_t station,
                          struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, "SELECT seq FROM mark WHERE station=?", "i", station);
    if (rc && rc != RC_EMPTY)
        return rc;
    int64_t seq = rc ? 0 : db_column(rows, 0);
    db_done(rows);
    kept->marks += rc == RC_OK;
    if (seq != kept->exported)
        verify_found(result, &result->differing, "another mark of an export",
                     (struct fact_id){station, kept->exported});
    return RC_OK;
}

enum rc verify_kept_end(struct verify_kept *kept, struct db *db, int64_t station,
                        struct verify_result *result)
{
    enum rc rc = check_misses(kept, db, station, result);
    if (!rc)
        rc = check_mark(kept, db, station, result);
    kept->least = kept->most = kept->exported = 0;
    return rc;
}

enum rc verify_kept_close(struct verify_kept *kept, struct db *db, struct verify_result *result)
{
    int64_t settings, marks = 0;
    enum rc rc = db_number(db, &settings, "SELECT count(*) FROM setting");
    if (!rc)
        rc = db_number(db, &marks, "SELECT count(*) FROM mark");
    if (!rc && settings != kept->matched)
        verify_found(result, &result->differing, "a setting that nobody set",
                     (struct fact_id){0, 0});
    if (!rc && marks != kept->marks)
        verify_found(result, &result->differing, "a mark of no export", (struct fact_id){0, 0});
    return rc;
}
