/* Newcomers who never came back are forgotten; whoever is more than that is not. */
#include "app/store/welcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/lookup.h"
#include "app/store/office.h"
#include "tests/support/desk.h"
#include "tests/support/porch.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define DAY_MS (24 * HOUSE_HOUR_MS)
#define DAYS 30

static const struct fact_id nobody = {0, 0};

static int forget(struct house *house)
{
    int count = -1;
    const struct office office = porch_office(house, nobody);
    assert_int_equal(welcome_forget(house->journal, &office, DAYS, &count, &house->reason), RC_OK);
    return count;
}

static int count_to_forget(struct house *house)
{
    int count = -1;
    assert_int_equal(
        welcome_count_to_forget(journal_db(house->journal), DAYS, house_now(house).wall_ms, &count),
        RC_OK);
    return count;
}

static enum rc forget_one(struct house *house, struct fact_id by, struct fact_id person)
{
    const struct office office = porch_office(house, by);
    return welcome_forget_one(house->journal, &office, person, &house->reason);
}

static bool is_in_file(const char *path, const char *text)
{
    static char bytes[4 << 20];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_in_range(length, 0, sizeof bytes - 1);
    return memmem(bytes, length, text, strlen(text)) != NULL;
}

/* Have the database or its log that text anywhere? */
static bool has_bytes(struct house *house, const char *text)
{
    char log[300];
    snprintf(log, sizeof log, "%s-wal", house->path);
    return is_in_file(house->path, text) || is_in_file(log, text);
}

static struct fact_id come_and_go(struct house *house, const char *name)
{
    struct fact_id person = porch_begin(house, name);
    porch_step(house, person, GUIDE_WHY, NEWCOMER_DONE);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_press(house, person, ANSWER_DEPARTURE).kind, ANSWER_DEPARTURE);
    return person;
}

static void who_never_came_back_is_forgotten_and_their_visit_still_counts(void **state)
{
    struct house *house = *state;
    struct person person;
    struct fact_id noor = come_and_go(house, "Noortje");
    porch_make_buddy(house, noor);
    house_wait(house, DAYS * DAY_MS - HOUSE_HOUR_MS - HOUSE_MINUTE_MS);
    assert_int_equal(forget(house), 0); /* not yet */
    house_wait(house, DAY_MS);
    assert_int_equal(count_to_forget(house), 1);
    assert_true(has_bytes(house, "Noortje")); /* the control */
    int64_t visits = house_number(house, "SELECT count(*) FROM visit");
    assert_int_equal(forget(house), 1);
    assert_int_equal(count_to_forget(house), 0);
    assert_int_equal(lookup_person(journal_db(house->journal), noor, &person), RC_EMPTY);
    assert_int_equal(house_number(house, "SELECT count(*) FROM newcomer"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM consent"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM keyholder WHERE code<>''"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), visits - 1);
    assert_int_equal(house_number(house, "SELECT visits FROM total"), 1);
    assert_int_equal(house_number(house, "SELECT seconds FROM total"), 3600);
    assert_true(house_holds(house));
    assert_false(has_bytes(house, "Noortje"));
    assert_int_equal(forget(house), 0);
    assert_true(house_holds(house));
}

/* --- what makes somebody more than a first visit --- */

static void gets_a_number(struct house *house, struct fact_id person)
{
    house_record(house, FACT_PERSON_CHANGED, person, json_pack("{s:s}", "number", "77"));
}

static void gets_a_role(struct house *house, struct fact_id person)
{
    house_record(house, FACT_ROLE_SET, person, json_pack("{s:s}", "role", "host"));
}

static void gets_a_badge(struct house *house, struct fact_id person)
{
    const struct office office = porch_office(house, person);
    const struct office_badge gift = desk_gift(person, DESK_SPARE);
    assert_int_equal(welcome_badge(house->journal, &office, person, &gift.badge, &house->reason),
                     RC_OK);
}

static void comes_another_day(struct house *house, struct fact_id person)
{
    house_wait(house, DAY_MS);
    assert_int_equal(house_press(house, person, ANSWER_ARRIVAL).kind, ANSWER_ARRIVAL);
    house_wait(house, HOUSE_HOUR_MS);
    (void)house_press(house, person, ANSWER_DEPARTURE);
}

static void promises_a_shift(struct house *house, struct fact_id person)
{
    int64_t from_ms = house_now(house).wall_ms + 60 * DAY_MS;
    house_record(house, FACT_SIGN_UP, person,
                 json_pack("{s:[i,i],s:i,s:s,s:I,s:I}", "occasion", 1, 1, "shift", 1, "mission",
                           "Bar", "from_ms", (json_int_t)from_ms, "to_ms",
                           (json_int_t)(from_ms + HOUSE_HOUR_MS)));
}

