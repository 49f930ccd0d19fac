/*
 * Several stations, one house: whatever order facts arrive in, all registers come to say the same.
 */
#include "app/store/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/store/closing.h"
#include "app/store/erase.h"
#include "tests/support/house.h"
#include "tests/support/random.h"

#define STATIONS 3
#define ROUNDS 12
#define ACTS 60
#define ORDERS 3
#define FACTS_MAX 1024
#define TEXT_BYTES 262144

struct town {
    struct house *houses[STATIONS];
    struct random random;
    bool has_closings; /* visits become sums, and people are erased */
    int closed;        /* visits, so far */
    int64_t rewritten; /* records that named who was erased */
    struct house_fact facts[FACTS_MAX];
    size_t count;
};

static const char *const views[] = {
    "SELECT station||' '||seq||' '||number||' '||first_name||' '||last_name||' '||phone||' '||"
    "basket_fetchers FROM person p"
    " WHERE station IN (%s) ORDER BY station, seq",
    "SELECT hex(hash)||' '||station||' '||seq||' '||is_withdrawn||' '||until_ms||' '||is_lent"
    " FROM badge"
    " WHERE station IN (%s) ORDER BY hash, station, seq",
    "SELECT station||' '||seq||' '||person_station||' '||person_seq||' '||arrived_ms||' '||"
    "left_ms||' '||closes_ms||' '||how_in||' '||how_out||' '||is_doubtful_in||' '||"
    "is_doubtful_out||' '||guests||' '||children FROM visit WHERE person_station IN (%s) ORDER "
    "BY station, seq",
    "SELECT station||' '||seq||' '||role||' '||pin||' '||code||' '||misses||' '||miss_station||"
    "' '||miss_seq||' '||organisation_seq FROM keyholder WHERE station IN (%s) ORDER BY "
    "station, seq",
    "SELECT station||' '||seq||' '||place||' '||occasion_seq||' '||shift||' '||day||' '||"
    "is_staff||' '||is_assumed||' '||from_ms||' '||seconds FROM stint"
    " WHERE person_station IN (%s) ORDER BY station, seq, place",
    "SELECT person_station||' '||person_seq||' '||occasion_seq||' '||shift||' '||fact_station||"
    "' '||fact_seq||' '||from_ms||' '||to_ms||' '||end||' '||visit_station||' '||visit_seq"
    " FROM sign_up WHERE person_station IN (%s) ORDER BY person_station, person_seq,"
    " occasion_station, occasion_seq, shift",
    "SELECT station||' '||seq||' '||person_station||' '||person_seq||' '||place||' '||kind||' '"
    "||occasion_station||' '||occasion_seq||' '||other_station||' '||other_seq||' '||day||' '||"
    "at_ms||' '||text FROM deed WHERE person_station IN (%s)"
    " ORDER BY person_station, person_seq, place",
    "SELECT station||' '||seq||' '||kind||' '||state||' '||title||' '||from_ms||' '||to_ms"
    " FROM occasion WHERE station IN (%s) ORDER BY station, seq",
    "SELECT station||' '||seq||' '||number||' '||mission||' '||from_ms||' '||to_ms||' '||"
    "referent||' '||closed_station||' '||closed_seq||' '||were_enough FROM shift WHERE station IN "
    "(%s)"
    " ORDER BY station, seq, number",
    "SELECT station||' '||seq||' '||since_station||' '||since_seq FROM presence"
    " WHERE station IN (%s) ORDER BY station, seq",
    "SELECT station||' '||seq||' '||began_ms||' '||began_station||' '||began_seq||' '||steps||"
    "' '||steps_ms||' '||likes||' '||missions||' '||charter||' '||buddy_station||' '||"
    "buddy_seq||' '||buddy_state||' '||buddy_ms||' '||passed FROM newcomer"
    " WHERE station IN (%s) ORDER BY station, seq",
    "SELECT station||' '||seq||' '||field||' '||is_given||' '||version||' '||at_ms FROM consent"
    " WHERE station IN (%s) ORDER BY station, seq, field",
    "SELECT station||' '||seq||' '||place||' '||part||' '||month||' '||kind||' '||is_staff||' '"
    "||visits||' '||firsts||' '||guests||' '||children||' '||sign_ups||' '||part_kind||' '||"
    "seconds||' '||assumed_s||' '||deeds FROM total WHERE station IN (%s)"
    " ORDER BY station, seq, place, part",
    "SELECT station||' '||name||' '||value||' '||seq FROM setting WHERE station IN (%s)"
    " ORDER BY station, name",
    "SELECT station||' '||name||' '||misses||' '||seq FROM tally WHERE station IN (%s)"
    " ORDER BY station, name",
};

