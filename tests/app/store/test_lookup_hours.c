/* What people gave and promised, as the register answers it. */
#include "app/store/lookup_hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/house.h"

/* HOUSE_BEGIN_MS is 14:00. */
#define AT(hour) (HOUSE_BEGIN_MS + ((hour)-14) * HOUSE_HOUR_MS)
#define DAY 20261121
#define ADA(house) ((house)->people[HOUSE_IS_ADA])

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

static void promise(struct house *house, struct fact_id person, int number, int64_t from_ms,
                    int64_t to_ms)
{
    house_record(house, FACT_SIGN_UP, person,
                 json_pack("{s:[I,I],s:i,s:I,s:I}", "occasion", (json_int_t)9, (json_int_t)1,
                           "shift", number, "from_ms", (json_int_t)from_ms, "to_ms",
                           (json_int_t)to_ms));
}

static void correct(struct house *house, struct fact_id visit, const char *side, int64_t at_ms)
{
    house_record(house, FACT_CORRECTION, ADA(house),
                 json_pack("{s:[I,I],s:I}", "visit", (json_int_t)visit.station,
                           (json_int_t)visit.seq, side, (json_int_t)at_ms));
}

static int64_t given(struct house *house, int first_day, int last_day)
{
    int64_t seconds = -1;
    assert_int_equal(lookup_hours_given(journal_db(house->journal), ADA(house), first_day, last_day,
                                        house_now(house).wall_ms, &seconds),
                     RC_OK);
    return seconds;
}

static void who_never_came_gave_nothing(void **state)
{
    assert_int_equal(given(*state, DAY, DAY), 0);
}

static void what_was_given_is_the_sum_of_days_with_the_open_visit_up_to_now(void **state)
{
    struct house *house = *state;
    for (int day = 0; day < 3; day++) {
        house_tap(house, HOUSE_ADA);
        house_wait(house, HOUSE_HOUR_MS);
        house_tap(house, HOUSE_ADA);
        house_wait(house, 23 * HOUSE_HOUR_MS);
    }
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS / 2);
    assert_int_equal(given(house, DAY, DAY), 3600);
    assert_int_equal(given(house, DAY, DAY + 2), 3 * 3600);
    assert_int_equal(given(house, DAY + 3, DAY + 3), 1800);
    assert_int_equal(given(house, DAY, DAY + 3), 3 * 3600 + 1800);
    house_wait(house, 20 * HOUSE_HOUR_MS); /* past its end: nobody knows */
    assert_int_equal(given(house, DAY + 3, DAY + 3), 0);
    assert_true(house_holds(house));
}

static void a_visit_over_midnight_is_given_on_the_day_it_began(void **state)
{
    struct house *house = *state;
    house_wait(house, 9 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    assert_int_equal(given(house, DAY, DAY), 7200);
    assert_int_equal(given(house, DAY + 1, DAY + 1), 0);
}

static void one_visit_is_answered_for_alone_open_or_ended(void **state)
{
    struct house *house = *state;
    int64_t seconds;
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    struct presence presence = house_visits(house, ADA(house));
    assert_int_equal(lookup_hours_of(journal_db(house->journal), ADA(house), &presence.visits[0],
                                     AT(15), &seconds),
                     RC_OK);
    assert_int_equal(seconds, 3600);
    presence_finish(&presence);
    house_tap(house, HOUSE_ADA);
    presence = house_visits(house, ADA(house));
    assert_int_equal(lookup_hours_of(journal_db(house->journal), ADA(house), &presence.visits[0],
                                     AT(20), &seconds),
                     RC_OK);
    assert_int_equal(seconds, 3600);
    presence_finish(&presence);
}

static void promises_that_end_later_come_by_their_beginning(void **state)
{
    struct house *house = *state;
    struct sign_ups sign_ups;
    promise(house, ADA(house), 1, AT(18), AT(20));
    promise(house, ADA(house), 2, AT(15), AT(16));
    promise(house, ADA(house), 3, AT(16), AT(17));
    promise(house, house->people[HOUSE_IS_BILAL], 1, AT(16), AT(17));
    assert_int_equal(
        lookup_hours_sign_ups(journal_db(house->journal), ADA(house), AT(16), &sign_ups), RC_OK);
    assert_int_equal(sign_ups.count, 2);
    assert_int_equal(sign_ups.rows[0].of.number, 3);
    assert_int_equal(sign_ups.rows[1].of.number, 1);
    sign_ups_finish(&sign_ups);
    assert_true(house_holds(house));
}

/* --- those who are in --- */

struct counted {
    int rows;
    int64_t seconds, of_shifts;
};

static enum rc count(void *context, struct fact_id person, const struct stint *stint)
{
    struct counted *counted = context;
    assert_false(fact_id_is_none(person));
    counted->rows++;
    counted->seconds += stint->seconds;
    counted->of_shifts += stint->of.number ? stint->seconds : 0;
    return RC_OK;
}

static enum rc refuse(void *context, struct fact_id person, const struct stint *stint)
{
    (void)person, (void)stint;
    ++*(int *)context;
    return RC_LIMIT;
}

static void open_visits_are_cut_as_they_stand_now(void **state)
{
    struct house *house = *state;
    struct counted counted = {.rows = 0};
    int calls = 0;
    promise(house, ADA(house), 1, AT(15), AT(16));
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_CHLOE);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_CHLOE); /* has left: the views have hers */
    house_wait(house, HOUSE_HOUR_MS);
    struct db *db = journal_db(house->journal);
    assert_int_equal(lookup_hours_open(db, DAY, DAY, AT(16), count, &counted), RC_OK);
    assert_int_equal(counted.rows, 3);
    assert_int_equal(counted.seconds, 4 * 3600);
    assert_int_equal(counted.of_shifts, 5400);
    counted.rows = 0;
    assert_int_equal(lookup_hours_open(db, DAY + 1, DAY + 9, AT(16), count, &counted), RC_OK);
    assert_int_equal(counted.rows, 0);
    assert_int_equal(lookup_hours_open(db, DAY, DAY, AT(16), refuse, &calls), RC_LIMIT);
    assert_int_equal(calls, 1);
}

