#include "firmware/device/cue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/sim/pins_sim.h"
#include "firmware/sim/speaker_sim.h"

/* All effects of a cue from its beginning to its end. Free it. */
static char *effects_of(enum cue cue)
{
    struct trace *trace;
    struct pins *pins;
    struct speaker *speaker;
    struct cue_player *player;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    assert_int_equal(pins_open_sim(trace, &pins), RC_OK);
    assert_int_equal(speaker_open_sim(trace, &speaker), RC_OK);
    assert_int_equal(cue_open(pins, speaker, &player), RC_OK);
    cue_play(player, cue, 1000);
    for (int64_t now_ms = 1000; now_ms < 12000; now_ms += 10)
        cue_step(player, now_ms);
    assert_true(cue_due_ms(player) == INT64_MAX);
    cue_close(player);
    pins_close(pins);
    speaker_close(speaker);
    char *text = trace_text(trace);
    trace_close(trace);
    return text;
}

static void meanings_differ_in_light_and_in_sound(void **state)
{
    char *effects[CUE_COUNT] = {NULL};
    (void)state;
    for (int cue = CUE_SEEN; cue < CUE_COUNT; cue++)
        effects[cue] = effects_of((enum cue)cue);
    for (int a = CUE_SEEN; a < CUE_COUNT; a++)
        for (int b = CUE_SEEN; b < a; b++)
            assert_string_not_equal(effects[a], effects[b]);
    for (int cue = CUE_SEEN; cue < CUE_COUNT; cue++)
        free(effects[cue]);
}

static void red_means_only_that_perron_failed(void **state)
{
    (void)state;
    for (int cue = CUE_SEEN; cue < CUE_COUNT; cue++) {
        char *effects = effects_of((enum cue)cue);
        bool is_failure = cue == CUE_NOT_RECORDED || cue == CUE_FAULT;
        assert_int_equal(strstr(effects, "red on") != NULL, is_failure);
        free(effects);
    }
}

static void a_new_cue_breaks_off_the_old_one_with_its_lamps(void **state)
{
    struct trace *trace;
    struct pins *pins;
    struct cue_player *player;
    (void)state;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    assert_int_equal(pins_open_sim(trace, &pins), RC_OK);
    assert_int_equal(cue_open(pins, NULL, &player), RC_OK);
    cue_play(player, CUE_ARRIVAL, 0);
    trace_clear(trace);
    cue_play(player, CUE_DEPARTURE, 50);
    char *text = trace_text(trace);
    assert_non_null(strstr(text, "pin green off"));
    assert_true(strstr(text, "pin green off") < strstr(text, "pin blue on"));
    free(text);
    cue_close(player);
    pins_close(pins);
    trace_close(trace);
}

static void a_house_without_lamps_and_speaker_goes_on(void **state)
{
    struct cue_player *player;
    (void)state;
    assert_int_equal(cue_open(NULL, NULL, &player), RC_OK);
    cue_play(player, CUE_CALL, 0);
    for (int64_t now_ms = 0; now_ms < 10000; now_ms += 50)
        cue_step(player, now_ms);
    cue_close(player);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meanings_differ_in_light_and_in_sound),
        cmocka_unit_test(red_means_only_that_perron_failed),
        cmocka_unit_test(a_new_cue_breaks_off_the_old_one_with_its_lamps),
        cmocka_unit_test(a_house_without_lamps_and_speaker_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
