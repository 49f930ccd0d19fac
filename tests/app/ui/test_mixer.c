#include "app/ui/mixer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SECOND MIXER_RATE_HZ
#define MS (MIXER_RATE_HZ / 1000)

static struct mixer mixer;
static int16_t samples[2 * SECOND];
static int16_t voice[2 * SECOND];

static int loudest(const int16_t *from, size_t count)
{
    int most = 0;
    for (size_t i = 0; i < count; i++)
        if (abs(from[i]) > most)
            most = abs(from[i]);
    return most;
}

/* The largest step between two samples: a click is one that no sine of ours has. */
static int roughest(const int16_t *from, size_t count)
{
    int most = 0;
    for (size_t i = 1; i < count; i++)
        if (abs(from[i] - from[i - 1]) > most)
            most = abs(from[i] - from[i - 1]);
    return most;
}

static int crossings(const int16_t *from, size_t count)
{
    int times = 0;
    for (size_t i = 1; i < count; i++)
        times += (from[i - 1] < 0) != (from[i] < 0);
    return times;
}

static void mix(size_t count)
{
    mixer_mix(&mixer, voice, 0, samples, count);
}

static void nothing_asked_for_is_nothing_heard(void **state)
{
    (void)state;
    mixer_init(&mixer, 100);
    mix(SECOND);
    assert_int_equal(loudest(samples, SECOND), 0);
}

static void a_tone_has_its_pitch_its_length_and_soft_ends(void **state)
{
    (void)state;
    mixer_init(&mixer, 100);
    assert_int_equal(mixer_add_tone(&mixer, 1000, 500, 0), RC_OK);
    mix(SECOND);
    size_t length = (size_t)SECOND / 2;
    assert_in_range(crossings(samples, length), 995, 1001);
    assert_int_equal(loudest(samples + length, SECOND - length), 0);
    assert_true(loudest(samples, MS) < loudest(samples, length) / 5);
    assert_true(loudest(samples + length - MS, MS) < loudest(samples, length) / 5);
}

static void tones_come_one_after_another(void **state)
{
    (void)state;
    mixer_init(&mixer, 100);
    assert_int_equal(mixer_add_tone(&mixer, 500, 200, 0), RC_OK);
    assert_int_equal(mixer_add_tone(&mixer, 2000, 200, 0), RC_OK);
    mix(SECOND);
    size_t length = (size_t)SECOND / 5;
    assert_in_range(crossings(samples, length), 195, 205);
    assert_in_range(crossings(samples + length, length), 790, 805);
    assert_int_equal(loudest(samples + 2 * length, SECOND - 2 * length), 0);
}

static void tones_that_nobody_takes_do_not_pile_up(void **state)
{
    int taken = 0;
    (void)state;
    mixer_init(&mixer, 100);
    while (taken < 100 && mixer_add_tone(&mixer, 440, 2000, 0) == RC_OK)
        taken++;
    assert_int_equal(taken, 3);
    mixer_clear(&mixer);
    assert_int_equal(mixer_add_tone(&mixer, 440, 2000, 0), RC_OK);
    mixer_clear(&mixer);
    for (taken = 0; taken < 100 && mixer_add_tone(&mixer, 440, 1, 0) == RC_OK; taken++)
        ;
    assert_int_equal(taken, MIXER_TONES);
}

static void what_begins_late_leaves_out_what_is_late_and_plays_the_rest_whole(void **state)
{
    (void)state;
    mixer_init(&mixer, 100);
    assert_int_equal(mixer_add_tone(&mixer, 500, 200, 1000), RC_OK);
    assert_int_equal(mixer_add_tone(&mixer, 2000, 200, 1100), RC_OK);
    mix(SECOND / 4); /* into the second one */
    mixer_begin(&mixer, 1100);
    mix(SECOND / 2);
    assert_in_range(crossings(samples, SECOND / 5), 790, 805);
    assert_int_equal(loudest(samples + SECOND / 5, SECOND / 5), 0);
    assert_int_equal(mixer_add_tone(&mixer, 500, 200, 1099), RC_OK);
    assert_true(mixer_is_busy(&mixer));
    mixer_begin(&mixer, 1100);
    assert_false(mixer_is_busy(&mixer));
    mix(SECOND / 2);
    assert_int_equal(loudest(samples, SECOND / 2), 0);
}

