/* The USB stick of a station: told and not touched, plugged in and pulled out by the desk. */
#include "app/station.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/control_call.h"
#include "app/ui/stage.h"
#include "tests/support/build.h"

#define STEPS 200
#define TIMEOUT_MS 5000

struct place {
    char data[64], stick[64];
    struct board board;
    struct clock *clock;
    struct trace *trace;
    struct station *station;
};

static void open_station(struct place *place, const char *stick)
{
    char locale_dir[512];
    struct reason reason = {.text = ""};
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build_folder());
    const struct station_config config = {.data = place->data,
                                          .reader = "sim",
                                          .stick = stick,
                                          .locale_dir = locale_dir,
                                          .board = &place->board,
                                          .is_headless = true,
                                          .clock = place->clock,
                                          .trace = place->trace};
    if (station_open(&config, &place->station, &reason))
        fail_msg("%s", reason.text);
}

static int set_up(void **state)
{
    static struct place place;
    struct reason reason = {.text = ""};
    place =
        (struct place){.data = "/tmp/perron-station-XXXXXX", .stick = "/tmp/perron-stick-XXXXXX"};
    if (!mkdtemp(place.data) || !mkdtemp(place.stick) ||
        board_read("board/desktop.conf", &place.board, &reason) ||
        clock_open_simulated(1764074880000, CLOCK_SYNCED, 1, &place.clock) ||
        trace_open(-1, &place.trace))
        return -1;
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    char command[160];
    station_close(place->station);
    trace_close(place->trace);
    clock_close(place->clock);
    snprintf(command, sizeof command, "rm -r %s %s", place->data, place->stick);
    return system(command) ? -1 : 0;
}

static void step(struct place *place)
{
    for (int i = 0; i < STEPS; i++)
        assert_int_equal(station_step(place->station, 0), RC_OK);
}

static const struct load *load_of(struct place *place)
{
    step(place);
    return stage_page(station_stage(place->station))->load;
}

static bool was_traced(struct place *place, const char *line)
{
    char *text = trace_text(place->trace);
    bool is_there = text && strstr(text, line);
    free(text);
    return is_there;
}

/* --- what is plugged in --- */

static void a_stick_is_told_and_not_touched(void **state)
{
    struct place *place = *state;
    char address[80];
    snprintf(address, sizeof address, "sim:%s", place->stick);
    open_station(place, address);
    assert_int_equal(load_of(place)->stand, LOAD_THERE);
    assert_string_equal(load_of(place)->info.label, "PERRON");
    assert_true(load_of(place)->info.free_bytes < 0);
    for (int i = 0; i < 60; i++) { /* an hour later it is the same */
        clock_advance(place->clock, 60000);
        step(place);
    }
    assert_int_equal(load_of(place)->stand, LOAD_THERE);
    assert_false(was_traced(place, "stick take"));
    assert_int_equal(station_pull_stick(place->station), RC_OK);
    assert_int_equal(load_of(place)->stand, LOAD_AWAY);
}

static void a_station_without_one_waits_for_one(void **state)
{
    struct place *place = *state;
    open_station(place, "sim");
    assert_int_equal(load_of(place)->stand, LOAD_AWAY);
    assert_int_equal(station_plug_stick(place->station, place->stick, "blank"), RC_OK);
    assert_int_equal(load_of(place)->stand, LOAD_THERE);
    assert_int_equal(load_of(place)->info.trouble, STICK_BLANK);
    assert_int_equal(station_plug_stick(place->station, place->stick, ""), RC_BUSY);
}

/* --- by the desk --- */

struct caller {
    pthread_t thread;
    char path[96];
    json_t *request;
    enum rc rc;
    struct reason reason;
};

static void *call(void *context)
{
    struct caller *caller = context;
    json_t *reply = NULL;
    caller->rc =
        control_call(caller->path, caller->request, -1, TIMEOUT_MS, &reply, &caller->reason);
    json_decref(reply);
    return NULL;
}

/* Takes the request over. */
static enum rc ask_desk(struct place *place, json_t *request, struct reason *out_reason)
{
    struct caller caller = {.request = request};
    snprintf(caller.path, sizeof caller.path, "%s/socket", place->data);
    assert_int_equal(pthread_create(&caller.thread, NULL, call, &caller), 0);
    for (int i = 0; i < STEPS; i++)
        assert_int_equal(station_step(place->station, 2), RC_OK);
    pthread_join(caller.thread, NULL);
    *out_reason = caller.reason;
    return caller.rc;
}

static void the_desk_plugs_a_stick_in_and_pulls_it_out(void **state)
{
    struct place *place = *state;
    struct reason reason;
    open_station(place, "sim");
    step(place);
    assert_int_equal(ask_desk(place,
                              json_pack("{s:s,s:s,s:s}", "do", "stick", "folder", place->stick,
                                        "how", "read-only"),
                              &reason),
                     RC_OK);
    assert_true(load_of(place)->info.is_read_only);
    assert_int_equal(
        ask_desk(place, json_pack("{s:s,s:s}", "do", "stick", "folder", place->stick), &reason),
        RC_REFUSED);
    assert_non_null(strstr(reason.text, "is in already"));
    assert_int_equal(ask_desk(place, json_pack("{s:s}", "do", "stick"), &reason), RC_OK);
    assert_int_equal(load_of(place)->stand, LOAD_AWAY);
    assert_int_equal(
        ask_desk(place, json_pack("{s:s,s:s}", "do", "stick", "folder", "here"), &reason),
        RC_REFUSED);
    assert_non_null(strstr(reason.text, "from the root"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stick_is_told_and_not_touched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_station_without_one_waits_for_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_desk_plugs_a_stick_in_and_pulls_it_out, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
