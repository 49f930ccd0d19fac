#include "app/exchange/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/diary.h"

#define EVENT(uid, start, end, more)                                                               \
    "BEGIN:VEVENT|UID:" uid "|DTSTART;TZID=Europe/Brussels:" start                                 \
    "|DTEND;TZID=Europe/Brussels:" end "|SUMMARY:Permanence|" more "END:VEVENT|"
#define WEEKLY "RRULE:FREQ=WEEKLY;COUNT=4|"
#define SERIES(more) EVENT("s", "20261202T140000", "20261202T170000", WEEKLY more)
#define CASH "DESCRIPTION:Caisse: 2 places\\, rayons: 3 places|"

static struct calendar *planned(struct diary *diary, const char *lines)
{
    struct calendar *calendar = diary_read_events(diary, lines);
    diary_plan(calendar, diary);
    return calendar;
}

static void expect_line(const struct calendar *calendar, const char *says)
{
    char *text;
    assert_int_equal(calendar_preview_text(calendar, &text), RC_OK);
    if (!strstr(text, says))
        fail_msg("not there: %s\nin: %s", says, text);
    free(text);
}

static void a_moved_occasion_says_from_when_to_when_and_who_signed_up(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, SERIES(CASH));
    assert_int_equal(diary.count, 4);
    diary.signed_up = 3;
    struct calendar *calendar = planned(
        &diary, SERIES(CASH) EVENT("s", "20261209T150000", "20261209T180000",
                                   "RECURRENCE-ID;TZID=Europe/Brussels:20261209T140000|" CASH));
    diary_expect_counts(calendar, 0, 1, 3, 0, 0, 0);
    expect_line(calendar, "changed: Permanence, 2026-12-09 15:00: moved from 14:00 to 15:00, "
                          "shifts; 3 signed up");
    assert_int_equal(diary_take(calendar, &diary), RC_OK);
    const struct occasion *occasion = diary_find(&diary, "20261209T130000Z");
    assert_true(occasion->from_ms == diary_ms("2026-12-09 15:00"));
    assert_int_equal(occasion->shifts[1].number, 2);
    assert_false(occasion->shifts[1].is_gone);
    calendar_close(calendar);
    diary_close(&diary);
}

static void a_series_moved_as_a_whole_keeps_its_occasions(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, SERIES(CASH));
    struct calendar *calendar =
        planned(&diary, EVENT("s", "20261202T150000", "20261202T180000", WEEKLY CASH));
    diary_expect_counts(calendar, 0, 4, 0, 0, 0, 0);
    assert_int_equal(diary_take(calendar, &diary), RC_OK);
    assert_int_equal(diary.count, 4);
    assert_string_equal(diary.occasions[0].instance, "20261202T140000Z");
    calendar_close(calendar);
    diary_close(&diary);
}

static void what_is_on_moves_with_its_series_and_never_vanishes(void **state)
{
    struct diary diary = diary_open(); /* at noon */
    (void)state;
    diary_import(&diary, EVENT("s", "20261125T110000", "20261125T140000", WEEKLY));
    struct calendar *calendar =
        planned(&diary, EVENT("s", "20261125T120000", "20261125T150000", WEEKLY));
    diary_expect_counts(calendar, 0, 4, 0, 0, 0, 0);
    calendar_close(calendar);
    calendar = planned(&diary, EVENT("other", "20261201T120000", "20261201T150000", ""));
    diary_expect_counts(calendar, 1, 0, 0, 0, 3, 0);
    calendar_close(calendar);
    diary_close(&diary);
}

static void a_series_from_another_name_is_the_same_series(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, SERIES(CASH) EVENT("single", "20261203T100000", "20261203T110000", ""));
    for (int i = 0; i < diary.count; i++)
        strcpy(diary.occasions[i].source, "november.ics");
    struct calendar *calendar =
        planned(&diary, EVENT("s", "20261202T150000", "20261202T180000", WEEKLY CASH));
    diary_expect_counts(calendar, 0, 4, 0, 0, 0, 0);
    calendar_close(calendar);
    diary_close(&diary);
}

