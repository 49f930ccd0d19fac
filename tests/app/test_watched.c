/* A station that is watched: it beats as long as its loop turns, whatever the card does. */
#include "app/station.h"

#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/station_i.h"
#include "firmware/linux/watchdog_systemd.h"
#include "firmware/sim/watchdog_sim.h"
#include "tests/support/manager.h"
#include "tests/support/real.h"
#include "tests/support/session.h"

#define PATIENCE_MS 600
#define PATIENCE_US "600000"
#define NOBODY "uid:04FFEEDDCCBBAA"

struct place {
    char data[64];
    struct clock *clock;
    struct trace *trace;
    struct board board;
};

static int begin(void **state)
{
    static struct place place;
    struct reason reason;
    strcpy(place.data, "/tmp/perron-watched-XXXXXX");
    assert_non_null(mkdtemp(place.data));
    assert_int_equal(clock_open_system(&place.clock), RC_OK);
    assert_int_equal(trace_open(-1, &place.trace), RC_OK);
    assert_int_equal(board_read("board/desktop.conf", &place.board, &reason), RC_OK);
    *state = &place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    char command[96];
    trace_close(place->trace);
    clock_close(place->clock);
    snprintf(command, sizeof command, "rm -rf %s", place->data);
    return system(command);
}

static struct station *open_station(struct place *place, const char *data,
                                    struct watchdog *watchdog)
{
    struct reason reason;
    struct station *station;
    const struct station_config config = {.data = data,
                                          .reader = "sim",
                                          .locale_dir = "build/locale",
                                          .board = &place->board,
                                          .is_headless = true,
                                          .clock = place->clock,
                                          .trace = place->trace,
                                          .watchdog = watchdog};
    if (station_open(&config, &station, &reason))
        fail_msg("%s", reason.text);
    return station;
}

static void turn_for(struct station *station, int ms)
{
    for (int64_t until_ms = real_ms() + ms; real_ms() < until_ms;)
        assert_int_equal(station_step(station, (int)(until_ms - real_ms()) + 1), RC_OK);
}

static bool has_traced(const struct place *place, const char *line)
{
    char *text = trace_text(place->trace);
    bool is_there = strstr(text, line) != NULL;
    free(text);
    return is_there;
}

/* --- the loop --- */

static void a_loop_that_turns_beats_and_one_that_hangs_does_not(void **state)
{
    struct manager manager;
    struct watchdog *watchdog;
    manager_open(&manager, PATIENCE_US);
    assert_int_equal(watchdog_open_systemd(&watchdog), RC_OK);
    struct station *station = open_station(*state, ((struct place *)*state)->data, watchdog);
    assert_string_equal(manager_hear(&manager, 0), "");
    assert_int_equal(station_step(station, 60000), RC_OK);
    assert_string_equal(manager_hear(&manager, 0), "READY=1");
    turn_for(station, 4 * PATIENCE_MS);
    assert_in_range(manager_beats(&manager), 4, 8);
    real_pause_ms(2 * PATIENCE_MS); /* nobody calls it: it hangs */
    assert_int_equal(manager_beats(&manager), 0);
    station_close(station);
    watchdog_close(watchdog);
    manager_close(&manager);
}

