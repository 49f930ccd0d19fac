#include "app/ui/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/build.h"

static const int64_t at_ms = 1795524720000; /* Tuesday 2026-11-24 13:52 in Brussels */

static int set_up(void **state)
{
    char locale_dir[512];
    (void)state;
    setenv("TZ", "Europe/Brussels", 1);
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build_folder());
    return words_init(locale_dir) != RC_OK;
}

static int tear_down(void **state)
{
    (void)state;
    words_finish();
    return 0;
}

static void two_people_are_greeted_in_two_languages_at_once(void **state)
{
    (void)state;
    const char *french = words(LANGUAGE_FR, "Hello %s"), *dutch = words(LANGUAGE_NL, "Hello %s");
    const char *english = words(LANGUAGE_EN, "Hello %s");
    assert_string_equal(french, "Bonjour %s");
    assert_string_equal(dutch, "Dag %s");
    assert_string_equal(english, "Hello %s");
}

static void the_system_s_language_has_no_say(void **state)
{
    (void)state;
    setenv("LANGUAGE", "nl", 1);
    setenv("LC_ALL", "nl_BE.UTF-8", 1);
    assert_int_equal(set_up(state), 0);
    assert_string_equal(words(LANGUAGE_FR, "Undo"), "Annuler");
    assert_string_equal(words(LANGUAGE_EN, "Undo"), "Undo");
    unsetenv("LC_ALL");
}

