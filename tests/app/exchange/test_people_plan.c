#include "app/exchange/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/roster.h"

static void an_empty_cell_takes_nothing_away(void **state)
{
    struct roster house = roster_with_zoe();
    struct people *people =
        roster_read_text("number;first name;last name;email;badge\n7;Zoé;Dubois;;\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_counts(people, 0, 0, 1, 0, 0);
    people_close(people);
    people = roster_read_text("number;first name\n7;Zoë\n");
    roster_plan(people, &house);
    roster_expect_counts(people, 0, 1, 0, 0, 0);
    assert_int_equal(roster_take(people, &house), RC_OK);
    assert_string_equal(house.people[0].first_name, "Zoë");
    assert_string_equal(house.people[0].last_name, "Dubois");
    assert_string_equal(house.people[0].email, "zoe@example.org");
    assert_int_equal(house.facts, 11);
    people_close(people);
}

static void a_badge_of_somebody_else_is_refused_under_any_of_its_numbers(void **state)
{
    static const char *const writings[] = {"04:A1:B2:C3", "77705923", "0077705923", "3283263748"};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct roster house = roster_with_zoe();
        char text[128];
        snprintf(text, sizeof text, "number;first name;badge\n8;Jef;%s\n", writings[i]);
        struct people *people = roster_read_text(text);
        roster_plan(people, &house);
        /* Eight digits are a UID of their own. */
        if (i == 1)
            roster_expect_counts(people, 1, 0, 0, 0, 1);
        else
            roster_expect_row(people, 0, 2, PEOPLE_REFUSED,
                              "somebody else's already: Zoé D. (number 7)");
        people_close(people);
    }
}

static void a_withdrawn_badge_does_not_come_back_by_a_list(void **state)
{
    struct roster house = roster_with_zoe();
    struct people *people = roster_read_text("number;first name;badge\n7;Zoé;04A1B2C3\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_counts(people, 0, 0, 1, 0, 0);
    house.badges[0].is_withdrawn = true;
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "was withdrawn");
    people_close(people);
}

static void somebody_who_came_before_the_list_is_known_by_badge_and_name(void **state)
{
    struct roster house = roster_with_zoe();
    struct people *people =
        roster_read_text("external id;first name;last name;badge\nodoo_1;ZOE;DUBOIS;04A1B2C3\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_counts(people, 0, 1, 0, 0, 0);
    assert_true(people_row(people, 0)->changed & 1u << PERSON_EXTERNAL_ID);
    people_close(people);
    people = roster_read_text("number;first name;last name;badge\n8;Zoé;Dubois;04A1B2C3\n");
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "somebody else's");
    people_close(people);
    people = roster_read_text("first name;last name;badge\nJef;Dubois;04A1B2C3\n");
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "somebody else's");
    people_close(people);
}

static void two_keys_of_two_people_are_refused(void **state)
{
    struct roster house = roster_with_zoe();
    struct people *people = roster_read_text("number;id;first name\n7;odoo_2;Zoé\n");
    (void)state;
    house.people[1] = (struct person){.id = {1, 6}, .external_id = "odoo_2", .first_name = "Jef"};
    house.count = 2;
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "another's, Jef");
    people_close(people);
    people = roster_read_text("number;id;first name\n7;;Zoé\n;odoo_2;Jef\n");
    roster_plan(people, &house);
    roster_expect_counts(people, 0, 0, 2, 0, 0);
    strcpy(house.people[0].external_id, "odoo_1");
    people_close(people);
    people = roster_read_text("number;id;first name\n7;;Zoé\n;odoo_1;Zoë\n");
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "Lines 2 and 3 are about the same person");
    roster_expect_row(people, 1, 3, PEOPLE_REFUSED, "Lines 2 and 3 are about the same person");
    people_close(people);
}

static void a_number_three_times_names_the_lines(void **state)
{
    struct roster house = {.count = 0};
    struct people *people = roster_read_text("number;first name\n1;A\n2;B\n1;C\n1;D\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_counts(people, 1, 0, 0, 3, 0);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "Lines 2 and 5");
    roster_expect_row(people, 2, 4, PEOPLE_REFUSED, "Lines 2 and 4");
    roster_expect_row(people, 3, 5, PEOPLE_REFUSED, "Lines 2 and 5");
    people_close(people);
}

static void one_card_in_two_writings_is_one_badge(void **state)
{
    struct roster house = {.count = 0};
    struct people *people =
        roster_read_text("number;first name;badge\n1;A;04A1B2C3\n2;B;0077705923\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "Lines 2 and 3 have the same badge");
    roster_expect_row(people, 1, 3, PEOPLE_REFUSED, "Lines 2 and 3 have the same badge");
    people_close(people);
}

static void a_house_that_cannot_be_asked_ends_the_plan(void **state)
{
    struct roster house = {.lookup_fails = RC_IO};
    struct people_lookup lookup = roster_lookup(&house);
    struct people *people = roster_read_text("number;first name\n7;Zoë\n");
    (void)state;
    assert_int_equal(people_plan(people, &lookup), RC_IO);
    people_close(people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_cell_takes_nothing_away),
        cmocka_unit_test(a_badge_of_somebody_else_is_refused_under_any_of_its_numbers),
        cmocka_unit_test(a_withdrawn_badge_does_not_come_back_by_a_list),
        cmocka_unit_test(somebody_who_came_before_the_list_is_known_by_badge_and_name),
        cmocka_unit_test(two_keys_of_two_people_are_refused),
        cmocka_unit_test(a_number_three_times_names_the_lines),
        cmocka_unit_test(one_card_in_two_writings_is_one_badge),
        cmocka_unit_test(a_house_that_cannot_be_asked_ends_the_plan),
    };
    return cmocka_run_group_tests(tests, roster_set_up, NULL);
}
