#include "firmware/base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void the_systems_clock_tells_this_boot_and_never_runs_back(void **state)
{
    struct clock *clock;
    struct clock_reading first, second;
    static const uint8_t none[CLOCK_BOOT_BYTES];
    (void)state;
    assert_int_equal(clock_open_system(&clock), RC_OK);
    clock_read(clock, &first);
    clock_read(clock, &second);
    assert_false(clock_is_simulated(clock));
    assert_true(second.mono_ms >= first.mono_ms);
    assert_memory_equal(first.boot, second.boot, CLOCK_BOOT_BYTES);
    assert_memory_not_equal(first.boot, none, CLOCK_BOOT_BYTES);
    assert_true(llabs(first.wall_ms / 1000 - (int64_t)time(NULL)) <= 2);
    assert_true(first.trust >= CLOCK_UNSET && first.trust <= CLOCK_SYNCED);
    clock_close(clock);
}

static void staff_can_vouch_for_a_plausible_clock_only(void **state)
{
    struct clock *clock;
    struct clock_reading reading;
    (void)state;
    assert_int_equal(clock_open_system(&clock), RC_OK);
    clock_read(clock, &reading);
    enum clock_trust before = reading.trust;
    clock_set_by_staff(clock);
    clock_read(clock, &reading);
    assert_int_equal(reading.trust, before == CLOCK_SYNCED ? CLOCK_SYNCED : CLOCK_STAFF);
    clock_close(clock);
}

static void a_simulated_clock_moves_only_by_hand(void **state)
{
    struct clock *clock;
    struct clock_reading reading;
    (void)state;
    assert_int_equal(clock_open_simulated(1000000, CLOCK_PLAUSIBLE, 1, &clock), RC_OK);
    assert_true(clock_is_simulated(clock));
    clock_read(clock, &reading);
    assert_int_equal(reading.wall_ms, 1000000);
    assert_int_equal(reading.mono_ms, 600000);
    clock_advance(clock, 2500);
    assert_int_equal(clock_mono_ms(clock), 602500);
    clock_turn(clock, 5000000, CLOCK_STAFF);
    clock_read(clock, &reading);
    assert_int_equal(reading.wall_ms, 5000000);
    assert_int_equal(reading.mono_ms, 602500);
    assert_int_equal(reading.trust, CLOCK_STAFF);
    clock_close(clock);
}

static void another_boot_is_told_apart(void **state)
{
    struct clock *one, *other;
    struct clock_reading first, second;
    (void)state;
    assert_int_equal(clock_open_simulated(0, CLOCK_UNSET, 1, &one), RC_OK);
    assert_int_equal(clock_open_simulated(0, CLOCK_UNSET, 2, &other), RC_OK);
    clock_read(one, &first);
    clock_read(other, &second);
    assert_memory_not_equal(first.boot, second.boot, CLOCK_BOOT_BYTES);
    clock_close(one);
    clock_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_systems_clock_tells_this_boot_and_never_runs_back),
        cmocka_unit_test(staff_can_vouch_for_a_plausible_clock_only),
        cmocka_unit_test(a_simulated_clock_moves_only_by_hand),
        cmocka_unit_test(another_boot_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
