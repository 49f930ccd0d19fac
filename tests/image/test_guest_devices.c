/* What a QEMU as it is installed has around its processor: pins, sockets, a screen, hands. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/image/bare.h"
#include "tests/image/guest_input.h"
#include "tests/image/guest_screen.h"
#include "tests/image/guest_usb.h"
#include "tests/support/real.h"

#define LONG_MS 60000
#define SOON_MS 300

static void expect(enum rc rc, enum rc expected)
{
    if (rc != expected)
        fail_msg("%s, not %s: %s", rc_text(rc), rc_text(expected), bare.reason.text);
}

/* --- pins --- */

static void an_input_is_driven_from_outside(void **state)
{
    struct pl061_pins pins;
    (void)state;
    bare_start_stopped();
    for (int line = 0; line < PL061_LINES; line++) {
        if (line == PL061_POWER_LINE)
            continue;
        expect(pl061_drive(guest_pins(bare.guest), line, true, &bare.reason), RC_OK);
        expect(pl061_read(guest_pins(bare.guest), &pins, &bare.reason), RC_OK);
        assert_int_equal(pins.high, 1 << line);
        expect(pl061_drive(guest_pins(bare.guest), line, false, &bare.reason), RC_OK);
        expect(pl061_read(guest_pins(bare.guest), &pins, &bare.reason), RC_OK);
        assert_int_equal(pins.high, 0);
        assert_int_equal(pins.outputs, 0);
    }
    expect(pl061_drive(guest_pins(bare.guest), PL061_LINES, true, &bare.reason), RC_BAD_INPUT);
    expect(pl061_drive(guest_pins(bare.guest), -1, true, &bare.reason), RC_BAD_INPUT);
}

static void an_output_is_read_waited_for_and_not_driven(void **state)
{
    struct pl061_pins pins;
    (void)state;
    bare_start_echo();
    expect(pl061_wait(guest_pins(bare.guest), 0x20, 0x20, SOON_MS, &bare.reason), RC_TIMEOUT);
    assert_non_null(strstr(bare.reason.text, "0x20"));
    expect(guest_say(bare.guest, "!", &bare.reason), RC_OK);
    expect(pl061_wait(guest_pins(bare.guest), 0x20, 0x20, LONG_MS, &bare.reason), RC_OK);
    expect(pl061_read(guest_pins(bare.guest), &pins, &bare.reason), RC_OK);
    assert_int_equal(pins.outputs, 0x20);
    assert_int_equal(pins.high, 0x20);
    expect(pl061_wait(guest_pins(bare.guest), 0x20, 0x00, SOON_MS, &bare.reason), RC_TIMEOUT);
    expect(pl061_wait(guest_pins(bare.guest), 0x60, 0x20, SOON_MS, &bare.reason), RC_TIMEOUT);
    expect(pl061_drive(guest_pins(bare.guest), 5, true, &bare.reason), RC_REFUSED);
}

static void *light_later(void *argument)
{
    static struct reason reason;
    (void)argument;
    real_pause_ms(SOON_MS);
    enum rc rc = guest_say(bare.guest, "!", &reason);
    return rc ? &reason : NULL;
}

static void changes_of_outputs_are_recorded(void **state)
{
    struct pl061_edge edges[4];
    int count;
    pthread_t thread;
    void *failure;
    (void)state;
    bare_start_echo();
    int64_t begin_ms = real_ms();
    assert_int_equal(pthread_create(&thread, NULL, light_later, NULL), 0);
    expect(pl061_record(guest_pins(bare.guest), 0x20, 3000, edges, 4, &count, &bare.reason), RC_OK);
    pthread_join(thread, &failure);
    assert_null(failure);
    assert_int_equal(count, 1);
    assert_int_equal(edges[0].line, 5);
    assert_true(edges[0].is_high);
    assert_in_range(edges[0].at_ms - begin_ms, SOON_MS, 3000 + SOON_MS);
    expect(pl061_record(guest_pins(bare.guest), 0x20, SOON_MS, edges, 4, &count, &bare.reason),
           RC_OK);
    assert_int_equal(count, 0);
}

/* --- USB --- */

static bool is_plugged(const char *id)
{
    bool is = false;
    expect(guest_usb_is_plugged(bare.guest, id, &is, &bare.reason), RC_OK);
    return is;
}

