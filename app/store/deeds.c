#include "app/store/deeds.h"

#include <stdio.h>

#include "app/domain/basket.h"
#include "app/domain/day.h"
#include "app/store/assembly.h"
#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"
#include "app/store/office_i.h"
#include "app/store/rows.h"
#include "firmware/base/utf8.h"

/* A deed before it is done. */
struct wish {
    struct fact_id person;
    struct person known; /* the same */
    struct deed deed;
    bool is_done; /* it was recorded a moment ago */
};

/* --- may they? --- */

static enum rc check_in(struct journal *journal, struct wish *wish, struct reason *out_reason)
{
    struct visit visit;
    enum rc rc = lookup_last_visit(journal_db(journal), wish->person, &visit);
    bool is_out = rc == RC_EMPTY || (!rc && (visit.how_out || wish->deed.at_ms >= visit.closes_ms));
    return is_out ? office_refuse(OFFICE_NOT_IN, out_reason) : rc;
}

static enum rc check_words(struct journal *journal, struct wish *wish, struct reason *out_reason)
{
    (void)journal;
    return wish->deed.text[0] ? RC_OK : office_refuse(OFFICE_NO_WORDS, out_reason);
}

/* --- a basket --- */

static enum rc may_fetch(struct journal *journal, const struct office *office, struct wish *wish,
                         struct reason *out_reason)
{
    struct person who;
    enum rc rc = office_check_self(journal, office, wish->person, RIGHT_VOUCH, NULL);
    if (rc != RC_REFUSED)
        return rc;
    rc = office_find(journal, office->by, &who, out_reason);
    return !rc && !basket_may_fetch(&wish->known, &who)
               ? office_refuse(OFFICE_BASKET_OTHERS, out_reason)
               : rc;
}

static void tell_size(struct wish *wish)
{
    snprintf(wish->deed.text, sizeof wish->deed.text, "%s", wish->known.basket);
}

static enum rc check_basket(struct journal *journal, struct wish *wish, struct reason *out_reason)
{
    const struct deeds_at at = {DEED_BASKET, wish->deed.occasion,
                                day_number(wish->deed.at_ms, journal_day_end_min(journal))};
    int fetched;
    if (!wish->known.basket[0])
        return office_refuse(OFFICE_NO_BASKET, out_reason);
    if (basket_paused_until_of(&wish->known, at.day))
        return office_refuse(OFFICE_BASKET_PAUSED, out_reason);
    enum rc rc = deeds_count(journal_db(journal), &at, wish->person, &fetched);
    return !rc && fetched ? office_refuse(OFFICE_BASKET_FETCHED, out_reason) : rc;
}

/* --- a proxy --- */

static enum rc check_proxy(struct journal *journal, struct wish *wish, struct reason *out_reason)
{
    return assembly_check_proxy(journal, wish->person, &wish->deed, out_reason);
}

/* --- each kind --- */

static const struct rule {
    enum right right; /* to do it for somebody else */
    enum rc (*check)(struct journal *journal, struct wish *wish, struct reason *out_reason);
    /* Instead of the right alone; NULL: that. */
    enum rc (*may)(struct journal *journal, const struct office *office, struct wish *wish,
                   struct reason *out_reason);
    void (*fill)(struct wish *wish); /* what is noted besides; NULL: nothing */
} rules[DEED_COUNT] = {
    [DEED_DRINK] = {.right = RIGHT_VOUCH, .check = check_in},
    [DEED_BASKET] = {.right = RIGHT_VOUCH,
                     .check = check_basket,
                     .may = may_fetch,
                     .fill = tell_size},
    [DEED_PROXY] = {.right = RIGHT_OCCASION, .check = check_proxy},
    [DEED_NEED] = {.right = RIGHT_VOUCH, .check = check_words},
};

/* The second touch of one that was meant. */
static enum rc find_again(struct db *db, struct wish *wish)
{
    struct sqlite3_stmt *rows = NULL;
    const struct deed *deed = &wish->deed;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT 1 FROM deed WHERE person_station=? AND person_seq=?"
                              " AND kind=? AND occasion_station=? AND occasion_seq=?"
                              " AND other_station=? AND other_seq=? AND text=?"
                              " AND at_ms BETWEEN ? AND ? LIMIT 1",
                              "IdIItii", wish->person, (int)deed->kind, deed->occasion, deed->other,
                              deed->text, deed->at_ms - DEEDS_AGAIN_MS, deed->at_ms);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    wish->is_done = true;
    db_done(rows);
    return RC_OK;
}

static enum rc find_organisation(struct db *db, struct wish *wish, struct reason *out_reason)
{
    struct occasion occasion;
    if (fact_id_is_none(wish->deed.occasion))
        return RC_OK;
    enum rc rc = lookup_occasion(db, wish->deed.occasion, &occasion);
    if (!rc)
        wish->deed.organisation = occasion.organisation;
    return rc == RC_EMPTY ? office_refuse(OFFICE_NO_OCCASION, out_reason) : rc;
}

