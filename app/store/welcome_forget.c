/* Newcomers who never came back. */
#include "app/store/erase.h"
#include "app/store/welcome_i.h"

#define MS_PER_DAY ((int64_t)24 * 3600 * 1000)

static const struct fact_id house = {0, 0};

/*
 * Nobody in any other way: not in a list, not trusted with anything, no badge of theirs works,
 * nothing promised or to be handed to them, here on one day at most and not here now.
 */
#define IS_NOBODY_ELSE                                                                             \
    " p.number='' AND p.external_id='' AND p.college='' AND p.shares='' AND p.basket=''"           \
    " AND NOT EXISTS(SELECT 1 FROM keyholder k WHERE k.station=p.station AND k.seq=p.seq"          \
    "  AND (k.role<>0 OR k.pin<>''))"                                                              \
    " AND NOT EXISTS(SELECT 1 FROM badge b WHERE b.station=p.station AND b.seq=p.seq"              \
    "  AND NOT b.is_withdrawn AND (b.until_ms=0 OR b.until_ms>?1))"                                \
    " AND NOT EXISTS(SELECT 1 FROM sign_up s WHERE s.person_station=p.station"                     \
    "  AND s.person_seq=p.seq AND s.end=0 AND s.to_ms>?1)"                                         \
    " AND NOT EXISTS(SELECT 1 FROM visit v WHERE v.person_station=p.station"                       \
    "  AND v.person_seq=p.seq AND v.how_out=0 AND v.closes_ms>?1)"                                 \
    " AND (SELECT count(DISTINCT v.day) FROM visit v WHERE v.person_station=p.station"             \
    "  AND v.person_seq=p.seq)<=1"

#define FROM_NEWCOMERS " FROM newcomer n JOIN person p ON p.station=n.station AND p.seq=n.seq"

static enum rc find_forgettable(struct db *db, int days, int64_t now_ms, struct fact_id *out_people,
                                int *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    int count = 0;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT p.station, p.seq" FROM_NEWCOMERS " WHERE n.began_ms<?2 AND" IS_NOBODY_ELSE
                 " ORDER BY n.began_ms, n.station, n.seq",
                 "ii", now_ms, now_ms - days * MS_PER_DAY);
    while (!rc && count < WELCOME_FORGET_MAX && !(rc = db_step(db, rows)))
        out_people[count++] = db_column_id(rows, 0);
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_count = count;
    return RC_OK;
}

enum rc welcome_count_to_forget(struct db *db, int days, int64_t now_ms, int *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows, "SELECT count(*)" FROM_NEWCOMERS " WHERE n.began_ms<?2 AND" IS_NOBODY_ELSE, "ii",
        now_ms, now_ms - days * MS_PER_DAY);
    if (rc)
        return rc;
    *out_count = (int)db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

static enum rc forget_all(struct journal *journal, const struct office *office, int days,
                          int *count)
{
    struct fact_id people[WELCOME_FORGET_MAX];
    int64_t now_ms;
    bool is_doubtful;
    journal_place_now(journal, &now_ms, &is_doubtful);
    if (is_doubtful)
        return RC_OK;
    enum rc rc = find_forgettable(journal_db(journal), days, now_ms, people, count);
    for (int i = 0; !rc && i < *count; i++)
        rc = erase_person(journal, office, people[i]);
    return rc;
}

enum rc welcome_forget(struct journal *journal, const struct office *office, int days,
                       int *out_count, struct reason *out_reason)
{
    int count = 0;
    enum rc rc = office_begin(journal, office, RIGHT_ROLES, OFFICE_ABOUT_HOUSE, house, out_reason);
    if (rc)
        return rc;
    rc = office_end(journal, forget_all(journal, office, days, &count), out_reason);
    if (rc)
        return rc;
    *out_count = count;
    /* It is done, whatever becomes of the log: that is written over in time. */
    if (count)
        (void)!journal_empty_log(journal);
    return RC_OK;
}

/* --- one of them --- */

static enum rc is_forgettable(struct db *db, struct fact_id person, int64_t now_ms)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT 1" FROM_NEWCOMERS " WHERE p.station=?2 AND p.seq=?3"
                              " AND" IS_NOBODY_ELSE,
                              "iI", now_ms, person);
    if (!rc)
        db_done(rows);
    return rc;
}

enum rc welcome_forget_one(struct journal *journal, const struct office *office,
                           struct fact_id person, struct reason *out_reason)
{
    struct welcome_one one;
    enum rc rc = welcome_open(journal, office, person, house, &one, out_reason);
    if (rc)
        return rc;
    rc = office_check_self(journal, office, person, RIGHT_ROLES, out_reason);
    if (!rc)
        rc = is_forgettable(journal_db(journal), person, one.at_ms);
    if (rc == RC_EMPTY)
        rc = office_refuse(OFFICE_KEPT, out_reason);
    if (!rc)
        rc = erase_person(journal, &one.office, person);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        (void)!journal_empty_log(journal);
    return rc;
}