static void what_the_file_cancels_is_cancelled(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, SERIES(CASH) EVENT("single", "20261203T100000", "20261203T110000", ""));
    struct calendar *calendar = planned(
        &diary,
        SERIES(CASH "EXDATE;TZID=Europe/Brussels:20261216T140000|")
            EVENT("s", "20261209T140000", "20261209T170000",
                  "RECURRENCE-ID;TZID=Europe/Brussels:20261209T140000|STATUS:CANCELLED|")
                EVENT("single", "20261203T100000", "20261203T110000", "STATUS:CANCELLED|")
                    EVENT("other", "20261203T100000", "20261203T110000", "STATUS:CANCELLED|"));
    diary_expect_counts(calendar, 0, 0, 3, 3, 0, 0);
    expect_line(calendar, "It is cancelled, and was never known here.");
    assert_int_equal(diary_take(calendar, &diary), RC_OK);
    assert_int_equal(diary_find(&diary, "20261209T130000Z")->state, OCCASION_CANCELLED);
    assert_int_equal(diary_find(&diary, "20261216T130000Z")->state, OCCASION_CANCELLED);
    assert_int_equal(diary_find(&diary, "20261216T130000Z")->shift_count, 2);
    calendar_close(calendar);
    calendar = planned(&diary, SERIES(CASH));
    expect_line(calendar, "It was cancelled here and stays so");
    assert_int_equal(calendar_count_plan(calendar).rows[CALENDAR_CHANGED], 0);
    calendar_close(calendar);
    diary_close(&diary);
}

static void what_is_no_longer_there_vanishes_and_comes_back(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, SERIES(CASH) EVENT("single", "20261203T100000", "20261203T110000", ""));
    diary.signed_up = 2;
    struct calendar *calendar = planned(&diary, SERIES(CASH));
    diary_expect_counts(calendar, 0, 0, 4, 0, 1, 0);
    expect_line(calendar, "\nvanished: Permanence, 2026-12-03 10:00: 2 signed up\n");
    assert_int_equal(diary_take(calendar, &diary), RC_OK);
    assert_int_equal(diary.count, 5);
    assert_int_equal(diary_find(&diary, "")->state, OCCASION_VANISHED);
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 0, 0, 4, 0, 0, 0);
    calendar_close(calendar);
    calendar =
        planned(&diary, SERIES(CASH) EVENT("single", "20261203T100000", "20261203T110000", ""));
    diary_expect_counts(calendar, 0, 1, 4, 0, 0, 0);
    expect_line(calendar, "on again; 2 signed up");
    assert_int_equal(diary_take(calendar, &diary), RC_OK);
    assert_int_equal(diary_find(&diary, "")->state, OCCASION_ON);
    calendar_close(calendar);
    diary_close(&diary);
}

static void nothing_vanishes_by_a_cut_file_another_format_or_a_refused_series(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, SERIES(CASH) EVENT("single", "20261203T100000", "20261203T110000", ""));
    struct calendar *calendar =
        diary_read(&diary, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:20261210T100000Z\n"
                           "SUMMARY:Agora\nEND:VEVENT\n");
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 1, 0, 0, 0, 0, 0);
    assert_true(diary_has_note(calendar, "ends in the middle"));
    calendar_close(calendar);
    calendar = diary_read(&diary, "date;title\n2026-12-10;Agora\n");
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 1, 0, 0, 0, 0, 0);
    calendar_close(calendar);
    calendar = planned(
        &diary, EVENT("s", "20261202T140000", "20261202T170000", "RRULE:FREQ=WEEKLY;BYDAY=XX|"));
    diary_expect_counts(calendar, 0, 0, 0, 0, 1, 1);
    calendar_close(calendar);
    diary_close(&diary);
}

static void what_is_over_is_never_changed(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, EVENT("old", "20261120T140000", "20261120T170000", CASH)
                             EVENT("gone", "20261121T140000", "20261121T170000", CASH));
    assert_int_equal(diary.count, 2);
    struct calendar *calendar =
        planned(&diary, EVENT("old", "20261120T150000", "20261120T170000", "STATUS:CANCELLED|"));
    diary_expect_counts(calendar, 0, 0, 1, 0, 0, 0);
    calendar_close(calendar);
    diary.now_ms = diary_ms("2026-11-20 16:59");
    calendar =
        planned(&diary, EVENT("old", "20261120T150000", "20261120T170000", "STATUS:CANCELLED|"));
    diary_expect_counts(calendar, 0, 0, 0, 1, 1, 0);
    calendar_close(calendar);
    diary_close(&diary);
}

static const struct shift *shift_of(struct diary *diary, int number)
{
    return occasion_shift(&diary->occasions[0], number);
}

