#include <string.h>

#include "app/store/office_i.h"
#include "firmware/base/utf8.h"

/* --- arrivals and departures of people who did not tap --- */

/* What is to be recorded: a forgotten departure before an arrival is noted as at the door. */
static enum rc decide(const struct visit *last, int64_t at_ms, enum answer_kind wanted,
                      enum answer_kind *out_answer, struct reason *out_reason)
{
    bool is_open = last->how_out == PRESENCE_OPEN && last->arrived_ms;
    bool is_over = is_open && at_ms >= last->closes_ms;
    *out_answer = wanted;
    if (wanted == ANSWER_ARRIVAL) {
        if (is_over)
            *out_answer = ANSWER_ARRIVAL_FORGOTTEN;
        return is_open && !is_over ? office_refuse(OFFICE_IN_ALREADY, out_reason) : RC_OK;
    }
    if (!is_open)
        return office_refuse(OFFICE_OUT_ALREADY, out_reason);
    return is_over ? office_refuse(OFFICE_DAY_OVER, out_reason) : RC_OK;
}

static enum rc record(struct journal *journal, const struct office *office, struct fact_id id,
                      enum answer_kind answer, struct fact_id *out_fact, struct reason *out_reason)
{
    struct person person;
    struct visit last = {.arrived_ms = 0};
    int64_t at_ms;
    bool is_doubtful;
    journal_place_now(journal, &at_ms, &is_doubtful);
    enum rc rc = office_find(journal, id, &person, out_reason);
    if (rc)
        return rc;
    rc = lookup_last_visit(journal_db(journal), id, &last);
    if (!rc || rc == RC_EMPTY)
        rc = decide(&last, at_ms, answer, &answer, out_reason);
    return rc ? rc
              : office_add(journal, office, FACT_PRESS, id,
                           json_pack("{s:s,s:s}", "answer", answer_name(answer), "how",
                                     presence_how_name(PRESENCE_STAFF)),
                           out_fact);
}

enum rc office_record(struct journal *journal, const struct office *office, struct fact_id person,
                      enum answer_kind answer, struct fact_id *out_fact, struct reason *out_reason)
{
    struct fact_id fact;
    enum rc rc =
        office_begin(journal, office, RIGHT_VOUCH, OFFICE_ABOUT_PERSON, person, out_reason);
    if (rc)
        return rc;
    rc = record(journal, office, person, answer, &fact, out_reason);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_fact = fact;
    return rc;
}

/* --- corrections --- */

/* Times as they would be; end_ms 0: still open. */
struct times {
    int64_t begin_ms, end_ms;
};

static enum rc check_overlap(struct journal *journal, struct fact_id person, struct fact_id visit,
                             const struct times *times, struct reason *out_reason)
{
    bool overlaps;
    enum rc rc = lookup_overlaps(journal_db(journal), person, visit, times->begin_ms,
                                 times->end_ms ? times->end_ms : INT64_MAX, &overlaps);
    return !rc && overlaps ? office_refuse(OFFICE_OVERLAPS, out_reason) : rc;
}

/* A clock that nobody vouches for knows no future. */
static enum rc check_times(struct journal *journal, const struct times *times,
                           struct reason *out_reason)
{
    int64_t now_ms;
    bool is_doubtful;
    journal_place_now(journal, &now_ms, &is_doubtful);
    int64_t end_ms = times->end_ms ? times->end_ms : now_ms;
    if (!is_doubtful && (times->begin_ms > now_ms || end_ms > now_ms))
        return office_refuse(OFFICE_TO_COME, out_reason);
    if (times->end_ms && times->end_ms <= times->begin_ms)
        return office_refuse(OFFICE_ENDS_FIRST, out_reason);
    if (end_ms - times->begin_ms > PRESENCE_VISIT_MAX_MS)
        return office_refuse(OFFICE_TOO_LONG, out_reason);
    return RC_OK;
}

static json_t *correction_body(const struct office_correction *correction, const char *reason)
{
    json_int_t station = correction->visit.station, seq = correction->visit.seq;
    json_int_t arrived_ms = correction->arrived_ms, left_ms = correction->left_ms;
    if (correction->is_void)
        return json_pack("{s:[I,I],s:b,s:s}", "visit", station, seq, "is_void", 1, "reason",
                         reason);
    if (arrived_ms && left_ms)
        return json_pack("{s:[I,I],s:I,s:I,s:s}", "visit", station, seq, "arrived_ms", arrived_ms,
                         "left_ms", left_ms, "reason", reason);
    return json_pack("{s:[I,I],s:I,s:s}", "visit", station, seq,
                     arrived_ms ? "arrived_ms" : "left_ms", arrived_ms ? arrived_ms : left_ms,
                     "reason", reason);
}

/* A side that stays as it is is no correction; but an end that was only assumed may be confirmed.
 */
static void drop_what_stays(const struct visit *visit, struct office_correction *correction)
{
    if (correction->arrived_ms == visit->arrived_ms)
        correction->arrived_ms = 0;
    if (correction->left_ms == visit->left_ms && visit->how_out != PRESENCE_ASSUMED)
        correction->left_ms = 0;
}

enum rc office_check_correction(struct journal *journal, struct office_correction *correction,
                                struct fact_id *out_person, struct reason *out_reason)
{
    struct visit visit;
    enum rc rc = lookup_visit(journal_db(journal), correction->visit, out_person, &visit);
    if (rc == RC_EMPTY)
        return office_refuse(OFFICE_NO_VISIT, out_reason);
    if (rc || correction->is_void)
        return rc;
    const struct times times = {
        correction->arrived_ms ? correction->arrived_ms : visit.arrived_ms,
        correction->left_ms ? correction->left_ms : visit.left_ms,
    };
    drop_what_stays(&visit, correction);
    if (!correction->arrived_ms && !correction->left_ms)
        return office_refuse(OFFICE_NO_CHANGE, out_reason);
    rc = check_times(journal, &times, out_reason);
    return rc ? rc : check_overlap(journal, *out_person, visit.id, &times, out_reason);
}

enum rc office_correct(struct journal *journal, const struct office *office,
                       const struct office_correction *correction, struct fact_id *out_fact,
                       struct reason *out_reason)
{
    char reason[OFFICE_REASON_BYTES + 1];
    struct fact_id person, fact;
    struct office_correction wanted = *correction;
    enum rc rc = utf8_clean(correction->reason, reason, sizeof reason);
    if (rc || !reason[0])
        return office_refuse(rc == RC_LIMIT ? OFFICE_REASON_LONG : OFFICE_NO_REASON, out_reason);
    rc = office_begin(journal, office, RIGHT_CORRECT, OFFICE_ABOUT_VISIT, correction->visit,
                      out_reason);
    if (rc)
        return rc;
    rc = office_check_correction(journal, &wanted, &person, out_reason);
    if (!rc)
        rc = office_add(journal, office, FACT_CORRECTION, person, correction_body(&wanted, reason),
                        &fact);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_fact = fact;
    return rc;
}
