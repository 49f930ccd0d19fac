/* What systemd hears of a loop, at a real datagram socket. */
#include "firmware/linux/watchdog_systemd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/manager.h"

static struct watchdog *open_watchdog(void)
{
    struct watchdog *watchdog;
    assert_int_equal(watchdog_open_systemd(&watchdog), RC_OK);
    return watchdog;
}

static void it_hears_ready_then_beats_then_stopping(void **state)
{
    struct manager manager;
    (void)state;
    manager_open(&manager, "30000000");
    struct watchdog *watchdog = open_watchdog();
    assert_string_equal(manager_hear(&manager, 0), "");
    watchdog_turn(watchdog, 1000);
    assert_string_equal(manager_hear(&manager, 0), "READY=1");
    watchdog_turn(watchdog, 15999);
    assert_string_equal(manager_hear(&manager, 0), "");
    watchdog_turn(watchdog, 16000);
    assert_string_equal(manager_hear(&manager, 0), "WATCHDOG=1");
    watchdog_stop(watchdog);
    assert_string_equal(manager_hear(&manager, 0), "STOPPING=1");
    watchdog_close(watchdog);
    manager_close(&manager);
}

static void a_unit_without_a_patience_gets_no_beat(void **state)
{
    struct manager manager;
    (void)state;
    manager_open(&manager, NULL);
    struct watchdog *watchdog = open_watchdog();
    watchdog_turn(watchdog, 1000);
    assert_string_equal(manager_hear(&manager, 0), "READY=1");
    assert_true(watchdog_due_ms(watchdog) == INT64_MAX);
    watchdog_close(watchdog);
    manager_close(&manager);
}

static void beats_that_another_process_owes_are_not_ours(void **state)
{
    struct manager manager;
    (void)state;
    manager_open(&manager, "30000000");
    setenv("WATCHDOG_PID", "1", 1);
    struct watchdog *watchdog = open_watchdog();
    watchdog_turn(watchdog, 1000);
    assert_true(watchdog_due_ms(watchdog) == INT64_MAX);
    watchdog_close(watchdog);
    unsetenv("WATCHDOG_PID");
    manager_close(&manager);
}

static void a_patience_that_is_no_number_asks_for_no_beat(void **state)
{
    struct manager manager;
    (void)state;
    manager_open(&manager, "soon");
    struct watchdog *watchdog = open_watchdog();
    watchdog_turn(watchdog, 1000);
    assert_string_equal(manager_hear(&manager, 0), "READY=1");
    assert_true(watchdog_due_ms(watchdog) == INT64_MAX);
    watchdog_close(watchdog);
    manager_close(&manager);
}

static void a_manager_that_went_away_is_tried_again(void **state)
{
    struct manager manager;
    (void)state;
    manager_open(&manager, "30000000");
    struct watchdog *watchdog = open_watchdog();
    manager_close(&manager);
    setenv("NOTIFY_SOCKET", manager.path, 1);
    watchdog_turn(watchdog, 1000);
    assert_true(watchdog_due_ms(watchdog) == 2000);
    manager_open(&manager, "30000000");
    watchdog_turn(watchdog, 2000);
    assert_string_equal(manager_hear(&manager, 0), "READY=1");
    watchdog_close(watchdog);
    manager_close(&manager);
}

static void who_was_started_by_hand_is_watched_by_nobody(void **state)
{
    struct watchdog *watchdog = NULL;
    (void)state;
    unsetenv("NOTIFY_SOCKET");
    assert_int_equal(watchdog_open_systemd(&watchdog), RC_UNSUPPORTED);
    assert_null(watchdog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_hears_ready_then_beats_then_stopping),
        cmocka_unit_test(a_unit_without_a_patience_gets_no_beat),
        cmocka_unit_test(beats_that_another_process_owes_are_not_ours),
        cmocka_unit_test(a_patience_that_is_no_number_asks_for_no_beat),
        cmocka_unit_test(a_manager_that_went_away_is_tried_again),
        cmocka_unit_test(who_was_started_by_hand_is_watched_by_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
