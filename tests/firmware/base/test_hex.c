#include "firmware/base/hex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void bytes_become_digits_and_come_back(void **state)
{
    uint8_t bytes[256], back[256];
    char text[513];
    size_t count = 0;
    (void)state;
    for (int i = 0; i < 256; i++)
        bytes[i] = (uint8_t)i;
    hex_encode(bytes, sizeof bytes, text);
    assert_int_equal(strlen(text), 512);
    assert_memory_equal(text + 500, "FAFBFCFDFEFF", 12);
    assert_int_equal(hex_decode(text, 512, sizeof back, back, &count), RC_OK);
    assert_int_equal(count, 256);
    assert_memory_equal(back, bytes, sizeof bytes);
}

static void both_cases_are_read(void **state)
{
    uint8_t bytes[3];
    size_t count = 0;
    (void)state;
    assert_int_equal(hex_decode("aBcDeF", 6, 3, bytes, &count), RC_OK);
    assert_memory_equal(bytes, "\xAB\xCD\xEF", 3);
}

static void nothing_is_no_bytes(void **state)
{
    size_t count = 9;
    char text[1];
    (void)state;
    assert_int_equal(hex_decode("", 0, 0, NULL, &count), RC_OK);
    assert_int_equal(count, 0);
    hex_encode(NULL, 0, text);
    assert_string_equal(text, "");
}

static void what_is_no_digit_or_too_much_is_refused(void **state)
{
    static const char *const wrong[] = {"A",  "ABC", "0G", "g0", "0x",
                                        " 1", "1 ",  "+1", "-1", "\xc3\xa9"};
    uint8_t bytes[2];
    size_t count;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(hex_decode(wrong[i], strlen(wrong[i]), 2, bytes, &count), RC_BAD_INPUT);
    assert_int_equal(hex_decode("AABBCC", 6, 2, bytes, &count), RC_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_digits_and_come_back),
        cmocka_unit_test(both_cases_are_read),
        cmocka_unit_test(nothing_is_no_bytes),
        cmocka_unit_test(what_is_no_digit_or_too_much_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
