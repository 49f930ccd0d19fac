/* For the fault tests this program stands between outfile.c and the system: see fails_at. */
#include "app/exchange/outfile.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/csv.h"
#include "app/exchange/infile.h"
#include "tests/support/file_calls.h"

/* --- a folder for each test --- */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/perron-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {
        "visits.csv", "visits.csv.part", "people.csv", "people.csv.part", "x", "x.part"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(path_of(names[i]));
    return rmdir(folder);
}

static bool is_there(const char *name)
{
    struct stat info;
    return lstat(path_of(name), &info) == 0;
}

static char *load(const char *name)
{
    char *bytes = NULL;
    size_t length;
    assert_int_equal(infile_read(path_of(name), CSV_FILE_BYTES, &bytes, &length, NULL), RC_OK);
    return bytes;
}

/* --- a file of lines --- */

#define LINE "1001;de Ridder;Zoé;2026-11-23 14:02:11\r\n"
#define OTHER "1002,Peeters,Jef,2026-11-23T13:02:11Z\r\n"

/* Also what a sink says stays the first failure. */
static enum rc write_lines(const char *line, int count, struct reason *reason)
{
    struct outfile *file;
    enum rc rc = outfile_create(folder, "visits.csv", &file, reason);
    if (rc)
        return rc;
    struct sink sink = outfile_sink(file);
    for (int i = 0; !rc && i < count; i++)
        rc = sink_write(&sink, line, strlen(line));
    assert_int_equal(sink_write(&sink, "", 0), rc);
    enum rc committed = outfile_commit(file, reason);
    assert_true(!rc || rc == committed);
    return committed;
}

/* --- faults --- */

static void nothing_is_left_of_an_abandoned_file(void **state)
{
    struct outfile *file;
    (void)state;
    assert_int_equal(outfile_create(folder, "visits.csv", &file, NULL), RC_OK);
    assert_true(is_there("visits.csv.part"));
    outfile_abandon(file);
    assert_false(is_there("visits.csv.part"));
    assert_false(is_there("visits.csv"));
    outfile_abandon(NULL);
}

static void whatever_call_fails_the_name_shows_a_whole_file(void **state)
{
    static const struct {
        int error;
        enum rc rc;
        const char *says;
    } faults[] = {
        {ENOSPC, RC_FULL, "no space left"}, {EROFS, RC_READ_ONLY, "may only be read"},
        {EIO, RC_IO, "reports an error"},   {ENODEV, RC_GONE, "the stick is gone"},
        {EDQUOT, RC_FULL, "no space left"},
    };
    (void)state;
    for (size_t f = 0; f < 2 * sizeof faults / sizeof faults[0]; f++) {
        int row = (int)f / 2, nth = 1;
        struct reason reason;
        fails_for_ever = f % 2;
        assert_int_equal(write_lines(LINE, 5000, NULL), RC_OK);
        char *whole = load("visits.csv");
        for (;; nth++) {
            reason.text[0] = 0;
            fails_at = nth;
            fails_with = faults[row].error;
            enum rc rc = write_lines(OTHER, 5000, &reason);
            fails_at = 0;
            if (!has_failed)
                break;
            has_failed = false;
            assert_int_equal(rc, faults[row].rc);
            assert_non_null(strstr(reason.text, "visits.csv could not be written"));
            assert_non_null(strstr(reason.text, faults[row].says));
            if (!fails_for_ever)
                assert_false(is_there("visits.csv.part"));
            char *now = load("visits.csv");
            assert_true(strcmp(now, whole) == 0 || strlen(now) == 5000 * strlen(OTHER));
            free(now);
        }
        /* The old part, three buffers, the file's sync, the new name, the folder's sync. */
        assert_true(nth > 7);
        free(whole);
    }
}

static void a_part_left_over_is_replaced_and_no_link_followed(void **state)
{
    char target[128];
    (void)state;
    snprintf(target, sizeof target, "%s/x", folder);
    assert_int_equal(symlink(target, path_of("visits.csv.part")), 0);
    assert_int_equal(write_lines(LINE, 1, NULL), RC_OK);
    assert_false(is_there("x"));
    assert_true(is_there("visits.csv"));
    struct stat info;
    assert_int_equal(stat(path_of("visits.csv"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_folder_that_is_not_there_says_so(void **state)
{
    struct outfile *file = NULL;
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(outfile_create("/nowhere/at/all", "people.csv", &file, &reason), RC_NOT_FOUND);
    assert_null(file);
    assert_non_null(strstr(reason.text, "people.csv could not be written"));
}

/* A true limit of the system, beside the made-up ones. */
static void a_file_too_large_for_the_system_is_not_kept(void **state)
{
    struct rlimit before, small;
    struct reason reason = {.text = ""};
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 100 << 10;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum rc rc = write_lines(LINE, 10000, &reason);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(rc, RC_LIMIT);
    assert_false(is_there("visits.csv"));
    assert_false(is_there("visits.csv.part"));
}

static void a_long_file_takes_no_more_memory(void **state)
{
    struct rusage before, after;
    (void)state;
    assert_int_equal(write_lines(LINE, 10, NULL), RC_OK);
    getrusage(RUSAGE_SELF, &before);
    assert_int_equal(write_lines(LINE, 300000, NULL), RC_OK);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 1024);
    struct stat info;
    assert_int_equal(stat(path_of("visits.csv"), &info), 0);
    assert_true(info.st_size > 8 << 20);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_left_of_an_abandoned_file),
        TEST(whatever_call_fails_the_name_shows_a_whole_file),
        TEST(a_part_left_over_is_replaced_and_no_link_followed),
        TEST(a_folder_that_is_not_there_says_so),
        TEST(a_file_too_large_for_the_system_is_not_kept),
        TEST(a_long_file_takes_no_more_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
