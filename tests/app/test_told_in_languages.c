/* What comes in and goes out on a stick is told in the reader's language, to the last sentence. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/outfile.h"
#include "app/incoming.h"
#include "app/intake.h"
#include "app/ui/words.h"
#include "app/venue_take.h"
#include "tests/support/build.h"
#include "tests/support/desk.h"
#include "tests/support/loose_stick.h"

static struct loose_stick stick;
static struct intake_preview preview;
static struct told english, told;

static int set_up(void **state)
{
    char locale_dir[512];
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build_folder());
    if (words_init(locale_dir))
        return -1;
    loose_stick_make(&stick);
    return desk_set_up(state);
}

static int tear_down(void **state)
{
    words_finish();
    loose_stick_remove(&stick);
    return desk_tear_down(state);
}

/* --- what comes in --- */

static enum rc read_list(struct house *house, enum language language, struct intake **out_intake)
{
    struct intake_list list;
    const struct intake_from from = {.root = stick.root,
                                     .data = house->data,
                                     .now_ms = house_now(house).wall_ms,
                                     .tongue = words_tongue(language)};
    assert_int_equal(intake_look(stick.root, &list, &house->reason), RC_OK);
    return intake_read(&from, &list.found[0], out_intake, &house->reason);
}

static struct intake *plan_list(struct house *house, enum language language)
{
    struct intake *intake = NULL;
    const struct office office = desk_office(house);
    if (read_list(house, language, &intake) ||
        intake_plan(intake, house->journal, &office, &preview, &house->reason))
        fail_msg("%s", house->reason.text);
    return intake;
}

/* What is refused, and what is noted, is a sentence with one end. */
static void expect_sentence(const struct row *row)
{
    size_t length = strlen(row->line);
    bool is_sentence = length > 2 && length < sizeof row->line - 4 &&
                       strchr(".!?", row->line[length - 1]) && !strchr(".", row->line[length - 2]);
    if (!is_sentence)
        fail_msg("this is no sentence: %s", row->line);
}

/* Every line of the preview is another one than in English. */
static void expect_all_told(enum language language)
{
    incoming_write_told(&preview, language, &told);
    assert_int_equal(told.count, english.count);
    for (int i = 0; i < told.count; i++)
        if (told.rows[i].line[0] && strcmp(told.rows[i].line, english.rows[i].line) == 0)
            fail_msg("in language %d: %s", (int)language, told.rows[i].line);
    for (int i = 0; i < told.count; i++)
        if (told.rows[i].mark == ASK_SORT_REFUSED || told.rows[i].mark == ASK_SORT_NOTE)
            expect_sentence(&told.rows[i]);
}

static void expect_told(struct house *house, const char *name, const char *text, int refused)
{
    loose_stick_put(&stick, name, text);
    intake_close(plan_list(house, LANGUAGE_EN));
    loose_stick_take(&stick, name);
    if (preview.counts[INTAKE_REFUSED] != refused)
        fail_msg("%s: %d refused", name, (int)preview.counts[INTAKE_REFUSED]);
    incoming_write_told(&preview, LANGUAGE_EN, &english);
    expect_all_told(LANGUAGE_FR);
    expect_all_told(LANGUAGE_NL);
}

static void expect_reason_told(const struct reason *reason)
{
    char text[600];
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        words_reason((enum language)language, reason, text, sizeof text);
        assert_true((strcmp(text, reason->text) == 0) == (language == LANGUAGE_EN));
    }
}

/* A file that is none of its kind. */
static void expect_none(struct house *house, const char *name, const char *text)
{
    struct intake *intake = NULL;
    loose_stick_put(&stick, name, text);
    if (read_list(house, LANGUAGE_EN, &intake) == RC_OK)
        fail_msg("%s was read: %s", name, text);
    loose_stick_take(&stick, name);
    expect_reason_told(&house->reason);
}

static void each_refused_row_and_note_of_a_list_of_people_is_told(void **state)
{
    expect_told(*state, "people.csv",
                "number;first name;last name;language;badge;shares;private hours;since;couleur\n"
                "1;;Dubois;;;;;;\n"
                "2;Zoé\x07;Dubois;;;;;;\n"
                "12345678901234567890123456789012;Zoé;D;;;;;;\n"
                "4;Zoé;D;klingon;;;;;\n"
                "5;Zoé;D;;nope;;;;\n"
                "6;Zoé;D;;2410000001614;;;;\n"
                "7;Zoé;D;;2,41E+12;;;;\n"
                "8;Zoé;D;;08A1B2C3;;;;\n"
                "9;Zoé;D;;04000001|04000002|04000003|04000004|04000005;;;;\n"
                "10;Zoé;D;;;;;31/02/2020;\n"
                "11;Zoé;D;;;many;;;\n"
                "12;Zoé;D;;;;perhaps;;\n"
                "13;Zoé;D;;;;;;;extra\n"
                "14;Zoé;D;;;;;;\n"
                "14;Ada;D;;;;;;\n"
                "16;Zoé;\"D;;;;;;\n",
                16);
    expect_told(*state, "people.csv", "first name\nZoé\n", 0); /* nothing to tell it by */
}

