#include "app/guides.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/guides_check.h"
#include "firmware/base/hash.h"
#include "tests/support/random.h"

#define SHIPPED "app/share/venue/welcome"
#define NOWHERE "/tmp/perron-nowhere/welcome"

static void the_content_that_comes_along_is_whole_and_fits(void **state)
{
    static struct problems problems;
    struct circle_list circles = circle_default();
    struct guide *guide;
    char line[PROBLEMS_LINE_BYTES];
    (void)state;
    memset(&problems, 0, sizeof problems);
    enum rc rc = guides_check(SHIPPED, &circles, &guide, &problems);
    for (int i = 0; i < problems.count; i++) {
        problems_write(&problems.rows[i], line);
        print_message("%s\n", line);
    }
    assert_int_equal(rc, RC_OK);
    assert_int_equal(problems.count, 0);
    guides_free(guide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_content_that_comes_along_is_whole_and_fits),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
