#include "app/domain/fact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct fact sample(void)
{
    struct fact fact = {
        .id = {7, 42},
        .wall_ms = 1795266000000,
        .mono_ms = 600000,
        .boot = {1, 2, 3},
        .trust = CLOCK_SYNCED,
        .kind = FACT_TAP,
        .subject = {7, 3},
        .organisation = {7, 2},
        .rules_seq = 2,
        .body = "{\"answer\":\"arrival\"}",
        .body_length = 20,
        .salt = {9},
    };
    return fact;
}

static void link_of(const struct fact *fact, uint8_t *out_hash)
{
    uint8_t previous[HASH_BYTES] = {0}, body_hash[HASH_BYTES];
    fact_hash_body(fact, body_hash);
    fact_hash(fact, previous, body_hash, out_hash);
}

static void assert_differs(const char *field, const struct fact *other)
{
    struct fact fact = sample();
    uint8_t one[HASH_BYTES], two[HASH_BYTES];
    link_of(&fact, one);
    link_of(other, two);
    if (memcmp(one, two, sizeof one) == 0)
        fail_msg("%s is not covered by the hash", field);
}

#define CHANGE(field, value)                                                                       \
    do {                                                                                           \
        struct fact fact = sample();                                                               \
        fact.field = value;                                                                        \
        assert_differs(#field, &fact);                                                             \
    } while (0)

static void every_field_of_a_fact_changes_its_hash(void **state)
{
    (void)state;
    CHANGE(id.station, 8);
    CHANGE(id.seq, 43);
    CHANGE(wall_ms, 0);
    CHANGE(mono_ms, 600001);
    CHANGE(boot[15], 1);
    CHANGE(trust, CLOCK_UNSET);
    CHANGE(kind, FACT_PRESS);
    CHANGE(subject.station, 8);
    CHANGE(subject.seq, 4);
    CHANGE(organisation.station, 8);
    CHANGE(organisation.seq, 1);
    CHANGE(rules_seq, 3);
    CHANGE(body, "{\"answer\":\"arrivaL\"}");
    CHANGE(body_length, 19);
    CHANGE(salt[15], 1);
}

static void what_is_derived_is_not_covered(void **state)
{
    struct fact fact = sample();
    uint8_t one[HASH_BYTES], two[HASH_BYTES];
    (void)state;
    link_of(&fact, one);
    fact.effective_ms = 5;
    fact.is_doubtful = true;
    fact.day_end_min = 90;
    link_of(&fact, two);
    assert_memory_equal(one, two, sizeof one);
}

static void a_link_depends_on_the_one_before(void **state)
{
    struct fact fact = sample();
    uint8_t previous[HASH_BYTES] = {0}, body_hash[HASH_BYTES], one[HASH_BYTES], two[HASH_BYTES];
    (void)state;
    fact_hash_body(&fact, body_hash);
    fact_hash(&fact, previous, body_hash, one);
    previous[HASH_BYTES - 1] = 1;
    fact_hash(&fact, previous, body_hash, two);
    assert_memory_not_equal(one, two, sizeof one);
}

static void facts_are_in_order_of_time_then_station_then_sequence(void **state)
{
    struct fact a = {.id = {2, 9}, .effective_ms = 10}, b = {.id = {1, 5}, .effective_ms = 11};
    (void)state;
    assert_true(fact_compare(&a, &b) < 0 && fact_compare(&b, &a) > 0);
    b.effective_ms = 10;
    assert_true(fact_compare(&a, &b) > 0);
    b.id = (struct fact_id){2, 8};
    assert_true(fact_compare(&a, &b) > 0);
    b.id.seq = 9;
    assert_int_equal(fact_compare(&a, &b), 0);
}

static void every_kind_has_a_name_and_no_other_number_has(void **state)
{
    (void)state;
    for (int kind = FACT_STATION_BEGAN; kind <= FACT_EXPORTED; kind++)
        assert_non_null(fact_kind_name((enum fact_kind)kind));
    assert_null(fact_kind_name((enum fact_kind)0));
    assert_null(fact_kind_name((enum fact_kind)(FACT_EXPORTED + 1)));
    assert_null(fact_kind_name((enum fact_kind) - 1));
}

static int setup(void **state)
{
    (void)state;
    return hash_init();
}

static void an_id_is_read_as_it_is_written_and_nothing_else_is(void **state)
{
    static const struct fact_id ids[] = {{1, 1}, {281474976710655, 999999999}, {0x1a2b3c, 12}};
    static const char *const wrong[] = {"",      "12",    "1a2b3c-", "1a2b3c-0", "-12",
                                        "1A-2",  "1a-2 ", " 1a-2",   "0x1a-2",   "1a-2-3",
                                        "1a--2", "1a-+2", "1a-02",   "Ada-Lou",  "1a2b3c-12.4"};
    char text[FACT_ID_BYTES];
    struct fact_id read;
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        fact_id_write(ids[i], text);
        assert_true(fact_id_read(text, &read));
        assert_true(fact_id_is_same(read, ids[i]));
    }
    assert_string_equal(text, "1a2b3c-12");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (fact_id_read(wrong[i], &read))
            fail_msg("\"%s\" is no id", wrong[i]);
}

/* Where a clock went back, order says what time alone does not. */
static void a_span_is_by_order_where_times_are_the_same(void **state)
{
    const struct fact_span span = {{1000, {7, 5}}, {1000, {7, 8}}};
    (void)state;
    assert_false(fact_span_has(&span, (struct fact_place){1000, {7, 4}}));
    assert_true(fact_span_has(&span, (struct fact_place){1000, {7, 5}}));
    assert_true(fact_span_has(&span, (struct fact_place){1000, {7, 7}}));
    assert_false(fact_span_has(&span, (struct fact_place){1000, {7, 8}}));
    assert_false(fact_span_has(&span, (struct fact_place){999, {7, 6}}));
    assert_false(fact_span_has(&span, (struct fact_place){1001, {7, 6}}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_a_fact_changes_its_hash),
        cmocka_unit_test(what_is_derived_is_not_covered),
        cmocka_unit_test(a_link_depends_on_the_one_before),
        cmocka_unit_test(facts_are_in_order_of_time_then_station_then_sequence),
        cmocka_unit_test(every_kind_has_a_name_and_no_other_number_has),
        cmocka_unit_test(an_id_is_read_as_it_is_written_and_nothing_else_is),
        cmocka_unit_test(a_span_is_by_order_where_times_are_the_same),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