static void is_in_the_house(struct house *house, struct fact_id person)
{
    house_wait(house, (DAYS + 2) * DAY_MS - 10 * HOUSE_MINUTE_MS);
    (void)house_press(house, person, ANSWER_ARRIVAL);
}

static void who_is_more_than_a_first_visit_is_kept(void **state)
{
    static void (*const becomes[])(struct house * house, struct fact_id person) = {
        gets_a_number,     gets_a_role,      gets_a_badge,
        comes_another_day, promises_a_shift, is_in_the_house};
    (void)state;
    for (size_t i = 0; i < sizeof becomes / sizeof becomes[0]; i++) {
        void *own;
        assert_int_equal(porch_set_up(&own), 0);
        struct house *house = own;
        struct fact_id noor = come_and_go(house, "Noor");
        becomes[i](house, noor);
        if (becomes[i] != is_in_the_house)
            house_wait(house, (DAYS + 2) * DAY_MS);
        if (count_to_forget(house) != 0 || forget(house) != 0)
            fail_msg("the %zuth is forgotten all the same", i);
        desk_expect_refused(house, forget_one(house, nobody, noor), "more than a first visit");
        assert_true(house_holds(house));
        porch_tear_down(&own);
    }
}

static void a_badge_that_came_back_keeps_nobody(void **state)
{
    struct house *house = *state;
    struct fact_id noor = come_and_go(house, "Noor");
    const struct office office = desk_office(house);
    gets_a_badge(house, noor);
    house_wait(house, (DAYS + 2) * DAY_MS);
    assert_int_equal(count_to_forget(house), 0);
    assert_int_equal(
        office_withdraw(house->journal, &office, noor, NULL, OFFICE_RETURNED, &house->reason),
        RC_OK);
    assert_int_equal(forget(house), 1);
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_UNKNOWN);
    assert_true(house_holds(house));
}

static void a_member_who_never_began_is_never_forgotten(void **state)
{
    struct house *house = *state;
    house_wait(house, 400 * DAY_MS);
    assert_int_equal(forget(house), 0);
    desk_expect_refused(house, forget_one(house, nobody, ADA(house)), "more than a first visit");
}

static void nobody_is_forgotten_by_a_clock_that_cannot_be_trusted(void **state)
{
    struct house *house = *state;
    come_and_go(house, "Noor");
    int64_t wall_ms = house_now(house).wall_ms + 90 * DAY_MS;
    house_reboot(house, wall_ms, CLOCK_UNSET);
    assert_int_equal(forget(house), 0);
    house_reboot(house, wall_ms, CLOCK_SYNCED);
    assert_int_equal(forget(house), 1);
}

static void one_may_be_forgotten_at_once_by_themselves_or_staff(void **state)
{
    struct house *house = *state;
    struct person person;
    struct fact_id noor = come_and_go(house, "Noor"), jef = come_and_go(house, "Jef");
    desk_expect_refused(house, forget_one(house, ADA(house), noor), "badge");
    house_record(house, FACT_ROLE_SET, ADA(house), json_pack("{s:s}", "role", "host"));
    desk_expect_refused(house, forget_one(house, ADA(house), noor), "badge");
    assert_int_equal(forget_one(house, noor, noor), RC_OK);
    assert_int_equal(forget_one(house, desk_office(house).by, jef), RC_OK);
    assert_int_equal(lookup_person(journal_db(house->journal), jef, &person), RC_EMPTY);
    assert_int_equal(forget_one(house, nobody, jef), RC_NOT_FOUND);
    assert_true(house_holds(house));
}

static void many_are_forgotten_a_part_at_a_time(void **state)
{
    struct house *house = *state;
    char name[32];
    for (int i = 0; i < WELCOME_FORGET_MAX + 3; i++) {
        snprintf(name, sizeof name, "Guest %d", i);
        porch_begin(house, name);
    }
    house_wait(house, (DAYS + 2) * DAY_MS);
    assert_int_equal(count_to_forget(house), WELCOME_FORGET_MAX + 3);
    assert_int_equal(forget(house), WELCOME_FORGET_MAX);
    assert_int_equal(forget(house), 3);
    assert_int_equal(forget(house), 0);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, porch_set_up, porch_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_never_came_back_is_forgotten_and_their_visit_still_counts),
        cmocka_unit_test(who_is_more_than_a_first_visit_is_kept),
        TEST(a_badge_that_came_back_keeps_nobody),
        TEST(a_member_who_never_began_is_never_forgotten),
        TEST(nobody_is_forgotten_by_a_clock_that_cannot_be_trusted),
        TEST(one_may_be_forgotten_at_once_by_themselves_or_staff),
        TEST(many_are_forgotten_a_part_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
