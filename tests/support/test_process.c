/* Two children that do nothing but what is to be measured, beside each other. */
#include "tests/support/process.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define LOOK_MS 400

static volatile unsigned turns;

static void be_busy(void)
{
    for (;;)
        turns++;
}

static void be_restless(void)
{
    for (;;)
        poll(NULL, 0, 2);
}

static void be_large(void)
{
    volatile char *memory = malloc(32 << 20);
    for (size_t i = 0; memory && i < 32 << 20; i += 512)
        memory[i] = 1;
    pause();
}

static void be_calm(void)
{
    pause();
}

static pid_t start(void (*be)(void))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        be();
        _exit(0);
    }
    return child;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* What it costs to let it be for a while. */
static struct process_cost cost_of(void (*be)(void))
{
    struct process_cost before, after;
    pid_t child = start(be);
    poll(NULL, 0, 50);
    assert_int_equal(process_cost(child, &before), RC_OK);
    poll(NULL, 0, LOOK_MS);
    assert_int_equal(process_cost(child, &after), RC_OK);
    end(child);
    return (struct process_cost){after.cpu_ns - before.cpu_ns, after.wakes - before.wakes};
}

static void work_is_processor_time_and_no_wake_up(void **state)
{
    struct process_cost busy = cost_of(be_busy), calm = cost_of(be_calm);
    (void)state;
    assert_true(busy.cpu_ns > 10000000); /* on however busy a machine */
    assert_true(busy.wakes <= 2);
    assert_true(calm.cpu_ns < 1000000);
    assert_int_equal(calm.wakes, 0);
}

static void every_wait_is_a_wake_up(void **state)
{
    struct process_cost restless = cost_of(be_restless);
    (void)state;
    assert_in_range(restless.wakes, 10, LOOK_MS); /* 200 where nobody else wants the processor */
}

static void memory_is_seen_where_it_lies(void **state)
{
    struct process_memory large, calm;
    pid_t one = start(be_large), other = start(be_calm);
    (void)state;
    assert_int_equal(process_memory(other, &calm), RC_OK);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(process_memory(one, &large), RC_OK);
        if (large.own_kib >= calm.own_kib + (32 << 10))
            break;
        poll(NULL, 0, 50);
    }
    end(one);
    end(other);
    assert_true(large.own_kib >= calm.own_kib + (32 << 10));
    assert_true(large.resident_kib >= large.own_kib);
    assert_true(large.proportional_kib <= large.resident_kib);
}

static void *sleep_by_name(void *name)
{
    prctl(PR_SET_NAME, name);
    pause();
    return NULL;
}

static void be_two(void)
{
    static char name[] = "second";
    pthread_t thread;
    prctl(PR_SET_NAME, "first");
    if (pthread_create(&thread, NULL, sleep_by_name, name) == 0)
        pause();
}

static void threads_are_counted_by_name(void **state)
{
    pid_t child = start(be_two);
    (void)state;
    for (int i = 0; i < 200 && process_threads(child, "seco") != 1; i++)
        poll(NULL, 0, 20);
    assert_int_equal(process_threads(child, "seco"), 1);
    assert_int_equal(process_threads(child, "first"), 1);
    assert_int_equal(process_threads(child, ""), 2);
    assert_int_equal(process_threads(child, "third"), 0);
    end(child);
    assert_int_equal(process_threads(child, ""), 0);
}

static void who_has_ended_costs_nothing_any_more(void **state)
{
    struct process_cost cost;
    struct process_memory memory;
    pid_t child = start(be_calm);
    (void)state;
    end(child);
    assert_int_equal(process_cost(child, &cost), RC_NOT_FOUND);
    assert_int_equal(process_memory(child, &memory), RC_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_is_processor_time_and_no_wake_up),
        cmocka_unit_test(every_wait_is_a_wake_up),
        cmocka_unit_test(memory_is_seen_where_it_lies),
        cmocka_unit_test(threads_are_counted_by_name),
        cmocka_unit_test(who_has_ended_costs_nothing_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
