/* Lists of people and baskets, and calendars, from a stick into a house. */
#include "app/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/loose_stick.h"
#include "tests/support/plan.h"

static struct loose_stick stick;
static struct intake_preview preview;

static int set_up(void **state)
{
    loose_stick_make(&stick);
    return desk_set_up(state);
}

static int tear_down(void **state)
{
    loose_stick_remove(&stick);
    return desk_tear_down(state);
}

/* --- in a line each --- */

static struct intake_found find(const char *name)
{
    struct intake_list list;
    struct reason reason = {""};
    if (intake_look(stick.root, &list, &reason))
        fail_msg("%s", reason.text);
    for (int i = 0; i < list.count; i++)
        if (strcmp(list.found[i].name, name) == 0)
            return list.found[i];
    fail_msg("%s was not found", name);
    return list.found[0];
}

static enum rc try_read(struct house *house, const struct intake_found *found,
                        struct intake **out_intake)
{
    const struct intake_from from = {stick.root, house->data, NULL, house_now(house).wall_ms};
    house->reason = (struct reason){""};
    return intake_read(&from, found, out_intake, &house->reason);
}

static struct intake *read_list(struct house *house, const char *name)
{
    struct intake *intake = NULL;
    const struct intake_found found = find(name);
    if (try_read(house, &found, &intake))
        fail_msg("%s: %s", name, house->reason.text);
    return intake;
}

static void must_plan(struct house *house, struct intake *intake)
{
    const struct office office = desk_office(house);
    if (intake_plan(intake, house->journal, &office, &preview, &house->reason))
        fail_msg("%s", house->reason.text);
}

static enum rc take(struct house *house, struct intake *intake)
{
    const struct office office = desk_office(house);
    house->reason = (struct reason){""};
    return intake_take(intake, house->journal, &office, &house->reason);
}

static void expect_counts(int64_t fresh, int64_t changed, int64_t same, int64_t refused)
{
    const int64_t *counts = preview.counts;
    if (counts[INTAKE_NEW] != fresh || counts[INTAKE_CHANGED] != changed ||
        counts[INTAKE_SAME] != same || counts[INTAKE_REFUSED] != refused)
        fail_msg("%d new, %d changed, %d same, %d refused", (int)counts[INTAKE_NEW],
                 (int)counts[INTAKE_CHANGED], (int)counts[INTAKE_SAME],
                 (int)counts[INTAKE_REFUSED]);
}

static void expect_row(int at, enum intake_verdict verdict, int line, const char *title,
                       const char *why)
{
    assert_true(at < preview.row_count);
    const struct intake_row *row = &preview.rows[at];
    if (row->verdict != verdict || row->line != line || strcmp(row->title, title) != 0 ||
        !strstr(row->why, why))
        fail_msg("row %d: %s, line %d: %s: %s", at, intake_verdict_name(row->verdict), row->line,
                 row->title, row->why);
}

static const char people[] = "numéro;prénom;nom;badge;couleur\r\n"
                             "1;Zoé;Dubois;04A1B2C3D4E599;bleu\r\n"
                             "2;;Sans;;\r\n"
                             "3;Jef;;nope;\r\n"
                             "4;Omar;Benali;;\r\n";

/* --- people --- */

static void a_list_is_shown_first_and_then_taken_without_what_is_refused(void **state)
{
    struct house *house = *state;
    loose_stick_put(&stick, "people.csv", people);
    int64_t facts = desk_facts(house);
    struct intake *intake = read_list(house, "people.csv");
    must_plan(house, intake);
    expect_counts(2, 0, 0, 2);
    assert_string_equal(preview.name, "people.csv");
    assert_int_equal(preview.badges, 1);
    assert_true(preview.has_changes && preview.is_takable);
    assert_int_equal(preview.row_count, 4);
    expect_row(0, INTAKE_REFUSED, 3, "Sans (2)", "no first name");
    expect_row(1, INTAKE_REFUSED, 4, "Jef (3)", "no badge number");
    expect_row(2, INTAKE_NEW, 2, "Zoé Dubois (1)", "");
    assert_int_equal(preview.rows[2].badges, 1);
    expect_row(3, INTAKE_NEW, 5, "Omar Benali (4)", "");
    assert_int_equal(preview.note_count, 1);
    assert_non_null(strstr(preview.notes[0], "\"couleur\" is not used"));
    assert_int_equal(desk_facts(house), facts); /* looking writes nothing */

    assert_int_equal(take(house, intake), RC_OK);
    assert_int_equal(desk_facts(house), facts + 3);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person WHERE number IN ('1','4')"),
                     2);
    /* Each of its facts says who brought it. */
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE seq > "
                                         "(SELECT max(seq) - 3 FROM fact) AND "
                                         "json_extract(body, '$.by') IS NOT NULL"),
                     3);
    assert_true(house_holds(house));
    must_plan(house, intake);
    expect_counts(0, 0, 2, 2);
    assert_false(preview.has_changes);
    assert_int_equal(take(house, intake), RC_OK);
    assert_int_equal(desk_facts(house), facts + 3);
    intake_close(intake);
}

