/* What a visit gave: each second that counts, once. */
#include "app/domain/stint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/story.h"

#define MINUTES(count) ((int64_t)(count)*STORY_MINUTE)
#define AT(hour, minute) (STORY_NOW + ((hour)*60 + (minute)-14 * 60) * STORY_MINUTE)
#define NOT_IN_PARTICULAR 0

/* A visit, the promises of who came, and what is cut of it. */
struct table {
    struct visit visit;
    struct sign_ups sign_ups;
    struct stint stints[STINTS_MAX];
    int count;
};

static void came(struct table *table, int64_t arrived_ms, int64_t left_ms)
{
    table->visit = (struct visit){.id = {1, 1},
                                  .organisation = {1, 90},
                                  .day = 20261121,
                                  .arrived_ms = arrived_ms,
                                  .left_ms = left_ms,
                                  .closes_ms = AT(28, 0),
                                  .assumed_ms = AT(28, 0),
                                  .how_in = PRESENCE_TAP,
                                  .how_out = left_ms ? PRESENCE_TAP : PRESENCE_OPEN};
}

/* Promises are given by their beginning. */
static struct sign_up *promise(struct table *table, int number, int64_t from_ms, int64_t to_ms)
{
    struct sign_up sign_up = {.of = {{9, 1}, number},
                              .organisation = {1, 91},
                              .mission = "shop",
                              .from_ms = from_ms,
                              .to_ms = to_ms};
    assert_int_equal(sign_ups_add(&table->sign_ups, &sign_up), RC_OK);
    return &table->sign_ups.rows[table->sign_ups.count - 1];
}

static void cut_at(struct table *table, int64_t now_ms)
{
    int64_t seconds = 0;
    table->count = stint_cut(&table->visit, &table->sign_ups, now_ms, table->stints);
    for (int i = 0; i < table->count; i++)
        seconds += table->stints[i].seconds;
    assert_int_equal(stint_seconds(&table->visit, &table->sign_ups, now_ms), seconds);
}

static void assert_stint(const struct table *table, int at, int number, int64_t from_ms,
                         int64_t length_ms)
{
    assert_true(at < table->count);
    assert_int_equal(table->stints[at].of.number, number);
    assert_int_equal(table->stints[at].from_ms, from_ms);
    assert_int_equal(table->stints[at].seconds, length_ms / 1000);
}

static int set_up(void **state)
{
    story_set_up(state);
    free(*state);
    *state = calloc(1, sizeof(struct table));
    return *state == NULL;
}

static int tear_down(void **state)
{
    struct table *table = *state;
    sign_ups_finish(&table->sign_ups);
    free(table);
    return 0;
}

/* --- the whole --- */

static void without_a_promise_all_counts_for_no_shift_in_particular(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(17, 0));
    table->visit.is_staff = true;
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 1);
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(180));
    assert_true(fact_id_is_none(table->stints[0].of.occasion));
    assert_int_equal(table->stints[0].organisation.seq, 90);
    assert_int_equal(table->stints[0].day, 20261121);
    assert_int_equal(table->stints[0].visit.seq, 1);
    assert_true(table->stints[0].is_staff);
    assert_false(table->stints[0].is_assumed);
}

static void whole_seconds_are_counted_from_the_arrival_on(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0) + 700, AT(14, 1) + 699);
    cut_at(table, AT(20, 0));
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0) + 700, 59000);
    came(table, AT(14, 0) + 700, AT(14, 0) + 1699);
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 0); /* each has seconds */
    came(table, AT(14, 0), AT(14, 0));
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 0);
}

/* A shift that begins within a second: the parts make the whole all the same. */
static void parts_of_broken_seconds_make_the_whole(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0) + 400, AT(18, 0) + 300);
    promise(table, 1, AT(15, 0), AT(16, 0));
    cut_at(table, AT(20, 0));
    assert_int_equal(stint_seconds(&table->visit, &table->sign_ups, AT(20, 0)), 4 * 3600 - 1);
}

/* --- shifts and their margins --- */

static void early_and_late_count_for_the_shift_up_to_their_margins(void **state)
{
    struct table *table = *state;
    came(table, AT(13, 0), AT(19, 0));
    promise(table, 1, AT(14, 0), AT(16, 0));
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 2);
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(13, 0), MINUTES(30 + 60));
    assert_stint(table, 1, 1, AT(13, 30), MINUTES(30 + 120 + 120));
    assert_int_equal(table->stints[1].organisation.seq, 91);
    assert_string_equal(table->stints[1].mission, "shop");
    came(table, AT(13, 30), AT(18, 0)); /* exactly the margins */
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 1);
    assert_stint(table, 0, 1, AT(13, 30), MINUTES(270));
    came(table, AT(13, 30) - 1000, AT(18, 0) + 1000); /* and a second more on both sides */
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 2);
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(13, 30) - 1000, 2000);
}

