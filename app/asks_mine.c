/* What a person asks about themselves, and says of their own visits. */
#include <stdio.h>
#include <stdlib.h>

#include "app/asks_i.h"
#include "app/domain/circle.h"
#include "app/domain/day.h"
#include "app/store/deeds.h"
#include "app/store/intention.h"
#include "app/store/lookup.h"
#include "app/store/lookup_hours.h"
#include "app/store/lookup_occasions.h"
#include "app/store/lookup_people.h"
#include "app/store/lookup_proposals.h"
#include "app/store/place.h"

#define MONTHS 6
#define VISITS_MAX 30
#define PROPOSALS_MAX 60

/* The register, for who may see it; *out_now_ms is its time. */
static enum rc open_own(struct doing *doing, struct journal *journal, struct db **out_db)
{
    struct office office;
    doing->at_ms = place_now(journal, &doing->now);
    *out_db = journal_db(journal);
    return *out_db ? asks_check_self(doing, journal, &office) : RC_IO;
}

/* The hours of the month of that day, and the day before it begins. */
static enum rc tell_month(struct doing *doing, struct db *db, int *day)
{
    int64_t seconds;
    int first = day_first_of_month(*day);
    enum rc rc = lookup_hours_given(db, doing->ask.person, first, day_last_of_month(first),
                                    doing->at_ms, &seconds);
    if (rc)
        return rc;
    struct row *row = &doing->told.rows[doing->told.count++];
    row->at_ms = day_number_begin(first, 12 * 60);
    row->number[0] = (int)seconds;
    *day = day_number_add(first, -1);
    return RC_OK;
}

static void tell_shift(struct told *told, const struct sign_up *sign_up)
{
    if (sign_up->end != SIGN_UP_STANDS || told->count == TOLD_ROWS_MAX)
        return;
    struct row *row = &told->rows[told->count++];
    row->id = sign_up->of.occasion;
    row->number[0] = sign_up->of.number;
    row->at_ms = sign_up->from_ms;
    row->to_ms = sign_up->to_ms;
    row->mark = sign_up->is_stand_in_sought;
    snprintf(row->title, sizeof row->title, "%s", sign_up->mission);
}

/* --- assemblies --- */

/* So far ahead somebody may say that they can't come. */
#define ASSEMBLIES_AHEAD_MS ((int64_t)30 * 24 * 3600 * 1000)

struct search {
    struct doing *doing;
    struct db *db;
};

