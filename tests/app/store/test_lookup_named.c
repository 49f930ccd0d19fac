#include "app/store/lookup_named.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

static enum rc look(struct house *house, const char *words, struct person *out_person)
{
    house->reason.text[0] = 0;
    return lookup_named(journal_db(house->journal), words, out_person, &house->reason);
}

static void add(struct house *house, const char *first_name, const char *last_name)
{
    house_record(house, FACT_PERSON_ADDED, (struct fact_id){0, 0},
                 json_pack("{s:s, s:s}", "first_name", first_name, "last_name", last_name));
}

/* Each of them stands in the sentence, after the one before. */
static void expect_in_order(const char *text, const char *const *names)
{
    for (int i = 0; names[i]; i++) {
        const char *at = strstr(text, names[i]);
        if (!at)
            fail_msg("\"%s\" is not where it belongs in %s", names[i], text);
        text = at;
    }
}

static void a_whole_name_is_somebodys(void **state)
{
    struct house *house = *state;
    struct person person;
    add(house, "Zoé", "'t Kint");
    assert_int_equal(look(house, "zoe 't kint", &person), RC_OK);
    assert_string_equal(person.last_name, "'t Kint");
    assert_int_equal(look(house, "Zoé", &person), RC_NOT_FOUND);
    assert_non_null(strstr(house->reason.text, "Zoé 't Kint ("));
}

static void who_it_could_be_stands_as_in_every_list(void **state)
{
    struct house *house = *state;
    struct person person;
    const char *const kept[] = {"Zoe Éclair (", "Zoé Jonas (", "Zoé 't Kint (",
                                "Zoe Laval (",  ", ...",       NULL};
    add(house, "Zoe", "Laval");
    add(house, "Zoé", "'t Kint");
    add(house, "Zoe", "Zorn");
    add(house, "Zoé", "Jonas");
    add(house, "Zoe", "Éclair");
    assert_int_equal(look(house, "zoe", &person), RC_NOT_FOUND);
    expect_in_order(house->reason.text, kept);
    assert_non_null(strstr(house->reason.text, "could be 5 people"));
    assert_null(strstr(house->reason.text, "Zorn"));
}

static void homonyms_stand_as_they_were_added(void **state)
{
    struct house *house = *state;
    struct person person;
    const char *const names[] = {"Zoe Laval (", "Zoé Laval (", NULL};
    add(house, "Zoe", "Laval");
    add(house, "Zoé", "Laval");
    assert_int_equal(look(house, "ZOE LAVAL", &person), RC_REFUSED);
    expect_in_order(house->reason.text, names);
    assert_non_null(strstr(house->reason.text, "2 people are called ZOE LAVAL"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_whole_name_is_somebodys),
        TEST(who_it_could_be_stands_as_in_every_list),
        TEST(homonyms_stand_as_they_were_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