/* Who was turned down to nothing while nobody listened is not heard for a moment first. */
static void what_begins_has_its_volume_at_once(void **state)
{
    (void)state;
    for (int begins = 0; begins < 2; begins++) {
        mixer_init(&mixer, 100);
        mixer_set_volume(&mixer, 0);
        if (begins)
            mixer_begin(&mixer, 0);
        assert_int_equal(mixer_add_tone(&mixer, 1000, 200, 0), RC_OK);
        mix(SECOND / 4);
        assert_int_equal(loudest(samples, SECOND / 4) == 0, begins);
    }
}

static void the_volume_counts_for_tones_and_voice_alike(void **state)
{
    static const int volumes[] = {100, 50, 0};
    int tones[3], voices[3];
    (void)state;
    for (int i = 0; i < SECOND; i++)
        voice[i] = (int16_t)(i / 20 % 2 ? 20000 : -20000);
    for (int i = 0; i < 3; i++) {
        mixer_init(&mixer, volumes[i]);
        assert_int_equal(mixer_add_tone(&mixer, 440, 200, 0), RC_OK);
        mix(SECOND / 2);
        tones[i] = loudest(samples, SECOND / 2);
        mixer_mix(&mixer, voice, SECOND / 2, samples, SECOND / 2);
        voices[i] = loudest(samples + SECOND / 4, SECOND / 4);
    }
    assert_in_range(tones[1] * 4, tones[0] - 8, tones[0] + 8);
    assert_in_range(voices[1] * 4, voices[0] - 8, voices[0] + 8);
    assert_int_equal(voices[0], 20000);
    assert_int_equal(tones[2], 0);
    assert_int_equal(voices[2], 0);
}

static void no_change_of_volume_clicks(void **state)
{
    (void)state;
    mixer_init(&mixer, 100);
    assert_int_equal(mixer_add_tone(&mixer, 200, 2000, 0), RC_OK);
    mix(SECOND / 10);
    int smooth = roughest(samples, SECOND / 10);
    mixer_set_volume(&mixer, 0);
    mix(SECOND / 10);
    assert_true(roughest(samples, SECOND / 10) <= smooth + 40);
    assert_int_equal(loudest(samples + 21 * MS, SECOND / 10 - 21 * MS), 0);
    mixer_set_volume(&mixer, 100);
    mix(SECOND / 10);
    assert_true(roughest(samples, SECOND / 10) <= smooth + 40);
    /* the control: a tone cut off in the middle is found by the same look */
    memset(samples + SECOND / 20, 0, SECOND / 20 * sizeof samples[0]);
    samples[SECOND / 20 - 1] = 9000;
    assert_true(roughest(samples, SECOND / 10) > smooth + 40);
}

static void the_voice_steps_back_for_a_tone_and_both_never_wrap_around(void **state)
{
    (void)state;
    for (int i = 0; i < SECOND; i++)
        voice[i] = INT16_MAX;
    mixer_init(&mixer, 100);
    assert_int_equal(mixer_add_tone(&mixer, 440, 200, 0), RC_OK);
    mixer_mix(&mixer, voice, SECOND, samples, SECOND);
    for (int i = 0; i < SECOND; i++)
        assert_true(samples[i] >= 0);
    size_t middle = (size_t)SECOND / 10, end = (size_t)SECOND / 2;
    int least = INT16_MAX;
    for (size_t i = middle; i < middle + MS * 5; i++)
        least = samples[i] < least ? samples[i] : least;
    assert_true(least < 2000);
    assert_int_equal(samples[end], INT16_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_for_is_nothing_heard),
        cmocka_unit_test(a_tone_has_its_pitch_its_length_and_soft_ends),
        cmocka_unit_test(tones_come_one_after_another),
        cmocka_unit_test(tones_that_nobody_takes_do_not_pile_up),
        cmocka_unit_test(what_begins_late_leaves_out_what_is_late_and_plays_the_rest_whole),
        cmocka_unit_test(what_begins_has_its_volume_at_once),
        cmocka_unit_test(the_volume_counts_for_tones_and_voice_alike),
        cmocka_unit_test(no_change_of_volume_clicks),
        cmocka_unit_test(the_voice_steps_back_for_a_tone_and_both_never_wrap_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
