/* What people say of their own visits, and what staff answer. */
#include <string.h>

#include "app/store/lookup_proposals.h"
#include "app/store/office_i.h"

static enum rc set_time(json_t *body, const char *name, int64_t at_ms)
{
    return at_ms && json_object_set_new(body, name, json_integer(at_ms)) ? RC_NO_MEMORY : RC_OK;
}

static json_t *proposal_body(const struct office_correction *wanted, const char *why)
{
    json_t *body = json_pack("{s:[I,I]}", "visit", (json_int_t)wanted->visit.station,
                             (json_int_t)wanted->visit.seq);
    bool is_whole = body && !set_time(body, "arrived_ms", wanted->arrived_ms) &&
                    !set_time(body, "left_ms", wanted->left_ms);
    if (is_whole && why[0])
        is_whole = json_object_set_new(body, "why", json_string(why)) == 0;
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

enum rc office_propose(struct journal *journal, const struct office *office,
                       const struct office_correction *correction, struct fact_id *out_fact,
                       struct reason *out_reason)
{
    char why[OFFICE_REASON_BYTES + 1];
    struct fact_id person = {0, 0}, fact = {0, 0};
    struct office_correction wanted = *correction;
    wanted.is_void = false;
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    rc = office_clean(correction->reason, sizeof why, OFFICE_WORD_LONG, why, out_reason);
    if (!rc)
        rc = office_check_correction(journal, &wanted, &person, out_reason);
    if (!rc && !fact_id_is_same(person, office->by))
        rc = office_refuse(OFFICE_NOT_THEIRS, out_reason);
    if (!rc)
        rc = office_add(journal, office, FACT_PROPOSAL, person, proposal_body(&wanted, why), &fact);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_fact = fact;
    return rc;
}

/* --- answers --- */

static json_t *answer_body(struct fact_id proposal, bool is_accepted, const char *why)
{
    json_t *body = json_pack("{s:[I,I],s:b}", "of", (json_int_t)proposal.station,
                             (json_int_t)proposal.seq, "is_accepted", (int)is_accepted);
    if (body && why[0] && json_object_set_new(body, "why", json_string(why))) {
        json_decref(body);
        return NULL;
    }
    return body;
}

/* What was right when it was proposed may clash with what was noted since. */
static enum rc check(struct journal *journal, struct fact_id id, bool is_accepted,
                     struct fact_id *out_person, struct reason *out_reason)
{
    struct lookup_proposal found;
    enum rc rc = lookup_proposal(journal_db(journal), id, &found);
    if (rc == RC_EMPTY || (!rc && found.proposal.state != PROPOSAL_WAITS))
        return office_refuse(OFFICE_NO_PROPOSAL, out_reason);
    if (rc)
        return rc;
    struct office_correction wanted = {.visit = found.proposal.visit,
                                       .arrived_ms = found.proposal.arrived_ms,
                                       .left_ms = found.proposal.left_ms};
    *out_person = found.person;
    return is_accepted ? office_check_correction(journal, &wanted, out_person, out_reason) : RC_OK;
}

enum rc office_answer_proposal(struct journal *journal, const struct office *office,
                               struct fact_id proposal, bool is_accepted, const char *why,
                               struct reason *out_reason)
{
    char reason[OFFICE_REASON_BYTES + 1];
    struct fact_id person = {0, 0};
    enum rc rc =
        office_begin(journal, office, RIGHT_CORRECT, OFFICE_ABOUT_PROPOSAL, proposal, out_reason);
    if (rc)
        return rc;
    rc = office_clean(why, sizeof reason, OFFICE_REASON_LONG, reason, out_reason);
    if (!rc && !is_accepted && !reason[0])
        rc = office_refuse(OFFICE_NO_REASON, out_reason);
    if (!rc)
        rc = check(journal, proposal, is_accepted, &person, out_reason);
    if (!rc)
        rc = office_add(journal, office, FACT_PROPOSAL_ANSWERED, person,
                        answer_body(proposal, is_accepted, reason), NULL);
    return office_end(journal, rc, out_reason);
}
