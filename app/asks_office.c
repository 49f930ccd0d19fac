/* What staff ask of the register. Who may do what is office.h's; lists are for staff pages only. */
#include <stdio.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/domain/day.h"
#include "app/store/keys.h"
#include "app/store/lookup_people.h"
#include "app/store/setting.h"

static const char no_right[] = WORDS_MARK("Your badge does not open this. Ask a member of staff.");

static struct office office_of(const struct doing *doing)
{
    return (struct office){.by = doing->ask.by, .now = doing->now};
}

/* A list shows what the role may see, and nothing to a page that nobody opened. */
static enum rc check_right(struct doing *doing, struct journal *journal, enum right right)
{
    struct fold_keyholder keyholder = {.role = ROLE_NONE};
    enum rc rc = keys_find(journal_db(journal), doing->ask.by, &keyholder);
    if (rc)
        return rc;
    if (role_may(keyholder.role, right))
        return RC_OK;
    reason_set(&doing->why, "%s", no_right);
    return RC_REFUSED;
}

/* --- lists --- */

enum rc asks_here(struct doing *doing, struct journal *journal)
{
    static struct lookup_people_here here[TOLD_ROWS_MAX]; /* the writer's thread alone */
    struct lookup_people_count count;
    size_t listed = 0;
    enum rc rc = check_right(doing, journal, RIGHT_ROLL_CALL);
    if (!rc)
        rc = lookup_people_here(journal_db(journal), doing->now.wall_ms, TOLD_ROWS_MAX, here,
                                &listed, &count);
    if (rc)
        return rc;
    for (size_t i = 0; i < listed; i++) {
        struct row *row = &doing->told.rows[i];
        row->id = here[i].person;
        snprintf(row->title, sizeof row->title, "%.99s", here[i].full_name);
        row->at_ms = here[i].is_doubtful ? 0 : here[i].arrived_ms;
        row->number[0] = here[i].guests;
        row->number[1] = here[i].children;
        row->mark = here[i].is_long;
    }
    doing->told.count = (int)listed;
    doing->told.total = (int)(count.people + count.guests + count.children);
    return RC_OK;
}

enum rc asks_people(struct doing *doing, struct journal *journal)
{
    static struct lookup_people_row people[LOOKUP_PEOPLE_FOUND_MAX];
    size_t listed = 0, total = 0;
    enum rc rc = check_right(doing, journal, RIGHT_BADGES);
    if (!rc)
        rc = lookup_people_search(journal_db(journal), doing->ask.text, LOOKUP_PEOPLE_FOUND_MAX,
                                  people, &listed, &total);
    if (rc)
        return rc;
    for (size_t i = 0; i < listed; i++) {
        struct row *row = &doing->told.rows[i];
        row->id = people[i].person;
        snprintf(row->title, sizeof row->title, "%.99s", people[i].full_name);
        snprintf(row->line, sizeof row->line, "%s", people[i].number);
    }
    doing->told.count = (int)listed;
    doing->told.total = (int)total;
    return RC_OK;
}

enum rc asks_visits(struct doing *doing, struct journal *journal)
{
    static struct lookup_people_visit visits[TOLD_ROWS_MAX];
    size_t listed = 0;
    enum rc rc = check_right(doing, journal, RIGHT_CORRECT);
    if (!rc)
        rc = lookup_people_visits(journal_db(journal), doing->ask.person, TOLD_ROWS_MAX, visits,
                                  &listed);
    if (rc)
        return rc;
    for (size_t i = 0; i < listed; i++) {
        struct row *row = &doing->told.rows[i];
        row->id = visits[i].visit.id;
        row->at_ms = visits[i].visit.arrived_ms;
        row->to_ms = visits[i].visit.how_out == PRESENCE_OPEN ? 0 : visits[i].visit.left_ms;
        row->number[0] = visits[i].visit.how_in;
        row->number[1] = visits[i].visit.how_out;
        if (!fact_id_is_none(visits[i].visit.before.fact)) {
            row->was_at_ms = visits[i].visit.before.arrived_ms;
            row->was_to_ms = visits[i].visit.before.how_out == PRESENCE_OPEN
                                 ? 0
                                 : visits[i].visit.before.left_ms;
        }
        snprintf(row->line, sizeof row->line, "%.110s", visits[i].reason);
    }
    doing->told.count = doing->told.total = (int)listed;
    return RC_OK;
}

