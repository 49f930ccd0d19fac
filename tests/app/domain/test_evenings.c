/*
 * Random evenings at one or two doors under clocks that are wrong: whatever order facts come in,
 * hours are the same, and each second counts once.
 *
 * A failing evening prints the seed that replays it as the first one.
 */
#include "app/domain/fold.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/chrono.h"
#include "app/domain/stint.h"
#include "tests/support/random.h"
#include "tests/support/story.h"

#define EVENINGS 10000
#define STATIONS 2
#define BOOTS_MAX 16
#define DAY_MS (24 * STORY_HOUR)
#define FUTURE_MS INT64_C(2150000000000) /* 2038 */

/* A station with its clock: what it says, and how far that is from what is true. */
struct door {
    struct clock_reading now;
    int64_t wrong_ms;
    bool is_in; /* as far as this station knows */
    struct chrono_boot boots[BOOTS_MAX];
    size_t boot_count;
};

struct night {
    struct random random;
    struct story story;
    struct door doors[STATIONS];
    int64_t true_ms;
};

static const char *const begins[] = {"2026-10-24 19:00", "2027-03-27 19:00", "2026-11-21 14:00",
                                     "2026-12-31 20:00"};

static int64_t up_to(struct night *night, int64_t limit_ms)
{
    return random_below(&night->random, (unsigned)(limit_ms / 1000)) * INT64_C(1000) +
           (random_below(&night->random, 2) ? random_below(&night->random, 1000) : 0);
}

/* --- clocks --- */

/* Who vouches is right; any other clock may say anything. */
static void turn(struct night *night, struct door *door)
{
    static const int64_t faults_ms[] = {0, -DAY_MS, STORY_HOUR, -STORY_HOUR, DAY_MS};
    unsigned what = random_below(&night->random, 7);
    door->now.trust = (enum clock_trust)random_below(&night->random, CLOCK_SYNCED + 1);
    int64_t wall_ms = what == 5   ? up_to(night, STORY_HOUR)
                      : what == 6 ? FUTURE_MS + up_to(night, STORY_HOUR)
                                  : night->true_ms + faults_ms[what];
    door->wrong_ms = door->now.trust >= CLOCK_STAFF ? 0 : wall_ms - night->true_ms;
}

static void boot(struct night *night, struct door *door)
{
    door->now.boot[0]++;
    door->now.mono_ms = 20000;
    turn(night, door);
}

static void wait(struct night *night, int64_t ms)
{
    night->true_ms += ms;
    for (int i = 0; i < STATIONS; i++)
        night->doors[i].now.mono_ms += ms;
}

/* What the station's clock says of a fact. */
static struct fact *stamp(struct night *night, struct door *door, struct fact *fact)
{
    fact->wall_ms = night->true_ms + door->wrong_ms;
    fact->mono_ms = door->now.mono_ms;
    fact->trust = door->now.trust;
    memcpy(fact->boot, door->now.boot, sizeof fact->boot);
    struct chrono_boot *last = door->boot_count ? &door->boots[door->boot_count - 1] : NULL;
    if (!last || chrono_is_new_boot(last, fact)) {
        assert_true(door->boot_count < BOOTS_MAX);
        last = &door->boots[door->boot_count++];
        chrono_begin(last, fact, 0);
    } else {
        chrono_take_anchor(last, fact);
    }
    last->last_mono_ms = fact->mono_ms;
    return fact;
}

/* Places all of a station's facts as the store does: what gave way included. */
static void place(struct night *night, int station)
{
    struct door *door = &night->doors[station - 1];
    int64_t last_ms = 0;
    size_t at = 0;
    chrono_settle(door->boots, door->boot_count);
    for (size_t i = 0; i < night->story.count; i++) {
        struct fact *fact = &night->story.facts[i];
        if (fact->id.station != station)
            continue;
        if (chrono_is_new_boot(&door->boots[at], fact))
            at++;
        chrono_place(&door->boots[at], last_ms, fact);
        assert_true(fact->effective_ms >= last_ms);
        last_ms = fact->effective_ms;
    }
}

