/* How far what somebody may reaches, and what lies beyond it. */
#include "app/store/belonging.h"
#include "app/store/keys.h"
#include "app/store/lookup_occasions.h"
#include "app/store/lookup_proposals.h"
#include "app/store/office_i.h"

static enum rc find(struct journal *journal, const struct office *office, enum right right,
                    struct reach *out_reach)
{
    struct mandate mandate = {.house = 0};
    *out_reach = (struct reach){.kind = REACH_HOUSE};
    if (fact_id_is_none(office->by))
        return RC_OK;
    enum rc rc = keys_mandate(journal_db(journal), journal_circles(journal), office->by, &mandate);
    *out_reach = mandate_reach(&mandate, right);
    return rc;
}

enum rc office_find_organisation(struct journal *journal, const struct office *office,
                                 enum right right, struct fact_id *out_organisation)
{
    struct reach reach;
    enum rc rc = find(journal, office, right, &reach);
    if (!rc)
        *out_organisation = reach.organisation;
    return rc;
}

enum rc office_reach(struct journal *journal, const struct office *office, enum right right,
                     struct reach *out_reach, struct reason *out_reason)
{
    struct reach reach;
    enum rc rc = find(journal, office, right, &reach);
    if (!rc && reach.kind == REACH_NOBODY)
        return office_refuse(OFFICE_NO_RIGHT, out_reason);
    if (!rc)
        *out_reach = reach;
    return rc;
}

/* --- what lies within an organisation --- */

static enum rc has_house(struct journal *journal, struct fact_id organisation, struct fact_id id,
                         bool *out_is)
{
    (void)journal;
    (void)organisation;
    (void)id;
    *out_is = false;
    return RC_OK;
}

/* Whoever is nobody's yet is met by whoever meets them first. */
static enum rc has_person(struct journal *journal, struct fact_id organisation, struct fact_id id,
                          bool *out_is)
{
    const struct belonging belonging = belonging_of(organisation, journal_circles(journal));
    bool is = false;
    enum rc rc = belonging_find(journal_db(journal), &belonging, id, &is);
    if (!rc && !is)
        rc = belonging_is_nobodys(journal_db(journal), journal_circles(journal), id, &is);
    if (!rc)
        *out_is = is;
    return rc;
}

static enum rc has_visit(struct journal *journal, struct fact_id organisation, struct fact_id id,
                         bool *out_is)
{
    struct visit visit;
    struct fact_id person;
    enum rc rc = lookup_visit(journal_db(journal), id, &person, &visit);
    return rc ? rc
              : belonging_has_visit(journal_db(journal), organisation, person, visit.id, out_is);
}

static enum rc has_proposal(struct journal *journal, struct fact_id organisation, struct fact_id id,
                            bool *out_is)
{
    struct lookup_proposal found;
    enum rc rc = lookup_proposal(journal_db(journal), id, &found);
    return rc ? rc
              : belonging_has_visit(journal_db(journal), organisation, found.person,
                                    found.proposal.visit, out_is);
}

static enum rc has_occasion(struct journal *journal, struct fact_id organisation, struct fact_id id,
                            bool *out_is)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(journal_db(journal), &rows,
                              "SELECT organisation_station, organisation_seq FROM occasion"
                              " WHERE station=? AND seq=?",
                              "I", id);
    if (rc)
        return rc;
    *out_is = fact_id_is_same(db_column_id(rows, 0), organisation);
    db_done(rows);
    return RC_OK;
}

static const struct {
    enum rc (*has)(struct journal *journal, struct fact_id organisation, struct fact_id id,
                   bool *out_is);
    enum office_refusal missing; /* where there is no such thing */
} abouts[OFFICE_ABOUTS] = {
    [OFFICE_ABOUT_HOUSE] = {has_house, OFFICE_NOT_YOURS},
    [OFFICE_ABOUT_PERSON] = {has_person, OFFICE_NO_PERSON},
    [OFFICE_ABOUT_VISIT] = {has_visit, OFFICE_NO_VISIT},
    [OFFICE_ABOUT_PROPOSAL] = {has_proposal, OFFICE_NO_PROPOSAL},
    [OFFICE_ABOUT_OCCASION] = {has_occasion, OFFICE_NO_OCCASION},
};

enum rc office_check_reach(struct journal *journal, const struct reach *reach,
                           enum office_about about, struct fact_id id, struct reason *out_reason)
{
    bool is_theirs = false;
    if (reach->kind == REACH_HOUSE || about == OFFICE_ABOUT_ANY)
        return RC_OK;
    if (reach->kind == REACH_NOBODY)
        return office_refuse(OFFICE_NO_RIGHT, out_reason);
    enum rc rc = abouts[about].has(journal, reach->organisation, id, &is_theirs);
    if (rc == RC_EMPTY)
        return office_refuse(abouts[about].missing, out_reason);
    return !rc && !is_theirs ? office_refuse(OFFICE_NOT_YOURS, out_reason) : rc;
}

enum rc office_may(struct journal *journal, const struct office *office, enum right right,
                   enum office_about about, struct fact_id id, struct reason *out_reason)
{
    struct reach reach;
    enum rc rc = office_reach(journal, office, right, &reach, out_reason);
    return rc ? rc : office_check_reach(journal, &reach, about, id, out_reason);
}