static void what_is_refused_goes_back_to_the_stick_is_mended_and_read_again(void **state)
{
    struct house *house = *state;
    char name[INTAKE_REFUSED_NAME_BYTES];
    loose_stick_put(&stick, "people.csv", people);
    struct intake *intake = read_list(house, "people.csv");
    must_plan(house, intake);
    assert_int_equal(take(house, intake), RC_OK);
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &house->reason), RC_OK);
    assert_string_equal(name, "people-refused.csv");
    intake_close(intake);
    assert_true(find(name).is_refused);

    /* Nobody mended it: the same again, and its reasons stand there once. */
    intake = read_list(house, name);
    must_plan(house, intake);
    expect_counts(0, 0, 0, 2);
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &house->reason), RC_OK);
    intake_close(intake);
    char *text = loose_stick_read(stick.root, name);
    assert_non_null(strstr(text, ";couleur;reason\r\n2;"));
    free(text);

    assert_string_equal(name, "people-refused-2.csv");
    loose_stick_run(&stick, "cmp people-refused.csv people-refused-2.csv");
    loose_stick_run(&stick, "sed -i 's/^2;;/2;Anna;/; s/nope//' people-refused-2.csv");
    intake = read_list(house, name);
    must_plan(house, intake);
    expect_counts(2, 0, 0, 0);
    assert_int_equal(take(house, intake), RC_OK);
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &house->reason),
        RC_EMPTY);
    intake_close(intake);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person WHERE first_name='Anna'"), 1);
}

static void what_stays_out_is_told_where_the_stick_takes_no_more(void **state)
{
    struct house *house = *state;
    char name[INTAKE_REFUSED_NAME_BYTES];
    loose_stick_put(&stick, "people.csv", people);
    struct intake *intake = read_list(house, "people.csv");
    must_plan(house, intake);
    assert_int_equal(
        intake_write_refused(intake, "/nowhere", CSV_PROFILE_EXCEL, name, &house->reason),
        RC_NOT_FOUND);
    assert_non_null(strstr(house->reason.text, "Plug the stick in again"));
    intake_close(intake);
}

static void a_house_that_changed_since_is_shown_anew(void **state)
{
    struct house *house = *state;
    struct office office = desk_office(house);
    struct fact_id added;
    loose_stick_put(&stick, "people.csv",
                    "number;first name;last name\n1001;Ada;Byron\n"
                    "1002;Omar;Benali\n");
    struct intake *intake = read_list(house, "people.csv");
    must_plan(house, intake);
    expect_counts(2, 0, 0, 0);

    /* Something else happens: the plan comes to the same. */
    assert_int_equal(office_add_person(house->journal, &office, "Luc", "", &added, &house->reason),
                     RC_OK);
    /* Somebody gives one of them that number. */
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s}", "number", "1001"));
    int64_t facts = desk_facts(house);
    assert_int_equal(take(house, intake), RC_BUSY);
    assert_non_null(strstr(house->reason.text, "Look at it again"));
    assert_int_equal(desk_facts(house), facts);
    assert_int_equal(take(house, intake), RC_BUSY); /* not seen yet */

    must_plan(house, intake);
    expect_counts(1, 1, 0, 0);
    assert_int_equal(preview.rows[0].change_count, 1);
    assert_string_equal(preview.rows[0].changes[0], "last_name");
    assert_int_equal(office_add_person(house->journal, &office, "Ida", "", &added, &house->reason),
                     RC_OK);
    assert_int_equal(take(house, intake), RC_OK);
    assert_int_equal(desk_facts(house), facts + 3);
    intake_close(intake);
}

static void nothing_is_taken_that_was_not_shown(void **state)
{
    struct house *house = *state;
    loose_stick_put(&stick, "people.csv", people);
    struct intake *intake = read_list(house, "people.csv");
    assert_int_equal(take(house, intake), RC_BUSY);
    intake_close(intake);
}

