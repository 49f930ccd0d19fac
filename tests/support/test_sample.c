#include "tests/support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/random.h"

/* 1 to `count`, in some order. */
static void fill(struct sample *sample, int count)
{
    double values[5000];
    struct random random = random_for_test("sample");
    for (int i = 0; i < count; i++) {
        int at = (int)random_below(&random, (unsigned)i + 1);
        values[i] = values[at];
        values[at] = i + 1;
    }
    for (int i = 0; i < count; i++)
        sample_add(sample, values[i]);
}

static void the_median_and_the_tail_are_found(void **state)
{
    struct sample sample = {.count = 0};
    (void)state;
    fill(&sample, 4999);
    assert_true(sample_at(&sample, 0.5) == 2500);
    assert_true(sample_at(&sample, 1) == 4999);
    assert_true(sample_at(&sample, 0) == 1);
    assert_in_range((int)sample_at(&sample, 0.99), 4948, 4950);
    sample_add(&sample, 9000); /* after it was looked at */
    assert_true(sample_at(&sample, 1) == 9000);
    sample_close(&sample);
}

static void nothing_is_zero(void **state)
{
    struct sample sample = {.count = 0};
    (void)state;
    assert_true(sample_at(&sample, 0.5) == 0);
    sample_close(&sample);
    sample_close(&sample);
}

static void a_bar_is_judged(void **state)
{
    struct sample sample = {.count = 0};
    (void)state;
    fill(&sample, 100);
    assert_true(sample_print(&sample, "T1", "within both", 60, 100));
    assert_true(sample_print(&sample, "T1", "without any", 0, 0));
    assert_false(sample_print(&sample, "T1", "over the first", 40, 100));
    assert_false(sample_print(&sample, "T1", "over the second", 0, 90));
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_median_and_the_tail_are_found),
        cmocka_unit_test(nothing_is_zero),
        cmocka_unit_test(a_bar_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
