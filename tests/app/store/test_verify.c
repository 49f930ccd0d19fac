#include "app/store/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/house.h"

/* Each is a change that nobody may make unseen; without it the register holds. */
static const char *const tamperings[] = {
    "UPDATE fact SET body=cast(replace(cast(body AS TEXT),'arrival','departure') AS BLOB) WHERE "
    "kind=9",
    "UPDATE fact SET wall_ms=wall_ms+1 WHERE seq=3",
    "UPDATE fact SET subject_seq=subject_seq+2 WHERE kind=9",
    "DELETE FROM fact WHERE seq=4",
    "UPDATE fact SET hash=zeroblob(32) WHERE seq=5",
    "UPDATE fact SET effective_ms=effective_ms-1000 WHERE kind=9",
    "UPDATE boot SET anchor_wall_ms=anchor_wall_ms+60000",
    "UPDATE visit SET arrived_ms=arrived_ms+60000",
    "UPDATE visit SET how_out=4, left_ms=arrived_ms+1",
    "DELETE FROM visit",
    "UPDATE person SET first_name='Eve'",
    "DELETE FROM person",
    "UPDATE badge SET station=1, seq=1",
    "UPDATE presence SET since_seq=0",
    "INSERT INTO total VALUES(1,1,0,0,202611,0,0,1,0,0,0,'0 0 0 0 0 0',0,0,0,3600,0,'')",
    "INSERT INTO visit SELECT station, seq+1000, person_station, person_seq+1000, 0, 0, arrived_ms,"
    " 0, closes_ms, 1, 0, 0, 0, 0, 0, 0, 0, 0, day, 0, assumed_ms, 0 FROM visit",
    "UPDATE visit SET guests=3",
    "UPDATE visit SET children=1",
    "UPDATE visit SET kind=2",
    "UPDATE visit SET day=20260101",
    "UPDATE visit SET is_staff=1",
    "UPDATE visit SET assumed_ms=1",
    "UPDATE visit SET stop_ms=1",
    "UPDATE person SET college='A'",
    "UPDATE person SET shares='9'",
    "UPDATE stint SET seconds=seconds+1",
    "UPDATE stint SET mission='another'",
    "UPDATE stint SET day=20260101",
    "UPDATE stint SET is_staff=1",
    "DELETE FROM stint",
    "UPDATE sign_up SET end=1",
    "UPDATE sign_up SET to_ms=to_ms+1",
    "UPDATE sign_up SET is_stand_in_sought=1",
    "UPDATE sign_up SET visit_seq=1",
    "DELETE FROM sign_up",
    "UPDATE proposal SET state=2",
    "UPDATE proposal SET left_ms=left_ms+1",
    "DELETE FROM proposal",
    "UPDATE deed SET kind=0",
    "UPDATE deed SET occasion_seq=0",
    "UPDATE deed SET other_seq=1",
    "UPDATE deed SET day=20260101",
    "UPDATE deed SET at_ms=at_ms+1",
    "UPDATE deed SET text='another'",
    "DELETE FROM deed",
    "INSERT INTO deed SELECT station, seq, person_station, person_seq, place+1, 0,"
    " organisation_station, organisation_seq, 0, 0, 0, 0, day, at_ms, '' FROM deed",
    "UPDATE occasion SET title='another'",
    "UPDATE occasion SET state=2",
    "UPDATE occasion SET to_ms=to_ms+1",
    "DELETE FROM occasion",
    "UPDATE shift SET places=9",
    "UPDATE shift SET were_enough=0",
    "DELETE FROM shift",
    "UPDATE badge SET until_ms=1",
    "UPDATE badge SET is_lent=1",
    "INSERT OR REPLACE INTO keyholder SELECT station, seq, 3, '', '', 0, 0, 0 FROM person",
    "UPDATE keyholder SET pin='another'",
    "UPDATE keyholder SET code=''",
    "UPDATE keyholder SET misses=0",
    "DELETE FROM keyholder",
    "UPDATE setting SET value='9'",
    "UPDATE setting SET until_ms=1",
    "UPDATE setting SET seq=seq+100",
    "DELETE FROM setting",
    "INSERT INTO setting SELECT station, 'other', value, until_ms, seq FROM setting",
    "UPDATE mark SET seq=seq-1",
    "DELETE FROM mark",
    "INSERT INTO mark SELECT station+1, seq FROM mark",
    "UPDATE tally SET misses=1",
    "DELETE FROM tally",
    "INSERT INTO keyholder VALUES(1, 1, 3, '', '', 0, 0, 0)",
};

static void hand_keys(struct house *house, struct fact_id person)
{
    house_record(house, FACT_ROLE_SET, person, json_pack("{s:s}", "role", "host"));
    house_record(house, FACT_PIN_SET, person, json_pack("{s:s}", "pin", "sealed"));
    house_record(house, FACT_CODE_SET, person, json_pack("{s:s}", "code", "sealed too"));
    for (int i = 0; i < 2; i++) {
        house_record(house, FACT_SETTING_SET, (struct fact_id){0, 0},
                     json_pack("{s:s,s:s}", "name", "volume", "value", "7"));
        house_record(house, FACT_CODE_MISSED, (struct fact_id){0, 0}, json_object());
        house_record(house, FACT_EXPORTED, (struct fact_id){0, 0},
                     json_pack("{s:I,s:[]}", "at_ms", (json_int_t)HOUSE_BEGIN_MS, "upto"));
    }
    house_record(house, FACT_PIN_TRIED, person, json_pack("{s:b}", "ok", 0));
}

