/* What is found on sticks, and on hostile ones. */
#include "app/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "firmware/base/utf8.h"
#include "tests/support/loose_stick.h"

static struct loose_stick stick;
static struct intake_list list;
static struct reason reason;

static int set_up(void **state)
{
    (void)state;
    memset(&list, 0, sizeof list);
    reason = (struct reason){.text = ""};
    loose_stick_make(&stick);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    loose_stick_remove(&stick);
    return 0;
}

static void must_look(void)
{
    enum rc rc = intake_look(stick.root, &list, &reason);
    if (rc)
        fail_msg("%s: %s", rc_text(rc), reason.text);
}

static const struct intake_found *find(const char *name)
{
    for (int i = 0; i < list.count; i++)
        if (strcmp(list.found[i].name, name) == 0)
            return &list.found[i];
    fail_msg("%s was to be found among %d", name, list.count);
    return NULL;
}

static void expect_refused(const char *name, const char *words)
{
    const struct intake_found *found = find(name);
    if (!found->why_not || !strstr(found->why_not, words))
        fail_msg("%s: \"%s\" was to be told; there was: %s", name, words,
                 found->why_not ? found->why_not : "nothing");
}

static void lists_calendars_and_a_venue_are_found_by_their_names(void **state)
{
    (void)state;
    loose_stick_put(&stick, "people.csv", "a");
    loose_stick_put(&stick, "People-2026-refused.CSV", "a");
    loose_stick_put(&stick, "Leden.csv", "a");
    loose_stick_put(&stick, "paniers novembre.csv", "a");
    loose_stick_put(&stick, "agenda.ics", "a");
    loose_stick_put(&stick, "Garden.ICS", "a");
    loose_stick_put(&stick, "PERRON/calendar.csv", "ab");
    loose_stick_put(&stick, "Venue/circles.conf", "a");
    loose_stick_put(&stick, "photos/people.csv", "a");
    loose_stick_put(&stick, "letter.txt", "a");
    loose_stick_put(&stick, "visits.csv", "a");
    must_look();
    assert_int_equal(list.count, 8);
    assert_int_equal(list.beyond, 0);
    assert_false(list.is_cut);
    for (int i = 0; i < list.count; i++)
        assert_null(list.found[i].why_not);
    assert_int_equal(find("people.csv")->kind, INTAKE_PEOPLE);
    assert_false(find("people.csv")->is_refused);
    assert_true(find("People-2026-refused.CSV")->is_refused);
    assert_int_equal(find("Leden.csv")->kind, INTAKE_PEOPLE);
    assert_int_equal(find("paniers novembre.csv")->kind, INTAKE_BASKETS);
    assert_int_equal(find("agenda.ics")->kind, INTAKE_CALENDAR);
    assert_int_equal(find("Garden.ICS")->kind, INTAKE_CALENDAR);
    assert_int_equal(find("PERRON/calendar.csv")->bytes, 2);
    assert_int_equal(find("Venue")->kind, INTAKE_VENUE);
    for (int i = 1; i < list.count; i++)
        assert_true(list.found[i - 1].kind <= list.found[i].kind);
}

/* An editor that puts .txt behind every name, on a computer that does not show it. */
static void what_is_called_txt_is_found_and_said(void **state)
{
    (void)state;
    loose_stick_put(&stick, "people.csv.txt", "a");
    loose_stick_put(&stick, "Agenda.ICS.TXT", "a");
    loose_stick_put(&stick, "venue/perron.conf.txt", "a");
    loose_stick_put(&stick, "perron.conf.txt", "a"); /* on a stick it counts in venue alone */
    loose_stick_put(&stick, "people.txt", "a");
    loose_stick_put(&stick, ".txt", "a");
    loose_stick_put(&stick, "venue.txt", "a");
    must_look();
    assert_int_equal(list.count, 3);
    assert_int_equal(list.beyond, 0);
    assert_int_equal(find("people.csv.txt")->kind, INTAKE_PEOPLE);
    expect_refused("people.csv.txt", ".txt away");
    expect_refused("Agenda.ICS.TXT", ".txt away");
    expect_refused("venue", "The names in this folder end in .txt");
}

static void on_a_card_each_of_its_files_is_said_so(void **state)
{
    static const char *const names[] = {"perron.conf.txt", "Circles.conf.TXT", "staff.conf.txt",
                                        "board.conf.txt",  "update.pub.txt",   "ssh.txt"};
    (void)state;
    loose_stick_put(&stick, "config.txt", "arm_64bit=1");
    loose_stick_put(&stick, "cmdline.txt", "quiet");
    assert_int_equal(intake_look_card(stick.root, &list, &reason), RC_EMPTY);
    for (int i = 0; i < 6; i++)
        loose_stick_put(&stick, names[i], "a");
    loose_stick_put(&stick, "venue/circles.conf", "a");
    loose_stick_put(&stick, "venue/perron.conf.txt", "a");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(intake_look_card(stick.root, &list, &reason), RC_OK);
        assert_int_equal(list.count, 1 - i); /* the folder */
        assert_int_equal(list.beyond, 7 - i);
        for (int j = 0; j < list.beyond; j++)
            assert_non_null(strstr(list.left_out[j].why_not, ".txt away"));
        loose_stick_run(&stick, "rm -rf venue");
    }
}