static void shifts_keep_their_numbers(void **state)
{
    struct diary diary = diary_open();
    (void)state;
#define ONE(description)                                                                           \
    EVENT("one", "20261203T140000", "20261203T180000", "DESCRIPTION:" description "|")
    diary_import(&diary, ONE("Caisse: 2 places\\, Rayons: 3 places\\, Accueil: 1 place"));
    /* Other order, one gone, one new. */
    diary_import(&diary, ONE("RAYONS: 4 places\\n14:00-16:00 Four: 1 place\\ncaisse: 2 places"));
    assert_string_equal(shift_of(&diary, 1)->mission, "caisse");
    assert_int_equal(shift_of(&diary, 2)->places, 4);
    assert_true(shift_of(&diary, 3)->is_gone);
    assert_string_equal(shift_of(&diary, 4)->mission, "Four");
    assert_int_equal(diary.occasions[0].shift_count, 4);
    /* Renamed: known by its times. */
    diary_import(&diary, ONE("RAYONS: 4 places\\n14:00-16:00 Bakken: 1 place\\ncaisse: 2 places"));
    assert_string_equal(shift_of(&diary, 4)->mission, "Bakken");
    /* The same mission twice: known by its times; and what was gone comes back. */
    diary_import(&diary, ONE("14:00-16:00 Four: 1 place\\n16:00-18:00 Four: 1 place\\nAccueil: 1 "
                             "place"));
    assert_false(shift_of(&diary, 3)->is_gone);
    assert_true(shift_of(&diary, 4)->from_ms == diary_ms("2026-12-03 14:00"));
    assert_true(shift_of(&diary, 5)->from_ms == diary_ms("2026-12-03 16:00"));
    assert_true(shift_of(&diary, 1)->is_gone && shift_of(&diary, 2)->is_gone);
    diary_close(&diary);
}

static void an_organisation_is_found_or_noted(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    struct calendar *calendar = planned(
        &diary,
        EVENT("a", "20261203T140000", "20261203T180000", "DESCRIPTION:Organisation: Semences|")
            EVENT("b", "20261204T140000", "20261204T180000", "DESCRIPTION:organisatie: Niemand|")
                EVENT("c", "20261205T140000", "20261205T180000",
                      "DESCRIPTION:organisatie: Niemand|"));
    assert_int_equal(diary_row_at(calendar, "2026-12-03 14:00")->organisation.seq, 3);
    assert_int_equal(diary_row_at(calendar, "2026-12-04 14:00")->organisation.seq, 0);
    assert_true(diary_has_note(calendar, "The organisation \"Niemand\" is not known here."));
    size_t notes = calendar_note_count(calendar);
    diary_plan(calendar, &diary);
    assert_int_equal(calendar_note_count(calendar), notes);
    assert_int_equal(diary_take(calendar, &diary), RC_OK);
    assert_int_equal(diary.occasions[0].organisation.seq, 3);
    calendar_close(calendar);
    diary_close(&diary);
}

static void a_house_that_cannot_be_asked_ends_the_plan_and_a_full_one_the_facts(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    struct calendar *calendar = diary_read_events(&diary, SERIES(""));
    diary.lookup_fails = RC_IO;
    diary_plan(calendar, &diary);
    diary.lookup_fails = RC_OK;
    diary_plan(calendar, &diary);
    diary.fails_at = 3;
    assert_int_equal(diary_take(calendar, &diary), RC_FULL);
    assert_int_equal(diary.facts, 3);
    calendar_close(calendar);
    diary_close(&diary);
}

static void programs_get_the_plan_as_json(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, SERIES(CASH));
    diary.signed_up = 3;
    struct calendar *calendar =
        planned(&diary, SERIES(CASH "LOCATION:Kelder|") "BEGIN:VEVENT|UID:z|END:VEVENT|");
    json_t *preview = calendar_preview_json(calendar);
    assert_non_null(preview);
    assert_string_equal(json_text(preview, "format"), "iCalendar");
    assert_int_equal(json_number(preview, "changed", -1), 4);
    assert_int_equal(json_number(preview, "refused", -1), 1);
    assert_int_equal(json_number(preview, "signed_up", -1), 12);
    json_t *row = json_array_get(json_object_get(preview, "rows"), 1);
    assert_string_equal(json_text(row, "verdict"), "changed");
    assert_string_equal(json_string_value(json_array_get(json_object_get(row, "changes"), 0)),
                        "place");
    assert_int_equal(json_number(row, "signed_up", -1), 3);
    json_decref(preview);
    calendar_close(calendar);
    diary_close(&diary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moved_occasion_says_from_when_to_when_and_who_signed_up),
        cmocka_unit_test(a_series_moved_as_a_whole_keeps_its_occasions),
        cmocka_unit_test(what_is_on_moves_with_its_series_and_never_vanishes),
        cmocka_unit_test(a_series_from_another_name_is_the_same_series),
        cmocka_unit_test(what_the_file_cancels_is_cancelled),
        cmocka_unit_test(what_is_no_longer_there_vanishes_and_comes_back),
        cmocka_unit_test(nothing_vanishes_by_a_cut_file_another_format_or_a_refused_series),
        cmocka_unit_test(what_is_over_is_never_changed),
        cmocka_unit_test(shifts_keep_their_numbers),
        cmocka_unit_test(an_organisation_is_found_or_noted),
        cmocka_unit_test(a_house_that_cannot_be_asked_ends_the_plan_and_a_full_one_the_facts),
        cmocka_unit_test(programs_get_the_plan_as_json),
    };
    return cmocka_run_group_tests(tests, diary_set_up, NULL);
}
