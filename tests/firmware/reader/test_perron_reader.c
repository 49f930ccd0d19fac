/* The whole way of a badge on this side: simulated chip, libnfc, perron-reader, the port. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/linux/child_process.h"
#include "tests/support/reader_lab.h"
#include "tests/support/real.h"

#define PATIENCE_MS 20000  /* only a broken test needs it all; the bars are in tests/torture */
#define LONG_BREAK_MS 2200 /* longer than perron-reader remembers what lies on it */

static struct reader_lab lab;
static const uint8_t uid_7[] = {0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6};
static const uint8_t uid_4[] = {0x27, 0x8b, 0x70, 0x34};
static const uint8_t uid_10[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

static int set_up(void **state)
{
    (void)state;
    return reader_lab_open(false, &lab);
}

static int tear_down(void **state)
{
    (void)state;
    reader_lab_close(&lab);
    return 0;
}

/* The very next event. */
static struct reader_event expect(enum reader_event_kind kind)
{
    struct reader_event event = {.text = ""};
    int64_t until_ms = real_ms() + PATIENCE_MS;
    enum rc rc = RC_EMPTY;
    while (rc == RC_EMPTY && real_ms() < until_ms)
        rc = reader_lab_next(&lab, until_ms, &event);
    assert_int_equal(rc, RC_OK);
    if (event.kind != kind)
        fail_msg("kind %d in place of %d: %s", event.kind, kind, event.text);
    return event;
}

static void expect_tag(const char *text)
{
    assert_string_equal(expect(READER_TAG).text, text);
}

static void expect_nothing_for(int64_t wait_ms)
{
    struct reader_event event;
    int64_t until_ms = real_ms() + wait_ms;
    while (real_ms() < until_ms)
        if (reader_lab_next(&lab, until_ms, &event) == RC_OK)
            fail_msg("unexpected: kind %d, %s", event.kind, event.text);
}

/* Waits for what comes in the end, whatever comes before. */
static void expect_in_the_end(enum reader_event_kind kind, const char *text)
{
    struct reader_event event = {.text = ""};
    do
        if (!reader_lab_wait(&lab, kind, PATIENCE_MS, &event))
            fail_msg("kind %d did not come", kind);
    while (text && strcmp(event.text, text) != 0);
}

static void badges_of_every_length_come_and_go(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_tap(lab.sim, uid_4, sizeof uid_4);
    expect_tag("uid:278B7034");
    pn532_sim_remove(lab.sim);
    expect(READER_LEFT);
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    expect_tag("uid:04A1B2C3D4E5F6");
    pn532_sim_remove(lab.sim);
    expect(READER_LEFT);
    pn532_sim_tap(lab.sim, uid_10, sizeof uid_10);
    expect_tag("uid:0102030405060708090A");
    pn532_sim_remove(lab.sim);
    expect(READER_LEFT);
}

static void a_badge_that_stays_is_told_once(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    expect_tag("uid:04A1B2C3D4E5F6");
    expect_nothing_for(700);
    assert_true(pn532_sim_seen_us(lab.sim) > 0);
}

static void the_simulator_stamps_the_answer_and_not_the_tap(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    expect_tag("uid:04A1B2C3D4E5F6");
    pn532_sim_fault(lab.sim, PN532_ACK_ONLY);
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    poll(NULL, 0, 60);
    assert_int_equal(pn532_sim_seen_us(lab.sim), 0);
}

static void another_badge_in_its_place_makes_the_first_leave(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    expect_tag("uid:04A1B2C3D4E5F6");
    pn532_sim_tap(lab.sim, uid_4, sizeof uid_4);
    expect(READER_LEFT);
    expect_tag("uid:278B7034");
}

static void two_badges_in_a_purse_are_told_once_each(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    expect_tag("uid:04A1B2C3D4E5F6");
    pn532_sim_add(lab.sim, uid_4, sizeof uid_4);
    expect(READER_LEFT);
    expect_tag("uid:278B7034");
    expect_nothing_for(700);
    pn532_sim_remove(lab.sim);
    expect(READER_LEFT);
    expect_nothing_for(100);
}

static void what_kills_libnfc_kills_only_the_child(void **state)
{
    static const enum pn532_fault faults[] = {PN532_ATS_ZERO, PN532_STATUS, PN532_NO_NAME,
                                              PN532_UID_200, PN532_UID_ZERO};
    (void)state;
    expect(READER_READY);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        const uint8_t uid[] = {4, 0xa1, 0xb2, (uint8_t)i};
        char text[32];
        snprintf(text, sizeof text, "uid:04A1B2%02X", (unsigned)i);
        pn532_sim_fault(lab.sim, faults[i]);
        expect_in_the_end(READER_RESTING, NULL);
        pn532_sim_fault(lab.sim, PN532_WELL);
        pn532_sim_tap(lab.sim, uid, sizeof uid);
        expect_in_the_end(READER_TAG, text);
        pn532_sim_remove(lab.sim);
        expect_in_the_end(READER_LEFT, NULL);
    }
}

