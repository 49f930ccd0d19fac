#include "app/domain/sign_up.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HOUR INT64_C(3600000)

struct promises {
    struct sign_ups sign_ups;
    int64_t seq;
};

static enum rc say(struct promises *promises, enum fact_kind kind, const char *text)
{
    const struct fact fact = {
        .id = {1, ++promises->seq}, .kind = kind, .organisation = {1, 50 + promises->seq}};
    json_t *body = json_loads(text, 0, NULL);
    assert_non_null(body);
    enum rc rc = sign_ups_take(&promises->sign_ups, &fact, body);
    json_decref(body);
    return rc;
}

static void promise(struct promises *promises, int number, int64_t from_ms, int64_t to_ms)
{
    char text[200];
    snprintf(text, sizeof text,
             "{\"occasion\":[9,1],\"shift\":%d,\"mission\":\" Till \",\"from_ms\":%lld,"
             "\"to_ms\":%lld,\"is_stand_in_sought\":true}",
             number, (long long)from_ms, (long long)to_ms);
    assert_int_equal(say(promises, FACT_SIGN_UP, text), RC_OK);
}

static const struct sign_up *find(const struct promises *promises, int number)
{
    return sign_ups_find(&promises->sign_ups, (struct shift_id){{9, 1}, number});
}

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct promises));
    return *state == NULL;
}

static int tear_down(void **state)
{
    struct promises *promises = *state;
    sign_ups_finish(&promises->sign_ups);
    free(promises);
    return 0;
}

static void a_promise_carries_all_about_its_hours_along(void **state)
{
    struct promises *promises = *state;
    promise(promises, 3, 1000, 5000);
    const struct sign_up *sign_up = find(promises, 3);
    assert_non_null(sign_up);
    assert_string_equal(sign_up->mission, "Till");
    assert_int_equal(sign_up->from_ms, 1000);
    assert_int_equal(sign_up->to_ms, 5000);
    assert_int_equal(sign_up->fact.seq, 1);
    assert_int_equal(sign_up->organisation.seq, 51);
    assert_true(sign_up->is_stand_in_sought);
    assert_int_equal(sign_up->end, SIGN_UP_STANDS);
    assert_null(find(promises, 4));
}

