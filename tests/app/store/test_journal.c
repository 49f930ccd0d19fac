#include "app/store/journal.h"

#include <fcntl.h>
#include <limits.h>
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
#include "firmware/base/hex.h"
#include "tests/support/house.h"

#define HOUR 3600000

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

static char *slurp(const char *path, size_t *out_size)
{
    int fd = open(path, O_RDONLY);
    struct stat status;
    assert_int_equal(fstat(fd, &status), 0);
    char *bytes = malloc((size_t)status.st_size + 1);
    assert_int_equal(read(fd, bytes, (size_t)status.st_size), status.st_size);
    close(fd);
    *out_size = (size_t)status.st_size;
    return bytes;
}

static bool file_has(const char *path, const void *needle, size_t length)
{
    size_t size;
    char *bytes = slurp(path, &size);
    bool has = memmem(bytes, size, needle, length) != NULL;
    free(bytes);
    return has;
}

/* --- stations --- */

static void the_first_start_begins_a_station_and_records_its_rules(void **state)
{
    struct house *house = *state;
    assert_int_equal(house_number(house, "SELECT kind FROM fact WHERE seq=1"), FACT_STATION_BEGAN);
    assert_int_equal(house_number(house, "SELECT kind FROM fact WHERE seq=2"), FACT_RULES_SET);
    int64_t station = journal_station(house->journal);
    house_reopen(house);
    assert_int_equal(journal_station(house->journal), station);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE kind IN (1,2)"), 2);
}

static void a_copied_folder_begins_a_new_station_that_names_the_old_one(void **state)
{
    struct house *house = *state;
    char command[512];
    int64_t station = journal_station(house->journal);
    house_tap(house, HOUSE_ADA);
    house_stop(house);
    snprintf(command, sizeof command, "cp %.60s %.60s.copy && mv %.60s.copy %.60s", house->path,
             house->path, house->path, house->path);
    assert_int_equal(system(command), 0);
    house_reopen(house);
    assert_int_not_equal(journal_station(house->journal), station);
    char query[160];
    snprintf(query, sizeof query,
             "SELECT json_extract(cast(body AS TEXT),'$.previous') FROM fact WHERE station=%lld "
             "AND seq=1",
             (long long)journal_station(house->journal));
    assert_int_equal(house_number(house, query), station);
    house_wait(house, HOUR);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_true(house_holds(house));
}

static void changed_rules_are_a_fact_and_govern_what_comes_after(void **state)
{
    struct house *house = *state;
    house->rules.day_end_min = 15 * 60;
    house_reopen(house);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 2 * HOUR); /* 15:48: the day ended at three in the afternoon */
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL_FORGOTTEN);
    assert_true(house_holds(house));
}

/* --- mending --- */

static void a_register_that_cannot_be_opened_again_is_mended_before_the_next_fact(void **state)
{
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    char away[160];
    house_tap(house, HOUSE_ADA);
    snprintf(away, sizeof away, "%.120s.away", house->path);
    assert_int_equal(rename(house->path, away), 0);
    assert_int_equal(mkdir(house->path, 0700), 0);
    assert_int_not_equal(journal_mend(house->journal, &now), RC_OK);
    assert_true(journal_needs_mending(house->journal));
    assert_int_not_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(rmdir(house->path), 0);
    assert_int_equal(rename(away, house->path), 0);
    house_wait(house, HOUR);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_false(journal_needs_mending(house->journal));
    assert_true(house_holds(house));
}

/* --- secrets --- */

static void badge_numbers_stand_nowhere_in_the_folder(void **state)
{
    static const uint8_t uid[] = {0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6};
    static const uint8_t reversed[] = {0xF6, 0xE5, 0xD4, 0xC3, 0xB2, 0xA1, 0x04};
    struct house *house = *state;
    char wal[160];
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_CHLOE);
    snprintf(wal, sizeof wal, "%s-wal", house->path);
    const char *const files[] = {house->path, wal};
    for (int i = 0; i < 2; i++) {
        assert_false(file_has(files[i], uid, sizeof uid));
        assert_false(file_has(files[i], reversed, sizeof reversed));
        assert_false(file_has(files[i], "04A1B2C3D4E5F6", 14));
        assert_false(file_has(files[i], "04a1b2c3d4e5f6", 14));
        assert_false(file_has(files[i], "2410000001613", 13));
    }
    /* the control: the name does stand there */
    assert_true(file_has(wal, "Ada", 3) || file_has(house->path, "Ada", 3));
}

