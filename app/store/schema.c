#include "app/store/schema.h"

#include <stdio.h>

/* The views as they were at first: a shape that steps lead away from stays as it was. */
static const char first_views[] =
    "CREATE TABLE person("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " number TEXT NOT NULL, external_id TEXT NOT NULL, first_name TEXT NOT NULL,"
    " last_name TEXT NOT NULL, language TEXT NOT NULL, circle TEXT NOT NULL,"
    " email TEXT NOT NULL, phone TEXT NOT NULL, since TEXT NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE badge("
    " hash BLOB NOT NULL, station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " key_id TEXT NOT NULL, given_station INTEGER NOT NULL, given_seq INTEGER NOT NULL,"
    " is_withdrawn INTEGER NOT NULL,"
    " PRIMARY KEY(hash, station, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE visit("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " arrived_ms INTEGER NOT NULL, left_ms INTEGER NOT NULL,"
    " closes_ms INTEGER NOT NULL, how_in INTEGER NOT NULL, how_out INTEGER NOT NULL,"
    " is_doubtful_in INTEGER NOT NULL, is_doubtful_out INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE presence("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " since_station INTEGER NOT NULL, since_seq INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE total("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " visits INTEGER NOT NULL, seconds INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq, place)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX person_by_number_0 ON person(number) WHERE number <> '';"
    "CREATE INDEX person_by_external_0 ON person(external_id) WHERE external_id <> '';"
    "CREATE INDEX badge_by_person_0 ON badge(station, seq);"
    "CREATE INDEX visit_by_person_0 ON visit(person_station, person_seq, arrived_ms);"
    "CREATE INDEX visit_by_arrival_0 ON visit(arrived_ms);"
    "CREATE INDEX visit_open_0 ON visit(closes_ms) WHERE how_out = 0;";

static enum rc create_first(struct db *db)
{
    enum rc rc = db_exec(
        db, /* The journal. Derived columns (effective_ms, is_doubtful) are outside the chain. */
        "CREATE TABLE fact("
        " station INTEGER NOT NULL,"
        " seq INTEGER NOT NULL,"
        " wall_ms INTEGER NOT NULL," /* what the clock said, UTC */
        " mono_ms INTEGER NOT NULL," /* since boot */
        " boot BLOB NOT NULL,"
        " trust INTEGER NOT NULL," /* enum clock_trust */
        " kind INTEGER NOT NULL,"  /* enum fact_kind */
        " subject_station INTEGER NOT NULL,"
        " subject_seq INTEGER NOT NULL," /* 0: nobody */
        " organisation_station INTEGER NOT NULL,"
        " organisation_seq INTEGER NOT NULL," /* 0: the house */
        " rules_seq INTEGER NOT NULL,"        /* rules.set in force */
        " body_hash BLOB NOT NULL,"           /* BLAKE2b(salt, body), or what chain.h says */
        " hash BLOB NOT NULL,"                /* the chain */
        " salt BLOB,"                         /* NULL once erased */
        " body BLOB,"                         /* JSON, exact bytes; NULL once erased */
        " effective_ms INTEGER NOT NULL,"
        " is_doubtful INTEGER NOT NULL,"
        " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
        "CREATE INDEX fact_by_subject ON fact(subject_station, subject_seq);"
        /* What tombstones erased, also for facts that arrive after their tombstone. */
        "CREATE TABLE erased("
        " station INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
        " PRIMARY KEY(station, first, last)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
        /* Rules in force, by the fact that set them. */
        "CREATE TABLE rule("
        " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
        " day_end_min INTEGER NOT NULL, time_zone TEXT NOT NULL,"
        " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
        /* One row per boot of each station: see chrono.h. */
        "CREATE TABLE boot("
        " station INTEGER NOT NULL, first_seq INTEGER NOT NULL, boot BLOB NOT NULL,"
        " floor_ms INTEGER NOT NULL, anchor_wall_ms INTEGER NOT NULL,"
        " anchor_mono_ms INTEGER NOT NULL, anchor_trust INTEGER NOT NULL,"
        " PRIMARY KEY(station, first_seq)) STRICT, WITHOUT ROWID;");
    return rc ? rc : db_exec(db, first_views);
}

