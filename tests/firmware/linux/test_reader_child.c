/* The station's end against children made of shell: the time is ours, so no bound is a race. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/real.h"

#include "firmware/linux/reader_child.h"

#define PATIENCE_MS 10000 /* real time; only a broken test needs it all */
#define HELLO "echo perron-reader 1; "

static struct reader *reader;
static struct trace *trace;
static char script_path[] = "/tmp/perron-child-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    strcpy(script_path, "/tmp/perron-child-XXXXXX");
    int fd = mkstemp(script_path);
    if (fd < 0 || close(fd))
        return -1;
    return trace_open(-1, &trace);
}

static int tear_down(void **state)
{
    (void)state;
    reader_close(reader);
    reader = NULL;
    trace_close(trace);
    return unlink(script_path);
}

static void open_script(const char *script)
{
    FILE *file = fopen(script_path, "w");
    assert_non_null(file);
    fputs(script, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(reader_open_child("/bin/sh", script_path, trace, &reader), RC_OK);
}

/* The next event, with the reader's clock standing at `now_ms`. */
static struct reader_event expect(enum reader_event_kind kind, int64_t now_ms)
{
    struct reader_event event = {.text = ""};
    int64_t end_ms = real_ms() + PATIENCE_MS;
    enum rc rc = reader_next(reader, now_ms, &event);
    while (rc == RC_EMPTY && real_ms() < end_ms) {
        struct pollfd fd = {.fd = reader_fd(reader), .events = POLLIN};
        poll(&fd, 1, 20);
        rc = reader_next(reader, now_ms, &event);
    }
    assert_int_equal(rc, RC_OK);
    if (event.kind != kind)
        fail_msg("kind %d in place of %d: %s", event.kind, kind, event.text);
    return event;
}

static void expect_word(enum reader_event_kind kind, int64_t now_ms, const char *word)
{
    struct reader_event event = expect(kind, now_ms);
    if (!strstr(event.text, word))
        fail_msg("no '%s' in: %s", word, event.text);
}

/* Waits until no child of ours is between being killed and being dead. */
static void wait_for_the_dead(void)
{
    siginfo_t info;
    while (waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        ;
}

/* Waits until the process is no more; a dead one that nobody collected counts as none. */
static bool has_ended(pid_t pid)
{
    char path[64], line[256], dead;
    int64_t end_ms = real_ms() + PATIENCE_MS;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    while (real_ms() < end_ms) {
        FILE *file = fopen(path, "r");
        if (!file)
            return true;
        bool is_read = fgets(line, sizeof line, file) != NULL;
        fclose(file);
        if (!is_read || (sscanf(line, "%*d %*s %c", &dead) == 1 && dead == 'Z'))
            return true;
        poll(NULL, 0, 5);
    }
    return false;
}

static void what_the_child_says_comes_out_as_events(void **state)
{
    (void)state;
    open_script(HELLO "echo ready PN532; echo tag 04A1B2C3; echo beat; echo gone; exec sleep 60");
    expect_word(READER_READY, 0, "PN532");
    expect_word(READER_TAG, 0, "uid:04A1B2C3");
    expect(READER_LEFT, 0);
}

static void a_tag_without_a_gone_before_makes_the_first_one_leave(void **state)
{
    (void)state;
    open_script(HELLO "echo ready x; echo tag 04A1B2C3; echo tag 04A1B2C4; exec sleep 60");
    expect(READER_READY, 0);
    expect_word(READER_TAG, 0, "uid:04A1B2C3");
    expect(READER_LEFT, 0);
    expect_word(READER_TAG, 0, "uid:04A1B2C4");
}

static void a_silent_child_is_told_after_three_beats_killed_and_replaced(void **state)
{
    struct reader_event event;
    (void)state;
    open_script(HELLO "echo ready $$; exec sleep 60");
    pid_t first = atoi(expect(READER_READY, 1000).text);
    assert_int_equal(reader_due_ms(reader), 2500);
    assert_int_equal(reader_next(reader, 2499, &event), RC_EMPTY);
    expect_word(READER_RESTING, 2500, "does not move");
    assert_true(has_ended(first));
    assert_int_equal(reader_due_ms(reader), 2600);
    pid_t second = atoi(expect(READER_READY, 2600).text);
    assert_int_not_equal(first, second);
}

static void a_child_that_never_greets_is_given_three_seconds(void **state)
{
    struct reader_event event;
    (void)state;
    open_script("exec sleep 60");
    assert_int_equal(reader_next(reader, 0, &event), RC_EMPTY);
    assert_int_equal(reader_next(reader, 2999, &event), RC_EMPTY);
    expect(READER_RESTING, 3000);
}

static void noise_ends_the_child(void **state)
{
    static const char *const scripts[] = {
        "echo hello",
        HELLO "echo ready x; echo what is this; exec sleep 60",
        HELLO "echo ready x; echo tag 00; exec sleep 60",
        HELLO "echo ready x; printf 'tag 04A1\\0B2C3\\n'; exec sleep 60",
        HELLO "echo ready x; echo perron-reader 1; exec sleep 60",
        HELLO "echo tag 04A1B2C3; exec sleep 60",
        HELLO "echo ready x; tr '\\0' x </dev/zero",
        HELLO "echo ready x; exec cat /dev/zero",
    };
    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        open_script(scripts[i]);
        if (strstr(scripts[i], "ready"))
            expect(READER_READY, 0);
        expect_word(READER_RESTING, 0, "strange");
        reader_close(reader);
        reader = NULL;
    }
}

static void a_child_of_a_later_version_is_told_as_such(void **state)
{
    (void)state;
    open_script("echo perron-reader 2; exec sleep 60");
    expect_word(READER_RESTING, 0, "version");
}

static void a_child_that_ends_takes_its_badge_along(void **state)
{
    (void)state;
    open_script(HELLO "echo ready x; echo tag 04A1B2C3; kill -ABRT $$");
    expect(READER_READY, 0);
    expect(READER_TAG, 0);
    expect(READER_LEFT, 0);
    expect_word(READER_RESTING, 0, "ended");
    wait_for_the_dead();
    expect(READER_READY, reader_due_ms(reader));
}

static void the_pause_before_the_next_start_doubles_up_to_a_limit(void **state)
{
    static const int64_t pauses_ms[] = {100, 200, 400, 800, 800, 800, 800};
    int64_t now_ms = 0;
    struct reader_event event;
    (void)state;
    open_script("exit 1");
    expect(READER_RESTING, now_ms);
    for (size_t i = 0; i < sizeof pauses_ms / sizeof pauses_ms[0]; i++) {
        assert_int_equal(reader_due_ms(reader), now_ms + pauses_ms[i]);
        wait_for_the_dead();
        now_ms = reader_due_ms(reader);
        do
            assert_int_equal(reader_next(reader, now_ms, &event), RC_EMPTY); /* said once */
        while (reader_fd(reader) >= 0 && poll(NULL, 0, 1) == 0);
    }
}

static void a_program_that_is_not_there_is_told_and_looked_for_again(void **state)
{
    struct reader_event event;
    (void)state;
    assert_int_equal(reader_open_child("/nowhere/perron-reader", "x", NULL, &reader), RC_OK);
    expect_word(READER_RESTING, 0, "not installed");
    assert_int_equal(reader_fd(reader), -1);
    assert_int_equal(reader_due_ms(reader), 100);
    assert_int_equal(reader_next(reader, 100, &event), RC_EMPTY);
}

static void a_fault_is_told_once_and_ready_ends_it(void **state)
{
    (void)state;
    open_script(HELLO
                "echo fault silent Nothing.; echo fault silent Nothing.; "
                "echo fault busy Taken.; echo ready x; echo fault silent Nothing.; exec sleep 60");
    expect_word(READER_RESTING, 0, "Nothing.");
    expect_word(READER_RESTING, 0, "Taken.");
    expect(READER_READY, 0);
    expect_word(READER_RESTING, 0, "Nothing.");
}

static void the_child_gets_no_descriptor_of_ours(void **state)
{
    (void)state;
    assert_int_equal(dup2(STDERR_FILENO, 50), 50);
    open_script(HELLO
                "[ -e /proc/$$/fd/50 ] && echo ready leaked; echo ready clean; exec sleep 60");
    expect_word(READER_READY, 0, "clean");
    close(50);
}

static void closing_ends_the_child_even_if_it_does_not_want_to(void **state)
{
    (void)state;
    open_script("trap '' TERM INT HUP; " HELLO "echo ready $$; while :; do sleep 1; done");
    pid_t pid = atoi(expect(READER_READY, 0).text);
    reader_close(reader);
    reader = NULL;
    assert_true(has_ended(pid));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_child_says_comes_out_as_events),
        TEST(a_tag_without_a_gone_before_makes_the_first_one_leave),
        TEST(a_silent_child_is_told_after_three_beats_killed_and_replaced),
        TEST(a_child_that_never_greets_is_given_three_seconds),
        TEST(noise_ends_the_child),
        TEST(a_child_of_a_later_version_is_told_as_such),
        TEST(a_child_that_ends_takes_its_badge_along),
        TEST(the_pause_before_the_next_start_doubles_up_to_a_limit),
        TEST(a_program_that_is_not_there_is_told_and_looked_for_again),
        TEST(a_fault_is_told_once_and_ready_ends_it),
        TEST(the_child_gets_no_descriptor_of_ours),
        TEST(closing_ends_the_child_even_if_it_does_not_want_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
