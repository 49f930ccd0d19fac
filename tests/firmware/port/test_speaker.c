#include "firmware/port/speaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "firmware/sim/speaker_sim.h"

static void close_nothing(struct speaker *speaker)
{
    (void)speaker;
}

static void what_a_speaker_cannot_do_is_told_and_never_silence(void **state)
{
    static const struct speaker_ops none = {.close = close_nothing};
    struct speaker speaker = {&none};
    (void)state;
    assert_int_equal(speaker_tone(&speaker, 440, 100), RC_UNSUPPORTED);
    assert_int_equal(speaker_set_volume(&speaker, 50), RC_UNSUPPORTED);
    assert_int_equal(speaker_say(&speaker, "Bonjour", "fr"), RC_UNSUPPORTED);
    speaker_hush(&speaker);
    speaker_close(&speaker);
    speaker_close(NULL);
}

static void what_nobody_could_hear_is_refused_before_the_device_sees_it(void **state)
{
    struct speaker *speaker;
    struct trace *trace;
    (void)state;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    assert_int_equal(speaker_open_sim(trace, &speaker), RC_OK);
    assert_int_equal(speaker_tone(speaker, 99, 100), RC_BAD_INPUT);
    assert_int_equal(speaker_tone(speaker, 8001, 100), RC_BAD_INPUT);
    assert_int_equal(speaker_tone(speaker, 440, 0), RC_BAD_INPUT);
    assert_int_equal(speaker_tone(speaker, 440, 2001), RC_BAD_INPUT);
    assert_int_equal(speaker_set_volume(speaker, -1), RC_BAD_INPUT);
    assert_int_equal(speaker_set_volume(speaker, 101), RC_BAD_INPUT);
    assert_int_equal(speaker_say(speaker, "", "fr"), RC_BAD_INPUT);
    assert_int_equal(speaker_say(speaker, "Zo\xe9", "fr"), RC_BAD_INPUT);
    char *text = trace_text(trace);
    assert_string_equal(text, "");
    free(text);
    speaker_close(speaker);
    trace_close(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_speaker_cannot_do_is_told_and_never_silence),
        cmocka_unit_test(what_nobody_could_hear_is_refused_before_the_device_sees_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
