#include "app/store/erase.h"

#include <stdio.h>
#include <string.h>

#include "app/domain/deed.h"
#include "app/store/closing.h"
#include "app/store/erase_named.h"
#include "app/store/keys.h"
#include "app/store/lookup.h"
#include "app/store/lookup_hours.h"
#include "app/store/named.h"
#include "app/store/office_i.h"

enum rc erase_person(struct journal *journal, const struct office *office, struct fact_id person)
{
    struct closing_rule rule = {.is_everything = true};
    struct closing closing;
    struct stone stone = {.journal = journal, .office = office, .person = person};
    bool is_doubtful;
    journal_place_now(journal, &rule.now_ms, &is_doubtful);
    enum rc rc = closing_begin(journal, office, person, &rule, &closing);
    if (!rc)
        rc = erase_named(journal, office, person, &closing.facts, rule.now_ms);
    if (!rc && (closing.sums.count || closing.fold.is_known))
        rc = closing_write(&closing, NULL);
    if (!rc)
        rc = closing_bury(&closing, &stone);
    rc = stone_end(&stone, rc);
    closing_finish(&closing);
    return rc;
}

/* --- by the office --- */

static enum rc check_in(struct db *db, struct fact_id person, int64_t now_ms,
                        struct reason *out_reason)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT 1 FROM visit WHERE person_station=? AND person_seq=?"
                              " AND how_out=0 AND closes_ms>?",
                              "Ii", person, now_ms);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    db_done(rows);
    return office_refuse(OFFICE_STILL_HERE, out_reason);
}

static enum rc check_staff(struct db *db, struct fact_id person, struct reason *out_reason)
{
    struct fold_keyholder keyholder = {.role = ROLE_NONE};
    int64_t count = 0;
    enum rc rc = keys_find(db, person, &keyholder);
    if (!rc && keyholder.role == ROLE_STAFF && fact_id_is_none(keyholder.organisation))
        rc = lookup_count_role(db, ROLE_STAFF, &count);
    if (rc || count != 1)
        return rc;
    return office_refuse(OFFICE_LAST_STAFF, out_reason);
}

enum rc erase_by_office(struct journal *journal, const struct office *office, struct fact_id person,
                        bool *out_is_clean, struct reason *out_reason)
{
    struct person known;
    int64_t now_ms;
    bool is_doubtful;
    enum rc rc = office_begin(journal, office, RIGHT_ROLES, OFFICE_ABOUT_HOUSE,
                              (struct fact_id){0, 0}, out_reason);
    if (rc)
        return rc;
    journal_place_now(journal, &now_ms, &is_doubtful);
    rc = office_find(journal, person, &known, out_reason);
    if (!rc)
        rc = check_in(journal_db(journal), person, now_ms, out_reason);
    if (!rc)
        rc = check_staff(journal_db(journal), person, out_reason);
    if (!rc)
        rc = erase_person(journal, office, person);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_is_clean = journal_empty_log(journal) == RC_OK;
    return rc;
}

/* --- before it --- */

#define LAST_DAY 99991231

#define OF_PERSON " WHERE person_station=?1 AND person_seq=?2"

static enum rc count_theirs(struct db *db, struct fact_id person, int64_t now_ms,
                            struct erase_outlook *outlook)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows,
        "SELECT (SELECT count(*) FROM fact WHERE subject_station=?1 AND subject_seq=?2"
        "  AND body IS NOT NULL AND kind NOT IN (14, 15)),"
        " (SELECT count(*) FROM visit" OF_PERSON "),"
        " (SELECT count(*) FROM badge WHERE station=?1 AND seq=?2),"
        " (SELECT count(*) FROM sign_up" OF_PERSON "),"
        " (SELECT count(*) FROM deed" OF_PERSON " AND kind=?4),"
        " (SELECT coalesce(sum(visits), 0) FROM total WHERE station=?1 AND seq=?2 AND part=0),"
        " (SELECT count(*) FROM visit" OF_PERSON " AND how_out=0 AND closes_ms>?3)",
        "Iid", person, now_ms, (int)DEED_NEED);
    _Static_assert(FACT_CLOSING == 14 && FACT_TOMBSTONE == 15, "these stay");
    if (rc)
        return rc;
    *outlook = (struct erase_outlook){.facts = db_column(rows, 0),
                                      .visits = db_column(rows, 1),
                                      .badges = db_column(rows, 2),
                                      .sign_ups = db_column(rows, 3),
                                      .needs = db_column(rows, 4),
                                      .sums_visits = db_column(rows, 5),
                                      .is_in = db_column(rows, 6) > 0};
    db_done(rows);
    return RC_OK;
}

