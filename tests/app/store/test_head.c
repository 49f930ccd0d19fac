/* Where facts lie: told one by one as they come, and all at once, by any clocks. */
#include "app/store/head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/house.h"
#include "tests/support/random.h"

#define ROUNDS 400
#define FIRST_STATION 77 /* one for each round */
#define BOOTS 14
#define FACTS_MAX (5 * BOOTS)
#define DAY_MS (24 * HOUSE_HOUR_MS)

/* A station, and its boots by their own facts alone. */
struct station {
    struct db *db;
    struct head head;
    struct random random;
    bool is_wild; /* do clocks also say what none should? */
    int64_t true_ms;
    struct fact facts[FACTS_MAX];
    size_t count;
    struct chrono_boot boots[BOOTS];
    size_t boot_count;
};

static unsigned below(struct station *station, unsigned limit)
{
    return random_below(&station->random, limit);
}

static int64_t any_wall(struct station *station)
{
    static const int64_t wild_ms[] = {INT64_MIN, 0, 1000, FACT_TIME_MAX_MS, INT64_MAX};
    unsigned what = below(station, 40);
    if (station->is_wild && what < 5)
        return wild_ms[what];
    if (what < 7)
        return station->true_ms + ((int64_t)below(station, 5) - 2) * DAY_MS;
    return station->true_ms + ((int64_t)below(station, 800) - 400) * HOUSE_MINUTE_MS;
}

/* A synced clock settles what was before it: with many of them little could move. */
static enum clock_trust any_trust(struct station *station)
{
    return below(station, 8) == 0 ? CLOCK_SYNCED : (enum clock_trust)below(station, CLOCK_SYNCED);
}

static int64_t any_wait(struct station *station)
{
    return (int64_t)below(station, 4) * below(station, 100) * HOUSE_MINUTE_MS;
}

/* What the station writes next, taken into what its boot is. */
static struct fact next_fact(struct station *station, int64_t mono_ms)
{
    const struct fact fact = {
        .id = {station->head.station, (int64_t)station->count + 1},
        .wall_ms = any_wall(station),
        .mono_ms = mono_ms,
        .boot = {(uint8_t)station->boot_count},
        .trust = any_trust(station),
        .kind = below(station, 3) ? FACT_TAP : FACT_CLOCK_SET,
        .body = "{}",
        .body_length = 2,
    };
    struct chrono_boot *boot = &station->boots[station->boot_count - 1];
    if (!boot->first_seq)
        chrono_begin(boot, &fact, 0);
    else
        chrono_take_anchor(boot, &fact);
    if (mono_ms > boot->last_mono_ms)
        boot->last_mono_ms = mono_ms;
    station->facts[station->count++] = fact;
    return fact;
}

/* By a query of its own: how the rows are read is not asked here. */
static void assert_lies_as_all_at_once(const struct station *station)
{
    struct sqlite3_stmt *rows = NULL;
    struct chrono_boot boots[BOOTS];
    size_t boot = 0;
    int64_t last_ms = 0;
    enum rc rc = db_query(station->db, &rows,
                          "SELECT effective_ms, is_doubtful FROM fact WHERE station=? ORDER BY seq",
                          "i", station->head.station);
    assert_int_equal(rc, RC_OK);
    memcpy(boots, station->boots, sizeof boots);
    chrono_settle(boots, station->boot_count);
    for (size_t i = 0; i < station->count; i++) {
        struct fact fact = station->facts[i];
        assert_int_equal(db_step(station->db, rows), RC_OK);
        if (boot + 1 < station->boot_count && fact.id.seq == boots[boot + 1].first_seq)
            last_ms = boots[++boot].floor_ms;
        chrono_place(&boots[boot], last_ms, &fact);
        last_ms = fact.effective_ms;
        assert_int_equal(db_column(rows, 0), fact.effective_ms);
        assert_int_equal(db_column(rows, 1), fact.is_doubtful);
    }
    assert_int_equal(db_step(station->db, rows), RC_EMPTY);
    db_done(rows);
}

static enum rc touch(void *context, struct fact_id subject)
{
    (void)context;
    (void)subject;
    return RC_OK;
}

static void assert_is_settled(const struct station *station)
{
    struct head head;
    assert_int_equal(head_load(station->db, station->head.station, &head), RC_OK);
    assert_int_equal(head.effective_ms, station->head.effective_ms);
    assert_int_equal(head_settle(station->db, &head, touch, NULL), RC_OK);
    assert_int_equal(head.effective_ms, station->head.effective_ms);
    assert_lies_as_all_at_once(station);
}