static void the_key_is_only_the_owners(void **state)
{
    struct house *house = *state;
    char path[160];
    struct stat status;
    snprintf(path, sizeof path, "%s/venue.key", house->data);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

/* --- tombstones and closing facts --- */

static void erase(struct house *house, int64_t first, int64_t last)
{
    house_record(house, FACT_TOMBSTONE, (struct fact_id){0, 0},
                 json_pack("{s:[[I,I,I]]}", "of", (json_int_t)journal_station(house->journal),
                           (json_int_t)first, (json_int_t)last));
}

static void a_tombstone_takes_body_and_salt_and_the_chain_still_holds(void **state)
{
    struct house *house = *state;
    struct answer answer = house_tap(house, HOUSE_ADA);
    erase(house, answer.fact.seq, answer.fact.seq);
    char query[128];
    snprintf(query, sizeof query, "SELECT salt IS NULL AND body IS NULL FROM fact WHERE seq=%lld",
             (long long)answer.fact.seq);
    assert_int_equal(house_number(house, query), 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    assert_true(house_holds(house));
}

static void a_closing_fact_carries_the_totals_over_an_erasure(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 2 * HOUR);
    struct answer last = house_tap(house, HOUSE_ADA);
    house_record(house, FACT_CLOSING, house->people[HOUSE_IS_ADA],
                 json_pack("{s:[{s:[I,I],s:I,s:I}]}", "totals", "organisation", (json_int_t)0,
                           (json_int_t)0, "visits", (json_int_t)1, "seconds", (json_int_t)7200));
    erase(house, house->people[HOUSE_IS_ADA].seq, last.fact.seq);
    assert_int_equal(house_number(house, "SELECT seconds FROM total"), 7200);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person WHERE first_name='Ada'"), 0);
    assert_true(house_holds(house));
    /* erased for good: no page and no log has the name any more */
    assert_int_equal(journal_checkpoint(house->journal), RC_OK);
    assert_false(file_has(house->path, "\"Ada\"", 5));
}

/* --- other stations --- */

static enum rc merge(struct house *into, const struct house_fact *copy)
{
    return house_merge(into, copy, 1);
}

static void facts_of_another_station_are_taken_once_and_in_order(void **state)
{
    static struct house_fact copies[64];
    struct house *house = *state, *other = house_open();
    house_tap(other, HOUSE_BILAL);
    house_wait(other, HOUR);
    house_tap(other, HOUSE_BILAL);
    size_t count = house_facts(other, copies, 64);
    assert_int_equal(merge(house, &copies[1]), RC_CORRUPT); /* a gap */
    for (size_t i = 0; i < count; i++)
        assert_int_equal(merge(house, &copies[i]), RC_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(merge(house, &copies[i]), RC_OK); /* known ones are passed over */
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person"), 6);
    assert_true(house_holds(house));
    house_close(other);
}

static void a_changed_fact_of_another_station_is_not_taken(void **state)
{
    static struct house_fact copies[64];
    struct house *house = *state, *other = house_open();
    house_facts(other, copies, 64);
    copies[0].link.fact.wall_ms++;
    assert_int_equal(merge(house, &copies[0]), RC_CORRUPT);
    copies[0].link.fact.wall_ms--;
    copies[0].body[2] ^= 1;
    assert_int_equal(merge(house, &copies[0]), RC_CORRUPT);
    house_close(other);
}

static void a_body_that_could_not_be_read_again_is_not_taken(void **state)
{
    static const uint8_t first[HASH_BYTES];
    static char long_body[FACT_BODY_LIMIT + 1];
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    for (size_t length = 0; length <= sizeof long_body; length += sizeof long_body) {
        struct chain_link link = {
            .fact = {.id = {9, 1}, .kind = FACT_TAP, .body = long_body, .body_length = length}};
        fact_hash_body(&link.fact, link.body_hash);
        fact_hash(&link.fact, first, link.body_hash, link.hash);
        assert_int_equal(journal_begin(house->journal, &now), RC_OK);
        assert_int_equal(journal_merge(house->journal, &link), RC_CORRUPT);
        journal_rollback(house->journal);
    }
    assert_true(house_holds(house));
}

static void facts_whose_transaction_was_given_up_are_taken_anew(void **state)
{
    static struct house_fact copies[64];
    struct house *house = *state, *other = house_open();
    struct clock_reading now = house_now(house);
    size_t count = house_facts(other, copies, 64);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(journal_merge(house->journal, &copies[i].link), RC_OK);
    journal_rollback(house->journal);
    assert_int_equal(house_merge(house, copies + 1, count - 1), RC_CORRUPT); /* a gap */
    assert_int_equal(house_merge(house, copies, count), RC_OK);
    assert_true(house_holds(house));
    house_close(other);
}

static void a_tombstone_that_arrives_before_its_fact_wins_all_the_same(void **state)
{
    static struct house_fact copies[64];
    struct house *house = *state, *other = house_open();
    house_tap(other, HOUSE_BILAL);
    size_t count = house_facts(other, copies, 64);
    house_record(house, FACT_TOMBSTONE, (struct fact_id){0, 0},
                 json_pack("{s:[[I,I,I]]}", "of", (json_int_t)journal_station(other->journal),
                           (json_int_t)1, (json_int_t)1000));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(merge(house, &copies[i]), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person"), 3);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    assert_true(house_holds(house));
    house_close(other);
}

/* --- rebuilding --- */

static void another_fold_version_rebuilds_the_views_while_taps_go_on(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    assert_int_equal(schema_set(journal_db(house->journal), "fold_version", "0"), RC_OK);
    assert_int_equal(db_exec(journal_db(house->journal), "UPDATE person SET first_name='Wrong'"),
                     RC_OK);
    house_reopen(house);
    assert_int_equal(journal_rebuild_some(house->journal), RC_OK);
    house_tap(house, HOUSE_BILAL);
    assert_int_equal(journal_rebuild_some(house->journal), RC_OK);
    assert_int_equal(journal_rebuild_some(house->journal), RC_EMPTY);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person WHERE first_name='Wrong'"),
                     0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 2);
    assert_true(house_holds(house));
    house_reopen(house);
    assert_int_equal(journal_rebuild_some(house->journal), RC_EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_start_begins_a_station_and_records_its_rules,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copied_folder_begins_a_new_station_that_names_the_old_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(changed_rules_are_a_fact_and_govern_what_comes_after,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_register_that_cannot_be_opened_again_is_mended_before_the_next_fact, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(badge_numbers_stand_nowhere_in_the_folder, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_key_is_only_the_owners, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tombstone_takes_body_and_salt_and_the_chain_still_holds,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_closing_fact_carries_the_totals_over_an_erasure, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(facts_of_another_station_are_taken_once_and_in_order,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_fact_of_another_station_is_not_taken, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_body_that_could_not_be_read_again_is_not_taken, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(facts_whose_transaction_was_given_up_are_taken_anew, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_tombstone_that_arrives_before_its_fact_wins_all_the_same,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_fold_version_rebuilds_the_views_while_taps_go_on,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