/*
 * What stays of it: words that somebody typed. Bodies are JSON: a name with a quote or an accent
 * stands there as it was written by Jansson.
 */
static enum rc count_mentions(struct db *db, const struct person *person, const struct named *named,
                              int64_t *out_count)
{
    int64_t count = 0;
    char name[sizeof person->first_name + sizeof person->last_name + 1];
    struct sqlite3_stmt *rows = NULL;
    snprintf(name, sizeof name, "%s%s%s", person->first_name, person->last_name[0] ? " " : "",
             person->last_name);
    enum rc rc =
        db_query(db, &rows,
                 "SELECT station, seq FROM fact WHERE NOT (subject_station=?1 AND subject_seq=?2)"
                 " AND body IS NOT NULL AND ((?3<>'' AND instr(body, cast(?3 AS BLOB))>0)"
                 " OR (?4<>'' AND instr(body, cast(?4 AS BLOB))>0)"
                 " OR (?5<>'' AND instr(body, cast(?5 AS BLOB))>0))",
                 "Ittt", person->id, name, person->email, person->phone);
    while (!rc && !(rc = db_step(db, rows)))
        count += !named_has(named, db_column_id(rows, 0));
    db_done(rows);
    *out_count = count;
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc count_others(struct db *db, const struct person *person, int64_t now_ms,
                            struct erase_outlook *outlook)
{
    struct named named = {.rows = NULL};
    struct facts facts = {.rows = NULL};
    struct wanted *wanted = NULL;
    enum rc rc = facts_load_subject(db, person->id, &facts);
    if (!rc)
        rc = named_begin(db, person->id, &facts, &wanted);
    if (!rc)
        rc = named_find(wanted, now_ms, &named);
    if (!rc)
        rc = count_mentions(db, person, &named, &outlook->mentions);
    outlook->records = named_count_records(&named);
    named_finish(&named);
    named_end(wanted);
    facts_finish(&facts);
    return rc;
}

/* Promises of a shift are no hours yet; what is open counts up to now. */
static enum rc count_seconds(struct db *db, struct fact_id person, int64_t now_ms,
                             struct erase_outlook *outlook)
{
    struct sqlite3_stmt *rows = NULL;
    int64_t lived = 0;
    enum rc rc = lookup_hours_given(db, person, 0, LAST_DAY, now_ms, &lived);
    if (!rc)
        rc = db_query_row(db, &rows,
                          "SELECT coalesce(sum(seconds), 0) FROM total WHERE station=?"
                          " AND seq=?",
                          "I", person);
    if (rc)
        return rc;
    outlook->seconds = lived + db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc erase_count(struct db *db, struct fact_id person, int64_t now_ms,
                    struct erase_outlook *out_outlook)
{
    struct erase_outlook outlook;
    struct person known;
    enum rc rc = lookup_person(db, person, &known);
    if (!rc)
        rc = count_theirs(db, person, now_ms, &outlook);
    if (!rc)
        rc = count_seconds(db, person, now_ms, &outlook);
    if (!rc)
        *out_outlook = outlook;
    return rc;
}

enum rc erase_look(struct db *db, struct fact_id person, int64_t now_ms,
                   struct erase_outlook *out_outlook)
{
    struct erase_outlook outlook;
    struct person known;
    enum rc rc = lookup_person(db, person, &known);
    if (!rc)
        rc = erase_count(db, person, now_ms, &outlook);
    if (!rc)
        rc = count_others(db, &known, now_ms, &outlook);
    if (!rc)
        *out_outlook = outlook;
    return rc;
}
