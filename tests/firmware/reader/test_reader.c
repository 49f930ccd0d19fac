#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/linux/reader_child.h"
#include "tests/support/pn532_sim.h"

static char folder[64];
static char link_path[96];
static char address[128];
static char program[512];

static const uint8_t ntag[] = {0x04, 0xD6, 0xE5, 0xB1, 0x2F, 0x1F, 0x57};
static const uint8_t classic[] = {0x27, 0x8B, 0x70, 0x34};
static const uint8_t triple[] = {0x01, 2, 3, 4, 5, 6, 7, 8, 9, 0x0A};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int set_up(void **state)
{
    struct pn532_sim *sim;
    const char *build = getenv("PERRON_BUILD");
    strcpy(folder, "/tmp/perron-reader-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(link_path, sizeof link_path, "%s/pn532", folder);
    snprintf(address, sizeof address, "pn532_uart:%s", link_path);
    snprintf(program, sizeof program, "%s/perron-reader", build ? build : "build");
    assert_int_equal(pn532_sim_open(link_path, false, &sim), RC_OK);
    *state = sim;
    return 0;
}

static int tear_down(void **state)
{
    pn532_sim_close(*state);
    return rmdir(folder);
}

/* The next event within `wait_ms`; fails the test when none comes. */
static struct reader_event expect(struct reader *reader, enum reader_event_kind kind, int wait_ms)
{
    struct reader_event event = {.text = ""};
    int64_t until_ms = now_ms() + wait_ms;
    while (now_ms() < until_ms) {
        while (reader_next(reader, now_ms(), &event) == RC_OK)
            if (event.kind == kind)
                return event;
        struct pollfd fd = {.fd = reader_fd(reader), .events = POLLIN};
        poll(&fd, 1, 10);
    }
    fail_msg("event %d did not come within %d ms", (int)kind, wait_ms);
    return event;
}

static struct reader *open_reader(void)
{
    struct reader *reader;
    assert_int_equal(reader_open_child(program, address, NULL, &reader), RC_OK);
    expect(reader, READER_READY, 4000);
    return reader;
}

static void badges_of_all_three_lengths_come_and_go(void **state)
{
    struct pn532_sim *sim = *state;
    struct reader *reader = open_reader();
    pn532_sim_tap(sim, ntag, sizeof ntag);
    assert_string_equal(expect(reader, READER_TAG, 1000).text, "uid:04D6E5B12F1F57");
    pn532_sim_remove(sim);
    expect(reader, READER_LEFT, 1000);
    pn532_sim_tap(sim, classic, sizeof classic);
    assert_string_equal(expect(reader, READER_TAG, 1000).text, "uid:278B7034");
    /* another card in its place, without a pause */
    pn532_sim_tap(sim, triple, sizeof triple);
    expect(reader, READER_LEFT, 1000);
    assert_string_equal(expect(reader, READER_TAG, 1000).text, "uid:0102030405060708090A");
    reader_close(reader);
}

static void a_card_that_stays_is_told_once(void **state)
{
    struct pn532_sim *sim = *state;
    struct reader *reader = open_reader();
    struct reader_event event;
    pn532_sim_tap(sim, ntag, sizeof ntag);
    expect(reader, READER_TAG, 1000);
    for (int64_t until_ms = now_ms() + 700; now_ms() < until_ms; usleep(10000))
        assert_int_equal(reader_next(reader, now_ms(), &event), RC_EMPTY);
    reader_close(reader);
}

static void every_fault_is_said_within_two_seconds_and_over_within_five(void **state)
{
    struct pn532_sim *sim = *state;
    static const enum pn532_fault faults[] = {PN532_SILENT,  PN532_ACK_ONLY, PN532_NACK,
                                              PN532_BAD_SUM, PN532_GARBAGE,  PN532_HALF,
                                              PN532_ERROR,   PN532_LATE,     PN532_RESET};
    struct reader *reader = open_reader();
    for (unsigned i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        int64_t begun_ms = now_ms();
        pn532_sim_fault(sim, faults[i]);
        expect(reader, READER_RESTING, 2000);
        print_message("%s: said after %lld ms", pn532_fault_name(faults[i]),
                      (long long)(now_ms() - begun_ms));
        pn532_sim_fault(sim, PN532_WELL);
        begun_ms = now_ms();
        expect(reader, READER_READY, 5000);
        print_message(", back after %lld ms\n", (long long)(now_ms() - begun_ms));
    }
    pn532_sim_tap(sim, ntag, sizeof ntag);
    expect(reader, READER_TAG, 1000);
    reader_close(reader);
}

static void a_reader_pulled_out_comes_back_by_itself(void **state)
{
    struct pn532_sim *sim = *state;
    struct reader *reader = open_reader();
    for (int i = 0; i < 3; i++) {
        pn532_sim_unplug(sim);
        expect(reader, READER_RESTING, 2000);
        pn532_sim_plug(sim);
        expect(reader, READER_READY, 5000);
    }
    reader_close(reader);
}

static void a_uid_that_cannot_be_is_never_told_and_a_crash_is_survived(void **state)
{
    static const enum pn532_fault faults[] = {PN532_UID_200, PN532_UID_ZERO, PN532_ATS_ZERO,
                                              PN532_STATUS};
    struct pn532_sim *sim = *state;
    struct reader_event event;
    struct reader *reader = open_reader();
    for (unsigned i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        pn532_sim_fault(sim, faults[i]);
        pn532_sim_tap(sim, triple, sizeof triple);
        for (int64_t until_ms = now_ms() + 400; now_ms() < until_ms; usleep(5000))
            while (reader_next(reader, now_ms(), &event) == RC_OK)
                assert_false(event.kind == READER_TAG && strlen(event.text) > 24);
        pn532_sim_remove(sim);
        pn532_sim_fault(sim, PN532_WELL);
        pn532_sim_unplug(sim);
        usleep(100000);
        pn532_sim_plug(sim);
        usleep(300000);
        expect(reader, READER_READY, 5000);
    }
    reader_close(reader);
}

static void what_is_not_there_is_said_and_found_later(void **state)
{
    struct pn532_sim *sim = *state;
    struct reader *reader;
    pn532_sim_unplug(sim);
    usleep(50000);
    assert_int_equal(reader_open_child(program, address, NULL, &reader), RC_OK);
    expect(reader, READER_RESTING, 2000);
    pn532_sim_plug(sim);
    expect(reader, READER_READY, 5000);
    reader_close(reader);
}

static void a_program_that_says_nonsense_is_stopped(void **state)
{
    struct reader *reader;
    (void)state;
    assert_int_equal(reader_open_child("/bin/echo", "tag 04A1B2C3", NULL, &reader), RC_OK);
    expect(reader, READER_RESTING, 2000);
    reader_close(reader);
    assert_int_equal(reader_open_child("/nowhere/perron-reader", "x", NULL, &reader), RC_OK);
    expect(reader, READER_RESTING, 2000);
    reader_close(reader);
}

/* --- libnfc's own tools, as the proof that the simulator is a PN532
 * ---------------------------------- */

static void run_tool(const char *tool, const char *const *expected)
{
    char command[256], output[16384] = "";
    snprintf(command, sizeof command, "LIBNFC_DEVICE=%s timeout 20 %s 2>&1", address, tool);
    FILE *pipe = popen(command, "r");
    size_t used = fread(output, 1, sizeof output - 1, pipe);
    output[used] = 0;
    pclose(pipe);
    for (; *expected; expected++)
        if (!strstr(output, *expected))
            fail_msg("%s did not say '%s' but:\n%s", tool, *expected, output);
}

static void libnfcs_own_tools_work_against_the_simulator(void **state)
{
    static const char *const list[] = {"1 ISO14443A passive target(s) found",
                                       "04  d6  e5  b1  2f  1f  57", NULL};
    static const char *const read[] = {"NTAG213", "45 of 45 pages read", NULL};
    char tool[160];
    pn532_sim_tap(*state, ntag, sizeof ntag);
    run_tool("nfc-list", list);
    run_tool("timeout 3 nfc-poll", (const char *const[]){"04  d6  e5  b1  2f  1f  57", NULL});
    snprintf(tool, sizeof tool, "nfc-mfultralight r %s/card.mfd", folder);
    run_tool(tool, read);
    snprintf(tool, sizeof tool, "%s/card.mfd", folder);
    assert_int_equal(unlink(tool), 0);
    pn532_sim_tap(*state, classic, sizeof classic);
    run_tool("nfc-list", (const char *const[]){"27  8b  70  34", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(badges_of_all_three_lengths_come_and_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_card_that_stays_is_told_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_fault_is_said_within_two_seconds_and_over_within_five,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reader_pulled_out_comes_back_by_itself, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_uid_that_cannot_be_is_never_told_and_a_crash_is_survived,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_said_and_found_later, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_program_that_says_nonsense_is_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(libnfcs_own_tools_work_against_the_simulator, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