/* All that folds made of the facts of the town's stations, as text. */
static void describe(struct house *house, const struct town *town, char *out_text)
{
    char stations[128], sql[512];
    size_t used = 0;
    out_text[0] = 0;
    snprintf(stations, sizeof stations, "%lld,%lld,%lld",
             (long long)journal_station(town->houses[0]->journal),
             (long long)journal_station(town->houses[1]->journal),
             (long long)journal_station(town->houses[2]->journal));
    /* A press by name that is erased forgives nothing at who hears of it afterwards. */
    size_t count = sizeof views / sizeof views[0] - town->has_closings;
    for (size_t i = 0; i < count; i++) {
        struct db *db = journal_db(house->journal);
        struct sqlite3_stmt *rows = NULL;
        snprintf(sql, sizeof sql, views[i], stations);
        enum rc rc = db_query(db, &rows, sql, "");
        while (!rc && !(rc = db_step(db, rows))) {
            assert_true(used + 512 < TEXT_BYTES);
            db_column_text(rows, 0, out_text + used, 512);
            strcat(out_text + used, "\n");
            used += strlen(out_text + used);
        }
        assert_int_equal(rc, RC_EMPTY);
    }
}

/* Everything that one station has goes to another. */
static void tell(struct town *town, int from, int to)
{
    static struct house_fact facts[FACTS_MAX];
    size_t count = house_facts(town->houses[from], facts, FACTS_MAX);
    assert_int_equal(house_merge(town->houses[to], facts, count), RC_OK);
}

/* One of the person's visits as that house knows them; none where they never came. */
static struct visit any_visit(struct town *town, struct house *house, struct fact_id person)
{
    struct visit visit = {.arrived_ms = 0};
    struct presence presence = house_visits(house, person);
    if (presence.count)
        visit = presence.visits[random_below(&town->random, (unsigned)presence.count)];
    presence_finish(&presence);
    return visit;
}

static json_t *body_of_guests(struct town *town)
{
    return json_pack("{s:i,s:i,s:[s]}", "adults", (int)random_below(&town->random, 4), "children",
                     (int)random_below(&town->random, 3), "names", "Max");
}

/* A time somewhere around the visit; now and then outside of it. */
static json_int_t time_near(struct town *town, const struct visit *visit)
{
    return visit->arrived_ms - 2 * 3600000 + (json_int_t)random_below(&town->random, 6 * 3600000);
}

static json_t *body_of_proposal(struct town *town, const struct visit *visit)
{
    return json_pack("{s:[I,I],s:I}", "visit", (json_int_t)visit->id.station,
                     (json_int_t)visit->id.seq, "left_ms", time_near(town, visit));
}

static json_t *body_of_correction(struct town *town, const struct visit *visit)
{
    static const char *const sides[] = {"arrived_ms", "left_ms"};
    json_t *body = json_pack("{s:[I,I],s:s}", "visit", (json_int_t)visit->id.station,
                             (json_int_t)visit->id.seq, "reason", "as told on paper");
    if (random_below(&town->random, 4) == 0)
        json_object_set_new(body, "is_void", json_true());
    for (int i = 0; i < 2; i++)
        if (random_below(&town->random, 2))
            json_object_set_new(body, sides[i], json_integer(time_near(town, visit)));
    return body;
}

static json_t *body_of_badge(struct town *town, struct house *house)
{
    char hash[2 * BADGE_HASH_BYTES + 1];
    snprintf(hash, sizeof hash, "%032X", 1 + random_below(&town->random, 6));
    return json_pack("{s:s,s:s,s:b,s:I}", "badge", hash, "key", journal_key_id(house->journal),
                     "is_lent", (int)random_below(&town->random, 2), "until_ms",
                     (json_int_t)random_below(&town->random, 3) * 1000);
}

