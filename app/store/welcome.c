#include "app/store/rows.h"
#include "app/store/welcome_i.h"

enum rc welcome_find(struct db *db, struct fact_id person, struct newcomer *out_newcomer)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT" ROWS_NEWCOMER "FROM newcomer n WHERE n.station=? AND"
                              " n.seq=?",
                              "I", person);
    if (rc)
        return rc;
    rows_read_newcomer(rows, 0, out_newcomer);
    db_done(rows);
    return RC_OK;
}

enum rc welcome_consents(struct db *db, struct fact_id person, struct consents *out_consents)
{
    struct sqlite3_stmt *rows = NULL;
    struct consents consents = {.rows = {{.is_said = false}}};
    enum rc rc =
        db_query(db, &rows, "SELECT" ROWS_CONSENT "FROM consent c WHERE c.station=? AND c.seq=?",
                 "I", person);
    while (!rc && !(rc = db_step(db, rows)))
        rows_read_consent(rows, 0, &consents);
    db_done(rows);
    if (rc != RC_EMPTY)
        return rc;
    *out_consents = consents;
    return RC_OK;
}

/* --- transactions --- */

static enum rc find(struct welcome_one *one, const struct office *office, struct fact_id person,
                    struct fact_id other)
{
    bool is_other = !fact_id_is_none(other) && fact_id_is_same(office->by, other);
    enum rc rc =
        is_other ? RC_OK
                 : office_check_self(one->journal, office, person, RIGHT_VOUCH, one->out_reason);
    if (!rc)
        rc = office_find(one->journal, person, &one->person, one->out_reason);
    if (!rc)
        rc = welcome_find(journal_db(one->journal), person, &one->newcomer);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc welcome_open(struct journal *journal, const struct office *office, struct fact_id person,
                     struct fact_id other, struct welcome_one *out_one, struct reason *out_reason)
{
    bool is_doubtful;
    struct welcome_one one = {.journal = journal, .office = *office, .out_reason = out_reason};
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    journal_place_now(journal, &one.at_ms, &is_doubtful);
    if (fact_id_is_same(office->by, person))
        one.office.by = (struct fact_id){0, 0};
    rc = find(&one, office, person, other);
    if (rc)
        return office_end(journal, rc, out_reason);
    *out_one = one;
    return RC_OK;
}

/* --- steps --- */

enum rc welcome_add_step(struct journal *journal, const struct office *office,
                         struct fact_id person, enum guide_step step, enum newcomer_how how)
{
    const struct newcomer_said said = {.step = step, .how = how};
    return office_add(journal, office, FACT_WELCOME, person, newcomer_said_to_json(&said), NULL);
}

enum rc welcome_mark(const struct welcome_one *one, enum guide_step step, enum newcomer_how how)
{
    if (one->newcomer.steps[step] == how)
        return RC_OK;
    return welcome_add_step(one->journal, &one->office, one->person.id, step, how);
}
