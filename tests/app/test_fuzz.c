/* Whatever comes from a stick, harmed: build/torture-fuzz is the long form of it. */
#include "tests/support/fuzz.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/random.h"

#define ROUNDS 80
#define CONTROL_ROUNDS 1

static void harmed_files_do_no_harm(void **state)
{
    (void)state;
    uint64_t seed = random_seed();
    printf("harmed files: PERRON_SEED=%" PRIu64 "\n", seed); /* of torture-fuzz, too */
    struct fuzz *fuzz = fuzz_open(seed, FUZZ_OURS);
    fuzz_run(fuzz, ROUNDS);
    assert_true(fuzz_tell(fuzz));
    fuzz_close(fuzz);
}

static void a_reader_with_a_fault_is_found_out(void **state)
{
    (void)state;
    for (enum fuzz_control control = FUZZ_OURS + 1; control < FUZZ_CONTROL_COUNT; control++)
        assert_true(fuzz_show_control(1, control, CONTROL_ROUNDS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(harmed_files_do_no_harm),
        cmocka_unit_test(a_reader_with_a_fault_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