static json_t *body_of_press(struct town *town)
{
    static const char *const hows[] = {"name", "staff"};
    return json_pack(
        "{s:s,s:s}", "answer",
        answer_name(random_below(&town->random, 2) ? ANSWER_ARRIVAL : ANSWER_DEPARTURE), "how",
        hows[random_below(&town->random, 2)]);
}

/* A few hours, before or behind now; of a whole week now and then. */
static json_t *body_with_hours(struct town *town, struct house *house)
{
    json_int_t from_ms = house_now(house).wall_ms - 8 * 3600000 +
                         (json_int_t)random_below(&town->random, 16 * 3600000);
    json_int_t length_ms = 1 + (json_int_t)random_below(&town->random, 4 * 3600000);
    if (random_below(&town->random, 10) == 0)
        length_ms = OCCASION_MAX_MS;
    return json_pack("{s:I,s:I}", "from_ms", from_ms, "to_ms", from_ms + length_ms);
}

static void set_shift(struct town *town, json_t *body, int64_t occasion_seq)
{
    json_object_set_new(body, "occasion", json_pack("[I,I]", (json_int_t)9, occasion_seq));
    json_object_set_new(body, "shift", json_integer(random_below(&town->random, 3)));
}

static json_t *body_of_promise(struct town *town, struct house *house)
{
    json_t *body = body_with_hours(town, house);
    set_shift(town, body, 1);
    return body;
}

static json_t *body_of_end(struct town *town)
{
    static const char *const hows[] = {"excused", "replaced", "cancelled"};
    json_t *body = json_pack("{s:s}", "how", hows[random_below(&town->random, 3)]);
    set_shift(town, body, 1);
    return body;
}

static json_t *body_of_attendance(struct town *town, const struct visit *visit)
{
    return json_pack(
        "{s:[I,I],s:[I,I],s:s,s:I}", "visit", (json_int_t)visit->id.station,
        (json_int_t)visit->id.seq, "occasion", (json_int_t)9, (json_int_t)1, "kind",
        occasion_kind_name((enum occasion_kind)random_below(&town->random, OCCASION_COUNT)),
        "stop_ms", random_below(&town->random, 2) ? time_near(town, visit) : 0);
}

/* At an occasion of the calendar, or on a day without; with somebody, or alone. */
static json_t *body_of_deed(struct town *town, const struct house *house)
{
    static const char *const texts[] = {"", "large", "a ramp at the back door"};
    enum deed_kind kind = (enum deed_kind)random_below(&town->random, DEED_COUNT);
    struct deed deed = {.kind = kind};
    if (random_below(&town->random, 2))
        deed.occasion = (struct fact_id){9, 1 + random_below(&town->random, 2)};
    if (random_below(&town->random, 2))
        deed.other = house->people[random_below(&town->random, HOUSE_PEOPLE)];
    snprintf(deed.text, sizeof deed.text, "%s", texts[random_below(&town->random, 3)]);
    return deed_to_json(&deed);
}

/* A step of a first visit, with what it says. */
static json_t *body_of_step(struct town *town)
{
    static const char *const keys[] = {NULL, "", "people", "food people"};
    struct newcomer_said said = {
        .step = (enum guide_step)random_below(&town->random, GUIDE_STEP_COUNT),
        .how = (enum newcomer_how)random_below(&town->random, NEWCOMER_HOW_COUNT)};
    if (said.step == GUIDE_WHY)
        said.wishes[GUIDE_LIKES] = keys[random_below(&town->random, 4)];
    if (said.step == GUIDE_MISSIONS)
        said.missions = keys[random_below(&town->random, 4)];
    if (said.step == GUIDE_CHARTER)
        said.version = random_below(&town->random, 2) ? "2026-01" : "2026-02";
    return newcomer_said_to_json(&said);
}