/* The views as far as taps need them until they are built again from the journal. */
static enum rc add_keys_guests_and_settings(struct db *db)
{
    return db_exec(
        db, "ALTER TABLE badge ADD COLUMN until_ms INTEGER NOT NULL DEFAULT 0;"
            "ALTER TABLE badge ADD COLUMN is_lent INTEGER NOT NULL DEFAULT 0;"
            "ALTER TABLE visit ADD COLUMN guests INTEGER NOT NULL DEFAULT 0;"
            "ALTER TABLE visit ADD COLUMN children INTEGER NOT NULL DEFAULT 0;"
            "CREATE INDEX visit_open_of_0 ON visit(person_station, person_seq) WHERE how_out = 0;"
            "CREATE TABLE keyholder("
            " station INTEGER NOT NULL, seq INTEGER NOT NULL, role INTEGER NOT NULL,"
            " pin TEXT NOT NULL, code TEXT NOT NULL, misses INTEGER NOT NULL,"
            " miss_station INTEGER NOT NULL, miss_seq INTEGER NOT NULL,"
            " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
            "CREATE INDEX keyholder_by_code_0 ON keyholder(code) WHERE code <> '';"
            /* Of each station, by the fact that set it: the latest counts. */
            "CREATE TABLE setting("
            " station INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
            " until_ms INTEGER NOT NULL," /* 0: until somebody sets another */
            " seq INTEGER NOT NULL,"
            " PRIMARY KEY(station, name)) STRICT, WITHOUT ROWID;"
            /* What was tried in vain at a station since it last went well. */
            "CREATE TABLE tally("
            " station INTEGER NOT NULL, name TEXT NOT NULL,"
            " misses INTEGER NOT NULL, seq INTEGER NOT NULL," /* of the last miss */
            " PRIMARY KEY(station, name)) STRICT, WITHOUT ROWID;");
}

/*
 * A copy of what folds read, subject by subject in their order: somebody's facts lie all over the
 * journal, here on a few pages beside each other.
 */
enum rc schema_index_facts(struct db *db)
{
    return db_exec(db, "CREATE INDEX IF NOT EXISTS " SCHEMA_FACT_INDEX
                       " ON fact(subject_station, subject_seq, effective_ms, station, seq, kind,"
                       " organisation_station, organisation_seq, rules_seq, is_doubtful, body)");
}

static const char occasion_columns[] =
    "ALTER TABLE person ADD COLUMN college TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE person ADD COLUMN shares TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE person ADD COLUMN paused_until TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE person ADD COLUMN private_hours TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE person ADD COLUMN basket TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE person ADD COLUMN basket_pauses TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE person ADD COLUMN basket_fetchers TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE visit ADD COLUMN occasion_station INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE visit ADD COLUMN occasion_seq INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE visit ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE visit ADD COLUMN day INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE visit ADD COLUMN is_staff INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE visit ADD COLUMN assumed_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE visit ADD COLUMN stop_ms INTEGER NOT NULL DEFAULT 0;"
    "UPDATE visit SET assumed_ms=closes_ms;";