static void each_refused_row_and_note_of_a_list_of_baskets_is_told(void **state)
{
    expect_told(*state, "baskets.csv",
                "number;name;size;pauses\n"
                "99;;large;\n"
                ";Nobody Atall;large;\n"
                ";;large;\n"
                "1;;;2026-12-20\n"
                "2;;large;sometimes\n"
                "3;;large;2027-01-05/2026-12-20\n",
                6);
}

static void each_refused_row_of_a_calendar_is_told(void **state)
{
    expect_told(*state, "calendar.csv",
                "datum;begin;einde;soort;titel;plaatsen;couleur\n"
                "31/02/2026;10:00;11:00;agora;x;;\n"
                "01/12/2026;ten;11:00;agora;x;;\n"
                "01/12/2026;;11:00;agora;x;;\n"
                "01/12/2026;10:00;10:00;agora;x;;\n"
                "01/12/2026;10:00;11:00;zorglub;x;;\n"
                "01/12/2026;10:00;11:00;shift;x;many;\n"
                "01/12/2026;10:00;11:00;shift;x;1;;2\n",
                7);
    expect_told(
        *state, "one.ics",
        "BEGIN:VCALENDAR\n"
        "BEGIN:VEVENT\nUID:a\nSUMMARY:x\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nDTSTART:tomorrow\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:c\nDTSTART:20261201T100000Z\nDTEND:20261201T090000Z\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:d\nDTSTART:20261201T100000Z\nDTEND:20261208T110000Z\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:e\nDTSTART:20261201T100000Z\nRRULE:FREQ=HOURLY\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:f\nDTSTART:20261201T100000Z\n"
        "DESCRIPTION:Caisse: 5000 places\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:g\nDTSTART:20261201T100000Z\n",
        7);
}

static void a_file_that_is_no_list_is_told(void **state)
{
    expect_none(*state, "people.csv", " \n");
    expect_none(*state, "people.csv", "PK\x03\x04zzzz");
    expect_none(*state, "people.csv", "{\\rtf1 hello}");
    expect_none(*state, "people.csv", "couleur;taille\nbleu;grand\n");
    expect_none(*state, "people.csv", "first name;name\n");
    expect_none(*state, "people.csv", "first \x80\xFF\x80 name \"\n");
    expect_none(*state, "baskets.csv", "number\n1\n");
    expect_none(*state, "one.ics", "<html>");
    expect_none(*state, "one.ics", "{\"a\":1}");
    expect_none(*state, "one.ics", "\n");
    expect_none(*state, "one.ics", "hello");
    expect_none(*state, "one.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n");
    expect_none(*state, "one.ics", "BEGIN:VEVENT\nEND:VEVENT\n");
}

/* In the venue's language, for whoever mends the list at home. */
static void what_goes_back_has_its_reasons_in_that_language(void **state)
{
    char name[INTAKE_REFUSED_NAME_BYTES];
    struct house *house = *state;
    loose_stick_put(&stick, "people.csv", "number;first name\n1;\n2;Zoé\n2;Ada\n");
    struct intake *intake = plan_list(house, LANGUAGE_FR);
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &house->reason), RC_OK);
    intake_close(intake);
    char *text = loose_stick_read(stick.root, name);
    assert_non_null(strstr(text, "1;;Il n’y a pas de prénom."));
    assert_non_null(strstr(text, "Les lignes 3 et 4 ont le même numéro de membre"));
    assert_null(strstr(text, "There is no first name"));
    free(text);
}

static void what_goes_back_of_a_venue_is_in_that_language(void **state)
{
    char name[INTAKE_REFUSED_NAME_BYTES], many[80 * 8 + 32] = "[circle helper]\nhours = 0\n";
    struct house *house = *state;
    for (int i = 0; i < 80; i++)
        strcat(many, "words\n");
    loose_stick_put(&stick, "venue/circles.conf", many);
    struct intake *intake = plan_list(house, LANGUAGE_FR);
    assert_int_equal(
        intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &house->reason), RC_OK);
    intake_close(intake);
    char *text = loose_stick_read(stick.root, name);
    assert_non_null(strstr(text, "circles.conf:3: ce n’est pas un réglage"));
    assert_non_null(strstr(text, "\r\net 16 de plus\r\n"));
    free(text);
}

