/* What people ask about shifts: of whom it is done, and by whom. */
#include "app/asks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/station.h"
#include "app/store/folder.h"
#include "app/store/lookup.h"
#include "app/store/rota.h"
#include "app/ui/words.h"
#include "firmware/base/hash.h"
#include "tests/support/demo.h"

#define NOON_MS INT64_C(1795604400000) /* 2026-11-25 11:00 UTC */
#define HOUR_MS INT64_C(3600000)

/* A copy of the demo's house for each test. */
struct place {
    char made[40], data[40];
    struct reason reason;
};

static void run(const char *format, const char *a, const char *b)
{
    char command[256];
    snprintf(command, sizeof command, format, a, b);
    assert_int_equal(system(command), 0);
}

static int make_house(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    assert_non_null(place);
    strcpy(place->made, "/tmp/perron-asks-XXXXXX");
    if (!mkdtemp(place->made) || demo_make(place->made, &place->reason))
        fail_msg("%s", place->reason.text);
    *state = place;
    return 0;
}

static int remove_house(void **state)
{
    struct place *place = *state;
    run("rm -rf %s%s", place->made, "");
    free(place);
    return 0;
}

static int copy(void **state)
{
    struct place *place = *state;
    strcpy(place->data, "/tmp/perron-asks-XXXXXX");
    assert_non_null(mkdtemp(place->data));
    run("cp -a %s/. %s", place->made, place->data);
    return 0;
}

static int remove_copy(void **state)
{
    run("rm -rf %s%s", ((struct place *)*state)->data, "");
    return 0;
}

/* The register while no station has it. */
struct opened {
    struct folder *folder;
    struct journal *journal;
    struct clock *clock;
    struct clock_reading now;
};

static struct opened open_register(struct place *place)
{
    struct opened opened;
    const struct journal_rules rules = {240, "Europe/Brussels"};
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 77, &opened.clock), RC_OK);
    clock_read(opened.clock, &opened.now);
    assert_int_equal(folder_open(place->data, FOLDER_WRITE, &opened.folder, &place->reason), RC_OK);
    assert_int_equal(
        folder_open_journal(opened.folder, &rules, &opened.now, &opened.journal, &place->reason),
        RC_OK);
    return opened;
}

static void close_register(struct opened *opened)
{
    journal_close(opened->journal);
    folder_close(opened->folder);
    clock_close(opened->clock);
}

/* A shift that is on, with somebody in charge who knows the work. */
static struct shift_id plan(struct place *place)
{
    struct occasion occasion = {.kind = OCCASION_SHIFT,
                                .title = "Till",
                                .from_ms = NOON_MS - HOUR_MS,
                                .to_ms = NOON_MS + HOUR_MS,
                                .shift_count = 1,
                                .shifts = {{.number = 1,
                                            .from_ms = NOON_MS - HOUR_MS,
                                            .to_ms = NOON_MS + HOUR_MS,
                                            .places = 4,
                                            .referent = "1003"}}};
    struct opened opened = open_register(place);
    const struct office office = {.now = opened.now};
    struct fact_id id;
    assert_int_equal(rota_add_occasion(opened.journal, &office, &occasion, &id, &place->reason),
                     RC_OK);
    close_register(&opened);
    return (struct shift_id){id, 1};
}

static struct fact_id find(struct place *place, const char *number)
{
    struct person person;
    struct opened opened = open_register(place);
    assert_int_equal(lookup_number(journal_db(opened.journal), number, &person), RC_OK);
    close_register(&opened);
    return person.id;
}

static struct lookup_shift look(struct place *place, struct shift_id of)
{
    struct lookup_shift shift;
    struct opened opened = open_register(place);
    assert_int_equal(lookup_one_shift(journal_db(opened.journal), of, &shift), RC_OK);
    close_register(&opened);
    return shift;
}

/* A station is asked, and has done with it. */
static void ask(struct place *place, const struct ask *ask)
{
    static struct board board;
    struct clock *clock;
    struct trace *trace;
    struct station *station;
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 78, &clock), RC_OK);
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    assert_int_equal(board_read("board/desktop.conf", &board, &place->reason), RC_OK);
    const struct station_config config = {.data = place->data,
                                          .reader = "sim",
                                          .locale_dir = "build/locale",
                                          .board = &board,
                                          .is_headless = true,
                                          .clock = clock,
                                          .trace = trace};
    if (station_open(&config, &station, &place->reason))
        fail_msg("%s", place->reason.text);
    asks_take(station, ask);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(station_step(station, 5), RC_OK);
        if (station_is_idle(station))
            break;
    }
    station_close(station);
    trace_close(trace);
    clock_close(clock);
}