static json_t *body_of_buddy(struct town *town, const struct house *house)
{
    static const char *const hows[] = {"asked", "taken", "declined", "missed", "named"};
    struct fact_id buddy = house->people[random_below(&town->random, HOUSE_PEOPLE)];
    return json_pack("{s:[I,I],s:s}", "buddy", (json_int_t)buddy.station, (json_int_t)buddy.seq,
                     "how", hows[random_below(&town->random, 5)]);
}

static json_t *body_of_consent(struct town *town)
{
    return consent_to_json((enum consent)random_below(&town->random, CONSENT_COUNT),
                           random_below(&town->random, 2), "fr");
}

/* One of few numbers, so that others name it and it is somebody's, or several people's. */
static const char *any_number(struct town *town)
{
    static const char *const numbers[] = {"7", "8", "9", "10", "11"};
    return numbers[random_below(&town->random, 5)];
}

/* Part of what an occasion is; sound alone, and not always with what other stations say. */
static json_t *body_of_occasion(struct town *town, struct house *house)
{
    json_t *body = body_with_hours(town, house), *shifts = json_array();
    for (int number = 1 + (int)random_below(&town->random, 3); number > 0; number--) {
        json_t *shift = body_with_hours(town, house);
        json_object_set_new(shift, "number", json_integer(number));
        if (random_below(&town->random, 2))
            json_object_set_new(shift, "referent", json_string(any_number(town)));
        json_array_append_new(shifts, shift);
    }
    if (random_below(&town->random, 3) == 0)
        json_object_del(body, random_below(&town->random, 2) ? "from_ms" : "to_ms");
    if (random_below(&town->random, 2))
        json_object_set(body, "shifts", shifts);
    json_decref(shifts);
    return body;
}

/* Any occasion of the town's, by whichever station; a new one where there is none yet. */
static void arrange(struct town *town, struct house *house)
{
    struct sqlite3_stmt *rows = NULL;
    struct fact_id occasion = {0, 0};
    if (!db_query_row(journal_db(house->journal), &rows,
                      "SELECT station, seq FROM occasion ORDER BY station, seq LIMIT 1 OFFSET ?",
                      "i", (int64_t)random_below(&town->random, 3))) {
        occasion = db_column_id(rows, 0);
        db_done(rows);
    }
    if (fact_id_is_none(occasion) || random_below(&town->random, 4) == 0)
        house_record(house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                     body_with_hours(town, house));
    else if (random_below(&town->random, 4) == 0)
        house_record(house, FACT_SHIFT_CLOSED, occasion,
                     json_pack("{s:i,s:s}", "shift", 1 + (int)random_below(&town->random, 3),
                               "were_enough", "enough"));
    else
        house_record(house, FACT_OCCASION_CHANGED, occasion, body_of_occasion(town, house));
}

static json_t *body_of_record(struct town *town)
{
    char fetchers[64];
    if (random_below(&town->random, 2))
        return json_pack("{s:s}", "number", any_number(town));
    snprintf(fetchers, sizeof fetchers, "%s; %s", any_number(town), any_number(town));
    return json_pack("{s:s,s:s}", "basket_fetchers", fetchers, "phone", any_number(town));
}