/* Of people: what they gave, promised, proposed and did. */
static const char people_tables[] =
    "CREATE TABLE stint("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL,"
    " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL,"
    " shift INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " mission TEXT NOT NULL, day INTEGER NOT NULL, is_staff INTEGER NOT NULL,"
    " is_assumed INTEGER NOT NULL, from_ms INTEGER NOT NULL, seconds INTEGER NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, station, seq, place)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE sign_up("
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL,"
    " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL,"
    " shift INTEGER NOT NULL, fact_station INTEGER NOT NULL, fact_seq INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " mission TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,"
    " end INTEGER NOT NULL, is_stand_in_sought INTEGER NOT NULL,"
    " replaced_station INTEGER NOT NULL, replaced_seq INTEGER NOT NULL,"
    " visit_station INTEGER NOT NULL, visit_seq INTEGER NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, occasion_station, occasion_seq, shift))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE proposal("
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    " fact_station INTEGER NOT NULL, fact_seq INTEGER NOT NULL,"
    " visit_station INTEGER NOT NULL, visit_seq INTEGER NOT NULL,"
    " arrived_ms INTEGER NOT NULL, left_ms INTEGER NOT NULL,"
    " state INTEGER NOT NULL,"
    " answer_station INTEGER NOT NULL, answer_seq INTEGER NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, place)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE deed("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " person_station INTEGER NOT NULL, person_seq INTEGER NOT NULL,"
    " place INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL,"
    " other_station INTEGER NOT NULL, other_seq INTEGER NOT NULL,"
    " day INTEGER NOT NULL, at_ms INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY(person_station, person_seq, place)) STRICT, WITHOUT ROWID;";

static const char occasion_tables[] =
    "CREATE TABLE occasion("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, state INTEGER NOT NULL, uid TEXT NOT NULL,"
    " instance TEXT NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL,"
    " from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, is_all_day INTEGER NOT NULL,"
    " source TEXT NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE shift("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL,"
    " mission TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,"
    " places INTEGER NOT NULL, circle TEXT NOT NULL, skill TEXT NOT NULL,"
    " referent TEXT NOT NULL, is_gone INTEGER NOT NULL,"
    " closed_station INTEGER NOT NULL, closed_seq INTEGER NOT NULL,"
    " were_enough INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq, number)) STRICT, WITHOUT ROWID;"
    /* By the fact that added it. */
    "CREATE TABLE organisation("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;";

static const char occasion_indexes[] =
    "CREATE INDEX person_with_basket_0 ON person(basket) WHERE basket <> '';"
    "CREATE INDEX stint_by_day_0 ON stint(day);"
    "CREATE INDEX sign_up_by_shift_0 ON sign_up(occasion_station, occasion_seq, shift);"
    "CREATE INDEX sign_up_by_end_0 ON sign_up(person_station, person_seq, to_ms);"
    "CREATE INDEX proposal_waiting_0 ON proposal(fact_station, fact_seq) WHERE state = 1;"
    "CREATE INDEX deed_by_occasion_0 ON deed(occasion_station, occasion_seq, kind);"
    "CREATE INDEX deed_by_day_0 ON deed(day, kind);"
    "CREATE INDEX occasion_by_end_0 ON occasion(to_ms);"
    "CREATE INDEX occasion_by_uid_0 ON occasion(uid, instance) WHERE uid <> '';";

static enum rc add_occasions_and_hours(struct db *db)
{
    static const char *const parts[] = {"DROP INDEX IF EXISTS " SCHEMA_FACT_INDEX, occasion_columns,
                                        people_tables, occasion_tables, occasion_indexes};
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < sizeof parts / sizeof parts[0]; i++)
        rc = db_exec(db, parts[i]);
    return rc ? rc : schema_index_facts(db);
}

static const char welcome_tables[] =
    "ALTER TABLE person ADD COLUMN line TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE newcomer("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, began_ms INTEGER NOT NULL,"
    " began_station INTEGER NOT NULL, began_seq INTEGER NOT NULL,"
    " steps TEXT NOT NULL, steps_ms TEXT NOT NULL,"
    " brings TEXT NOT NULL, likes TEXT NOT NULL, avoids TEXT NOT NULL, skills TEXT NOT NULL,"
    " needs TEXT NOT NULL, missions TEXT NOT NULL, wants_shaping INTEGER NOT NULL,"
    " charter TEXT NOT NULL, charter_language TEXT NOT NULL, is_charter_signed INTEGER NOT NULL,"
    " buddy_station INTEGER NOT NULL, buddy_seq INTEGER NOT NULL,"
    " buddy_state INTEGER NOT NULL, buddy_ms INTEGER NOT NULL, passed TEXT NOT NULL,"
    " PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE consent("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, field INTEGER NOT NULL,"
    " is_given INTEGER NOT NULL, version TEXT NOT NULL, at_ms INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq, field)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX newcomer_by_beginning_0 ON newcomer(began_ms);"
    "CREATE INDEX newcomer_by_buddy_0 ON newcomer(buddy_station, buddy_seq) WHERE buddy_seq > 0;";

