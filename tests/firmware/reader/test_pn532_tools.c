/* The simulator against libnfc's own programs: what they read is what was laid on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/reader_lab.h"

static struct reader_lab lab;
static char output[16384];
static const uint8_t uid_7[] = {0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6};
static const uint8_t uid_4[] = {0x27, 0x8b, 0x70, 0x34};
static const uint8_t uid_10[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

static int set_up(void **state)
{
    (void)state;
    if (reader_lab_open(false, &lab))
        return -1;
    return setenv("LIBNFC_DEVICE", lab.address, 1);
}

static int tear_down(void **state)
{
    (void)state;
    reader_lab_close(&lab);
    return 0;
}

/* Runs a shell line in the lab's folder; its output is in `output`. Returns its exit code. */
static int run(const char *line)
{
    char command[1024];
    snprintf(command, sizeof command, "cd %s && { %s; } 2>&1", lab.folder, line);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = 0;
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void need(const char *program)
{
    char line[128];
    snprintf(line, sizeof line, "command -v %s", program);
    if (run(line) != 0)
        skip();
}

static void expect(const char *words)
{
    if (!strstr(output, words))
        fail_msg("no '%s' in:\n%s", words, output);
}

static void nfc_list_finds_badges_of_every_length(void **state)
{
    (void)state;
    need("nfc-list");
    assert_int_equal(run("timeout 20 nfc-list"), 0);
    assert_null(strstr(output, "UID"));
    pn532_sim_tap(lab.sim, uid_4, sizeof uid_4);
    assert_int_equal(run("timeout 20 nfc-list"), 0);
    expect("UID (NFCID1): 27  8b  70  34");
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    assert_int_equal(run("timeout 20 nfc-list"), 0);
    expect("ATQA (SENS_RES): 00  44");
    expect("UID (NFCID1): 04  a1  b2  c3  d4  e5  f6");
    pn532_sim_tap(lab.sim, uid_10, sizeof uid_10);
    assert_int_equal(run("timeout 20 nfc-list"), 0);
    expect("UID (NFCID1): 01  02  03  04  05  06  07  08  09  0a");
    expect("ATS: 75  77  81  02  80");
}

static void nfc_mfultralight_reads_a_whole_ntag213(void **state)
{
    struct stat about;
    char path[128];
    (void)state;
    need("nfc-mfultralight");
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    assert_int_equal(run("timeout 20 nfc-mfultralight r dump.mfd"), 0);
    expect("NTAG213");
    expect("45 of 45 pages read (0 pages failed)");
    snprintf(path, sizeof path, "%s/dump.mfd", lab.folder);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, 45 * 4);
    assert_int_equal(run("od -An -tx1 -N8 dump.mfd; rm dump.mfd"), 0);
    expect("04 a1 b2 9f c3 d4 e5 f6");
}

/* It waits for the badge to be taken away; that is done here, while it waits. */
static void nfc_poll_finds_a_badge_and_sees_it_leave(void **state)
{
    char text[2048];
    size_t used = 0;
    (void)state;
    need("nfc-poll");
    pn532_sim_tap(lab.sim, uid_7, sizeof uid_7);
    FILE *pipe = popen("timeout 20 stdbuf -oL nfc-poll 2>/dev/null", "r");
    assert_non_null(pipe);
    while (used < sizeof text - 200 && fgets(text + used, 200, pipe)) {
        used += strlen(text + used);
        if (strstr(text, "SAK"))
            pn532_sim_remove(lab.sim);
    }
    int status = pclose(pipe);
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_non_null(strstr(text, "04  a1  b2  c3  d4  e5  f6"));
    assert_non_null(strstr(text, "done."));
}

static void the_simulator_obeys_as_a_program_of_its_own(void **state)
{
    char line[900], program[300];
    (void)state;
    need("nfc-list");
    snprintf(program, sizeof program, "%s", reader_lab_program("pn532-sim"));
    if (program[0] != '/') {
        char folder[200];
        assert_non_null(getcwd(folder, sizeof folder));
        snprintf(program, sizeof program, "%.150s/%.120s", folder, reader_lab_program("pn532-sim"));
    }
    snprintf(line, sizeof line,
             "{ printf 'tap 278B7034\\nfault odd\\nwhat\\ntap 08\\nhelp\\nunplug\\nplug\\n'; "
             "sleep 1; LIBNFC_DEVICE=pn532_uart:$PWD/other timeout 20 nfc-list >list 2>&1; "
             "echo quit; } | %s --link $PWD/other; cat list; rm list",
             program);
    assert_int_equal(run(line), 0);
    expect("ok: a card of 4 bytes is on the reader");
    expect("error: fault takes one of: well silent");
    expect("error: no such command");
    expect("error: a UID is 8, 14 or 20 hexadecimal digits");
    expect("ok: the cable is in");
    expect("UID (NFCID1): 27  8b  70  34");
    snprintf(line, sizeof line, "%s --help", program);
    assert_int_equal(run(line), 0);
    expect("usage: pn532-sim --link PATH");
    snprintf(line, sizeof line, "%s", program);
    assert_int_equal(run(line), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nfc_list_finds_badges_of_every_length),
        TEST(nfc_mfultralight_reads_a_whole_ntag213),
        TEST(nfc_poll_finds_a_badge_and_sees_it_leave),
        TEST(the_simulator_obeys_as_a_program_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
