/* S7: who is erased is nowhere any more, and what they gave still counts. */
#include "app/store/erase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/lookup.h"
#include "app/store/report.h"
#include "app/store/views.h"
#include "tests/support/desk.h"
#include "tests/support/figures.h"
#include "tests/support/month.h"
#include "tests/support/needles.h"

#define FACTS_MAX 1000

static const struct fact_id nobody = {0, 0};
static struct fact_id gathering; /* that they are in charge of */

/* In words that are nowhere else. */
static const char *const said[] = {"Zéphyrine",
                                   "Vandenbroeckhuys",
                                   "zeph.vdb@quux.example",
                                   "+32 470 987 654",
                                   "keeps bees on the roof",
                                   "Wenceslas-le-neveu",
                                   "the tram broke down",
                                   "my badge was in my coat",
                                   "a ramp at the cargo door",
                                   "could not find a sitter"};

static int set_up(void **state)
{
    static struct month month;
    month = month_open();
    *state = &month;
    return 0;
}

static int tear_down(void **state)
{
    house_close(((struct month *)*state)->house);
    return 0;
}

static void record(struct house *house, enum fact_kind kind, struct fact_id person, json_t *body)
{
    (void)house_record(house, kind, person, body);
}

/* In what others' records say: by name, by number, and as one of several. */
static void name_elsewhere(struct month *month, struct fact_id zeph)
{
    struct house *house = month->house;
    char whole[128], several[160];
    snprintf(whole, sizeof whole, "%s %s", said[0], said[1]);
    snprintf(several, sizeof several, "1001; %s; Chloé", whole);
    record(house, FACT_PERSON_CHANGED, month->bilal,
           json_pack("{s:s,s:s,s:s}", "basket", "small", "phone", "+32 2 111 11 11",
                     "basket_fetchers", several));
    record(house, FACT_PERSON_CHANGED, month->bilal, json_pack("{s:s}", "phone", ""));
    record(
        house, FACT_PERSON_CHANGED, month->chloe,
        json_pack("{s:s,s:s}", "basket", "grand", "basket_fetchers", "zephyrine VANDENBROECKHUYS"));
    record(house, FACT_PERSON_CHANGED, month->chloe, json_pack("{s:s}", "basket_fetchers", "4711"));
    record(house, FACT_BUDDY, month->chloe,
           json_pack("{s:[I,I],s:s}", "buddy", (json_int_t)zeph.station, (json_int_t)zeph.seq,
                     "how", "taken"));
    const int64_t from_ms = month_at(12, 21, 10, 0), to_ms = month_at(12, 21, 12, 0);
    gathering =
        house_record(house, FACT_OCCASION_ADDED, nobody,
                     json_pack("{s:s,s:s,s:I,s:I,s:[{s:i,s:I,s:I,s:s}]}", "kind", "assembly",
                               "title", "A gathering", "from_ms", (json_int_t)from_ms, "to_ms",
                               (json_int_t)to_ms, "shifts", "number", 1, "from_ms",
                               (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "referent", whole));
    record(house, FACT_SHIFT_CLOSED, gathering,
           json_pack("{s:i,s:s}", "shift", 1, "were_enough", "enough"));
    record(house, FACT_DEED, month->bilal,
           json_pack("{s:s,s:[I,I],s:[I,I]}", "deed", "proxy", "occasion",
                     (json_int_t)gathering.station, (json_int_t)gathering.seq, "other",
                     (json_int_t)zeph.station, (json_int_t)zeph.seq));
}

/* Somebody who was here in three months, and left words in every kind of fact that has some. */
static struct fact_id live(struct month *month)
{
    struct house *house = month->house;
    house_reboot(house, month_at(12, 19, 10, 0), CLOCK_SYNCED);
    struct fact_id zeph = house_add(house, said[0], "uid:04DEADBEEF0102");
    record(house, FACT_PERSON_CHANGED, zeph,
           json_pack("{s:s,s:s,s:s,s:s,s:s}", "last_name", said[1], "email", said[2], "phone",
                     said[3], "line", said[4], "number", "4711"));
    month_enter(house, zeph, month_at(10, 11, 9, 0), month_at(10, 11, 12, 0));
    struct fact_id visit =
        month_enter(house, zeph, month_at(11, 12, 9, 0), month_at(11, 12, 11, 0));
    record(house, FACT_CORRECTION, zeph,
           json_pack("{s:[I,I],s:I,s:s}", "visit", (json_int_t)visit.station, (json_int_t)visit.seq,
                     "left_ms", (json_int_t)month_at(11, 12, 12, 0), "reason", said[6]));
    record(house, FACT_PROPOSAL, zeph,
           json_pack("{s:[I,I],s:I,s:s}", "visit", (json_int_t)visit.station, (json_int_t)visit.seq,
                     "left_ms", (json_int_t)month_at(11, 12, 13, 0), "why", said[7]));
    house_press(house, zeph, ANSWER_ARRIVAL);
    record(house, FACT_GUESTS, zeph,
           json_pack("{s:i,s:i,s:[s]}", "adults", 1, "children", 0, "names", said[5]));
    record(house, FACT_DEED, zeph, json_pack("{s:s,s:s}", "deed", "need", "text", said[8]));
    record(house, FACT_SIGN_UP_ENDED, zeph,
           json_pack("{s:[i,i],s:i,s:s,s:s}", "occasion", 1, 1, "shift", 1, "how", "excused",
                     "reason", said[9]));
    house_wait(house, HOUSE_HOUR_MS);
    house_press(house, zeph, ANSWER_DEPARTURE);
    house_wait(house, HOUSE_HOUR_MS);
    name_elsewhere(month, zeph);
    return zeph;
}

static long count_found(struct house *house)
{
    static struct needles needles;
    needles = (struct needles){.count = 0};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        needles_add_words(&needles, said[i], said[i]);
    needles_add_words(&needles, "a part of the name", "broeckhuys");
    needles_search_folder(&needles, house->data);
    printf("%zu words in %ld files, %ld bytes: %ld found %s\n", needles.count, needles.files,
           needles.bytes, needles.found, needles.first);
    assert_true(needles.files >= 3);
    return needles.found;
}

static void who_is_erased_is_in_no_byte_and_no_figure_changes(void **state)
{
    static char before[FIGURES_BYTES], after[FIGURES_BYTES];
    struct month *month = *state;
    struct house *house = month->house;
    struct person person;
    bool is_clean = false;
    struct fact_id zeph = live(month);
    const struct office office = {.now = house_now(house)};
    int64_t now_ms = house_now(house).wall_ms;
    figures_write(house, now_ms, before);
    assert_true(count_found(house) >= 10); /* the control */
    assert_int_equal(erase_by_office(house->journal, &office, zeph, &is_clean, &house->reason),
                     RC_OK);
    assert_true(is_clean);
    assert_int_equal(count_found(house), 0);
    assert_int_equal(lookup_person(journal_db(house->journal), zeph, &person), RC_EMPTY);
    figures_write(house, now_ms, after);
    assert_string_equal(before, after);
    assert_true(house_holds(house));
    house_reopen(house);
    assert_int_equal(count_found(house), 0);
    assert_true(house_holds(house));
    /* Built anew from the facts that are left it is the same. */
    house_tamper(house, "UPDATE meta SET value='0' WHERE name='fold_version'");
    house_reopen(house);
    while (journal_rebuild_some(house->journal) == RC_OK)
        ;
    figures_write(house, now_ms, after);
    assert_string_equal(before, after);
    assert_true(house_holds(house));
}

static void others_records_lose_them_and_keep_the_rest(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct person bilal, before, chloe;
    struct occasion *occasion = calloc(1, sizeof *occasion);
    bool is_clean;
    struct fact_id zeph = live(month);
    const struct office office = {.now = house_now(house)};
    assert_non_null(occasion);
    assert_int_equal(lookup_person(journal_db(house->journal), month->bilal, &before), RC_OK);
    assert_int_equal(erase_by_office(house->journal, &office, zeph, &is_clean, &house->reason),
                     RC_OK);
    assert_int_equal(lookup_person(journal_db(house->journal), month->bilal, &bilal), RC_OK);
    assert_string_equal(bilal.basket_fetchers, "1001;Chloé");
    assert_string_equal(bilal.phone, "");
    memcpy(before.basket_fetchers, bilal.basket_fetchers, sizeof before.basket_fetchers);
    assert_memory_equal(&before, &bilal, sizeof before);
    assert_int_equal(lookup_person(journal_db(house->journal), month->chloe, &chloe), RC_OK);
    assert_string_equal(chloe.basket_fetchers, "");
    assert_string_equal(chloe.basket, "grand");
    assert_int_equal(
        views_load_occasion(journal_db(house->journal), VIEWS_LIVE, gathering, occasion), RC_OK);
    assert_string_equal(occasion->title, "A gathering");
    assert_int_equal(occasion->shift_count, 1);
    assert_string_equal(occasion->shifts[0].referent, "");
    assert_int_equal(occasion->shifts[0].were_enough, SHIFT_ENOUGH);
    free(occasion);
    assert_int_equal(house_number(house, "SELECT count(*) FROM newcomer WHERE buddy_seq>0"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed WHERE kind=2 AND other_seq>0"),
                     0);
    /* Whoever gets the number fetches nothing. */
    assert_int_equal(house_number(house, "SELECT count(*) FROM person"
                                         " WHERE instr(basket_fetchers, '4711')>0"),
                     0);
    assert_true(house_holds(house));
}

static void tell(struct house *from, struct house *to)
{
    static struct house_fact facts[FACTS_MAX];
    size_t count = house_facts(from, facts, FACTS_MAX);
    assert_true(count > 0 && count < FACTS_MAX);
    assert_int_equal(house_merge(to, facts, count), RC_OK);
}

static void a_station_that_hears_of_it_loses_them_too(void **state)
{
    struct month *month = *state;
    struct house *house = month->house, *other = house_open();
    struct person bilal;
    bool is_clean;
    struct fact_id zeph = live(month);
    const struct office office = {.now = house_now(house)};
    tell(house, other);
    assert_true(count_found(other) >= 10);
    assert_int_equal(erase_by_office(house->journal, &office, zeph, &is_clean, &house->reason),
                     RC_OK);
    tell(house, other);
    assert_int_equal(journal_empty_log(other->journal), RC_OK);
    assert_int_equal(count_found(other), 0);
    assert_int_equal(lookup_person(journal_db(other->journal), month->bilal, &bilal), RC_OK);
    assert_string_equal(bilal.basket_fetchers, "1001;Chloé");
    assert_true(house_holds(other));
    house_close(other);
}

/* Another of that name is in the house: it may be them whom the record means. */
static void a_name_that_is_anothers_too_stays(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct person chloe;
    struct erase_outlook outlook;
    bool is_clean;
    struct fact_id zeph = live(month);
    const struct office office = {.now = house_now(house)};
    struct fact_id other = house_add(house, said[0], "uid:04DEADBEEF0103");
    record(house, FACT_PERSON_CHANGED, other, json_pack("{s:s}", "last_name", said[1]));
    record(house, FACT_PERSON_CHANGED, month->chloe,
           json_pack("{s:s}", "basket_fetchers", "Zéphyrine Vandenbroeckhuys;4711"));
    assert_int_equal(
        erase_look(journal_db(house->journal), zeph, house_now(house).wall_ms, &outlook), RC_OK);
    assert_true(outlook.mentions > 0);
    assert_int_equal(erase_by_office(house->journal, &office, zeph, &is_clean, &house->reason),
                     RC_OK);
    assert_int_equal(lookup_person(journal_db(house->journal), month->chloe, &chloe), RC_OK);
    assert_string_equal(chloe.basket_fetchers, "Zéphyrine Vandenbroeckhuys");
    assert_true(house_holds(house));
}

/* Another control: without what overwrites pages and empties the log, the words are there still. */
static void without_overwriting_what_was_said_can_be_read_on(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct fact_id zeph = live(month);
    const struct office office = {.now = house_now(house)};
    assert_int_equal(journal_checkpoint(house->journal), RC_OK);
    assert_int_equal(db_exec(journal_db(house->journal), "PRAGMA secure_delete=OFF"), RC_OK);
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(erase_person(house->journal, &office, zeph), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
    assert_true(count_found(house) > 0);
    assert_int_equal(journal_checkpoint(house->journal), RC_OK);
    assert_true(count_found(house) > 0);
    assert_true(house_holds(house));
}

/* --- who may be, and who not --- */

static void expect_refused(struct house *house, struct fact_id person, const char *why)
{
    bool is_clean;
    const struct office office = {.now = house_now(house)};
    desk_expect_refused(
        house, erase_by_office(house->journal, &office, person, &is_clean, &house->reason), why);
}

static void who_is_in_the_house_is_on_the_roll_call_first(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct fact_id zeph = live(month);
    house_press(house, zeph, ANSWER_ARRIVAL);
    expect_refused(house, zeph, "is in the house");
    house_wait(house, HOUSE_HOUR_MS);
    house_press(house, zeph, ANSWER_DEPARTURE);
    bool is_clean;
    const struct office office = {.now = house_now(house)};
    assert_int_equal(erase_by_office(house->journal, &office, zeph, &is_clean, &house->reason),
                     RC_OK);
    assert_true(house_holds(house));
}

static void the_last_of_staff_stays(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    house_reboot(house, month_at(12, 19, 10, 0), CLOCK_SYNCED);
    expect_refused(house, month->dora, "last");
}

static void who_has_not_the_right_erases_nobody(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    bool is_clean;
    house_reboot(house, month_at(12, 19, 10, 0), CLOCK_SYNCED);
    struct office office = {.now = house_now(house)};
    office.by = month->bilal;
    assert_int_equal(
        erase_by_office(house->journal, &office, month->chloe, &is_clean, &house->reason),
        RC_REFUSED);
    assert_true(house_holds(house));
}

static void nobody_is_erased_twice(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct fact_id zeph = live(month);
    const struct office office = {.now = house_now(house)};
    bool is_clean;
    assert_int_equal(erase_by_office(house->journal, &office, zeph, &is_clean, &house->reason),
                     RC_OK);
    int64_t facts = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(erase_by_office(house->journal, &office, zeph, &is_clean, &house->reason),
                     RC_NOT_FOUND);
    assert_int_equal(
        erase_by_office(house->journal, &office, (struct fact_id){5, 5}, &is_clean, &house->reason),
        RC_NOT_FOUND);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), facts);
}

static void what_would_go_is_told_before(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct erase_outlook outlook;
    struct fact_id zeph = live(month);
    char given[160];
    record(house, FACT_GUESTS, month->bilal,
           json_pack("{s:i,s:[s]}", "adults", 1, "names", "Zéphyrine Vandenbroeckhuys"));
    assert_int_equal(
        erase_look(journal_db(house->journal), zeph, house_now(house).wall_ms, &outlook), RC_OK);
    assert_int_equal(outlook.visits, 3);
    assert_int_equal(outlook.badges, 1);
    assert_int_equal(outlook.needs, 1);
    assert_int_equal(outlook.mentions, 1);
    assert_int_equal(outlook.records, 3);
    assert_false(outlook.is_in);
    snprintf(given, sizeof given,
             "SELECT sum(seconds) FROM stint WHERE person_station=%lld AND person_seq=%lld",
             (long long)zeph.station, (long long)zeph.seq);
    assert_int_equal(outlook.seconds, house_number(house, given));
    assert_true(outlook.seconds > 0);
    assert_int_equal(erase_look(journal_db(house->journal), nobody, 0, &outlook), RC_EMPTY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_is_erased_is_in_no_byte_and_no_figure_changes),
        TEST(others_records_lose_them_and_keep_the_rest),
        TEST(a_station_that_hears_of_it_loses_them_too),
        TEST(a_name_that_is_anothers_too_stays),
        TEST(without_overwriting_what_was_said_can_be_read_on),
        TEST(who_is_in_the_house_is_on_the_roll_call_first),
        TEST(the_last_of_staff_stays),
        TEST(who_has_not_the_right_erases_nobody),
        TEST(nobody_is_erased_twice),
        TEST(what_would_go_is_told_before),
    };
    return cmocka_run_group_tests_name("erase", tests, NULL, NULL);
}