static enum rc add_first_visits(struct db *db)
{
    return db_exec(db, welcome_tables);
}

/* By station its last export that was read back: see mark.h. */
static enum rc add_marks(struct db *db)
{
    return db_exec(db, "CREATE TABLE mark("
                       " station INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL)"
                       " STRICT, WITHOUT ROWID;");
}

/* Totals say when and for what; what was summed up before has no month. */
static const char sum_tables[] =
    "ALTER TABLE total RENAME TO old_total;"
    "CREATE TABLE total("
    " station INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    " part INTEGER NOT NULL, month INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " is_staff INTEGER NOT NULL, visits INTEGER NOT NULL, firsts INTEGER NOT NULL,"
    " guests INTEGER NOT NULL, children INTEGER NOT NULL, sign_ups TEXT NOT NULL,"
    " organisation_station INTEGER NOT NULL, organisation_seq INTEGER NOT NULL,"
    " part_kind INTEGER NOT NULL, seconds INTEGER NOT NULL, assumed_s INTEGER NOT NULL,"
    " PRIMARY KEY(station, seq, place, part)) STRICT, WITHOUT ROWID;"
    "INSERT INTO total SELECT station, seq, place, 0, 0, 0, 0, visits, 0, 0, 0, '0 0 0 0 0 0',"
    " organisation_station, organisation_seq, 0, seconds, 0 FROM old_total;"
    "DROP TABLE old_total;"
    "CREATE INDEX visit_by_kind_0 ON visit(kind, arrived_ms);"
    "CREATE INDEX total_by_month_0 ON total(month);"
    /* Whose guests have names still, and what was erased: no scan while somebody waits. */
    "CREATE INDEX fact_with_guest_names ON fact(effective_ms)"
    " WHERE kind = 21 AND instr(body, X'226E616D657322') > 0;"
    "CREATE INDEX erased_by_last ON erased(station, last, first);";

static enum rc add_sums(struct db *db)
{
    return db_exec(db, sum_tables);
}

static enum rc add_discretion(struct db *db)
{
    return db_exec(db, "ALTER TABLE person ADD COLUMN discreet TEXT NOT NULL DEFAULT '';");
}

static enum rc add_roles_of_organisations(struct db *db)
{
    return db_exec(db,
                   "ALTER TABLE keyholder ADD COLUMN organisation_station INTEGER NOT NULL"
                   " DEFAULT 0;"
                   "ALTER TABLE keyholder ADD COLUMN organisation_seq INTEGER NOT NULL DEFAULT 0;");
}

/* What was summed up before says nothing of drinks and baskets. */
static enum rc add_sums_of_deeds(struct db *db)
{
    return db_exec(db, "ALTER TABLE total ADD COLUMN deeds TEXT NOT NULL DEFAULT '';");
}

/* Which facts may name somebody beside their subject: whoever is erased goes there, too. */
static enum rc index_naming_facts(struct db *db)
{
    return db_exec(db, "CREATE INDEX fact_naming_others ON fact(subject_station, subject_seq)"
                       " WHERE " SCHEMA_NAMES_OTHERS);
}

/* Under a tombstone that is about nobody. */
static enum rc add_redaction(struct db *db)
{
    return db_exec(db, "ALTER TABLE erased ADD COLUMN is_redacted INTEGER NOT NULL DEFAULT 0;");
}

/* Step n leads from version n to n + 1. Only ever add at the end. */
static enum rc (*const steps[])(struct db *) = {
    create_first,
    add_keys_guests_and_settings,
    add_occasions_and_hours,
    add_first_visits,
    add_marks,
    add_sums,
    add_discretion,
    add_roles_of_organisations,
    add_sums_of_deeds,
    index_naming_facts,
    add_redaction,
};
static const int step_count = sizeof steps / sizeof steps[0];

