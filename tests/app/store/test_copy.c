#include "app/store/copy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/house.h"

static struct house *house;
static char path[128];

static int set_up(void **state)
{
    (void)state;
    house = house_open();
    snprintf(path, sizeof path, "%s/copy.db", house->data);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    house_close(house);
    return 0;
}

static struct snapshot *open_snapshot(const char *of)
{
    struct snapshot *snapshot;
    struct reason reason = {.text = ""};
    enum rc rc = snapshot_open(of, &snapshot, &reason);
    if (rc)
        print_error("%s\n", reason.text);
    assert_int_equal(rc, RC_OK);
    return snapshot;
}

static int64_t number(struct snapshot *snapshot, const char *sql)
{
    int64_t value;
    assert_int_equal(db_number(snapshot_db(snapshot), &value, sql), RC_OK);
    return value;
}

/* Somebody taps between the pages, and the log is moved into the database under the copy. */
static enum rc tap_meanwhile(void *context, int64_t at, int64_t of)
{
    int *taps = context;
    assert_in_range(at, 0, of);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS / 4);
    (*taps)++;
    return journal_checkpoint(house->journal);
}

static void a_copy_is_the_moment_of_its_snapshot_whatever_is_tapped_meanwhile(void **state)
{
    struct verify_result result;
    struct stat status;
    int taps = 0;
    (void)state;
    for (int i = 0; i < 1500; i++) { /* several hundred pages */
        house_tap(house, house_badges[i % HOUSE_PEOPLE]);
        house_wait(house, 7 * HOUSE_MINUTE_MS);
    }
    struct snapshot *snapshot = open_snapshot(house->path);
    int64_t facts = number(snapshot, "SELECT count(*) FROM fact");
    int64_t visits = number(snapshot, "SELECT count(*) FROM visit");
    const struct copy_watcher watcher = {&taps, tap_meanwhile};
    assert_int_equal(copy_database(snapshot, path, &watcher), RC_OK);
    assert_true(taps > 1);
    assert_true(house_number(house, "SELECT count(*) FROM fact") >= facts + taps);

    struct snapshot *copy = open_snapshot(path);
    assert_int_equal(number(copy, "SELECT count(*) FROM fact"), facts);
    assert_int_equal(number(copy, "SELECT count(*) FROM visit"), visits);
    assert_int_equal(verify_run(copy, &result), RC_OK);
    assert_true(verify_holds(&result));
    assert_int_equal(result.facts, facts);
    snapshot_close(copy);
    snapshot_close(snapshot);

    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_copy_needs_no_log_beside_it(void **state)
{
    char log[140];
    (void)state;
    struct snapshot *snapshot = open_snapshot(house->path);
    assert_int_equal(copy_database(snapshot, path, NULL), RC_OK);
    snapshot_close(snapshot);
    snprintf(log, sizeof log, "%s-wal", path);
    assert_int_not_equal(access(log, F_OK), 0);
    char header[20];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(header, 1, sizeof header, file), sizeof header);
    fclose(file);
    assert_int_equal(header[18], 1); /* of the file format: 1 is a rollback journal, 2 a log */
    assert_int_equal(header[19], 1);
}

static enum rc give_up(void *context, int64_t at, int64_t of)
{
    (void)context;
    (void)at;
    (void)of;
    return RC_REFUSED;
}

static void who_watches_may_end_it_and_nothing_is_left(void **state)
{
    const struct copy_watcher watcher = {NULL, give_up};
    (void)state;
    struct snapshot *snapshot = open_snapshot(house->path);
    assert_int_equal(copy_database(snapshot, path, &watcher), RC_REFUSED);
    assert_int_not_equal(access(path, F_OK), 0);
    snapshot_close(snapshot);
}

static void nothing_that_is_there_is_written_over(void **state)
{
    (void)state;
    struct snapshot *snapshot = open_snapshot(house->path);
    assert_int_equal(symlink("/tmp/somewhere-else", path), 0);
    assert_int_not_equal(copy_database(snapshot, path, NULL), RC_OK);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(copy_database(snapshot, "/nowhere/at/all", NULL), RC_NOT_FOUND);
    snapshot_close(snapshot);
}

static void what_was_erased_is_not_in_a_copy(void **state)
{
    char command[200];
    (void)state;
    struct fact_id id = house_add(house, "Zebedeus", NULL);
    assert_int_equal(journal_checkpoint(house->journal), RC_OK);
    house_erase(house, id);
    struct snapshot *snapshot = open_snapshot(house->path);
    assert_int_equal(copy_database(snapshot, path, NULL), RC_OK);
    snapshot_close(snapshot);
    snprintf(command, sizeof command, "grep -qa Zebedeus %s", path);
    assert_int_not_equal(system(command), 0);
    snprintf(command, sizeof command, "grep -qa Bilal %s", path);
    assert_int_equal(system(command), 0); /* control */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_copy_is_the_moment_of_its_snapshot_whatever_is_tapped_meanwhile),
        TEST(a_copy_needs_no_log_beside_it),
        TEST(who_watches_may_end_it_and_nothing_is_left),
        TEST(nothing_that_is_there_is_written_over),
        TEST(what_was_erased_is_not_in_a_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
