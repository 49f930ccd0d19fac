/* SDL's drivers that need no device: one that listens to nothing, and one that writes a file. */
#include "app/ui/sound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL.h>
#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/ui/mixer.h"
#include "tests/support/process.h"
#include "tests/support/real.h"

#define PATIENCE_MS 15000
#define HEARD_MAX (20 * MIXER_RATE_HZ)

static char path[64];
static int16_t heard[HEARD_MAX];
static size_t heard_count;

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/perron-sound-XXXXXX");
    return close(mkstemp(path));
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

/* The thread that SDL feeds a device with. */
static bool is_device_open(void)
{
    return process_threads(getpid(), "SDLAudio") > 0;
}

static void await_device(bool is_open)
{
    int64_t end_us = real_us() + PATIENCE_MS * 1000;
    while (is_device_open() != is_open) {
        if (real_us() > end_us)
            fail_msg("the device is never %s", is_open ? "opened" : "shut");
        poll(NULL, 0, 5);
    }
}

static struct speaker *open_dummy(void)
{
    struct speaker *speaker;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    assert_int_equal(sound_open(&speaker), RC_OK);
    await_device(true);
    return speaker;
}

/* What is heard goes to `file`. */
static struct speaker *open_disk(const char *file)
{
    struct speaker *speaker;
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", file, 1);
    assert_int_equal(sound_open(&speaker), RC_OK);
    return speaker;
}

static struct speaker *open_file(const char *file)
{
    struct speaker *speaker = open_disk(file);
    await_device(true);
    return speaker;
}

/* Without the silence around it. */
static void trim(void)
{
    while (heard_count && !heard[heard_count - 1])
        heard_count--;
    size_t first = 0;
    while (first < heard_count && !heard[first])
        first++;
    heard_count -= first;
    memmove(heard, heard + first, heard_count * sizeof heard[0]);
}

/* Reads what was written. */
static void listen(void)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    heard_count = fread(heard, sizeof heard[0], HEARD_MAX, file);
    fclose(file);
    trim();
}

static int loudest(void)
{
    int most = 0;
    for (size_t i = 0; i < heard_count; i++)
        most = abs(heard[i]) > most ? abs(heard[i]) : most;
    return most;
}

static void tones_are_queued_and_nobody_waits_for_them(void **state)
{
    struct speaker *speaker = open_dummy();
    (void)state;
    assert_int_equal(speaker_tone(speaker, 880, 60), RC_OK);
    assert_int_equal(speaker_tone(speaker, 1320, 120), RC_OK);
    speaker_close(speaker);
}

