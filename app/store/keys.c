#include "app/store/keys.h"

#include "app/store/belonging.h"
#include "app/store/journal.h"
#include "app/store/lookup.h"
#include "app/store/rows.h"

enum rc keys_find(struct db *db, struct fact_id person, struct fold_keyholder *out_keyholder)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT" ROWS_KEYHOLDER "FROM keyholder k WHERE station=? AND seq=?",
                              "I", person);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_keyholder = (struct fold_keyholder){.role = ROLE_NONE};
    if (!rc) {
        rows_read_keyholder(rows, 0, out_keyholder);
        db_done(rows);
    }
    return RC_OK;
}

enum rc keys_mandate_of(struct db *db, const struct circle_list *circles,
                        const struct fold_keyholder *keyholder, const struct person *person,
                        struct mandate *out_mandate)
{
    struct mandate mandate = {.house = 0};
    struct fact_id organisation;
    const struct circle *circle = circle_find(circles, person->circle);
    mandate_add(&mandate, role_rights(keyholder->role), keyholder->organisation);
    enum rc rc =
        circle && circle->rights ? belonging_of_circle(db, circle, &organisation) : RC_EMPTY;
    if (!rc)
        mandate_add(&mandate, circle->rights, organisation);
    if (!rc || rc == RC_EMPTY)
        *out_mandate = mandate;
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc keys_mandate(struct db *db, const struct circle_list *circles, struct fact_id person,
                     struct mandate *out_mandate)
{
    struct fold_keyholder keyholder;
    struct person known = {.circle = ""};
    enum rc rc = keys_find(db, person, &keyholder);
    if (!rc)
        rc = lookup_person(db, person, &known);
    if (rc && rc != RC_EMPTY)
        return rc;
    return keys_mandate_of(db, circles, &keyholder, &known, out_mandate);
}

enum rc keys_find_owners(struct db *db, const char *sealed, struct fact_id *out_owners, size_t max,
                         size_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    size_t count = 0;
    enum rc rc = db_query(
        db, &rows, "SELECT station, seq FROM keyholder WHERE code=? AND code <> ''", "t", sealed);
    while (!rc && count < max && !(rc = db_step(db, rows)))
        out_owners[count++] = db_column_id(rows, 0);
    if (rc && rc != RC_EMPTY)
        return rc;
    db_done(rows);
    *out_count = count;
    return RC_OK;
}

/* A row of misses with the boot and the monotonic time of the last one; no row: none. */
static enum rc read_lock(enum rc rc, struct sqlite3_stmt *rows, struct lock *out_lock)
{
    struct lock lock = {.misses = 0};
    if (!rc) {
        lock.misses = db_column(rows, 0);
        lock.mono_ms = db_column(rows, 2);
        rc = db_column_bytes(rows, 1, lock.boot, sizeof lock.boot);
        db_done(rows);
    }
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_lock = lock;
    return RC_OK;
}

enum rc keys_find_lock(struct db *db, struct fact_id person, struct lock *out_lock)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT k.misses, f.boot, f.mono_ms FROM keyholder k JOIN fact f"
                              " ON f.station=k.miss_station AND f.seq=k.miss_seq"
                              " WHERE k.station=? AND k.seq=? AND k.misses>0",
                              "I", person);
    return read_lock(rc, rows, out_lock);
}

enum rc keys_find_code_lock(struct db *db, int64_t station, struct lock *out_lock)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT t.misses, f.boot, f.mono_ms FROM tally t JOIN fact f"
                              " ON f.station=t.station AND f.seq=t.seq"
                              " WHERE t.station=? AND t.name=?",
                              "it", station, JOURNAL_TALLY_CODES);
    return read_lock(rc, rows, out_lock);
}
