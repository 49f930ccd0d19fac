#include "firmware/base/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void lines_are_kept_in_order_without_their_times(void **state)
{
    struct trace *trace;
    (void)state;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    trace_line(trace, "pin %s %s", "green", "on");
    trace_line(trace, "present %s", "greeting");
    char *text = trace_text(trace);
    assert_string_equal(text, "pin green on\npresent greeting\n");
    free(text);
    trace_clear(trace);
    text = trace_text(trace);
    assert_string_equal(text, "");
    free(text);
    trace_close(trace);
}

static void a_descriptor_gets_each_line_at_once_with_its_microsecond(void **state)
{
    struct trace *trace;
    int ends[2];
    char line[64], *end;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(trace_open(ends[1], &trace), RC_OK);
    trace_line(trace, "badge");
    ssize_t count = read(ends[0], line, sizeof line - 1);
    assert_true(count > 7);
    line[count] = 0;
    assert_true(strtoll(line, &end, 10) > 0);
    assert_string_equal(end, " badge\n");
    trace_close(trace);
    close(ends[0]);
}

static void only_the_newest_lines_are_kept_and_they_are_whole(void **state)
{
    struct trace *trace;
    char expected[32];
    (void)state;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    for (int i = 0; i < 20000; i++)
        trace_line(trace, "line %d", i);
    char *text = trace_text(trace);
    assert_true(strlen(text) <= 65536);
    assert_memory_equal(text, "line ", 5);
    snprintf(expected, sizeof expected, "line %d\n", 19999);
    assert_string_equal(text + strlen(text) - strlen(expected), expected);
    free(text);
    trace_close(trace);
}

static void nobody_listening_swallows_everything(void **state)
{
    (void)state;
    trace_line(NULL, "pin %s on", "green");
    trace_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_kept_in_order_without_their_times),
        cmocka_unit_test(a_descriptor_gets_each_line_at_once_with_its_microsecond),
        cmocka_unit_test(only_the_newest_lines_are_kept_and_they_are_whole),
        cmocka_unit_test(nobody_listening_swallows_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
