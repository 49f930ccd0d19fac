/* hours, visits and report on a register with two months in it (tests/support/month.h). */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/forget.h"
#include "tests/support/month.h"
#include "tests/support/session.h"

static struct month month;
static struct said said;

static const char *const groupings[] = {"person",       "shift", "mission", "circle",
                                        "organisation", "month", "kind"};
#define GROUPINGS (sizeof groupings / sizeof groupings[0])

/* The register lies still; $M is its folder. Nobody is in: what time it is must not matter. */
static int set_up(void **state)
{
    session_set_up(state);
    month = month_open();
    house_press(month.house, month.ada, ANSWER_DEPARTURE);
    house_tap(month.house, HOUSE_BILAL);
    house_wait(month.house, 15 * HOUSE_MINUTE_MS);
    house_tap(month.house, HOUSE_BILAL);
    house_stop(month.house);
    setenv("M", month.house->data, 1);
    return 0;
}

static int tear_down(void **state)
{
    house_close(month.house);
    return session_tear_down(state);
}

static void hours_are_a_table_with_a_total(void **state)
{
    session_must(*state, &said, "$P hours --data $M | tr -s ' '");
    assert_string_equal(said.out, "number person volunteers staff assumed visits people\n"
                                  "1 Ada Dubois 9:45:00 0:00:00 0:00:00 2 1\n"
                                  "2 Bilal Dubois 4:55:00 0:00:00 2:10:00 3 1\n"
                                  "3 Chloé Dubois 3:25:00 0:00:00 2:10:00 4 1\n"
                                  " Dora Dubois 0:00:00 8:00:00 0:00:00 2 1\n"
                                  " total 18:05:00 8:00:00 4:20:00 11 4\n");
}

static void the_night_of_the_clock_change_has_nine_hours(void **state)
{
    session_must(*state, &said,
                 "$P hours --by shift --from 2026-10-24 --to 24/10/2026 --csv --profile strict"
                 " --data $M");
    assert_string_equal(said.out,
                        "begins_at,ends_at,shift,volunteer_time,volunteer_hours,staff_time,"
                        "staff_hours,assumed_time,assumed_hours,visits,people\r\n"
                        "2026-10-24T20:00:00Z,2026-10-25T05:00:00Z,Night watch,9:00:00,9.00,"
                        "0:00:00,0.00,0:00:00,0.00,1,1\r\n");
    session_must(*state, &said, "$P hours --from 2026-10-25 --to 2026-10-25 --data $M");
    assert_string_equal(said.out, "nobody was here in that time\n");
}

struct sums {
    int64_t volunteers, staff, assumed, visits, people;
};

static struct sums sums_of(const json_t *object)
{
    return (struct sums){json_number(object, "volunteer_seconds", -1),
                         json_number(object, "staff_seconds", -1),
                         json_number(object, "assumed_seconds", -1),
                         json_number(object, "visits", -1), json_number(object, "people", -1)};
}

/* Of its rows. */
static struct sums add_up(const json_t *told)
{
    struct sums all = {0, 0, 0, 0, 0};
    const json_t *rows = json_object_get(told, "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        struct sums row = sums_of(json_array_get(rows, i));
        all.volunteers += row.volunteers;
        all.staff += row.staff;
        all.assumed += row.assumed;
        all.visits += row.visits;
    }
    return all;
}

static void assert_adds_up(const struct sums *sum, const struct sums *total, const char *what)
{
    if (sum->volunteers != total->volunteers || sum->staff != total->staff ||
        sum->assumed != total->assumed || sum->visits != total->visits)
        fail_msg("%s: rows come to %lld and %lld s, the total says %lld and %lld", what,
                 (long long)sum->volunteers, (long long)sum->staff, (long long)total->volunteers,
                 (long long)total->staff);
}

static void every_grouping_adds_up_to_the_same_total(void **state)
{
    static const char *const spans[] = {"",
                                        "--month 2026-10",
                                        "--month 2026-11",
                                        "--organisation Vélo",
                                        "--organisation -",
                                        "--person 3",
                                        "--from 2026-11-01 --to 2026-11-05"};
    for (size_t s = 0; s < sizeof spans / sizeof spans[0]; s++) {
        struct sums first = {0, 0, 0, 0, 0};
        for (size_t by = 0; by < GROUPINGS; by++) {
            session_must(*state, &said, "$P hours --by %s %s --round none --json --data $M",
                         groupings[by], spans[s]);
            json_t *told = session_json(&said);
            struct sums sum = add_up(told), total = sums_of(json_object_get(told, "total"));
            assert_adds_up(&sum, &total, groupings[by]);
            first = by ? first : total;
            assert_adds_up(&total, &first, groupings[by]);
            assert_true(total.visits > 0 && total.people == first.people);
            json_decref(told);
        }
    }
}