static void a_station_that_shows_what_is_missing_is_ready_and_beats(void **state)
{
    struct place *place = *state;
    struct watchdog *watchdog;
    char path[96];
    snprintf(path, sizeof path, "%s/file", place->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(watchdog_open_sim(PATIENCE_MS, place->trace, &watchdog), RC_OK);
    struct station *station = open_station(place, path, watchdog);
    turn_for(station, 2 * PATIENCE_MS);
    assert_false(station_is_serving(station));
    assert_true(has_traced(place, "watchdog ready\n"));
    assert_true(has_traced(place, "watchdog beat\n"));
    station_close(station);
    watchdog_close(watchdog);
}

/* It looks at its clock once a second, and at nothing else while nothing happens. */
static void only_who_wants_beats_wakes_the_loop(void **state)
{
    static const int64_t patiences_ms[] = {0, 60};
    int turns[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        struct place *place = *state;
        struct watchdog *watchdog;
        assert_int_equal(watchdog_open_sim(patiences_ms[i], place->trace, &watchdog), RC_OK);
        struct station *station = open_station(place, place->data, watchdog);
        turn_for(station, 2500); /* what it shows first has come to rest */
        for (int64_t until_ms = real_ms() + 1500; real_ms() < until_ms; turns[i]++)
            assert_int_equal(station_step(station, 60000), RC_OK);
        station_close(station);
        watchdog_close(watchdog);
    }
    assert_in_range(turns[0], 1, 12);
    assert_in_range(turns[1], turns[0] + 20, 1000);
}

/* --- the card --- */

struct gate {
    struct job job;
    sem_t is_open;
    bool is_back;
};

static void wait_at(struct job *job, struct journal *journal)
{
    (void)journal;
    sem_wait(&((struct gate *)job)->is_open);
}

static void come_back(struct job *job, void *context)
{
    (void)context;
    ((struct gate *)job)->is_back = true;
}

static void a_card_that_stalls_ends_nothing(void **state)
{
    struct place *place = *state;
    struct gate gate = {.job = {.run = wait_at, .done = come_back}};
    struct manager manager;
    struct watchdog *watchdog;
    sem_init(&gate.is_open, 0, 0);
    manager_open(&manager, PATIENCE_US);
    assert_int_equal(watchdog_open_systemd(&watchdog), RC_OK);
    struct station *station = open_station(place, place->data, watchdog);
    assert_int_equal(station_step(station, 0), RC_OK);
    assert_string_equal(manager_hear(&manager, 0), "READY=1");
    assert_int_equal(writer_submit(station->writer, &gate.job), RC_OK);
    assert_int_equal(station_present(station, NOBODY), RC_OK);
    turn_for(station, 4 * PATIENCE_MS);
    assert_false(gate.is_back);
    assert_non_null(strstr(station_scene(station), "moment"));
    assert_in_range(manager_beats(&manager), 4, 8);
    sem_post(&gate.is_open);
    turn_for(station, 500);
    assert_true(gate.is_back);
    station_close(station);
    watchdog_close(watchdog);
    manager_close(&manager);
}

/* --- the real process --- */

static void the_process_beats_until_it_is_stopped(void **state)
{
    struct manager manager;
    (void)state;
    manager_open(&manager, PATIENCE_US);
    session_set_up(state);
    session_start_station(*state);
    struct session *session = *state;
    assert_string_equal(manager_hear(&manager, 10000), "READY=1");
    assert_string_equal(manager_hear(&manager, 10 * PATIENCE_MS), "WATCHDOG=1");
    assert_string_equal(manager_hear(&manager, 10 * PATIENCE_MS), "WATCHDOG=1");
    kill(session->station, SIGSTOP);
    (void)manager_beats(&manager);
    assert_string_equal(manager_hear(&manager, 3 * PATIENCE_MS), "");
    kill(session->station, SIGCONT);
    assert_string_equal(manager_hear(&manager, 10 * PATIENCE_MS), "WATCHDOG=1");
    assert_int_equal(session_stop_station(session), 0);
    const char *text;
    do
        text = manager_hear(&manager, 0);
    while (strcmp(text, "WATCHDOG=1") == 0);
    assert_string_equal(text, "STOPPING=1");
    manager_close(&manager);
    assert_int_equal(session_tear_down(state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_loop_that_turns_beats_and_one_that_hangs_does_not, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_station_that_shows_what_is_missing_is_ready_and_beats,
                                        begin, end),
        cmocka_unit_test_setup_teardown(only_who_wants_beats_wakes_the_loop, begin, end),
        cmocka_unit_test_setup_teardown(a_card_that_stalls_ends_nothing, begin, end),
        cmocka_unit_test(the_process_beats_until_it_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
