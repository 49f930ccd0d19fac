#include "app/store/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/perron-schema-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -f %s*", path);
    return system(command);
}

static struct db *open_db(void)
{
    struct db *db;
    assert_int_equal(db_open(path, DB_WRITE, &db), RC_OK);
    return db;
}

static int64_t number(struct db *db, const char *sql)
{
    int64_t value;
    assert_int_equal(db_number(db, &value, sql), RC_OK);
    return value;
}

static void an_empty_file_becomes_a_register(void **state)
{
    struct db *db = open_db();
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(schema_check(db, &reason), RC_REFUSED);
    assert_int_equal(schema_migrate(db, &reason), RC_OK);
    assert_int_equal(schema_check(db, &reason), RC_OK);
    assert_int_equal(number(db, "PRAGMA application_id"), SCHEMA_APPLICATION_ID);
    assert_int_equal(number(db, "PRAGMA user_version"), 11);
    assert_int_equal(number(db, "SELECT count(*) FROM fact"), 0);
    db_close(db);
}

static void a_second_migration_changes_nothing(void **state)
{
    struct db *db = open_db();
    (void)state;
    assert_int_equal(schema_migrate(db, NULL), RC_OK);
    int64_t shape = number(db, "PRAGMA schema_version");
    assert_int_equal(schema_migrate(db, NULL), RC_OK);
    assert_int_equal(number(db, "PRAGMA schema_version"), shape);
    db_close(db);
}

static void the_database_is_set_up_to_survive_power_cuts(void **state)
{
    struct db *db = open_db();
    struct sqlite3_stmt *rows;
    char mode[16];
    (void)state;
    assert_int_equal(schema_migrate(db, NULL), RC_OK);
    assert_int_equal(number(db, "PRAGMA synchronous"), 3);
    assert_int_equal(number(db, "PRAGMA secure_delete"), 1);
    assert_int_equal(db_query_row(db, &rows, "PRAGMA journal_mode", ""), RC_OK);
    db_column_text(rows, 0, mode, sizeof mode);
    db_done(rows);
    assert_string_equal(mode, "wal");
    db_close(db);
}

static long checksum(void)
{
    char command[128];
    snprintf(command, sizeof command, "cksum < %s", path);
    FILE *pipe = popen(command, "r");
    long sum = 0;
    assert_int_equal(fscanf(pipe, "%ld", &sum), 1);
    pclose(pipe);
    return sum;
}

/* What is not ours, or newer than we are, is left byte for byte. */
static void assert_refused(const char *sql, enum rc expected, const char *sentence)
{
    struct reason reason = {.text = ""};
    struct db *db = open_db();
    assert_int_equal(db_exec(db, sql), RC_OK);
    db_close(db);
    long before = checksum();
    db = open_db();
    assert_int_equal(schema_migrate(db, &reason), expected);
    assert_non_null(strstr(reason.text, sentence));
    assert_int_equal(schema_check(db, &reason), expected);
    db_close(db);
    assert_int_equal(checksum(), before);
}

static void a_newer_register_is_refused_untouched(void **state)
{
    (void)state;
    assert_refused("PRAGMA application_id=1348825710; PRAGMA user_version=12; CREATE TABLE x(y);",
                   RC_NEWER, "newer Perron");
}

/* What a newer one only added to is gone on with: an update that did not come up went back. */
static void a_newer_register_that_says_so_is_gone_on_with(void **state)
{
    (void)state;
    struct db *db = open_db();
    assert_int_equal(schema_migrate(db, NULL), RC_OK);
    assert_int_equal(number(db, "SELECT count(*) FROM meta WHERE value = '11 of 11'"), 1);
    assert_int_equal(db_exec(db, "PRAGMA user_version=12; ALTER TABLE setting ADD COLUMN more "
                                 "TEXT NOT NULL DEFAULT ''"),
                     RC_OK);
    assert_int_equal(schema_check(db, NULL), RC_NEWER); /* what was said was of another shape */
    assert_int_equal(schema_set(db, "least_shape", "11 of 12"), RC_OK);
    assert_int_equal(schema_migrate(db, NULL), RC_OK);
    assert_int_equal(schema_check(db, NULL), RC_OK);
    assert_int_equal(number(db, "PRAGMA user_version"), 12);
    assert_int_equal(schema_set(db, "least_shape", "12 of 12"), RC_OK);
    assert_int_equal(schema_check(db, NULL), RC_NEWER);
    assert_int_equal(schema_migrate(db, NULL), RC_NEWER);
    db_close(db);
}

static void another_programs_database_is_refused_untouched(void **state)
{
    (void)state;
    assert_refused("CREATE TABLE invoices(sum);", RC_CORRUPT, "another program");
}

static void small_values_are_kept_by_name(void **state)
{
    struct db *db = open_db();
    char value[8];
    (void)state;
    assert_int_equal(schema_migrate(db, NULL), RC_OK);
    assert_int_equal(schema_get(db, "nothing", value, sizeof value), RC_OK);
    assert_string_equal(value, "");
    assert_int_equal(schema_set(db, "town", "Charleroi"), RC_OK);
    assert_int_equal(schema_get(db, "town", value, sizeof value), RC_OK);
    assert_string_equal(value, "Charler");
    assert_int_equal(schema_set(db, "town", "Mons"), RC_OK);
    assert_int_equal(schema_get(db, "town", value, sizeof value), RC_OK);
    assert_string_equal(value, "Mons");
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_file_becomes_a_register, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_migration_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_database_is_set_up_to_survive_power_cuts, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_newer_register_is_refused_untouched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_register_that_says_so_is_gone_on_with, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(another_programs_database_is_refused_untouched, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(small_values_are_kept_by_name, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
