/* Without memory a restore says so and leaves nothing, or all of it is there. */
#include "app/restore.h"

#include <dlfcn.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/export.h"
#include "app/store/verify.h"
#include "tests/support/house.h"
#include "tests/support/random.h"
#include "tests/support/welcome_folder.h"

static long fails_at; /* counts down; 0: nothing fails */
static bool has_failed;

static bool is_failing(void)
{
    if (fails_at == 0 || --fails_at > 0)
        return false;
    has_failed = true;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    static void *(*real)(size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "malloc");
    return is_failing() ? NULL : real(size);
}

void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    return is_failing() ? NULL : real(count, size);
}

void *realloc(void *memory, size_t size)
{
    static void *(*real)(void *, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "realloc");
    return is_failing() ? NULL : real(memory, size);
}

static void ignore(void *context, const char *sentence)
{
    (void)context, (void)sentence;
}

static void run(const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    assert_int_equal(system(line), 0);
}

static void take_out(struct house *house, const char *root, const struct seal_public *to,
                     char *out_folder, size_t size)
{
    struct venue venue = venue_default();
    struct export_result result;
    struct reason reason = {""};
    struct export_job job = {.data = house->data,
                             .root = root,
                             .venue = &venue,
                             .now = house_now(house),
                             .choice = {.span = EXPORT_EVERYTHING,
                                        .files = 1u << EXPORT_JOURNAL | 1u << EXPORT_DATABASE,
                                        .seal = to}};
    if (export_run(&job, NULL, &result, &reason))
        fail_msg("%s", reason.text);
    snprintf(out_folder, size, "%s/%s", root, result.folder);
}

static void expect_whole(const char *data, int64_t facts)
{
    char path[128];
    struct snapshot *snapshot;
    struct verify_result verified;
    struct reason reason;
    snprintf(path, sizeof path, "%s/perron.db", data);
    assert_int_equal(snapshot_open(path, &snapshot, &reason), RC_OK);
    assert_int_equal(verify_run(snapshot, &verified), RC_OK);
    snapshot_close(snapshot);
    assert_true(verify_holds(&verified));
    assert_int_equal(verified.facts, facts + 2);
}

/* One allocation after the other, at growing distances: SQLite alone asks ten thousand times. */
static void try_all(const struct restore_job *job, int64_t facts)
{
    struct stat status;
    struct random random = random_for_test("restore memory");
    long tried = 0;
    for (long nth = 1;; nth += 1 + (long)random_below(&random, 1 + (unsigned)nth / 3), tried++) {
        struct restore_result result;
        struct reason reason = {""};
        has_failed = false;
        fails_at = nth;
        enum rc rc = restore_run(job, &(struct restore_hearer){NULL, ignore}, &result, &reason);
        fails_at = 0;
        if (!rc) {
            assert_true(!result.is_partial && result.has_settings && result.has_welcome);
            expect_whole(job->data, facts);
            run("rm -r %s", job->data);
        } else {
            assert_string_not_equal(reason.text, "");
            assert_int_equal(stat(job->data, &status), -1);
        }
        if (!has_failed) {
            assert_int_equal(rc, RC_OK);
            break;
        }
    }
    assert_true(tried > 5);
}

static void whatever_allocation_fails_there_is_all_or_nothing(void **state)
{
    struct house *house = house_open();
    struct seal_public to;
    struct seal_secret secret;
    struct welcome_folder welcome;
    char root[48] = "/tmp/perron-restore-XXXXXX", from[256], data[64];
    (void)state;
    assert_non_null(mkdtemp(root));
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    seal_make_keys(&to, &secret);
    welcome_folder_make(&welcome);
    run("cp -r %s %s && printf '[venue]\\nname = Epi\\n' > %s/perron.conf", welcome.path,
        house->data, house->data);
    welcome_folder_remove(&welcome);
    take_out(house, root, &to, from, sizeof from);
    snprintf(data, sizeof data, "%s/data", root);
    int64_t facts = house_number(house, "SELECT count(*) FROM fact");
    const struct restore_job job = {
        .from = from, .data = data, .key = &secret, .now = house_now(house)};
    try_all(&job, facts);
    run("rm '%s/perron.db.sealed'", from);
    try_all(&job, facts);
    run("rm -r %s", root);
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_allocation_fails_there_is_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
