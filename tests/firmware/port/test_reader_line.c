#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/port/reader_line.h"
#include "tests/support/random.h"

static enum rc parse(const char *text, struct reader_line *out_line)
{
    return reader_line_parse(text, strlen(text), out_line);
}

static void every_kind_of_line_survives_writing_and_reading(void **state)
{
    static const struct {
        struct reader_line line;
        const char *text;
    } rows[] = {
        {{.kind = READER_LINE_HELLO}, "perron-reader 1\n"},
        {{.kind = READER_LINE_READY, .text = "pn532_uart:/dev/x"}, "ready pn532_uart:/dev/x\n"},
        {{.kind = READER_LINE_TAG, .text = "04A1B2C3"}, "tag 04A1B2C3\n"},
        {{.kind = READER_LINE_TAG, .text = "04A1B2C3D4E5F6"}, "tag 04A1B2C3D4E5F6\n"},
        {{.kind = READER_LINE_TAG, .text = "0102030405060708090A"}, "tag 0102030405060708090A\n"},
        {{.kind = READER_LINE_GONE}, "gone\n"},
        {{.kind = READER_LINE_BEAT}, "beat\n"},
        {{.kind = READER_LINE_FAULT, .fault = READER_FAULT_BUSY, .text = "Stop it."},
         "fault busy Stop it.\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[READER_LINE_BYTES + 1];
        struct reader_line line;
        size_t length = reader_line_format(&rows[i].line, text);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(length, strlen(text));
        assert_int_equal(reader_line_parse(text, length - 1, &line), RC_OK);
        assert_int_equal(line.kind, rows[i].line.kind);
        assert_int_equal(line.fault, rows[i].line.fault);
        assert_string_equal(line.text, rows[i].line.text);
    }
}

static void a_uid_of_any_other_length_is_refused(void **state)
{
    char text[READER_LINE_BYTES * 3] = "tag ";
    struct reader_line line = {.text = "untouched"};
    (void)state;
    for (size_t bytes = 0; bytes <= 200; bytes++) {
        memset(text + 4, 'A', 2 * bytes);
        text[4 + 2 * bytes] = 0;
        enum rc rc = parse(text, &line);
        if (bytes == 4 || bytes == 7 || bytes == 10)
            assert_int_equal(rc, RC_OK);
        else
            assert_int_not_equal(rc, RC_OK);
    }
    assert_int_equal(parse("tag 04A1B2C", &line), RC_BAD_INPUT);
    assert_int_equal(parse("tag 04a1b2c3", &line), RC_BAD_INPUT);
}

static void what_is_no_line_is_refused_and_leaves_the_result_alone(void **state)
{
    static const char *const wrong[] = {
        "",
        " ",
        "tag",
        "tag ",
        "tags 04A1B2C3",
        "gone x",
        "gone ",
        "beat beat",
        "ready",
        "ready ",
        "fault",
        "fault busy",
        "fault busy ",
        "fault odd Why",
        "perron-reader",
        "perron-reader 0",
        "perron-reader 01",
        "perron-reader -1",
        "perron-reader 1 ",
        "PERRON-READER 1",
        "tag 04A1B2C3 ",
        "tag  04A1B2C3",
        "ready a\tb",
        "ready \x7f",
        "beat\n",
    };
    struct reader_line line = {.kind = READER_LINE_BEAT, .text = "untouched"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (parse(wrong[i], &line) != RC_BAD_INPUT)
            fail_msg("taken: '%s'", wrong[i]);
    assert_int_equal(reader_line_parse("be\0t", 4, &line), RC_BAD_INPUT);
    assert_int_equal(parse("perron-reader 2", &line), RC_NEWER);
    assert_string_equal(line.text, "untouched");
}

static void a_line_that_is_too_long_is_refused(void **state)
{
    char text[READER_LINE_BYTES + 50] = "ready ";
    struct reader_line line;
    (void)state;
    memset(text + 6, 'x', sizeof text - 7);
    assert_int_equal(parse(text, &line), RC_LIMIT);
    text[6 + READER_LINE_TEXT] = 0;
    assert_int_equal(parse(text, &line), RC_LIMIT);
    text[6 + READER_LINE_TEXT - 1] = 0;
    assert_int_equal(parse(text, &line), RC_OK);
}

static void strange_characters_cannot_break_a_line_in_two(void **state)
{
    struct reader_line line = {.kind = READER_LINE_READY, .text = "two\nlines \xc3\xa9"};
    char text[READER_LINE_BYTES + 1];
    (void)state;
    reader_line_format(&line, text);
    assert_string_equal(text, "ready two?lines ??\n");
}

/* Random bytes, and right lines with random damage: what is taken is written back as it came. */
static void whatever_comes_is_refused_or_comes_back_the_same(void **state)
{
    static const char *const seeds[] = {
        "perron-reader 1",      "ready PN532", "tag 04A1B2C3D4E5F6", "gone", "beat",
        "fault silent Why not."};
    struct random random = random_for_test("reader_line");
    int taken = 0;
    (void)state;
    for (int round = 0; round < 200000; round++) {
        char input[READER_LINE_BYTES + 20], again[READER_LINE_BYTES + 1];
        struct reader_line line;
        const char *seed = seeds[random_below(&random, 6)];
        size_t length = strlen(seed);
        memcpy(input, seed, length);
        if (random_below(&random, 4) == 0)
            length = random_below(&random, sizeof input);
        for (unsigned damage = random_below(&random, 4); damage > 0 && length > 0; damage--)
            input[random_below(&random, (unsigned)length)] = (char)random_below(&random, 256);
        if (length > strlen(seed))
            for (size_t i = 0; i < length; i++)
                input[i] = (char)random_below(&random, 256);
        if (reader_line_parse(input, length, &line))
            continue;
        taken++;
        assert_int_equal(reader_line_format(&line, again), length + 1);
        assert_memory_equal(again, input, length);
    }
    assert_true(taken > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_line_survives_writing_and_reading),
        cmocka_unit_test(a_uid_of_any_other_length_is_refused),
        cmocka_unit_test(what_is_no_line_is_refused_and_leaves_the_result_alone),
        cmocka_unit_test(a_line_that_is_too_long_is_refused),
        cmocka_unit_test(strange_characters_cannot_break_a_line_in_two),
        cmocka_unit_test(whatever_comes_is_refused_or_comes_back_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