static int standing_after(struct place *place, enum ask_kind kind, struct fact_id person,
                          struct fact_id by, struct shift_id of)
{
    ask(place, &(struct ask){.kind = kind,
                             .person = person,
                             .by = by,
                             .fact = of.occasion,
                             .number = {of.number, SHIFT_ENOUGH}});
    return look(place, of).standing;
}

static const struct fact_id nobody = {0, 0};

static void people_sign_up_for_themselves_and_staff_for_others(void **state)
{
    struct shift_id of = plan(*state);
    struct fact_id staff = find(*state, "1001"), zoe = find(*state, "1002"),
                   member = find(*state, "1005");
    assert_int_equal(standing_after(*state, ASK_SIGN_UP, nobody, nobody, of), 0);
    assert_int_equal(standing_after(*state, ASK_SIGN_UP, zoe, member, of), 0);
    assert_int_equal(standing_after(*state, ASK_SIGN_UP, zoe, nobody, of), 1);
    assert_int_equal(standing_after(*state, ASK_SIGN_UP, member, staff, of), 2);
}

static void nobody_else_excuses_them(void **state)
{
    struct shift_id of = plan(*state);
    struct fact_id zoe = find(*state, "1002"), member = find(*state, "1005");
    assert_int_equal(standing_after(*state, ASK_SIGN_UP, zoe, nobody, of), 1);
    assert_int_equal(standing_after(*state, ASK_EXCUSE, nobody, nobody, of), 1);
    assert_int_equal(standing_after(*state, ASK_EXCUSE, zoe, member, of), 1);
    assert_int_equal(standing_after(*state, ASK_EXCUSE, member, nobody, of), 1);
    assert_int_equal(standing_after(*state, ASK_EXCUSE, zoe, nobody, of), 0);
}

static void a_stand_in_is_sought_by_who_promised(void **state)
{
    struct shift_id of = plan(*state);
    struct fact_id zoe = find(*state, "1002"), member = find(*state, "1005");
    standing_after(*state, ASK_SIGN_UP, zoe, nobody, of);
    standing_after(*state, ASK_STAND_IN, zoe, member, of);
    assert_int_equal(look(*state, of).sought, 0);
    standing_after(*state, ASK_STAND_IN, zoe, nobody, of);
    assert_int_equal(look(*state, of).sought, 1);
}

static void only_who_is_in_charge_signs_off(void **state)
{
    struct shift_id of = plan(*state);
    struct fact_id member = find(*state, "1005"), referent = find(*state, "1003");
    standing_after(*state, ASK_SIGNED_OFF, nobody, nobody, of);
    assert_true(fact_id_is_none(look(*state, of).closed));
    standing_after(*state, ASK_SIGNED_OFF, member, nobody, of);
    assert_true(fact_id_is_none(look(*state, of).closed));
    standing_after(*state, ASK_SIGNED_OFF, referent, member, of);
    assert_true(fact_id_is_none(look(*state, of).closed));
    standing_after(*state, ASK_SIGNED_OFF, referent, nobody, of);
    assert_false(fact_id_is_none(look(*state, of).closed));
}

/* --- the calendar --- */

struct seen {
    int count;
    int64_t from_ms[8];
    struct occasion last;
};

static enum rc see(void *context, const struct occasion *occasion)
{
    struct seen *seen = context;
    seen->from_ms[seen->count++] = occasion->from_ms;
    seen->last = *occasion;
    return RC_OK;
}

static struct seen calendar(struct place *place)
{
    struct seen seen = {.count = 0};
    struct opened opened = open_register(place);
    assert_int_equal(
        lookup_occasions(journal_db(opened.journal), NOON_MS, INT64_MAX / 2, see, &seen), RC_OK);
    close_register(&opened);
    return seen;
}

#define THURSDAY_MS INT64_C(1805965200000) /* 2027-03-25 09:00 UTC, the last one of winter time */

