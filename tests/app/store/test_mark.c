#include "app/store/mark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/house.h"

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

static struct mark here(struct house *house, int64_t at_ms)
{
    struct mark mark;
    assert_int_equal(mark_here(journal_db(house->journal), at_ms, &mark), RC_OK);
    return mark;
}

static struct mark kept(struct house *house)
{
    struct mark mark;
    assert_int_equal(mark_get(journal_db(house->journal), &mark), RC_OK);
    return mark;
}

static enum rc record(struct house *house, const struct mark *mark)
{
    struct office office = {.now = house_now(house)};
    return mark_record(house->journal, &office, mark, &house->reason);
}

static bool is_same(const struct mark *a, const struct mark *b)
{
    return a->at_ms == b->at_ms && a->count == b->count &&
           memcmp(a->upto, b->upto, a->count * sizeof a->upto[0]) == 0;
}

static void a_register_that_was_never_taken_out_has_no_mark(void **state)
{
    struct mark mark = kept(*state);
    assert_int_equal(mark.at_ms, 0);
    assert_int_equal(mark.count, 0);
    assert_false(mark_has(&mark, (struct fact_id){1, 1}));
}

static void what_was_taken_out_is_known_after_a_restart(void **state)
{
    struct house *house = *state;
    struct mark mark = here(house, 1000), again;
    int64_t last = mark.upto[0].seq;
    assert_int_equal(record(house, &mark), RC_OK);
    house_restart(house);
    again = kept(house);
    assert_true(is_same(&mark, &again));
    assert_true(mark_has(&again, (struct fact_id){journal_station(house->journal), last}));
    assert_false(mark_has(&again, (struct fact_id){journal_station(house->journal), last + 1}));
    assert_false(mark_has(&again, (struct fact_id){1, 1}));
    assert_true(house_holds(house));
}

static void an_export_that_ends_after_a_later_one_moves_nothing_back(void **state)
{
    struct house *house = *state;
    struct mark first = here(house, 1000), second, now;
    house_tap(house, HOUSE_ADA);
    second = here(house, 2000);
    assert_int_equal(record(house, &second), RC_OK);
    int64_t facts = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(record(house, &first), RC_OK);
    assert_int_equal(record(house, &second), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), facts);
    now = kept(house);
    assert_true(is_same(&now, &second));
    assert_true(house_holds(house));
}

static void nothing_is_marked_that_is_not_there(void **state)
{
    struct house *house = *state;
    struct mark mark = here(house, 1000);
    mark.upto[0].seq++;
    assert_int_equal(record(house, &mark), RC_REFUSED);
    assert_non_null(strstr(house->reason.text, "another register"));
    mark = here(house, 1000);
    mark.upto[mark.count++] = (struct fact_id){7, 1};
    assert_int_equal(record(house, &mark), RC_REFUSED);
    assert_int_equal(kept(house).at_ms, 0);
}

static void who_took_it_out_is_on_record_and_must_be_staff(void **state)
{
    struct house *house = *state;
    struct mark mark = here(house, 1000);
    struct office office = {.by = house->people[HOUSE_IS_ADA], .now = house_now(house)};
    assert_int_equal(mark_record(house->journal, &office, &mark, &house->reason), RC_REFUSED);
    house_record(house, FACT_ROLE_SET, office.by, json_pack("{s:s}", "role", "staff"));
    assert_int_equal(mark_record(house->journal, &office, &mark, &house->reason), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE kind=36 AND"
                                         " instr(cast(body AS TEXT), '\"by\"') > 0"),
                     1);
    assert_true(house_holds(house));
}

static void a_mark_comes_back_from_its_json(void **state)
{
    struct mark mark = {.at_ms = 5, .count = 2, .upto = {{3, 4}, {1, 9}}}, again;
    (void)state;
    json_t *json = mark_to_json(&mark);
    assert_int_equal(mark_from_json(json, &again), RC_OK);
    json_decref(json);
    assert_true(is_same(&mark, &again));
}