static enum rc name_holder(void *context, struct fact_id giver, const struct deed *deed)
{
    const struct search *search = context;
    struct told *told = &search->doing->told;
    struct row *row = &told->rows[told->count - 1];
    struct person holder;
    if (!fact_id_is_same(giver, search->doing->ask.person))
        return RC_OK;
    row->mark = 1;
    enum rc rc = lookup_person(search->db, deed->other, &holder);
    if (!rc)
        person_display_name(&holder, row->line, sizeof row->line);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc tell_assembly(void *context, const struct occasion *occasion)
{
    struct search *search = context;
    struct told *told = &search->doing->told;
    const struct deeds_at at = {.kind = DEED_PROXY, .occasion = occasion->id};
    if (occasion->kind != OCCASION_ASSEMBLY || occasion->state == OCCASION_CANCELLED ||
        told->count == TOLD_ROWS_MAX)
        return RC_OK;
    struct row *row = &told->rows[told->count++];
    *row = (struct row){.id = occasion->id, .at_ms = occasion->from_ms, .to_ms = occasion->to_ms};
    asks_copy(row->title, sizeof row->title, occasion->title);
    return deeds_list(search->db, &at, name_holder, search);
}

/* Where they have a vote, and the statutes let somebody else carry it. */
static enum rc tell_assemblies(struct doing *doing, struct journal *journal)
{
    struct person person;
    struct search search = {doing, journal_db(journal)};
    const struct quorum_statutes *statutes = journal_statutes(journal);
    if (!statutes->proxies)
        return RC_OK;
    enum rc rc = lookup_person(search.db, doing->ask.person, &person);
    if (rc || !quorum_has_vote(statutes, &person))
        return rc;
    return lookup_occasions(search.db, doing->at_ms, doing->at_ms + ASSEMBLIES_AHEAD_MS,
                            tell_assembly, &search);
}

enum rc asks_give_proxy(struct doing *doing, struct journal *journal)
{
    struct office office;
    struct fact_id fact = {0, 0};
    const struct ask *ask = &doing->ask;
    const struct deed deed = {.kind = DEED_PROXY, .occasion = ask->fact, .other = ask->other};
    enum rc rc = asks_check_self(doing, journal, &office);
    if (!rc)
        rc = deeds_record(journal, &office, ask->person, &deed, &fact, &doing->why);
    if (!rc)
        doing->told.rows[doing->told.count++].id = fact;
    return rc;
}

/* --- all of it --- */

enum rc asks_mine(struct doing *doing, struct journal *journal)
{
    struct db *db;
    struct sign_ups sign_ups = {.rows = NULL};
    enum rc rc = open_own(doing, journal, &db);
    int day = day_number(doing->at_ms, journal_day_end_min(journal));
    if (!rc)
        rc = tell_month(doing, db, &day);
    if (!rc)
        rc = tell_assemblies(doing, journal);
    if (!rc)
        rc = lookup_hours_sign_ups(db, doing->ask.person, doing->at_ms, &sign_ups);
    for (size_t i = 0; !rc && i < sign_ups.count; i++)
        tell_shift(&doing->told, &sign_ups.rows[i]);
    sign_ups_finish(&sign_ups);
    return rc;
}

enum rc asks_my_hours(struct doing *doing, struct journal *journal)
{
    struct db *db;
    enum rc rc = open_own(doing, journal, &db);
    int day = day_number(doing->at_ms, journal_day_end_min(journal));
    struct person person;
    int today = day;
    if (!rc)
        rc = lookup_person(db, doing->ask.person, &person);
    for (int i = 0; !rc && i < MONTHS; i++)
        rc = tell_month(doing, db, &day);
    if (rc)
        return rc;
    struct row *row = &doing->told.rows[0];
    int64_t given_s = row->number[0];
    rc = intention_of_one(journal, &person, today, doing->at_ms, &given_s);
    row->number[0] = (int)given_s;
    row->number[1] = (int)circle_intended_s(journal_circles(journal), &person, today);
    return rc;
}

/* --- visits --- */

struct own_visits {
    struct lookup_people_visit visits[VISITS_MAX];
    struct lookup_proposal proposals[PROPOSALS_MAX];
    size_t visit_count, proposal_count;
};

/* What came of the last thing they said of it. */
static void tell_proposal(const struct own_visits *own, struct row *row)
{
    for (size_t i = 0; i < own->proposal_count; i++) {
        const struct lookup_proposal *said = &own->proposals[i];
        if (!fact_id_is_same(said->proposal.visit, row->id))
            continue;
        row->mark = 1 + (int)said->proposal.state;
        row->was_at_ms = said->proposal.arrived_ms;
        row->was_to_ms = said->proposal.left_ms;
        asks_copy(row->line, sizeof row->line, said->answer);
        return;
    }
}

static void tell_visit(const struct own_visits *own, const struct visit *stored, int64_t now_ms,
                       struct row *row)
{
    const struct visit visit = presence_visit_at(stored, now_ms);
    row->id = visit.id;
    row->at_ms = visit.arrived_ms;
    row->to_ms = visit.how_out == PRESENCE_OPEN ? 0 : visit.left_ms;
    row->is_doubtful_at = visit.is_doubtful_in;
    row->is_doubtful_to = visit.is_doubtful_out || visit.how_out == PRESENCE_ASSUMED;
    row->number[0] = visit.how_in;
    row->number[1] = visit.how_out;
    tell_proposal(own, row);
}

enum rc asks_my_visits(struct doing *doing, struct journal *journal)
{
    struct db *db;
    struct told *told = &doing->told;
    struct own_visits *own = calloc(1, sizeof *own);
    enum rc rc = own ? open_own(doing, journal, &db) : RC_NO_MEMORY;
    if (!rc)
        rc = lookup_people_visits(db, doing->ask.person, (struct fact_id){0, 0}, VISITS_MAX,
                                  own->visits, &own->visit_count);
    if (!rc)
        rc = lookup_proposals_of(db, doing->ask.person, PROPOSALS_MAX, own->proposals,
                                 &own->proposal_count);
    for (size_t i = 0; !rc && i < own->visit_count; i++)
        tell_visit(own, &own->visits[i].visit, doing->at_ms, &told->rows[told->count++]);
    free(own);
    return rc;
}

enum rc asks_my_times(struct doing *doing, struct journal *journal)
{
    struct office office;
    struct fact_id fact;
    const struct ask *ask = &doing->ask;
    const struct office_correction said = {
        .visit = ask->fact, .arrived_ms = ask->at_ms, .left_ms = ask->to_ms, .reason = ask->text};
    enum rc rc = asks_check_self(doing, journal, &office);
    return rc ? rc : office_propose(journal, &office, &said, &fact, &doing->why);
}
