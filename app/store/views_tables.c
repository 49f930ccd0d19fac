#include <stdio.h>

#include "app/store/views_i.h"

const char *views_for_set(const char *suffix, const char *text, char *out_sql)
{
    size_t used = 0;
    for (; *text && used < VIEWS_SQL_BYTES - 16; text++) {
        if (*text == '@')
            used += (size_t)snprintf(out_sql + used, VIEWS_SQL_BYTES - used, "%s", suffix);
        else
            out_sql[used++] = *text;
    }
    out_sql[used] = 0;
    return out_sql;
}

/* Indexes keep their names when a set takes the live one's place, so names carry the version. */
static const char *const tables[] = {
    "CREATE TABLE person@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " number TEXT NOT NULL, external_id TEXT NOT NULL, first_name TEXT NOT NULL,"
    " last_name TEXT NOT NULL, language TEXT NOT NULL, circle TEXT NOT NULL,"
    " email TEXT NOT NULL, phone TEXT NOT NULL, since TEXT NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE badge@("
    " hash BLOB NOT NULL, station INTEGER NOT NULL, seq INTEGER NOT NULL," /* whose */
    " key_id TEXT NOT NULL, given_station INTEGER NOT NULL, given_seq INTEGER NOT NULL,"
    " is_withdrawn INTEGER NOT NULL,"
    " until_ms INTEGER NOT NULL," /* 0: for good */
    " is_lent INTEGER NOT NULL,"
    " PRIMARY KEY(hash, station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE keyholder@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL," /* who */
    " role INTEGER NOT NULL,"                          /* enum role */
    " pin TEXT NOT NULL, code TEXT NOT NULL,"          /* sealed */
    " misses INTEGER NOT NULL, miss_station INTEGER NOT NULL, miss_seq INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE visit@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " arrived_ms INTEGER NOT NULL, left_ms INTEGER NOT NULL," /* 0 while open */
    " closes_ms INTEGER NOT NULL, how_in INTEGER NOT NULL, how_out INTEGER NOT NULL,"
    " is_doubtful_in INTEGER NOT NULL, is_doubtful_out INTEGER NOT NULL,"
    " guests INTEGER NOT NULL, children INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE presence@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " since_station INTEGER NOT NULL, since_seq INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE total@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " visits INTEGER NOT NULL, seconds INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq, place)) STRICT, WITHOUT ROWID",
};

static const char *const indexes[] = {
    "CREATE INDEX person_by_number_%lld ON person%s(number) WHERE number <> ''",
    "CREATE INDEX person_by_external_%lld ON person%s(external_id) WHERE external_id <> ''",
    "CREATE INDEX badge_by_person_%lld ON badge%s(station, seq)",
    "CREATE INDEX visit_by_person_%lld ON visit%s(person_station, person_seq, arrived_ms)",
    "CREATE INDEX visit_by_arrival_%lld ON visit%s(arrived_ms)",
    "CREATE INDEX visit_open_%lld ON visit%s(closes_ms) WHERE how_out = 0",
    "CREATE INDEX visit_open_of_%lld ON visit%s(person_station, person_seq) WHERE how_out = 0",
    "CREATE INDEX keyholder_by_code_%lld ON keyholder%s(code) WHERE code <> ''",
};

static const char *const names[] = {"person", "badge", "keyholder", "visit", "presence", "total"};

enum rc views_create(struct db *db, const char *suffix)
{
    char sql[VIEWS_SQL_BYTES];
    int64_t generation;
    enum rc rc = db_number(db, &generation, "PRAGMA schema_version");
    for (unsigned i = 0; !rc && i < sizeof tables / sizeof tables[0]; i++)
        rc = db_exec(db, views_for_set(suffix, tables[i], sql));
    for (unsigned i = 0; !rc && i < sizeof indexes / sizeof indexes[0]; i++) {
        /* A fixed text of ours with a number and a suffix of ours. */
        snprintf(sql, sizeof sql, indexes[i], (long long)generation, suffix);
        rc = db_exec(db, sql);
    }
    return rc;
}

enum rc views_drop(struct db *db, const char *suffix)
{
    char sql[VIEWS_SQL_BYTES];
    enum rc rc = RC_OK;
    db_forget_statements(db);
    for (unsigned i = 0; !rc && i < sizeof names / sizeof names[0]; i++) {
        snprintf(sql, sizeof sql, "DROP TABLE IF EXISTS %s%s", names[i], suffix);
        rc = db_exec(db, sql);
    }
    return rc;
}

enum rc views_swap(struct db *db)
{
    char sql[VIEWS_SQL_BYTES];
    enum rc rc = views_drop(db, VIEWS_LIVE);
    for (unsigned i = 0; !rc && i < sizeof names / sizeof names[0]; i++) {
        snprintf(sql, sizeof sql, "ALTER TABLE %s" VIEWS_NEXT " RENAME TO %s", names[i], names[i]);
        rc = db_exec(db, sql);
    }
    return rc;
}