static void only_who_may_brings_a_list_also_at_that_moment(void **state)
{
    struct house *house = *state;
    struct office office = {.by = house->people[HOUSE_IS_ADA], .now = house_now(house)};
    loose_stick_put(&stick, "people.csv", people);
    struct intake *intake = read_list(house, "people.csv");
    int64_t facts = desk_facts(house);
    desk_expect_refused(house,
                        intake_plan(intake, house->journal, &office, &preview, &house->reason),
                        "does not open this");
    must_plan(house, intake);
    desk_expect_refused(house, intake_take(intake, house->journal, &office, &house->reason),
                        "does not open this");
    assert_int_equal(desk_facts(house), facts);
    intake_close(intake);
    assert_true(house_holds(house));
}

static void a_stick_pulled_after_the_look_is_told_and_one_pulled_later_does_not_matter(void **state)
{
    struct house *house = *state;
    struct intake *intake = NULL;
    loose_stick_put(&stick, "people.csv", people);
    loose_stick_put(&stick, "perron/calendar.csv", people);
    struct intake_found list = find("people.csv"), calendar = find("perron/calendar.csv");
    loose_stick_run(&stick, "mv people.csv away; mv perron away2");
    assert_int_equal(try_read(house, &list, &intake), RC_NOT_FOUND);
    assert_non_null(strstr(house->reason.text, "not on the stick any more"));
    assert_int_equal(try_read(house, &calendar, &intake), RC_NOT_FOUND);
    assert_null(intake);
    loose_stick_run(&stick, "mv away people.csv");
    intake = read_list(house, "people.csv");
    loose_stick_take(&stick, "people.csv");
    must_plan(house, intake);
    assert_int_equal(take(house, intake), RC_OK);
    intake_close(intake);
}

static void what_is_no_list_is_told_in_a_sentence(void **state)
{
    static const struct {
        const char *name, *text, *sentence;
        enum rc rc;
    } rows[] = {
        {"people.csv",
         "\xff\xfe"
         "a",
         "UTF-16", RC_UNSUPPORTED},
        {"people.csv", "colour;size\nred;1\n", "the first name", RC_BAD_INPUT},
        {"people.csv", "number;first name\n", "nobody in this file", RC_EMPTY},
        {"people.csv", "PK\x03\x04zip", "", RC_UNSUPPORTED},
        {"calendar.ics", "<html>", "a web page", RC_UNSUPPORTED},
        {"calendar.csv", "a;b\n1;2\n", "neither a calendar", RC_BAD_INPUT},
        {"baskets.csv", "number;name\n1;Zoé\n", "", RC_BAD_INPUT},
    };
    struct house *house = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct intake *intake = NULL;
        loose_stick_put(&stick, rows[i].name, rows[i].text);
        const struct intake_found found = find(rows[i].name);
        enum rc rc = try_read(house, &found, &intake);
        if (rc != rows[i].rc || !house->reason.text[0] ||
            !strstr(house->reason.text, rows[i].sentence))
            fail_msg("row %zu: %s: %s", i, rc_text(rc), house->reason.text);
        assert_null(intake);
        loose_stick_take(&stick, rows[i].name);
    }
}

static void a_list_cut_in_the_middle_of_a_row_loses_that_row_only(void **state)
{
    struct house *house = *state;
    loose_stick_put(&stick, "people.csv", "number;first name;last name\n1;Zoé;Dubois\n2;Om");
    struct intake *intake = read_list(house, "people.csv");
    must_plan(house, intake);
    expect_counts(1, 0, 0, 1);
    expect_row(0, INTAKE_REFUSED, 3, "Om (2)", "cut");
    intake_close(intake);
}

static void of_a_long_list_the_refused_are_shown_and_the_rest_is_counted(void **state)
{
    struct house *house = *state;
    loose_stick_run(&stick, "{ echo 'number;first name'; seq -f '%g;Zoé' 1 3000;"
                            "echo '3001;'; } > people.csv");
    struct intake *intake = read_list(house, "people.csv");
    must_plan(house, intake);
    expect_counts(3000, 0, 0, 1);
    assert_int_equal(preview.row_count, INTAKE_ROWS_MAX);
    assert_int_equal(preview.rows_beyond, 3001 - INTAKE_ROWS_MAX);
    expect_row(0, INTAKE_REFUSED, 3002, "(3001)", "no first name");
    /* Also a difference that is not shown is one. */
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:s}", "number", "2999", "first_name", "Zoé"));
    assert_int_equal(take(house, intake), RC_BUSY);
    intake_close(intake);
}

/* --- baskets --- */