static void sticks_and_keyboards_are_plugged_in_and_pulled_out(void **state)
{
    char path[120];
    (void)state;
    bare_file("stick.img", 1024, path, sizeof path);
    bare_start_stopped();
    assert_false(is_plugged("stick"));
    expect(guest_usb_pull(bare.guest, "stick", &bare.reason), RC_NOT_FOUND);
    for (int round = 0; round < 3; round++) {
        expect(guest_usb_plug_stick(bare.guest, "stick", path, round == 1, &bare.reason), RC_OK);
        expect(guest_usb_plug_keyboard(bare.guest, "keyboard", &bare.reason), RC_OK);
        assert_true(is_plugged("stick") && is_plugged("keyboard"));
        expect(guest_usb_pull(bare.guest, "stick", &bare.reason), RC_OK);
        assert_true(!is_plugged("stick") && is_plugged("keyboard"));
        expect(guest_usb_pull(bare.guest, "keyboard", &bare.reason), RC_OK);
        assert_false(is_plugged("keyboard"));
    }
}

static void two_of_one_name_are_refused_and_leave_the_first_alone(void **state)
{
    char path[120];
    (void)state;
    bare_file("stick.img", 1024, path, sizeof path);
    bare_start_stopped();
    expect(guest_usb_plug_stick(bare.guest, "s", bare_path("none.img"), false, &bare.reason),
           RC_NOT_FOUND);
    expect(guest_usb_plug_keyboard(bare.guest, "s", &bare.reason), RC_OK);
    expect(guest_usb_plug_stick(bare.guest, "s", path, false, &bare.reason), RC_REFUSED);
    assert_true(is_plugged("s"));
    expect(guest_usb_pull(bare.guest, "s", &bare.reason), RC_OK);
    expect(guest_usb_plug_stick(bare.guest, "s", path, false, &bare.reason), RC_OK);
}

/* --- screen and hands --- */

static void the_screen_is_looked_at_and_waited_for(void **state)
{
    struct picture picture, other;
    (void)state;
    bare_start_stopped();
    expect(guest_screen_look(bare.guest, &picture, &bare.reason), RC_OK);
    assert_true(picture.width >= 640 && picture.height >= 480);
    expect(guest_screen_wait_picture(bare.guest, &picture, NULL, LONG_MS, &bare.reason), RC_OK);
    expect(guest_screen_wait_change(bare.guest, &picture, NULL, SOON_MS, &bare.reason), RC_TIMEOUT);
    expect(guest_screen_wait_still(bare.guest, SOON_MS, NULL, LONG_MS, &other, &bare.reason),
           RC_OK);
    assert_int_equal(other.width, picture.width);
    picture_close(&other);
    picture.pixels[0] ^= 0x010000;
    expect(guest_screen_wait_picture(bare.guest, &picture, NULL, SOON_MS, &bare.reason),
           RC_TIMEOUT);
    assert_non_null(strstr(bare.reason.text, "1 of "));
    expect(guest_screen_wait_change(bare.guest, &picture, NULL, LONG_MS, &bare.reason), RC_OK);
    const struct difference_bounds near = {.tolerance = 1};
    expect(guest_screen_wait_picture(bare.guest, &picture, &near, LONG_MS, &bare.reason), RC_OK);
    picture_close(&picture);
}

static void a_screen_is_held_against_a_picture_as_an_eye_would(void **state)
{
    struct picture picture, small;
    (void)state;
    bare_start_stopped();
    expect(guest_screen_look(bare.guest, &picture, &bare.reason), RC_OK);
    picture.pixels[0] ^= 0x030000; /* which no eye sees */
    expect(guest_screen_wait_like(bare.guest, &picture, LONG_MS, &bare.reason), RC_OK);
    for (int y = 100; y < 200; y++)
        for (int x = 100; x < 200; x++)
            picture.pixels[y * picture.width + x] = 0xc03030;
    expect(guest_screen_wait_like(bare.guest, &picture, SOON_MS, &bare.reason), RC_TIMEOUT);
    assert_non_null(strstr(bare.reason.text, "does not look like"));
    assert_int_equal(picture_make(320, 200, &small), RC_OK);
    expect(guest_screen_wait_like(bare.guest, &small, SOON_MS, &bare.reason), RC_TIMEOUT);
    picture_close(&small);
    picture_close(&picture);
}

