#include "app/exchange/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/diary.h"

static void expect_shift(const struct calendar_row *row, int index, const char *mission, int places,
                         const char *from, const char *to)
{
    assert_true(index < row->shift_count);
    assert_string_equal(row->shifts[index].mission, mission);
    assert_int_equal(row->shifts[index].places, places);
    assert_true(row->shifts[index].from_ms == diary_ms(from));
    assert_true(row->shifts[index].to_ms == diary_ms(to));
}

static void the_calendar_of_a_coop_is_unrolled(void **state)
{
    struct diary diary = diary_open();
    struct calendar *calendar = diary_read_file(&diary, DIARY_DATA "calendar.ics");
    (void)state;
    const struct calendar_row *row = diary_row_at(calendar, "2026-12-02 14:00");
    assert_non_null(row);
    assert_string_equal(row->title, "Permanence épicerie");
    assert_string_equal(row->place, "Rue de l'Exemple 12, 1060 Saint-Gilles");
    assert_string_equal(row->instance, "20261202T130000Z");
    assert_int_equal(row->kind, OCCASION_SHIFT);
    expect_shift(row, 0, "Caisse", 2, "2026-12-02 14:00", "2026-12-02 17:00");
    expect_shift(row, 1, "rayons", 3, "2026-12-02 14:00", "2026-12-02 17:00");
    assert_null(diary_row_at(calendar, "2026-11-25 14:00"));
    row = diary_row_at(calendar, "2026-11-25 15:00");
    assert_string_equal(row->title, "Permanence épicerie (décalée)");
    assert_string_equal(row->instance, "20261125T130000Z");
    expect_shift(row, 0, "Caisse", 2, "2026-11-25 15:00", "2026-11-25 18:00");
    assert_true(diary_row_at(calendar, "2026-12-30 14:00")->is_excluded);
    assert_int_equal(diary_row_at(calendar, "2026-12-04 18:30")->kind, OCCASION_DRINKS);
    assert_int_equal(diary_row_at(calendar, "2026-12-05 10:00")->kind, OCCASION_ASSEMBLY);
    assert_int_equal(diary_row_at(calendar, "2026-12-01 19:00")->kind, OCCASION_INFO);
    assert_int_equal(diary_row_at(calendar, "2026-12-03 16:30")->kind, OCCASION_BASKET);
    row = diary_row_at(calendar, "2026-12-13 00:00");
    assert_int_equal(row->kind, OCCASION_OPEN_DAY);
    assert_true(row->is_all_day && row->to_ms == diary_ms("2026-12-14 00:00"));
    assert_string_equal(row->instance, "");
    calendar_close(calendar);
    diary_close(&diary);
}

static void the_night_in_which_the_clocks_go_back_has_nine_hours(void **state)
{
    struct diary diary = diary_open();
    diary.now_ms = diary_ms("2026-10-20 12:00");
    struct calendar *calendar = diary_read_file(&diary, DIARY_DATA "calendar.ics");
    (void)state;
    const struct calendar_row *row = diary_row_at(calendar, "2026-10-24 22:00");
    assert_int_equal(row->to_ms - row->from_ms, 9 * 3600 * 1000);
    assert_int_equal(row->shift_count, 1);
    assert_string_equal(row->shifts[0].mission, "");
    assert_true(row->shifts[0].to_ms == row->to_ms);
    calendar_close(calendar);
    diary_close(&diary);
}

static void two_in_the_afternoon_stays_two_over_both_clock_changes(void **state)
{
    struct diary diary = diary_open();
    diary.now_ms = diary_ms("2026-10-20 12:00");
    struct calendar *calendar = diary_read_file(&diary, DIARY_DATA "calendar.ics");
    (void)state;
    assert_string_equal(diary_row_at(calendar, "2026-10-21 14:00")->instance, "20261021T120000Z");
    assert_string_equal(diary_row_at(calendar, "2026-10-28 14:00")->instance, "20261028T130000Z");
    assert_string_equal(diary_row_at(calendar, "2027-03-24 14:00")->instance, "20270324T130000Z");
    assert_string_equal(diary_row_at(calendar, "2027-03-31 14:00")->instance, "20270331T120000Z");
    assert_non_null(diary_row_at(calendar, "2027-06-30 14:00"));
    assert_null(diary_row_at(calendar, "2027-07-07 14:00"));
    calendar_close(calendar);
    diary_close(&diary);
}

static void nextcloud_is_read(void **state)
{
    struct diary diary = diary_open();
    struct calendar *calendar = diary_read_file(&diary, DIARY_DATA "calendar-nextcloud.ics");
    (void)state;
    const struct calendar_row *row = diary_row_at(calendar, "2026-12-01 18:00");
    assert_string_equal(row->title, "Permanence à l'épicerie coopérative : accueil des nouvelles "
                                    "et réapprovisionnement été");
    assert_int_equal(row->line, 7);
    assert_int_equal(row->shift_count, 3);
    expect_shift(row, 0, "Caisse", 2, "2026-12-01 18:00", "2026-12-01 20:30");
    expect_shift(row, 1, "Rayons", 3, "2026-12-01 18:00", "2026-12-01 20:30");
    expect_shift(row, 2, "Accueil", 1, "2026-12-01 18:00", "2026-12-01 19:00");
    assert_string_equal(row->shifts[2].circle, "ambassadeurs");
    assert_string_equal(row->shifts[0].referent, "Zoé Dubois");
    assert_int_equal(diary_row_at(calendar, "2026-12-08 18:00")->state, OCCASION_CANCELLED);
    row = diary_row_at(calendar, "2027-03-28 00:00");
    assert_int_equal(row->to_ms - row->from_ms, 23 * 3600 * 1000);
    assert_string_equal(row->instance, "20270328");
    for (size_t i = 0; i < calendar_count(calendar); i++)
        assert_string_not_equal(calendar_row(calendar, i)->title, "Acheter des pommes");
    calendar_close(calendar);
    diary_close(&diary);
}