static void a_rounded_table_adds_up_to_its_own_last_line(void **state)
{
    static const struct {
        const char *round;
        int64_t step_s, volunteers;
    } cases[] = {{"5", 300, 65100}, {"15", 900, 65700}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t by = 0; by < GROUPINGS; by++) {
            session_must(*state, &said, "$P hours --by %s --round %s --json --data $M",
                         groupings[by], cases[i].round);
            json_t *told = session_json(&said);
            struct sums sum = add_up(told), total = sums_of(json_object_get(told, "total"));
            sum.visits = total.visits;
            assert_adds_up(&sum, &total, groupings[by]);
            assert_true(sum.volunteers % cases[i].step_s == 0 && sum.staff == 28800);
            /* Ada 9:45, Bilal 4:55, Chloé 3:25: 5:00 and 3:30 by quarters of an hour. */
            if (by == 0)
                assert_int_equal(total.volunteers, cases[i].volunteers);
            json_decref(told);
        }
}

static void rows_say_what_they_are_about(void **state)
{
    session_must(*state, &said, "$P hours --by organisation --json --data $M");
    json_t *told = session_json(&said);
    const json_t *rows = json_object_get(told, "rows");
    assert_int_equal(json_array_size(rows), 3);
    assert_true(json_is_null(json_object_get(json_array_get(rows, 0), "organisation")));
    assert_string_equal(json_text(json_array_get(rows, 1), "organisation"), "Jardin");
    assert_int_equal(json_number(json_array_get(rows, 2), "volunteer_seconds", 0), 48000);
    assert_true(json_is_null(json_object_get(told, "from")));
    json_decref(told);
    session_must(*state, &said, "$P hours --by organisation --data $M");
    assert_non_null(strstr(said.out, "(the house)"));
    session_must(*state, &said, "$P hours --by shift --data $M | tail -2 | tr -s ' '");
    assert_memory_equal(said.out, " (no shift) 4:45:00 8:00:00", 27);
}

static void what_was_asked_wrongly_is_told_in_a_sentence(void **state)
{
    static const struct {
        const char *line, *sentence;
        int code;
    } wrong[] = {
        {"hours --by week", "not by \"week\"", COMMAND_MISUSED},
        {"hours --round 7", "not to \"7\"", COMMAND_MISUSED},
        {"hours --from yesterday", "\"yesterday\" is no date", COMMAND_MISUSED},
        {"hours --from 2026-11-02 --to 2026-11-01", "is after --to", COMMAND_MISUSED},
        {"hours --month 2026-13", "no month", COMMAND_MISUSED},
        {"hours --month 2026-11 --to 2026-11-01", "leave --from and --to", COMMAND_MISUSED},
        {"hours --csv --json", "either --csv or --json", COMMAND_MISUSED},
        {"hours --profile strict", "--profile is for --csv", COMMAND_MISUSED},
        {"hours --csv --profile lotus", "no profile \"lotus\"", COMMAND_MISUSED},
        {"hours --organisation Moulin", "called Moulin here; known are Jardin, Vélo",
         COMMAND_FAILED},
        {"hours --person 99", "nobody has the number 99", COMMAND_FAILED},
        {"visits --csv --json", "either --csv or --json", COMMAND_MISUSED},
        {"visits --to 2026-02-30", "no date", COMMAND_MISUSED},
        {"visits --person 99", "nobody has the number 99", COMMAND_FAILED},
        {"report --csv --json", "either --csv or --json", COMMAND_MISUSED},
        {"report --month 11", "no month", COMMAND_MISUSED},
        {"export $F/out --profile lotus", "no profile \"lotus\"", COMMAND_MISUSED},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        session_run(*state, &said, "$P %s --data $M", wrong[i].line);
        if (said.code != wrong[i].code || said.out[0] || !strstr(said.err, wrong[i].sentence))
            fail_msg("perron %s: exit code %d: %s%s", wrong[i].line, said.code, said.out, said.err);
    }
}