static void stints_stand_by_their_beginning(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(23, 0));
    promise(table, 1, AT(14, 0), AT(15, 0));
    promise(table, 2, AT(20, 0), AT(21, 0));
    cut_at(table, AT(23, 0));
    assert_int_equal(table->count, 3);
    assert_stint(table, 0, 1, AT(14, 0), MINUTES(180));
    assert_stint(table, 1, NOT_IN_PARTICULAR, AT(17, 0), MINUTES(150));
    assert_stint(table, 2, 2, AT(19, 30), MINUTES(210));
}

static void each_second_of_overlapping_shifts_is_of_the_one_that_began_first(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(18, 0));
    promise(table, 1, AT(14, 0), AT(16, 0));
    promise(table, 2, AT(14, 30), AT(15, 30)); /* within the first: nothing is left for it */
    promise(table, 3, AT(15, 0), AT(18, 0));
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 2);
    assert_stint(table, 0, 1, AT(14, 0), MINUTES(120));
    assert_stint(table, 1, 3, AT(16, 0), MINUTES(120));
}

static void back_to_back_shifts_share_no_second(void **state)
{
    struct table *table = *state;
    came(table, AT(13, 45), AT(18, 15));
    promise(table, 1, AT(14, 0), AT(16, 0));
    promise(table, 2, AT(16, 0), AT(18, 0));
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 2);
    assert_stint(table, 0, 1, AT(13, 45), MINUTES(135));
    assert_stint(table, 1, 2, AT(16, 0), MINUTES(135));
}

/* Between two shifts the one before comes first: its two hours, then the half hour of the next. */
static void between_two_shifts_staying_goes_before_coming_early(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(19, 0));
    promise(table, 1, AT(14, 0), AT(15, 0));
    struct sign_up *next = promise(table, 2, AT(17, 15), AT(19, 0));
    cut_at(table, AT(20, 0));
    assert_int_equal(table->count, 2);
    assert_stint(table, 0, 1, AT(14, 0), MINUTES(180));
    assert_stint(table, 1, 2, AT(17, 0), MINUTES(120));
    next->from_ms = AT(16, 0);
    cut_at(table, AT(20, 0));
    assert_stint(table, 0, 1, AT(14, 0), MINUTES(120));
    assert_stint(table, 1, 2, AT(16, 0), MINUTES(180));
}

static void who_leaves_before_a_shift_or_comes_after_it_gave_it_nothing(void **state)
{
    struct table *table = *state;
    promise(table, 1, AT(16, 0), AT(17, 0));
    came(table, AT(14, 0), AT(16, 0));
    cut_at(table, AT(20, 0));
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(120));
    assert_false(stint_reaches(&table->visit, &table->sign_ups.rows[0]));
    came(table, AT(17, 0), AT(18, 0));
    cut_at(table, AT(20, 0));
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(17, 0), MINUTES(60));
    assert_false(stint_reaches(&table->visit, &table->sign_ups.rows[0]));
    came(table, AT(16, 59), AT(18, 0));
    assert_true(stint_reaches(&table->visit, &table->sign_ups.rows[0]));
}

static void only_promises_that_stand_make_shifts(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(16, 0));
    struct sign_up *sign_up = promise(table, 1, AT(14, 0), AT(16, 0));
    for (int end = SIGN_UP_EXCUSED; end <= SIGN_UP_CANCELLED; end++) {
        sign_up->end = (enum sign_up_end)end;
        assert_false(stint_reaches(&table->visit, sign_up));
        cut_at(table, AT(20, 0));
        assert_int_equal(table->count, 1);
        assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(120));
    }
}

static void more_shifts_than_a_visit_can_have_lose_no_second(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(14, 0) + MINUTES(40));
    for (int i = 0; i < 40; i++)
        promise(table, i + 1, AT(14, 0) + MINUTES(i), AT(14, 0) + MINUTES(i + 1));
    cut_at(table, AT(20, 0));
    assert_int_equal(stint_seconds(&table->visit, &table->sign_ups, AT(20, 0)), 40 * 60);
    assert_int_equal(table->count, STINT_SHIFTS_MAX);
}

/* --- where hours stop --- */

static void outside_of_shifts_hours_stop_where_the_drinks_begin(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(23, 0));
    table->visit.stop_ms = AT(18, 0);
    cut_at(table, AT(23, 0));
    assert_int_equal(table->count, 1);
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(240));
    table->visit.stop_ms = AT(13, 0); /* they had begun */
    cut_at(table, AT(23, 0));
    assert_int_equal(table->count, 0);
    table->visit.stop_ms = AT(23, 30); /* they had not */
    cut_at(table, AT(23, 0));
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(540));
}

static void a_shift_at_the_drinks_counts_and_the_drinks_around_it_do_not(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(23, 0));
    table->visit.stop_ms = AT(18, 0);
    promise(table, 1, AT(20, 0), AT(21, 0)); /* behind the bar */
    cut_at(table, AT(23, 0));
    assert_int_equal(table->count, 2);
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(240));
    assert_stint(table, 1, 1, AT(20, 0), MINUTES(60));
}

