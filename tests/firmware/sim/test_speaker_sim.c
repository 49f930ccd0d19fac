#include "firmware/sim/speaker_sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void what_would_be_heard_is_a_line_each(void **state)
{
    struct speaker *speaker;
    struct trace *trace;
    (void)state;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    assert_int_equal(speaker_open_sim(trace, &speaker), RC_OK);
    speaker_hush(speaker);
    assert_int_equal(speaker_set_volume(speaker, SPEAKER_VOLUME_DEFAULT), RC_OK);
    assert_int_equal(speaker_set_volume(speaker, 40), RC_OK);
    assert_int_equal(speaker_tone(speaker, 880, 90), RC_OK);
    assert_int_equal(speaker_say(speaker, "Bonjour Zoé\nTu es là", "fr"), RC_OK);
    assert_int_equal(speaker_say(speaker, "Dag Zoé", "nl"), RC_OK);
    speaker_hush(speaker);
    speaker_hush(speaker);
    char *text = trace_text(trace);
    assert_string_equal(text, "volume 40\ntone 880 90\nsay fr: Bonjour Zoé Tu es là\n"
                              "say nl: Dag Zoé\nhush\n");
    free(text);
    speaker_close(speaker);
    trace_close(trace);
}

static void nobody_has_to_listen(void **state)
{
    struct speaker *speaker;
    (void)state;
    assert_int_equal(speaker_open_sim(NULL, &speaker), RC_OK);
    assert_int_equal(speaker_say(speaker, "Hello", "en"), RC_OK);
    speaker_hush(speaker);
    speaker_close(speaker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_would_be_heard_is_a_line_each),
        cmocka_unit_test(nobody_has_to_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