static void a_stick_with_nothing_to_take_says_so(void **state)
{
    (void)state;
    assert_int_equal(intake_look(stick.root, &list, &reason), RC_EMPTY);
    assert_non_null(strstr(reason.text, "nothing on this stick"));
    loose_stick_put(&stick, "._people.csv", "macOS");
    loose_stick_put(&stick, "~$people.csv", "Office");
    loose_stick_put(&stick, ".Trashes/people.csv", "a");
    loose_stick_put(&stick, "System Volume Information/people.csv", "a");
    loose_stick_put(&stick, "people.csv~", "an editor");
    loose_stick_put(&stick, "people.csv.part", "ours, half-written");
    loose_stick_put(&stick, "perron", "a file of that name");
    assert_int_equal(intake_look(stick.root, &list, &reason), RC_EMPTY);
    loose_stick_run(&stick, "rm perron; ln -s /etc perron");
    assert_int_equal(intake_look(stick.root, &list, &reason), RC_EMPTY);
}

/* On a stick they need a folder: what is taken is to be shown first, and as one. */
static void a_venues_files_may_lie_on_top_of_a_card_alone(void **state)
{
    (void)state;
    loose_stick_put(&stick, "Perron.CONF", "[venue]\n");
    loose_stick_put(&stick, "config.txt", "arm_64bit=1\n");
    assert_int_equal(intake_look(stick.root, &list, &reason), RC_EMPTY);
    assert_int_equal(intake_look_card(stick.root, &list, &reason), RC_OK);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.found[0].path, ".");
    assert_string_equal(list.found[0].name, "perron.conf");
    assert_int_equal(list.found[0].kind, INTAKE_VENUE);
    loose_stick_run(&stick, "rm Perron.CONF; mkdir -p PERRON/welcome venue/welcome");
    assert_int_equal(intake_look_card(stick.root, &list, &reason), RC_OK);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.found[0].path, "PERRON/.");
    assert_string_equal(list.found[1].path, "venue");
    loose_stick_run(&stick, "rm -r PERRON venue");
    assert_int_equal(intake_look_card(stick.root, &list, &reason), RC_EMPTY);
    assert_int_equal(intake_look_card("/tmp/perron-nowhere", &list, &reason), RC_NOT_FOUND);
}

static void a_stick_that_is_gone_is_told(void **state)
{
    (void)state;
    assert_int_equal(intake_look("/tmp/perron-nowhere", &list, &reason), RC_GONE);
    assert_non_null(strstr(reason.text, "Plug it in again"));
}

static void what_cannot_be_taken_is_found_with_a_sentence_why(void **state)
{
    (void)state;
    loose_stick_put(&stick, "people-empty.csv", "");
    loose_stick_run(&stick, "ln -s /etc/passwd people-link.csv; mkdir people-folder.csv;"
                            "mkfifo baskets-pipe.csv; truncate -s 1G baskets-large.csv;"
                            "ln -s /nowhere calendar-nowhere.ics;"
                            "echo PK > calendar.xlsx; mkdir venue");
    must_look();
    assert_int_equal(list.count, 8);
    expect_refused("people-empty.csv", "is empty");
    expect_refused("people-link.csv", "only a link");
    expect_refused("people-folder.csv", "a folder and not a list");
    expect_refused("baskets-pipe.csv", "no ordinary file");
    expect_refused("baskets-large.csv", "larger than any list");
    expect_refused("calendar-nowhere.ics", "only a link");
    expect_refused("calendar.xlsx", "CSV UTF-8");
    expect_refused("venue", "nothing of a venue");
    assert_int_equal(find("baskets-large.csv")->bytes, INT64_C(1) << 30);
    loose_stick_run(&stick, "rmdir venue; touch venue");
    must_look();
    expect_refused("venue", "a file and not a folder");
    loose_stick_run(&stick, "rm venue; ln -s /etc venue");
    must_look();
    expect_refused("venue", "only a link");
}

