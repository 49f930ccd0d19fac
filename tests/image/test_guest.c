/*
 * QEMU as it is installed. Most of it needs no guest: the processor stands still. Where one has to
 * run it is a few instructions that send back what the console says, and know three letters.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/image/guest_input.h"
#include "tests/image/guest_screen.h"
#include "tests/image/guest_usb.h"
#include "tests/support/build.h"
#include "tests/support/real.h"
#include "tests/support/tree.h"

#define LONG_MS 60000
#define SOON_MS 300

/*
 * A64 (Arm DDI 0487): says R, then sends back each character; after '!' it lights line 5, after 'Q'
 * it switches the machine off (PSCI SYSTEM_OFF). x0: PL011, x4: PL061.
 */
static const uint32_t echo_program[] = {
    0xd2a12000, /* movz x0, #0x0900, lsl #16 */
    0xd2a12064, /* movz x4, #0x0903, lsl #16 */
    0x52806023, /* movz w3, #0x301: enable, transmit, receive */
    0xb9003003, /* str w3, [x0, #0x30] */
    0x52800a42, /* movz w2, #'R' */
    0xb9000002, /* str w2, [x0] */
    0xb9401801, /* wait: ldr w1, [x0, #0x18] */
    0x3727ffe1, /* tbnz w1, #4, wait */
    0xb9400002, /* ldr w2, [x0] */
    0xb9000002, /* str w2, [x0] */
    0x7100845f, /* cmp w2, #'!' */
    0x54000080, /* b.eq light */
    0x7101445f, /* cmp w2, #'Q' */
    0x54ffff21, /* b.ne wait */
    0x14000005, /* b off */
    0x52800403, /* light: movz w3, #0x20 */
    0xb9040083, /* str w3, [x4, #0x400] */
    0xb9008083, /* str w3, [x4, #0x80]: line 5 alone */
    0x17fffff4, /* b wait */
    0x52800100, /* off: movz w0, #8 */
    0x72b08000, /* movk w0, #0x8400, lsl #16 */
    0xd4000002, /* hvc #0 */
    0x14000000, /* b . */
};

static char folder[64];
static struct guest *guest;
static struct reason reason;

