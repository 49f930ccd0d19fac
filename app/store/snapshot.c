#include "app/store/snapshot.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/store/lookup.h"
#include "app/store/rows.h"
#include "app/store/schema.h"

struct snapshot {
    struct db *db;
    char path[PATH_MAX];
};

static enum rc begin(struct snapshot *snapshot)
{
    int64_t facts;
    enum rc rc = db_exec(snapshot->db, "BEGIN");
    /* The first read is what fixes the moment. */
    return rc ? rc : db_number(snapshot->db, &facts, "SELECT count(*) FROM meta");
}

static enum rc open_as(struct snapshot *snapshot, enum db_mode mode, struct reason *out_reason)
{
    enum rc rc = db_open(snapshot->path, mode, &snapshot->db);
    if (rc)
        return db_tell(rc, NULL, out_reason);
    rc = schema_check(snapshot->db, out_reason);
    if (!rc && (rc = begin(snapshot)))
        db_tell(rc, snapshot->db, out_reason);
    if (rc) {
        db_rollback(snapshot->db);
        db_close(snapshot->db);
        snapshot->db = NULL;
    }
    return rc;
}

enum rc snapshot_open(const char *path, struct snapshot **out_snapshot, struct reason *out_reason)
{
    struct snapshot *snapshot = calloc(1, sizeof *snapshot);
    if (!snapshot)
        return db_tell(RC_NO_MEMORY, NULL, out_reason);
    snprintf(snapshot->path, sizeof snapshot->path, "%s", path);
    enum rc rc = open_as(snapshot, DB_READ, out_reason);
    if (rc == RC_FULL)
        rc = open_as(snapshot, DB_READ_FULL, out_reason);
    if (rc) {
        snapshot_close(snapshot);
        return rc;
    }
    *out_snapshot = snapshot;
    return RC_OK;
}

void snapshot_close(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    if (snapshot->db)
        db_rollback(snapshot->db);
    db_close(snapshot->db);
    free(snapshot);
}

/* --- the same moment --- */

/* Whatever changes facts or views adds facts, or changes tables. */
struct moment {
    int64_t seqs, schema;
};

static enum rc read_moment(struct db *db, struct moment *out_moment)
{
    enum rc rc = db_number(db, &out_moment->schema, "PRAGMA schema_version");
    return rc ? rc
              : db_number(db, &out_moment->seqs,
                          "SELECT sum((SELECT max(f.seq) FROM fact f WHERE f.station=b.station))"
                          " FROM (SELECT DISTINCT station FROM boot) b");
}

enum rc snapshot_twin(struct snapshot *snapshot, struct snapshot **out_twin)
{
    struct reason reason;
    struct snapshot *twin;
    struct moment here, there;
    enum rc rc = snapshot_open(snapshot->path, &twin, &reason);
    if (rc)
        return rc;
    rc = read_moment(snapshot->db, &here);
    if (!rc)
        rc = read_moment(twin->db, &there);
    if (!rc && (here.seqs != there.seqs || here.schema != there.schema))
        rc = RC_BUSY;
    if (rc)
        snapshot_close(twin);
    else
        *out_twin = twin;
    return rc;
}

struct db *snapshot_db(struct snapshot *snapshot)
{
    return snapshot->db;
}

enum rc snapshot_people(struct snapshot *snapshot, int64_t now_ms,
                        enum rc (*row)(void *context, const struct snapshot_person *person),
                        void *context)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(
        snapshot->db, &rows,
        "SELECT" ROWS_PERSON ","
        " (SELECT count(*) FROM badge b WHERE b.station=p.station AND b.seq=p.seq"
        "  AND NOT b.is_withdrawn),"
        " EXISTS(SELECT 1 FROM visit v WHERE v.person_station=p.station AND v.person_seq=p.seq"
        "  AND v.how_out=0 AND v.closes_ms>?)"
        " FROM person p ORDER BY filed(p.last_name), filed(p.first_name),"
        " p.last_name, p.first_name, p.station, p.seq",
        "i", now_ms);
    while (!rc && !(rc = db_step(snapshot->db, rows))) {
        struct snapshot_person person;
        rows_read_person(rows, 0, &person.person);
        person.badges = (int)db_column(rows, ROWS_PERSON_COLUMNS);
        person.is_in = db_column(rows, ROWS_PERSON_COLUMNS + 1) != 0;
        rc = row(context, &person);
        if (rc)
            db_done(rows);
    }
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc snapshot_counts(struct snapshot *snapshot, int64_t now_ms,
                        struct snapshot_counts *out_counts)
{
    struct snapshot_counts counts = {.station = 0};
    struct db *db = snapshot->db;
    char station[32];
    enum rc rc = schema_get(db, "station", station, sizeof station);
    if (!rc)
        rc = schema_get(db, "fold_version", counts.fold_version, sizeof counts.fold_version);
    if (!rc)
        rc = db_number(db, &counts.facts, "SELECT count(*) FROM fact");
    if (!rc)
        rc = db_number(db, &counts.people, "SELECT count(*) FROM person");
    if (!rc)
        rc = db_number(db, &counts.visits, "SELECT count(*) FROM visit");
    if (!rc)
        rc = lookup_here(db, now_ms, &counts.here);
    if (rc)
        return rc;
    counts.station = strtoll(station, NULL, 10);
    *out_counts = counts;
    return RC_OK;
}
