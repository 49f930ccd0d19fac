/* What one person takes along: the same file as the command line's, in a folder of its own. */
#include "app/exchange/own_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/loose_stick.h"
#include "tests/support/malloc_calls.h"

static struct loose_stick stick;
static char folder[PARCEL_NAME_BYTES];
static int told, stop_at; /* 0: nobody stops */

static enum rc hear(void *context, int64_t written_bytes, int64_t read_back_bytes)
{
    (void)context, (void)written_bytes, (void)read_back_bytes;
    return ++told == stop_at ? RC_GONE : RC_OK;
}

static const struct parcel_watcher watcher = {NULL, hear};

static int set_up(void **state)
{
    told = stop_at = 0;
    loose_stick_make(&stick);
    return desk_set_up(state);
}

static int tear_down(void **state)
{
    loose_stick_remove(&stick);
    return desk_tear_down(state);
}

static enum rc write_parcel(struct house *house, const char *root, struct fact_id person)
{
    const struct own_data_job job = {.root = root,
                                     .person = person,
                                     .number = "12",
                                     .day = 20261126,
                                     .now_ms = house_now(house).wall_ms,
                                     .watcher = &watcher};
    return own_data_write_parcel(journal_db(house->journal), &job, folder, &house->reason);
}

static bool is_whole(const char *name)
{
    char path[512];
    struct reason reason;
    snprintf(path, sizeof path, "%s/%s", stick.root, name);
    return parcel_check(path, NULL, NULL, &reason) == RC_OK;
}

static void it_is_all_there_as_the_command_line_writes_it(void **state)
{
    struct house *house = *state;
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    json_t *data = NULL;
    assert_int_equal(write_parcel(house, stick.root, ada), RC_OK);
    assert_string_equal(folder, "2026-11-26_own-data-12");
    assert_true(is_whole(folder));
    assert_int_equal(
        own_data_read(journal_db(house->journal), ada, house_now(house).wall_ms, &data), RC_OK);
    char *wanted = own_data_text(data), *there = NULL, path[PARCEL_NAME_BYTES + 32];
    json_decref(data);
    snprintf(path, sizeof path, "%s/" OWN_DATA_FILE, folder);
    there = loose_stick_read(stick.root, path);
    assert_string_equal(there, wanted);
    assert_int_equal(wanted[strlen(wanted) - 1], '\n');
    free(wanted);
    free(there);
    assert_int_equal(write_parcel(house, stick.root, ada), RC_OK); /* once more, beside it */
    assert_string_equal(folder, "2026-11-26_own-data-12_2");
}

/* Somebody pulls the stick out, or touches "stop", wherever it is. */
static void what_is_stopped_leaves_nothing_that_looks_whole(void **state)
{
    struct house *house = *state;
    for (stop_at = 1;; stop_at++) {
        told = 0;
        enum rc rc = write_parcel(house, stick.root, house->people[HOUSE_IS_ADA]);
        if (!rc)
            break;
        assert_false(is_whole("2026-11-26_own-data-12"));
        assert_non_null(strstr(house->reason.text, "nothing was kept"));
    }
    assert_true(stop_at > 2);
    assert_true(is_whole("2026-11-26_own-data-12"));
}

static void who_has_no_facts_and_a_folder_that_is_gone_have_a_sentence(void **state)
{
    struct house *house = *state;
    assert_int_equal(write_parcel(house, stick.root, (struct fact_id){1, 999999}), RC_EMPTY);
    assert_non_null(strstr(house->reason.text, "nothing about this person"));
    assert_int_equal(write_parcel(house, "/nowhere", house->people[HOUSE_IS_ADA]), RC_NOT_FOUND);
    assert_true(house->reason.text[0] != 0);
}

static void memory_that_runs_out_is_told_and_nothing_looks_whole(void **state)
{
    struct house *house = *state;
    for (long nth = 1;; nth++) {
        malloc_fail_at(nth);
        enum rc rc = write_parcel(house, stick.root, house->people[HOUSE_IS_ADA]);
        if (!malloc_end())
            break;
        assert_true(!rc || house->reason.text[0]);
        assert_int_equal(is_whole("2026-11-26_own-data-12"), rc == RC_OK);
        loose_stick_run(&stick, "rm -rf *");
        house->reason = (struct reason){.text = ""};
    }
}

#define PARCEL_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PARCEL_TEST(it_is_all_there_as_the_command_line_writes_it),
        PARCEL_TEST(what_is_stopped_leaves_nothing_that_looks_whole),
        PARCEL_TEST(who_has_no_facts_and_a_folder_that_is_gone_have_a_sentence),
        PARCEL_TEST(memory_that_runs_out_is_told_and_nothing_looks_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
