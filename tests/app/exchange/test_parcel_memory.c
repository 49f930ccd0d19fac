/* Without memory a parcel says so and leaves no folder that looks whole, or it is whole. */
#include "app/exchange/parcel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/loose_stick.h"
#include "tests/support/malloc_calls.h"

#define NAME "2026-11-26_l-epi-commun"
#define TRIALS_MIN 4 /* it did come to that */

static struct loose_stick stick;

static enum rc put(struct parcel *parcel, const char *name, const char *text)
{
    struct sink sink;
    enum rc rc = parcel_open_file(parcel, name, &sink);
    if (rc)
        return rc;
    (void)!sink_write(&sink, text, strlen(text));
    return parcel_close_file(parcel);
}

/* What one of its files came to, parcel_finish says again. */
static enum rc send(const struct seal_public *seal, char *out_name, struct reason *out_reason)
{
    char made[128];
    struct parcel *parcel;
    const struct parcel_config config = {.root = stick.root, .name = NAME, .seal = seal};
    enum rc rc = parcel_begin(&config, &parcel, out_reason);
    if (rc)
        return rc;
    snprintf(made, sizeof made, "%s/made", stick.root);
    (void)!put(parcel, "visits.csv", "id,person\n1,Zoé\n");
    (void)!put(parcel, "empty.csv", "");
    (void)!parcel_add_file(parcel, "attendance.xlsx", made);
    return parcel_finish(parcel, out_name, out_reason);
}

static void whatever_allocation_fails_it_is_whole_or_said_not_to_be_there(void **state)
{
    struct seal_public to;
    struct seal_secret secret;
    (void)state;
    seal_make_keys(&to, &secret);
    loose_stick_make(&stick);
    loose_stick_run(&stick, "head -c 300000 /dev/urandom > made");
    for (int is_sealed = 0; is_sealed < 2; is_sealed++) {
        bool has_failed = true;
        long nth = 1;
        for (; has_failed; nth++) {
            char name[PARCEL_NAME_BYTES] = "", path[256];
            struct reason reason = {.text = ""}, ignored;
            malloc_fail_at(nth);
            enum rc rc = send(is_sealed ? &to : NULL, name, &reason);
            has_failed = malloc_end();
            if (rc) {
                assert_int_equal(rc, RC_NO_MEMORY);
                assert_true(has_failed);
                assert_string_not_equal(reason.text, "");
                loose_stick_run(&stick, "test \"$(ls)\" = made");
                continue;
            }
            snprintf(path, sizeof path, "%s/%s", stick.root, name);
            assert_int_equal(parcel_check(path, NULL, NULL, &ignored), RC_OK);
            loose_stick_run(&stick, "rm -r 20*");
        }
        assert_true(nth > TRIALS_MIN);
    }
    loose_stick_remove(&stick);
}

static void a_check_without_memory_is_no_check_that_failed(void **state)
{
    char name[PARCEL_NAME_BYTES], path[256];
    struct reason reason = {.text = ""};
    long nth = 1;
    (void)state;
    loose_stick_make(&stick);
    loose_stick_run(&stick, "echo made > made");
    assert_int_equal(send(NULL, name, &reason), RC_OK);
    snprintf(path, sizeof path, "%s/%s", stick.root, name);
    for (bool has_failed = true; has_failed; nth++) {
        strcpy(reason.text, "");
        malloc_fail_at(nth);
        enum rc rc = parcel_check(path, NULL, NULL, &reason);
        has_failed = malloc_end();
        assert_int_equal(rc, has_failed ? RC_NO_MEMORY : RC_OK);
        assert_true(!rc || reason.text[0]);
    }
    assert_true(nth > 2);
    loose_stick_remove(&stick);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_allocation_fails_it_is_whole_or_said_not_to_be_there),
        cmocka_unit_test(a_check_without_memory_is_no_check_that_failed),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