static void a_list_of_baskets_shows_first_whose_end(void **state)
{
    struct house *house = *state;
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:s}", "number", "1", "basket", "small"));
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_BILAL],
                 json_pack("{s:s}", "number", "2"));
    loose_stick_put(&stick, "baskets.csv", "number;size\n2;large\n");
    struct intake *intake = read_list(house, "baskets.csv");
    must_plan(house, intake);
    assert_int_equal(preview.counts[INTAKE_ENDED], 1);
    expect_row(0, INTAKE_ENDED, 0, "Ada Dubois (1)", "");
    expect_row(1, INTAKE_CHANGED, 2, "Bilal Dubois (2)", "");
    assert_int_equal(take(house, intake), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person WHERE basket='large'"), 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person WHERE basket='small'"), 0);
    intake_close(intake);

    loose_stick_put(&stick, "baskets.csv", "number;size\n99;small\n");
    intake = read_list(house, "baskets.csv");
    must_plan(house, intake);
    assert_int_equal(preview.counts[INTAKE_ENDED], 0);
    assert_int_equal(preview.note_count, 1);
    assert_non_null(strstr(preview.notes[0], "nobody's basket ends"));
    char name[INTAKE_REFUSED_NAME_BYTES];
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_STRICT, name, &house->reason), RC_OK);
    assert_string_equal(name, "baskets-refused.csv");
    intake_close(intake);
}

/* Of two lists on one stick both have theirs, and what somebody mended already stays. */
static void what_is_refused_never_takes_the_place_of_an_older_file(void **state)
{
    static const char *const names[] = {"people-refused.csv", "people-refused-2.csv",
                                        "people-refused-3.csv"};
    struct house *house = *state;
    char name[INTAKE_REFUSED_NAME_BYTES];
    loose_stick_put(&stick, "people-1.csv", people);
    loose_stick_put(&stick, "people-2.csv", "number;first_name;badge\n7;Zoé;nope\n");
    loose_stick_put(&stick, names[0], "mended by hand\n");
    for (int i = 1; i < 3; i++) {
        struct intake *intake = read_list(house, i == 1 ? "people-1.csv" : "people-2.csv");
        must_plan(house, intake);
        assert_int_equal(
            intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &house->reason),
            RC_OK);
        assert_string_equal(name, names[i]);
        assert_true(find(name).is_refused);
        intake_close(intake);
    }
    char *text = loose_stick_read(stick.root, names[0]);
    assert_string_equal(text, "mended by hand\n");
    free(text);
}

/* --- calendars --- */

static const char shifts[] = "Date;Start;End;Title;Mission;Places\n"
                             "2026-11-28;09:00;12:00;Market;Till;2\n"
                             "2026-11-28;09:00;12:00;Market;Shelves;3\n"
                             "2026-11-29;09:00;25:99;Market;Till;2\n"
                             "2026-12-05;09:00;12:00;Market;Till;2\n";

static void a_calendar_is_shown_first_and_then_taken(void **state)
{
    struct house *house = *state;
    char name[INTAKE_REFUSED_NAME_BYTES];
    loose_stick_put(&stick, "perron/calendar.csv", shifts);
    struct intake *intake = read_list(house, "perron/calendar.csv");
    must_plan(house, intake);
    expect_counts(2, 0, 0, 1);
    assert_int_equal(preview.rows[0].line, 4);
    expect_row(1, INTAKE_NEW, 2, "Market", "");
    assert_true(preview.rows[1].from_ms > 0);
    assert_int_equal(take(house, intake), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE "
                                         "json_extract(body, '$.source') = 'calendar.csv' AND "
                                         "json_extract(body, '$.by') IS NOT NULL"),
                     2);
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_STRICT, name, &house->reason), RC_OK);
    assert_string_equal(name, "calendar-refused.csv");
    intake_close(intake);
    char *text = loose_stick_read(stick.root, name);
    assert_non_null(strstr(text, "Places,reason\r\n2026-11-29,09:00,25:99,Market,Till,2,"));
    assert_null(strstr(text, "2026-11-28"));
    free(text);
    assert_true(house_holds(house));
}