static void json_that_is_no_mark_is_refused(void **state)
{
    static const char *const texts[] = {
        "{}",
        "{\"at_ms\":1}",
        "{\"upto\":[]}",
        "{\"at_ms\":0,\"upto\":[]}",
        "{\"at_ms\":-1,\"upto\":[]}",
        "{\"at_ms\":9223372036854775807,\"upto\":[]}",
        "{\"at_ms\":1.5,\"upto\":[]}",
        "{\"at_ms\":1,\"upto\":{}}",
        "{\"at_ms\":1,\"upto\":[1]}",
        "{\"at_ms\":1,\"upto\":[[1]]}",
        "{\"at_ms\":1,\"upto\":[[1,2,3]]}",
        "{\"at_ms\":1,\"upto\":[[1,\"2\"]]}",
        "{\"at_ms\":1,\"upto\":[[0,2]]}",
        "{\"at_ms\":1,\"upto\":[[1,0]]}",
        "{\"at_ms\":1,\"upto\":[[1,-5]]}",
        "{\"at_ms\":1,\"upto\":[[1,2],[1,3]]}",
    };
    struct mark mark = {.at_ms = 77};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_t *json;
        assert_int_equal(json_read_object(texts[i], strlen(texts[i]), 1000, &json), RC_OK);
        assert_int_not_equal(mark_from_json(json, &mark), RC_OK);
        json_decref(json);
    }
    assert_int_not_equal(mark_from_json(NULL, &mark), RC_OK);
    json_t *many = json_pack("{s:I,s:[]}", "at_ms", (json_int_t)1, "upto");
    for (int i = 0; i <= MARK_STATIONS_MAX; i++)
        json_array_append_new(json_object_get(many, "upto"), json_pack("[i,i]", i + 1, 1));
    assert_int_equal(mark_from_json(many, &mark), RC_LIMIT);
    json_decref(many);
    assert_int_equal(mark.at_ms, 77);
}

static void tell(struct house *from, struct house *to)
{
    static struct house_fact facts[400];
    size_t count = house_facts(from, facts, 400);
    assert_int_equal(house_merge(to, facts, count), RC_OK);
}

static void of_stations_that_took_out_apart_only_what_both_had_counts(void **state)
{
    struct house *a = *state, *b = house_open();
    tell(a, b);
    tell(b, a);
    struct mark common = here(b, 1000);
    house_tap(a, HOUSE_ADA);
    house_tap(b, HOUSE_ADA);
    struct mark of_a = here(a, 2000), of_b = here(b, 3000);
    assert_int_equal(record(a, &of_a), RC_OK);
    assert_int_equal(record(b, &of_b), RC_OK);
    tell(a, b);
    struct mark both = kept(b);
    assert_int_equal(both.at_ms, 2000);
    assert_int_equal(both.count, 2);
    for (size_t i = 0; i < both.count; i++)
        assert_true(mark_has(&common, both.upto[i]) || mark_has(&of_a, both.upto[i]));
    assert_false(
        mark_has(&both, (struct fact_id){journal_station(b->journal),
                                         of_b.upto[0].station == journal_station(b->journal)
                                             ? of_b.upto[0].seq
                                             : of_b.upto[1].seq}));
    assert_true(house_holds(b));
    /* The next one has all, and is the only one that counts. */
    struct mark next = here(b, 4000), now;
    assert_int_equal(record(b, &next), RC_OK);
    now = kept(b);
    assert_true(is_same(&now, &next));
    tell(b, a);
    now = kept(a);
    assert_true(is_same(&now, &next));
    assert_true(house_holds(a));
    house_close(b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_register_that_was_never_taken_out_has_no_mark),
        TEST(what_was_taken_out_is_known_after_a_restart),
        TEST(an_export_that_ends_after_a_later_one_moves_nothing_back),
        TEST(nothing_is_marked_that_is_not_there),
        TEST(who_took_it_out_is_on_record_and_must_be_staff),
        cmocka_unit_test(a_mark_comes_back_from_its_json),
        cmocka_unit_test(json_that_is_no_mark_is_refused),
        TEST(of_stations_that_took_out_apart_only_what_both_had_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