/*
 * Programs of this shape can go on with today's: an update that did not come up goes back to one. A
 * step that takes away or changes what they read raises it.
 */
#define LEAST_SHAPE 11

/* Does a newer register say of itself, in its own shape, that this program can go on with it? */
static bool is_for_us(struct db *db, int64_t version)
{
    char value[32] = "";
    int shape, least;
    return !schema_get(db, "least_shape", value, sizeof value) &&
           sscanf(value, "%d of %d", &least, &shape) == 2 && shape == version && least > 0 &&
           least <= step_count;
}

static enum rc read_versions(struct db *db, int64_t *out_application, int64_t *out_version,
                             struct reason *out_reason)
{
    int64_t tables;
    enum rc rc = db_number(db, out_application, "PRAGMA application_id");
    if (!rc)
        rc = db_number(db, out_version, "PRAGMA user_version");
    if (!rc)
        rc = db_number(db, &tables, "SELECT count(*) FROM sqlite_schema");
    if (rc)
        return db_tell(rc, db, out_reason);
    if (*out_application != SCHEMA_APPLICATION_ID && (tables || *out_version)) {
        reason_set(out_reason, "perron.db is a database of another program; it was not touched");
        return RC_CORRUPT;
    }
    if (tables && *out_version == 0)
        return db_tell(RC_CORRUPT, db, out_reason);
    if (*out_version > step_count && !is_for_us(db, *out_version)) {
        reason_set(out_reason,
                   "perron.db was written by a newer Perron (shape %d, this one knows %d); "
                   "install that version, or use another data folder; it was not touched",
                   (int)*out_version, step_count);
        return RC_NEWER;
    }
    return RC_OK;
}

static enum rc run_step(struct db *db, int version)
{
    char mark[200];
    int length = snprintf(mark, sizeof mark, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                          SCHEMA_APPLICATION_ID, version + 1);
    if (version + 1 == step_count)
        snprintf(mark + length, sizeof mark - (size_t)length,
                 "INSERT OR REPLACE INTO meta VALUES('least_shape', '%d of %d');", LEAST_SHAPE,
                 step_count);
    enum rc rc = db_begin(db);
    if (rc)
        return rc;
    rc = steps[version](db);
    if (!rc)
        rc = db_exec(db, mark);
    if (!rc)
        rc = db_commit(db);
    if (rc)
        db_rollback(db);
    return rc;
}

enum rc schema_migrate_to(struct db *db, int target, struct reason *out_reason)
{
    int64_t application, version;
    enum rc rc = read_versions(db, &application, &version, out_reason);
    if (rc)
        return rc;
    rc = db_start_writing(db);
    for (int step = (int)version; !rc && step < target; step++)
        rc = run_step(db, step);
    return rc ? db_tell(rc, db, out_reason) : RC_OK;
}

enum rc schema_migrate(struct db *db, struct reason *out_reason)
{
    return schema_migrate_to(db, step_count, out_reason);
}

enum rc schema_check(struct db *db, struct reason *out_reason)
{
    int64_t application, version;
    enum rc rc = read_versions(db, &application, &version, out_reason);
    if (!rc && version < step_count) {
        reason_set(out_reason, "the database has an older shape: start the station once");
        return RC_REFUSED;
    }
    return rc;
}

enum rc schema_set(struct db *db, const char *name, const char *value)
{
    return db_run(db, "INSERT OR REPLACE INTO meta VALUES(?,?)", "tt", name, value);
}

enum rc schema_get(struct db *db, const char *name, char *out_value, size_t size)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, "SELECT value FROM meta WHERE name=?", "t", name);
    if (rc == RC_EMPTY) {
        out_value[0] = 0;
        return RC_OK;
    }
    if (rc)
        return rc;
    db_column_text(rows, 0, out_value, size);
    db_done(rows);
    return RC_OK;
}
