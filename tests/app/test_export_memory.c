/* Without memory an export says so and leaves no folder, or all of it is there and checks. */
#include "app/export.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/loose_stick.h"
#include "tests/support/malloc_calls.h"
#include "tests/support/month.h"
#include "tests/support/random.h"

/* Pango and GLib end a program that has no memory, so without the roll-call. */
#define FILES (EXPORT_ALL_FILES & ~(1u << EXPORT_ROLL_CALL) & ~(1u << EXPORT_WORKBOOK))

static struct loose_stick stick;

static int count_folders(void)
{
    int count = 0;
    struct dirent *entry;
    DIR *folder = opendir(stick.root);
    assert_non_null(folder);
    while ((entry = readdir(folder)))
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

static void expect_right(const struct export_result *result, const struct export_result *whole)
{
    char path[256];
    struct reason reason;
    snprintf(path, sizeof path, "%s/%s", stick.root, result->folder);
    assert_int_equal(parcel_check(path, NULL, NULL, &reason), RC_OK);
    assert_memory_equal(result->rows, whole->rows, sizeof whole->rows);
    assert_int_equal(result->mark.count, whole->mark.count);
    loose_stick_run(&stick, "rm -r 20*");
}

static void expect_nothing(const struct export_job *job, enum rc rc, const struct reason *reason)
{
    char scratch[128];
    snprintf(scratch, sizeof scratch, "%s/scratch", job->data);
    assert_int_equal(rc, RC_NO_MEMORY);
    assert_string_not_equal(reason->text, "");
    assert_int_equal(count_folders(), 0);
    assert_int_not_equal(access(scratch, F_OK), 0);
}

/* One allocation after the other, at growing distances: SQLite alone asks ten thousand times. */
static void try_all(const struct export_job *job)
{
    struct export_result result, whole;
    struct random random = random_for_test("export memory");
    struct reason reason = {.text = ""};
    int failures = 0;
    bool has_failed = true;
    assert_int_equal(export_run(job, NULL, &whole, &reason), RC_OK);
    expect_right(&whole, &whole);
    for (long nth = 1; has_failed; nth += 1 + (long)random_below(&random, 1 + (unsigned)nth / 4)) {
        strcpy(reason.text, "");
        malloc_fail_at(nth);
        enum rc rc = export_run(job, NULL, &result, &reason);
        has_failed = malloc_end();
        failures += rc != RC_OK;
        assert_true(has_failed || !rc);
        if (rc)
            expect_nothing(job, rc, &reason);
        else
            expect_right(&result, &whole);
    }
    assert_true(failures > 10);
}

static void whatever_allocation_fails_there_is_all_or_nothing(void **state)
{
    struct month month = month_open();
    struct venue venue = venue_default();
    struct seal_public to;
    struct seal_secret secret;
    struct export_job job = {.data = month.house->data,
                             .root = stick.root,
                             .venue = &venue,
                             .now = house_now(month.house),
                             .choice = {.span = EXPORT_EVERYTHING, .files = FILES}};
    (void)state;
    loose_stick_make(&stick);
    seal_make_keys(&to, &secret);
    try_all(&job);
    job.choice.seal = &to;
    job.choice.span = EXPORT_SINCE;
    try_all(&job);
    loose_stick_remove(&stick);
    house_close(month.house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_allocation_fails_there_is_all_or_nothing),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