/* --- what happens --- */

static void promise(struct night *night, int station)
{
    int64_t from_ms = night->true_ms + up_to(night, 10 * STORY_HOUR) - 3 * STORY_HOUR;
    int64_t to_ms = from_ms + 1000 + up_to(night, 5 * STORY_HOUR);
    stamp(night, &night->doors[station - 1],
          story_promise(&night->story, station, 0, (int)random_below(&night->random, 5) + 1,
                        from_ms, to_ms));
}

static void end_promise(struct night *night, int station)
{
    static const char *const hows[] = {"excused", "replaced", "cancelled"};
    stamp(night, &night->doors[station - 1],
          story_add(&night->story, station, 0, FACT_SIGN_UP_ENDED,
                    "{\"occasion\":[9,1],\"shift\":%u,\"how\":\"%s\"}",
                    random_below(&night->random, 5) + 1, hows[random_below(&night->random, 3)]));
}

static void tap(struct night *night, int station)
{
    struct door *door = &night->doors[station - 1];
    enum answer_kind answer = door->is_in ? ANSWER_DEPARTURE : ANSWER_ARRIVAL;
    if (door->is_in && random_below(&night->random, 12) == 0)
        answer = ANSWER_ARRIVAL_FORGOTTEN;
    door->is_in = answer != ANSWER_DEPARTURE;
    int64_t stop_ms = random_below(&night->random, 3) == 0
                          ? night->true_ms + up_to(night, 4 * STORY_HOUR) - STORY_HOUR
                          : 0;
    stamp(night, door,
          story_add(&night->story, station, 0, FACT_TAP,
                    "{\"answer\":\"%s\",\"stop_ms\":%" PRId64 "}", answer_name(answer), stop_ms));
}

/* No second more or less, whatever is taken or said. */
static void do_something(struct night *night, int station)
{
    stamp(night, &night->doors[station - 1],
          story_add(&night->story, station, 0, FACT_DEED,
                    "{\"deed\":\"%s\",\"occasion\":[9,%u],\"other\":[1,%u]}",
                    deed_kind_name((enum deed_kind)random_below(&night->random, DEED_COUNT)),
                    random_below(&night->random, 2) + 1, random_below(&night->random, 2)));
}

static void undo(struct night *night, int station)
{
    if (!night->story.count)
        return;
    const struct fact *last = &night->story.facts[night->story.count - 1];
    if (last->id.station == station)
        stamp(night, &night->doors[station - 1], story_undo(&night->story, last, 0));
}

static void set_clock(struct night *night, int station)
{
    turn(night, &night->doors[station - 1]);
    stamp(night, &night->doors[station - 1],
          story_add(&night->story, station, 0, FACT_CLOCK_SET, "{}"));
}

static void act(struct night *night)
{
    static const int64_t pauses_ms[] = {STORY_MINUTE, STORY_HOUR / 2, 2 * STORY_HOUR,
                                        14 * STORY_HOUR};
    int station = 1 + (random_below(&night->random, 4) == 0);
    struct door *door = &night->doors[station - 1];
    wait(
        night,
        1000 +
            up_to(
                night,
                pauses_ms[random_below(&night->random, 16) ? random_below(&night->random, 3) : 3]));
    unsigned what = random_below(&night->random, 17);
    if (what == 0 && door->boot_count < BOOTS_MAX)
        boot(night, door);
    else if (what == 1)
        set_clock(night, station);
    else if (what == 2)
        end_promise(night, station);
    else if (what == 3)
        undo(night, station);
    else if (what < 7)
        promise(night, station);
    else if (what == 7)
        do_something(night, station);
    else
        tap(night, station);
}

