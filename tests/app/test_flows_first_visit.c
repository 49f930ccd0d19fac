/* The stories of first visits. */
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

/* The control: who begins a visit and says no name is nobody the house knows. */
static void a_visit_without_a_name_is_found_out(void **state)
{
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(flows_play_text("at 2026-11-25 13:48\npress first-visit\npress in-fr\n"
                                     "press skip\nexpect page who\nexpect here 1\n",
                                     &reason),
                     RC_REFUSED);
    assert_non_null(
        strstr(reason.text, "told.flow:6: another number of people expected; there was: 0"));
}

int main(int argc, char **argv)
{
    static char paths[FLOWS_MAX][FLOWS_PATH_BYTES];
    static struct CMUnitTest tests[FLOWS_MAX + 1];
    int count = flows_list("first-visit", false, paths), used = 0;
    for (; used < count; used++)
        tests[used] =
            (struct CMUnitTest){paths[used], a_flow_finds_what_it_expects, NULL, NULL, paths[used]};
    tests[used++] = (struct CMUnitTest)cmocka_unit_test(a_visit_without_a_name_is_found_out);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests("first visits", tests, (size_t)used, flows_open, flows_close);
}