/* --- what the tables keep --- */

/* Of a visit's stints the first stays and the second goes, while another visit follows. */
static void a_stint_that_goes_takes_no_other_of_its_visit_along(void **state)
{
    struct house *house = *state;
    promise(house, ADA(house), 1, AT(14), AT(15));
    struct fact_id visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 5 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    assert_int_equal(house_number(house, "SELECT count(*) FROM stint"), 3);
    correct(house, visit, "left_ms", AT(17));
    assert_int_equal(house_number(house, "SELECT count(*) FROM stint"), 2);
    assert_true(house_holds(house));
    correct(house, visit, "left_ms", AT(19)); /* and back */
    assert_int_equal(house_number(house, "SELECT count(*) FROM stint"), 3);
    assert_true(house_holds(house));
}

static void shifts_out_of_order_are_kept_by_number(void **state)
{
    struct house *house = *state;
    house_record(house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                 json_pack("{s:I,s:I,s:[{s:i,s:I,s:I},{s:i,s:I,s:I}]}", "from_ms",
                           (json_int_t)AT(14), "to_ms", (json_int_t)AT(18), "shifts", "number", 2,
                           "from_ms", (json_int_t)AT(14), "to_ms", (json_int_t)AT(16), "number", 1,
                           "from_ms", (json_int_t)AT(16), "to_ms", (json_int_t)AT(18)));
    assert_true(house_holds(house));
}

/* Another station may say anything, in any order; the person's views stay. */
static void a_fact_of_one_kind_about_another_hides_nothing(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    struct fact_id occasion = house_record(
        house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
        json_pack("{s:I,s:I}", "from_ms", (json_int_t)AT(14), "to_ms", (json_int_t)AT(18)));
    house_record(house, FACT_OCCASION_CHANGED, ADA(house), json_pack("{s:s}", "title", "x"));
    house_record(house, FACT_PRESS, occasion, json_pack("{s:s}", "answer", "arrival"));
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    assert_int_equal(given(house, DAY, DAY), 3600);
    house_erase(house, occasion); /* the tombstone is about the occasion */
    assert_int_equal(house_number(house, "SELECT count(*) FROM occasion"), 0);
    assert_true(house_holds(house));
}

/* What verify is for: each column of the new tables, changed behind its back, is found. */
static void a_changed_hour_promise_or_occasion_is_found(void **state)
{
    static const char *const changes[] = {
        "UPDATE stint SET seconds=seconds+1",
        "UPDATE stint SET from_ms=from_ms-1000",
        "UPDATE stint SET is_staff=1",
        "UPDATE stint SET day=20261122",
        "UPDATE stint SET shift=9",
        "DELETE FROM stint",
        "UPDATE sign_up SET to_ms=to_ms+1",
        "UPDATE sign_up SET end=1",
        "UPDATE sign_up SET visit_seq=0",
        "DELETE FROM sign_up",
        "UPDATE visit SET stop_ms=1",
        "UPDATE visit SET assumed_ms=1",
        "UPDATE visit SET is_staff=1",
        "UPDATE visit SET kind=3",
        "UPDATE occasion SET title='Ball'",
        "UPDATE occasion SET state=77",
        "UPDATE shift SET places=7",
        "DELETE FROM shift",
        ("INSERT INTO occasion SELECT station, 999, organisation_station, organisation_seq, kind,"
         " state, uid, instance, title, place, from_ms, to_ms, is_all_day, source FROM occasion"),
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct house *house = i ? house_open() : *state;
        house_record(house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                     json_pack("{s:I,s:I,s:[{s:i,s:I,s:I}]}", "from_ms", (json_int_t)AT(14),
                               "to_ms", (json_int_t)AT(18), "shifts", "number", 1, "from_ms",
                               (json_int_t)AT(14), "to_ms", (json_int_t)AT(16)));
        promise(house, ADA(house), 1, AT(14), AT(15));
        house_tap(house, HOUSE_ADA);
        house_wait(house, HOUSE_HOUR_MS);
        house_tap(house, HOUSE_ADA);
        assert_true(house_holds(house));
        house_tamper(house, changes[i]);
        struct verify_result result = house_verify(house);
        if (verify_holds(&result))
            fail_msg("not found: %s", changes[i]);
        if (i)
            house_close(house);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_never_came_gave_nothing),
        TEST(what_was_given_is_the_sum_of_days_with_the_open_visit_up_to_now),
        TEST(a_visit_over_midnight_is_given_on_the_day_it_began),
        TEST(one_visit_is_answered_for_alone_open_or_ended),
        TEST(promises_that_end_later_come_by_their_beginning),
        TEST(open_visits_are_cut_as_they_stand_now),
        TEST(a_stint_that_goes_takes_no_other_of_its_visit_along),
        TEST(shifts_out_of_order_are_kept_by_number),
        TEST(a_fact_of_one_kind_about_another_hides_nothing),
        TEST(a_changed_hour_promise_or_occasion_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
