/* Named pipes stand for the nodes of input devices: what is written to one can be read. */
#include "firmware/linux/input_wake.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_device(const char *name)
{
    assert_int_equal(mkfifo(path_of(name), 0600), 0);
}

/* A hand on it: the end that tells. */
static int hold(const char *name)
{
    int fd = open(path_of(name), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(fd >= 0); /* somebody reads */
    return fd;
}

static void touch(int fd)
{
    assert_int_equal(write(fd, "touched", 7), 7);
}

static bool is_awake(const struct input_wake *wake)
{
    struct pollfd fd = {.fd = input_wake_fd(wake), .events = POLLIN};
    return poll(&fd, 1, 0) > 0;
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/perron-input-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) ? -1 : 0;
}

static void a_touch_wakes_until_it_was_drained(void **state)
{
    struct input_wake *wake;
    (void)state;
    make_device("event0");
    make_device("event1");
    assert_int_equal(input_wake_open(folder, &wake), RC_OK);
    int fd = hold("event1");
    assert_false(is_awake(wake));
    assert_false(input_wake_drain(wake));
    touch(fd);
    assert_true(is_awake(wake));
    assert_true(input_wake_drain(wake));
    assert_false(is_awake(wake));
    touch(fd);
    assert_true(is_awake(wake));
    close(fd);
    input_wake_close(wake);
}

static void what_is_plugged_in_later_wakes_too(void **state)
{
    struct input_wake *wake;
    (void)state;
    assert_int_equal(input_wake_open(folder, &wake), RC_OK);
    make_device("event5");
    make_device("js0"); /* no event node: not opened */
    assert_true(is_awake(wake));
    assert_true(input_wake_drain(wake));
    assert_false(is_awake(wake));
    int fd = hold("event5");
    touch(fd);
    assert_true(input_wake_drain(wake));
    assert_int_equal(open(path_of("js0"), O_WRONLY | O_NONBLOCK | O_CLOEXEC), -1);
    close(fd);
    input_wake_close(wake);
}

static void what_is_pulled_out_wakes_once_and_may_come_back(void **state)
{
    struct input_wake *wake;
    (void)state;
    make_device("event2");
    assert_int_equal(input_wake_open(folder, &wake), RC_OK);
    close(hold("event2")); /* the end of a pipe is the end of a device */
    unlink(path_of("event2"));
    make_device("event2"); /* before anybody looked */
    assert_true(is_awake(wake));
    assert_true(input_wake_drain(wake));
    assert_false(is_awake(wake));
    int fd = hold("event2");
    touch(fd);
    assert_true(is_awake(wake));
    close(fd);
    input_wake_close(wake);
}

static void more_devices_than_it_counts_do_no_harm(void **state)
{
    struct input_wake *wake;
    char name[24];
    (void)state;
    for (int i = 0; i < 2 * INPUT_WAKE_DEVICES_MAX; i++) {
        snprintf(name, sizeof name, "event%d", i);
        make_device(name);
    }
    assert_int_equal(input_wake_open(folder, &wake), RC_OK);
    assert_false(is_awake(wake));
    make_device("event999");
    assert_true(input_wake_drain(wake));
    assert_false(is_awake(wake));
    input_wake_close(wake);
}

static void a_machine_without_the_folder_has_none(void **state)
{
    struct input_wake *wake = NULL;
    (void)state;
    assert_int_equal(input_wake_open(path_of("nowhere"), &wake), RC_NOT_FOUND);
    assert_null(wake);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_touch_wakes_until_it_was_drained),
        TEST(what_is_plugged_in_later_wakes_too),
        TEST(what_is_pulled_out_wakes_once_and_may_come_back),
        TEST(more_devices_than_it_counts_do_no_harm),
        TEST(a_machine_without_the_folder_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
