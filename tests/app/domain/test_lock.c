#include "app/domain/lock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/random.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

static struct clock_reading reading(unsigned boot, int64_t mono_ms)
{
    struct clock_reading now = {.mono_ms = mono_ms};
    memcpy(now.boot, &boot, sizeof boot);
    return now;
}

static struct lock locked(int64_t misses, unsigned boot, int64_t mono_ms)
{
    struct lock lock = {.misses = misses, .mono_ms = mono_ms};
    memcpy(lock.boot, &boot, sizeof boot);
    return lock;
}

static int64_t left_ms(const struct lock *lock, unsigned boot, int64_t mono_ms)
{
    struct clock_reading now = reading(boot, mono_ms);
    return lock_left_ms(lock, &now);
}

static void the_fifth_miss_locks_and_each_further_one_doubles(void **state)
{
    static const int64_t expected[] = {
        0,          0,          0,          0,           0,           30 * SECOND, 1 * MINUTE,
        2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE, 32 * MINUTE, HOUR,        HOUR,
    };
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_int_equal(lock_duration_ms((int64_t)i), expected[i]);
    assert_int_equal(lock_duration_ms(INT64_MAX), HOUR);
    assert_int_equal(lock_duration_ms(-1), 0);
}

static void a_lock_ends_to_the_millisecond(void **state)
{
    struct lock lock = locked(5, 1, 600 * SECOND);
    (void)state;
    assert_int_equal(left_ms(&lock, 1, 600 * SECOND), 30 * SECOND);
    assert_int_equal(left_ms(&lock, 1, 629 * SECOND + 999), 1);
    assert_int_equal(left_ms(&lock, 1, 630 * SECOND), 0);
    assert_int_equal(left_ms(&lock, 1, 100 * HOUR), 0);
}

static void over_a_restart_only_the_uptime_counts(void **state)
{
    struct lock lock = locked(12, 1, 50 * HOUR);
    (void)state;
    assert_int_equal(left_ms(&lock, 2, 0), HOUR);
    assert_int_equal(left_ms(&lock, 2, 20 * MINUTE), 40 * MINUTE);
    assert_int_equal(left_ms(&lock, 2, HOUR), 0);
}

static void the_wall_clock_says_nothing(void **state)
{
    static const int64_t walls_ms[] = {0, INT64_MIN, INT64_MAX, 4102444800000};
    struct lock lock = locked(6, 1, MINUTE);
    (void)state;
    for (size_t i = 0; i < sizeof walls_ms / sizeof walls_ms[0]; i++) {
        struct clock_reading now = reading(1, MINUTE);
        now.wall_ms = walls_ms[i];
        now.trust = CLOCK_SYNCED;
        assert_int_equal(lock_left_ms(&lock, &now), MINUTE);
    }
}

static void a_clock_that_ran_backwards_only_keeps_the_lock(void **state)
{
    struct lock lock = locked(5, 1, HOUR);
    (void)state;
    assert_int_equal(left_ms(&lock, 1, MINUTE), 30 * SECOND);
}

/* --- nobody gets in sooner by pulling plugs and turning clocks --- */

/* A machine as it is, and what a lock of another kind would remember. */
struct machine {
    int64_t true_ms; /* what really passed */
    int64_t wall_ms, mono_ms;
    unsigned boot;
    struct lock lock;
    int64_t missed_true_ms, missed_wall_ms;
    int64_t memory_misses; /* of a lock that a kill forgets */
};

static struct clock_reading now_of(const struct machine *machine)
{
    struct clock_reading now = reading(machine->boot, machine->mono_ms);
    now.wall_ms = machine->wall_ms;
    return now;
}

static void pass(struct machine *machine, int64_t ms)
{
    machine->true_ms += ms;
    machine->wall_ms += ms;
    machine->mono_ms += ms;
}

static void miss(struct machine *machine)
{
    machine->lock = locked(machine->lock.misses + 1, machine->boot, machine->mono_ms);
    machine->missed_true_ms = machine->true_ms;
    machine->missed_wall_ms = machine->wall_ms;
    machine->memory_misses++;
}

/* What somebody at the door with a plug and a screwdriver can do. */
static void disturb(struct machine *machine, struct random *random)
{
    switch (random_below(random, 4)) {
    case 0: pass(machine, random_below(random, 2 * 3600) * SECOND); break;
    case 1: machine->wall_ms += ((int64_t)random_below(random, 200000) - 100000) * SECOND; break;
    case 2: /* off for a while, and up again */
        machine->true_ms += random_below(random, 600) * SECOND;
        machine->boot++;
        machine->mono_ms = 0;
        machine->memory_misses = 0;
        pass(machine, random_below(random, 60) * SECOND);
        break;
    default: machine->memory_misses = 0; break; /* kill -9 */
    }
}

static int64_t left_by_wall_ms(const struct machine *machine)
{
    int64_t left =
        lock_duration_ms(machine->lock.misses) - (machine->wall_ms - machine->missed_wall_ms);
    return left > 0 ? left : 0;
}

/* The rule never lets anybody in sooner; a lock by the wall clock or in memory only (the controls)
   does. */
static void no_plug_and_no_clock_shortens_a_lock(void **state)
{
    struct random random = random_for_test("no_plug_and_no_clock_shortens_a_lock");
    long sooner_by_wall = 0, sooner_by_memory = 0, still_locked = 0;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct machine machine = {.mono_ms = 10 * MINUTE, .boot = 1, .wall_ms = 1795266000000};
        for (int i = 0; i < 40; i++) {
            if (random_below(&random, 2))
                miss(&machine);
            else
                disturb(&machine, &random);
            struct clock_reading now = now_of(&machine);
            int64_t owed_ms =
                lock_duration_ms(machine.lock.misses) - (machine.true_ms - machine.missed_true_ms);
            int64_t left = lock_left_ms(&machine.lock, &now);
            assert_true(left >= owed_ms);
            assert_true(left <= lock_duration_ms(machine.lock.misses));
            still_locked += left > 0;
            sooner_by_wall += left_by_wall_ms(&machine) < owed_ms;
            sooner_by_memory += owed_ms > 0 && !lock_duration_ms(machine.memory_misses);
        }
    }
    printf("locked %ld times; sooner by the wall clock %ld, by memory %ld\n", still_locked,
           sooner_by_wall, sooner_by_memory);
    assert_true(still_locked > 1000);
    assert_true(sooner_by_wall > 100);
    assert_true(sooner_by_memory > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fifth_miss_locks_and_each_further_one_doubles),
        cmocka_unit_test(a_lock_ends_to_the_millisecond),
        cmocka_unit_test(over_a_restart_only_the_uptime_counts),
        cmocka_unit_test(the_wall_clock_says_nothing),
        cmocka_unit_test(a_clock_that_ran_backwards_only_keeps_the_lock),
        cmocka_unit_test(no_plug_and_no_clock_shortens_a_lock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