static void a_silent_reader_is_told_and_comes_back(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_fault(lab.sim, PN532_SILENT);
    expect(READER_RESTING);
    pn532_sim_fault(lab.sim, PN532_WELL);
    expect_in_the_end(READER_READY, NULL);
}

static void a_reader_that_is_unplugged_is_told_and_comes_back_as_another_terminal(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_tap(lab.sim, uid_4, sizeof uid_4);
    expect_tag("uid:278B7034");
    pn532_sim_unplug(lab.sim);
    expect_in_the_end(READER_RESTING, NULL);
    poll(NULL, 0, LONG_BREAK_MS);
    assert_int_equal(pn532_sim_plug(lab.sim), RC_OK);
    expect_in_the_end(READER_READY, NULL);
    expect_in_the_end(READER_TAG, "uid:278B7034");
}

static void a_reader_that_comes_later_is_found(void **state)
{
    (void)state;
    pn532_sim_unplug(lab.sim);
    assert_non_null(strstr(expect(READER_RESTING).text, "There is no device"));
    assert_int_equal(pn532_sim_plug(lab.sim), RC_OK);
    expect_in_the_end(READER_READY, NULL);
}

static void a_badge_that_lies_there_through_a_short_disturbance_is_no_new_one(void **state)
{
    (void)state;
    expect(READER_READY);
    pn532_sim_tap(lab.sim, uid_4, sizeof uid_4);
    expect_tag("uid:278B7034");
    pn532_sim_fault(lab.sim, PN532_RESET);
    expect(READER_RESTING);
    expect(READER_READY);
    expect_nothing_for(300);
    pn532_sim_remove(lab.sim);
    expect(READER_LEFT);
}

/* --- the program by itself --- */

/* Runs a shell line with the program and the address in $R and $A; returns what it printed. */
static const char *run(const char *line, int *out_status)
{
    static char output[4096];
    char command[1024];
    snprintf(command, sizeof command, "R=%s A=%s; { %s; } 2>&1",
             reader_lab_program("perron-reader"), lab.address, line);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = 0;
    *out_status = pclose(pipe);
    return output;
}

static void expect_output(const char *line, const char *words)
{
    int status;
    const char *output = run(line, &status);
    if (!strstr(output, words))
        fail_msg("no '%s' in what '%s' says:\n%s", words, line, output);
}

static void a_device_in_use_is_left_alone(void **state)
{
    (void)state;
    expect(READER_READY);
    expect_output("sleep 1 | $R $A", "fault busy Another program uses the reader");
    expect_nothing_for(100);
}

static void an_address_with_colons_in_its_path_is_refused(void **state)
{
    int status;
    (void)state;
    const char *output = run("$R pn532_uart:/dev/serial/by-path/pci-0000:00:14.0", &status);
    assert_non_null(strstr(output, "fault address The path in the reader's address has a colon"));
    assert_int_equal(WEXITSTATUS(status), 2);
}

static void it_explains_itself(void **state)
{
    (void)state;
    expect_output("$R --help", "usage: perron-reader ADDRESS");
    expect_output("$R", "usage: perron-reader ADDRESS");
    expect_output("$R --version", "perron-reader ");
}