static void expect_not_opened(const char *data, enum rc rc, struct reason *reason)
{
    struct venue_take *take = NULL;
    int from = open(stick.root, O_RDONLY | O_DIRECTORY);
    assert_true(from >= 0);
    assert_int_equal(venue_take_open(data, from, &take, reason), rc);
    expect_reason_told(reason);
    close(from);
}

static struct venue_take *open_take(struct house *house)
{
    struct venue_take *take = NULL;
    int from = open(stick.root, O_RDONLY | O_DIRECTORY);
    assert_true(from >= 0);
    assert_int_equal(venue_take_open(house->data, from, &take, &house->reason), RC_OK);
    close(from);
    return take;
}

static void what_keeps_a_venues_files_from_being_taken_is_told(void **state)
{
    struct house *house = *state;
    char path[sizeof house->data + 40];
    expect_not_opened(house->data, RC_EMPTY, &house->reason);
    loose_stick_put(&stick, "circles.conf", "[circles]\n");
    expect_not_opened("/nowhere", RC_NOT_FOUND, &house->reason);
    struct venue_take *take = open_take(house);
    expect_not_opened(house->data, RC_BUSY, &house->reason);
    snprintf(path, sizeof path, "%s/venue.part/circles.conf", house->data);
    assert_int_equal(unlink(path), 0);
    *strrchr(path, '/') = 0;
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(venue_take_swap(take, &house->reason), RC_NOT_FOUND);
    expect_reason_told(&house->reason);
    venue_take_close(take);
    loose_stick_run(&stick, "mkdir welcome && cd welcome && seq 2000 | xargs touch");
    expect_not_opened(house->data, RC_LIMIT, &house->reason);
}

static void each_mistake_of_a_venues_settings_is_told(void **state)
{
    expect_told(*state, "venue/perron.conf",
                "[venue]\nname = One\nname = Two\ntime_zone = Nowhere\nlanguage = de\n"
                "day_end = noon\nnothing = 1\n[party]\nfun = yes\njust words\n [venue]\n"
                "[venue\n[export]\nkey = x\nfiles = all\n",
                11);
    expect_told(*state, "venue/circles.conf",
                "[circle]\n[circle helper]\nhours = many\nmay = fly\n[circle Helper]\n"
                "[circle grocer]\norganisation = Grocer\nmay = machine\n[circle \xff]\n"
                "[circle baker]\nfr = helper\nfr_line = \xff\n",
                10);
}

static void each_mistake_of_a_welcome_is_told(void **state)
{
    expect_told(*state, "venue/welcome/welcome.conf",
                "[welcome]\nseveral_max = none\n[step hello]\n[step hello]\n[step party]\n"
                "[step why]\n[likes B\xc3\xa9]\n[likes a]\nfr = \n[link y]\nurl = b\n"
                "[likes a]\n[step missions]\n[step charter]\nlater = no\n",
                20);
}

static void what_a_small_screen_has_no_room_for_is_told(void **state)
{
    loose_stick_run(
        &stick,
        "mkdir venue && cp -r \"$OLDPWD/app/share/venue/welcome\" venue && yes 'Many more words.'"
        " | head -n 300 >> venue/welcome/hello.en.txt");
    expect_told(*state, "venue/circles.conf", "[circle helper]\nhours = 0\n", 0);
    assert_true(preview.note_count > 0);
}

/* --- what goes out --- */

static void every_failure_of_a_stick_or_of_the_register_is_told(void **state)
{
    struct reason reason;
    (void)state;
    for (int rc = RC_OK + 1; rc <= RC_IO; rc++) {
        assert_int_equal(outfile_tell((enum rc)rc, "visits.csv", &reason), rc);
        expect_reason_told(&reason);
        assert_int_equal(db_tell((enum rc)rc, NULL, &reason), rc);
        expect_reason_told(&reason);
        reason_set(&reason, "%s", rc_text((enum rc)rc));
        expect_reason_told(&reason);
    }
}

#define TOLD_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD_TEST(each_refused_row_and_note_of_a_list_of_people_is_told),
        TOLD_TEST(each_refused_row_and_note_of_a_list_of_baskets_is_told),
        TOLD_TEST(each_refused_row_of_a_calendar_is_told),
        TOLD_TEST(a_file_that_is_no_list_is_told),
        TOLD_TEST(what_goes_back_has_its_reasons_in_that_language),
        TOLD_TEST(what_goes_back_of_a_venue_is_in_that_language),
        TOLD_TEST(each_mistake_of_a_venues_settings_is_told),
        TOLD_TEST(each_mistake_of_a_welcome_is_told),
        TOLD_TEST(what_a_small_screen_has_no_room_for_is_told),
        TOLD_TEST(what_keeps_a_venues_files_from_being_taken_is_told),
        TOLD_TEST(every_failure_of_a_stick_or_of_the_register_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
