/* What staff ask of a station, where a story needs a house that the demo does not have. */
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
#include "app/store/office.h"
#include "app/ui/stage.h"
#include "firmware/base/hash.h"
#include "tests/support/demo.h"
#include "tests/support/player.h"

#define NOON_MS INT64_C(1795604400000) /* 2026-11-25 11:00 UTC */
#define DAY_MS INT64_C(86400000)
#define CROWD 80

static const char staff_mode[] = "at 2026-11-25 13:48\npress help\npress staff\ntap Ada\n"
                                 "type 2580\npress key Done\n";

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

static enum rc play(struct place *place, const char *begin, const char *steps)
{
    char path[64];
    const struct player_config config = {
        .data = place->data, .people = DEMO_PEOPLE, .board = "board/desktop.conf"};
    snprintf(path, sizeof path, "%s/asks.flow", place->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s%s", begin, steps);
    fclose(file);
    return player_play(&config, path, &place->reason);
}

static void expect(struct place *place, const char *begin, const char *steps)
{
    if (play(place, begin, steps))
        fail_msg("%s", place->reason.text);
}

static void let_in(struct journal *journal, const struct clock_reading *now, int number)
{
    const struct office office = {.now = *now};
    struct reason reason = {.text = ""};
    struct fact_id person, fact;
    char last_name[16];
    snprintf(last_name, sizeof last_name, "Nr %02d", number);
    assert_int_equal(office_add_person(journal, &office, "Qa", last_name, &person, &reason), RC_OK);
    assert_int_equal(office_record(journal, &office, person, ANSWER_ARRIVAL, &fact, &reason),
                     RC_OK);
}

/* --- a station without a story: asks that no page would make --- */

struct served {
    struct clock *clock;
    struct trace *trace;
    struct station *station;
    struct fact_id staff, member;
};

static struct fact_id find(struct place *place, const char *number)
{
    struct folder *folder;
    struct journal *journal;
    struct clock_reading now;
    struct clock *clock;
    struct person person;
    const struct journal_rules rules = {240, "Europe/Brussels"};
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 77, &clock), RC_OK);
    clock_read(clock, &now);
    assert_int_equal(folder_open(place->data, FOLDER_WRITE, &folder, &place->reason), RC_OK);
    assert_int_equal(folder_open_journal(folder, &rules, &now, &journal, &place->reason), RC_OK);
    assert_int_equal(lookup_number(journal_db(journal), number, &person), RC_OK);
    journal_close(journal);
    folder_close(folder);
    clock_close(clock);
    return person.id;
}

static struct served serve(struct place *place)
{
    static struct board board;
    struct served served = {.staff = find(place, "1001"), .member = find(place, "1002")};
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 78, &served.clock), RC_OK);
    assert_int_equal(trace_open(-1, &served.trace), RC_OK);
    assert_int_equal(board_read("board/desktop.conf", &board, &place->reason), RC_OK);
    const struct station_config config = {.data = place->data,
                                          .reader = "sim",
                                          .locale_dir = "build/locale",
                                          .board = &board,
                                          .is_headless = true,
                                          .clock = served.clock,
                                          .trace = served.trace};
    if (station_open(&config, &served.station, &place->reason))
        fail_msg("%s", place->reason.text);
    return served;
}

static void close_served(struct served *served)
{
    station_close(served->station);
    trace_close(served->trace);
    clock_close(served->clock);
}

/* Does asking for it leave this line of effects? */
static bool has_effect(struct served *served, struct ask ask, struct fact_id by, const char *line)
{
    ask.by = by;
    asks_take(served->station, &ask);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(station_step(served->station, 5), RC_OK);
        if (station_is_idle(served->station))
            break;
    }
    char *text = trace_text(served->trace);
    bool has_line = strstr(text, line) != NULL;
    free(text);
    return has_line;
}

static void the_machine_does_nothing_for_who_has_no_right_to_it(void **state)
{
    static const struct {
        struct ask ask;
        const char *line;
    } cases[] = {{{.kind = ASK_SETTING, .text = "volume", .number = {-10}}, "volume 60"},
                 {{.kind = ASK_RESTART}, "machine restart"},
                 {{.kind = ASK_POWER_OFF}, "machine power off"}};
    struct served served = serve(*state);
    const struct fact_id nobody = {0, 0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_false(has_effect(&served, cases[i].ask, nobody, cases[i].line));
        assert_false(has_effect(&served, cases[i].ask, served.member, cases[i].line));
        assert_true(has_effect(&served, cases[i].ask, served.staff, cases[i].line));
    }
    close_served(&served);
}

