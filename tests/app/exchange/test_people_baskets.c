#include "app/exchange/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/roster.h"

/* Zoé 7, Bilal 8 with a small basket, Jef 9 with a large one, and two who are called the same. */
static struct roster house_of_five(void)
{
    static const struct person others[] = {
        {.id = {1, 6},
         .number = "8",
         .first_name = "Bilal",
         .last_name = "Haddad",
         .basket = "small",
         .basket_fetchers = "7"},
        {.id = {1, 7},
         .number = "9",
         .first_name = "Jef",
         .last_name = "Peeters",
         .basket = "large",
         .basket_pauses = "2026-12-20",
         .external_id = "odoo_9"},
        {.id = {1, 8}, .number = "10", .first_name = "An", .last_name = "Maes"},
        {.id = {1, 9}, .number = "11", .first_name = "An", .last_name = "Maes"},
    };
    struct roster house = roster_with_zoe();
    for (int i = 0; i < 4; i++)
        house.people[house.count++] = others[i];
    return house;
}

static void expect_basket(const struct roster *house, int who, const char *size, const char *pauses,
                          const char *fetchers)
{
    assert_string_equal(house->people[who].basket, size);
    assert_string_equal(house->people[who].basket_pauses, pauses);
    assert_string_equal(house->people[who].basket_fetchers, fetchers);
}

static void take(const char *text, struct roster *house)
{
    struct people *people = roster_read_baskets(text);
    roster_plan(people, house);
    assert_int_equal(roster_take(people, house), RC_OK);
    people_close(people);
}

static void a_list_says_whose_basket_which_size_which_pauses_and_who_fetches(void **state)
{
    static const char *const lists[] = {
        "Numéro;Panier;Pauses;Retrait\n7;grand;20/12/2026 au 05/01/2027, "
        "01/02/2027;8;\n8;petit;;\n",
        "lidnummer,mand,onderbrekingen,afhalers\n7,grand,"
        "\"2026-12-20/2027-01-05;2027-02-01\",8\n8,petit,,\n",
        "Number;Size;Suspension;Fetched by\n7;grand;20.12.2026 - 5.1.2027|1/2/2027;8\n8;petit;;\n",
        "Name;Taille;Pause;Qui peut retirer\nZOE DUBOIS;grand;\"du 20/12/2026 tot 05/01/2027\n"
        "2027-02-01\";8\nHaddad Bilal;petit;;\n",
        "Nom;Pakket;Pauze;Wie mag afhalen\nDubois Zoé;grand;20/12/2026–05/01/2027,1/2/2027;8\n"
        "bilal haddad;petit;;\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct roster house = house_of_five();
        take(lists[i], &house);
        expect_basket(&house, 0, "grand", "2026-12-20/2027-01-05,2027-02-01", "8");
        expect_basket(&house, 1, "petit", "", "");
        expect_basket(&house, 2, "", "", "");
        assert_string_equal(house.people[0].email, "zoe@example.org");
        assert_int_equal(house.count, 5);
    }
}

static void who_is_not_in_the_list_has_no_basket_from_now_on_and_is_told_beforehand(void **state)
{
    struct roster house = house_of_five();
    struct people *people = roster_read_baskets("number;size;fetchers\n8;small;7\n7;half;\n");
    char *text;
    (void)state;
    roster_plan(people, &house);
    roster_plan(people, &house); /* twice is as once */
    roster_expect_counts(people, 0, 1, 1, 0, 0);
    assert_int_equal(people_count(people), 3);
    assert_int_equal(people_row(people, 2)->verdict, PEOPLE_ENDED);
    assert_int_equal(people_preview_text(people, &text), RC_OK);
    assert_string_equal(text, "1 changed, 1 the same, 1 ended, 0 refused; baskets in this list: 2 "
                              "(UTF-8, \";\")\n"
                              "line 3: changed: Zoé Dubois (7): half\n"
                              "ended: Jef Peeters (9): not in the list any more\n");
    free(text);
    json_t *json = people_preview_json(people);
    assert_int_equal(json_number(json, "ended", 0), 1);
    assert_int_equal(json_number(json, "baskets", 0), 2);
    json_decref(json);
    assert_int_equal(roster_take(people, &house), RC_OK);
    assert_int_equal(house.facts, 12);
    expect_basket(&house, 1, "small", "", "7");
    expect_basket(&house, 2, "", "", "");
    people_close(people);
}

static void an_empty_size_and_a_word_for_none_are_no_basket(void **state)
{
    static const char *const none[] = {"", "non", "Geen", "0", "-", " aucun "};
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct roster house = house_of_five();
        char text[96];
        snprintf(text, sizeof text, "number;size\n8;small\n9;%s\n", none[i]);
        take(text, &house);
        expect_basket(&house, 2, "", "", "");
    }
    struct roster house = house_of_five();
    take("number;size\n8;½\n9;N2\n", &house); /* what is a size stays one */
    expect_basket(&house, 1, "½", "", "");
    expect_basket(&house, 2, "N2", "", "");
}

