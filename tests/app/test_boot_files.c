/* What lies on the boot partition, taken at each start: once, and again when it changed. */
#include "app/boot_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/loose_stick.h"

#define PEOPLE "first_name;last_name;number\n"
#define WELCOME "app/share/venue/welcome"

static struct loose_stick card;
static struct boot_news news;

static int set_up(void **state)
{
    loose_stick_make(&card);
    return desk_set_up(state);
}

static int tear_down(void **state)
{
    /* One line of what is on the card may be unreadable for others. */
    loose_stick_run(&card, "chmod -R u+rwX .");
    loose_stick_remove(&card);
    return desk_tear_down(state);
}

/* --- one start of a station --- */

static void start(struct house *house)
{
    static struct intake_list list;
    struct clock_reading now = house_now(house);
    struct reason reason = {.text = ""};
    const struct intake_from from = {
        .root = card.root, .data = house->data, .welcome = WELCOME, .now_ms = now.wall_ms};
    memset(&news, 0, sizeof news);
    bool has_new_venue = boot_files_take_venue(&from, &now, &news);
    if (boot_files_look(card.root, &list, &news.problems, &reason))
        list.count = 0;
    for (int i = 0; i < list.count; i++) {
        struct boot_item item;
        if (has_new_venue && list.found[i].kind == INTAKE_VENUE && !list.found[i].why_not)
            continue;
        boot_item_look(&from, &list.found[i], &item);
        boot_item_read(&item, &from);
        boot_item_take(&item, house->data, house->journal, &now, &news);
        boot_item_close(&item);
    }
    assert_true(house_holds(house));
}

static bool is_told(const char *file, int line, const char *words)
{
    for (int i = 0; i < news.problems.count; i++) {
        const struct problem *problem = &news.problems.rows[i];
        if (strcmp(problem->file, file) == 0 && problem->line == line &&
            strstr(problem->said.text, words))
            return true;
    }
    for (int i = 0; i < news.problems.count; i++)
        print_message("%s:%d: %s\n", news.problems.rows[i].file, news.problems.rows[i].line,
                      news.problems.rows[i].said.text);
    return false;
}

static int64_t count_called(struct house *house, const char *first_name)
{
    char sql[160];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM person WHERE first_name='%s'", first_name);
    return house_number(house, sql);
}

static bool has(const struct house *house, const char *name, const char *words)
{
    char *text = loose_stick_read(house->data, name);
    bool is_there = text && strstr(text, words);
    free(text);
    return is_there;
}

static void put_in_data(const struct house *house, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", house->data, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* --- what is right --- */

static void an_empty_partition_changes_nothing(void **state)
{
    struct house *house = *state;
    int64_t before = desk_facts(house);
    loose_stick_put(&card, "config.txt", "arm_64bit=1\n");
    loose_stick_put(&card, "overlays/README", "x\n");
    start(house);
    assert_int_equal(news.problems.count + news.taken, 0);
    assert_int_equal(desk_facts(house), before);
    loose_stick_run(&card, "rm -r \"$PWD\"/*; rmdir \"$PWD\"");
    start(house);
    assert_int_equal(news.problems.count + news.taken, 0);
    assert_int_equal(mkdir(card.root, 0700), 0);
}

static void lists_and_the_house_are_taken_on_top_and_in_a_folder(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "PERRON.CONF", "[venue]\r\nname = La Remise\r\n");
    loose_stick_put(&card, "circles.conf", "\xef\xbb\xbf[circle Actives]\nhours = 3\n");
    loose_stick_put(&card, "Perron/PEOPLE.CSV", PEOPLE "Lou;Martin;2001\r\nKim;;2002\r\n");
    loose_stick_put(&card, "perron.con", "this is no name of ours");
    start(house);
    assert_int_equal(news.problems.count, 0);
    assert_int_equal(news.taken, 2);
    assert_true(has(house, "perron.conf", "La Remise"));
    assert_true(has(house, "circles.conf", "Actives"));
    assert_int_equal(count_called(house, "Lou"), 1);
}

static void a_venue_may_lie_in_a_folder_of_its_own(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "perron/venue/perron.conf", "[venue]\nname = La Gare\n");
    loose_stick_run(&card, "cp -r \"$OLDPWD/app/share/venue/welcome\" perron/venue/");
    start(house);
    assert_int_equal(news.problems.count, 0);
    assert_true(has(house, "perron.conf", "La Gare"));
    assert_true(has(house, "welcome/welcome.conf", "step"));
}

/* --- once --- */