static int64_t wall_after(struct served *served, struct fact_id by)
{
    struct clock_reading now;
    (void)has_effect(served, (struct ask){.kind = ASK_CLOCK, .at_ms = NOON_MS + DAY_MS}, by, "");
    clock_read(served->clock, &now);
    return now.wall_ms;
}

static void only_staff_set_the_clock(void **state)
{
    struct served served = serve(*state);
    const struct fact_id nobody = {0, 0};
    assert_true(wall_after(&served, nobody) < NOON_MS + DAY_MS);
    assert_true(wall_after(&served, served.member) < NOON_MS + DAY_MS);
    assert_true(wall_after(&served, served.staff) >= NOON_MS + DAY_MS);
    close_served(&served);
}

/* --- what the venue's file says --- */

static void write_venue(struct place *place, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "%s/perron.conf", place->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static bool has_line(struct served *served, const char *line)
{
    char *text = trace_text(served->trace);
    bool is_there = strstr(text, line) != NULL;
    free(text);
    return is_there;
}

static void a_muted_house_is_silent_whatever_volume_was_kept(void **state)
{
    const struct ask louder = {.kind = ASK_SETTING, .text = "volume", .number = {10}};
    struct served served = serve(*state);
    assert_true(has_effect(&served, louder, served.staff, "volume 80"));
    close_served(&served);
    served = serve(*state);
    assert_true(has_line(&served, "volume 80")); /* the control: it is kept */
    close_served(&served);
    write_venue(*state, "[sound]\nmute = yes\n");
    served = serve(*state);
    assert_true(has_line(&served, "volume 0"));
    assert_false(has_line(&served, "volume 80"));
    assert_false(has_effect(&served, louder, served.staff, "volume 90"));
    close_served(&served);
}

static void settings_that_are_mended_are_taken_as_a_whole(void **state)
{
    write_venue(*state, "[screen]\nkeyboard = typewriter\n");
    struct served served = serve(*state);
    assert_false(station_is_serving(served.station));
    write_venue(*state, "[screen]\nkeyboard = qwerty\n[sound]\nvolume = 30\n");
    clock_advance(served.clock, 6000);
    assert_int_equal(station_step(served.station, 5), RC_OK);
    assert_true(station_is_serving(served.station));
    assert_true(has_line(&served, "volume 30"));
    assert_int_equal(stage_page(station_stage(served.station))->keyboard.arrangement,
                     KEYBOARD_QWERTY);
    close_served(&served);
}

/* --- stories --- */

/* An assembly: Qa Nr 01 to Qa Nr 80 are in the house. */
static void fill(struct place *place)
{
    const struct journal_rules rules = {240, "Europe/Brussels"};
    struct clock_reading now;
    struct clock *clock;
    struct folder *folder;
    struct journal *journal;
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 77, &clock), RC_OK);
    clock_read(clock, &now);
    assert_int_equal(folder_open(place->data, FOLDER_WRITE, &folder, &place->reason), RC_OK);
    assert_int_equal(folder_open_journal(folder, &rules, &now, &journal, &place->reason), RC_OK);
    for (int i = 1; i <= CROWD; i++)
        let_in(journal, &now, i);
    journal_close(journal);
    folder_close(folder);
    clock_close(clock);
}

static void the_roll_call_of_an_assembly_goes_on_to_the_last(void **state)
{
    fill(*state);
    expect(*state, staff_mode,
           "press here\nexpect text 80 personnes\npress later x9\nexpect no button later\n"
           "expect text Qa Nr 80\n");
}

static void a_list_that_is_too_long_says_how_many_it_does_not_have(void **state)
{
    fill(*state);
    expect(*state, staff_mode,
           "press people\ntype Qa\npress key Done\nexpect page found\n"
           "expect text 30 personnes de plus\n");
    /* the control: nobody is missing where all are found */
    assert_int_equal(play(*state, staff_mode,
                          "press people\ntype Ada\npress key Done\nexpect page found\n"
                          "expect text de plus\n"),
                     RC_REFUSED);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, copy, remove_copy)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(the_machine_does_nothing_for_who_has_no_right_to_it),
        TEST(only_staff_set_the_clock),
        TEST(a_muted_house_is_silent_whatever_volume_was_kept),
        TEST(settings_that_are_mended_are_taken_as_a_whole),
        TEST(the_roll_call_of_an_assembly_goes_on_to_the_last),
        TEST(a_list_that_is_too_long_says_how_many_it_does_not_have),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, make_house, remove_house);
}