/* Something that is said at a desk, and not tapped; sometimes taken back. */
static void say(struct town *town, struct house *house, struct fact_id person)
{
    static const char *const roles[] = {"host", "referent", "staff", ""};
    struct visit visit = any_visit(town, house, person);
    const struct {
        enum fact_kind kind;
        json_t *body;
    } all[] = {
        {FACT_GUESTS, body_of_guests(town)},
        {FACT_PROPOSAL, body_of_proposal(town, &visit)},
        {FACT_CORRECTION, body_of_correction(town, &visit)},
        {FACT_BADGE_GIVEN, body_of_badge(town, house)},
        {FACT_BADGE_WITHDRAWN, body_of_badge(town, house)},
        {FACT_PRESS, body_of_press(town)},
        {FACT_SIGN_UP, body_of_promise(town, house)},
        {FACT_SIGN_UP, body_of_promise(town, house)},
        {FACT_SIGN_UP_ENDED, body_of_end(town)},
        {FACT_ATTENDANCE, body_of_attendance(town, &visit)},
        {FACT_DEED, body_of_deed(town, house)},
        {FACT_DEED, body_of_deed(town, house)},
        {FACT_WELCOME, body_of_step(town)},
        {FACT_WELCOME, body_of_step(town)},
        {FACT_BUDDY, body_of_buddy(town, house)},
        {FACT_PERSON_CHANGED, body_of_record(town)},
        {FACT_PERSON_CHANGED, body_of_record(town)},
        {FACT_CONSENT, body_of_consent(town)},
        {FACT_ROLE_SET, json_pack("{s:s}", "role", roles[random_below(&town->random, 4)])},
        {FACT_PIN_SET, json_pack("{s:s}", "pin", roles[random_below(&town->random, 4)])},
        {FACT_PIN_TRIED, json_pack("{s:b}", "ok", random_below(&town->random, 3) == 0)},
        {FACT_CODE_SET, json_pack("{s:s}", "code", roles[random_below(&town->random, 4)])},
    };
    size_t count = sizeof all / sizeof all[0],
           chosen = random_below(&town->random, (unsigned)count);
    struct fact_id said =
        house_record(house, all[chosen].kind, person, json_incref(all[chosen].body));
    if (random_below(&town->random, 5) == 0)
        house_record(house, FACT_UNDO, person,
                     json_pack("{s:[I,I]}", "of", (json_int_t)said.station, (json_int_t)said.seq));
    for (size_t i = 0; i < count; i++)
        json_decref(all[i].body);
}

/* Something of the station and of nobody. */
static void keep(struct town *town, struct house *house)
{
    static const char *const names[] = {"volume", "occasion"};
    const struct fact_id nobody = {0, 0};
    if (random_below(&town->random, 2))
        house_record(house, FACT_CODE_MISSED, nobody, json_object());
    else
        house_record(house, FACT_SETTING_SET, nobody,
                     json_pack("{s:s,s:s}", "name", names[random_below(&town->random, 2)], "value",
                               names[random_below(&town->random, 2)]));
}

/* What of one person is over becomes sums, by a rule that nobody would set; rarely all of them. */
static enum rc close_by_chance(struct town *town, struct house *house, const struct office *office,
                               struct fact_id person, bool is_all)
{
    struct totals sums = {.rows = NULL};
    struct closing_rule rule = {.is_nobodys = random_below(&town->random, 2)};
    struct closing closing;
    struct stone stone = {.journal = house->journal, .office = office};
    bool is_doubtful;
    if (is_all)
        return erase_person(house->journal, office, person);
    journal_place_now(house->journal, &rule.now_ms, &is_doubtful);
    rule.before_day =
        day_number(rule.now_ms, DAY_END_DEFAULT_MIN) + 1 - (int)random_below(&town->random, 3);
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        rule.kinds[kind] = random_below(&town->random, 4) > 0;
    enum rc rc = closing_begin(house->journal, office, person, &rule, &closing);
    if (!rc && closing.count)
        rc = closing_write(&closing, &sums);
    if (!rc && closing.count)
        rc = closing_bury(&closing, &stone);
    town->closed += closing.count;
    closing_finish(&closing);
    if (!rc)
        rc = closing_write_house(house->journal, office, &sums);
    rc = stone_end(&stone, rc);
    totals_finish(&sums);
    return rc;
}

/* By a number of their own, in the records of who else is known. */
static void name_elsewhere(struct town *town, struct house *house, struct fact_id person)
{
    char number[16], fetchers[32];
    snprintf(number, sizeof number, "%u", 1000 + random_below(&town->random, 9000));
    snprintf(fetchers, sizeof fetchers, "7;%s;8", number);
    house_record(house, FACT_PERSON_CHANGED, person, json_pack("{s:s}", "number", number));
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        if (!fact_id_is_same(town->houses[0]->people[i], person))
            house_record(house, FACT_PERSON_CHANGED, town->houses[0]->people[i],
                         json_pack("{s:s}", "basket_fetchers", fetchers));
}

