/* What lies on the boot partition and cannot be taken: said at each start, until it is mended. */
#include "app/boot_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/boot_start.h"
#include "tests/support/desk.h"

#define PEOPLE BOOT_START_PEOPLE

/* --- what is wrong --- */

static void mistakes_of_a_venue_are_told_until_mended(void **state)
{
    struct house *house = *state;
    boot_start_write(house, "perron.conf", "[venue]\nname = Avant\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\nlangage = nl\n");
    loose_stick_put(&boot_start.card, "circles.conf", "[circle Actives]\nhours = 3\n");
    for (int i = 0; i < 3; i++) {
        boot_start_once(house);
        assert_true(boot_start_is_told("perron.conf", 3, "langage"));
        assert_int_equal(boot_start.news.problems.count, 1);
        assert_true(boot_start_has(house, "perron.conf", "Avant"));
        assert_false(boot_start_has(house, "circles.conf", "Actives"));
    }
    /* With it comes what waited for it. */
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\nlanguage = nl\n");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 0);
    assert_true(boot_start_has(house, "perron.conf", "Un"));
    assert_true(boot_start_has(house, "circles.conf", "Actives"));
}

static void a_refused_row_is_told_without_what_is_in_it(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "people.csv",
                    "first_name;last_name;number;badge;since\n"
                    "Lou;Martin;2001;;\n"
                    ";Secret;2002;;\n"
                    "Kim;Secret;2003;" HOUSE_ADA ";\n"
                    "Max;Secret;2004;;Geheim\n");
    for (int i = 0; i < 2; i++) {
        boot_start_once(house);
        assert_true(boot_start_is_told("people.csv", 3, "There is no first name."));
        assert_true(boot_start_is_told("people.csv", 4, "somebody else's already: …"));
        assert_true(boot_start_is_told("people.csv", 5, "\"…\" is no date"));
        assert_int_equal(boot_start.news.problems.count, 3);
        for (int j = 0; j < 3; j++) {
            char said[400];
            struct reason *why = &boot_start.news.problems.rows[j].said;
            reason_say(why, (struct tongue){NULL, 0}, said, sizeof said);
            assert_null(strstr(said, "Ada"));
            assert_null(strstr(said, "Geheim"));
            assert_null(strstr(why->text, "Ada"));
        }
        assert_int_equal(boot_start_called(house, "Lou"), 1);
        assert_int_equal(boot_start_called(house, "Max"), 0);
    }
}

static void what_is_called_txt_is_told_and_the_rest_is_taken(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "staff.conf.txt", "pin = 2580\n");
    loose_stick_put(&boot_start.card, "perron/people.csv.txt", PEOPLE "Kim;;2002\n");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 2);
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    loose_stick_put(&boot_start.card, "perron.conf.txt", "[venue]\nname = Un\n");
    loose_stick_put(&boot_start.card, "circles.conf", "[circle Actives]\nhours = 3\n");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 3);
    assert_true(boot_start_is_told("staff.conf.txt", 0, ".txt away"));
    assert_true(boot_start_is_told("perron.conf.txt", 0, ".txt away"));
    assert_true(boot_start_is_told("perron/people.csv.txt", 0, ".txt away"));
    assert_true(boot_start_has(house, "circles.conf", "Actives"));
    assert_int_equal(boot_start_called(house, "Lou"), 1);
    assert_int_equal(boot_start_called(house, "Kim"), 0);
}

static void the_house_is_told_of_before_its_lists(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE ";;2002\n");
    loose_stick_put(&boot_start.card, "calendar.csv", "nothing\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nnam = Un\n");
    for (int i = 0; i < 2; i++) {
        boot_start_once(house);
        assert_int_equal(boot_start.news.problems.count, 3);
        assert_string_equal(boot_start.news.problems.rows[0].file, "perron.conf");
        assert_string_equal(boot_start.news.problems.rows[1].file, "people.csv");
        assert_string_equal(boot_start.news.problems.rows[2].file, "calendar.csv");
    }
}

/* A list without headings has somebody's line in their place. */
static void headings_that_are_none_are_not_quoted(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "people.csv", "Lou;Secret;2001\nKim;;2002\n");
    boot_start_once(house);
    assert_true(boot_start_is_told("people.csv", 0, "has no column for"));
    assert_null(strstr(boot_start.news.problems.rows[0].said.text, "Secret"));
    assert_null(strstr(boot_start.news.problems.rows[0].said.saying.values, "Secret"));
}

static void what_is_put_away_stays_so_until_it_changes(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n;;2002\n");
    loose_stick_put(&boot_start.card, "baskets.csv", "no list\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nnam = Un\n");
    loose_stick_put(&boot_start.card, "leden.xlsx", "PK");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 4);
    assert_int_equal(boot_files_put_away(house->data, &boot_start.news.told, NULL), RC_OK);
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 0);
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nnam = Deux\n");
    loose_stick_put(&boot_start.card, "leden.xlsx", "PKx");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 2);
}