static void a_file_counts_once(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    loose_stick_put(&card, "perron.conf", "[venue]\nname = La Remise\n");
    start(house);
    int64_t before = desk_facts(house);
    put_in_data(house, "perron.conf", "[venue]\nname = Ailleurs\n");
    start(house);
    assert_int_equal(news.taken, 0);
    assert_int_equal(desk_facts(house), before);
    assert_true(has(house, "perron.conf", "Ailleurs"));
    /* In capitals, in the folder, by another day: the same file. */
    loose_stick_run(&card, "mkdir perron; mv people.csv perron/PEOPLE.CSV; touch perron/PEOPLE.CSV;"
                           " mkdir venue; mv perron.conf venue/");
    start(house);
    assert_int_equal(news.taken, 0);
    assert_true(has(house, "perron.conf", "Ailleurs"));
}

static void a_changed_file_counts_again_and_so_does_the_old_one_then(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\n");
    start(house);
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Deux\n");
    start(house);
    assert_true(has(house, "perron.conf", "Deux"));
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\n");
    start(house);
    assert_true(has(house, "perron.conf", "Un"));
}

static void one_that_is_gone_changes_nothing(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\n");
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    start(house);
    loose_stick_run(&card, "mkdir away; mv perron.conf people.csv away/");
    int64_t before = desk_facts(house);
    start(house);
    assert_true(has(house, "perron.conf", "Un"));
    assert_int_equal(news.taken + news.problems.count, 0);
    /* Nor does it count as new when it comes back. */
    put_in_data(house, "perron.conf", "[venue]\nname = Deux\n");
    loose_stick_run(&card, "mv away/* .");
    start(house);
    assert_true(has(house, "perron.conf", "Deux"));
    assert_int_equal(desk_facts(house), before);
}

/* Only what changed of a venue: what staff set in the other file since stays. */
static void each_part_of_a_venue_counts_by_itself(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\n");
    loose_stick_put(&card, "circles.conf", "[circle Actives]\nhours = 3\n");
    start(house);
    put_in_data(house, "circles.conf", "[circle Amies]\nhours = 2\n");
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Deux\n");
    start(house);
    assert_true(has(house, "perron.conf", "Deux"));
    assert_true(has(house, "circles.conf", "Amies"));
}

/* --- what is wrong --- */

static void mistakes_of_a_venue_are_told_until_mended(void **state)
{
    struct house *house = *state;
    put_in_data(house, "perron.conf", "[venue]\nname = Avant\n");
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\nlangage = nl\n");
    loose_stick_put(&card, "circles.conf", "[circle Actives]\nhours = 3\n");
    for (int i = 0; i < 3; i++) {
        start(house);
        assert_true(is_told("perron.conf", 3, "langage"));
        assert_int_equal(news.problems.count, 1);
        assert_true(has(house, "perron.conf", "Avant"));
        assert_false(has(house, "circles.conf", "Actives"));
    }
    /* With it comes what waited for it. */
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\nlanguage = nl\n");
    start(house);
    assert_int_equal(news.problems.count, 0);
    assert_true(has(house, "perron.conf", "Un"));
    assert_true(has(house, "circles.conf", "Actives"));
}

static void a_refused_row_is_told_without_what_is_in_it(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "people.csv",
                    "first_name;last_name;number;badge;since\n"
                    "Lou;Martin;2001;;\n"
                    ";Secret;2002;;\n"
                    "Kim;Secret;2003;" HOUSE_ADA ";\n"
                    "Max;Secret;2004;;Geheim\n");
    for (int i = 0; i < 2; i++) {
        start(house);
        assert_true(is_told("people.csv", 3, "There is no first name."));
        assert_true(is_told("people.csv", 4, "somebody else's already: …"));
        assert_true(is_told("people.csv", 5, "\"…\" is no date"));
        assert_int_equal(news.problems.count, 3);
        for (int j = 0; j < 3; j++) {
            char said[400];
            struct reason *why = &news.problems.rows[j].said;
            reason_say(why, (struct tongue){NULL, 0}, said, sizeof said);
            assert_null(strstr(said, "Ada"));
            assert_null(strstr(said, "Geheim"));
            assert_null(strstr(why->text, "Ada"));
        }
        assert_int_equal(count_called(house, "Lou"), 1);
        assert_int_equal(count_called(house, "Max"), 0);
    }
}

static void the_house_is_told_of_before_its_lists(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "people.csv", PEOPLE ";;2002\n");
    loose_stick_put(&card, "calendar.csv", "nothing\n");
    loose_stick_put(&card, "perron.conf", "[venue]\nnam = Un\n");
    for (int i = 0; i < 2; i++) {
        start(house);
        assert_int_equal(news.problems.count, 3);
        assert_string_equal(news.problems.rows[0].file, "perron.conf");
        assert_string_equal(news.problems.rows[1].file, "people.csv");
        assert_string_equal(news.problems.rows[2].file, "calendar.csv");
    }
}