/* What is refused by looking cannot be read by whoever asks all the same. */
static void what_cannot_be_taken_is_not_read_either(void **state)
{
    struct intake *intake = NULL;
    const struct intake_from from = {
        .root = stick.root, .data = "/tmp", .welcome = NULL, .now_ms = 0};
    (void)state;
    loose_stick_run(&stick, "ln -s /etc/passwd people.csv; mkfifo baskets.csv;"
                            "truncate -s 1G calendar.ics; mkdir people-folder.csv;"
                            "ln -s /etc venue; ln -s /etc perron");
    must_look();
    for (int i = 0; i < list.count; i++) {
        assert_int_equal(intake_read(&from, &list.found[i], &intake, &reason), RC_REFUSED);
        assert_string_equal(reason.text, list.found[i].why_not);
        list.found[i].why_not = NULL; /* it became one meanwhile */
        reason = (struct reason){.text = ""};
        enum rc rc = intake_read(&from, &list.found[i], &intake, &reason);
        assert_true(rc == RC_REFUSED || rc == RC_LIMIT);
        assert_true(reason.text[0]);
    }
    static const char *const outside[] = {
        "../etc/passwd", "/etc/passwd", "perron/passwd", "..", "perron/../etc/a", "",
        "a/b/c",         "perron/.."};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        struct intake_found found = {.kind = i % 2 ? INTAKE_PEOPLE : INTAKE_VENUE};
        strcpy(found.path, outside[i]);
        assert_int_equal(intake_read(&from, &found, &intake, &reason), RC_REFUSED);
    }
    assert_null(intake);
}

static void names_of_any_bytes_are_made_fit_to_show(void **state)
{
    char name[300] = "people";
    (void)state;
    memset(name + 6, 'x', 245);
    strcpy(name + 251, ".csv"); /* 255 bytes: no file system has longer ones */
    loose_stick_put(&stick, name, "a");
    loose_stick_put(&stick, "people-\xff\xfe.csv", "a");
    loose_stick_put(&stick, "people-\033[2J\n.csv", "a");
    loose_stick_put(&stick,
                    "people-\xe2\x80\xae"
                    "vsc.csv",
                    "a");
    must_look();
    assert_int_equal(list.count, 4);
    for (int i = 0; i < list.count; i++) {
        const char *shown = list.found[i].name;
        assert_true(strlen(shown) < sizeof list.found[i].name);
        assert_true(utf8_is_valid(shown, strlen(shown)));
        for (const char *at = shown; *at; at++)
            assert_true((unsigned char)*at >= ' ');
        assert_null(strstr(shown, "\xe2\x80\xae"));
    }
    find("people-??.csv");
    find("people-?[2J?.csv");
}

/* A file system that tells capitals apart has both; one of a stick has one of them. */
static void files_that_differ_in_capitals_only_are_both_told(void **state)
{
    (void)state;
    loose_stick_put(&stick, "people.csv", "a");
    loose_stick_put(&stick, "People.CSV", "b");
    must_look();
    assert_int_equal(list.count, 2);
}

static void of_many_lists_the_first_of_each_kind_are_told_and_the_others_counted(void **state)
{
    (void)state;
    loose_stick_run(&stick, "for i in $(seq 10 60); do echo a > people$i.csv; done;"
                            "for i in 1 2 3 4 5 6; do echo a > $i.ics; done; echo a > baskets.csv");
    must_look();
    assert_int_equal(list.count, 9);
    assert_int_equal(list.beyond, 47 + 2);
    for (int i = 0; i < 4; i++) {
        char name[32];
        snprintf(name, sizeof name, "people%d.csv", 10 + i);
        assert_string_equal(list.found[i].name, name);
        snprintf(name, sizeof name, "%d.ics", 1 + i);
        assert_string_equal(list.found[5 + i].name, name);
    }
}

static void a_stick_with_fifty_thousand_files_is_looked_at_in_part(void **state)
{
    char path[128];
    (void)state;
    for (int i = 0; i < 50000; i++) {
        snprintf(path, sizeof path, "%s/x%d", stick.root, i);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fclose(file);
    }
    enum rc rc = intake_look(stick.root, &list, &reason);
    assert_true(rc == RC_OK || rc == RC_EMPTY);
    assert_true(list.is_cut);
    if (rc)
        assert_non_null(strstr(reason.text, "a folder called perron"));
    loose_stick_put(&stick, "perron/people.csv", "a");
    must_look();
    assert_true(list.is_cut);
    find("perron/people.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_calendars_and_a_venue_are_found_by_their_names,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_called_txt_is_found_and_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(on_a_card_each_of_its_files_is_said_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stick_with_nothing_to_take_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_venues_files_may_lie_on_top_of_a_card_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_stick_that_is_gone_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_is_found_with_a_sentence_why, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_is_not_read_either, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_of_any_bytes_are_made_fit_to_show, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_that_differ_in_capitals_only_are_both_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            of_many_lists_the_first_of_each_kind_are_told_and_the_others_counted, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(a_stick_with_fifty_thousand_files_is_looked_at_in_part,
                                        set_up, tear_down),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
