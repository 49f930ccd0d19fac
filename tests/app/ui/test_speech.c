/* The real voices, with the test in place of the sound device: it reads as fast as it likes. */
#include "app/ui/speech.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <poll.h>
#include <unistd.h>

#include "firmware/port/speaker.h"
#include "tests/support/random.h"
#include "tests/support/real.h"

#define PATIENCE_MS 10000
#define MS (SPEECH_RATE_HZ / 1000)

static struct speech *speech;
static char long_text[SPEAKER_SAY_CHARACTERS + 1];

static int set_up(void **state)
{
    (void)state;
    while (strlen(long_text) + 20 < sizeof long_text)
        strcat(long_text, "Il y a du monde. ");
    return speech_open(&speech);
}

static int tear_down(void **state)
{
    (void)state;
    speech_close(speech);
    return 0;
}

struct heard {
    size_t count;
    int loudest;
    uint32_t sum; /* of all samples in their order */
};

/* Reads to the end of what is said, or at most `most` samples. */
static struct heard hear(size_t most)
{
    struct heard heard = {0};
    int16_t samples[512];
    int64_t end_ms = real_ms() + PATIENCE_MS;
    while (heard.count < most && speech_is_saying(speech) && real_ms() < end_ms) {
        size_t count = speech_read(speech, samples, 512);
        for (size_t i = 0; i < count; i++) {
            heard.loudest = abs(samples[i]) > heard.loudest ? abs(samples[i]) : heard.loudest;
            heard.sum = heard.sum * 31 + (uint16_t)samples[i];
        }
        heard.count += count;
        if (!count)
            poll(NULL, 0, 1);
    }
    return heard;
}

static struct heard hear_all_of(const char *text, enum language language)
{
    assert_int_equal(speech_say(speech, text, language), RC_OK);
    return hear(SIZE_MAX);
}

static void a_text_becomes_sound_at_a_calm_pace(void **state)
{
    (void)state;
    struct heard heard = hear_all_of("Bonjour Zoé, ton arrivée est notée à 17 h 30.", LANGUAGE_FR);
    assert_in_range(heard.count, 2 * SPEECH_RATE_HZ, 6 * SPEECH_RATE_HZ);
    assert_true(heard.loudest > 3000);
}

static void each_language_has_its_own_voice(void **state)
{
    uint32_t sums[LANGUAGE_COUNT];
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        sums[i] = hear_all_of("Station 17", (enum language)i).sum;
    assert_true(sums[0] != sums[1] && sums[1] != sums[2] && sums[0] != sums[2]);
}

static void french_counts_as_people_do_in_belgium(void **state)
{
    (void)state;
    size_t digits = hear_all_of("75 et 97", LANGUAGE_FR).count;
    size_t belgian = hear_all_of("septante-cinq et nonante-sept", LANGUAGE_FR).count;
    size_t french = hear_all_of("soixante-quinze et quatre-vingt-dix-sept", LANGUAGE_FR).count;
    assert_in_range(digits, belgian - 60 * MS, belgian + 60 * MS);
    assert_true(french > digits + 120 * MS);
}

static void a_new_text_ends_the_old_one_within_a_tenth_of_a_second(void **state)
{
    (void)state;
    size_t alone = hear_all_of("Oui.", LANGUAGE_FR).count;
    assert_int_equal(speech_say(speech, long_text, LANGUAGE_FR), RC_OK);
    assert_int_equal(hear(SPEECH_RATE_HZ).count / SPEECH_RATE_HZ, 1);
    poll(NULL, 0, 50); /* a quarter of a second of the old text is ready by now */
    size_t after = hear_all_of("Oui.", LANGUAGE_FR).count;
    assert_in_range(after, alone - 20 * MS, alone + 40 * MS);
}

static void hushing_ends_it_softly_and_nothing_follows(void **state)
{
    int16_t samples[SPEECH_RATE_HZ];
    (void)state;
    assert_int_equal(speech_say(speech, long_text, LANGUAGE_FR), RC_OK);
    assert_int_equal(hear(SPEECH_RATE_HZ / 2).count / (SPEECH_RATE_HZ / 2), 1);
    poll(NULL, 0, 50);
    speech_hush(speech);
    size_t left = speech_read(speech, samples, SPEECH_RATE_HZ);
    assert_in_range(left, 0, 10 * MS);
    assert_true(left == 0 || abs(samples[left - 1]) < 400);
    assert_int_equal(hear(SIZE_MAX).count, 0);
    assert_false(speech_is_saying(speech));
    speech_hush(speech);
    assert_true(hear_all_of("Oui.", LANGUAGE_FR).count > 100 * MS);
}

