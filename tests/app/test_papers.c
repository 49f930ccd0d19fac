/* What the register knows, on paper: on a house with two months in it (tests/support/month.h). */
#include "app/papers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/forget.h"
#include "app/store/lookup.h"
#include "app/store/report.h"
#include "tests/support/build.h"
#include "tests/support/month.h"
#include "tests/support/printed.h"

static struct month month;
static struct printed printed;
static struct venue venue;
static struct papers_about about;
static struct sink sink;
static struct reason reason;

static int set_up(void **state)
{
    (void)state;
    month = month_open();
    venue = venue_default();
    snprintf(venue.name, sizeof venue.name, "L’épi commun");
    about = (struct papers_about){
        .venue = &venue, .now = house_now(month.house), .language = LANGUAGE_EN};
    printed_begin(&printed);
    sink = (struct sink){printed.out.context, printed.out.write};
    reason = (struct reason){.text = ""};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    printed_finish(&printed);
    house_close(month.house);
    return 0;
}

static struct snapshot *open_snapshot(void)
{
    struct snapshot *snapshot;
    assert_int_equal(snapshot_open(month.house->path, &snapshot, &reason), RC_OK);
    return snapshot;
}

static enum rc call(int64_t *out_people)
{
    struct snapshot *snapshot = open_snapshot();
    enum rc rc = papers_roll_call(snapshot, &about, &sink, out_people, &reason);
    snapshot_close(snapshot);
    return rc;
}

static enum rc certify(struct fact_id id, int first_day, int last_day)
{
    struct person person;
    struct snapshot *snapshot = open_snapshot();
    assert_int_equal(lookup_person(snapshot_db(snapshot), id, &person), RC_OK);
    enum rc rc = papers_certificate(snapshot, &about, &person, first_day, last_day, &sink, &reason);
    snapshot_close(snapshot);
    return rc;
}

/* What is on it has these words, up to NULL, and not the one behind. */
static void assert_reads(const char *const *words, const char *not_this)
{
    if (!printed_can_be_read())
        return;
    char *text = printed_read(&printed);
    for (; *words; words++)
        if (!printed_says(text, *words))
            fail_msg("\"%s\" is missing in: %s", *words, text);
    if (not_this && printed_says(text, not_this))
        fail_msg("\"%s\" is in: %s", not_this, text);
    free(text);
}

static void who_is_in_is_on_the_list_with_whom_they_brought(void **state)
{
    int64_t people = 0;
    (void)state;
    assert_int_equal(call(&people), RC_OK);
    assert_int_equal(people, 1);
    assert_reads((const char *[]){"L’épi commun", "Ada", "with 2 guests", "with 1 child",
                                  "in since 10:15", "Page 1 of 1", NULL},
                 "Bilal");
}

static void a_clock_nobody_set_tells_no_hour_of_now(void **state)
{
    int64_t people;
    (void)state;
    about.now.trust = CLOCK_UNSET;
    about.now.wall_ms += 13 * HOUSE_HOUR_MS;
    assert_int_equal(call(&people), RC_OK);
    assert_reads((const char *[]){"The clock is not set", "may be wrong", "Ada", NULL},
                 "over 12 hours");
}

static void who_stays_long_is_asked_for(void **state)
{
    int64_t people;
    (void)state;
    about.now.wall_ms += 13 * HOUSE_HOUR_MS;
    assert_int_equal(call(&people), RC_OK);
    assert_reads((const char *[]){"Ada", "over 12 hours", NULL}, NULL);
}

static void a_certificate_says_the_hours_of_the_report(void **state)
{
    (void)state;
    snprintf(venue.place, sizeof venue.place, "Liège");
    snprintf(venue.words[LANGUAGE_EN], sizeof venue.words[LANGUAGE_EN], "Nights like these!");
    assert_int_equal(certify(month.ada, REPORT_FIRST_DAY, REPORT_LAST_DAY), RC_OK);
    assert_reads((const char *[]){"Ada", "9 h 45", "from 1 October 2026 to 23 November 2026",
                                  "Night watch 9 h", "Other help 45 min", "Liège, 23 November 2026",
                                  "Nights like these!", NULL},
                 "given freely");
}

static void a_certificate_of_some_days_has_those_alone(void **state)
{
    (void)state;
    assert_int_equal(certify(month.ada, 20261101, 20261231), RC_OK);
    assert_reads((const char *[]){"45 min", "from 1 November 2026 to 23 November 2026", NULL},
                 "Night watch");
}

/* Two months later nobody knows any more what it was they did; the hours stay theirs. */
static void hours_outlive_the_visits_that_they_are_of(void **state)
{
    const struct privacy privacy = {.visit_months = 1};
    int count = 0;
    (void)state;
    house_reboot(month.house, month_at(13, 10, 10, 0), CLOCK_SYNCED);
    const struct office office = {.now = house_now(month.house)};
    assert_int_equal(forget_old_visits(month.house->journal, &office, &privacy, &count, &reason),
                     RC_OK);
    assert_true(count > 0);
    assert_int_equal(house_number(month.house, "SELECT count(*) FROM visit WHERE day<20261101"), 0);
    about.now = house_now(month.house);
    assert_int_equal(certify(month.ada, REPORT_FIRST_DAY, REPORT_LAST_DAY), RC_OK);
    assert_reads((const char *[]){"Ada", "9 h of their time from 1 October 2026", NULL},
                 "Night watch");
}

static void staff_s_hours_are_no_gift(void **state)
{
    (void)state;
    assert_int_equal(certify(month.dora, REPORT_FIRST_DAY, REPORT_LAST_DAY), RC_EMPTY);
    assert_string_equal(reason.text, "there are no volunteer's hours of theirs in that time");
    assert_int_equal(printed.length, 0);
}

static void a_full_stick_is_said(void **state)
{
    int64_t people = -1;
    (void)state;
    printed.limit = 2000;
    assert_int_equal(call(&people), RC_FULL);
    assert_int_equal(people, -1);
    assert_non_null(strstr(reason.text, "could not be written"));
    assert_int_equal(certify(month.ada, REPORT_FIRST_DAY, REPORT_LAST_DAY), RC_FULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_is_in_is_on_the_list_with_whom_they_brought),
        TEST(a_clock_nobody_set_tells_no_hour_of_now),
        TEST(who_stays_long_is_asked_for),
        TEST(a_certificate_says_the_hours_of_the_report),
        TEST(a_certificate_of_some_days_has_those_alone),
        TEST(hours_outlive_the_visits_that_they_are_of),
        TEST(staff_s_hours_are_no_gift),
        TEST(a_full_stick_is_said),
    };
    char locale[4096];
    snprintf(locale, sizeof locale, "%s/locale", build_folder());
    papers_begin(locale);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    papers_finish();
    return failed;
}
