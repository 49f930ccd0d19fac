#include "app/store/views_i.h"

#include <stdarg.h>
#include <stdlib.h>

#include "app/store/rows.h"

/* db_run and db_query on one set. */
static enum rc run(struct db *db, const char *suffix, const char *text, const char *types, ...)
{
    char sql[VIEWS_SQL_BYTES];
    va_list arguments;
    va_start(arguments, types);
    enum rc rc = db_vrun(db, views_for_set(suffix, text, sql), types, arguments);
    va_end(arguments);
    return rc;
}

static enum rc query(struct db *db, const char *suffix, struct sqlite3_stmt **out_rows,
                     const char *text, const char *types, ...)
{
    char sql[VIEWS_SQL_BYTES];
    va_list arguments;
    va_start(arguments, types);
    enum rc rc = db_vquery(db, out_rows, views_for_set(suffix, text, sql), types, arguments);
    va_end(arguments);
    return rc;
}

/* --- reading --- */

static enum rc load_person(struct db *db, const char *suffix, struct fact_id id, struct fold *fold)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = query(db, suffix, &rows,
                       "SELECT" ROWS_PERSON "FROM person@ p WHERE station=? AND seq=?", "I", id);
    if (!rc)
        rc = db_step(db, rows);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    rows_read_person(rows, 0, &fold->person);
    fold->is_known = true;
    db_done(rows);
    return RC_OK;
}

static enum rc load_badges(struct db *db, const char *suffix, struct fact_id id, struct fold *fold)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = query(db, suffix, &rows,
                       "SELECT hash, key_id, given_station, given_seq, is_withdrawn, until_ms,"
                       " is_lent"
                       " FROM badge@ WHERE station=? AND seq=? ORDER BY hash",
                       "I", id);
    while (!rc && !(rc = db_step(db, rows)) && fold->badge_count < FOLD_BADGES_MAX) {
        struct fold_badge *badge = &fold->badges[fold->badge_count++];
        rc = db_column_bytes(rows, 0, badge->hash.bytes, sizeof badge->hash.bytes);
        db_column_text(rows, 1, badge->key_id, sizeof badge->key_id);
        badge->given = db_column_id(rows, 2);
        badge->is_withdrawn = db_column(rows, 4) != 0;
        badge->until_ms = db_column(rows, 5);
        badge->is_lent = db_column(rows, 6) != 0;
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc load_keyholder(struct db *db, const char *suffix, struct fact_id id,
                              struct fold_keyholder *keyholder)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        query(db, suffix, &rows,
              "SELECT" ROWS_KEYHOLDER "FROM keyholder@ k WHERE station=? AND seq=?", "I", id);
    if (!rc)
        rc = db_step(db, rows);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    rows_read_keyholder(rows, 0, keyholder);
    db_done(rows);
    return RC_OK;
}

static enum rc load_visits(struct db *db, const char *suffix, struct fact_id id,
                           struct presence *presence)
{
    struct sqlite3_stmt *rows = NULL;
    struct visit visit;
    enum rc rc = query(db, suffix, &rows,
                       "SELECT" ROWS_VISIT "FROM visit@ v WHERE person_station=? AND person_seq=?"
                       " ORDER BY arrived_ms, station, seq",
                       "I", id);
    while (!rc && !(rc = db_step(db, rows))) {
        rows_read_visit(rows, 0, &visit);
        rc = presence_add(presence, &visit);
    }
    if (rc != RC_EMPTY)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc load_since(struct db *db, const char *suffix, struct fact_id id,
                          struct presence *presence)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        query(db, suffix, &rows,
              "SELECT since_station, since_seq FROM presence@ WHERE station=? AND seq=?", "I", id);
    if (!rc)
        rc = db_step(db, rows);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    presence->since = db_column_id(rows, 0);
    db_done(rows);
    return RC_OK;
}

static enum rc load_totals(struct db *db, const char *suffix, struct fact_id id,
                           struct presence *presence)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = query(db, suffix, &rows,
                       "SELECT organisation_station, organisation_seq, visits, seconds"
                       " FROM total@ WHERE station=? AND seq=? ORDER BY place",
                       "I", id);
    while (!rc && !(rc = db_step(db, rows)) && presence->total_count < PRESENCE_TOTALS_MAX)
        presence->totals[presence->total_count++] =
            (struct presence_total){db_column_id(rows, 0), db_column(rows, 2), db_column(rows, 3)};
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc views_load(struct db *db, const char *suffix, struct fact_id person, struct fold *out_fold)
{
    struct fold *fold = calloc(1, sizeof *fold);
    if (!fold)
        return RC_NO_MEMORY;
    enum rc rc = load_person(db, suffix, person, fold);
    if (!rc)
        rc = load_badges(db, suffix, person, fold);
    if (!rc)
        rc = load_keyholder(db, suffix, person, &fold->keyholder);
    if (!rc)
        rc = load_visits(db, suffix, person, &fold->presence);
    if (!rc)
        rc = load_since(db, suffix, person, &fold->presence);
    if (!rc)
        rc = load_totals(db, suffix, person, &fold->presence);
    if (rc)
        fold_finish(fold);
    else
        *out_fold = *fold;
    free(fold);
    return rc;
}

/* --- writing --- */

static enum rc write_person(struct db *db, const char *suffix, struct fact_id id,
                            const struct fold *fold)
{
    const struct person *p = &fold->person;
    if (!fold->is_known)
        return run(db, suffix, "DELETE FROM person@ WHERE station=? AND seq=?", "I", id);
    return run(db, suffix,
               "INSERT OR REPLACE INTO person@(station, seq, number, external_id, first_name,"
               " last_name, language, circle, email, phone, since) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
               "Ittttttttt", id, p->number, p->external_id, p->first_name, p->last_name,
               p->language, p->circle, p->email, p->phone, p->since);
}

