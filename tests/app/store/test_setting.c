#include "app/store/setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/store/office.h"
#include "tests/support/house.h"

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

static void set(struct house *house, const char *name, const char *value, int64_t until_ms)
{
    struct office office = {.now = house_now(house)};
    assert_int_equal(office_set(house->journal, &office, name, value, until_ms, &house->reason),
                     RC_OK);
}

static void assert_setting(struct house *house, const char *name, const char *expected)
{
    char value[OFFICE_SETTING_VALUE_BYTES + 1] = "untouched";
    assert_int_equal(setting_get(journal_db(house->journal), journal_station(house->journal), name,
                                 house_now(house).wall_ms, value, sizeof value),
                     RC_OK);
    assert_string_equal(value, expected);
}

static void what_was_set_last_holds_until_it_ends(void **state)
{
    struct house *house = *state;
    assert_setting(house, "occasion", "");
    set(house, "occasion", "drinks", 0);
    set(house, "occasion", "agora", house_now(house).wall_ms + HOUSE_HOUR_MS);
    assert_setting(house, "occasion", "agora");
    house_wait(house, HOUSE_HOUR_MS);
    assert_setting(house, "occasion", ""); /* and not drinks again: nobody said so */
    set(house, "occasion", "drinks", 0);
    assert_setting(house, "occasion", "drinks");
    assert_true(house_holds(house));
}

static void a_restart_keeps_what_was_set(void **state)
{
    struct house *house = *state;
    set(house, "volume", "7", 0);
    house_restart(house);
    assert_setting(house, "volume", "7");
}

static void a_list_has_what_holds_now(void **state)
{
    struct house *house = *state;
    struct setting settings[4];
    size_t count;
    set(house, "volume", "7", 0);
    set(house, "occasion", "agora", house_now(house).wall_ms + HOUSE_HOUR_MS);
    set(house, "brightness", "3", 0);
    set(house, "brightness", "", 0);
    for (int64_t expected = 2; expected > 0; expected--) {
        assert_int_equal(setting_list(journal_db(house->journal), journal_station(house->journal),
                                      house_now(house).wall_ms, 4, settings, &count),
                         RC_OK);
        assert_int_equal(count, expected);
        assert_string_equal(settings[count - 1].name, "volume");
        house_wait(house, 2 * HOUSE_HOUR_MS);
    }
    assert_int_equal(setting_list(journal_db(house->journal), 1, 0, 4, settings, &count), RC_OK);
    assert_int_equal(count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_set_last_holds_until_it_ends),
        TEST(a_restart_keeps_what_was_set),
        TEST(a_list_has_what_holds_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