static enum rc check(struct journal *journal, const struct office *office, struct wish *wish,
                     struct reason *out_reason)
{
    const struct rule *rule = &rules[wish->deed.kind];
    enum rc rc = office_find(journal, wish->person, &wish->known, out_reason);
    if (!rc)
        rc = rule->may ? rule->may(journal, office, wish, out_reason)
                       : office_check_self(journal, office, wish->person, rule->right, out_reason);
    if (!rc && rule->fill)
        rule->fill(wish);
    if (!rc)
        rc = find_organisation(journal_db(journal), wish, out_reason);
    if (!rc)
        rc = find_again(journal_db(journal), wish);
    return rc || wish->is_done || !rule->check ? rc : rule->check(journal, wish, out_reason);
}

enum rc deeds_do(struct journal *journal, const struct office *office, struct fact_id person,
                 const struct deed *deed, struct fact_id *out_fact, struct reason *out_reason)
{
    bool is_doubtful;
    struct wish wish = {.person = person, .deed = *deed};
    enum rc rc = office_clean(deed->text, sizeof wish.deed.text, OFFICE_WORD_LONG, wish.deed.text,
                              out_reason);
    journal_place_now(journal, &wish.deed.at_ms, &is_doubtful);
    if (!rc)
        rc = check(journal, office, &wish, out_reason);
    if (rc || wish.is_done)
        return rc;
    json_t *body = deed_to_json(&wish.deed);
    return body ? office_add_for(journal, office, FACT_DEED, person, wish.deed.organisation, body,
                                 out_fact)
                : RC_NO_MEMORY;
}

enum rc deeds_record(struct journal *journal, const struct office *office, struct fact_id person,
                     const struct deed *deed, struct fact_id *out_fact, struct reason *out_reason)
{
    struct fact_id fact = {0, 0};
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    rc =
        office_end(journal, deeds_do(journal, office, person, deed, &fact, out_reason), out_reason);
    if (!rc)
        *out_fact = fact;
    return rc;
}

/* --- looking them up --- */

#define DEEDS_AT                                                                                   \
    " FROM deed d WHERE d.kind=? AND d.occasion_station=? AND d.occasion_seq=?"                    \
    " AND (d.occasion_seq>0 OR d.day=?)"

enum rc deeds_list(struct db *db, const struct deeds_at *at,
                   enum rc (*row)(void *context, struct fact_id person, const struct deed *deed),
                   void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct deed deed;
    enum rc rc = db_query(db, &rows,
                          "SELECT" ROWS_DEED ", d.person_station, d.person_seq" DEEDS_AT
                          " ORDER BY d.at_ms, d.station, d.seq",
                          "dId", (int)at->kind, at->occasion, at->day);
    while (!rc && !(rc = db_step(db, rows))) {
        rows_read_deed(rows, 0, &deed);
        rc = row(context, db_column_id(rows, ROWS_DEED_COLUMNS), &deed);
    }
    if (rc != RC_EMPTY)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc deeds_last(struct db *db, struct fact_id person, enum deed_kind kind, struct deed *out_deed)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT" ROWS_DEED "FROM deed d"
                              " WHERE d.person_station=? AND d.person_seq=? AND d.kind=?"
                              " ORDER BY d.place DESC LIMIT 1",
                              "Id", person, (int)kind);
    if (rc)
        return rc;
    rows_read_deed(rows, 0, out_deed);
    db_done(rows);
    return RC_OK;
}

enum rc deeds_count(struct db *db, const struct deeds_at *at, struct fact_id person, int *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows, "SELECT count(*)" DEEDS_AT " AND d.person_station=? AND d.person_seq=?", "dIdI",
        (int)at->kind, at->occasion, at->day, person);
    if (rc)
        return rc;
    *out_count = (int)db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

/* --- taken back --- */

static enum rc take_back(struct journal *journal, const struct office *office,
                         struct fact_id person, const struct deeds_at *at,
                         struct reason *out_reason)
{
    struct sqlite3_stmt *rows = NULL;
    struct fact_id fact;
    enum rc rc = office_check_self(journal, office, person, rules[at->kind].right, out_reason);
    if (rc)
        return rc;
    rc = db_query_row(journal_db(journal), &rows,
                      "SELECT d.station, d.seq" DEEDS_AT
                      " AND d.person_station=? AND d.person_seq=? ORDER BY d.place DESC LIMIT 1",
                      "dIdI", (int)at->kind, at->occasion, at->day, person);
    if (rc)
        return rc == RC_EMPTY ? office_refuse(OFFICE_NO_DEED, out_reason) : rc;
    fact = db_column_id(rows, 0);
    db_done(rows);
    json_t *body = json_pack("{s:[I,I]}", "of", (json_int_t)fact.station, (json_int_t)fact.seq);
    return body ? office_add_for(journal, office, FACT_UNDO, person, (struct fact_id){0, 0}, body,
                                 NULL)
                : RC_NO_MEMORY;
}

enum rc deeds_take_back(struct journal *journal, const struct office *office, struct fact_id person,
                        const struct deeds_at *at, struct reason *out_reason)
{
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    return office_end(journal, take_back(journal, office, person, at, out_reason), out_reason);
}