/* The rows that were taken are not in it, and must not count as gone. */
static void a_mended_part_of_a_calendar_takes_nothing_away(void **state)
{
    struct house *house = *state;
    loose_stick_put(&stick, "calendar.csv", shifts);
    struct intake *intake = read_list(house, "calendar.csv");
    must_plan(house, intake);
    assert_int_equal(take(house, intake), RC_OK);
    intake_close(intake);
    loose_stick_put(&stick, "calendar-refused-2.csv",
                    "Date;Start;End;Title;Mission;Places;reason\n"
                    "2026-11-29;09:00;12:00;Market;Till;2;mended\n"
                    "2026-11-28;09:00;12:00;Market;Bread;1;mended\n");
    intake = read_list(house, "calendar-refused-2.csv");
    must_plan(house, intake);
    expect_counts(1, 1, 0, 0);
    assert_int_equal(preview.counts[INTAKE_VANISHED], 0);
    assert_int_equal(take(house, intake), RC_OK);
    intake_close(intake);
    assert_int_equal(house_number(house, "SELECT count(*) FROM occasion WHERE state=0"), 3);
    assert_int_equal(house_number(house, "SELECT count(*) FROM shift WHERE is_gone"), 0);

    /* The control: the same as a whole calendar. */
    loose_stick_run(&stick, "mv calendar-refused-2.csv calendar.csv");
    intake = read_list(house, "calendar.csv");
    must_plan(house, intake);
    assert_int_equal(preview.counts[INTAKE_VANISHED], 1);
    intake_close(intake);
}

static const char series[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTART:20261128T090000Z\r\nDTEND:20261128T110000Z\r\nRRULE:FREQ=WEEKLY;COUNT=20\r\n"
    "SUMMARY:Permanence\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\n"
    "DTSTART:20261128T090000Z\r\nDTEND:20261127T110000Z\r\nSUMMARY:Backwards\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

static void a_new_series_is_one_row_and_what_is_refused_of_it_a_sentence(void **state)
{
    struct house *house = *state;
    char name[INTAKE_REFUSED_NAME_BYTES];
    loose_stick_put(&stick, "garden.ics", series);
    struct intake *intake = read_list(house, "garden.ics");
    must_plan(house, intake);
    expect_counts(20, 0, 0, 1);
    assert_int_equal(preview.row_count, 2);
    expect_row(1, INTAKE_NEW, 4, "Permanence", "");
    assert_int_equal(preview.rows[1].more, 19);
    assert_true(preview.rows[1].last_ms > preview.rows[1].from_ms);
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &house->reason), RC_OK);
    assert_string_equal(name, "garden-refused.txt");
    char *text = loose_stick_read(stick.root, name);
    assert_non_null(strstr(text, "line 11: Backwards: "));
    free(text);
    assert_int_equal(take(house, intake), RC_OK);
    intake_close(intake);
}

static void promises_move_along_and_who_is_to_be_told_is_counted(void **state)
{
    struct house *house = *state;
    loose_stick_put(&stick, "calendar.csv", shifts);
    struct intake *intake = read_list(house, "calendar.csv");
    must_plan(house, intake);
    assert_int_equal(take(house, intake), RC_OK);
    intake_close(intake);
    const struct shift_id of = {
        {journal_station(house->journal),
         house_number(house, "SELECT min(seq) FROM occasion WHERE title='Market'")},
        1};
    plan_experience(house, house->people[HOUSE_IS_ADA], 3);
    assert_int_equal(plan_sign_up(house, house->people[HOUSE_IS_ADA], of), RC_OK);
    loose_stick_run(&stick, "sed -i 's/2026-11-28;09:00/2026-11-28;08:30/' calendar.csv");
    intake = read_list(house, "calendar.csv");
    must_plan(house, intake);
    assert_int_equal(preview.counts[INTAKE_CHANGED], 1);
    assert_int_equal(preview.signed_up, 1);
    assert_int_equal(preview.rows[1].signed_up, 1);
    assert_true(preview.rows[1].was_from_ms > preview.rows[1].from_ms);
    assert_string_equal(preview.rows[1].changes[0], "time");
    assert_int_equal(take(house, intake), RC_OK);
    intake_close(intake);
    assert_true(house_holds(house));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_list_is_shown_first_and_then_taken_without_what_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_refused_goes_back_to_the_stick_is_mended_and_read_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_refused_never_takes_the_place_of_an_older_file,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_stays_out_is_told_where_the_stick_takes_no_more,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_house_that_changed_since_is_shown_anew, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_taken_that_was_not_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_who_may_brings_a_list_also_at_that_moment, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_stick_pulled_after_the_look_is_told_and_one_pulled_later_does_not_matter, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_list_is_told_in_a_sentence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_cut_in_the_middle_of_a_row_loses_that_row_only,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            of_a_long_list_the_refused_are_shown_and_the_rest_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_of_baskets_shows_first_whose_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_calendar_is_shown_first_and_then_taken, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_mended_part_of_a_calendar_takes_nothing_away, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_new_series_is_one_row_and_what_is_refused_of_it_a_sentence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(promises_move_along_and_who_is_to_be_told_is_counted,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
