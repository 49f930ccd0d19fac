/* What lies on the boot partition, taken at each start: once, and again when it changed. */
#include "app/boot_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/boot_start.h"
#include "tests/support/desk.h"

#define PEOPLE BOOT_START_PEOPLE

/* --- what is right --- */

static void an_empty_partition_changes_nothing(void **state)
{
    struct house *house = *state;
    int64_t before = desk_facts(house);
    loose_stick_put(&boot_start.card, "config.txt", "arm_64bit=1\n");
    loose_stick_put(&boot_start.card, "overlays/README", "x\n");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count + boot_start.news.taken, 0);
    assert_int_equal(desk_facts(house), before);
    loose_stick_run(&boot_start.card, "rm -r \"$PWD\"/*; rmdir \"$PWD\"");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count + boot_start.news.taken, 0);
    assert_int_equal(mkdir(boot_start.card.root, 0700), 0);
}

static void lists_and_the_house_are_taken_on_top_and_in_a_folder(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "PERRON.CONF", "[venue]\r\nname = La Remise\r\n");
    loose_stick_put(&boot_start.card, "circles.conf", "\xef\xbb\xbf[circle Actives]\nhours = 3\n");
    loose_stick_put(&boot_start.card, "Perron/PEOPLE.CSV",
                    PEOPLE "Lou;Martin;2001\r\nKim;;2002\r\n");
    loose_stick_put(&boot_start.card, "perron.con", "this is no name of ours");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 0);
    assert_int_equal(boot_start.news.taken, 2);
    assert_true(boot_start_has(house, "perron.conf", "La Remise"));
    assert_true(boot_start_has(house, "circles.conf", "Actives"));
    assert_int_equal(boot_start_called(house, "Lou"), 1);
}

static void a_venue_may_lie_in_a_folder_of_its_own(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "perron/venue/perron.conf", "[venue]\nname = La Gare\n");
    loose_stick_run(&boot_start.card, "cp -r \"$OLDPWD/app/share/venue/welcome\" perron/venue/");
    boot_start_once(house);
    assert_int_equal(boot_start.news.problems.count, 0);
    assert_true(boot_start_has(house, "perron.conf", "La Gare"));
    assert_true(boot_start_has(house, "welcome/welcome.conf", "step"));
}

/* --- once --- */

static void a_file_counts_once(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = La Remise\n");
    boot_start_once(house);
    int64_t before = desk_facts(house);
    boot_start_write(house, "perron.conf", "[venue]\nname = Ailleurs\n");
    boot_start_once(house);
    assert_int_equal(boot_start.news.taken, 0);
    assert_int_equal(desk_facts(house), before);
    assert_true(boot_start_has(house, "perron.conf", "Ailleurs"));
    /* In capitals, in the folder, by another day: the same file. */
    loose_stick_run(&boot_start.card,
                    "mkdir perron; mv people.csv perron/PEOPLE.CSV; touch perron/PEOPLE.CSV;"
                    " mkdir venue; mv perron.conf venue/");
    boot_start_once(house);
    assert_int_equal(boot_start.news.taken, 0);
    assert_true(boot_start_has(house, "perron.conf", "Ailleurs"));
}

/* After years of lists with a name of their own each: the one that stays is still known. */
static void a_file_that_stays_counts_once_however_many_came_and_went(void **state)
{
    struct house *house = *state;
    char name[40], line[80];
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\n");
    boot_start_once(house);
    boot_start_write(house, "perron.conf", "[venue]\nname = Deux\n");
    for (int i = 0; i < BOOT_MARKS_MAX + 4; i++) {
        snprintf(name, sizeof name, "people-%d.csv", i);
        snprintf(line, sizeof line, PEOPLE "Kim;;%d\n", 3000 + i);
        loose_stick_put(&boot_start.card, name, line);
        boot_start_once(house);
        assert_int_equal(boot_start.news.taken, 1); /* the new one alone */
        loose_stick_run(&boot_start.card, "rm people-*.csv");
    }
    boot_start_once(house);
    assert_int_equal(boot_start.news.taken + boot_start.news.problems.count, 0);
    assert_true(boot_start_has(house, "perron.conf", "Deux"));
}

static void a_changed_file_counts_again_and_so_does_the_old_one_then(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\n");
    boot_start_once(house);
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Deux\n");
    boot_start_once(house);
    assert_true(boot_start_has(house, "perron.conf", "Deux"));
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\n");
    boot_start_once(house);
    assert_true(boot_start_has(house, "perron.conf", "Un"));
}

