/* What people say of their own visits, and what staff answer. */
#include "app/store/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/lookup_people.h"
#include "app/store/lookup_proposals.h"
#include "tests/support/desk.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

/* Ada was there from 14:00 to 16:00; it is 17:00. */
static struct fact_id a_visit(struct house *house)
{
    struct fact_id visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    return visit;
}

static enum rc propose(struct house *house, struct fact_id by,
                       const struct office_correction *correction, struct fact_id *out_fact)
{
    struct office office = {.by = by, .now = house_now(house)};
    return office_propose(house->journal, &office, correction, out_fact, &house->reason);
}

static enum rc answer(struct house *house, struct fact_id proposal, bool is_accepted,
                      const char *why)
{
    struct office office = desk_office(house);
    return office_answer_proposal(house->journal, &office, proposal, is_accepted, why,
                                  &house->reason);
}

static size_t count_waiting(struct house *house, struct lookup_proposal *out_first)
{
    struct lookup_proposal rows[8];
    size_t listed = 0;
    assert_int_equal(lookup_proposals_waiting(journal_db(house->journal), (struct fact_id){0, 0}, 8,
                                              rows, &listed),
                     RC_OK);
    if (listed)
        *out_first = rows[0];
    return listed;
}

static int64_t given(struct house *house)
{
    return house_number(house, "SELECT coalesce(sum(seconds), 0) FROM stint");
}

static void what_is_accepted_counts_and_the_old_times_stay_readable(void **state)
{
    struct house *house = *state;
    struct lookup_proposal row;
    struct lookup_people_visit visits[4];
    size_t listed;
    struct fact_id fact, visit = a_visit(house);
    const struct office_correction wanted = {
        .visit = visit, .left_ms = HOUSE_BEGIN_MS + 150 * HOUSE_MINUTE_MS, .reason = "I tidied up"};
    assert_int_equal(propose(house, ADA(house), &wanted, &fact), RC_OK);
    assert_int_equal(given(house), 7200);
    assert_int_equal(count_waiting(house, &row), 1);
    assert_string_equal(row.why, "I tidied up");
    assert_string_equal(row.full_name, "Ada Dubois");
    assert_true(row.left_ms == HOUSE_BEGIN_MS + 2 * HOUSE_HOUR_MS);
    assert_int_equal(answer(house, fact, true, ""), RC_OK);
    assert_int_equal(given(house), 9000);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit"), PRESENCE_PROPOSED);
    assert_int_equal(count_waiting(house, &row), 0);
    assert_int_equal(lookup_people_visits(journal_db(house->journal), ADA(house),
                                          (struct fact_id){0, 0}, 4, visits, &listed),
                     RC_OK);
    assert_true(visits[0].visit.before.left_ms == HOUSE_BEGIN_MS + 2 * HOUSE_HOUR_MS);
    assert_int_equal(answer(house, fact, false, "no"), RC_NOT_FOUND);
    assert_true(house_holds(house));
}

static void what_is_not_accepted_changes_nothing_and_says_why(void **state)
{
    struct house *house = *state;
    struct lookup_proposal rows[4];
    size_t listed;
    struct fact_id fact, visit = a_visit(house);
    const struct office_correction wanted = {.visit = visit,
                                             .arrived_ms = HOUSE_BEGIN_MS - HOUSE_HOUR_MS};
    assert_int_equal(propose(house, ADA(house), &wanted, &fact), RC_OK);
    desk_expect_refused(house, answer(house, fact, false, " "), "needs a reason");
    assert_int_equal(answer(house, fact, false, "The door was still shut"), RC_OK);
    assert_int_equal(given(house), 7200);
    assert_int_equal(lookup_proposals_of(journal_db(house->journal), ADA(house), 4, rows, &listed),
                     RC_OK);
    assert_int_equal(listed, 1);
    assert_int_equal(rows[0].proposal.state, PROPOSAL_REFUSED);
    assert_string_equal(rows[0].answer, "The door was still shut");
    assert_true(house_holds(house));
}

