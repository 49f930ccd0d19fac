/* What staff ask of how it goes: what people say of their visits, who gives much more or less than
 * they intend, the month in numbers; and what somebody intends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/domain/day.h"
#include "app/store/intention.h"
#include "app/store/lookup.h"
#include "app/store/lookup_proposals.h"
#include "app/store/place.h"
#include "app/store/report.h"

#define PROPOSALS_MAX 200
#define BALANCES_MAX 300
#define MONTHS_MOST 36

/* --- proposals --- */

static void tell_proposal(struct row *row, const struct lookup_proposal *found)
{
    const struct proposal *said = &found->proposal;
    *row = (struct row){.id = said->fact,
                        .at_ms = said->arrived_ms ? said->arrived_ms : found->arrived_ms,
                        .to_ms = said->left_ms ? said->left_ms : found->left_ms,
                        .was_at_ms = found->arrived_ms,
                        .was_to_ms = found->left_ms};
    asks_copy(row->title, sizeof row->title, found->full_name);
    asks_copy(row->line, sizeof row->line, found->why);
}

enum rc asks_proposals(struct doing *doing, struct journal *journal)
{
    size_t listed = 0;
    struct lookup_proposal *found = calloc(PROPOSALS_MAX, sizeof *found);
    enum rc rc = found
                     ? lookup_proposals_waiting(journal_db(journal), doing->ask.reach.organisation,
                                                PROPOSALS_MAX, found, &listed)
                     : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < listed; i++)
        tell_proposal(&doing->told.rows[i], &found[i]);
    doing->told.count = doing->told.total = (int)listed;
    free(found);
    return rc;
}

enum rc asks_accept(struct doing *doing, struct journal *journal)
{
    const struct office office = {.by = doing->ask.by, .now = doing->now};
    return office_answer_proposal(journal, &office, doing->ask.fact, doing->ask.number[0] != 0,
                                  doing->ask.text, &doing->why);
}

/* --- balances --- */

enum rc asks_balances(struct doing *doing, struct journal *journal)
{
    int64_t now_ms = place_now(journal, &doing->now);
    struct told *told = &doing->told;
    struct intention_sums sums;
    size_t listed = 0, total = 0;
    struct intention_row *found = calloc(BALANCES_MAX, sizeof *found);
    enum rc rc = found ? intention_list(journal_db(journal), journal_circles(journal),
                                        doing->ask.reach.organisation,
                                        day_number(now_ms, journal_day_end_min(journal)), now_ms,
                                        BALANCES_MAX, found, &listed, &total, &sums)
                       : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < listed; i++) {
        struct row *row = &told->rows[told->count++];
        *row = (struct row){.id = found[i].person,
                            .number = {(int)found[i].given_s, (int)found[i].intended_s},
                            .mark = found[i].balance == ANSWER_BALANCE_FAR_OVER};
        asks_copy(row->title, sizeof row->title, found[i].full_name);
    }
    told->total = (int)total;
    told->beyond = (int)(total - listed);
    free(found);
    return rc;
}

/* --- the month --- */

/* The first day of the month so many months before that of `day`. */
static int month_before(int day, int months)
{
    for (day = day_first_of_month(day); months > 0; months--)
        day = day_first_of_month(day_number_add(day, -1));
    return day;
}

static void tell_totals(struct told *told, const struct report_totals *totals, int first_day)
{
    const int64_t numbers[ASK_TOTAL_COUNT] = {
        [ASK_TOTAL_VOLUNTEERS_S] = totals->hours.volunteer_s,
        [ASK_TOTAL_STAFF_S] = totals->hours.staff_s,
        [ASK_TOTAL_VISITS] = totals->hours.visits,
        [ASK_TOTAL_PEOPLE] = totals->hours.people,
        [ASK_TOTAL_CAME] = totals->sign_ups[SIGN_UP_CAME],
        [ASK_TOTAL_EXCUSED] = totals->sign_ups[SIGN_UP_IS_EXCUSED],
        [ASK_TOTAL_MISSED] = totals->sign_ups[SIGN_UP_DID_NOT_COME]};
    for (int i = 0; i < ASK_TOTAL_COUNT; i++)
        told->rows[i] = (struct row){.number = {(int)numbers[i], 0}};
    told->rows[ASK_TOTAL_PEOPLE].mark = totals->hours.is_people_unknown;
    told->rows[0].at_ms = day_number_begin(first_day, 12 * 60);
    told->count = told->total = ASK_TOTAL_COUNT;
}