static void promises_stand_by_beginning_also_when_a_shift_moves(void **state)
{
    struct promises *promises = *state;
    promise(promises, 1, 5000, 6000);
    promise(promises, 3, 1000, 2000);
    promise(promises, 2, 1000, 2000);
    promise(promises, 4, 7000, 8000);
    promise(promises, 3, 9000, 9500); /* stated again, later */
    promise(promises, 4, 500, 600);   /* and earlier */
    static const int order[] = {4, 2, 1, 3};
    assert_int_equal(promises->sign_ups.count, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(promises->sign_ups.rows[i].of.number, order[i]);
}

static void an_end_says_how_and_stated_again_it_stands_again(void **state)
{
    struct promises *promises = *state;
    promise(promises, 1, 1000, 2000);
    assert_int_equal(say(promises, FACT_SIGN_UP_ENDED,
                         "{\"occasion\":[9,1],\"shift\":1,\"how\":\"replaced\","
                         "\"replaced_by\":[2,8]}"),
                     RC_OK);
    assert_int_equal(find(promises, 1)->end, SIGN_UP_REPLACED);
    assert_int_equal(find(promises, 1)->replaced_by.seq, 8);
    assert_int_equal(find(promises, 1)->fact.seq, 2);
    assert_false(find(promises, 1)->is_stand_in_sought);
    say(promises, FACT_SIGN_UP_ENDED, "{\"occasion\":[9,1],\"shift\":1,\"how\":\"cancelled\"}");
    assert_int_equal(find(promises, 1)->end, SIGN_UP_CANCELLED);
    assert_true(fact_id_is_none(find(promises, 1)->replaced_by));
    promise(promises, 1, 1000, 2000);
    assert_int_equal(find(promises, 1)->end, SIGN_UP_STANDS);
}

static void an_end_of_what_was_never_promised_says_nothing(void **state)
{
    struct promises *promises = *state;
    promise(promises, 1, 1000, 2000);
    assert_int_equal(
        say(promises, FACT_SIGN_UP_ENDED, "{\"occasion\":[9,1],\"shift\":2,\"how\":\"excused\"}"),
        RC_OK);
    assert_int_equal(say(promises, FACT_SIGN_UP_ENDED,
                         "{\"occasion\":[9,1],\"shift\":1,\"how\":\"by a newer version\"}"),
                     RC_OK);
    assert_int_equal(promises->sign_ups.count, 1);
    assert_int_equal(find(promises, 1)->end, SIGN_UP_STANDS);
}

static void an_erased_body_says_nothing(void **state)
{
    struct promises *promises = *state;
    const struct fact fact = {.kind = FACT_SIGN_UP};
    assert_int_equal(sign_ups_take(&promises->sign_ups, &fact, NULL), RC_OK);
    assert_int_equal(promises->sign_ups.count, 0);
}

static void a_body_that_no_version_wrote_is_corrupt(void **state)
{
    static const char *const bodies[] = {
        "{}",
        "{\"occasion\":[9,0],\"shift\":1,\"from_ms\":1,\"to_ms\":2}",
        "{\"occasion\":\"9\",\"shift\":1,\"from_ms\":1,\"to_ms\":2}",
        "{\"occasion\":[9,1],\"shift\":-1,\"from_ms\":1,\"to_ms\":2}",
        "{\"occasion\":[9,1],\"shift\":4294967296,\"from_ms\":1,\"to_ms\":2}",
        "{\"occasion\":[9,1],\"shift\":\"1\",\"from_ms\":1,\"to_ms\":2}",
        "{\"occasion\":[9,1],\"shift\":1,\"from_ms\":2,\"to_ms\":2}",
        "{\"occasion\":[9,1],\"shift\":1,\"from_ms\":-9223372036854775808,\"to_ms\":-5}",
        "{\"occasion\":[9,1],\"shift\":1,\"from_ms\":1,\"to_ms\":9223372036854775807}",
        "{\"occasion\":[9,1],\"shift\":1,\"from_ms\":1,\"to_ms\":604800002}", /* over seven days */
        "{\"occasion\":[9,1],\"shift\":1,\"from_ms\":253402300800000,\"to_ms\":253402300800001}",
        "{\"occasion\":[9,1],\"shift\":1,\"from_ms\":1,\"to_ms\":2,\"mission\":\"a\\nb\"}",
    };
    struct promises *promises = *state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (say(promises, FACT_SIGN_UP, bodies[i]) != RC_CORRUPT)
            fail_msg("taken: %s", bodies[i]);
    char text[256];
    snprintf(text, sizeof text,
             "{\"occasion\":[9,1],\"shift\":1,\"from_ms\":1,\"to_ms\":2,\"mission\":\"%096d\"}", 7);
    assert_int_equal(say(promises, FACT_SIGN_UP, text), RC_CORRUPT);
    assert_int_equal(say(promises, FACT_SIGN_UP_ENDED, "{\"how\":\"excused\"}"), RC_CORRUPT);
    assert_int_equal(promises->sign_ups.count, 0);
}

static void what_came_of_it_follows_from_its_end_the_visit_and_the_time(void **state)
{
    struct sign_up sign_up = {.from_ms = HOUR, .to_ms = 2 * HOUR};
    (void)state;
    assert_int_equal(sign_up_outcome(&sign_up, 2 * HOUR - 1), SIGN_UP_EXPECTED);
    assert_int_equal(sign_up_outcome(&sign_up, 2 * HOUR), SIGN_UP_DID_NOT_COME);
    sign_up.visit.seq = 4;
    assert_int_equal(sign_up_outcome(&sign_up, HOUR), SIGN_UP_CAME);
    assert_int_equal(sign_up_outcome(&sign_up, 2 * HOUR), SIGN_UP_CAME);
    sign_up.from_ms += 5 * HOUR;
    sign_up.to_ms += 5 * HOUR;
    assert_int_equal(sign_up_outcome(&sign_up, sign_up.from_ms - HOUR - 1), SIGN_UP_EXPECTED);
    assert_int_equal(sign_up_outcome(&sign_up, sign_up.from_ms - HOUR), SIGN_UP_CAME);
    sign_up.end = SIGN_UP_EXCUSED;
    assert_int_equal(sign_up_outcome(&sign_up, HOUR), SIGN_UP_IS_EXCUSED);
    sign_up.end = SIGN_UP_REPLACED;
    assert_int_equal(sign_up_outcome(&sign_up, HOUR), SIGN_UP_IS_REPLACED);
    sign_up.end = SIGN_UP_CANCELLED;
    assert_int_equal(sign_up_outcome(&sign_up, HOUR), SIGN_UP_IS_CANCELLED);
}

static void ends_and_outcomes_have_names(void **state)
{
    (void)state;
    assert_string_equal(sign_up_end_name(SIGN_UP_STANDS), "stands");
    assert_string_equal(sign_up_end_name(SIGN_UP_CANCELLED), "cancelled");
    assert_string_equal(sign_up_outcome_name(SIGN_UP_EXPECTED), "expected");
    assert_string_equal(sign_up_outcome_name(SIGN_UP_DID_NOT_COME), "did-not-come");
    assert_string_equal(sign_up_outcome_name(SIGN_UP_IS_CANCELLED), "cancelled");
}

static void each_field_makes_a_difference(void **state)
{
    const struct sign_up one = {.of = {{1, 2}, 3}};
    struct sign_up other;
    (void)state;
#define DIFFERS(change) (other = one, (change), assert_false(sign_up_is_same(&one, &other)))
    assert_true(sign_up_is_same(&one, &one));
    DIFFERS(other.of.number++);
    DIFFERS(other.of.occasion.seq++);
    DIFFERS(other.fact.seq++);
    DIFFERS(other.organisation.seq++);
    DIFFERS(strcpy(other.mission, "x"));
    DIFFERS(other.from_ms++);
    DIFFERS(other.to_ms++);
    DIFFERS(other.end = SIGN_UP_EXCUSED);
    DIFFERS(other.is_stand_in_sought = true);
    DIFFERS(other.replaced_by.seq++);
    DIFFERS(other.visit.seq++);
#undef DIFFERS
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_promise_carries_all_about_its_hours_along),
        TEST(promises_stand_by_beginning_also_when_a_shift_moves),
        TEST(an_end_says_how_and_stated_again_it_stands_again),
        TEST(an_end_of_what_was_never_promised_says_nothing),
        TEST(an_erased_body_says_nothing),
        TEST(a_body_that_no_version_wrote_is_corrupt),
        TEST(what_came_of_it_follows_from_its_end_the_visit_and_the_time),
        TEST(ends_and_outcomes_have_names),
        TEST(each_field_makes_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
