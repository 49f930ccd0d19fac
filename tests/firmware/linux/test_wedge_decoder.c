#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/linux/wedge_decoder.h"
#include "tests/support/random.h"

static struct wedge_decoder decoder;
static struct wedge_badge badge;
static int64_t now_us;

static int start(void **state)
{
    (void)state;
    wedge_decoder_init(&decoder);
    memset(&badge, 0, sizeof badge);
    now_us = 1000000;
    return 0;
}

static enum rc send(uint16_t type, uint16_t code, int32_t value)
{
    struct input_event event = {.type = type, .code = code, .value = value};
    event.input_event_sec = now_us / 1000000;
    event.input_event_usec = now_us % 1000000;
    return wedge_decoder_take(&decoder, &event, &badge);
}

/* A key goes down, is repeated, and goes up, two milliseconds after the one before. */
static enum rc press(uint16_t code)
{
    now_us += 2000;
    enum rc rc = send(EV_KEY, code, 1);
    assert_int_equal(send(EV_KEY, code, 2), RC_EMPTY);
    assert_int_equal(send(EV_KEY, code, 0), RC_EMPTY);
    assert_int_equal(send(EV_SYN, SYN_REPORT, 0), RC_EMPTY);
    return rc;
}

static uint16_t code_of(char character)
{
    static const uint16_t letters[] = {KEY_A, KEY_B, KEY_C, KEY_D, KEY_E, KEY_F};
    static const uint16_t digits[] = {KEY_0, KEY_1, KEY_2, KEY_3, KEY_4,
                                      KEY_5, KEY_6, KEY_7, KEY_8, KEY_9};
    if (character >= '0' && character <= '9')
        return digits[character - '0'];
    return character >= 'A' && character <= 'F' ? letters[character - 'A'] : KEY_Z;
}

static enum rc type(const char *text)
{
    enum rc rc = RC_EMPTY;
    for (; *text && rc == RC_EMPTY; text++)
        rc = press(code_of(*text));
    return rc;
}

