#include "app/domain/code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"

#define DRAWS 300000

static void the_alphabet_is_twenty_consonants_each_once(void **state)
{
    (void)state;
    assert_int_equal(strlen(CODE_ALPHABET), 20);
    for (const char *at = CODE_ALPHABET; *at; at++) {
        assert_true(*at >= 'A' && *at <= 'Z');
        assert_null(strchr("AEIOUY", *at));
        assert_ptr_equal(strchr(CODE_ALPHABET, *at), strrchr(CODE_ALPHABET, *at));
    }
}

/* Chi squared over how often each letter came, with 19 degrees of freedom. */
static double unevenness(const long *counts, long total)
{
    double sum = 0, expected = (double)total / 20;
    for (int i = 0; i < 20; i++)
        sum += ((double)counts[i] - expected) * ((double)counts[i] - expected) / expected;
    return sum;
}

static void count_letters(const char *text, long *counts)
{
    for (; *text; text++)
        counts[strchr(CODE_ALPHABET, *text) - CODE_ALPHABET]++;
}

/* 1 in 10^7 of even draws is above 75; the control is a byte modulo 20, as it comes. */
static void every_letter_is_as_likely_as_any_other(void **state)
{
    static const double limit = 75;
    long counts[20] = {0}, biased[20] = {0};
    struct code code;
    (void)state;
    for (long i = 0; i < DRAWS / CODE_LETTERS; i++) {
        code_make(&code);
        assert_int_equal(strlen(code.text), CODE_LETTERS);
        count_letters(code.text, counts);
    }
    for (long i = 0; i < DRAWS; i++) {
        uint8_t byte;
        hash_random(&byte, sizeof byte);
        biased[byte % 20]++;
    }
    printf("unevenness %.1f, of biased ones %.1f\n", unevenness(counts, DRAWS),
           unevenness(biased, DRAWS));
    assert_true(unevenness(counts, DRAWS) < limit);
    assert_true(unevenness(biased, DRAWS) > limit);
}

static void no_code_has_an_insult_in_it(void **state)
{
    struct code code;
    (void)state;
    for (int i = 0; i < DRAWS / CODE_LETTERS; i++) {
        code_make(&code);
        assert_null(strstr(code.text, "FDP"));
        assert_null(strstr(code.text, "GVD"));
        assert_null(strstr(code.text, "KKK"));
    }
}

static void what_is_written_is_read_again(void **state)
{
    char written[CODE_WRITTEN_BYTES];
    struct code code, back;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        code_make(&code);
        code_write(&code, written);
        assert_int_equal(strlen(written), 7);
        assert_int_equal(written[3], ' ');
        assert_int_equal(code_parse(written, &back), RC_OK);
        assert_string_equal(back.text, code.text);
    }
}

static void every_way_of_writing_it_is_understood(void **state)
{
    static const char *const writings[] = {
        "BCDFGH",      "bcdfgh",    "bCd FgH",     "BCD-FGH",      "BCD–FGH",
        "B C D F G H", " bcd fgh ", "b.c.d.f.g.h", "BCD\u00A0FGH", "--BCDFGH--",
    };
    struct code code;
    (void)state;
    for (size_t i = 0; i < sizeof writings / sizeof writings[0]; i++) {
        assert_int_equal(code_parse(writings[i], &code), RC_OK);
        assert_string_equal(code.text, "BCDFGH");
    }
}

static void what_cannot_be_a_code_is_refused_and_leaves_nothing(void **state)
{
    static const char *const wrong[] = {
        "",        " ",       "BCDFG",
        "BCDFGHJ", "BCDFGA",  "BCDFG1",
        "BCDFGY",  "BCDFG\n", "BCD/FGH",
        "BCDFGH!", "274913",  "BCDFG€",
        "ABCDEF",  "BCDFG",   "BCDFGH                                                         1",
    };
    struct code code = {"before"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(code_parse(wrong[i], &code), RC_BAD_INPUT);
        assert_string_equal(code.text, "before");
    }
}

static int set_up(void **state)
{
    (void)state;
    return hash_init();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_alphabet_is_twenty_consonants_each_once),
        cmocka_unit_test(every_letter_is_as_likely_as_any_other),
        cmocka_unit_test(no_code_has_an_insult_in_it),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(every_way_of_writing_it_is_understood),
        cmocka_unit_test(what_cannot_be_a_code_is_refused_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
