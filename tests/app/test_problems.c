/* Where a mistake is, and what is said of it. */
#include "app/problems.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct problems problems;

static const struct problem *tell(const char *file, const struct reason *told)
{
    problems = (struct problems){.count = 0};
    problems_add_told(&problems, file, told);
    assert_int_equal(problems.count, 1);
    return &problems.rows[0];
}

static void file_and_line_are_taken_apart(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *said;
    } rows[] = {
        {"board.conf:4: unknown key", 4, "unknown key"},
        {"board.conf: 'width_px' is missing", 0, "'width_px' is missing"},
        {"/boot/firmware/board.conf: a pin twice", 0, "a pin twice"},
        {"/x/board.conf/board.conf:12: a: b", 12, "a: b"},
        {"keyboard.conf:4: it", 0, "keyboard.conf:4: it"},
        {"board.conf:-4: it", 0, "board.conf:-4: it"},
        {"board.conf:4x: it", 0, "board.conf:4x: it"},
        {"board.conf:99999999999999999999: it", 0, "board.conf:99999999999999999999: it"},
        {"board.conf", 0, "board.conf"},
        {"a sentence: board.conf: b", 0, "a sentence: board.conf: b"},
        {"", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reason told = {.text = ""};
        snprintf(told.text, sizeof told.text, "%s", rows[i].text);
        const struct problem *problem = tell("board.conf", &told);
        assert_string_equal(problem->file, "board.conf");
        assert_string_equal(problem->said.text, rows[i].said);
        assert_int_equal(problem->line, rows[i].line);
    }
}

static const char *translate(int language, const char *text)
{
    (void)language;
    return strcmp(text, "takes %d to %d") == 0 ? "va de %d à %d" : text;
}

static void what_is_left_is_said_in_any_language(void **state)
{
    const struct tongue french = {translate, 0};
    struct reason inner, told;
    char said[200];
    (void)state;
    reason_set(&inner, "takes %d to %d", 1, 9);
    reason_set(&told, "%s:%d: %s", "board.conf", 4, inner.text);
    reason_nest(&told, &inner);
    const struct problem *problem = tell("board.conf", &told);
    assert_string_equal(problem->said.text, "takes 1 to 9");
    assert_string_equal(reason_say(&problem->said, french, said, sizeof said), "va de 1 à 9");
    /* By another path the text is all there is. */
    reason_set(&told, "%s in %s", "board.conf:4: takes 1 to 9", "x");
    problem = tell("board.conf", &told);
    assert_string_equal(reason_say(&problem->said, french, said, sizeof said), "takes 1 to 9 in x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_and_line_are_taken_apart),
        cmocka_unit_test(what_is_left_is_said_in_any_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