static void a_row_that_is_about_nobody_or_several_or_says_nothing_is_refused(void **state)
{
    static const struct {
        const char *row, *says;
    } cases[] = {
        {"99;;small;;", "Nobody in the house has the member number 99."},
        {";Nobody Known;small;;", "Nobody in the house is called Nobody Known."},
        {";An Maes;small;;", "Several people are called An Maes; write the member number."},
        {";;small;;", "neither a number nor a name"},
        {"7;;;20/12/2026;", "There is no size of the basket."},
        {"7;;;;8", "There is no size of the basket."},
        {"7;;small;always;", "\"always\" is no pause; write a day as 20/12/2026"},
        {"7;;small;31/02/2027;", "\"31/02/2027\" is no pause"},
        {"7;;small;05/01/2027 - 20/12/2026;", "ends before it begins"},
        {"7;;sm\x01ll;;", "characters that cannot be shown"},
        {"7;;small;;8\x02", "characters that cannot be shown"},
        {"7;;small;\"20/12/2026", "quotation mark"},
        {"7;;small;;;;x", "There are 7 columns"},
        {"7;;a size that is far longer than any screen could ever show it;;",
         "The size of the basket is too long"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct roster house = house_of_five();
        char text[256], *preview;
        snprintf(text, sizeof text, "number;name;size;pauses;fetchers\n%s\n8;;small;;7\n",
                 cases[i].row);
        struct people *people = roster_read_baskets(text);
        roster_plan(people, &house);
        roster_expect_row(people, 0, 2, PEOPLE_REFUSED, cases[i].says);
        /* Nobody's ends, and it is said. */
        assert_int_equal(people_count_plan(people).rows[PEOPLE_ENDED], 0);
        assert_int_equal(people_preview_text(people, &preview), RC_OK);
        assert_non_null(strstr(preview, "nobody's basket ends by this list"));
        free(preview);
        assert_int_equal(roster_take(people, &house), RC_OK);
        expect_basket(&house, 2, "large", "2026-12-20", "");
        people_close(people);
    }
}

static void long_lists_of_pauses_and_of_names_are_refused(void **state)
{
    char pauses[600] = "", names[600] = "", text[1400];
    (void)state;
    for (int i = 0; i < 25; i++) {
        strcat(pauses, "20/12/2026,");
        strcat(names, "Somebody Else;");
    }
    struct roster house = house_of_five();
    snprintf(text, sizeof text, "number;size;pauses;fetchers\n7;small;\"%s\";\n8;small;;\"%s\"\n",
             pauses, names);
    struct people *people = roster_read_baskets(text);
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "The list of pauses is too long");
    roster_expect_row(people, 1, 3, PEOPLE_REFUSED, "The list of who may fetch the basket");
    people_close(people);
}