static void each_language_counts_its_own_way(void **state)
{
    static const struct {
        enum language language;
        int number;
        const char *said;
    } rows[] = {
        {LANGUAGE_EN, 1, "One person is here"},  {LANGUAGE_EN, 12, "%d people are here"},
        {LANGUAGE_FR, 1, "Une personne est là"}, {LANGUAGE_FR, 12, "%d personnes sont là"},
        {LANGUAGE_FR, 0, "Une personne est là"}, {LANGUAGE_EN, 0, "%d people are here"},
        {LANGUAGE_NL, 1, "Eén persoon is hier"}, {LANGUAGE_NL, 2, "%d mensen zijn hier"},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(words_plural(rows[i].language, "One person is here",
                                         "%d people are here", rows[i].number),
                            rows[i].said);
}

static void times_are_written_as_each_language_writes_them(void **state)
{
    char text[WORDS_TIME_SIZE];
    (void)state;
    assert_string_equal(words_time(LANGUAGE_FR, at_ms, text, sizeof text), "13\u00a0h\u00a052");
    assert_string_equal(words_time(LANGUAGE_NL, at_ms, text, sizeof text), "13:52");
    assert_string_equal(words_time(LANGUAGE_EN, at_ms, text, sizeof text), "13:52");
    /* Before 1970 is still a time of day, not a crash: a Pi may wake up anywhere. */
    assert_string_equal(words_time(LANGUAGE_NL, -1, text, sizeof text), "0:59");
}

static void durations_are_short_and_never_negative(void **state)
{
    char text[WORDS_TIME_SIZE];
    (void)state;
    assert_string_equal(words_duration(LANGUAGE_FR, 11520, text, sizeof text), "3\u00a0h\u00a012");
    assert_string_equal(words_duration(LANGUAGE_NL, 11520, text, sizeof text), "3\u00a0u\u00a012");
    assert_string_equal(words_duration(LANGUAGE_EN, 3599, text, sizeof text), "59\u00a0min");
    assert_string_equal(words_duration(LANGUAGE_EN, -5, text, sizeof text), "0\u00a0min");
}

static void days_have_names_in_each_language(void **state)
{
    char text[WORDS_TIME_SIZE];
    (void)state;
    assert_string_equal(words_weekday(LANGUAGE_FR, at_ms, text, sizeof text), "mardi");
    assert_string_equal(words_weekday(LANGUAGE_NL, at_ms, text, sizeof text), "dinsdag");
    assert_string_equal(words_weekday(LANGUAGE_EN, at_ms, text, sizeof text), "Tuesday");
    assert_string_equal(words_date(LANGUAGE_FR, at_ms, text, sizeof text), "24 novembre");
    assert_string_equal(words_date(LANGUAGE_EN, at_ms, text, sizeof text), "24 November");
}

static void plans_are_said_in_full_hours_and_in_days(void **state)
{
    const int64_t hour_ms = 3600000, full_ms = at_ms - INT64_C(52) * 60000; /* 13:00 */
    char text[WORDS_TIME_SIZE];
    (void)state;
    assert_string_equal(words_hour(LANGUAGE_FR, full_ms, text, sizeof text), "13\u00a0h");
    assert_string_equal(words_hour(LANGUAGE_FR, at_ms, text, sizeof text), "13\u00a0h\u00a052");
    assert_string_equal(words_hour(LANGUAGE_NL, full_ms, text, sizeof text), "13:00");
    assert_string_equal(words_hours(LANGUAGE_NL, 8 * 3600, text, sizeof text), "8\u00a0u");
    assert_string_equal(words_hours(LANGUAGE_EN, 8 * 3600 + 1800, text, sizeof text),
                        "8\u00a0h\u00a030");
    assert_string_equal(words_hours(LANGUAGE_EN, 0, text, sizeof text), "0\u00a0min");
    const struct {
        int64_t from_ms, now_ms;
        const char *said;
    } rows[] = {
        {full_ms + 3 * hour_ms, at_ms, "today 16:00"},
        {full_ms - hour_ms, at_ms, "today 12:00"},
        {full_ms + 11 * hour_ms, at_ms, "tomorrow 0:00"}, /* midnight is the next day */
        {full_ms + 73 * hour_ms, at_ms, "Friday\u00a014:00"},
        {full_ms + 6 * 24 * hour_ms, at_ms, "Monday\u00a013:00"},
        {full_ms + 7 * 24 * hour_ms, at_ms, "1 December\u00a013:00"}, /* no longer this Tuesday */
        {full_ms, 0, "Tuesday\u00a013:00"},                           /* nobody knows the day */
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(
            words_when(LANGUAGE_EN, rows[i].from_ms, rows[i].now_ms, text, sizeof text),
            rows[i].said);
}

static void without_locales_everything_is_english(void **state)
{
    char text[WORDS_TIME_SIZE];
    assert_int_equal(words_init("/nowhere"), RC_NOT_FOUND);
    assert_string_equal(words(LANGUAGE_FR, "Hello %s"), "Hello %s");
    assert_string_equal(words_plural(LANGUAGE_FR, "one", "many", 0), "many");
    assert_string_equal(words_weekday(LANGUAGE_FR, at_ms, text, sizeof text), "Tuesday");
    assert_int_equal(set_up(state), 0);
    assert_string_equal(words(LANGUAGE_FR, "Hello %s"), "Bonjour %s");
}

static void what_is_too_long_is_cut_and_never_overruns(void **state)
{
    char text[8];
    (void)state;
    assert_string_equal(words_format(text, sizeof text, "%s", "Hippolyte"), "Hippoly");
}

static void who_wants_no_name_is_greeted_without_a_comma_too(void **state)
{
    char text[64];
    (void)state;
    assert_string_equal(words_greet(text, sizeof text, "Welcome, %s", "Zoé"), "Welcome, Zoé");
    assert_string_equal(words_greet(text, sizeof text, "Welcome, %s", ""), "Welcome");
    assert_string_equal(words_greet(text, sizeof text, "Bonjour %s", ""), "Bonjour");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_are_greeted_in_two_languages_at_once),
        cmocka_unit_test(the_system_s_language_has_no_say),
        cmocka_unit_test(each_language_counts_its_own_way),
        cmocka_unit_test(who_wants_no_name_is_greeted_without_a_comma_too),
        cmocka_unit_test(times_are_written_as_each_language_writes_them),
        cmocka_unit_test(durations_are_short_and_never_negative),
        cmocka_unit_test(days_have_names_in_each_language),
        cmocka_unit_test(plans_are_said_in_full_hours_and_in_days),
        cmocka_unit_test(without_locales_everything_is_english),
        cmocka_unit_test(what_is_too_long_is_cut_and_never_overruns),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