static void hostile_files_are_told_and_nothing_of_them_is_taken(void **state)
{
    struct house *house = *state;
    int64_t before = desk_facts(house);
    loose_stick_run(&boot_start.card,
                    "ln -s /etc/passwd people.csv; mkfifo agenda.csv; mkdir baskets.csv;"
                    " : > calendar.ics; ln -s /etc perron; ln -s /etc/passwd perron.conf;"
                    " head -c 70000 /dev/zero > circles.conf; mkfifo welcome");
    boot_start_once(house);
    assert_true(boot_start_is_told("people.csv", 0, "only a link"));
    assert_true(boot_start_is_told("agenda.csv", 0, "no ordinary file"));
    assert_true(boot_start_is_told("baskets.csv", 0, "a folder"));
    assert_true(boot_start_is_told("calendar.ics", 0, "empty"));
    assert_true(boot_start_is_told("perron.conf", 0, "no ordinary file"));
    assert_true(boot_start_is_told("circles.conf", 0, "larger"));
    assert_true(boot_start_is_told("welcome", 0, "no folder"));
    assert_int_equal(boot_start.news.taken, 0);
    assert_int_equal(desk_facts(house), before);
}

/* A welcome with a file of any size costs no start its time. */
static void what_is_larger_than_it_may_be_is_not_read(void **state)
{
    struct house *house = *state;
    loose_stick_run(&boot_start.card,
                    "cp -r \"$OLDPWD/app/share/venue/welcome\" .;"
                    " truncate -s 1T welcome/hello.fr.txt; truncate -s 1T perron.conf");
    for (int i = 0; i < 2; i++) {
        boot_start_once(house);
        assert_true(boot_start_is_told("hello.fr.txt", 0, "larger"));
        assert_true(boot_start_is_told("perron.conf", 0, "larger"));
    }
}

static void huge_and_foreign_ones_too(void **state)
{
    struct house *house = *state;
    loose_stick_run(&boot_start.card,
                    "truncate -s 40M people.csv; truncate -s 10M agenda.csv;"
                    " printf '\\377\\376P\\0e\\0' > leden.csv; printf 'PK\\3\\4' > baskets.ods;"
                    " printf '\\377\\376[\\0v\\0' > perron.conf; printf '<html>' > cal.ics");
    boot_start_once(house);
    assert_true(boot_start_is_told("people.csv", 0, "larger"));
    assert_true(boot_start_is_told("leden.csv", 0, "UTF-16"));
    assert_true(boot_start_is_told("baskets.ods", 0, "spreadsheet"));
    assert_true(boot_start_is_told("perron.conf", 1, "UTF-16"));
    assert_true(boot_start_is_told("cal.ics", 0, "web page"));
    assert_int_equal(boot_start.news.taken, 0);
}

static void half_a_list_is_taken_as_far_as_it_is_whole_and_whole_afterwards(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\nKim;Ma");
    boot_start_once(house);
    assert_int_equal(boot_start_called(house, "Lou"), 1);
    assert_int_equal(boot_start.news.problems.count, 1);
    assert_int_equal(boot_start.news.problems.rows[0].line, 3);
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\nKim;Martens;2002\n");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 0);
    assert_int_equal(boot_start_called(house, "Lou") + boot_start_called(house, "Kim"), 2);
}

/* Whichever came last would be taken at each start, in turns. */
static void of_two_of_the_same_name_none_is_taken(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    loose_stick_put(&boot_start.card, "perron/People.csv", PEOPLE "Lou;Maes;2001\n");
    loose_stick_put(&boot_start.card, "baskets.csv", "number;size\n2001;grand\n");
    loose_stick_put(&boot_start.card, "manden.csv", "number;size\n2001;petit\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\n");
    loose_stick_put(&boot_start.card, "venue/perron.conf", "[venue]\nname = Deux\n");
    boot_start_once(house);
    assert_true(boot_start_is_told("people.csv", 0, "twice"));
    assert_true(boot_start_is_told("perron/People.csv", 0, "twice"));
    assert_true(boot_start_is_told("baskets.csv", 0, "the whole one"));
    assert_true(boot_start_is_told("venue", 0, "several places"));
    assert_int_equal(boot_start.news.taken, 0);
    loose_stick_run(&boot_start.card, "rm -r perron manden.csv venue");
    boot_start_once(house);
    assert_int_equal(boot_start.news.taken, 3);
}

static void more_of_a_kind_than_are_taken_are_told(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 7; i++) {
        char name[32], text[96];
        snprintf(name, sizeof name, "people-%d.csv", i);
        snprintf(text, sizeof text, PEOPLE "Lou%d;Martin;30%d\n", i, i);
        loose_stick_put(&boot_start.card, name, text);
    }
    boot_start_once(house);
    assert_int_equal(boot_start.news.taken, 4);
    assert_int_equal(boot_start.news.problems.count, 3);
    assert_true(boot_start_is_told("people-6.csv", 0, "more of this kind"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, boot_start_set_up, boot_start_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mistakes_of_a_venue_are_told_until_mended),
        TEST(a_refused_row_is_told_without_what_is_in_it),
        TEST(what_is_called_txt_is_told_and_the_rest_is_taken),
        TEST(the_house_is_told_of_before_its_lists),
        TEST(headings_that_are_none_are_not_quoted),
        TEST(what_is_put_away_stays_so_until_it_changes),
        TEST(hostile_files_are_told_and_nothing_of_them_is_taken),
        TEST(what_is_larger_than_it_may_be_is_not_read),
        TEST(huge_and_foreign_ones_too),
        TEST(half_a_list_is_taken_as_far_as_it_is_whole_and_whole_afterwards),
        TEST(of_two_of_the_same_name_none_is_taken),
        TEST(more_of_a_kind_than_are_taken_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
