#include <stdarg.h>
#include <stdio.h>

#include "app/store/views_i.h"

static const char *for_set(const char *suffix, const char *text, char *out_sql)
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

enum rc views_run(struct db *db, const char *suffix, const char *text, const char *types, ...)
{
    char sql[VIEWS_SQL_BYTES];
    va_list arguments;
    va_start(arguments, types);
    enum rc rc = db_vrun(db, for_set(suffix, text, sql), types, arguments);
    va_end(arguments);
    return rc;
}

enum rc views_query(struct db *db, const char *suffix, struct sqlite3_stmt **out_rows,
                    const char *text, const char *types, ...)
{
    char sql[VIEWS_SQL_BYTES];
    va_list arguments;
    va_start(arguments, types);
    enum rc rc = db_vquery(db, out_rows, for_set(suffix, text, sql), types, arguments);
    va_end(arguments);
    return rc;
}

/* Indexes keep their names when a set takes the live one's place, so names carry the version. */
static const char *const tables[] = {
    "CREATE TABLE person@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " number TEXT NOT NULL, external_id TEXT NOT NULL, first_name TEXT NOT NULL,"
    " last_name TEXT NOT NULL, language TEXT NOT NULL, circle TEXT NOT NULL,"
    " email TEXT NOT NULL, phone TEXT NOT NULL, since TEXT NOT NULL,"
    " college TEXT NOT NULL, shares TEXT NOT NULL, paused_until TEXT NOT NULL,"
    " private_hours TEXT NOT NULL,"
    " basket TEXT NOT NULL, basket_pauses TEXT NOT NULL, basket_fetchers TEXT NOT NULL,"
    " line TEXT NOT NULL, discreet TEXT NOT NULL,"
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
    " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL,"
    " kind INTEGER NOT NULL," /* enum occasion_kind */
    " day INTEGER NOT NULL,"  /* of the venue, as 20261125 */
    " is_staff INTEGER NOT NULL, assumed_ms INTEGER NOT NULL, stop_ms INTEGER NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, arrived_ms, station, seq))"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE stint@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL," /* of the visit */
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL,"
    " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL, shift INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " mission TEXT NOT NULL, day INTEGER NOT NULL, is_staff INTEGER NOT NULL,"
    " is_assumed INTEGER NOT NULL, from_ms INTEGER NOT NULL, seconds INTEGER NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, station, seq, place)) STRICT, WITHOUT ROWID",
    "CREATE TABLE sign_up@("
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL,"
    " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL, shift INTEGER NOT NULL,"
    " fact_station INTEGER NOT NULL, fact_seq INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " mission TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,"
    " end INTEGER NOT NULL, is_stand_in_sought INTEGER NOT NULL,"
    " replaced_station INTEGER NOT NULL, replaced_seq INTEGER NOT NULL,"
    " visit_station INTEGER NOT NULL, visit_seq INTEGER NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, occasion_station, occasion_seq, shift))"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE proposal@("
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    " fact_station INTEGER NOT NULL, fact_seq INTEGER NOT NULL,"
    " visit_station INTEGER NOT NULL, visit_seq INTEGER NOT NULL,"
    " arrived_ms INTEGER NOT NULL, left_ms INTEGER NOT NULL," /* 0: as it is */
    " state INTEGER NOT NULL,"                                /* enum proposal_state */
    " answer_station INTEGER NOT NULL, answer_seq INTEGER NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, place)) STRICT, WITHOUT ROWID",
    "CREATE TABLE deed@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL," /* the fact */
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    " kind INTEGER NOT NULL," /* enum deed_kind */
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL,"
    " other_station INTEGER NOT NULL, other_seq INTEGER NOT NULL,"
    " day INTEGER NOT NULL, at_ms INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, place)) STRICT, WITHOUT ROWID",
    "CREATE TABLE occasion@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, state INTEGER NOT NULL, uid TEXT NOT NULL, instance TEXT NOT NULL,"
    " title TEXT NOT NULL, place TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,"
    " is_all_day INTEGER NOT NULL, source TEXT NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE shift@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL,"
    " mission TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,"
    " places INTEGER NOT NULL, circle TEXT NOT NULL, skill TEXT NOT NULL, referent TEXT NOT NULL,"
    " is_gone INTEGER NOT NULL, closed_station INTEGER NOT NULL, closed_seq INTEGER NOT NULL,"
    " were_enough INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq, number)) STRICT, WITHOUT ROWID",
    "CREATE TABLE presence@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " since_station INTEGER NOT NULL, since_seq INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE total@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL," /* whose; seq 1: of nobody in particular */
    " place INTEGER NOT NULL, part INTEGER NOT NULL,"  /* visits are said again with each part */
    " month INTEGER NOT NULL,"                         /* as 202611; 0: not known */
    " kind INTEGER NOT NULL, is_staff INTEGER NOT NULL, visits INTEGER NOT NULL,"
    " firsts INTEGER NOT NULL, guests INTEGER NOT NULL, children INTEGER NOT NULL,"
    " sign_ups TEXT NOT NULL," /* numbers, in the order of enum sign_up_outcome */
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " part_kind INTEGER NOT NULL, seconds INTEGER NOT NULL, assumed_s INTEGER NOT NULL,"
    " deeds TEXT NOT NULL," /* numbers, in the order of enum deed_kind; "" for none */
    " PRIMARY KEY(station, seq, place, part)) STRICT, WITHOUT ROWID",
    "CREATE TABLE newcomer@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL," /* who */
    " began_ms INTEGER NOT NULL, began_station INTEGER NOT NULL, began_seq INTEGER NOT NULL,"
    " steps TEXT NOT NULL, steps_ms TEXT NOT NULL," /* numbers, in the order of enum guide_step */
    " brings TEXT NOT NULL, likes TEXT NOT NULL, avoids TEXT NOT NULL, skills TEXT NOT NULL,"
    " needs TEXT NOT NULL, missions TEXT NOT NULL, wants_shaping INTEGER NOT NULL,"
    " charter TEXT NOT NULL, charter_language TEXT NOT NULL, is_charter_signed INTEGER NOT NULL,"
    " buddy_station INTEGER NOT NULL, buddy_seq INTEGER NOT NULL,"
    " buddy_state INTEGER NOT NULL," /* enum newcomer_buddy */
    " buddy_ms INTEGER NOT NULL,"
    " passed TEXT NOT NULL," /* station and sequence of each */
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE consent@("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL," /* whose */
    " field INTEGER NOT NULL,"                         /* enum consent */
    " is_given INTEGER NOT NULL, version TEXT NOT NULL, at_ms INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq, field)) STRICT, WITHOUT ROWID",
};

#define IS_OPEN " WHERE how_out = 0"

static const char *const indexes[] = {
    "CREATE INDEX person_by_number_%lld ON person%s(number) WHERE number <> ''",
    "CREATE INDEX person_by_external_%lld ON person%s(external_id) WHERE external_id <> ''",
    "CREATE INDEX person_with_basket_%lld ON person%s(basket) WHERE basket <> ''",
    "CREATE INDEX badge_by_person_%lld ON badge%s(station, seq)",
    "CREATE UNIQUE INDEX visit_by_fact_%lld ON visit%s(station, seq)",
    "CREATE INDEX visit_by_arrival_%lld ON visit%s(arrived_ms)",
    /* Whoever counts heads reads no visit. */
    "CREATE INDEX visit_open_%lld ON visit%s(closes_ms, how_out, guests, children)" IS_OPEN,
    "CREATE INDEX visit_open_of_%lld ON visit%s(person_station, person_seq)" IS_OPEN,
    "CREATE INDEX visit_by_kind_%lld ON visit%s(kind, arrived_ms)",
    "CREATE INDEX total_by_month_%lld ON total%s(month)",
    "CREATE INDEX keyholder_by_code_%lld ON keyholder%s(code) WHERE code <> ''",
    "CREATE INDEX stint_by_day_%lld ON stint%s(day)",
    "CREATE INDEX sign_up_by_shift_%lld ON sign_up%s(occasion_station, occasion_seq, shift)",
    "CREATE INDEX sign_up_by_end_%lld ON sign_up%s(person_station, person_seq, to_ms)",
    "CREATE INDEX proposal_waiting_%lld ON proposal%s(fact_station, fact_seq) WHERE state = 1",
    "CREATE INDEX deed_by_occasion_%lld ON deed%s(occasion_station, occasion_seq, kind)",
    "CREATE INDEX deed_by_day_%lld ON deed%s(day, kind)",
    "CREATE INDEX occasion_by_end_%lld ON occasion%s(to_ms)",
    "CREATE INDEX occasion_by_uid_%lld ON occasion%s(uid, instance) WHERE uid <> ''",
    "CREATE INDEX newcomer_by_beginning_%lld ON newcomer%s(began_ms)",
    "CREATE INDEX newcomer_by_buddy_%lld ON newcomer%s(buddy_station, buddy_seq)"
    " WHERE buddy_seq > 0",
};

static const char *const names[] = {"person",   "badge", "keyholder", "visit",    "presence",
                                    "total",    "stint", "sign_up",   "proposal", "deed",
                                    "occasion", "shift", "newcomer",  "consent"};

static enum rc create_tables(struct db *db, const char *suffix)
{
    char sql[VIEWS_SQL_BYTES];
    enum rc rc = RC_OK;
    for (unsigned i = 0; !rc && i < sizeof tables / sizeof tables[0]; i++)
        rc = db_exec(db, for_set(suffix, tables[i], sql));
    return rc;
}

static enum rc create_indexes(struct db *db, const char *suffix)
{
    char sql[VIEWS_SQL_BYTES];
    int64_t generation;
    enum rc rc = db_number(db, &generation, "PRAGMA schema_version");
    for (unsigned i = 0; !rc && i < sizeof indexes / sizeof indexes[0]; i++) {
        /* A fixed text of ours with a number and a suffix of ours. */
        snprintf(sql, sizeof sql, indexes[i], (long long)generation, suffix);
        rc = db_exec(db, sql);
    }
    return rc;
}

enum rc views_create(struct db *db, const char *suffix)
{
    enum rc rc = create_tables(db, suffix);
    return rc ? rc : create_indexes(db, suffix);
}

enum rc views_begin_filling(struct db *db)
{
    enum rc rc = views_drop(db, VIEWS_NEXT);
    return rc ? rc : create_tables(db, VIEWS_NEXT);
}

enum rc views_end_filling(struct db *db)
{
    db_forget_statements(db);
    return create_indexes(db, VIEWS_NEXT);
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