/* As a journal does. */
static void append(struct station *station, struct fact *fact)
{
    struct chain_link link = {.is_redacted = false};
    bool is_shifted;
    if (below(station, 4) == 0)
        assert_int_equal(head_load(station->db, station->head.station, &station->head), RC_OK);
    bool is_new = chrono_is_new_boot(&station->head.boot, fact), would_shift = false;
    if (is_new)
        assert_int_equal(head_would_shift(station->db, &station->head, fact, &would_shift), RC_OK);
    assert_int_equal(head_place(station->db, &station->head, fact, &is_shifted), RC_OK);
    assert_true(!is_new || is_shifted == would_shift);
    link.fact = *fact;
    fact_hash_body(fact, link.body_hash);
    fact_hash(fact, station->head.hash, link.body_hash, link.hash);
    assert_int_equal(head_append(station->db, &station->head, &link), RC_OK);
    if (is_shifted)
        assert_int_equal(head_shift(station->db, &station->head, touch, NULL), RC_OK);
}

static void live_a_boot(struct station *station)
{
    int64_t mono_ms = below(station, 3) * 10000;
    station->true_ms += any_wait(station);
    station->boots[station->boot_count++] = (struct chrono_boot){.first_seq = 0};
    for (unsigned i = 1 + below(station, 5); i-- > 0;) {
        struct fact fact = next_fact(station, mono_ms);
        append(station, &fact);
        assert_lies_as_all_at_once(station);
        int64_t waited_ms = any_wait(station);
        mono_ms += waited_ms;
        station->true_ms += waited_ms;
    }
}

static void facts_lie_the_same_one_by_one_as_all_at_once(void **state)
{
    struct station station = {.random = random_for_test("head")};
    struct house *house = house_open();
    (void)state;
    station.db = journal_db(house->journal);
    assert_int_equal(db_begin(station.db), RC_OK);
    for (int round = 0; round < ROUNDS; round++) {
        station.head = (struct head){.station = FIRST_STATION + round};
        station.is_wild = round % 3 == 0;
        station.true_ms = HOUSE_BEGIN_MS;
        station.count = station.boot_count = 0;
        while (station.boot_count < BOOTS) {
            live_a_boot(&station);
            assert_is_settled(&station);
        }
    }
    assert_int_equal(db_commit(station.db), RC_OK);
    assert_true(house_holds(house));
    house_close(house);
}

/* --- what a start does --- */

/* Where all facts up to one lie, as a number. */
static int64_t places(struct house *house, int64_t seq)
{
    char sql[160];
    snprintf(sql, sizeof sql,
             "SELECT coalesce(sum((effective_ms %% 1000000007) * (seq %% 9973)), 0) FROM fact"
             " WHERE seq<=%lld",
             (long long)seq);
    return house_number(house, sql);
}

static int64_t last_seq(struct house *house)
{
    return house_number(house, "SELECT max(seq) FROM fact");
}

static void reboot_by_chance(struct house *house, struct random *random)
{
    static const enum clock_trust trusts[] = {CLOCK_UNSET, CLOCK_PLAUSIBLE, CLOCK_STAFF,
                                              CLOCK_STAFF, CLOCK_SYNCED};
    int64_t wall_ms =
        house_now(house).wall_ms + ((int64_t)random_below(random, 400) - 150) * HOUSE_MINUTE_MS;
    house_reboot(house, wall_ms, trusts[random_below(random, 5)]);
}

/* So that nobody who taps first waits for it. */
static void what_gives_way_does_so_before_the_first_fact_of_a_boot(void **state)
{
    struct random random = random_for_test("start");
    int64_t shifts = 0;
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct house *house = house_open();
        for (int boot = 0; boot < 30; boot++) {
            reboot_by_chance(house, &random);
            int64_t seq = last_seq(house), before = places(house, seq);
            house_record(house, FACT_GUESTS, house->people[HOUSE_IS_ADA], json_object());
            assert_int_equal(places(house, seq), before);
            house_wait(house, random_below(&random, 200) * HOUSE_MINUTE_MS);
            house_record(house, FACT_GUESTS, house->people[HOUSE_IS_ADA], json_object());
        }
        shifts += house_number(house, "SELECT count(*) FROM fact WHERE kind=3"
                                      " AND instr(body, 'start')>0");
        assert_true(house_holds(house));
        house_close(house);
    }
    assert_true(shifts > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_lie_the_same_one_by_one_as_all_at_once),
        cmocka_unit_test(what_gives_way_does_so_before_the_first_fact_of_a_boot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
