/* A station that runs forgets newcomers who never came back, by itself. */
#include "app/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/station_i.h"
#include "app/store/folder.h"
#include "tests/support/demo.h"
#include "tests/support/porch.h"

#define NOON_MS INT64_C(1795604400000)
#define MINUTE_MS INT64_C(60000)
#define DAY_MS (24 * 60 * MINUTE_MS)
#define GUESTS (WELCOME_FORGET_MAX + 3)

struct place {
    char data[40];
    struct reason reason;
    struct clock *clock;
    struct trace *trace;
    struct station *station; /* NULL: none runs */
};

/* What `act` comes to in the register, while no station has it. */
static int64_t in_register(struct place *place,
                           int64_t (*act)(struct place *place, struct journal *journal))
{
    const struct journal_rules rules = {240, "Europe/Brussels"};
    struct clock_reading now;
    struct folder *folder;
    struct journal *journal;
    clock_read(place->clock, &now);
    assert_int_equal(folder_open(place->data, FOLDER_WRITE, &folder, &place->reason), RC_OK);
    assert_int_equal(folder_open_journal(folder, &rules, &now, &journal, &place->reason), RC_OK);
    int64_t result = act(place, journal);
    journal_close(journal);
    folder_close(folder);
    return result;
}

static int64_t add_guests(struct place *place, struct journal *journal)
{
    struct office office = {.by = {0, 0}};
    clock_read(place->clock, &office.now);
    journal_set_guide(journal, porch_guide());
    for (int i = 0; i < GUESTS; i++) {
        struct fact_id person;
        const struct welcome_begin beginning = porch_beginning("Guest", 500 + i);
        assert_int_equal(welcome_begin(journal, &office, &beginning, &person, &place->reason),
                         RC_OK);
    }
    return GUESTS;
}

static int64_t count_newcomers(struct place *place, struct journal *journal)
{
    int64_t count;
    (void)place;
    assert_int_equal(db_number(journal_db(journal), &count, "SELECT count(*) FROM newcomer"),
                     RC_OK);
    return count;
}

static void step(struct place *place)
{
    for (int i = 0; i < 200; i++) {
        assert_int_equal(station_step(place->station, 5), RC_OK);
        if (i > 2 && station_is_idle(place->station))
            break;
    }
}

static void start(struct place *place)
{
    static struct board board;
    assert_int_equal(board_read("board/desktop.conf", &board, &place->reason), RC_OK);
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
}

static void wait(struct place *place, int64_t ms)
{
    clock_advance(place->clock, ms);
    step(place);
}

static int64_t stop_and_count(struct place *place)
{
    station_close(place->station);
    place->station = NULL;
    return in_register(place, count_newcomers);
}

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    assert_non_null(place);
    strcpy(place->data, "/tmp/perron-retention-XXXXXX");
    if (!mkdtemp(place->data) || demo_make(place->data, &place->reason))
        fail_msg("%s", place->reason.text);
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 79, &place->clock), RC_OK);
    assert_int_equal(trace_open(-1, &place->trace), RC_OK);
    in_register(place, add_guests);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    char command[64];
    if (place->station)
        station_close(place->station);
    snprintf(command, sizeof command, "rm -rf %s", place->data);
    assert_int_equal(system(command), 0);
    trace_close(place->trace);
    clock_close(place->clock);
    free(place);
    return 0;
}

static void who_never_came_back_is_forgotten_a_part_each_minute(void **state)
{
    struct place *place = *state;
    start(place);
    wait(place, 11 * MINUTE_MS);
    wait(place, MINUTE_MS);
    assert_int_equal(stop_and_count(place), GUESTS); /* not yet */
    clock_advance(place->clock, 32 * DAY_MS);
    start(place);
    assert_int_equal(stop_and_count(place), GUESTS); /* people tap first */
    start(place);
    wait(place, 11 * MINUTE_MS);
    assert_int_equal(stop_and_count(place), GUESTS - WELCOME_FORGET_MAX);
    start(place);
    wait(place, 11 * MINUTE_MS);
    wait(place, MINUTE_MS);
    assert_int_equal(stop_and_count(place), 0);
}