static void close_some(struct town *town, struct house *house, struct fact_id person)
{
    const struct office office = {.now = house_now(house)};
    bool is_all = random_below(&town->random, 8) == 0;
    if (is_all)
        name_elsewhere(town, house, person);
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(close_by_chance(town, house, &office, person, is_all), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

/* Somebody known there arrives, leaves, undoes or is forgotten at one of the stations. */
static void act(struct town *town)
{
    static const int64_t pauses_ms[] = {500, 90000, 40 * 60000, 9 * 3600000};
    int at = (int)random_below(&town->random, STATIONS);
    struct house *house = town->houses[at];
    unsigned whose = random_below(&town->random, STATIONS);
    struct fact_id person = town->houses[town->has_closings ? 0 : whose]
                                ->people[random_below(&town->random, HOUSE_PEOPLE)];
    for (int i = 0; i < STATIONS; i++)
        house_wait(town->houses[i], pauses_ms[random_below(&town->random, 4)]);
    unsigned what = random_below(&town->random, 20);
    if (town->has_closings && random_below(&town->random, 6) == 0) {
        close_some(town, house, person);
    } else if (what == 0) {
        tell(town, (int)random_below(&town->random, STATIONS), at);
    } else if (what == 1) {
        clock_turn(house->clock, house_now(house).wall_ms + random_below(&town->random, 600000),
                   CLOCK_STAFF);
        house_record(house, FACT_CLOCK_SET, (struct fact_id){0, 0},
                     json_pack("{s:s}", "by", "ada"));
    } else if (what == 2) {
        keep(town, house);
    } else if (what == 3) {
        arrange(town, house);
    } else if (what < 9) {
        say(town, house, person);
    } else {
        struct answer answer = house_press(
            house, person, random_below(&town->random, 2) ? ANSWER_ARRIVAL : ANSWER_DEPARTURE);
        if (what == 9 && !house->disk && !fact_id_is_none(answer.fact))
            assert_int_equal(house_undo(house, &answer), RC_OK);
    }
}

static int compare_facts(const void *a, const void *b)
{
    const struct house_fact *x = a, *y = b;
    return fact_id_compare(x->link.fact.id, y->link.fact.id);
}

/* What each station said itself. */
static void collect(struct town *town)
{
    static struct house_fact facts[FACTS_MAX];
    town->count = 0;
    for (int i = 0; i < STATIONS; i++) {
        size_t count = house_facts(town->houses[i], facts, FACTS_MAX);
        for (size_t j = 0; j < count; j++)
            if (facts[j].link.fact.id.station == journal_station(town->houses[i]->journal)) {
                assert_true(town->count < FACTS_MAX);
                town->facts[town->count++] = facts[j];
            }
    }
    qsort(town->facts, town->count, sizeof town->facts[0], compare_facts);
}

/* Takes the facts in a random interleaving, each station's in order, many of them twice. */
static void merge_shuffled(struct town *town, struct house *into)
{
    size_t next[STATIONS] = {0}, ends[STATIONS] = {0}, groups = 0;
    for (size_t i = 0; i < town->count; i++)
        if (i == 0 ||
            town->facts[i].link.fact.id.station != town->facts[i - 1].link.fact.id.station) {
            next[groups] = i;
            ends[groups++] = i;
        } else {
            ends[groups - 1] = i;
        }
    for (size_t left = town->count; left > 0;) {
        size_t group = random_below(&town->random, (unsigned)groups);
        if (next[group] > ends[group])
            continue;
        size_t run = 1 + random_below(&town->random, 9);
        if (next[group] + run > ends[group] + 1)
            run = ends[group] + 1 - next[group];
        assert_int_equal(house_merge(into, &town->facts[next[group]], run), RC_OK);
        if (random_below(&town->random, 3) == 0)
            assert_int_equal(house_merge(into, &town->facts[next[group]], run), RC_OK);
        next[group] += run;
        left -= run;
    }
}

static void assert_same(struct house *house, const struct town *town, const char *expected)
{
    static char text[TEXT_BYTES];
    describe(house, town, text);
    size_t same = 0;
    while (text[same] && text[same] == expected[same])
        same++;
    while (same > 0 && text[same - 1] != '\n')
        same--;
    if (strcmp(text, expected) != 0)
        fail_msg("registers differ:\n%.200s\n-- or --\n%.200s", text + same, expected + same);
    assert_true(house_holds(house));
}

static void live_a_round(struct town *town)
{
    static char expected[TEXT_BYTES];
    for (int i = 0; i < STATIONS; i++)
        town->houses[i] = house_open();
    for (int i = 0; i < STATIONS; i++)
        for (int j = 0; j < STATIONS; j++)
            tell(town, i, j);
    for (int i = 0; i < ACTS; i++)
        act(town);
    collect(town);
    for (int i = 0; i < STATIONS; i++) {
        assert_int_equal(house_merge(town->houses[i], town->facts, town->count), RC_OK);
        if (i == 0)
            describe(town->houses[0], town, expected);
        assert_same(town->houses[i], town, expected);
    }
    for (int i = 0; i < ORDERS; i++) {
        struct house *fresh = house_open();
        merge_shuffled(town, fresh);
        assert_same(fresh, town, expected);
        if (i == 0)
            town->rewritten += house_number(fresh, "SELECT count(*) FROM fact WHERE kind IN (6, 26)"
                                                   " AND instr(body, 'is_whole')>0");
        house_close(fresh);
    }
    for (int i = 0; i < STATIONS; i++)
        house_close(town->houses[i]);
}

static void whatever_the_order_all_registers_say_the_same(void **state)
{
    static struct town town;
    (void)state;
    town.random = random_for_test("merge orders");
    for (int i = 0; i < ROUNDS; i++)
        live_a_round(&town);
}

/* Facts of what went may come in before the closing, behind it, or behind its tombstones. */
static void so_they_do_where_visits_became_sums_in_between(void **state)
{
    static struct town town;
    (void)state;
    town.random = random_for_test("merge orders, closings");
    town.has_closings = true;
    for (int i = 0; i < ROUNDS; i++)
        live_a_round(&town);
    printf("%d visits became sums, %lld records lost a name\n", town.closed,
           (long long)town.rewritten);
    assert_true(town.closed > ROUNDS / 2);
    assert_true(town.rewritten > ROUNDS / 8);
}

/* What is written after each fact is what a fold from nothing comes to. */
static void after_each_act_views_are_what_facts_come_to(void **state)
{
    static struct town town;
    (void)state;
    town.random = random_for_test("views");
    town.has_closings = true;
    for (int i = 0; i < STATIONS; i++)
        town.houses[i] = house_open();
    for (int i = 0; i < 3 * ACTS; i++) {
        act(&town);
        for (int j = 0; j < STATIONS; j++)
            assert_true(house_holds(town.houses[j]));
    }
    for (int i = 0; i < STATIONS; i++)
        house_close(town.houses[i]);
}

/* A station's own journal, folded again from nothing, is what people were told. */
static void one_stations_journal_reproduces_what_it_said(void **state)
{
    struct random random = random_for_test("told and folded");
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct house *house = house_open();
        struct answer told[ACTS];
        int count = 0;
        for (int i = 0; i < ACTS; i++) {
            house_wait(house, 61000 + random_below(&random, 20000000));
            told[count] = house_tap(house, house_badges[random_below(&random, HOUSE_PEOPLE)]);
            count += !fact_id_is_none(told[count].fact);
        }
        house_tamper(house, "UPDATE meta SET value='0' WHERE name='fold_version'");
        house_reopen(house);
        while (journal_rebuild_some(house->journal) == RC_OK)
            ;
        for (int i = 0; i < count; i++) {
            char sql[256];
            bool is_departure = told[i].kind == ANSWER_DEPARTURE;
            snprintf(sql, sizeof sql,
                     "SELECT count(*) FROM visit WHERE person_seq=%lld AND %s=%lld",
                     (long long)told[i].person.seq, is_departure ? "left_ms" : "arrived_ms",
                     (long long)told[i].at_ms);
            assert_int_equal(house_number(house, sql), 1);
        }
        assert_true(house_holds(house));
        house_close(house);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_the_order_all_registers_say_the_same),
        cmocka_unit_test(so_they_do_where_visits_became_sums_in_between),
        cmocka_unit_test(after_each_act_views_are_what_facts_come_to),
        cmocka_unit_test(one_stations_journal_reproduces_what_it_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
