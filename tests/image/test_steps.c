#include "tests/image/steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char left_after[200];
static char *table;

static enum rc go_well(void *context, struct reason *said)
{
    (*(int *)context)++;
    reason_set(said, "41 taps");
    return RC_OK;
}

static enum rc go_well_and_say_nothing(void *context, struct reason *said)
{
    (void)context, (void)said;
    return RC_OK;
}

static enum rc go_wrong(void *context, struct reason *said)
{
    (void)context;
    reason_set(said, "the screen is black");
    return RC_TIMEOUT;
}

static enum rc go_wrong_and_say_nothing(void *context, struct reason *said)
{
    (void)context, (void)said;
    return RC_TIMEOUT;
}

static void leave(void *context, const char *step)
{
    (void)context;
    snprintf(left_after + strlen(left_after), sizeof left_after - strlen(left_after), "%s;", step);
}

static int run_as(const struct step *rows, int count, const char *only, bool is_short,
                  int *out_done)
{
    size_t length;
    *out_done = 0;
    left_after[0] = 0;
    free(table);
    FILE *out = open_memstream(&table, &length);
    assert_non_null(out);
    const struct steps steps = {.rows = rows,
                                .count = count,
                                .context = out_done,
                                .failed = leave,
                                .out = out,
                                .only = only,
                                .is_short = is_short};
    int code = steps_run(&steps);
    fclose(out);
    return code;
}

static int run(const struct step *rows, int count, const char *only, int *out_done)
{
    return run_as(rows, count, only, false, out_done);
}

static void expect(const char *text)
{
    if (!strstr(table, text))
        fail_msg("no '%s' in:\n%s", text, table);
}

static const char *last_line(void)
{
    const char *last = table;
    for (const char *at = table; *at; at++)
        if (*at == '\n' && at[1])
            last = at + 1;
    return last;
}

static void steps_are_told_with_what_was_seen_and_summed_up(void **state)
{
    static const struct step rows[] = {{.name = "boots", .run = go_well},
                                       {.name = "rests", .run = go_well_and_say_nothing}};
    int done;
    (void)state;
    assert_int_equal(run(rows, 2, NULL, &done), 0);
    assert_int_equal(done, 1);
    expect("  boots                                                    0.0 s  ok      41 taps\n");
    expect("  rests                                                    0.0 s  ok     \n");
    assert_string_equal(last_line(), "2 passed, 0 failed\n");
    assert_string_equal(left_after, "");
}

static void a_step_that_fails_says_why_and_the_next_is_run(void **state)
{
    static const struct step rows[] = {{.name = "shows", .run = go_wrong},
                                       {.name = "speaks", .run = go_wrong_and_say_nothing},
                                       {.name = "taps", .run = go_well}};
    int done;
    (void)state;
    assert_int_equal(run(rows, 3, NULL, &done), 1);
    assert_int_equal(done, 1);
    expect("FAILED  the screen is black\n");
    expect("FAILED  no answer in time\n");
    assert_string_equal(last_line(), "1 passed, 2 failed\n");
    assert_string_equal(left_after, "shows;speaks;");
}

static void after_a_fatal_one_the_rest_counts_as_failed(void **state)
{
    static const struct step rows[] = {{.name = "boots", .run = go_wrong, .kind = STEP_FATAL},
                                       {.name = "taps", .run = go_well},
                                       {.name = "taps again", .run = go_well}};
    int done;
    (void)state;
    assert_int_equal(run(rows, 3, NULL, &done), 1);
    assert_int_equal(done, 0);
    expect("FAILED  not tried\n");
    assert_string_equal(last_line(), "0 passed, 3 failed\n");
    assert_string_equal(left_after, "boots;");
}

static void some_steps_alone_need_the_fatal_ones(void **state)
{
    static const struct step rows[] = {{.name = "boots", .run = go_well, .kind = STEP_FATAL},
                                       {.name = "shows", .run = go_wrong},
                                       {.name = "taps", .run = go_well}};
    int done;
    (void)state;
    assert_int_equal(run(rows, 3, "tap", &done), 0);
    assert_int_equal(done, 2);
    assert_string_equal(last_line(), "2 passed, 0 failed\n");
}

static void the_short_form_leaves_the_long_ones_out(void **state)
{
    static const struct step rows[] = {{.name = "boots", .run = go_well, .kind = STEP_FATAL},
                                       {.name = "measures", .run = go_wrong, .kind = STEP_LONG},
                                       {.name = "taps", .run = go_well}};
    int done;
    (void)state;
    assert_int_equal(run_as(rows, 3, NULL, true, &done), 0);
    assert_int_equal(done, 2);
    assert_int_equal(run_as(rows, 3, NULL, false, &done), 1);
}

static void nothing_done_is_not_passed(void **state)
{
    static const struct step rows[] = {{.name = "taps", .run = go_well}};
    int done;
    (void)state;
    assert_int_equal(run(rows, 0, NULL, &done), 1);
    assert_int_equal(run(rows, 1, "no such step", &done), 1);
}

static int tear_down(void **state)
{
    (void)state;
    free(table);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_told_with_what_was_seen_and_summed_up),
        cmocka_unit_test(a_step_that_fails_says_why_and_the_next_is_run),
        cmocka_unit_test(after_a_fatal_one_the_rest_counts_as_failed),
        cmocka_unit_test(some_steps_alone_need_the_fatal_ones),
        cmocka_unit_test(the_short_form_leaves_the_long_ones_out),
        cmocka_unit_test(nothing_done_is_not_passed),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