static enum rc write_badges(struct db *db, const char *suffix, struct fact_id id,
                            const struct fold *fold)
{
    enum rc rc = run(db, suffix, "DELETE FROM badge@ WHERE station=? AND seq=?", "I", id);
    for (size_t i = 0; !rc && i < fold->badge_count; i++) {
        const struct fold_badge *badge = &fold->badges[i];
        rc = run(db, suffix,
                 "INSERT INTO badge@(hash, station, seq, key_id, given_station,"
                 " given_seq, is_withdrawn, until_ms, is_lent) VALUES(?,?,?,?,?,?,?,?,?)",
                 "bItIdid", badge->hash.bytes, sizeof badge->hash.bytes, id, badge->key_id,
                 badge->given, (int)badge->is_withdrawn, badge->until_ms, (int)badge->is_lent);
    }
    return rc;
}

static enum rc write_keyholder(struct db *db, const char *suffix, struct fact_id id,
                               const struct fold_keyholder *keyholder)
{
    if (fold_is_empty_keyholder(keyholder))
        return run(db, suffix, "DELETE FROM keyholder@ WHERE station=? AND seq=?", "I", id);
    return run(db, suffix,
               "INSERT OR REPLACE INTO keyholder@(station, seq, role, pin, code, misses,"
               " miss_station, miss_seq) VALUES(?,?,?,?,?,?,?,?)",
               "IdttdI", id, (int)keyholder->role, keyholder->pin, keyholder->code,
               keyholder->misses, keyholder->last_miss);
}

static enum rc write_visit(struct db *db, const char *suffix, struct fact_id person,
                           const struct visit *visit)
{
    return run(db, suffix,
               "INSERT INTO visit@(station, seq, person_station, person_seq,"
               " organisation_station, organisation_seq, arrived_ms, left_ms, closes_ms,"
               " how_in, how_out, is_doubtful_in, is_doubtful_out, guests, children)"
               " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
               "IIIiiidddddd", visit->id, person, visit->organisation, visit->arrived_ms,
               visit->left_ms, visit->closes_ms, (int)visit->how_in, (int)visit->how_out,
               (int)visit->is_doubtful_in, (int)visit->is_doubtful_out, visit->guests,
               visit->children);
}

/* A new fact touches the end of a person's visits: what stands before it is left alone. */
static enum rc write_visits(struct db *db, const char *suffix, struct fact_id person,
                            const struct presence *before, const struct presence *after)
{
    enum rc rc = RC_OK;
    size_t same = fold_same_visits(before, after);
    for (size_t i = same; !rc && i < before->count; i++)
        rc = run(db, suffix, "DELETE FROM visit@ WHERE station=? AND seq=?", "I",
                 before->visits[i].id);
    for (size_t i = same; !rc && i < after->count; i++)
        rc = write_visit(db, suffix, person, &after->visits[i]);
    return rc;
}

static enum rc write_presence(struct db *db, const char *suffix, struct fact_id person,
                              const struct presence *presence)
{
    /* Where nothing is since, there is no row: the same facts make the same rows in any order. */
    enum rc rc =
        fact_id_is_none(presence->since)
            ? run(db, suffix, "DELETE FROM presence@ WHERE station=? AND seq=?", "I", person)
            : run(db, suffix,
                  "INSERT OR REPLACE INTO presence@(station, seq, since_station,"
                  " since_seq) VALUES(?,?,?,?)",
                  "II", person, presence->since);
    if (!rc)
        rc = run(db, suffix, "DELETE FROM total@ WHERE station=? AND seq=?", "I", person);
    for (size_t i = 0; !rc && i < presence->total_count; i++)
        rc = run(db, suffix,
                 "INSERT INTO total@(station, seq, place, organisation_station,"
                 " organisation_seq, visits, seconds) VALUES(?,?,?,?,?,?,?)",
                 "IiIii", person, (int64_t)i, presence->totals[i].organisation,
                 presence->totals[i].visits, presence->totals[i].seconds);
    return rc;
}

static enum rc write_fold(struct db *db, const char *suffix, struct fact_id id,
                          const struct fold *before, const struct fold *after)
{
    enum rc rc = RC_OK;
    if (!fold_is_same_person(before, after))
        rc = write_person(db, suffix, id, after);
    if (!rc && !fold_has_same_badges(before, after))
        rc = write_badges(db, suffix, id, after);
    if (!rc && !fold_is_same_keyholder(&before->keyholder, &after->keyholder))
        rc = write_keyholder(db, suffix, id, &after->keyholder);
    if (!rc)
        rc = write_visits(db, suffix, id, &before->presence, &after->presence);
    if (!rc && !fold_is_same_presence(&before->presence, &after->presence))
        rc = write_presence(db, suffix, id, &after->presence);
    return rc;
}

enum rc views_refold(struct db *db, const char *suffix, struct fact_id person,
                     struct facts *scratch)
{
    struct fold before, after;
    enum rc rc = facts_load_subject(db, person, scratch);
    if (rc)
        return rc;
    rc = fold_person(scratch->rows, scratch->count, &after);
    if (rc)
        return rc;
    rc = views_load(db, suffix, person, &before);
    if (!rc) {
        rc = write_fold(db, suffix, person, &before, &after);
        fold_finish(&before);
    }
    fold_finish(&after);
    return rc;
}