static const char *in_folder(const char *name)
{
    static char path[120];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int set_up(void **state)
{
    (void)state;
    guest = NULL;
    reason.text[0] = 0;
    snprintf(folder, sizeof folder, "%s/guest-XXXXXX", build_scratch());
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    guest_close(guest);
    guest = NULL;
    tree_remove(folder);
    return 0;
}

static struct guest_config description(void)
{
    return (struct guest_config){.folder = folder,
                                 .memory_mib = 64,
                                 .cpus = 1,
                                 .is_stopped = true,
                                 .width = 800,
                                 .height = 480,
                                 .has_tablet = true,
                                 .has_keyboard = true,
                                 .has_reader = true,
                                 .has_shell = true};
}

static void start_stopped(void)
{
    const struct guest_config config = description();
    if (guest_start(&config, &guest, &reason))
        fail_msg("%s", reason.text);
}

static void start_echo(void)
{
    static char path[120];
    struct guest_config config = description();
    snprintf(path, sizeof path, "%s", in_folder("echo.bin"));
    tree_write(path, (const char *)echo_program, sizeof echo_program);
    config.kernel = path;
    config.is_stopped = false;
    if (guest_start(&config, &guest, &reason) || guest_expect(guest, "R", LONG_MS, &reason))
        fail_msg("%s", reason.text);
}

static void expect(enum rc rc, enum rc expected)
{
    if (rc != expected)
        fail_msg("%s, not %s: %s", rc_text(rc), rc_text(expected), reason.text);
}

/* --- its life --- */

static void a_guest_is_started_and_quits(void **state)
{
    (void)state;
    start_stopped();
    assert_true(guest_is_running(guest));
    expect(guest_wait_end(guest, SOON_MS, &reason), RC_TIMEOUT);
    expect(guest_quit(guest, LONG_MS, &reason), RC_OK);
    assert_false(guest_is_running(guest));
}

static void the_console_is_heard_and_answered(void **state)
{
    size_t length;
    (void)state;
    start_echo();
    expect(guest_say(guest, "login: ada", &reason), RC_OK);
    expect(guest_expect(guest, "login: ada\n", LONG_MS, &reason), RC_OK);
    expect(guest_expect(guest, "Welcome", SOON_MS, &reason), RC_TIMEOUT);
    expect(guest_say(guest, "Kernel panic - not syncing", &reason), RC_OK);
    expect(guest_expect(guest, "Welcome", LONG_MS, &reason), RC_REFUSED);
    guest_kill(guest);
    char *kept = tree_read(guest_path(guest, "console.log"), &length);
    assert_true(length >= 12);
    assert_memory_equal(kept, "Rlogin: ada\n", 12);
    free(kept);
}

static void one_that_switches_itself_off_has_ended(void **state)
{
    (void)state;
    start_echo();
    expect(guest_say(guest, "Q", &reason), RC_OK);
    expect(guest_wait_end(guest, LONG_MS, &reason), RC_OK);
    assert_false(guest_is_running(guest));
    expect(guest_quit(guest, LONG_MS, &reason), RC_OK);
}

/* The echo knows no power button. */
static void one_that_does_not_hear_its_power_button_still_runs(void **state)
{
    (void)state;
    start_echo();
    expect(guest_shut_down(guest, SOON_MS, &reason), RC_TIMEOUT);
    assert_true(guest_is_running(guest));
}

/* BCM2837: GPFSEL0 at 0x3f200000, three bits a pin. */
static void a_raspberry_pi_has_registers_of_its_own(void **state)
{
    struct guest_config config = {.machine = GUEST_RASPI3B,
                                  .name = "pi",
                                  .folder = folder,
                                  .is_stopped = true,
                                  .has_reader = true};
    uint32_t value = 0;
    (void)state;
    char card[120];
    snprintf(card, sizeof card, "%s", in_folder("card.img"));
    tree_write(card, "", 0);
    assert_int_equal(truncate(card, 4 << 20), 0);
    config.disks[0].path = card;
    expect(guest_start(&config, &guest, &reason), RC_OK);
    assert_null(guest_pins(guest));
    assert_null(guest_shell(guest));
    expect(guest_find_shell(guest, SOON_MS, &reason), RC_UNSUPPORTED);
    expect(qtest_write(guest_qtest(guest), 0x3f200000, 1 << 9, &reason), RC_OK);
    expect(qtest_read(guest_qtest(guest), 0x3f200000, &value, &reason), RC_OK);
    assert_int_equal(value, 1 << 9);
    assert_true(strstr(guest_path(guest, "console.log"), "/pi-console.log") != NULL);
}

static void after_a_power_cut_nobody_answers_and_no_wait_lasts(void **state)
{
    struct picture picture;
    struct pl061_pins pins;
    struct shell_answer answer;
    (void)state;
    start_echo();
    guest_kill(guest);
    assert_false(guest_is_running(guest));
    int64_t begin_ms = real_ms();
    expect(guest_expect(guest, "anything", 600000, &reason), RC_GONE);
    expect(guest_run(guest, "true", 600000, &answer, &reason), RC_GONE);
    expect(guest_screen_look(guest, &picture, &reason), RC_GONE);
    expect(pl061_read(guest_pins(guest), &pins, &reason), RC_GONE);
    expect(guest_wait_end(guest, 600000, &reason), RC_OK);
    assert_in_range(real_ms() - begin_ms, 0, LONG_MS);
    guest_close(guest);
    start_echo();
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
        start_stopped();
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
    struct guest_config config = description();
    (void)state;
    config.more = more;
    expect(guest_start(&config, &guest, &reason), RC_UNSUPPORTED);
    assert_non_null(strstr(reason.text, "no-such-thing"));
    config = description();
    config.kernel = "/nowhere/vmlinuz";
    expect(guest_start(&config, &guest, &reason), RC_GONE);
    assert_non_null(strstr(reason.text, "/nowhere/vmlinuz"));
    config = description();
    config.disks[0].path = "/tmp/a,b";
    expect(guest_start(&config, &guest, &reason), RC_BAD_INPUT);
    config = description();
    config.has_touch = true; /* beside a tablet */
    expect(guest_start(&config, &guest, &reason), RC_BAD_INPUT);
}

static void a_disk_over_another_keeps_what_is_written_and_spares_that(void **state)
{
    char base[120], over[120];
    struct stat about;
    struct guest *other = NULL;
    (void)state;
    if (access("/usr/bin/qemu-img", X_OK)) {
        printf("NOT TESTED: there is no qemu-img (package qemu-utils)\n");
        skip();
    }
    snprintf(base, sizeof base, "%s", in_folder("base.img"));
    snprintf(over, sizeof over, "%s", in_folder("over.qcow2"));
    tree_write(base, "", 0);
    assert_int_equal(truncate(base, 1 << 20), 0);
    expect(guest_overlay(in_folder("none.img"), NULL, over, &reason), RC_NOT_FOUND);
    expect(guest_overlay(base, NULL, over, &reason), RC_OK);
    assert_int_equal(stat(over, &about), 0);
    struct guest_config config = description();
    config.disks[0] = (struct guest_disk){.path = over, .format = "qcow2"};
    expect(guest_start(&config, &guest, &reason), RC_OK);
    expect(guest_start(&config, &other, &reason), RC_BUSY);
    guest_kill(guest);
    expect(guest_start(&config, &other, &reason), RC_OK);
    guest_close(other);
}

/* --- pins --- */

static void an_input_is_driven_from_outside(void **state)
{
    struct pl061_pins pins;
    (void)state;
    start_stopped();
    for (int line = 0; line < PL061_LINES; line++) {
        if (line == PL061_POWER_LINE)
            continue;
        expect(pl061_drive(guest_pins(guest), line, true, &reason), RC_OK);
        expect(pl061_read(guest_pins(guest), &pins, &reason), RC_OK);
        assert_int_equal(pins.high, 1 << line);
        expect(pl061_drive(guest_pins(guest), line, false, &reason), RC_OK);
        expect(pl061_read(guest_pins(guest), &pins, &reason), RC_OK);
        assert_int_equal(pins.high, 0);
        assert_int_equal(pins.outputs, 0);
    }
    expect(pl061_drive(guest_pins(guest), PL061_LINES, true, &reason), RC_BAD_INPUT);
    expect(pl061_drive(guest_pins(guest), -1, true, &reason), RC_BAD_INPUT);
}

static void an_output_is_read_waited_for_and_not_driven(void **state)
{
    struct pl061_pins pins;
    (void)state;
    start_echo();
    expect(pl061_wait(guest_pins(guest), 0x20, 0x20, SOON_MS, &reason), RC_TIMEOUT);
    assert_non_null(strstr(reason.text, "0x20"));
    expect(guest_say(guest, "!", &reason), RC_OK);
    expect(pl061_wait(guest_pins(guest), 0x20, 0x20, LONG_MS, &reason), RC_OK);
    expect(pl061_read(guest_pins(guest), &pins, &reason), RC_OK);
    assert_int_equal(pins.outputs, 0x20);
    assert_int_equal(pins.high, 0x20);
    expect(pl061_wait(guest_pins(guest), 0x20, 0x00, SOON_MS, &reason), RC_TIMEOUT);
    expect(pl061_wait(guest_pins(guest), 0x60, 0x20, SOON_MS, &reason), RC_TIMEOUT);
    expect(pl061_drive(guest_pins(guest), 5, true, &reason), RC_REFUSED);
}

static void changes_of_outputs_are_recorded(void **state)
{
    struct pl061_edge edges[4];
    int count;
    (void)state;
    start_echo();
    expect(guest_say(guest, "!", &reason), RC_OK);
    expect(pl061_record(guest_pins(guest), 0x20, 2000, edges, 4, &count, &reason), RC_OK);
    assert_int_equal(count, 1);
    assert_int_equal(edges[0].line, 5);
    assert_true(edges[0].is_high);
    expect(pl061_record(guest_pins(guest), 0x20, SOON_MS, edges, 4, &count, &reason), RC_OK);
    assert_int_equal(count, 0);
}

/* --- USB --- */

static bool is_plugged(const char *id)
{
    bool is = false;
    expect(guest_usb_is_plugged(guest, id, &is, &reason), RC_OK);
    return is;
}

static void sticks_and_keyboards_are_plugged_in_and_pulled_out(void **state)
{
    char path[120];
    (void)state;
    snprintf(path, sizeof path, "%s", in_folder("stick.img"));
    tree_write(path, "", 0);
    assert_int_equal(truncate(path, 1 << 20), 0);
    start_stopped();
    assert_false(is_plugged("stick"));
    expect(guest_usb_pull(guest, "stick", &reason), RC_NOT_FOUND);
    for (int round = 0; round < 3; round++) {
        expect(guest_usb_plug_stick(guest, "stick", path, round == 1, &reason), RC_OK);
        expect(guest_usb_plug_keyboard(guest, "keyboard", &reason), RC_OK);
        assert_true(is_plugged("stick") && is_plugged("keyboard"));
        expect(guest_usb_pull(guest, "stick", &reason), RC_OK);
        assert_true(!is_plugged("stick") && is_plugged("keyboard"));
        expect(guest_usb_pull(guest, "keyboard", &reason), RC_OK);
        assert_false(is_plugged("keyboard"));
    }
}

static void two_of_one_name_are_refused_and_leave_the_first_alone(void **state)
{
    char path[120];
    (void)state;
    snprintf(path, sizeof path, "%s", in_folder("stick.img"));
    tree_write(path, "", 0);
    assert_int_equal(truncate(path, 1 << 20), 0);
    start_stopped();
    expect(guest_usb_plug_stick(guest, "s", in_folder("none.img"), false, &reason), RC_NOT_FOUND);
    expect(guest_usb_plug_keyboard(guest, "s", &reason), RC_OK);
    expect(guest_usb_plug_stick(guest, "s", path, false, &reason), RC_REFUSED);
    assert_true(is_plugged("s"));
    expect(guest_usb_pull(guest, "s", &reason), RC_OK);
    expect(guest_usb_plug_stick(guest, "s", path, false, &reason), RC_OK);
}

/* --- screen and hands --- */

static void the_screen_is_looked_at_and_waited_for(void **state)
{
    struct picture picture, other;
    (void)state;
    start_stopped();
    expect(guest_screen_look(guest, &picture, &reason), RC_OK);
    assert_true(picture.width >= 640 && picture.height >= 480);
    expect(guest_screen_wait_picture(guest, &picture, NULL, LONG_MS, &reason), RC_OK);
    expect(guest_screen_wait_change(guest, &picture, NULL, SOON_MS, &reason), RC_TIMEOUT);
    expect(guest_screen_wait_still(guest, SOON_MS, NULL, LONG_MS, &other, &reason), RC_OK);
    assert_int_equal(other.width, picture.width);
    picture_close(&other);
    picture.pixels[0] ^= 0x010000;
    expect(guest_screen_wait_picture(guest, &picture, NULL, SOON_MS, &reason), RC_TIMEOUT);
    assert_non_null(strstr(reason.text, "1 of "));
    expect(guest_screen_wait_change(guest, &picture, NULL, LONG_MS, &reason), RC_OK);
    const struct difference_bounds near = {.tolerance = 1};
    expect(guest_screen_wait_picture(guest, &picture, &near, LONG_MS, &reason), RC_OK);
    picture_close(&picture);
}

static void a_screen_is_held_against_a_picture_as_an_eye_would(void **state)
{
    struct picture picture, small;
    (void)state;
    start_stopped();
    expect(guest_screen_look(guest, &picture, &reason), RC_OK);
    picture.pixels[0] ^= 0x030000; /* which no eye sees */
    expect(guest_screen_wait_like(guest, &picture, LONG_MS, &reason), RC_OK);
    for (int y = 100; y < 200; y++)
        for (int x = 100; x < 200; x++)
            picture.pixels[y * picture.width + x] = 0xc03030;
    expect(guest_screen_wait_like(guest, &picture, SOON_MS, &reason), RC_TIMEOUT);
    assert_non_null(strstr(reason.text, "does not look like"));
    assert_int_equal(picture_make(320, 200, &small), RC_OK);
    expect(guest_screen_wait_like(guest, &small, SOON_MS, &reason), RC_TIMEOUT);
    picture_close(&small);
    picture_close(&picture);
}

static void a_colour_is_waited_for_in_an_area(void **state)
{
    const struct difference_area corner = {0, 0, 8, 8};
    struct picture picture;
    (void)state;
    start_stopped();
    expect(guest_screen_look(guest, &picture, &reason), RC_OK);
    uint32_t colour = picture.pixels[0];
    picture_close(&picture);
    expect(guest_screen_wait_colour(guest, corner, colour, 0, 1, LONG_MS, &reason), RC_OK);
    expect(guest_screen_wait_colour(guest, corner, colour ^ 0x800000, 4, 0.5, SOON_MS, &reason),
           RC_TIMEOUT);
    assert_non_null(strstr(reason.text, "64 of 64"));
    const struct difference_area nowhere = {5000, 0, 8, 8};
    expect(guest_screen_wait_colour(guest, nowhere, colour, 0, 0, SOON_MS, &reason), RC_TIMEOUT);
}

static void hands_reach_the_screen_and_every_key(void **state)
{
    struct keys keys;
    (void)state;
    start_echo();
    expect(guest_input_tap(guest, 0, 0, &reason), RC_OK);
    expect(guest_input_tap(guest, 799, 479, &reason), RC_OK);
    expect(guest_input_drag(guest, 10, 10, 700, 400, 3, 30, &reason), RC_OK);
    expect(guest_input_move(guest, 800, 0, &reason), RC_BAD_INPUT);
    expect(guest_input_press(guest, 0, -1, &reason), RC_BAD_INPUT);
    for (int i = 0; i < keys_count(); i++) {
        expect(keys_read(keys_name(i), &keys, &reason), RC_OK);
        expect(guest_input_keys(guest, &keys, &reason), RC_OK);
    }
    expect(guest_input_key(guest, "ctrl-alt-f2", &reason), RC_OK);
    expect(guest_input_key(guest, "ctrl-alt-f99", &reason), RC_NOT_FOUND);
    keys = (struct keys){1, {"no_such_key"}};
    expect(guest_input_keys(guest, &keys, &reason), RC_REFUSED);
    expect(guest_input_type(guest, "Perron 2\n", &reason), RC_OK);
    expect(guest_input_type(guest, "\xc3\xa9", &reason), RC_NOT_FOUND);
}

static void a_touch_panel_takes_fingers(void **state)
{
    struct guest_config config = description();
    (void)state;
    config.has_tablet = false;
    config.has_touch = true;
    enum rc rc = guest_start(&config, &guest, &reason);
    if (rc == RC_UNSUPPORTED) {
        printf("NOT TESTED: this QEMU has no touch panel (8.1 and newer have)\n");
        skip();
    }
    expect(rc, RC_OK);
    expect(guest_go(guest, &reason), RC_OK);
    expect(guest_input_finger_down(guest, 0, 799, 479, &reason), RC_OK);
    expect(guest_input_finger_down(guest, 1, 0, 0, &reason), RC_OK);
    expect(guest_input_finger_move(guest, 0, 400, 240, &reason), RC_OK);
    expect(guest_input_finger_up(guest, 0, &reason), RC_OK);
    expect(guest_input_finger_up(guest, 1, &reason), RC_OK);
    expect(guest_input_finger_down(guest, 0, 800, 0, &reason), RC_BAD_INPUT);
    expect(guest_input_finger_up(guest, GUEST_INPUT_FINGERS, &reason), RC_BAD_INPUT);
}

/* --- what is left --- */

static bool is_left(const char *what)
{
    struct stat about;
    return stat(guest_path(guest, what), &about) == 0 && about.st_size > 0;
}

static void a_failure_leaves_the_screen_and_the_lines(void **state)
{
    (void)state;
    start_echo();
    guest_leave(guest, "the first tap, greeted");
    assert_true(is_left("failed-the-first-tap-greeted.png"));
    assert_true(is_left("failed-the-first-tap-greeted-console.log"));
    guest_kill(guest);
    guest_leave(guest, "after the cut");
    assert_true(is_left("failed-after-the-cut.png"));
}

static void the_readers_line_can_be_taken_once(void **state)
{
    (void)state;
    start_stopped();
    int fd = guest_reader_fd(guest);
    assert_true(fd >= 0);
    assert_int_equal(guest_reader_fd(guest), -1);
    close(fd);
}

static void qemu_is_installed(void **state)
{
    (void)state;
    printf("NOT TESTED: there is no qemu-system-aarch64 (package qemu-system-arm)\n");
    skip();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
        TEST(a_disk_over_another_keeps_what_is_written_and_spares_that),
        TEST(an_input_is_driven_from_outside),
        TEST(an_output_is_read_waited_for_and_not_driven),
        TEST(changes_of_outputs_are_recorded),
        TEST(sticks_and_keyboards_are_plugged_in_and_pulled_out),
        TEST(two_of_one_name_are_refused_and_leave_the_first_alone),
        TEST(the_screen_is_looked_at_and_waited_for),
        TEST(a_screen_is_held_against_a_picture_as_an_eye_would),
        TEST(a_colour_is_waited_for_in_an_area),
        TEST(hands_reach_the_screen_and_every_key),
        TEST(a_touch_panel_takes_fingers),
        TEST(a_failure_leaves_the_screen_and_the_lines),
        TEST(the_readers_line_can_be_taken_once),
    };
    const struct CMUnitTest none[] = {cmocka_unit_test(qemu_is_installed)};
    return guest_is_possible() ? cmocka_run_group_tests(tests, NULL, NULL)
                               : cmocka_run_group_tests(none, NULL, NULL);
}