static void it_ends_with_its_input_and_with_its_output(void **state)
{
    (void)state;
    expect_output("timeout 10 $R $A </dev/null; echo ended with $?", "ended with 0");
    expect_output("timeout 10 $R $A <&-; echo ended with $?", "ended with 0");
    expect_output("sleep 2 | (timeout 10 $R $A; echo ended with $? >&2) | head -n 1",
                  "ended with 0");
}

/* What it says up to a word, read from the pipe; true when the word came. */
static bool hears(int fd, const char *word)
{
    char text[8192];
    size_t used = 0;
    int64_t until_ms = real_ms() + PATIENCE_MS;
    while (used < sizeof text - 1 && real_ms() < until_ms) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, 50) <= 0)
            continue;
        ssize_t got = read(fd, text + used, sizeof text - 1 - used);
        if (got <= 0)
            return false;
        used += (size_t)got;
        text[used] = 0;
        if (strstr(text, word))
            return true;
    }
    return false;
}

static void signals_do_not_keep_it_from_seeing_that_the_chip_is_silent(void **state)
{
    struct child_process process;
    (void)state;
    child_process_init(&process);
    assert_int_equal(
        child_process_start(&process, reader_lab_program("perron-reader"), lab.address), RC_OK);
    assert_true(hears(process.out_fd, "ready"));
    pn532_sim_fault(lab.sim, PN532_SILENT);
    for (int i = 0; i < 300; i++) {
        kill(process.pid, SIGALRM);
        kill(process.pid, SIGWINCH);
        poll(NULL, 0, 5);
    }
    assert_true(hears(process.out_fd, "fault silent"));
    pn532_sim_fault(lab.sim, PN532_WELL);
    kill(process.pid, SIGTERM);
    for (int i = 0; i < 1000 && child_process_is_dying(&process); i++)
        poll(NULL, 0, 5);
    assert_int_equal(process.pid, 0);
    child_process_kill(&process);
}

static bool has_ended(pid_t pid)
{
    for (int64_t until_ms = real_ms() + PATIENCE_MS; real_ms() < until_ms;) {
        if (kill(pid, 0) != 0)
            return true;
        poll(NULL, 0, 5);
    }
    return false;
}

/* A station that is killed can close nothing; the next one must find the device free. */
static void it_dies_with_whoever_started_it(void **state)
{
    int pipe_ends[2];
    pid_t reader_pid;
    (void)state;
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t station = fork();
    if (station == 0) {
        struct child_process process;
        child_process_init(&process);
        if (child_process_start(&process, reader_lab_program("perron-reader"), lab.address) ||
            !hears(process.out_fd, "ready") ||
            write(pipe_ends[1], &process.pid, sizeof process.pid) < 0)
            _exit(1);
        for (;;)
            pause();
    }
    assert_true(station > 0);
    assert_int_equal(read(pipe_ends[0], &reader_pid, sizeof reader_pid), sizeof reader_pid);
    assert_int_equal(kill(station, SIGKILL), 0);
    assert_int_equal(waitpid(station, NULL, 0), station);
    assert_true(has_ended(reader_pid));
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    expect(READER_READY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(badges_of_every_length_come_and_go),
        TEST(a_badge_that_stays_is_told_once),
        TEST(the_simulator_stamps_the_answer_and_not_the_tap),
        TEST(another_badge_in_its_place_makes_the_first_leave),
        TEST(two_badges_in_a_purse_are_told_once_each),
        TEST(what_kills_libnfc_kills_only_the_child),
        TEST(a_silent_reader_is_told_and_comes_back),
        TEST(a_reader_that_is_unplugged_is_told_and_comes_back_as_another_terminal),
        TEST(a_reader_that_comes_later_is_found),
        TEST(a_badge_that_lies_there_through_a_short_disturbance_is_no_new_one),
        TEST(a_device_in_use_is_left_alone),
        TEST(an_address_with_colons_in_its_path_is_refused),
        TEST(it_explains_itself),
        TEST(it_ends_with_its_input_and_with_its_output),
        TEST(it_dies_with_whoever_started_it),
        TEST(signals_do_not_keep_it_from_seeing_that_the_chip_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