static void a_colour_is_waited_for_in_an_area(void **state)
{
    const struct difference_area corner = {0, 0, 8, 8};
    struct picture picture;
    (void)state;
    bare_start_stopped();
    expect(guest_screen_look(bare.guest, &picture, &bare.reason), RC_OK);
    uint32_t colour = picture.pixels[0];
    picture_close(&picture);
    expect(guest_screen_wait_colour(bare.guest, corner, colour, 0, 1, LONG_MS, &bare.reason),
           RC_OK);
    expect(guest_screen_wait_colour(bare.guest, corner, colour ^ 0x800000, 4, 0.5, SOON_MS,
                                    &bare.reason),
           RC_TIMEOUT);
    assert_non_null(strstr(bare.reason.text, "64 of 64"));
    const struct difference_area nowhere = {5000, 0, 8, 8};
    expect(guest_screen_wait_colour(bare.guest, nowhere, colour, 0, 0, SOON_MS, &bare.reason),
           RC_TIMEOUT);
}

static void hands_reach_the_screen_and_every_key(void **state)
{
    struct keys keys;
    (void)state;
    bare_start_echo();
    expect(guest_input_tap(bare.guest, 0, 0, &bare.reason), RC_OK);
    expect(guest_input_tap(bare.guest, 799, 479, &bare.reason), RC_OK);
    expect(guest_input_drag(bare.guest, 10, 10, 700, 400, 3, 30, &bare.reason), RC_OK);
    expect(guest_input_move(bare.guest, 800, 0, &bare.reason), RC_BAD_INPUT);
    expect(guest_input_press(bare.guest, 0, -1, &bare.reason), RC_BAD_INPUT);
    for (int i = 0; i < keys_count(); i++) {
        expect(keys_read(keys_name(i), &keys, &bare.reason), RC_OK);
        expect(guest_input_keys(bare.guest, &keys, &bare.reason), RC_OK);
    }
    expect(guest_input_key(bare.guest, "ctrl-alt-f2", &bare.reason), RC_OK);
    expect(guest_input_key(bare.guest, "ctrl-alt-f99", &bare.reason), RC_NOT_FOUND);
    keys = (struct keys){1, {"no_such_key"}};
    expect(guest_input_keys(bare.guest, &keys, &bare.reason), RC_REFUSED);
    expect(guest_input_type(bare.guest, "Perron 2\n", &bare.reason), RC_OK);
    expect(guest_input_type(bare.guest, "\xc3\xa9", &bare.reason), RC_NOT_FOUND);
}

static void a_touch_panel_takes_fingers(void **state)
{
    struct guest_config config = bare_description();
    (void)state;
    config.has_tablet = false;
    config.has_touch = true;
    enum rc rc = guest_start(&config, &bare.guest, &bare.reason);
    if (rc == RC_UNSUPPORTED) {
        printf("NOT TESTED: this QEMU has no touch panel (8.1 and newer have)\n");
        skip();
    }
    expect(rc, RC_OK);
    expect(guest_go(bare.guest, &bare.reason), RC_OK);
    expect(guest_input_finger_down(bare.guest, 0, 799, 479, &bare.reason), RC_OK);
    expect(guest_input_finger_down(bare.guest, 1, 0, 0, &bare.reason), RC_OK);
    expect(guest_input_finger_move(bare.guest, 0, 400, 240, &bare.reason), RC_OK);
    expect(guest_input_finger_up(bare.guest, 0, &bare.reason), RC_OK);
    expect(guest_input_finger_up(bare.guest, 1, &bare.reason), RC_OK);
    expect(guest_input_finger_down(bare.guest, 0, 800, 0, &bare.reason), RC_BAD_INPUT);
    expect(guest_input_finger_up(bare.guest, GUEST_INPUT_FINGERS, &bare.reason), RC_BAD_INPUT);
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
    };
    const struct CMUnitTest none[] = {cmocka_unit_test(qemu_is_installed)};
    return guest_is_possible() ? cmocka_run_group_tests(tests, NULL, NULL)
                               : cmocka_run_group_tests(none, NULL, NULL);
}
