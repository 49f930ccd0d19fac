#include <string.h>

#include "app/store/door_i.h"
#include "firmware/base/utf8.h"

/* --- guests --- */

static bool is_count(int count)
{
    return count >= 0 && count <= PRESENCE_GUESTS_MAX;
}

static enum rc add_name(json_t *names, const char *name)
{
    char clean[DOOR_GUEST_NAME_BYTES];
    enum rc rc = utf8_clean(name, clean, sizeof clean);
    if (rc)
        return rc;
    if (!clean[0])
        return RC_BAD_INPUT;
    return json_array_append_new(names, json_string(clean)) ? RC_NO_MEMORY : RC_OK;
}

static enum rc guests_body(const struct door_guests *guests, json_t **out_body)
{
    if (!is_count(guests->adults) || !is_count(guests->children) || guests->name_count < 0 ||
        guests->name_count > DOOR_GUEST_NAMES_MAX)
        return RC_LIMIT;
    json_t *names = json_array();
    enum rc rc = names ? RC_OK : RC_NO_MEMORY;
    for (int i = 0; !rc && i < guests->name_count; i++)
        rc = add_name(names, guests->names[i]);
    if (rc) {
        json_decref(names);
        return rc;
    }
    *out_body = json_pack("{s:i,s:i,s:o}", "adults", guests->adults, "children", guests->children,
                          "names", names);
    return *out_body ? RC_OK : RC_NO_MEMORY;
}

/* Said by somebody who is in; the body is taken over. */
static enum rc bring(struct journal *journal, const struct door_guests *guests, json_t *body,
                     struct answer *answer)
{
    struct door_found found = {.has_visit = false};
    struct tap_situation situation = {.since_ms = TAP_NEVER};
    journal_place_now(journal, &answer->at_ms, &answer->is_time_doubtful);
    enum rc rc = door_find_person(journal, guests->person, &found);
    if (!rc)
        rc = door_find_presence(journal, &guests->now, answer->at_ms, &found, &situation);
    if (rc == RC_EMPTY || (!rc && (!situation.is_in || situation.is_past_end)))
        rc = RC_NOT_FOUND;
    if (rc) {
        json_decref(body);
        return rc;
    }
    door_name_person(&found, guests->home, answer);
    door_show_as(ANSWER_ALREADY_IN, answer);
    answer->undo_ms = tap_row_of(ANSWER_ARRIVAL)->undo_ms;
    rc = door_record(journal, FACT_GUESTS, (struct fact_id){0, 0}, body, answer);
    return rc ? rc : door_fill(journal, answer);
}

void door_guests(struct journal *journal, const struct door_guests *guests,
                 struct door_result *out_result)
{
    struct answer answer = {.language = guests->home};
    json_t *body = NULL;
    enum rc rc = guests_body(guests, &body);
    if (!rc && (rc = journal_begin(journal, &guests->now)))
        json_decref(body);
    else if (!rc)
        rc = door_end(journal, bring(journal, guests, body, &answer), &answer);
    if (rc)
        door_refuse(guests->person, guests->home, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}

/* --- proposals --- */

static enum rc check_proposal(struct journal *journal, const struct door_proposal *proposal)
{
    struct fact_id person;
    struct visit visit;
    int64_t at_ms;
    bool is_doubtful;
    enum rc rc = lookup_visit(journal_db(journal), proposal->visit, &person, &visit);
    if (rc == RC_EMPTY || (!rc && !fact_id_is_same(person, proposal->person)))
        return RC_NOT_FOUND;
    if (rc)
        return rc;
    journal_place_now(journal, &at_ms, &is_doubtful);
    if (!presence_is_end_assumed(&visit, at_ms))
        return RC_REFUSED;
    bool is_within = proposal->left_ms >= visit.arrived_ms && proposal->left_ms <= visit.closes_ms;
    return is_within ? RC_OK : RC_LIMIT;
}

enum rc door_propose(struct journal *journal, const struct door_proposal *proposal,
                     struct fact_id *out_fact)
{
    struct answer answer = {.person = proposal->person};
    if (proposal->left_ms == 0) {
        *out_fact = (struct fact_id){0, 0};
        return RC_OK;
    }
    enum rc rc = journal_begin(journal, &proposal->now);
    if (rc)
        return rc;
    rc = check_proposal(journal, proposal);
    if (!rc)
        rc = door_record(journal, FACT_PROPOSAL, (struct fact_id){0, 0},
                         json_pack("{s:[I,I],s:I}", "visit", (json_int_t)proposal->visit.station,
                                   (json_int_t)proposal->visit.seq, "left_ms",
                                   (json_int_t)proposal->left_ms),
                         &answer);
    rc = door_end(journal, rc, &answer);
    if (!rc)
        *out_fact = answer.fact;
    return rc;
}