enum rc asks_badges(struct doing *doing, struct journal *journal)
{
    static struct lookup_people_badge badges[FOLD_BADGES_MAX];
    size_t listed = 0;
    enum rc rc = check_right(doing, journal, RIGHT_BADGES);
    if (!rc)
        rc = lookup_people_badges(journal_db(journal), doing->ask.person, FOLD_BADGES_MAX, badges,
                                  &listed);
    if (rc)
        return rc;
    for (size_t i = 0; i < listed; i++) {
        struct row *row = &doing->told.rows[i];
        snprintf(row->title, sizeof row->title, "%s", badges[i].handle);
        row->at_ms = badges[i].given_ms;
        row->to_ms = badges[i].until_ms;
        row->mark = badges[i].withdrawn_ms != 0;
    }
    doing->told.count = doing->told.total = (int)listed;
    return RC_OK;
}

/* --- acts --- */

enum rc asks_correct(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    struct fact_id fact;
    const struct office_correction correction = {.visit = doing->ask.fact,
                                                 .arrived_ms = doing->ask.at_ms,
                                                 .left_ms = doing->ask.to_ms,
                                                 .is_void = doing->ask.kind == ASK_VOID,
                                                 .reason = doing->ask.text};
    return office_correct(journal, &office, &correction, &fact, &doing->why);
}

enum rc asks_check_badge(struct doing *doing)
{
    struct reason why;
    enum rc rc = badge_check_enrolment(&doing->badge, &why);
    if (rc)
        reason_set(&doing->why, "%s",
                   WORDS_MARK("A phone changes its number at every tap: take a card or a tag."));
    return rc;
}

enum rc asks_hand(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    bool is_lent = doing->ask.number[1] != 0;
    const struct office_badge gift = {
        .person = doing->ask.person,
        .badge = doing->badge,
        .is_lent = is_lent,
        .until_ms = is_lent ? day_end_after(doing->now.wall_ms, journal_day_end_min(journal)) : 0};
    enum rc rc = asks_check_badge(doing);
    if (rc)
        return rc;
    return doing->ask.kind == ASK_REPLACE
               ? office_replace_badge(journal, &office, &gift, &doing->why)
               : office_give_badge(journal, &office, &gift, &doing->why);
}

enum rc asks_lose(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    return office_withdraw(journal, &office, doing->ask.person, NULL, OFFICE_LOST, &doing->why);
}

enum rc asks_record(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    struct fact_id fact;
    return office_record(journal, &office, doing->ask.person,
                         doing->ask.kind == ASK_ENTER ? ANSWER_ARRIVAL : ANSWER_DEPARTURE, &fact,
                         &doing->why);
}

/* On the loop's thread: what is slow in it is done beside taps. */
void asks_new_code(struct station *station, const struct ask *ask)
{
    if (fact_id_is_none(ask->by))
        asks_answer(station, ask->kind, TOLD_NO, no_right);
    else
        asks_wait_for_secret(station, ask,
                             secrets_make_code(station->secrets, ask->person, ask->by));
}

/* --- settings --- */

/* "?" only asks what was chosen; "" takes the choice back. It holds until the day is over. */
enum rc asks_occasion(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    struct told *told = &doing->told;
    int64_t until_ms = day_end_after(doing->now.wall_ms, journal_day_end_min(journal));
    if (strcmp(doing->ask.text, "?") == 0)
        return setting_get(journal_db(journal), journal_station(journal), "occasion",
                           doing->now.wall_ms, told->text, sizeof told->text);
    snprintf(told->text, sizeof told->text, "%.63s", doing->ask.text);
    return office_set(journal, &office, "occasion", told->text, told->text[0] ? until_ms : 0,
                      &doing->why);
}

/* What was changed on the screen, kept for the next start. */
enum rc asks_keep(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    char value[16];
    snprintf(value, sizeof value, "%d", doing->ask.number[0]);
    return office_set(journal, &office, doing->ask.text, value, 0, &doing->why);
}