static void google_is_read(void **state)
{
    struct diary diary = diary_open();
    struct calendar *calendar = diary_read_file(&diary, DIARY_DATA "calendar-google.ics");
    (void)state;
    assert_int_equal(calendar_count(calendar), 3);
    const struct calendar_row *row = diary_row_at(calendar, "2026-11-28 14:00");
    assert_int_equal(row->kind, OCCASION_SHIFT);
    assert_int_equal(row->shift_count, 2);
    expect_shift(row, 0, "Winkel", 2, "2026-11-28 14:00", "2026-11-28 17:00");
    expect_shift(row, 1, "Groentepakketten", 3, "2026-11-28 14:00", "2026-11-28 17:00");
    row = diary_row_at(calendar, "2026-12-11 18:00");
    assert_int_equal(row->kind, OCCASION_DRINKS);
    assert_string_equal(row->title, "Apéro de fin d'année 🍻");
    assert_int_equal(diary_row_at(calendar, "2026-12-10 18:00")->state, OCCASION_CANCELLED);
    calendar_close(calendar);
    diary_close(&diary);
}

static void outlook_is_read(void **state)
{
    struct diary diary = diary_open();
    struct calendar *calendar = diary_read_file(&diary, DIARY_DATA "calendar-outlook.ics");
    (void)state;
    const struct calendar_row *row = diary_row_at(calendar, "2026-11-26 16:30");
    assert_int_equal(row->kind, OCCASION_BASKET);
    assert_int_equal(row->shift_count, 2);
    expect_shift(row, 1, "accueil", 1, "2026-11-26 16:30", "2026-11-26 19:00");
    assert_true(diary_row_at(calendar, "2026-12-24 16:30")->is_excluded);
    assert_non_null(diary_row_at(calendar, "2027-04-22 16:30"));
    assert_null(diary_row_at(calendar, "2027-04-29 16:30"));
    assert_int_equal(diary_row_at(calendar, "2026-12-03 09:00")->kind, OCCASION_WORKSHOP);
    assert_false(diary_has_note(calendar, "time zone"));
    calendar_close(calendar);
    diary_close(&diary);
}

static void a_table_from_excel_is_read(void **state)
{
    struct diary diary = diary_open();
    struct calendar *calendar = diary_read_file(&diary, DIARY_DATA "calendar-excel-fr.csv");
    (void)state;
    assert_int_equal(calendar_count(calendar), 4);
    const struct calendar_row *row = diary_row_at(calendar, "2026-11-25 14:00");
    assert_string_equal(row->uid, "csv:2026-11-25/shift/permanence epicerie");
    assert_int_equal(row->shift_count, 2);
    expect_shift(row, 0, "Caisse", 2, "2026-11-25 14:00", "2026-11-25 17:00");
    expect_shift(row, 1, "Rayons", 3, "2026-11-25 14:00", "2026-11-25 15:30");
    assert_string_equal(row->shifts[0].skill, "caisse");
    assert_string_equal(row->shifts[0].referent, "1001");
    assert_string_equal(row->shifts[1].circle, "amis");
    row = diary_row_at(calendar, "2026-11-27 22:00");
    assert_true(row->to_ms == diary_ms("2026-11-28 06:00"));
    assert_string_equal(row->uid, "csv:pain-1");
    assert_int_equal(diary_row_at(calendar, "2026-12-05 10:00")->kind, OCCASION_ASSEMBLY);
    assert_true(diary_row_at(calendar, "2026-12-13 00:00")->is_all_day);
    calendar_close(calendar);
    diary_close(&diary);
}

static void what_is_taken_is_the_same_the_next_time(void **state)
{
    static const char *const files[] = {
        DIARY_DATA "calendar.ics", DIARY_DATA "calendar-nextcloud.ics",
        DIARY_DATA "calendar-google.ics", DIARY_DATA "calendar-outlook.ics",
        DIARY_DATA "calendar-excel-fr.csv"};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct diary diary = diary_open();
        struct calendar *calendar = diary_read_file(&diary, files[i]);
        diary_plan(calendar, &diary);
        assert_int_equal(diary_take(calendar, &diary), RC_OK);
        int64_t facts = diary.facts;
        assert_true(facts > 0 && facts == diary.count);
        diary_plan(calendar, &diary);
        assert_int_equal(diary_take(calendar, &diary), RC_OK);
        assert_true(diary.facts == facts);
        assert_int_equal(calendar_count_plan(calendar).rows[CALENDAR_CHANGED], 0);
        calendar_close(calendar);
        diary_close(&diary);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_calendar_of_a_coop_is_unrolled),
        cmocka_unit_test(the_night_in_which_the_clocks_go_back_has_nine_hours),
        cmocka_unit_test(two_in_the_afternoon_stays_two_over_both_clock_changes),
        cmocka_unit_test(nextcloud_is_read),
        cmocka_unit_test(google_is_read),
        cmocka_unit_test(outlook_is_read),
        cmocka_unit_test(a_table_from_excel_is_read),
        cmocka_unit_test(what_is_taken_is_the_same_the_next_time),
    };
    return cmocka_run_group_tests(tests, diary_set_up, NULL);
}