static void the_last_of_many_texts_is_heard_whole(void **state)
{
    static const char *const texts[] = {"Oui.", "Bonjour Zoé.", "Het is 17:05.", "See you soon"};
    size_t alone[4];
    struct random random;
    uint64_t seed = random_seed();
    (void)state;
    print_message("PERRON_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int i = 0; i < 4; i++)
        alone[i] = hear_all_of(texts[i], (enum language)(i % LANGUAGE_COUNT)).count;
    for (int round = 0; round < 30; round++) {
        size_t last = 0;
        for (uint64_t says = 1 + random_below(&random, 8); says > 0; says--) {
            int16_t samples[2048];
            last = random_below(&random, 4);
            assert_int_equal(
                speech_say(speech, texts[last], (enum language)(last % LANGUAGE_COUNT)), RC_OK);
            if (random_below(&random, 2))
                poll(NULL, 0, (int)random_below(&random, 8));
            (void)!speech_read(speech, samples, random_below(&random, 2048));
            if (says > 1 && random_below(&random, 4) == 0)
                speech_hush(speech);
        }
        assert_int_equal(speech_say(speech, texts[last], (enum language)(last % LANGUAGE_COUNT)),
                         RC_OK);
        size_t count = hear(SIZE_MAX).count; /* its length varies by some ms */
        assert_in_range(count, alone[last] - 40 * MS, alone[last] + 40 * MS);
    }
}

static void what_cannot_be_said_is_refused_and_the_old_text_goes_on(void **state)
{
    (void)state;
    assert_int_equal(speech_say(speech, long_text, LANGUAGE_FR), RC_OK);
    assert_int_equal(speech_say(speech, "→ ✓ !", LANGUAGE_FR), RC_BAD_INPUT);
    assert_int_equal(hear(2 * SPEECH_RATE_HZ).count / SPEECH_RATE_HZ, 2);
}

static void there_is_one_voice_in_a_process(void **state)
{
    struct speech *second = NULL;
    (void)state;
    assert_int_equal(speech_open(&second), RC_BUSY);
    assert_null(second);
}

/* libpcaudio's own function has always an object to give; espeak-ng must find ours before it. */
static void the_voice_looks_for_no_sound_device_of_its_own(void **state)
{
    void *(*make)(const char *, const char *, const char *);
    (void)state;
    *(void **)&make = dlsym(RTLD_DEFAULT, "create_audio_device_object");
    assert_non_null(make);
    assert_null(make(NULL, "test", "test"));
}

/* --- without the voices, or with broken ones --- */

static char folder[64];

static void have_data_in_folder(const char *file)
{
    char path[128];
    strcpy(folder, "/tmp/perron-speech-XXXXXX");
    assert_non_null(mkdtemp(folder));
    setenv("ESPEAK_DATA_PATH", folder, 1);
    snprintf(path, sizeof path, "%s/%s", folder, file ? file : "nothing");
    if (file)
        fclose(fopen(path, "w"));
}

static int remove_folder(void **state)
{
    char path[128];
    (void)state;
    unsetenv("ESPEAK_DATA_PATH");
    snprintf(path, sizeof path, "%s/phondata", folder);
    unlink(path);
    return rmdir(folder);
}

static void without_installed_voices_it_says_so_at_once(void **state)
{
    struct speech *none = NULL;
    (void)state;
    have_data_in_folder(NULL);
    assert_int_equal(speech_open(&none), RC_UNSUPPORTED);
    assert_null(none);
}

static void damaged_voices_are_told_to_who_asks_next(void **state)
{
    struct speech *broken;
    int64_t end_ms = real_ms() + PATIENCE_MS;
    (void)state;
    have_data_in_folder("phondata");
    assert_int_equal(speech_open(&broken), RC_OK);
    enum rc rc = RC_OK;
    while (rc == RC_OK && real_ms() < end_ms) {
        rc = speech_say(broken, "Bonjour", LANGUAGE_FR);
        poll(NULL, 0, 2);
    }
    assert_int_equal(rc, RC_UNSUPPORTED);
    speech_close(broken);
}

int main(void)
{
#define WITH_VOICE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        /* first: the library begins once */
        cmocka_unit_test_teardown(without_installed_voices_it_says_so_at_once, remove_folder),
        cmocka_unit_test_teardown(damaged_voices_are_told_to_who_asks_next, remove_folder),
        cmocka_unit_test(the_voice_looks_for_no_sound_device_of_its_own),
        WITH_VOICE(a_text_becomes_sound_at_a_calm_pace),
        WITH_VOICE(each_language_has_its_own_voice),
        WITH_VOICE(french_counts_as_people_do_in_belgium),
        WITH_VOICE(a_new_text_ends_the_old_one_within_a_tenth_of_a_second),
        WITH_VOICE(hushing_ends_it_softly_and_nothing_follows),
        WITH_VOICE(the_last_of_many_texts_is_heard_whole),
        WITH_VOICE(what_cannot_be_said_is_refused_and_the_old_text_goes_on),
        WITH_VOICE(there_is_one_voice_in_a_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