static void live(struct night *night, uint64_t seed)
{
    memset(night, 0, sizeof *night);
    random_init(&night->random, seed);
    night->true_ms = story_local(begins[random_below(&night->random, 4)]);
    for (int i = 0; i < STATIONS; i++)
        boot(night, &night->doors[i]);
    for (unsigned i = 6 + random_below(&night->random, 12); i-- > 0;)
        act(night);
    for (int station = 1; station <= STATIONS; station++)
        place(night, station);
}

/* --- hours as plainly as can be --- */

struct hours {
    int64_t outside, of_shift[8]; /* by number */
};

/* A second is where its end is. */
static bool has(int64_t from_ms, int64_t to_ms, int64_t end_ms)
{
    return from_ms < end_ms && end_ms <= to_ms;
}

/* The number of the first shift that has it, or 0; *out_more: how many others have it too. */
static int owner(const struct sign_ups *sign_ups, int64_t end_ms, int *out_more)
{
    int number = 0;
    *out_more = 0;
    for (size_t i = 0; i < sign_ups->count; i++) {
        const struct sign_up *row = &sign_ups->rows[i];
        if (row->end != SIGN_UP_STANDS || !has(row->from_ms, row->to_ms, end_ms))
            continue;
        *out_more += number != 0;
        number = number ? number : row->of.number;
    }
    return number;
}

static int owners[8 * 24 * 3600];

/* With `is_wrong`, seconds of two shifts are counted for both: the control. */
static struct hours count_hours(const struct visit *visit, const struct sign_ups *sign_ups,
                                bool is_wrong)
{
    struct hours hours = {.outside = 0};
    int64_t count = (visit->left_ms - visit->arrived_ms) / 1000;
    int64_t next_s = INT64_MAX, since_s = INT64_MIN / 2;
    assert_in_range(count, 0, (int64_t)(sizeof owners / sizeof owners[0]));
    for (int64_t s = 0; s < count; s++) {
        int more;
        owners[s] = owner(sign_ups, visit->arrived_ms + (s + 1) * 1000, &more);
        hours.of_shift[owners[s]] += owners[s] ? 1 + (is_wrong ? more : 0) : 0;
    }
    /* early: from behind, the shift that is next */
    static int early[sizeof owners / sizeof owners[0]];
    for (int64_t s = count, next = 0; s-- > 0;) {
        next_s = owners[s] ? s : next_s;
        next = owners[s] ? owners[s] : next;
        early[s] = next_s != INT64_MAX && next_s - s <= STINT_BEFORE_MS / 1000 ? (int)next : 0;
    }
    for (int64_t s = 0, before = 0; s < count; s++) {
        if (owners[s]) {
            since_s = s;
            before = owners[s];
            continue;
        }
        if (visit->stop_ms && visit->arrived_ms + (s + 1) * 1000 > visit->stop_ms)
            continue;
        if (before && s - since_s <= STINT_AFTER_MS / 1000)
            hours.of_shift[before]++;
        else if (early[s])
            hours.of_shift[early[s]]++;
        else
            hours.outside += visit->how_out != PRESENCE_ASSUMED;
    }
    return hours;
}

static struct hours add_up(const struct presence *presence, struct fact_id visit)
{
    struct hours hours = {.outside = 0};
    for (size_t i = 0; i < presence->stint_count; i++) {
        const struct stint *stint = &presence->stints[i];
        if (!fact_id_is_same(stint->visit, visit))
            continue;
        assert_true(stint->seconds > 0);
        if (stint->of.number)
            hours.of_shift[stint->of.number] += stint->seconds;
        else
            hours.outside += stint->seconds;
    }
    return hours;
}

/* --- what must hold --- */