static void tones_do_not_pile_up(void **state)
{
    struct speaker *speaker = open_dummy();
    enum rc rc = RC_OK;
    (void)state;
    for (int i = 0; i < 20 && rc == RC_OK; i++)
        rc = speaker_tone(speaker, 440, 2000);
    assert_int_equal(rc, RC_FULL);
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

static int loudness_of_a_tone(int volume)
{
    struct speaker *speaker = open_file(path);
    assert_int_equal(speaker_set_volume(speaker, volume), RC_OK);
    poll(NULL, 0, 60);
    assert_int_equal(speaker_tone(speaker, 1000, 100), RC_OK);
    poll(NULL, 0, 500);
    speaker_close(speaker);
    listen();
    return loudest();
}

static void a_tone_reaches_the_device_as_long_and_as_loud_as_asked(void **state)
{
    (void)state;
    int loud = loudness_of_a_tone(100);
    assert_in_range(heard_count, MIXER_RATE_HZ * 95 / 1000, MIXER_RATE_HZ / 10);
    int soft = loudness_of_a_tone(50);
    assert_in_range(soft * 4, loud * 9 / 10, loud * 11 / 10);
    assert_int_equal(loudness_of_a_tone(0), 0);
}

/* A text of more than ten seconds, of which the file gets the beginning. */
static void a_text_is_heard_and_hushed(void **state)
{
    char text[400] = "";
    struct speaker *speaker = open_file(path);
    (void)state;
    for (int i = 0; i < 10; i++)
        strcat(text, "Bonjour Zoé, tu es là. ");
    assert_int_equal(speaker_say(speaker, text, "fr"), RC_OK);
    poll(NULL, 0, 700);
    assert_int_equal(speaker_tone(speaker, 880, 50), RC_OK);
    poll(NULL, 0, 100);
    speaker_hush(speaker);
    poll(NULL, 0, 600);
    speaker_close(speaker);
    listen();
    assert_true(loudest() > 1500);
    assert_in_range(heard_count, MIXER_RATE_HZ / 10, 5 * MIXER_RATE_HZ);
}

static void a_language_without_a_voice_is_told(void **state)
{
    struct speaker *speaker = open_dummy();
    (void)state;
    assert_int_equal(speaker_say(speaker, "Guten Tag", "de"), RC_UNSUPPORTED);
    speaker_close(speaker);
}

static void who_says_nothing_or_is_mute_loads_no_voice(void **state)
{
    struct speaker *speaker = open_dummy();
    (void)state;
    int before = process_threads(getpid(), "");
    assert_int_equal(speaker_tone(speaker, 880, 10), RC_OK);
    speaker_hush(speaker);
    assert_int_equal(speaker_set_volume(speaker, 0), RC_OK);
    assert_int_equal(speaker_say(speaker, "Bonjour", "fr"), RC_OK);
    assert_int_equal(process_threads(getpid(), ""), before);
    assert_int_equal(speaker_set_volume(speaker, 30), RC_OK);
    assert_int_equal(speaker_say(speaker, "Bonjour", "fr"), RC_OK);
    assert_true(process_threads(getpid(), "") > before);
    speaker_close(speaker);
}

/* Asks for a tone ten times a second until it is answered so. Returns the longest call in us. */
static int64_t tone_until(struct speaker *speaker, enum rc wanted)
{
    int64_t end_us = real_us() + PATIENCE_MS * 1000, longest_us = 0;
    for (enum rc rc = !wanted; rc != wanted; poll(NULL, 0, 100)) {
        int64_t begun_us = real_us();
        rc = speaker_tone(speaker, 880, 40);
        int64_t took_us = real_us() - begun_us;
        longest_us = took_us > longest_us ? took_us : longest_us;
        if (real_us() > end_us)
            fail_msg("it was never answered with '%s'", rc_text(wanted));
    }
    return longest_us;
}

/* A full file system is to SDL what a pulled-out plug is: the device stops taking samples. */
static void a_device_that_was_pulled_out_is_used_again_when_it_is_back(void **state)
{
    struct speaker *speaker = open_disk("/dev/full");
    (void)state;
    poll(NULL, 0, 500); /* it is open for a moment only: nobody could wait for that */
    setenv("SDL_DISKAUDIOFILE", "/nowhere/to/be/found", 1);
    int64_t gone_us = tone_until(speaker, RC_GONE);
    poll(NULL, 0, 300);
    assert_int_equal(speaker_tone(speaker, 880, 40), RC_GONE);
    assert_int_equal(speaker_say(speaker, "Bonjour", "fr"), RC_GONE);
    setenv("SDL_DISKAUDIOFILE", path, 1);
    int64_t back_us = tone_until(speaker, RC_OK);
    print_message("longest call while going %lld us, while coming back %lld us\n",
                  (long long)gone_us, (long long)back_us);
    poll(NULL, 0, 300);
    speaker_close(speaker);
    listen();
    assert_true(loudest() > 1000);
}

/* --- silence --- */

/* Standard error goes to a file of the test, and back. */
static int catch_log(void)
{
    int before = dup(STDERR_FILENO), file = open(path, O_WRONLY | O_TRUNC);
    assert_true(before >= 0 && dup2(file, STDERR_FILENO) >= 0);
    close(file);
    return before;
}

static void read_log(int before, char *out_text, size_t size)
{
    dup2(before, STDERR_FILENO);
    close(before);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    out_text[fread(out_text, 1, size - 1, file)] = 0;
    fclose(file);
}

static int64_t wakes_in(int ms)
{
    struct process_cost before, after;
    assert_int_equal(process_cost(getpid(), &before), RC_OK);
    poll(NULL, 0, ms);
    assert_int_equal(process_cost(getpid(), &after), RC_OK);
    return after.wakes - before.wakes;
}

static void a_device_with_nothing_to_play_is_shut_and_wakes_nobody(void **state)
{
    char text[512];
    int log = catch_log();
    struct speaker *speaker = open_dummy();
    (void)state;
    int64_t open_wakes = wakes_in(1000);
    await_device(false);
    int64_t shut_wakes = wakes_in(1000);
    int64_t asked_us = real_us();
    assert_int_equal(speaker_tone(speaker, 880, 40), RC_OK);
    int64_t told_us = real_us();
    await_device(true);
    int64_t open_us = real_us();
    /* what SDL tells of devices that come would pile up where nobody reads it */
    assert_false(SDL_HasEvent(SDL_AUDIODEVICEADDED));
    speaker_close(speaker);
    read_log(log, text, sizeof text);
    print_message("wake-ups a second: %lld open, %lld shut; opened after %lld us, asked in %lld\n",
                  (long long)open_wakes, (long long)shut_wakes, (long long)(open_us - asked_us),
                  (long long)(told_us - asked_us));
    assert_in_range(open_wakes, 16, 100);
    assert_in_range(shut_wakes, 0, 3);
    assert_string_equal(text, "");
}

/* The control of an empty log, too. */
static void a_missing_device_is_told_once(void **state)
{
    static const char sentence[] = "there is no sound device";
    char text[1024];
    int log = catch_log();
    struct speaker *speaker;
    (void)state;
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", "/nowhere/to/be/found", 1);
    assert_int_equal(sound_open(&speaker), RC_OK);
    tone_until(speaker, RC_GONE);
    poll(NULL, 0, SOUND_RETRY_MS);
    tone_until(speaker, RC_GONE);
    speaker_close(speaker);
    read_log(log, text, sizeof text);
    char *told = strstr(text, sentence);
    assert_non_null(told);
    assert_null(strstr(told + 1, sentence));
}

static void what_is_played_is_no_silence(void **state)
{
    struct speaker *speaker = open_dummy();
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(speaker_tone(speaker, 440, 2000), RC_OK);
    poll(NULL, 0, SOUND_QUIET_MS + 700);
    assert_true(is_device_open());
    speaker_close(speaker);
}

static void the_first_tone_after_silence_is_heard_whole(void **state)
{
    struct speaker *speaker = open_file(path);
    (void)state;
    await_device(false);
    assert_int_equal(speaker_tone(speaker, 1000, 100), RC_OK);
    poll(NULL, 0, 400);
    speaker_close(speaker);
    listen();
    assert_in_range(heard_count, MIXER_RATE_HZ * 95 / 1000, MIXER_RATE_HZ / 10);
}

/* --- a device that opens slowly: a pipe, as long as nobody reads from it --- */

static int set_up_pipe(void **state)
{
    set_up(state);
    return unlink(path) || mkfifo(path, 0600);
}

static struct speaker *open_slow(void)
{
    struct speaker *speaker;
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", path, 1);
    int64_t begun_us = real_us();
    assert_int_equal(sound_open(&speaker), RC_OK);
    assert_true(real_us() - begun_us < 1000000);
    return speaker;
}

/* Lets it open after a while, and reads from it for another. */
static void hear_slow(struct speaker *speaker, int open_ms, int listen_ms)
{
    poll(NULL, 0, open_ms);
    int pipe = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(pipe >= 0);
    poll(NULL, 0, listen_ms);
    ssize_t got = read(pipe, heard, sizeof heard);
    heard_count = got > 0 ? (size_t)got / sizeof heard[0] : 0;
    speaker_close(speaker);
    close(pipe);
    trim();
}

static void a_tone_waits_a_moment_for_its_device_and_is_dropped_when_it_is_late(void **state)
{
    (void)state;
    struct speaker *speaker = open_slow();
    assert_int_equal(speaker_tone(speaker, 1000, 100), RC_OK);
    hear_slow(speaker, 100, 400);
    assert_in_range(heard_count, MIXER_RATE_HZ * 95 / 1000, MIXER_RATE_HZ / 10);
    speaker = open_slow();
    assert_int_equal(speaker_tone(speaker, 1000, 100), RC_OK);
    hear_slow(speaker, 600, 400);
    assert_int_equal(heard_count, 0);
}

static void a_sentence_waits_for_its_device(void **state)
{
    struct speaker *speaker = open_slow();
    (void)state;
    assert_int_equal(speaker_say(speaker, "Bonjour Zoé, tu es là.", "fr"), RC_OK);
    hear_slow(speaker, 900, 1000);
    assert_true(loudest() > 1500);
}

static void a_device_that_never_opens_is_none(void **state)
{
    struct speaker *speaker = open_slow();
    (void)state;
    assert_true(tone_until(speaker, RC_GONE) < 100000);
    hear_slow(speaker, 0, 200);
    assert_int_equal(heard_count, 0);
}

int main(void)
{
#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define WITH_PIPE(test) cmocka_unit_test_setup_teardown(test, set_up_pipe, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tones_are_queued_and_nobody_waits_for_them),
        cmocka_unit_test(tones_do_not_pile_up),
        cmocka_unit_test(a_machine_without_sound_says_so),
        WITH_FILE(a_tone_reaches_the_device_as_long_and_as_loud_as_asked),
        WITH_FILE(a_text_is_heard_and_hushed),
        cmocka_unit_test(a_language_without_a_voice_is_told),
        cmocka_unit_test(who_says_nothing_or_is_mute_loads_no_voice),
        WITH_FILE(a_device_with_nothing_to_play_is_shut_and_wakes_nobody),
        WITH_FILE(a_missing_device_is_told_once),
        cmocka_unit_test(what_is_played_is_no_silence),
        WITH_FILE(the_first_tone_after_silence_is_heard_whole),
        WITH_PIPE(a_tone_waits_a_moment_for_its_device_and_is_dropped_when_it_is_late),
        WITH_PIPE(a_sentence_waits_for_its_device),
        WITH_PIPE(a_device_that_never_opens_is_none),
        WITH_FILE(a_device_that_was_pulled_out_is_used_again_when_it_is_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
