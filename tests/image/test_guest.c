/* How a QEMU as it is installed begins, talks and ends. Most of it needs no guest. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/image/bare.h"
#include "tests/image/guest_screen.h"
#include "tests/support/real.h"
#include "tests/support/tree.h"

#define LONG_MS 60000
#define SOON_MS 300

static void expect(enum rc rc, enum rc expected)
{
    if (rc != expected)
        fail_msg("%s, not %s: %s", rc_text(rc), rc_text(expected), bare.reason.text);
}

/* --- its life --- */

static void a_guest_is_started_and_quits(void **state)
{
    (void)state;
    bare_start_stopped();
    assert_true(guest_is_running(bare.guest));
    expect(guest_wait_end(bare.guest, SOON_MS, &bare.reason), RC_TIMEOUT);
    expect(guest_quit(bare.guest, LONG_MS, &bare.reason), RC_OK);
    assert_false(guest_is_running(bare.guest));
}

static void the_console_is_heard_and_answered(void **state)
{
    size_t length;
    (void)state;
    bare_start_echo();
    expect(guest_say(bare.guest, "login: ada", &bare.reason), RC_OK);
    expect(guest_expect(bare.guest, "login: ada\n", LONG_MS, &bare.reason), RC_OK);
    expect(guest_expect(bare.guest, "Welcome", SOON_MS, &bare.reason), RC_TIMEOUT);
    expect(guest_say(bare.guest, "Kernel panic - not syncing", &bare.reason), RC_OK);
    expect(guest_expect(bare.guest, "Welcome", LONG_MS, &bare.reason), RC_REFUSED);
    guest_kill(bare.guest);
    char *kept = tree_read(guest_path(bare.guest, "console.log"), &length);
    assert_true(length >= 12);
    assert_memory_equal(kept, "Rlogin: ada\n", 12);
    free(kept);
}

static void one_that_switches_itself_off_has_ended(void **state)
{
    (void)state;
    bare_start_echo();
    expect(guest_say(bare.guest, "Q", &bare.reason), RC_OK);
    expect(guest_wait_end(bare.guest, LONG_MS, &bare.reason), RC_OK);
    assert_false(guest_is_running(bare.guest));
    expect(guest_quit(bare.guest, LONG_MS, &bare.reason), RC_OK);
}

/* The echo knows no power button. */
static void one_that_does_not_hear_its_power_button_still_runs(void **state)
{
    (void)state;
    bare_start_echo();
    expect(guest_shut_down(bare.guest, SOON_MS, &bare.reason), RC_TIMEOUT);
    assert_true(guest_is_running(bare.guest));
}

/* BCM2837: GPFSEL0 at 0x3f200000, three bits a pin. */
static void a_raspberry_pi_has_registers_of_its_own(void **state)
{
    struct guest_config config = {.machine = GUEST_RASPI3B,
                                  .name = "pi",
                                  .folder = bare.folder,
                                  .is_stopped = true,
                                  .has_reader = true};
    uint32_t value = 0;
    (void)state;
    char card[120];
    bare_file("card.img", 4096, card, sizeof card);
    config.disks[0].path = card;
    expect(guest_start(&config, &bare.guest, &bare.reason), RC_OK);
    assert_null(guest_pins(bare.guest));
    assert_null(guest_shell(bare.guest));
    expect(guest_find_shell(bare.guest, SOON_MS, &bare.reason), RC_UNSUPPORTED);
    expect(qtest_write(guest_qtest(bare.guest), 0x3f200000, 1 << 9, &bare.reason), RC_OK);
    expect(qtest_read(guest_qtest(bare.guest), 0x3f200000, &value, &bare.reason), RC_OK);
    assert_int_equal(value, 1 << 9);
    assert_true(strstr(guest_path(bare.guest, "console.log"), "/pi-console.log") != NULL);
}

static void after_a_power_cut_nobody_answers_and_no_wait_lasts(void **state)
{
    struct picture picture;
    struct pl061_pins pins;
    struct shell_answer answer;
    (void)state;
    bare_start_echo();
    guest_kill(bare.guest);
    assert_false(guest_is_running(bare.guest));
    int64_t begin_ms = real_ms();
    expect(guest_expect(bare.guest, "anything", 600000, &bare.reason), RC_GONE);
    expect(guest_run(bare.guest, "true", 600000, &answer, &bare.reason), RC_GONE);
    expect(guest_screen_look(bare.guest, &picture, &bare.reason), RC_GONE);
    expect(pl061_read(guest_pins(bare.guest), &pins, &bare.reason), RC_GONE);
    expect(guest_wait_end(bare.guest, 600000, &bare.reason), RC_OK);
    assert_in_range(real_ms() - begin_ms, 0, LONG_MS);
    guest_close(bare.guest);
    bare_start_echo();
}