/* A list without headings has somebody's line in their place. */
static void headings_that_are_none_are_not_quoted(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "people.csv", "Lou;Secret;2001\nKim;;2002\n");
    start(house);
    assert_true(is_told("people.csv", 0, "has no column for"));
    assert_null(strstr(news.problems.rows[0].said.text, "Secret"));
    assert_null(strstr(news.problems.rows[0].said.saying.values, "Secret"));
}

static void what_is_put_away_stays_so_until_it_changes(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\n;;2002\n");
    loose_stick_put(&card, "baskets.csv", "no list\n");
    loose_stick_put(&card, "perron.conf", "[venue]\nnam = Un\n");
    loose_stick_put(&card, "leden.xlsx", "PK");
    start(house);
    assert_int_equal(news.problems.count, 4);
    assert_int_equal(boot_files_put_away(house->data, &news.told, NULL), RC_OK);
    start(house);
    assert_int_equal(news.problems.count, 0);
    loose_stick_put(&card, "perron.conf", "[venue]\nnam = Deux\n");
    loose_stick_put(&card, "leden.xlsx", "PKx");
    start(house);
    assert_int_equal(news.problems.count, 2);
}

static void hostile_files_are_told_and_nothing_of_them_is_taken(void **state)
{
    struct house *house = *state;
    int64_t before = desk_facts(house);
    loose_stick_run(&card, "ln -s /etc/passwd people.csv; mkfifo agenda.csv; mkdir baskets.csv;"
                           " : > calendar.ics; ln -s /etc perron; ln -s /etc/passwd perron.conf;"
                           " head -c 70000 /dev/zero > circles.conf; mkfifo welcome");
    start(house);
    assert_true(is_told("people.csv", 0, "only a link"));
    assert_true(is_told("agenda.csv", 0, "no ordinary file"));
    assert_true(is_told("baskets.csv", 0, "a folder"));
    assert_true(is_told("calendar.ics", 0, "empty"));
    assert_true(is_told("perron.conf", 0, "no ordinary file"));
    assert_true(is_told("circles.conf", 0, "larger"));
    assert_true(is_told("welcome", 0, "no folder"));
    assert_int_equal(news.taken, 0);
    assert_int_equal(desk_facts(house), before);
}

/* A welcome with a file of any size costs no start its time. */
static void what_is_larger_than_it_may_be_is_not_read(void **state)
{
    struct house *house = *state;
    loose_stick_run(&card, "cp -r \"$OLDPWD/app/share/venue/welcome\" .;"
                           " truncate -s 1T welcome/hello.fr.txt; truncate -s 1T perron.conf");
    for (int i = 0; i < 2; i++) {
        start(house);
        assert_true(is_told("hello.fr.txt", 0, "larger"));
        assert_true(is_told("perron.conf", 0, "larger"));
    }
}

static void huge_and_foreign_ones_too(void **state)
{
    struct house *house = *state;
    loose_stick_run(&card,
                    "truncate -s 40M people.csv; truncate -s 10M agenda.csv;"
                    " printf '\\377\\376P\\0e\\0' > leden.csv; printf 'PK\\3\\4' > baskets.ods;"
                    " printf '\\377\\376[\\0v\\0' > perron.conf; printf '<html>' > cal.ics");
    start(house);
    assert_true(is_told("people.csv", 0, "larger"));
    assert_true(is_told("leden.csv", 0, "UTF-16"));
    assert_true(is_told("baskets.ods", 0, "spreadsheet"));
    assert_true(is_told("perron.conf", 1, "UTF-16"));
    assert_true(is_told("cal.ics", 0, "web page"));
    assert_int_equal(news.taken, 0);
}

static void half_a_list_is_taken_as_far_as_it_is_whole_and_whole_afterwards(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\nKim;Ma");
    start(house);
    assert_int_equal(count_called(house, "Lou"), 1);
    assert_int_equal(news.problems.count, 1);
    assert_int_equal(news.problems.rows[0].line, 3);
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\nKim;Martens;2002\n");
    start(house);
    assert_int_equal(news.problems.count, 0);
    assert_int_equal(count_called(house, "Lou") + count_called(house, "Kim"), 2);
}

/* Whichever came last would be taken at each start, in turns. */
static void of_two_of_the_same_name_none_is_taken(void **state)
{
    struct house *house = *state;
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    loose_stick_put(&card, "perron/People.csv", PEOPLE "Lou;Maes;2001\n");
    loose_stick_put(&card, "baskets.csv", "number;size\n2001;grand\n");
    loose_stick_put(&card, "manden.csv", "number;size\n2001;petit\n");
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\n");
    loose_stick_put(&card, "venue/perron.conf", "[venue]\nname = Deux\n");
    start(house);
    assert_true(is_told("people.csv", 0, "twice"));
    assert_true(is_told("perron/People.csv", 0, "twice"));
    assert_true(is_told("baskets.csv", 0, "the whole one"));
    assert_true(is_told("venue", 0, "several places"));
    assert_int_equal(news.taken, 0);
    loose_stick_run(&card, "rm -r perron manden.csv venue");
    start(house);
    assert_int_equal(news.taken, 3);
}

