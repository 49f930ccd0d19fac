#include "app/ui/sound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void tones_are_queued_and_nobody_waits_for_them(void **state)
{
    struct speaker *speaker;
    (void)state;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    assert_int_equal(sound_open(&speaker), RC_OK);
    assert_int_equal(speaker_tone(speaker, 880, 60), RC_OK);
    assert_int_equal(speaker_tone(speaker, 1320, 120), RC_OK);
    speaker_close(speaker);
}

static void tones_do_not_pile_up_for_a_device_that_is_gone(void **state)
{
    struct speaker *speaker;
    enum rc rc = RC_OK;
    (void)state;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    assert_int_equal(sound_open(&speaker), RC_OK);
    for (int i = 0; i < 20 && rc == RC_OK; i++)
        rc = speaker_tone(speaker, 440, 2000);
    assert_int_equal(rc, RC_GONE);
    assert_int_equal(speaker_tone(speaker, 440, 60), RC_OK);
    speaker_close(speaker);
}

static void a_machine_without_sound_says_so(void **state)
{
    struct speaker *speaker = NULL;
    (void)state;
    setenv("SDL_AUDIODRIVER", "there is none", 1);
    assert_int_equal(sound_open(&speaker), RC_UNSUPPORTED);
    assert_null(speaker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tones_are_queued_and_nobody_waits_for_them),
        cmocka_unit_test(tones_do_not_pile_up_for_a_device_that_is_gone),
        cmocka_unit_test(a_machine_without_sound_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
