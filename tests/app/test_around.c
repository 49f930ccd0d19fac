/* A station that runs hears of new circles and statutes, and keeps the old ones where the new make
 * no sense. */
#include "app/around.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unistd.h>

#include "app/asks.h"
#include "app/station_i.h"
#include "app/store/folder.h"
#include "app/store/lookup.h"
#include "tests/support/demo.h"

#define NOON_MS INT64_C(1795604400000)
#define MINUTE_MS 60000

struct place {
    char data[40];
    struct reason reason;
    struct clock *clock;
    struct trace *trace;
    struct station *station;
    struct fact_id person;
};

/* The person's circle in the register, while no station has it. */
static struct person look(struct place *place)
{
    const struct journal_rules rules = {240, "Europe/Brussels"};
    struct clock_reading now;
    struct folder *folder;
    struct journal *journal;
    struct person person;
    clock_read(place->clock, &now);
    assert_int_equal(folder_open(place->data, FOLDER_WRITE, &folder, &place->reason), RC_OK);
    assert_int_equal(folder_open_journal(folder, &rules, &now, &journal, &place->reason), RC_OK);
    assert_int_equal(lookup_number(journal_db(journal), "1002", &person), RC_OK);
    journal_close(journal);
    folder_close(folder);
    return person;
}

static void step(struct place *place)
{
    for (int i = 0; i < 200; i++) {
        assert_int_equal(station_step(place->station, 5), RC_OK);
        if (station_is_idle(place->station))
            break;
    }
}

static int begin(void **state)
{
    static struct board board;
    struct place *place = calloc(1, sizeof *place);
    assert_non_null(place);
    strcpy(place->data, "/tmp/perron-around-XXXXXX");
    if (!mkdtemp(place->data) || demo_make(place->data, &place->reason))
        fail_msg("%s", place->reason.text);
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 79, &place->clock), RC_OK);
    assert_int_equal(trace_open(-1, &place->trace), RC_OK);
    assert_int_equal(board_read("board/desktop.conf", &board, &place->reason), RC_OK);
    place->person = look(place).id;
    const struct station_config config = {.data = place->data,
                                          .reader = "sim",
                                          .locale_dir = "build/locale",
                                          .board = &board,
                                          .is_headless = true,
                                          .clock = place->clock,
                                          .trace = place->trace};
    if (station_open(&config, &place->station, &place->reason))
        fail_msg("%s", place->reason.text);
    step(place);
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", place->data);
    assert_int_equal(system(command), 0);
    trace_close(place->trace);
    clock_close(place->clock);
    free(place);
    return 0;
}

static void write_file(const struct place *place, const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", place->data, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void write_circles(const struct place *place, const char *text)
{
    write_file(place, "circles.conf", text);
}

static void wait_minute(struct place *place)
{
    clock_advance(place->clock, MINUTE_MS);
    step(place);
}

static void choose(struct place *place, const char *circle)
{
    struct ask ask = {.kind = ASK_CIRCLE, .person = place->person};
    snprintf(ask.text, sizeof ask.text, "%s", circle);
    asks_take(place->station, &ask);
    step(place);
}

static void new_circles_are_there_within_a_minute(void **state)
{
    struct place *place = *state;
    write_circles(place, "[circle zebra]\nhours = 2\n");
    choose(place, "zebra"); /* nobody has looked yet */
    wait_minute(place);
    choose(place, "member"); /* is none any more */
    choose(place, "zebra");
    station_close(place->station);
    assert_string_equal(look(place).circle, "zebra");
}

static void a_mistake_leaves_them_as_they_were(void **state)
{
    struct place *place = *state;
    write_circles(place, "[circle zebra]\nhours = 2\n");
    wait_minute(place);
    write_circles(place, "[circle okapi]\nhours = many\n");
    wait_minute(place);
    choose(place, "zebra");
    choose(place, "okapi");
    station_close(place->station);
    assert_string_equal(look(place).circle, "zebra");
}

static int proxies_of(struct place *place)
{
    wait_minute(place);
    const struct station *station = place->station;
    return station->venue.statutes.proxies;
}

static void new_statutes_hold_within_a_minute_and_nothing_else_of_their_file_does(void **state)
{
    struct place *place = *state;
    write_file(place, "perron.conf", "[venue]\nname = Zebra\n[assembly]\nproxies = 3\n");
    assert_int_equal(proxies_of(place), 3);
    assert_string_not_equal(place->station->venue.name, "Zebra");
    write_file(place, "perron.conf", "[assembly]\nproxies = two\n");
    assert_int_equal(proxies_of(place), 3);
    station_close(place->station);
}

static void without_a_change_the_old_ones_hold(void **state)
{
    struct place *place = *state;
    wait_minute(place);
    choose(place, "zebra");
    choose(place, "member");
    station_close(place->station);
    assert_string_equal(look(place).circle, "member"); /* the control */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(new_circles_are_there_within_a_minute),
        TEST(a_mistake_leaves_them_as_they_were),
        TEST(new_statutes_hold_within_a_minute_and_nothing_else_of_their_file_does),
        TEST(without_a_change_the_old_ones_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