static void more_of_a_kind_than_are_taken_are_told(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 7; i++) {
        char name[32], text[96];
        snprintf(name, sizeof name, "people-%d.csv", i);
        snprintf(text, sizeof text, PEOPLE "Lou%d;Martin;30%d\n", i, i);
        loose_stick_put(&card, name, text);
    }
    start(house);
    assert_int_equal(news.taken, 4);
    assert_int_equal(news.problems.count, 3);
    assert_true(is_told("people-6.csv", 0, "more of this kind"));
}

/* --- when the power goes --- */

/* In the register, and not noted yet: once more comes to nothing. */
static void a_cut_before_it_is_noted_changes_nothing(void **state)
{
    struct house *house = *state;
    char command[200];
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\n;;2002\n");
    loose_stick_put(&card, "baskets.csv", "number;size\n2001;grand\n");
    loose_stick_put(&card, "calendar.csv",
                    "title;kind;date;from;to\nFête;drinks;2026-11-25;13:00;"
                    "16:00\n");
    loose_stick_put(&card, "perron.conf", "[venue]\nname = Un\n");
    start(house);
    assert_int_equal(news.taken, 4);
    int64_t before = desk_facts(house);
    snprintf(command, sizeof command, "mv '%s/boot.taken' '%s/boot.taken.part'", house->data,
             house->data);
    loose_stick_run(&card, command);
    start(house);
    assert_int_equal(desk_facts(house), before);
    assert_int_equal(news.problems.count, 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM occasion"), 1);
    start(house);
    assert_int_equal(news.taken, 0);
}

/* What could not be noted is not taken: it would undo staff's work at each start. */
static void nothing_is_taken_that_cannot_be_noted(void **state)
{
    struct house *house = *state;
    char path[160];
    loose_stick_put(&card, "people.csv", PEOPLE "Lou;Martin;2001\n");
    snprintf(path, sizeof path, "%s/boot.taken.part", house->data);
    assert_int_equal(mkdir(path, 0700), 0);
    start(house);
    assert_true(is_told("people.csv", 0, "could not be written"));
    assert_int_equal(count_called(house, "Lou"), 0);
    assert_int_equal(news.told.count, 0);
    assert_int_equal(rmdir(path), 0);
    start(house);
    assert_int_equal(count_called(house, "Lou"), 1);
}

/* --- single files --- */

static void a_file_is_found_by_its_name(void **state)
{
    (void)state;
    char path[PATH_MAX];
    assert_int_equal(boot_files_find(card.root, "board.conf", path), RC_EMPTY);
    loose_stick_put(&card, "PERRON/Board.CONF", "x");
    assert_int_equal(boot_files_find(card.root, "board.conf", path), RC_OK);
    assert_non_null(strstr(path, "/PERRON/Board.CONF"));
    loose_stick_put(&card, "board.conf", "x");
    assert_int_equal(boot_files_find(card.root, "board.conf", path), RC_OK);
    assert_null(strstr(path, "PERRON"));
    loose_stick_run(&card, "rm -r PERRON board.conf; ln -s /etc/passwd board.conf");
    assert_int_equal(boot_files_find(card.root, "board.conf", path), RC_EMPTY);
    assert_int_equal(boot_files_find("/nowhere/at/all", "board.conf", path), RC_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_empty_partition_changes_nothing),
        TEST(lists_and_the_house_are_taken_on_top_and_in_a_folder),
        TEST(a_venue_may_lie_in_a_folder_of_its_own),
        TEST(a_file_counts_once),
        TEST(a_changed_file_counts_again_and_so_does_the_old_one_then),
        TEST(one_that_is_gone_changes_nothing),
        TEST(each_part_of_a_venue_counts_by_itself),
        TEST(mistakes_of_a_venue_are_told_until_mended),
        TEST(a_refused_row_is_told_without_what_is_in_it),
        TEST(the_house_is_told_of_before_its_lists),
        TEST(headings_that_are_none_are_not_quoted),
        TEST(what_is_put_away_stays_so_until_it_changes),
        TEST(hostile_files_are_told_and_nothing_of_them_is_taken),
        TEST(what_is_larger_than_it_may_be_is_not_read),
        TEST(huge_and_foreign_ones_too),
        TEST(half_a_list_is_taken_as_far_as_it_is_whole_and_whole_afterwards),
        TEST(of_two_of_the_same_name_none_is_taken),
        TEST(more_of_a_kind_than_are_taken_are_told),
        TEST(a_cut_before_it_is_noted_changes_nothing),
        TEST(nothing_is_taken_that_cannot_be_noted),
        TEST(a_file_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
