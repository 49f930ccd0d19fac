/* All stories but those of first visits, which have a program of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/flows.h"

static void a_flow_finds_what_it_expects(void **state)
{
    struct reason reason = {.text = ""};
    if (flows_play(*state, &reason))
        fail_msg("%s", reason.text);
}

/* The control: a story that is not true must be found out. */
static void a_flow_that_is_not_true_fails(void **state)
{
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(
        flows_play_text("at 2026-11-25 13:48\ntap Ada\nexpect scene goodbye\n", &reason),
        RC_REFUSED);
    assert_non_null(strstr(reason.text, "told.flow:3: goodbye; there was: greeting"));
}

/* With a word: only the flows whose path fits it (* and ? stand for anything). */
int main(int argc, char **argv)
{
    static char paths[FLOWS_MAX][FLOWS_PATH_BYTES];
    static char evening[] = "app/share/demo/evening.flow";
    static struct CMUnitTest tests[FLOWS_MAX + 2];
    int count = flows_list("first-visit", true, paths), used = 0;
    for (; used < count; used++)
        tests[used] =
            (struct CMUnitTest){paths[used], a_flow_finds_what_it_expects, NULL, NULL, paths[used]};
    tests[used++] = (struct CMUnitTest){"the demo's evening", a_flow_finds_what_it_expects, NULL,
                                        NULL, evening};
    tests[used++] = (struct CMUnitTest)cmocka_unit_test(a_flow_that_is_not_true_fails);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests("flows", tests, (size_t)used, flows_open, flows_close);
}