static void a_house_without_organisations_says_so(void **state)
{
    session_must(*state, &said, "$P people import app/share/demo/people.csv --data $D");
    session_run(*state, &said, "$P hours --organisation Vélo --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "called Vélo here; the house has none"));
    session_must(*state, &said, "$P hours --data $D");
    assert_string_equal(said.out, "nobody was here in that time\n");
    session_must(*state, &said, "$P hours --data $D --csv | wc -l");
    assert_string_equal(said.out, "1\n");
}

static void a_name_that_is_a_formula_is_defused(void **state)
{
    session_must(*state, &said,
                 "printf 'number;first name\\n1;=1+1\\n' > $F/l.csv;"
                 "$P people import $F/l.csv --data $M > $F/told;"
                 "$P hours --csv --data $M");
    assert_memory_equal(said.out, "\xEF\xBB\xBFnumber;person;", 17);
    assert_non_null(strstr(said.out, "1;'=1+1 Dubois;9:45:00;\"9,75\";"));
    session_must(*state, &said, "$P visits --csv --person 1 --data $M");
    assert_non_null(strstr(said.out, "1;Dubois;'=1+1;;2026-10-24;volunteer;open-day;"));
}

static void visits_are_those_of_the_days_and_of_the_person(void **state)
{
    session_must(*state, &said, "$P visits --month 2026-10 --data $M | tr -s ' '");
    assert_non_null(strstr(said.out, "2026-11-01 04:20:00 0:30:00 volunteer open-day"));
    assert_null(strstr(said.out, "04:30:00"));
    session_must(*state, &said, "$P visits --from 2026-11-01 --to 2026-11-01 --json --data $M");
    json_t *array = session_json(&said);
    assert_int_equal(json_array_size(array), 1);
    json_decref(array);
    session_must(*state, &said, "$P visits --person 2 --json --data $M");
    array = session_json(&said);
    assert_int_equal(json_array_size(array), 3);
    const json_t *row = json_array_get(array, 0);
    assert_string_equal(json_text(row, "day"), "2026-10-31");
    assert_string_equal(json_text(row, "organisation"), "Jardin");
    assert_string_equal(json_text(row, "as"), "volunteer");
    assert_string_equal(json_text(row, "occasion"), "open-day");
    assert_int_equal(json_number(row, "seconds", 0), 9000);
    json_decref(array);
    session_must(*state, &said, "$P visits --month 2025-01 --data $M");
    assert_string_equal(said.out, "there is no such visit\n");
}

static void visits_as_csv_are_the_lines_of_the_export(void **state)
{
    session_must(*state, &said,
                 "mkdir $F/out $F/strict; $P export $F/out --data $M > $F/told;"
                 "$P visits --csv --data $M | cmp - $F/out/2*/visits.csv;"
                 "$P export $F/strict --profile strict --data $M > $F/told;"
                 "$P visits --csv --profile strict --data $M"
                 " | cmp - $F/strict/2*/visits.csv; cat $F/strict/2*/visits.csv");
    assert_non_null(strstr(said.out, ",Jardin,2026-10-31,volunteer,open-day,"));
    assert_non_null(strstr(said.out, ",2026-11-30,staff,drinks,"));
}

static void an_organisation_takes_out_only_its_own(void **state)
{
    session_must(*state, &said,
                 "rm -rf $F/own; mkdir $F/own;"
                 "$P export $F/own --organisation Jardin --data $M > $F/told;"
                 "ls $F/own/2*; cut -d';' -f6 $F/own/2*/visits.csv | sort -u");
    assert_non_null(strstr(said.out, "visits.csv"));
    assert_null(strstr(said.out, "perron.db"));
    assert_null(strstr(said.out, "journal.jsonl"));
    assert_null(strstr(said.out, "roll-call.pdf"));
    assert_non_null(strstr(said.out, "Jardin"));
    assert_null(strstr(said.out, "Vélo"));
    session_run(*state, &said, "$P export $F/own --organisation Moulin --data $M");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "known are Jardin, Vélo"));
    session_must(*state, &said,
                 "rm -r $F/own/2*; $P export $F/own --organisation - --data $M > $F/told;"
                 "ls $F/own/2*; cut -d';' -f6 $F/own/2*/visits.csv | sort -u");
    assert_non_null(strstr(said.out, "visits.csv\n"));
    assert_null(strstr(said.out, "journal.jsonl"));
    assert_null(strstr(said.out, "Jardin"));
    assert_null(strstr(said.out, "Vélo"));
    session_must(*state, &said, "cat $F/own/2*/hours.csv");
    assert_non_null(strstr(said.out, ";;2026-1"));
}

