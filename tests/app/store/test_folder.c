#include "app/store/folder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/store/schema.h"
#include "tests/support/house.h"

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

static void a_second_writer_is_told_that_the_folder_is_in_use(void **state)
{
    struct house *house = *state;
    struct folder *second;
    struct reason reason = {.text = ""};
    assert_int_equal(folder_open(house->data, FOLDER_WRITE, &second, &reason), RC_BUSY);
    assert_non_null(strstr(reason.text, "another station or command is writing"));
    assert_int_equal(folder_open(house->data, FOLDER_READ, &second, &reason), RC_OK);
    folder_close(second);
}

static void a_database_without_its_key_is_not_opened(void **state)
{
    struct house *house = *state;
    char path[160];
    struct folder *second;
    struct reason reason = {.text = ""};
    snprintf(path, sizeof path, "%s/venue.key", house->data);
    unlink(path);
    assert_int_equal(folder_open(house->data, FOLDER_READ, &second, &reason), RC_CORRUPT);
    assert_non_null(strstr(reason.text, "venue.key is missing"));
}

static void a_damaged_key_is_told_apart(void **state)
{
    static const char *const damages[] = {"", "perron-venue-key 1 00\n", "noise"};
    struct house *house = *state;
    struct folder *second;
    struct reason reason = {.text = ""};
    char path[160];
    snprintf(path, sizeof path, "%s/venue.key", house->data);
    for (int i = 0; i < 3; i++) {
        int fd = open(path, O_WRONLY | O_TRUNC);
        assert_int_equal(write(fd, damages[i], strlen(damages[i])), strlen(damages[i]));
        close(fd);
        assert_int_equal(folder_open(house->data, FOLDER_READ, &second, &reason), RC_CORRUPT);
        assert_non_null(strstr(reason.text, "venue.key is damaged"));
    }
}

static void nothing_there_yet_is_said_plainly(void **state)
{
    struct folder *folder;
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(folder_open("/tmp/perron-nowhere", FOLDER_READ, &folder, &reason),
                     RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "/tmp/perron-nowhere"));
}

static enum rc try_to_open(struct house *house, struct reason *reason)
{
    struct db *db;
    enum rc rc = db_open(house->path, DB_WRITE, &db);
    if (rc)
        return rc;
    rc = schema_migrate(db, reason);
    db_close(db);
    return rc;
}

static void a_newer_database_is_refused_untouched(void **state)
{
    struct house *house = *state;
    struct reason reason = {.text = ""};
    assert_int_equal(db_exec(journal_db(house->journal), "PRAGMA user_version=999"), RC_OK);
    int64_t before = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(try_to_open(house, &reason), RC_NEWER);
    assert_non_null(strstr(reason.text, "newer Perron"));
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), before);
    assert_int_equal(house_number(house, "PRAGMA user_version"), 999);
    assert_int_equal(db_exec(journal_db(house->journal), "PRAGMA user_version=1"), RC_OK);
}

static void a_database_of_another_program_is_refused_untouched(void **state)
{
    struct house *house = *state;
    struct reason reason = {.text = ""};
    assert_int_equal(db_exec(journal_db(house->journal), "PRAGMA application_id=7"), RC_OK);
    assert_int_equal(try_to_open(house, &reason), RC_CORRUPT);
    assert_non_null(strstr(reason.text, "another program"));
    assert_int_equal(house_number(house, "PRAGMA application_id"), 7);
}

static void a_database_cut_in_half_is_damaged_and_says_so(void **state)
{
    struct house *house = *state;
    struct stat status;
    struct reason reason = {.text = ""};
    struct snapshot *snapshot;
    struct verify_result result;
    for (int i = 0; i < 50; i++) {
        house_tap(house, HOUSE_ADA);
        house_wait(house, 61000);
    }
    assert_int_equal(journal_checkpoint(house->journal), RC_OK);
    house_stop(house);
    char wal[160];
    snprintf(wal, sizeof wal, "%s-wal", house->path);
    unlink(wal);
    assert_int_equal(stat(house->path, &status), 0);
    assert_int_equal(truncate(house->path, status.st_size / 2), 0);
    enum rc rc = snapshot_open(house->path, &snapshot, &reason);
    if (!rc) {
        rc = verify_run(snapshot, &result);
        snapshot_close(snapshot);
    }
    assert_int_equal(rc, RC_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_writer_is_told_that_the_folder_is_in_use, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_database_without_its_key_is_not_opened, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_key_is_told_apart, set_up, tear_down),
        cmocka_unit_test(nothing_there_yet_is_said_plainly),
        cmocka_unit_test_setup_teardown(a_newer_database_is_refused_untouched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_database_of_another_program_is_refused_untouched, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_database_cut_in_half_is_damaged_and_says_so, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