/* A shift that somebody signed up for, with a referent's word, and a visit that ended. */
static void plan_and_give(struct house *house, struct fact_id person)
{
    int64_t from_ms = HOUSE_BEGIN_MS + 6 * HOUSE_HOUR_MS, to_ms = from_ms + HOUSE_HOUR_MS;
    struct fact_id occasion = house_record(
        house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
        json_pack("{s:s,s:s,s:I,s:I,s:[{s:i,s:I,s:I,s:i}]}", "kind", "shift", "title", "Shop",
                  "from_ms", (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "shifts", "number", 1,
                  "from_ms", (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "places", 2));
    house_record(house, FACT_SHIFT_CLOSED, occasion,
                 json_pack("{s:i,s:s}", "shift", 1, "were_enough", "enough"));
    house_record(house, FACT_SIGN_UP, person,
                 json_pack("{s:[I,I],s:i,s:I,s:I,s:s}", "occasion", (json_int_t)occasion.station,
                           (json_int_t)occasion.seq, "shift", 1, "from_ms", (json_int_t)from_ms,
                           "to_ms", (json_int_t)to_ms, "mission", "Shop"));
    house_press(house, person, ANSWER_ARRIVAL);
    house_wait(house, HOUSE_HOUR_MS);
    struct fact_id visit = house_press(house, person, ANSWER_DEPARTURE).visit;
    house_record(house, FACT_PROPOSAL, person,
                 json_pack("{s:[I,I],s:I}", "visit", (json_int_t)visit.station,
                           (json_int_t)visit.seq, "left_ms", (json_int_t)to_ms));
    house_record(house, FACT_DEED, person,
                 json_pack("{s:s,s:[I,I],s:s}", "deed", "need", "occasion",
                           (json_int_t)occasion.station, (json_int_t)occasion.seq, "text",
                           "A ramp at the back door"));
}

static void what_nobody_touched_holds_and_each_tampering_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        struct house *house = house_open();
        house_tap(house, HOUSE_ADA);
        hand_keys(house, house->people[HOUSE_IS_ADA]);
        plan_and_give(house, house->people[HOUSE_IS_BILAL]);
        assert_true(house_holds(house));
        assert_int_equal(db_exec(journal_db(house->journal), tamperings[i]), RC_OK);
        struct verify_result result = house_verify(house);
        if (verify_holds(&result))
            fail_msg("not found: %s", tamperings[i]);
        assert_true(result.first[0] != 0);
        house_close(house);
    }
}

static size_t read_file(const char *path, char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t count = fread(bytes, 1, size, file);
    assert_true(count < size);
    fclose(file);
    return count;
}

static void write_at(const char *path, size_t at, char byte)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
    assert_int_equal(fputc(byte, file), byte);
    fclose(file);
}

/* All of it stands in the database by now; pages of the log would hide those. */
static void empty_log(const char *path)
{
    char log[512];
    snprintf(log, sizeof log, "%s-wal", path);
    assert_int_equal(truncate(log, 0), 0);
}

/* A word that no fold reads: only that the chain and the index by subject differ says so. */
static void a_fact_that_decayed_is_found_where_the_chain_reads_it_and_where_folds_do(void **state)
{
    static const char word[] = "\"word\":\"abcdefgh\"";
    static char bytes[1 << 20];
    int found = 0;
    struct house *house = house_open();
    (void)state;
    house_record(house, FACT_GUESTS, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:i,s:i}", "word", "abcdefgh", "adults", 1, "children", 0));
    house_stop(house);
    empty_log(house->path);
    size_t count = read_file(house->path, bytes, sizeof bytes), length = sizeof word - 1;
    for (size_t at = 0; at + length <= count; at++) {
        if (memcmp(bytes + at, word, length) != 0)
            continue;
        found++;
        assert_true(house_holds(house));
        write_at(house->path, at + length - 2, 'H');
        struct verify_result result = house_verify(house);
        assert_false(verify_holds(&result));
        write_at(house->path, at + length - 2, 'h');
    }
    assert_int_equal(found, 2);
    assert_int_equal(house_start(house), RC_OK);
    house_close(house);
}

static void verify_writes_nothing(void **state)
{
    struct house *house = house_open();
    (void)state;
    house_tap(house, HOUSE_ADA);
    int64_t before = house_number(house, "PRAGMA data_version");
    house_verify(house);
    assert_int_equal(house_number(house, "PRAGMA data_version"), before);
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_touched_holds_and_each_tampering_is_found),
        cmocka_unit_test(a_fact_that_decayed_is_found_where_the_chain_reads_it_and_where_folds_do),
        cmocka_unit_test(verify_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