static void what_goes_in_parts_is_told_once_with_its_sum(void **state)
{
    struct place *place = *state;
    char path[80], line[256], wanted[80];
    int lines = 0, right = 0;
    snprintf(path, sizeof path, "%s/log", place->data);
    snprintf(wanted, sizeof wanted, "%d newcomers who never came back are forgotten", GUESTS);
    int before = dup(STDERR_FILENO);
    assert_non_null(freopen(path, "w", stderr));
    clock_advance(place->clock, 32 * DAY_MS);
    start(place);
    wait(place, 11 * MINUTE_MS);
    wait(place, MINUTE_MS);
    wait(place, MINUTE_MS);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    FILE *log = fopen(path, "r");
    assert_non_null(log);
    while (fgets(line, sizeof line, log)) {
        lines += strstr(line, "are forgotten") != NULL;
        right += strstr(line, wanted) != NULL;
    }
    fclose(log);
    assert_int_equal(lines, 1);
    assert_int_equal(right, 1);
}

static void a_station_that_runs_for_weeks_looks_again_each_day(void **state)
{
    struct place *place = *state;
    start(place);
    for (int day = 0; day < 32; day++)
        wait(place, DAY_MS);
    wait(place, 2 * MINUTE_MS);
    assert_int_equal(stop_and_count(place), 0);
}

static void a_house_that_keeps_everybody_forgets_nobody(void **state)
{
    struct place *place = *state;
    char path[80];
    snprintf(path, sizeof path, "%s/welcome", place->data);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/welcome/welcome.conf", place->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("[welcome]\nforget_days = 0\n[step language]\n[step who]\n[step badge]\n", file);
    fclose(file);
    clock_advance(place->clock, 32 * DAY_MS);
    start(place);
    wait(place, 11 * MINUTE_MS);
    assert_int_equal(stop_and_count(place), GUESTS);
}

/* --- visits --- */

static void set_privacy(struct place *place, const char *text)
{
    char path[80];
    snprintf(path, sizeof path, "%s/perron.conf", place->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int64_t count_visits(struct place *place, struct journal *journal)
{
    int64_t count;
    (void)place;
    assert_int_equal(db_number(journal_db(journal), &count, "SELECT count(*) FROM visit"), RC_OK);
    return count;
}

static int64_t visits_after(struct place *place, int64_t days)
{
    clock_advance(place->clock, days * DAY_MS);
    start(place);
    wait(place, 11 * MINUTE_MS);
    for (int i = 0; i < 6; i++)
        wait(place, MINUTE_MS);
    station_close(place->station);
    place->station = NULL;
    return in_register(place, count_visits);
}

static void who_was_only_counted_goes_when_the_day_is_over(void **state)
{
    struct place *place = *state;
    set_privacy(place, "[privacy]\ncount_open_day = number\n");
    assert_int_equal(visits_after(place, 0), GUESTS); /* not yet */
    assert_int_equal(visits_after(place, 1), 0);
}

static void visits_stay_as_long_as_the_house_wants_them(void **state)
{
    struct place *place = *state;
    set_privacy(place, "[privacy]\nvisits_months = 0\n");
    assert_int_equal(visits_after(place, 25), GUESTS);
    set_privacy(place, "[privacy]\nvisits_months = 1\n");
    assert_int_equal(visits_after(place, 3), GUESTS); /* December: one whole month is kept */
}

/* A slip of the pen must not be the end of what the house wanted to keep. */
static void a_house_whose_settings_cannot_be_read_keeps_all_visits(void **state)
{
    struct place *place = *state;
    set_privacy(place, "[privacy]\nvisits_months = none\ncount_open_day = number\n");
    assert_int_equal(visits_after(place, 1), GUESTS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_never_came_back_is_forgotten_a_part_each_minute),
        TEST(what_goes_in_parts_is_told_once_with_its_sum),
        TEST(a_station_that_runs_for_weeks_looks_again_each_day),
        TEST(a_house_that_keeps_everybody_forgets_nobody),
        TEST(who_was_only_counted_goes_when_the_day_is_over),
        TEST(visits_stay_as_long_as_the_house_wants_them),
        TEST(a_house_whose_settings_cannot_be_read_keeps_all_visits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