static void an_assumed_departure_needs_nobody(void **state)
{
    struct house *house = *state;
    struct lookup_proposal row;
    struct fact_id fact, visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 24 * HOUSE_HOUR_MS);
    const struct office_correction wanted = {.visit = visit,
                                             .left_ms = HOUSE_BEGIN_MS + HOUSE_HOUR_MS};
    assert_int_equal(propose(house, ADA(house), &wanted, &fact), RC_OK);
    assert_int_equal(count_waiting(house, &row), 0);
    assert_int_equal(given(house), 3600);
}

static void only_ones_own_visits_and_times_that_can_be(void **state)
{
    struct house *house = *state;
    struct fact_id fact, visit = a_visit(house);
    struct office_correction wanted = {.visit = visit, .left_ms = HOUSE_BEGIN_MS + HOUSE_HOUR_MS};
    desk_expect_refused(house, propose(house, BILAL(house), &wanted, &fact), "somebody else");
    wanted.left_ms = HOUSE_BEGIN_MS - 1;
    desk_expect_refused(house, propose(house, ADA(house), &wanted, &fact), "end before it begins");
    wanted.left_ms = HOUSE_BEGIN_MS + 20 * HOUSE_HOUR_MS;
    desk_expect_refused(house, propose(house, ADA(house), &wanted, &fact), "still to come");
    wanted.left_ms = HOUSE_BEGIN_MS + 2 * HOUSE_HOUR_MS;
    desk_expect_refused(house, propose(house, ADA(house), &wanted, &fact), "Nothing would change");
    wanted.visit.seq = 1;
    assert_int_equal(propose(house, ADA(house), &wanted, &fact), RC_NOT_FOUND);
}

static void what_clashes_by_now_is_not_accepted(void **state)
{
    struct house *house = *state;
    struct fact_id fact, visit = a_visit(house);
    struct office_correction wanted = {.visit = visit,
                                       .left_ms = HOUSE_BEGIN_MS + 170 * HOUSE_MINUTE_MS};
    assert_int_equal(propose(house, ADA(house), &wanted, &fact), RC_OK);
    struct fact_id second = house_tap(house, HOUSE_ADA).fact;
    struct office office = desk_office(house);
    struct fact_id corrected;
    const struct office_correction earlier = {.visit = second,
                                              .arrived_ms = HOUSE_BEGIN_MS + 130 * HOUSE_MINUTE_MS,
                                              .reason = "came earlier"};
    assert_int_equal(office_correct(house->journal, &office, &earlier, &corrected, &house->reason),
                     RC_OK);
    desk_expect_refused(house, answer(house, fact, true, ""), "another visit");
    assert_int_equal(answer(house, fact, false, "You were here again"), RC_OK);
}

static void answers_need_the_right(void **state)
{
    struct house *house = *state;
    struct fact_id fact, visit = a_visit(house);
    const struct office_correction wanted = {.visit = visit,
                                             .left_ms = HOUSE_BEGIN_MS + HOUSE_HOUR_MS};
    assert_int_equal(propose(house, ADA(house), &wanted, &fact), RC_OK);
    struct office office = {.by = ADA(house), .now = house_now(house)};
    assert_int_equal(
        office_answer_proposal(house->journal, &office, fact, true, "", &house->reason),
        RC_REFUSED);
}

static void a_proposal_can_be_undone(void **state)
{
    struct house *house = *state;
    struct lookup_proposal row;
    struct fact_id fact, undo, visit = a_visit(house);
    const struct office_correction wanted = {.visit = visit,
                                             .left_ms = HOUSE_BEGIN_MS + HOUSE_HOUR_MS};
    assert_int_equal(propose(house, ADA(house), &wanted, &fact), RC_OK);
    struct clock_reading now = house_now(house);
    assert_int_equal(door_undo(house->journal, FACT_UNDO, ADA(house), fact, &now, &undo), RC_OK);
    assert_int_equal(count_waiting(house, &row), 0);
    assert_int_equal(answer(house, fact, true, ""), RC_NOT_FOUND);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_accepted_counts_and_the_old_times_stay_readable),
        TEST(what_is_not_accepted_changes_nothing_and_says_why),
        TEST(an_assumed_departure_needs_nobody),
        TEST(only_ones_own_visits_and_times_that_can_be),
        TEST(what_clashes_by_now_is_not_accepted),
        TEST(answers_need_the_right),
        TEST(a_proposal_can_be_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