static void one_that_is_gone_changes_nothing(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\n");
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    boot_start_once(house);
    loose_stick_run(&boot_start.card, "mkdir away; mv perron.conf people.csv away/");
    int64_t before = desk_facts(house);
    boot_start_once(house);
    assert_true(boot_start_has(house, "perron.conf", "Un"));
    assert_int_equal(boot_start.news.taken + boot_start.news.problems.count, 0);
    /* Nor does it count as new when it comes back. */
    boot_start_write(house, "perron.conf", "[venue]\nname = Deux\n");
    loose_stick_run(&boot_start.card, "mv away/* .");
    boot_start_once(house);
    assert_true(boot_start_has(house, "perron.conf", "Deux"));
    assert_int_equal(desk_facts(house), before);
}

/* Only what changed of a venue: what staff set in the other file since stays. */
static void each_part_of_a_venue_counts_by_itself(void **state)
{
    struct house *house = *state;
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\n");
    loose_stick_put(&boot_start.card, "circles.conf", "[circle Actives]\nhours = 3\n");
    boot_start_once(house);
    boot_start_write(house, "circles.conf", "[circle Amies]\nhours = 2\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Deux\n");
    boot_start_once(house);
    assert_true(boot_start_has(house, "perron.conf", "Deux"));
    assert_true(boot_start_has(house, "circles.conf", "Amies"));
}

/* --- when the power goes --- */

/* In the register, and not noted yet: once more comes to nothing. */
static void a_cut_before_it_is_noted_changes_nothing(void **state)
{
    struct house *house = *state;
    char command[200];
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n;;2002\n");
    loose_stick_put(&boot_start.card, "baskets.csv", "number;size\n2001;grand\n");
    loose_stick_put(&boot_start.card, "calendar.csv",
                    "title;kind;date;from;to\nFête;drinks;2026-11-25;13:00;"
                    "16:00\n");
    loose_stick_put(&boot_start.card, "perron.conf", "[venue]\nname = Un\n");
    boot_start_once(house);
    assert_int_equal(boot_start.news.taken, 4);
    int64_t before = desk_facts(house);
    snprintf(command, sizeof command, "mv '%s/boot.taken' '%s/boot.taken.part'", house->data,
             house->data);
    loose_stick_run(&boot_start.card, command);
    boot_start_once(house);
    assert_int_equal(desk_facts(house), before);
    assert_int_equal(boot_start.news.problems.count, 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM occasion"), 1);
    boot_start_once(house);
    assert_int_equal(boot_start.news.taken, 0);
}

/* What could not be noted is not taken: it would undo staff's work at each start. */
static void nothing_is_taken_that_cannot_be_noted(void **state)
{
    struct house *house = *state;
    char path[160];
    loose_stick_put(&boot_start.card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    snprintf(path, sizeof path, "%s/boot.taken.part", house->data);
    assert_int_equal(mkdir(path, 0700), 0);
    boot_start_once(house);
    assert_true(boot_start_is_told("people.csv", 0, "could not be written"));
    assert_int_equal(boot_start_called(house, "Lou"), 0);
    assert_int_equal(boot_start.news.told.count, 0);
    assert_int_equal(rmdir(path), 0);
    boot_start_once(house);
    assert_int_equal(boot_start_called(house, "Lou"), 1);
}

/* --- single files --- */

static void a_file_is_found_by_its_name(void **state)
{
    (void)state;
    char path[PATH_MAX];
    assert_int_equal(boot_files_find(boot_start.card.root, "board.conf", path), RC_EMPTY);
    loose_stick_put(&boot_start.card, "PERRON/Board.CONF", "x");
    assert_int_equal(boot_files_find(boot_start.card.root, "board.conf", path), RC_OK);
    assert_non_null(strstr(path, "/PERRON/Board.CONF"));
    loose_stick_put(&boot_start.card, "board.conf", "x");
    assert_int_equal(boot_files_find(boot_start.card.root, "board.conf", path), RC_OK);
    assert_null(strstr(path, "PERRON"));
    loose_stick_run(&boot_start.card, "rm -r PERRON board.conf; ln -s /etc/passwd board.conf");
    assert_int_equal(boot_files_find(boot_start.card.root, "board.conf", path), RC_EMPTY);
    assert_int_equal(boot_files_find("/nowhere/at/all", "board.conf", path), RC_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, boot_start_set_up, boot_start_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_empty_partition_changes_nothing),
        TEST(lists_and_the_house_are_taken_on_top_and_in_a_folder),
        TEST(a_venue_may_lie_in_a_folder_of_its_own),
        TEST(a_file_counts_once),
        TEST(a_file_that_stays_counts_once_however_many_came_and_went),
        TEST(a_changed_file_counts_again_and_so_does_the_old_one_then),
        TEST(one_that_is_gone_changes_nothing),
        TEST(each_part_of_a_venue_counts_by_itself),
        TEST(a_cut_before_it_is_noted_changes_nothing),
        TEST(nothing_is_taken_that_cannot_be_noted),
        TEST(a_file_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
