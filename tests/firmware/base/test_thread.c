#include "firmware/base/thread.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGUSR1, SIGPIPE};
#define SIGNAL_COUNT (sizeof signals / sizeof signals[0])

static size_t count_blocked(void)
{
    sigset_t blocked;
    size_t count = 0;
    pthread_sigmask(SIG_BLOCK, NULL, &blocked);
    for (size_t i = 0; i < SIGNAL_COUNT; i++)
        count += sigismember(&blocked, signals[i]) == 1;
    return count;
}

static void *look_what_is_blocked(void *out_count)
{
    *(size_t *)out_count = count_blocked();
    return NULL;
}

static void a_thread_gets_no_signal_and_its_starter_still_does(void **state)
{
    pthread_t thread;
    size_t count = 0;
    (void)state;
    assert_int_equal(thread_start(look_what_is_blocked, &count, &thread), RC_OK);
    pthread_join(thread, NULL);
    assert_int_equal(count, SIGNAL_COUNT);
    assert_int_equal(count_blocked(), 0);
    /* the control: a thread that is not started here gets them */
    assert_int_equal(pthread_create(&thread, NULL, look_what_is_blocked, &count), 0);
    pthread_join(thread, NULL);
    assert_int_equal(count, 0);
}

static void *look_how_nice(void *out_nice)
{
    *(int *)out_nice = getpriority(PRIO_PROCESS, (id_t)gettid());
    return NULL;
}

static void *start_another(void *out_nice)
{
    pthread_t thread;
    assert_int_equal(setpriority(PRIO_PROCESS, (id_t)gettid(), 10), 0);
    assert_int_equal(thread_start(look_how_nice, out_nice, &thread), RC_OK);
    pthread_join(thread, NULL);
    return NULL;
}

/* So what is done for a thread that stands back for the loop's stands back, too. */
static void a_thread_is_as_nice_as_its_starter(void **state)
{
    pthread_t thread;
    int nice = 0, own;
    (void)state;
    look_how_nice(&own);
    assert_int_equal(thread_start(start_another, &nice, &thread), RC_OK);
    pthread_join(thread, NULL);
    assert_int_equal(nice, 10);
    look_how_nice(&nice);
    assert_int_equal(nice, own);
}

/* The wall clock of 1970 is long over: by it, the wait would end at once. */
static void a_timed_wait_goes_by_the_monotonic_clock(void **state)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition;
    struct timespec until, now;
    (void)state;
    thread_init_condition(&condition);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += 20000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&lock);
    int error = 0;
    while (!error) /* it may wake up for no reason */
        error = pthread_cond_timedwait(&condition, &lock, &until);
    pthread_mutex_unlock(&lock);
    clock_gettime(CLOCK_MONOTONIC, &now);
    assert_int_equal(error, ETIMEDOUT);
    assert_true(now.tv_sec > until.tv_sec ||
                (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
    pthread_cond_destroy(&condition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thread_gets_no_signal_and_its_starter_still_does),
        cmocka_unit_test(a_thread_is_as_nice_as_its_starter),
        cmocka_unit_test(a_timed_wait_goes_by_the_monotonic_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
