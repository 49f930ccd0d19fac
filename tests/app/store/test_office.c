#include "app/store/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/secret.h"
#include "tests/support/desk.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])

static enum rc set_role(struct house *house, struct fact_id person, enum role role)
{
    struct office office = desk_office(house);
    return office_set_role(house->journal, &office, person, role, &house->reason);
}

static enum rc set(struct house *house, const char *name, const char *value)
{
    struct office office = desk_office(house);
    return office_set(house->journal, &office, name, value, 0, &house->reason);
}

/* --- rights and roles --- */

static void who_has_no_right_changes_nothing(void **state)
{
    struct house *house = *state;
    int64_t before = desk_facts(house);
    struct office office = {.by = BILAL(house), .now = house_now(house)};
    struct office_badge badge = desk_gift(ADA(house), DESK_SPARE);
    struct fact_id fact;
    desk_expect_refused(house, office_give_badge(house->journal, &office, &badge, &house->reason),
                        "does not open this");
    desk_expect_refused(
        house, office_set_role(house->journal, &office, BILAL(house), ROLE_STAFF, &house->reason),
        "does not open this");
    desk_expect_refused(
        house, office_add_person(house->journal, &office, "Eve", "", &fact, &house->reason),
        "does not open this");
    desk_expect_refused(house,
                        office_set(house->journal, &office, "volume", "9", 0, &house->reason),
                        "does not open this");
    assert_int_equal(desk_facts(house), before);
}

static void a_host_notes_somebody_from_paper_and_no_more(void **state)
{
    struct house *house = *state;
    struct office office = {.by = BILAL(house), .now = house_now(house)};
    struct fact_id person, fact;
    assert_int_equal(set_role(house, BILAL(house), ROLE_HOST), RC_OK);
    assert_int_equal(
        office_add_person(house->journal, &office, " Fatou ", "Ndiaye", &person, &house->reason),
        RC_OK);
    assert_int_equal(
        office_record(house->journal, &office, person, ANSWER_ARRIVAL, &fact, &house->reason),
        RC_OK);
    assert_int_equal(house_number(house, "SELECT how_in FROM visit"), PRESENCE_STAFF);
    desk_expect_refused(house,
                        office_set(house->journal, &office, "volume", "9", 0, &house->reason),
                        "does not open this");
    assert_true(house_holds(house));
}

static void the_last_member_of_staff_stays_staff(void **state)
{
    struct house *house = *state;
    desk_expect_refused(house, set_role(house, CHLOE(house), ROLE_NONE), "last member of staff");
    desk_expect_refused(house, set_role(house, CHLOE(house), ROLE_HOST), "last member of staff");
    assert_int_equal(set_role(house, CHLOE(house), ROLE_STAFF), RC_OK);
    assert_int_equal(set_role(house, ADA(house), ROLE_STAFF), RC_OK);
    assert_int_equal(set_role(house, ADA(house), ROLE_REFERENT), RC_OK);
    assert_int_equal(set_role(house, ADA(house), ROLE_STAFF), RC_OK);
    assert_int_equal(set_role(house, CHLOE(house), ROLE_NONE), RC_OK);
    desk_expect_refused(house, set_role(house, ADA(house), ROLE_NONE), "does not open this");
    assert_true(house_holds(house));
}

static void a_name_must_be_one(void **state)
{
    struct house *house = *state;
    struct office office = desk_office(house);
    struct fact_id person;
    char long_name[200];
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = 0;
    desk_expect_refused(
        house, office_add_person(house->journal, &office, "  ", "Dupont", &person, &house->reason),
        "first name is needed");
    desk_expect_refused(
        house,
        office_add_person(house->journal, &office, "Ada", long_name, &person, &house->reason),
        "too long");
}

/* --- codes --- */

static enum rc set_code(struct house *house, const struct office *office, struct fact_id person)
{
    char sealed[SECRET_SEALED_BYTES];
    assert_int_equal(secret_seal_alike(journal_key(house->journal), "BCDFGH", sealed), RC_OK);
    return office_set_code(house->journal, office, person, sealed, &house->reason);
}

static void staff_give_a_code_that_nobody_else_has(void **state)
{
    struct house *house = *state;
    struct office office = desk_office(house);
    assert_int_equal(set_code(house, &office, ADA(house)), RC_OK);
    int64_t before = desk_facts(house);
    assert_int_equal(set_code(house, &office, BILAL(house)), RC_BUSY);
    assert_int_equal(set_code(house, &office, (struct fact_id){1, 1}), RC_NOT_FOUND);
    office.by = BILAL(house);
    desk_expect_refused(house, set_code(house, &office, BILAL(house)), "does not open this");
    assert_int_equal(desk_facts(house), before);
    assert_true(house_holds(house));
}

/* --- settings --- */

static void the_latest_setting_counts(void **state)
{
    struct house *house = *state;
    assert_int_equal(set(house, "occasion", "drinks"), RC_OK);
    assert_int_equal(set(house, "volume", "7"), RC_OK);
    assert_int_equal(set(house, "occasion", "agora"), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM setting"), 2);
    assert_int_equal(house_number(house, "SELECT value='agora' FROM setting WHERE name='occasion'"),
                     1);
    assert_true(house_holds(house));
}

static void a_setting_has_a_name_and_one_line(void **state)
{
    static const char *const names[] = {"",        "Volume", "volume!",
                                        "vol ume", "v0lume", "abcdefghijklmnopqrstuvwxyz_abcdef"};
    struct house *house = *state;
    char value[OFFICE_SETTING_VALUE_BYTES + 2];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        desk_expect_refused(house, set(house, names[i], "7"), "no such setting");
    memset(value, 'a', sizeof value - 1);
    value[sizeof value - 1] = 0;
    desk_expect_refused(house, set(house, "volume", value), "one line");
    value[sizeof value - 2] = 0;
    assert_int_equal(set(house, "volume", value), RC_OK);
    desk_expect_refused(house, set(house, "volume", "a\nb"), "one line");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_has_no_right_changes_nothing),
        TEST(a_host_notes_somebody_from_paper_and_no_more),
        TEST(the_last_member_of_staff_stays_staff),
        TEST(a_name_must_be_one),
        TEST(staff_give_a_code_that_nobody_else_has),
        TEST(the_latest_setting_counts),
        TEST(a_setting_has_a_name_and_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