/* What is everybody's is refused, not left out without a word. */
static void what_is_everybodys_does_not_go_with_one_organisation(void **state)
{
    static const struct {
        const char *files, *sentence;
    } wrong[] = {
        {"journal", "journal.jsonl: that is of everybody"},
        {"visits,database,roll-call", "perron.db, roll-call.pdf: that is of everybody"},
    };
    session_must(*state, &said, "rm -rf $F/own; mkdir $F/own");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        session_run(*state, &said, "$P export $F/own --organisation Jardin --files %s --data $M",
                    wrong[i].files);
        if (said.code != COMMAND_FAILED || said.out[0] || !strstr(said.err, wrong[i].sentence))
            fail_msg("%s: exit code %d: %s%s", wrong[i].files, said.code, said.out, said.err);
    }
    session_must(*state, &said, "test -z \"$(ls -A $F/own)\"");
}

static void people_go_out_and_come_in_with_all_their_fields(void **state)
{
    session_must(
        *state, &said,
        "printf 'number;first name;college;shares;paused until;private hours;basket;"
        "basket pauses;basket fetchers;about me\\n7;Zoe;workers;12;31/12/2026;oui;2 x half;"
        "20/12/2026 | 1/2/2027 - 5/2/2027;8 | Jef Peeters;I cook\\n' > $F/l.csv;"
        "$P people import $F/l.csv --data $D > $F/told; mkdir $F/out; $P export $F/out --data $D;"
        "$P people import $F/out/2*/people.csv --data $D; cat $F/out/2*/people.csv");
    assert_non_null(strstr(said.out, "0 new, 0 changed, 1 the same, 0 refused"));
    assert_non_null(strstr(said.out, ";workers;12;2026-12-31;yes;;2 x half;\"2026-12-20,2027-02-01/"
                                     "2027-02-05\";\"8 ; Jef Peeters\";I cook;0\r\n"));
    session_must(*state, &said, "$P people import $F/out/2*/people.csv --data $F/other");
    session_must(*state, &said, "$P people show 7 --data $F/other --json");
    assert_non_null(strstr(said.out, "\"college\":\"workers\",\"shares\":\"12\","
                                     "\"paused_until\":\"2026-12-31\",\"private_hours\":\"yes\","
                                     "\"basket\":\"2 x half\","
                                     "\"basket_pauses\":\"2026-12-20,2027-02-01/2027-02-05\","
                                     "\"basket_fetchers\":\"8 ; Jef Peeters\""));
}

static void a_month_of_the_house_is_told_in_figures(void **state)
{
    session_must(*state, &said, "$P report --month 2026-11 --data $M | tr -s ' '");
    static const char *const lines[] = {"2026-11-01 to 2026-11-30\n",
                                        "people 4\n",
                                        "people first-timers 1\n",
                                        "visits 8\n",
                                        "visits drinks 1\n",
                                        "guests adults 2\n",
                                        "hours volunteers 6:05:00\n",
                                        "hours staff 8:00:00\n",
                                        "hours assumed 4:20:00\n",
                                        "sign-ups came 2\n",
                                        "shifts held ",
                                        "shifts too-few 1\n",
                                        "circle core 2 3:40:00\n",
                                        "circle (no circle) 1 0:00:00\n"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!strstr(said.out, lines[i]))
            fail_msg("no '%s' in %s", lines[i], said.out);
    session_must(*state, &said, "$P report --month 2026-10 --json --data $M");
    json_t *told = session_json(&said);
    assert_int_equal(json_number(json_object_get(told, "people"), "first-timers", 0), 3);
    assert_int_equal(json_number(json_object_get(told, "seconds"), "volunteers", 0), 43200);
    assert_int_equal(json_number(json_object_get(told, "sign_ups"), "came", 0), 1);
    assert_int_equal(json_array_size(json_object_get(told, "circles")), 2);
    json_decref(told);
    session_must(*state, &said, "$P report --month 2026-11 --csv --profile strict --data $M");
    assert_memory_equal(said.out, "figure,of,count,time,hours\r\npeople,,4,,\r\n", 41);
    assert_non_null(strstr(said.out, "hours,volunteers,,6:05:00,6.08\r\n"));
    assert_non_null(strstr(said.out, "circle,core,2,3:40:00,3.67\r\n"));
}

