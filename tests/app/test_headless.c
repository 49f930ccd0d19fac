/* A station that draws into memory is silent, too: no sound device, no voice. */
#include "app/station.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL.h>
#include <cmocka.h>
#include <poll.h>
#include <unistd.h>

#include "app/ui/sound.h"
#include "tests/support/process.h"

/* Threads of this process that SDL made for sound. */
static int sound_threads(void)
{
    return process_threads(getpid(), "SDLAudio");
}

static struct station *open_headless(const char *data, struct clock *clock, struct trace *trace)
{
    static struct board board;
    struct reason reason = {.text = ""};
    struct station *station;
    if (board_read("board/desktop.conf", &board, &reason))
        fail_msg("%s", reason.text);
    const struct station_config config = {.data = data,
                                          .reader = "sim",
                                          .locale_dir = "build/locale",
                                          .board = &board,
                                          .is_headless = true,
                                          .clock = clock,
                                          .trace = trace};
    if (station_open(&config, &station, &reason))
        fail_msg("%s", reason.text);
    return station;
}

static void a_headless_station_opens_no_sound(void **state)
{
    char data[] = "/tmp/perron-headless-XXXXXX", command[64];
    struct clock *clock;
    struct trace *trace;
    (void)state;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    assert_non_null(mkdtemp(data));
    assert_int_equal(clock_open_system(&clock), RC_OK);
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    struct station *station = open_headless(data, clock, trace);
    assert_int_equal(station_present(station, "uid:04A1B2C3D4E5F6"), RC_OK);
    for (int i = 0; i < 20; i++)
        assert_int_equal(station_step(station, 20), RC_OK);
    char *text = trace_text(trace);
    assert_non_null(strstr(text, "tone "));
    assert_int_equal(SDL_WasInit(SDL_INIT_AUDIO), 0);
    assert_int_equal(sound_threads(), 0);
    free(text);
    station_close(station);
    trace_close(trace);
    clock_close(clock);
    snprintf(command, sizeof command, "rm -r %s", data);
    assert_int_equal(system(command), 0);
}

/* The control: the same look finds a sound that is open. */
static void sound_that_is_open_is_seen(void **state)
{
    struct speaker *speaker;
    (void)state;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    assert_int_equal(sound_open(&speaker), RC_OK);
    assert_true(SDL_WasInit(SDL_INIT_AUDIO) != 0);
    for (int waited_ms = 0; !sound_threads() && waited_ms < 10000; waited_ms += 10)
        poll(NULL, 0, 10); /* it gives itself its name */
    assert_int_equal(sound_threads(), 1);
    speaker_close(speaker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_headless_station_opens_no_sound),
        cmocka_unit_test(sound_that_is_open_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