/* Whoever starts it dies: so does QEMU, though nobody is left to end it. */
static void qemu_dies_with_the_program_that_started_it(void **state)
{
    int pipe_fds[2];
    pid_t qemu = 0;
    (void)state;
    assert_int_equal(pipe(pipe_fds), 0);
    pid_t parent = fork();
    if (parent == 0) {
        bare_start_stopped();
        /* the only child there is */
        char path[80], text[32] = "";
        snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
        FILE *file = fopen(path, "r");
        if (file && fgets(text, sizeof text, file))
            qemu = atoi(text);
        ssize_t written = write(pipe_fds[1], &qemu, sizeof qemu);
        (void)written;
        raise(SIGKILL);
    }
    assert_int_equal(read(pipe_fds[0], &qemu, sizeof qemu), sizeof qemu);
    waitpid(parent, NULL, 0);
    assert_true(qemu > 1);
    int64_t until_ms = real_ms() + LONG_MS;
    char path[64], state_line[256];
    bool is_dead = false;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)qemu);
    while (!is_dead && real_ms() < until_ms) {
        FILE *file = fopen(path, "r");
        is_dead =
            !file || !fgets(state_line, sizeof state_line, file) || strstr(state_line, ") Z ");
        if (file)
            fclose(file);
        real_pause_ms(20);
    }
    assert_true(is_dead);
    close(pipe_fds[0]);
    close(pipe_fds[1]);
}

static void a_description_qemu_cannot_follow_is_told_in_its_words(void **state)
{
    static const char *const more[] = {"-device", "no-such-thing", NULL};
    struct guest_config config = bare_description();
    (void)state;
    config.more = more;
    expect(guest_start(&config, &bare.guest, &bare.reason), RC_UNSUPPORTED);
    assert_non_null(strstr(bare.reason.text, "no-such-thing"));
    config = bare_description();
    config.kernel = "/nowhere/vmlinuz";
    expect(guest_start(&config, &bare.guest, &bare.reason), RC_GONE);
    assert_non_null(strstr(bare.reason.text, "/nowhere/vmlinuz"));
    config = bare_description();
    config.disks[0].path = "/tmp/a,b";
    expect(guest_start(&config, &bare.guest, &bare.reason), RC_BAD_INPUT);
    config = bare_description();
    config.has_touch = true; /* beside a tablet */
    expect(guest_start(&config, &bare.guest, &bare.reason), RC_BAD_INPUT);
}

static void a_disk_over_another_is_made_and_serves_one_guest_at_a_time(void **state)
{
    char base[120], over[120];
    struct stat about;
    struct guest *other = NULL;
    (void)state;
    if (access("/usr/bin/qemu-img", X_OK)) {
        printf("NOT TESTED: there is no qemu-img (package qemu-utils)\n");
        skip();
    }
    snprintf(over, sizeof over, "%s", bare_path("over.qcow2"));
    bare_file("base.img", 1024, base, sizeof base);
    expect(guest_overlay(bare_path("none.img"), NULL, over, &bare.reason), RC_NOT_FOUND);
    expect(guest_overlay(base, NULL, over, &bare.reason), RC_OK);
    assert_int_equal(stat(over, &about), 0);
    struct guest_config config = bare_description();
    config.disks[0] = (struct guest_disk){.path = over, .format = "qcow2"};
    expect(guest_start(&config, &bare.guest, &bare.reason), RC_OK);
    expect(guest_start(&config, &other, &bare.reason), RC_BUSY);
    guest_kill(bare.guest);
    expect(guest_start(&config, &other, &bare.reason), RC_OK);
    guest_close(other);
}

/* --- what is left --- */

static bool is_left(const char *what)
{
    struct stat about;
    return stat(guest_path(bare.guest, what), &about) == 0 && about.st_size > 0;
}

static void a_failure_leaves_the_screen_and_the_lines(void **state)
{
    (void)state;
    bare_start_echo();
    guest_leave(bare.guest, "the first tap, greeted");
    assert_true(is_left("failed-the-first-tap-greeted.png"));
    assert_true(is_left("failed-the-first-tap-greeted-console.log"));
    guest_kill(bare.guest);
    guest_leave(bare.guest, "after the cut");
    assert_true(is_left("failed-after-the-cut.png"));
}

static void the_readers_line_can_be_taken_once(void **state)
{
    (void)state;
    bare_start_stopped();
    int fd = guest_reader_fd(bare.guest);
    assert_true(fd >= 0);
    assert_int_equal(guest_reader_fd(bare.guest), -1);
    close(fd);
}

static void qemu_is_installed(void **state)
{
    (void)state;
    printf("NOT TESTED: there is no qemu-system-aarch64 (package qemu-system-arm)\n");
    skip();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bare_set_up, bare_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_guest_is_started_and_quits),
        TEST(the_console_is_heard_and_answered),
        TEST(one_that_switches_itself_off_has_ended),
        TEST(one_that_does_not_hear_its_power_button_still_runs),
        TEST(a_raspberry_pi_has_registers_of_its_own),
        TEST(after_a_power_cut_nobody_answers_and_no_wait_lasts),
        TEST(qemu_dies_with_the_program_that_started_it),
        TEST(a_description_qemu_cannot_follow_is_told_in_its_words),
        TEST(a_disk_over_another_is_made_and_serves_one_guest_at_a_time),
        TEST(a_failure_leaves_the_screen_and_the_lines),
        TEST(the_readers_line_can_be_taken_once),
    };
    const struct CMUnitTest none[] = {cmocka_unit_test(qemu_is_installed)};
    return guest_is_possible() ? cmocka_run_group_tests(tests, NULL, NULL)
                               : cmocka_run_group_tests(none, NULL, NULL);
}