static void each_writing_becomes_its_badge(void **state)
{
    static const struct {
        const char *typed, *text;
    } rows[] = {
        {"12345678", "num:0012345678"},
        {"123456789", "num:0123456789"},
        {"0012345678", "num:0012345678"},
        {"4294967295", "num:4294967295"},
        {"12345678901", "num:12345678901"},
        {"123456789012", "num:123456789012"},
        {"5400101234561", NULL},
        {"2410000001613", "ean:2410000001613"},
        {"4006381333931", "ean:4006381333931"},
        {"4006381333932", NULL},
        {"04A1B2C3", "uid:04A1B2C3"},
        {"04A1B2C3D4E5F6", "uid:04A1B2C3D4E5F6"},
        {"01020304050607", "uid:01020304050607"},
        {"0102030405060708090A", "uid:0102030405060708090A"},
        {"01020304050607080901", "uid:01020304050607080901"},
        {"1234567", NULL},
        {"ABCDEF", NULL},
        {"04A1B2C3D", NULL},
        {"A123456789012", NULL},
        {"123456789012345", NULL},
        {"010203040506070809011", NULL},
        {"12345678Z", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start(state);
        assert_int_equal(type(rows[i].typed), RC_EMPTY);
        assert_true(wedge_decoder_is_waiting(&decoder));
        enum rc rc = press(KEY_ENTER);
        if (rc != (rows[i].text ? RC_OK : RC_BAD_INPUT))
            fail_msg("'%s' gives %s, %s", rows[i].typed, rc_text(rc), badge.text);
        if (rows[i].text)
            assert_string_equal(badge.text, rows[i].text);
        assert_false(wedge_decoder_is_waiting(&decoder));
    }
}

static void the_keypad_and_every_kind_of_enter_count_as_well(void **state)
{
    static const uint16_t keypad[] = {KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5,
                                      KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9, KEY_KP0};
    static const uint16_t ends[] = {KEY_ENTER, KEY_KPENTER, KEY_TAB};
    (void)state;
    for (size_t end = 0; end < 3; end++) {
        for (size_t i = 0; i < 10; i++)
            assert_int_equal(press(keypad[i]), RC_EMPTY);
        assert_int_equal(press(ends[end]), RC_OK);
        assert_string_equal(badge.text, "num:1234567890");
    }
}

static void shift_and_locks_change_nothing(void **state)
{
    (void)state;
    assert_int_equal(type("04"), RC_EMPTY);
    assert_int_equal(send(EV_KEY, KEY_LEFTSHIFT, 1), RC_EMPTY);
    assert_int_equal(type("A1"), RC_EMPTY);
    assert_int_equal(send(EV_KEY, KEY_LEFTSHIFT, 0), RC_EMPTY);
    assert_int_equal(press(KEY_CAPSLOCK), RC_EMPTY);
    assert_int_equal(press(KEY_NUMLOCK), RC_EMPTY);
    assert_int_equal(type("B2C3"), RC_EMPTY);
    assert_int_equal(press(KEY_ENTER), RC_OK);
    assert_string_equal(badge.text, "uid:04A1B2C3");
}

static void a_pause_ends_a_message_without_enter(void **state)
{
    (void)state;
    assert_int_equal(type("12345678"), RC_EMPTY);
    assert_int_equal(wedge_decoder_end(&decoder, &badge), RC_OK);
    assert_string_equal(badge.text, "num:0012345678");
    assert_int_equal(wedge_decoder_end(&decoder, &badge), RC_EMPTY);
}

static void a_gap_before_a_key_ends_the_message_before_it(void **state)
{
    (void)state;
    assert_int_equal(type("11112222"), RC_EMPTY);
    now_us += WEDGE_GAP_MS * 1000;
    assert_int_equal(press(KEY_3), RC_OK);
    assert_string_equal(badge.text, "num:0011112222");
    assert_int_equal(type("3334444"), RC_EMPTY);
    assert_int_equal(press(KEY_ENTER), RC_OK);
    assert_string_equal(badge.text, "num:0033334444");
}

static void an_enter_that_comes_late_is_no_second_badge(void **state)
{
    (void)state;
    assert_int_equal(type("11112222"), RC_EMPTY);
    now_us += 2 * WEDGE_GAP_MS * 1000;
    assert_int_equal(press(KEY_ENTER), RC_OK);
    assert_int_equal(press(KEY_ENTER), RC_EMPTY);
}

static void keys_that_the_kernel_lost_spoil_the_message_and_not_the_next(void **state)
{
    (void)state;
    assert_int_equal(type("1234"), RC_EMPTY);
    assert_int_equal(send(EV_SYN, SYN_DROPPED, 0), RC_EMPTY);
    assert_int_equal(type("12345678"), RC_EMPTY);
    assert_int_equal(press(KEY_ENTER), RC_BAD_INPUT);
    assert_int_equal(type("12345678"), RC_EMPTY);
    assert_int_equal(press(KEY_ENTER), RC_OK);
}

static bool is_right(const char *text)
{
    size_t length = strlen(text);
    if (strncmp(text, "ean:", 4) == 0)
        return length == 17;
    if (strncmp(text, "num:", 4) == 0)
        return length >= 14 && length <= 16 && strspn(text + 4, "0123456789") == length - 4;
    return strncmp(text, "uid:", 4) == 0 && (length == 12 || length == 18 || length == 24) &&
           strspn(text + 4, "0123456789ABCDEF") == length - 4;
}

/* Any events with any stamps: what comes out is a badge, and the decoder is never stuck. */
static void whatever_is_typed_only_badges_come_out(void **state)
{
    struct random random = random_for_test("wedge_decoder");
    int badges = 0;
    for (int round = 0; round < 300000; round++) {
        bool is_wild = random_below(&random, 50) == 0;
        uint16_t code =
            (uint16_t)(random_below(&random, 16) ? KEY_1 + random_below(&random, 10) : KEY_ENTER);
        if (random_below(&random, 8) == 0)
            code = code_of("ABCDEF"[random_below(&random, 6)]);
        if (is_wild)
            code = (uint16_t)random_below(&random, 65536);
        now_us += random_below(&random, 30) ? random_below(&random, 10000)
                                            : random_below(&random, 300000);
        if (random_below(&random, 1000) == 0)
            now_us = (int64_t)((uint64_t)random_below(&random, UINT32_MAX) << 20);
        enum rc rc = send(is_wild ? (uint16_t)random_below(&random, 8) : EV_KEY, code,
                          is_wild ? (int32_t)random_below(&random, 4) : 1);
        assert_true(rc == RC_OK || rc == RC_EMPTY || rc == RC_BAD_INPUT);
        if (rc == RC_OK && !is_right(badge.text))
            fail_msg("that is no badge: %s", badge.text);
        badges += rc == RC_OK;
    }
    assert_true(badges > 100);
    start(state);
    each_writing_becomes_its_badge(state);
}

#define TEST(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_writing_becomes_its_badge),
        TEST(the_keypad_and_every_kind_of_enter_count_as_well),
        TEST(shift_and_locks_change_nothing),
        TEST(a_pause_ends_a_message_without_enter),
        TEST(a_gap_before_a_key_ends_the_message_before_it),
        TEST(an_enter_that_comes_late_is_no_second_badge),
        TEST(keys_that_the_kernel_lost_spoil_the_message_and_not_the_next),
        TEST(whatever_is_typed_only_badges_come_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