static void without_a_month_the_report_is_of_this_one(void **state)
{
    session_must(*state, &said, "date +%%Y-%%m");
    char now[8];
    memcpy(now, said.out, 7);
    now[7] = 0;
    session_must(*state, &said, "$P report --json --data $M");
    json_t *told = session_json(&said);
    /* On the first, before the day ends at four, it is still the month before. */
    const char *from = json_text(told, "from");
    assert_non_null(from);
    assert_string_equal(from + 7, "-01");
    session_must(*state, &said, "date -d '4 hours ago' +%%Y-%%m");
    assert_true(strncmp(from, now, 7) == 0 || strncmp(from, said.out, 7) == 0);
    json_decref(told);
}

/* Once their visits are sums that are nobody's. */
static void count_everybody_by_number(void)
{
    struct privacy privacy = {.guest_days = 0};
    const struct office office = {.now = house_now(month.house)};
    int count = 1;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        privacy.count[kind] = PRIVACY_NUMBER;
    assert_int_equal(house_start(month.house), RC_OK);
    while (count)
        assert_int_equal(forget_who_was_counted(month.house->journal, &office, &privacy, &count,
                                                &month.house->reason),
                         RC_OK);
    house_stop(month.house);
}

static void how_many_people_were_only_counted_is_unknown_and_not_none(void **state)
{
    count_everybody_by_number();
    session_must(*state, &said, "$P report --month 2026-10 --data $M | tr -s ' '");
    assert_non_null(strstr(said.out, "\npeople unknown\npeople first-timers 0\nvisits 3\n"));
    assert_non_null(strstr(said.out, "\ncircle (no circle) unknown 12:00:00\n"));
    session_must(*state, &said, "$P report --month 2026-10 --csv --profile strict --data $M");
    assert_non_null(strstr(said.out, "\r\npeople,,unknown,,\r\n"));
    session_must(*state, &said, "$P report --month 2026-10 --json --data $M");
    json_t *told = session_json(&said);
    assert_true(json_is_null(json_object_get(json_object_get(told, "people"), "all")));
    const json_t *circle = json_array_get(json_object_get(told, "circles"), 0);
    assert_true(json_is_null(json_object_get(circle, "people")));
    json_decref(told);
    session_must(*state, &said, "$P hours --by month --month 2026-10 --data $M | tr -s ' '");
    assert_non_null(strstr(said.out, "2026-10 12:00:00 0:00:00 0:00:00 3 unknown\n"));
    assert_non_null(strstr(said.out, "total 12:00:00 0:00:00 0:00:00 3 unknown\n"));
    session_must(*state, &said, "$P hours --by month --month 2026-10 --json --data $M");
    told = session_json(&said);
    assert_true(json_is_null(json_object_get(json_object_get(told, "total"), "people")));
    json_decref(told);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(hours_are_a_table_with_a_total),
        TEST(the_night_of_the_clock_change_has_nine_hours),
        TEST(every_grouping_adds_up_to_the_same_total),
        TEST(a_rounded_table_adds_up_to_its_own_last_line),
        TEST(rows_say_what_they_are_about),
        TEST(what_was_asked_wrongly_is_told_in_a_sentence),
        TEST(a_house_without_organisations_says_so),
        TEST(a_name_that_is_a_formula_is_defused),
        TEST(visits_are_those_of_the_days_and_of_the_person),
        TEST(visits_as_csv_are_the_lines_of_the_export),
        TEST(an_organisation_takes_out_only_its_own),
        TEST(what_is_everybodys_does_not_go_with_one_organisation),
        TEST(people_go_out_and_come_in_with_all_their_fields),
        TEST(a_month_of_the_house_is_told_in_figures),
        TEST(how_many_people_were_only_counted_is_unknown_and_not_none),
        TEST(without_a_month_the_report_is_of_this_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
