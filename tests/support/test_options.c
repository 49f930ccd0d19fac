#include "tests/support/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool is_short;
static long rounds;
static uint64_t seed;
static const char *only;
static int code;

static const struct option_row rows[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "rounds", .number = &rounds},
                                         {.name = "seed", .seed = &seed},
                                         {.name = "only", .text = &only},
                                         {.name = NULL}};

/* Words with one space between them. */
static bool read_line(const char *line)
{
    static char words[200], name[] = "torture";
    char *argv[16] = {name}, *rest = words;
    int argc = 1;
    snprintf(words, sizeof words, "%s", line);
    for (char *word; argc < 16 && (word = strtok_r(rest, " ", &rest)); argc++)
        argv[argc] = word;
    is_short = false;
    rounds = 7;
    seed = 8;
    only = NULL;
    code = -1;
    return options_read(argc, argv, rows, "usage: torture\n", &code);
}

static void what_is_asked_is_set_and_nothing_else(void **state)
{
    (void)state;
    assert_true(read_line(""));
    assert_true(!is_short && rounds == 7 && seed == 8 && !only);
    assert_true(read_line("--rounds 50 --ci"));
    assert_true(is_short && rounds == 50 && seed == 8 && !only);
    assert_true(read_line("--seed 18446744073709551615 --only read --rounds 0"));
    assert_true(!is_short && rounds == 0 && seed == UINT64_MAX);
    assert_string_equal(only, "read");
    assert_true(read_line("--only --ci")); /* a value is a value */
    assert_string_equal(only, "--ci");
    assert_int_equal(code, -1);
}

static void what_is_no_option_or_no_value_ends_it(void **state)
{
    static const char *const lines[] = {
        "--nonsense",  "rounds 5",         "-rounds 5",    "--rounds",
        "--rounds x",  "--rounds 5x",      "--rounds -5",  "--rounds 9223372036854775808",
        "--seed +1",   "--seed 1e6",       "--seed",       "--seed 18446744073709551616",
        "--ci --only", "--rounds 5 hello", "--ci nothing", "--",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (read_line(lines[i]) || code != 2)
            fail_msg("%s: %d", lines[i], code);
}

static void help_ends_it_well(void **state)
{
    (void)state;
    assert_false(read_line("--ci --help"));
    assert_int_equal(code, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_is_set_and_nothing_else),
        cmocka_unit_test(what_is_no_option_or_no_value_ends_it),
        cmocka_unit_test(help_ends_it_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