/* Early for the bar: until the drinks begin it counts for the shift, then not before the shift. */
static void coming_early_counts_for_the_shift_until_the_drinks_begin(void **state)
{
    struct table *table = *state;
    came(table, AT(19, 0), AT(21, 0));
    table->visit.stop_ms = AT(19, 50);
    promise(table, 1, AT(20, 0), AT(21, 0));
    cut_at(table, AT(23, 0));
    assert_int_equal(table->count, 2);
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(19, 0), MINUTES(30));
    assert_stint(table, 1, 1, AT(19, 30), MINUTES(80));
}

static void staying_after_a_shift_stops_where_the_drinks_begin(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), AT(23, 0));
    promise(table, 1, AT(14, 0), AT(17, 0));
    table->visit.stop_ms = AT(18, 0);
    cut_at(table, AT(23, 0));
    assert_int_equal(table->count, 1);
    assert_stint(table, 0, 1, AT(14, 0), MINUTES(240));
    table->visit.stop_ms = AT(16, 0); /* a shift goes on into the drinks */
    cut_at(table, AT(23, 0));
    assert_stint(table, 0, 1, AT(14, 0), MINUTES(180));
}

/* --- ends that nobody saw --- */

static void an_open_visit_gives_what_it_gave_by_now(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), 0);
    promise(table, 1, AT(16, 0), AT(18, 0));
    cut_at(table, AT(15, 0));
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(60));
    cut_at(table, AT(17, 0)); /* the half hour before the shift turns out to be of it */
    assert_stint(table, 0, NOT_IN_PARTICULAR, AT(14, 0), MINUTES(90));
    assert_stint(table, 1, 1, AT(15, 30), MINUTES(90));
    cut_at(table, AT(13, 0)); /* a clock that went back */
    assert_int_equal(table->count, 0);
}

static void where_nobody_knows_the_end_nothing_counts(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), 0);
    cut_at(table, AT(28, 0)); /* past its end */
    assert_int_equal(table->count, 0);
    cut_at(table, AT(28, 0) - 1);
    assert_int_equal(table->count, 1);
}

static void an_end_assumed_with_a_shift_counts_shifts_and_nothing_else(void **state)
{
    struct table *table = *state;
    came(table, AT(14, 0), 0);
    table->visit.assumed_ms = AT(18, 0);
    promise(table, 1, AT(16, 0), AT(18, 0));
    cut_at(table, AT(30, 0));
    assert_int_equal(table->count, 1);
    assert_stint(table, 0, 1, AT(15, 30), MINUTES(150));
    assert_true(table->stints[0].is_assumed);
}

/* --- nights --- */

static void assert_night(struct table *table, const char *from, const char *to, int hours)
{
    came(table, story_local(from), story_local(to));
    cut_at(table, story_local(to));
    assert_int_equal(table->count, 1);
    assert_int_equal(table->stints[0].seconds, hours * 3600);
    promise(table, 1, story_local(from), story_local(to));
    cut_at(table, story_local(to));
    assert_int_equal(table->count, 1);
    assert_stint(table, 0, 1, story_local(from), (int64_t)hours * STORY_HOUR);
    table->sign_ups.count = 0;
}

static void a_night_is_as_long_as_it_was(void **state)
{
    struct table *table = *state;
    assert_night(table, "2026-11-21 22:00", "2026-11-22 06:00", 8);
    assert_night(table, "2026-10-24 22:00", "2026-10-25 06:00", 9);
    assert_night(table, "2027-03-27 22:00", "2027-03-28 06:00", 7);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_promise_all_counts_for_no_shift_in_particular),
        TEST(whole_seconds_are_counted_from_the_arrival_on),
        TEST(parts_of_broken_seconds_make_the_whole),
        TEST(early_and_late_count_for_the_shift_up_to_their_margins),
        TEST(stints_stand_by_their_beginning),
        TEST(each_second_of_overlapping_shifts_is_of_the_one_that_began_first),
        TEST(back_to_back_shifts_share_no_second),
        TEST(between_two_shifts_staying_goes_before_coming_early),
        TEST(who_leaves_before_a_shift_or_comes_after_it_gave_it_nothing),
        TEST(only_promises_that_stand_make_shifts),
        TEST(more_shifts_than_a_visit_can_have_lose_no_second),
        TEST(outside_of_shifts_hours_stop_where_the_drinks_begin),
        TEST(a_shift_at_the_drinks_counts_and_the_drinks_around_it_do_not),
        TEST(coming_early_counts_for_the_shift_until_the_drinks_begin),
        TEST(staying_after_a_shift_stops_where_the_drinks_begin),
        TEST(an_open_visit_gives_what_it_gave_by_now),
        TEST(where_nobody_knows_the_end_nothing_counts),
        TEST(an_end_assumed_with_a_shift_counts_shifts_and_nothing_else),
        TEST(a_night_is_as_long_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
