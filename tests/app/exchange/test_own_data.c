/* What the register has about somebody, where others' records name them, too. */
#include "app/exchange/own_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"

static struct fact_id zeph;

static struct fact_id add_zeph(struct house *house)
{
    struct fact_id id = house_add(house, "Zéphyrine", "uid:04DEADBEEF0102");
    house_record(house, FACT_PERSON_CHANGED, id,
                 json_pack("{s:s,s:s}", "last_name", "Vandenbroeck", "number", "4711"));
    return id;
}

static int set_up(void **state)
{
    int rc = desk_set_up(state);
    if (!rc)
        zeph = add_zeph(*state);
    return rc;
}

static struct fact_id say_fetchers(struct house *house, const char *fetchers)
{
    return house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                        json_pack("{s:s}", "basket_fetchers", fetchers));
}

static struct fact_id plan_shift(struct house *house, const char *referent)
{
    const json_int_t from_ms = house_now(house).wall_ms, to_ms = from_ms + HOUSE_HOUR_MS;
    return house_record(house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                        json_pack("{s:s,s:s,s:I,s:I,s:[{s:i,s:I,s:I,s:s}]}", "kind", "shift",
                                  "title", "Shop", "from_ms", from_ms, "to_ms", to_ms, "shifts",
                                  "number", 1, "from_ms", from_ms, "to_ms", to_ms, "referent",
                                  referent));
}

static json_t *read_mentions(struct house *house)
{
    json_t *data = NULL;
    assert_int_equal(
        own_data_read(journal_db(house->journal), zeph, house_now(house).wall_ms, &data), RC_OK);
    json_t *mentions = json_incref(json_object_get(data, "named_in"));
    json_decref(data);
    return mentions;
}

static void expect_mentions(struct house *house, const struct fact_id *facts, size_t count)
{
    char id[FACT_ID_BYTES];
    json_t *mentions = read_mentions(house);
    assert_int_equal(json_array_size(mentions), count);
    for (size_t i = 0; i < count; i++) {
        fact_id_write(facts[i], id);
        assert_string_equal(json_text(json_array_get(mentions, i), "id"), id);
    }
    json_decref(mentions);
}

static void who_fetches_a_basket_or_looks_after_a_shift_is_named_by_what_was_typed(void **state)
{
    struct house *house = *state;
    expect_mentions(house, NULL, 0);
    const struct fact_id facts[] = {
        say_fetchers(house, "Somebody Else;zephyrine VANDENBROECK"),
        say_fetchers(house, "4711"),
        plan_shift(house, "Zéphyrine Vandenbroeck"),
    };
    say_fetchers(house, "Zéphyrine"); /* somebody else may be called so */
    plan_shift(house, "Zephyrine Vandenberg");
    expect_mentions(house, facts, 3);
}

/* Both ways at once it is one record. */
static void a_record_that_has_their_id_and_their_name_is_told_once(void **state)
{
    struct house *house = *state;
    const struct fact_id facts[] = {
        house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                     json_pack("{s:s,s:[I,I]}", "basket_fetchers", "4711", "by",
                               (json_int_t)zeph.station, (json_int_t)zeph.seq)),
    };
    expect_mentions(house, facts, 1);
}

static void a_name_that_two_have_is_nobodys(void **state)
{
    struct house *house = *state;
    const struct fact_id fact = say_fetchers(house, "Zéphyrine Vandenbroeck");
    expect_mentions(house, &fact, 1); /* the control */
    struct fact_id other = house_add(house, "Zéphyrine", "uid:04DEADBEEF0103");
    house_record(house, FACT_PERSON_CHANGED, other,
                 json_pack("{s:s}", "last_name", "Vandenbroeck"));
    expect_mentions(house, NULL, 0);
}

#define OWN_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OWN_TEST(who_fetches_a_basket_or_looks_after_a_shift_is_named_by_what_was_typed),
        OWN_TEST(a_record_that_has_their_id_and_their_name_is_told_once),
        OWN_TEST(a_name_that_two_have_is_nobodys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