static const char *fault_of_hours(const struct presence *presence, bool is_wrong)
{
    for (size_t i = 0; i < presence->count; i++) {
        const struct visit *visit = &presence->visits[i];
        int64_t whole = (visit->left_ms - visit->arrived_ms) / 1000, sum;
        if (visit->how_out == PRESENCE_OPEN)
            continue;
        if (visit->left_ms < visit->arrived_ms)
            return "a visit ends before it begins";
        struct hours given = add_up(presence, visit->id), plain = {.outside = 0};
        if (presence_has_end(visit))
            plain = count_hours(visit, &presence->sign_ups, is_wrong);
        if (memcmp(&given, &plain, sizeof given) != 0)
            return "other hours than counted plainly";
        sum = given.outside;
        for (int number = 1; number < 8; number++)
            sum += given.of_shift[number];
        bool is_all = !visit->stop_ms && visit->how_out != PRESENCE_ASSUMED;
        if (sum > whole || (is_all && sum != whole))
            return "seconds were lost or counted twice";
    }
    return NULL;
}

static const struct fact *find_departure(const struct night *night, const struct visit *visit)
{
    for (size_t i = 0; i < night->story.count; i++) {
        const struct fact *fact = &night->story.facts[i];
        if (fact->kind == FACT_TAP && fact->effective_ms == visit->left_ms &&
            visit->how_out == PRESENCE_TAP)
            return fact;
    }
    return NULL;
}

/* Where one boot saw both sides, its uptime says how long it was. */
static const char *fault_of_lengths(const struct night *night, const struct presence *presence)
{
    for (size_t i = 0; i < presence->count; i++) {
        const struct visit *visit = &presence->visits[i];
        const struct fact *in = NULL, *out = find_departure(night, visit);
        for (size_t j = 0; j < night->story.count; j++)
            if (fact_id_is_same(night->story.facts[j].id, visit->id))
                in = &night->story.facts[j];
        if (!in || !out || in->id.station != out->id.station ||
            memcmp(in->boot, out->boot, sizeof in->boot) != 0)
            continue;
        if (llabs(visit->left_ms - visit->arrived_ms - (out->mono_ms - in->mono_ms)) > 1000)
            return "another length than its boot says";
    }
    return NULL;
}

static void shuffle(struct night *night)
{
    struct fact *facts = night->story.facts;
    for (size_t i = night->story.count; i > 1; i--) {
        size_t other = random_below(&night->random, (unsigned)i);
        struct fact moved = facts[i - 1];
        facts[i - 1] = facts[other];
        facts[other] = moved;
    }
}

static const char *fault_of(struct night *night, bool is_wrong)
{
    struct fold fold, again;
    if (fold_person(night->story.facts, night->story.count, &fold))
        return "it does not fold";
    shuffle(night);
    const char *fault = fold_person(night->story.facts, night->story.count, &again)
                            ? "shuffled, it does not fold"
                            : NULL;
    if (!fault && !fold_is_same(&fold, &again))
        fault = "shuffled, it folds to something else";
    if (!fault)
        fold_finish(&again);
    if (!fault)
        fault = fault_of_lengths(night, &fold.presence);
    if (!fault)
        fault = fault_of_hours(&fold.presence, is_wrong);
    fold_finish(&fold);
    return fault;
}

static void each_second_counts_once_whatever_clocks_say(void **state)
{
    static struct night night;
    uint64_t seed = random_seed();
    (void)state;
    printf("evenings: PERRON_SEED=%" PRIu64 "\n", seed);
    for (int i = 0; i < EVENINGS; i++) {
        live(&night, seed + (uint64_t)i);
        const char *fault = fault_of(&night, false);
        if (fault)
            fail_msg("PERRON_SEED=%" PRIu64 ": %s", seed + (uint64_t)i, fault);
    }
}

/* The control: where seconds of two shifts count for both, it is found. */
static void a_cut_that_counts_twice_is_found(void **state)
{
    static struct night night;
    uint64_t seed = random_seed();
    int found = 0;
    (void)state;
    for (int i = 0; i < EVENINGS / 10; i++) {
        live(&night, seed + (uint64_t)i);
        found += fault_of(&night, true) != NULL;
    }
    assert_true(found > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_second_counts_once_whatever_clocks_say, story_set_up,
                                        story_tear_down),
        cmocka_unit_test_setup_teardown(a_cut_that_counts_twice_is_found, story_set_up,
                                        story_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
