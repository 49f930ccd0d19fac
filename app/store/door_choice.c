/* What somebody who came touches: a shift to help at, what brings them, what they take or say. */
#include <stdio.h>
#include <string.h>

#include "app/store/deeds.h"
#include "app/store/door_i.h"
#include "app/store/rota.h"

/* Who touches it, when, and what staff say is on. */
struct toucher {
    struct fact_id person;
    const struct clock_reading *now;
    enum occasion_kind occasion;
    enum language home;
};

static enum rc find(struct journal *journal, const struct toucher *toucher,
                    struct door_found *found, struct answer *answer)
{
    struct tap_situation situation = {.since_ms = TAP_NEVER};
    journal_place_now(journal, &answer->at_ms, &answer->is_time_doubtful);
    enum rc rc = door_find_person(journal, toucher->person, found);
    if (rc)
        return rc == RC_EMPTY ? RC_NOT_FOUND : rc;
    door_name_person(found, toucher->home, answer);
    rc = door_find_presence(journal, toucher->now, answer->at_ms, found, &situation);
    if (!rc)
        rc = door_find_occasion(journal, toucher->occasion, answer->at_ms, found, &situation);
    return rc;
}

/* --- a shift, or what brings them --- */

static enum rc record(struct journal *journal, const struct door_choice *choice,
                      struct fact_id *out_fact, struct reason *out_why)
{
    const struct office office = {.by = choice->person, .now = choice->now};
    return choice->of.number
               ? rota_promise(journal, &office, choice->person, choice->of, out_fact, out_why)
               : rota_come_for(journal, &office, choice->person, choice->of.occasion, out_fact,
                               out_why);
}

/* The slot as their greeting shows it. */
static enum rc take_slot(struct journal *journal, struct shift_id of, struct answer_slot *out_slot)
{
    struct lookup_shift shift;
    if (!of.number)
        return RC_OK;
    enum rc rc = lookup_one_shift(journal_db(journal), of, &shift);
    if (!rc)
        *out_slot = shift.slot;
    return rc;
}

static enum rc take_occasion(struct journal *journal, struct fact_id id, struct door_occasion *here)
{
    struct occasion occasion;
    *here = (struct door_occasion){.kind = OCCASION_OPEN_DAY};
    if (fact_id_is_none(id))
        return RC_OK;
    enum rc rc = lookup_occasion(journal_db(journal), id, &occasion);
    if (!rc)
        *here = door_describe(&occasion);
    return rc;
}

static enum rc choose(struct journal *journal, const struct door_choice *choice,
                      struct answer *answer, struct reason *out_why)
{
    struct door_found found = {.has_visit = false};
    const struct toucher toucher = {choice->person, &choice->now, choice->occasion, choice->home};
    enum rc rc = find(journal, &toucher, &found, answer);
    if (!rc)
        rc = record(journal, choice, &answer->fact, out_why);
    if (!rc)
        rc = journal_settle(journal);
    if (!rc)
        rc = take_slot(journal, choice->of, &found.shift);
    if (!rc)
        rc = take_occasion(journal, choice->of.occasion, &found.here);
    door_show_as(ANSWER_ARRIVAL, answer);
    if (!rc)
        rc = door_fill(journal, answer);
    if (!rc)
        rc = door_fill_company(journal, &found, answer);
    door_forget(&found);
    return rc;
}

void door_choose(struct journal *journal, const struct door_choice *choice,
                 struct door_result *out_result, struct reason *out_why)
{
    struct answer answer = {.language = choice->home};
    enum rc rc = journal_begin(journal, &choice->now);
    if (!rc)
        rc = door_end(journal, choose(journal, choice, &answer, out_why), &answer);
    if (rc)
        door_refuse(choice->person, choice->home, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}

/* --- what they take, say or hand over --- */

/* Whose deed it is, and who else has to do with it. */
static struct fact_id subject_of(const struct door_deed *wanted, struct fact_id *out_other)
{
    bool is_for_another = deed_kind_is_for_another(wanted->kind) &&
                          !fact_id_is_none(wanted->other) &&
                          !fact_id_is_same(wanted->other, wanted->person);
    if (deed_kind_is_for_another(wanted->kind))
        *out_other = is_for_another ? wanted->person : (struct fact_id){0, 0};
    else
        *out_other = wanted->other;
    return is_for_another ? wanted->other : wanted->person;
}

static enum rc act(struct journal *journal, const struct door_deed *wanted, struct answer *answer,
                   struct reason *out_why)
{
    struct door_found found = {.has_visit = false};
    const struct toucher toucher = {wanted->person, &wanted->now, wanted->occasion, wanted->home};
    const struct office office = {.by = wanted->person, .now = wanted->now};
    struct deed deed = {.kind = wanted->kind};
    struct fact_id subject = subject_of(wanted, &deed.other);
    enum rc rc = find(journal, &toucher, &found, answer);
    deed.occasion = found.here.id;
    snprintf(deed.text, sizeof deed.text, "%s", wanted->text);
    if (!rc)
        rc = deeds_do(journal, &office, subject, &deed, &answer->fact, out_why);
    if (!rc)
        rc = journal_settle(journal);
    door_show_as(ANSWER_ASKS, answer);
    answer->deed = wanted->kind;
    answer->has_deed = true;
    answer->fetched.person = subject;
    answer->shown_ms = tap_row_of(ANSWER_ARRIVAL)->shown_ms;
    answer->undo_ms = tap_row_of(ANSWER_ARRIVAL)->undo_ms;
    if (!rc)
        rc = door_fill(journal, answer);
    if (!rc)
        rc = door_fill_company(journal, &found, answer);
    door_forget(&found);
    return rc;
}

/* The second touch of one that was meant: what the first came to, with what is left of its undo. */
static enum rc take_earlier(struct journal *journal, const struct door_deed *wanted,
                            struct answer *answer)
{
    struct deed deed;
    struct fact_id other, subject = subject_of(wanted, &other);
    enum rc rc = deeds_last(journal_db(journal), subject, wanted->kind, &deed);
    int64_t left_ms = rc ? 0 : answer->undo_ms - (answer->at_ms - deed.at_ms);
    answer->undo_ms = left_ms > 0 ? left_ms : 0;
    if (left_ms > 0)
        answer->fact = deed.fact;
    return rc == RC_EMPTY ? RC_OK : rc;
}

void door_do(struct journal *journal, const struct door_deed *deed, struct door_result *out_result,
             struct reason *out_why)
{
    struct answer answer = {.language = deed->home};
    enum rc rc = journal_begin(journal, &deed->now);
    if (!rc)
        rc = door_end(journal, act(journal, deed, &answer, out_why), &answer);
    if (!rc && fact_id_is_none(answer.fact))
        rc = take_earlier(journal, deed, &answer);
    if (rc)
        door_refuse(deed->person, deed->home, &answer);
    out_result->answer = answer;
    out_result->disk = rc;
}
