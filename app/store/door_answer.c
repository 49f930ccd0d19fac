#include <string.h>

#include "app/domain/day.h"
#include "app/store/door_i.h"
#include "app/store/intention.h"
#include "app/store/keys.h"
#include "app/store/lookup_hours.h"

/* --- what is found --- */

enum rc door_find_person(struct journal *journal, struct fact_id id, struct door_found *found)
{
    struct fold_keyholder keyholder = {.role = ROLE_NONE};
    enum rc rc = lookup_person(journal_db(journal), id, &found->person);
    if (!rc)
        rc = keys_find(journal_db(journal), id, &keyholder);
    if (rc)
        return rc;
    found->role = keyholder.role;
    found->has_pin = keyholder.pin[0] != '\0';
    return keys_mandate_of(journal_db(journal), journal_circles(journal), &keyholder,
                           &found->person, &found->mandate);
}

enum rc door_find_badge(struct journal *journal, const struct badge *badge, int64_t at_ms,
                        struct door_found *found, struct tap_situation *situation)
{
    struct fact_id id;
    enum rc rc = lookup_owner(journal_db(journal), journal_key(journal), badge, &id, &found->badge);
    if (!rc)
        rc = door_find_person(journal, id, found);
    if (rc)
        return rc;
    bool is_over = found->badge.until_ms && at_ms >= found->badge.until_ms;
    situation->badge = found->badge.is_withdrawn || is_over ? TAP_BADGE_WITHDRAWN : TAP_BADGE_KNOWN;
    return RC_OK;
}

enum rc door_find_presence(struct journal *journal, const struct clock_reading *now, int64_t at_ms,
                           struct door_found *found, struct tap_situation *situation)
{
    struct db *db = journal_db(journal);
    uint8_t boot[CLOCK_BOOT_BYTES];
    int64_t mono_ms;
    enum rc rc = lookup_last_visit(db, found->person.id, &found->visit);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    found->has_visit = true;
    situation->is_in = found->visit.how_out == PRESENCE_OPEN;
    situation->is_past_end = at_ms >= found->visit.closes_ms;
    rc = lookup_since(db, found->person.id, boot, &mono_ms);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    /* Over a restart it is at least the uptime. */
    bool is_this_boot = memcmp(boot, now->boot, sizeof boot) == 0;
    situation->since_ms = is_this_boot ? now->mono_ms - mono_ms : now->mono_ms;
    return RC_OK;
}

/* --- what is shown --- */

void door_name_person(const struct door_found *found, enum language home, struct answer *answer)
{
    const struct person *person = &found->person;
    answer->person = person->id;
    answer->role = found->role;
    answer->rights = mandate_rights(&found->mandate);
    answer->house_rights = found->mandate.house;
    answer->has_pin = found->has_pin;
    answer->first_name[0] = answer->display_name[0] = '\0';
    if (!person->discreet[0]) {
        memcpy(answer->first_name, person->first_name, sizeof answer->first_name);
        person_display_name(person, answer->display_name, sizeof answer->display_name);
    }
    answer->language = person_language(person, home);
}

void door_show_as(enum answer_kind kind, struct answer *answer)
{
    const struct tap_row *row = tap_row_of(kind);
    answer->kind = kind;
    answer->shown_ms = row->shown_ms;
    answer->undo_ms = row->undo_ms;
}

enum rc door_fill(struct journal *journal, struct answer *answer)
{
    struct db *db = journal_db(journal);
    struct visit visit = {.arrived_ms = 0};
    int64_t at_ms = answer->at_ms;
    int day_end_min = journal_day_end_min(journal);
    enum rc rc = lookup_last_visit(db, answer->person, &visit);
    if (rc && rc != RC_EMPTY)
        return rc;
    answer->visit = visit.id;
    answer->arrived_ms = visit.arrived_ms;
    answer->left_ms = visit.left_ms;
    answer->guests = visit.guests;
    answer->children = visit.children;
    int today = day_number(at_ms, day_end_min);
    rc = lookup_hours_given(db, answer->person, today, today, at_ms, &answer->today_s);
    if (!rc)
        rc = lookup_hours_given(db, answer->person, day_first_of_month(today), today, at_ms,
                                &answer->month_s);
    if (!rc && answer->kind == ANSWER_DEPARTURE)
        rc = lookup_has_lent_badge(db, answer->person, &answer->is_badge_lent);
    if (!rc)
        rc = intention_fill(journal, answer);
    return rc ? rc : lookup_here(db, at_ms, &answer->here);
}

enum rc door_fill_forgotten(struct journal *journal, const struct door_found *found,
                            struct answer *answer)
{
    int64_t lengths_ms[GUESS_LENGTHS_MAX];
    size_t count;
    enum rc rc = lookup_lengths(journal_db(journal), found->person.id, GUESS_LENGTHS_MAX,
                                lengths_ms, &count);
    if (rc)
        return rc;
    answer->forgotten_visit = found->visit.id;
    answer->forgotten_ms = found->visit.arrived_ms;
    guess_departures(&found->visit, lengths_ms, count, answer->guess_ms);
    return RC_OK;
}

/* --- what is recorded --- */

enum rc door_record(struct journal *journal, enum fact_kind kind, struct fact_id organisation,
                    json_t *body, struct answer *answer)
{
    struct fact fact;
    enum rc rc = journal_add(journal, kind, answer->person, organisation, body, &fact);
    if (!rc)
        rc = journal_settle(journal);
    if (rc)
        return rc;
    answer->fact = fact.id;
    answer->at_ms = fact.effective_ms;
    answer->is_time_doubtful = fact.is_doubtful;
    return RC_OK;
}

bool door_is_arrival(enum answer_kind kind)
{
    return kind == ANSWER_ARRIVAL || kind == ANSWER_ARRIVAL_FORGOTTEN;
}

enum rc door_record_move(struct journal *journal, enum fact_kind kind,
                         const struct door_found *found, json_t *body, struct answer *answer)
{
    struct fact_id organisation = found->visit.organisation;
    if (body && door_is_arrival(answer->kind)) {
        json_t *attendance = door_attendance(journal, found, answer->at_ms);
        organisation = found->here.organisation;
        if (!attendance || json_object_update(body, attendance)) {
            json_decref(body);
            body = NULL;
        }
        json_decref(attendance);
    }
    return body ? door_record(journal, kind, organisation, body, answer) : RC_NO_MEMORY;
}

void door_forget(struct door_found *found)
{
    sign_ups_finish(&found->sign_ups);
}

enum rc door_end(struct journal *journal, enum rc rc, const struct answer *answer)
{
    if (!rc && !fact_id_is_none(answer->fact))
        return journal_commit(journal);
    journal_rollback(journal);
    return rc;
}

void door_refuse(struct fact_id person, enum language home, struct answer *out_answer)
{
    *out_answer = (struct answer){.person = person, .language = home, .is_time_doubtful = true};
    door_show_as(ANSWER_NOT_RECORDED, out_answer);
}
