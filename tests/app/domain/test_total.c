#include "app/domain/total.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct fact_id house = {0, 0}, velo = {1, 7}, jardin = {1, 8};

static struct total evening(int month, struct fact_id organisation, int64_t seconds)
{
    struct total total = {.month = month, .kind = OCCASION_DRINKS, .visits = 1, .guests = 2};
    total_part(&total, organisation, OCCASION_DRINKS)->seconds = seconds;
    return total;
}

static void what_is_alike_is_one_sum_and_what_is_not_stays_apart(void **state)
{
    struct totals totals = {.rows = NULL};
    struct total rows[] = {evening(202611, house, 3600), evening(202611, house, 1800),
                           evening(202612, house, 60), evening(202611, velo, 60),
                           evening(202611, house, 60)};
    (void)state;
    rows[4].is_staff = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(totals_add(&totals, &rows[i]), RC_OK);
    assert_int_equal(totals.count, 4);
    assert_int_equal(totals.rows[0].visits, 2);
    assert_int_equal(totals.rows[0].guests, 4);
    assert_int_equal(totals.rows[0].parts[0].seconds, 5400);
    totals_finish(&totals);
}

/* Else the visit would be counted twice in its month. */
static void a_visit_that_gave_to_two_is_one_visit_of_two_parts(void **state)
{
    struct totals totals = {.rows = NULL};
    struct total total = evening(202611, velo, 3600);
    (void)state;
    total_part(&total, jardin, OCCASION_SHIFT)->seconds = 60;
    total_part(&total, velo, OCCASION_DRINKS)->seconds += 60;
    assert_int_equal(total.part_count, 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(totals_add(&totals, &total), RC_OK);
    assert_int_equal(totals.count, 1);
    assert_int_equal(totals.rows[0].visits, 2);
    assert_int_equal(totals.rows[0].parts[0].seconds, 7320);
    assert_int_equal(totals.rows[0].parts[1].seconds, 120);
    totals_finish(&totals);
}

static void more_parts_than_there_is_room_for_count_as_the_last(void **state)
{
    struct total total = {.month = 202611, .visits = 1};
    (void)state;
    for (int i = 0; i < TOTAL_PARTS_MAX + 3; i++)
        total_part(&total, (struct fact_id){1, i + 1}, OCCASION_SHIFT)->seconds += 10;
    assert_int_equal(total.part_count, TOTAL_PARTS_MAX);
    assert_int_equal(total.parts[TOTAL_PARTS_MAX - 1].seconds, 40);
}

static void a_body_gives_back_what_was_put_into_it(void **state)
{
    struct totals before = {.rows = NULL}, after = {.rows = NULL};
    struct total total = evening(202611, velo, 3600), promises = {.month = 202610};
    (void)state;
    total.is_staff = true;
    total.firsts = 1;
    total.children = 3;
    total_part(&total, house, OCCASION_SHIFT)->assumed_s = 5;
    (void)total_part(&promises, jardin, OCCASION_OPEN_DAY);
    promises.sign_ups[SIGN_UP_CAME] = 4;
    promises.sign_ups[SIGN_UP_IS_EXCUSED] = 1;
    promises.deeds[DEED_DRINK] = 5;
    promises.deeds[DEED_BASKET] = 2;
    assert_int_equal(totals_add(&before, &total), RC_OK);
    assert_int_equal(totals_add(&before, &promises), RC_OK);
    json_t *body =
        json_pack("{s:[o,o]}", "totals", total_to_json(&total), total_to_json(&promises));
    assert_non_null(body);
    assert_int_equal(totals_take(&after, body), RC_OK);
    assert_true(totals_are_same(&before, &after));
    after.rows[1].sign_ups[SIGN_UP_CAME]++;
    assert_false(totals_are_same(&before, &after));
    after.rows[1].sign_ups[SIGN_UP_CAME]--;
    assert_int_equal(after.rows[1].deeds[DEED_BASKET], 2);
    after.rows[1].deeds[DEED_BASKET]++;
    assert_false(totals_are_same(&before, &after));
    json_decref(body);
    totals_finish(&before);
    totals_finish(&after);
}

static void sums_of_before_there_were_months_are_read_and_of_none(void **state)
{
    struct totals totals = {.rows = NULL};
    json_t *body = json_pack("{s:[{s:[i,i],s:i,s:i}]}", "totals", "organisation", 1, 7, "visits",
                             12, "seconds", 3600);
    (void)state;
    assert_int_equal(totals_take(&totals, body), RC_OK);
    assert_int_equal(totals.count, 1);
    assert_int_equal(totals.rows[0].month, 0);
    assert_int_equal(totals.rows[0].visits, 12);
    assert_int_equal(totals.rows[0].parts[0].organisation.seq, 7);
    assert_true(totals_have_visits(&totals));
    json_decref(body);
    totals_finish(&totals);
}

static void promises_alone_say_nothing_of_visits_before(void **state)
{
    struct total promises = {.month = 202610, .part_count = 1}, mark = {.part_count = 1};
    struct totals totals = {.rows = NULL};
    (void)state;
    assert_int_equal(totals_add(&totals, &promises), RC_OK);
    assert_false(totals_have_visits(&totals));
    assert_int_equal(totals_add(&totals, &mark), RC_OK);
    assert_true(totals_have_visits(&totals));
    totals_finish(&totals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_alike_is_one_sum_and_what_is_not_stays_apart),
        cmocka_unit_test(a_visit_that_gave_to_two_is_one_visit_of_two_parts),
        cmocka_unit_test(more_parts_than_there_is_room_for_count_as_the_last),
        cmocka_unit_test(a_body_gives_back_what_was_put_into_it),
        cmocka_unit_test(sums_of_before_there_were_months_are_read_and_of_none),
        cmocka_unit_test(promises_alone_say_nothing_of_visits_before),
    };
    return cmocka_run_group_tests_name("totals", tests, NULL, NULL);
}