static void add(struct place *place, struct fact_id by, int64_t length_ms, const char *title)
{
    struct ask wish = {.kind = ASK_ADD,
                       .by = by,
                       .at_ms = THURSDAY_MS,
                       .to_ms = THURSDAY_MS + length_ms,
                       .number = {OCCASION_SHIFT, 2},
                       .repeats = 3};
    snprintf(wish.text, sizeof wish.text, "%s", title);
    ask(place, &wish);
}

static void staff_plan_the_same_hour_of_each_week(void **state)
{
    struct fact_id staff = find(*state, "1001"), referent = find(*state, "1004");
    add(*state, referent, HOUR_MS, "Till");
    add(*state, nobody, HOUR_MS, "Till");
    add(*state, staff, -HOUR_MS, "Till");
    assert_int_equal(calendar(*state).count, 0);
    add(*state, staff, HOUR_MS, "Till");
    struct seen seen = calendar(*state);
    assert_int_equal(seen.count, 3);
    assert_true(seen.from_ms[1] - seen.from_ms[0] == (7 * 24 - 1) * HOUR_MS);
    assert_true(seen.from_ms[2] - seen.from_ms[1] == 7 * 24 * HOUR_MS);
    assert_int_equal(seen.last.shift_count, 1);
    assert_int_equal(seen.last.shifts[0].places, 2);
}

static void what_has_no_title_is_called_as_its_kind_in_the_language_of_the_house(void **state)
{
    add(*state, find(*state, "1001"), HOUR_MS, "");
    assert_string_equal(calendar(*state).last.title, words(LANGUAGE_FR, "Shifts"));
}

#define TEN "éééééééééé"
static void a_long_title_is_cut_between_letters(void **state)
{
    const char *title = TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN;
    add(*state, find(*state, "1001"), HOUR_MS, title);
    assert_int_equal(strlen(calendar(*state).last.title), 126);
}

static void staff_call_it_off_and_keep_it_on(void **state)
{
    struct fact_id staff = find(*state, "1001"), referent = find(*state, "1004");
    struct shift_id of = plan(*state);
    standing_after(*state, ASK_CALL_OFF, nobody, referent, of);
    assert_int_equal(calendar(*state).last.state, OCCASION_ON);
    standing_after(*state, ASK_CALL_OFF, nobody, staff, of);
    assert_int_equal(calendar(*state).last.state, OCCASION_CANCELLED);
    standing_after(*state, ASK_KEEP_ON, nobody, staff, of);
    assert_int_equal(calendar(*state).last.state, OCCASION_ON);
}

/* --- what somebody intends --- */

static struct person intend(struct place *place, struct ask wish, const char *circle)
{
    struct person person;
    snprintf(wish.text, sizeof wish.text, "%s", circle);
    ask(place, &wish);
    struct opened opened = open_register(place);
    assert_int_equal(lookup_number(journal_db(opened.journal), "1002", &person), RC_OK);
    close_register(&opened);
    return person;
}

static void nobody_else_says_what_somebody_intends(void **state)
{
    struct fact_id zoe = find(*state, "1002"), member = find(*state, "1005");
    struct ask wish = {.kind = ASK_CIRCLE, .person = zoe, .by = member};
    assert_string_equal(intend(*state, wish, "helper").circle, "member");
    wish.by = nobody;
    assert_string_equal(intend(*state, wish, "helper").circle, "helper");
    wish = (struct ask){.kind = ASK_PAUSE, .person = zoe, .number = {3, 0}};
    assert_string_equal(intend(*state, wish, "").paused_until, "2027-02-25");
    wish.number[0] = 0;
    assert_string_equal(intend(*state, wish, "").paused_until, "");
    wish = (struct ask){.kind = ASK_PRIVATE, .person = zoe, .number = {1, 0}};
    assert_string_equal(intend(*state, wish, "").private_hours, "yes");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, copy, remove_copy)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(people_sign_up_for_themselves_and_staff_for_others),
        TEST(nobody_else_excuses_them),
        TEST(a_stand_in_is_sought_by_who_promised),
        TEST(only_who_is_in_charge_signs_off),
        TEST(staff_plan_the_same_hour_of_each_week),
        TEST(what_has_no_title_is_called_as_its_kind_in_the_language_of_the_house),
        TEST(a_long_title_is_cut_between_letters),
        TEST(staff_call_it_off_and_keep_it_on),
        TEST(nobody_else_says_what_somebody_intends),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, make_house, remove_house);
}