static void somebody_twice_is_refused_unless_both_lines_say_the_same(void **state)
{
    struct roster house = house_of_five();
    struct people *people = roster_read_baskets("number;name;size\n7;;small\n7;;large\n8;;small\n"
                                                "8;;small\n9;;large\n;Jef Peeters;small\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "Lines 2 and 3 have the same member number");
    roster_expect_row(people, 1, 3, PEOPLE_REFUSED, "Lines 2 and 3");
    roster_expect_row(people, 3, 5, PEOPLE_SAME, "Line 4 says the same");
    roster_expect_row(people, 4, 6, PEOPLE_REFUSED, "Lines 6 and 7 are about the same person");
    roster_expect_row(people, 5, 7, PEOPLE_REFUSED, "Lines 6 and 7 are about the same person");
    people_close(people);
}

static void a_formula_is_a_text_and_is_taken_as_such(void **state)
{
    struct roster house = house_of_five();
    (void)state;
    take("number;size;fetchers\n7;'=1+1;'@SUM(A1)\n8;small;7\n9;large;\n", &house);
    expect_basket(&house, 0, "=1+1", "", "@SUM(A1)");
}

static void who_fetches_and_is_nobody_of_the_house_is_noted(void **state)
{
    struct roster house = house_of_five();
    struct people *people =
        roster_read_baskets("number;size;fetchers\n7;small;8;\n8;small;Zoe Dubois;\n"
                            "9;large;The neighbour\n10;large;An Maes\n");
    (void)state;
    roster_plan(people, &house);
    assert_null(people_row(people, 0)->note);
    assert_null(people_row(people, 1)->note);
    assert_string_equal(people_row(people, 2)->note, "nobody in the house is called The neighbour");
    assert_non_null(strstr(people_row(people, 3)->note, "several people are called An Maes"));
    people_close(people);
}

static void numbers_of_who_may_fetch_stand_between_commas_too(void **state)
{
    struct roster house = house_of_five();
    (void)state;
    take("number;size;fetchers\n7;small;8, 9\n8;small;\"7;9\"\n9;small;\"Maes, An\"\n", &house);
    expect_basket(&house, 0, "small", "", "8; 9");
    expect_basket(&house, 1, "small", "", "7;9");
    expect_basket(&house, 2, "small", "", "Maes, An");
}

static void a_list_without_the_columns_it_needs_is_refused_whole(void **state)
{
    static const struct {
        const char *text, *says;
        enum rc rc;
    } cases[] = {
        {"", "This file is empty", RC_EMPTY},
        {"number;size\n", "There is nobody in this file", RC_EMPTY},
        {"number;first name\n7;Zoé\n", "no column for the size of the basket", RC_BAD_INPUT},
        {"size;pauses\nsmall;\n", "no column for whose basket it is", RC_BAD_INPUT},
        {"PK\x03\x04zzzz", "a spreadsheet or an archive", RC_UNSUPPORTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct people *people = NULL;
        struct reason reason = {""};
        enum rc rc = people_read_baskets(cases[i].text, strlen(cases[i].text), &people, &reason);
        if (rc != cases[i].rc || !strstr(reason.text, cases[i].says))
            fail_msg("%zu: %s, %s", i, rc_text(rc), reason.text);
        assert_null(people);
    }
}

static void of_two_columns_the_size_says_more_and_the_other_is_named_as_not_used(void **state)
{
    struct roster house = house_of_five();
    struct people *people = roster_read_baskets("number;panier;taille;email\n7;oui;grand;x\n");
    (void)state;
    assert_int_equal(people_unused_count(people), 2);
    assert_string_equal(people_unused(people, 0), "panier");
    assert_string_equal(people_unused(people, 1), "email");
    roster_plan(people, &house);
    assert_string_equal(people_row(people, 0)->person.basket, "grand");
    people_close(people);
}

static void a_list_of_people_takes_baskets_too_and_empty_cells_leave_them(void **state)
{
    struct roster house = house_of_five();
    struct people *people = roster_read_text(
        "number;first "
        "name;basket;basket_pauses;basket_fetchers;taille\n7;Zoé;half;20/12/2026;8;XL\n"
        "9;Jef;;;;M\n");
    (void)state;
    roster_plan(people, &house);
    assert_int_equal(roster_take(people, &house), RC_OK);
    expect_basket(&house, 0, "half", "2026-12-20", "8"); /* a shirt's size is none of a basket's */
    expect_basket(&house, 2, "large", "2026-12-20", "");
    people_close(people);
}

static void what_is_refused_is_written_as_a_list_to_mend(void **state)
{
    static const char text[] = "number;size\n7;small\n99;large\n";
    struct roster house = house_of_five();
    struct people *people = roster_read_baskets(text);
    char folder[] = "/tmp/perron-baskets-XXXXXX", path[64], there[128] = "";
    char name[REFUSED_NAME_BYTES];
    (void)state;
    assert_non_null(mkdtemp(folder));
    roster_plan(people, &house);
    assert_int_equal(
        people_write_refused(people, text, sizeof text - 1, CSV_PROFILE_STRICT, folder, name, NULL),
        RC_OK);
    snprintf(path, sizeof path, "%s/baskets-refused.csv", folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(there, 1, sizeof there - 1, file) > 0);
    fclose(file);
    assert_string_equal(there, "number,size,reason\r\n99,large,Nobody in the house has the member "
                               "number 99.\r\n");
    unlink(path);
    rmdir(folder);
    people_close(people);
    people = roster_read_baskets("number;size\n7;small\n"); /* two more end, behind the last line */
    roster_plan(people, &house);
    assert_int_equal(people_count(people), 3);
    assert_int_equal(
        people_write_refused(people, "", 0, CSV_PROFILE_STRICT, "/nowhere", name, NULL), RC_EMPTY);
    people_close(people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_says_whose_basket_which_size_which_pauses_and_who_fetches),
        cmocka_unit_test(who_is_not_in_the_list_has_no_basket_from_now_on_and_is_told_beforehand),
        cmocka_unit_test(an_empty_size_and_a_word_for_none_are_no_basket),
        cmocka_unit_test(a_row_that_is_about_nobody_or_several_or_says_nothing_is_refused),
        cmocka_unit_test(long_lists_of_pauses_and_of_names_are_refused),
        cmocka_unit_test(somebody_twice_is_refused_unless_both_lines_say_the_same),
        cmocka_unit_test(a_formula_is_a_text_and_is_taken_as_such),
        cmocka_unit_test(who_fetches_and_is_nobody_of_the_house_is_noted),
        cmocka_unit_test(numbers_of_who_may_fetch_stand_between_commas_too),
        cmocka_unit_test(a_list_without_the_columns_it_needs_is_refused_whole),
        cmocka_unit_test(of_two_columns_the_size_says_more_and_the_other_is_named_as_not_used),
        cmocka_unit_test(a_list_of_people_takes_baskets_too_and_empty_cells_leave_them),
        cmocka_unit_test(what_is_refused_is_written_as_a_list_to_mend),
    };
    return cmocka_run_group_tests(tests, roster_set_up, NULL);
}