enum rc asks_totals(struct doing *doing, struct journal *journal)
{
    int64_t now_ms = place_now(journal, &doing->now);
    int back = doing->ask.number[0], day_end_min = journal_day_end_min(journal);
    int first = month_before(day_number(now_ms, day_end_min), back < 0             ? 0
                                                              : back > MONTHS_MOST ? MONTHS_MOST
                                                                                   : back);
    const struct report_span span = {.first_day = first,
                                     .last_day = day_last_of_month(first),
                                     .day_end_min = day_end_min,
                                     .now_ms = now_ms,
                                     .organisation = doing->ask.reach.organisation,
                                     .privacy = journal_privacy(journal)};
    struct report_totals totals;
    enum rc rc = report_house(journal_db(journal), &span, &totals);
    if (!rc)
        tell_totals(&doing->told, &totals, first);
    return rc;
}

/* --- what somebody intends --- */

static int64_t rests_until_ms(const struct person *person)
{
    int year, month, day;
    if (sscanf(person->paused_until, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return 0;
    return day_number_begin(year * 10000 + month * 100 + day, 12 * 60);
}

static void tell_circles(struct doing *doing, const struct circle_list *list,
                         const struct person *person)
{
    const struct circle *own = circle_find(list, person->circle);
    struct told *told = &doing->told;
    for (int i = 0; i < CIRCLES_MAX && list->circles[i].name[0]; i++) {
        const struct circle *circle = &list->circles[i];
        if (circle->rights && circle != own) /* nobody takes keys by themselves */
            continue;
        struct row *row = &told->rows[told->count++];
        *row = (struct row){.number = {circle->minutes, 0}, .mark = circle == own};
        snprintf(row->title, sizeof row->title, "%s", circle_name(circle, doing->ask.language));
        snprintf(row->line, sizeof row->line, "%s", circle->name);
    }
}

enum rc asks_circles(struct doing *doing, struct journal *journal)
{
    struct office office;
    struct person person;
    int64_t now_ms = place_now(journal, &doing->now);
    enum rc rc = asks_check_self(doing, journal, &office);
    if (!rc)
        rc = lookup_person(journal_db(journal), doing->ask.person, &person);
    if (rc)
        return rc;
    tell_circles(doing, journal_circles(journal), &person);
    doing->told.total = (person.private_hours[0] ? 1 : 0) | (person.discreet[0] ? 2 : 0);
    snprintf(doing->told.text, sizeof doing->told.text, "%s", journal_circles(journal)->talk_to);
    if (circle_is_resting(&person, day_number(now_ms, journal_day_end_min(journal))))
        doing->told.until_ms = rests_until_ms(&person);
    return RC_OK;
}

/* The same day so many months later, or the last of that month. */
static int months_later(int day, int months)
{
    int month = day / 100 % 100 - 1 + months;
    int first = (day / 10000 + month / 12) * 10000 + (month % 12 + 1) * 100 + 1;
    int wanted = first + day % 100 - 1;
    int last = day_number_add(day_first_of_month(day_number_add(first, 31)), -1);
    return wanted > last ? last : wanted;
}

enum rc asks_intend(struct doing *doing, struct journal *journal)
{
    const struct ask *ask = &doing->ask;
    struct office office;
    int64_t now_ms = place_now(journal, &doing->now);
    int today = day_number(now_ms, journal_day_end_min(journal));
    enum rc rc = asks_check_self(doing, journal, &office);
    if (rc)
        return rc;
    if (ask->kind == ASK_CIRCLE)
        return intention_set_circle(journal, &office, ask->person, ask->text, &doing->why);
    if (ask->kind == ASK_PRIVATE)
        return intention_hide(journal, &office, ask->person, ask->number[0] != 0, &doing->why);
    if (ask->kind == ASK_DISCREET)
        return intention_be_discreet(journal, &office, ask->person, ask->number[0] != 0,
                                     &doing->why);
    return intention_rest(journal, &office, ask->person,
                          ask->number[0] > 0 ? months_later(today, ask->number[0]) : 0,
                          &doing->why);
}
