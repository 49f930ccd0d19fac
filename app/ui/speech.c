#include "app/ui/speech.h"

#include <espeak-ng/espeak_ng.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/base/thread.h"

#define AHEAD_SAMPLES (SPEECH_RATE_HZ / 4)
#define FADE_SAMPLES (SPEECH_RATE_HZ / 1000 * 8)
#define WORDS_PER_MINUTE 150 /* calm; the library's own is 175 */

struct speech {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t news; /* for the thread: a text, room for samples, the end */
    bool is_stopping;
    bool is_making;                    /* the thread has a text */
    bool has_no_voice[LANGUAGE_COUNT]; /* tried, and it failed */

    char text[SPEECH_TEXT_BYTES]; /* the next one; "": none */
    enum language language;
    unsigned turn; /* of the latest say or hush: samples made for an earlier one are dropped */

    int16_t samples[AHEAD_SAMPLES]; /* a ring */
    size_t first, count;
};

/* The library is one for the process and hands its samples to a function without a context. */
static pthread_mutex_t the_lock = PTHREAD_MUTEX_INITIALIZER;
static struct speech *the_speech;
static unsigned the_turn; /* the thread's: what it makes samples for */

/* --- samples --- */

/* What is left of the old text in the ring fades out, and the rest of it is forgotten. */
static void fade_out(struct speech *speech)
{
    if (speech->count > FADE_SAMPLES)
        speech->count = FADE_SAMPLES;
    for (size_t i = 0; i < speech->count; i++) {
        int16_t *sample = &speech->samples[(speech->first + i) % AHEAD_SAMPLES];
        *sample = (int16_t)(*sample * (int)(speech->count - i) / (int)(speech->count + 1));
    }
}

static size_t add_samples(struct speech *speech, const int16_t *samples, size_t count)
{
    size_t room = AHEAD_SAMPLES - speech->count;
    if (count > room)
        count = room;
    for (size_t i = 0; i < count; i++)
        speech->samples[(speech->first + speech->count + i) % AHEAD_SAMPLES] = samples[i];
    speech->count += count;
    return count;
}

/* The library calls it on the thread; 1 breaks off the text. It waits here while the ring is full.
 */
static int take_samples(short *samples, int count, espeak_EVENT *events)
{
    struct speech *speech = the_speech;
    size_t left = samples && count > 0 ? (size_t)count : 0;
    (void)events;
    pthread_mutex_lock(&speech->lock);
    while (left && speech->turn == the_turn && !speech->is_stopping) {
        size_t taken = add_samples(speech, samples, left);
        samples += taken;
        left -= taken;
        if (left)
            pthread_cond_wait(&speech->news, &speech->lock);
    }
    bool is_over = speech->turn != the_turn || speech->is_stopping;
    pthread_mutex_unlock(&speech->lock);
    return is_over;
}

size_t speech_read(struct speech *speech, int16_t *out_samples, size_t count)
{
    pthread_mutex_lock(&speech->lock);
    if (count > speech->count)
        count = speech->count;
    for (size_t i = 0; i < count; i++)
        out_samples[i] = speech->samples[(speech->first + i) % AHEAD_SAMPLES];
    speech->first = (speech->first + count) % AHEAD_SAMPLES;
    speech->count -= count;
    if (count)
        pthread_cond_signal(&speech->news);
    pthread_mutex_unlock(&speech->lock);
    return count;
}

/* --- the thread --- */

/*
 * espeak-ng looks for a sound device of its own (libpcaudio) even where it only returns samples:
 * libpulse would be asked, and start a server. This stands before the library's: there is none.
 */
struct audio_object *create_audio_device_object(const char *device, const char *application,
                                                const char *description);
struct audio_object *create_audio_device_object(const char *device, const char *application,
                                                const char *description)
{
    (void)device;
    (void)application;
    (void)description;
    return NULL;
}

/* Once in a process: the library cannot be ended and begun again (1.51 hangs in its end). */
static bool begin_library(void)
{
    static bool is_begun;
    espeak_ng_ERROR_CONTEXT context = NULL;
    if (is_begun)
        return true;
    is_begun = espeak_ng_Initialize(&context) == ENS_OK &&
               espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 0, NULL) == ENS_OK &&
               espeak_ng_GetSampleRate() == SPEECH_RATE_HZ;
    espeak_ng_ClearErrorContext(&context);
    espeak_SetSynthCallback(take_samples);
    return is_begun;
}

/* Belgian French counts with septante and nonante; files of the library come before its lists. */
static bool choose_voice(enum language language)
{
    static const char *const names[LANGUAGE_COUNT][2] = {
        [LANGUAGE_FR] = {"fr-be", "roa/fr"},
        [LANGUAGE_NL] = {"gmw/nl", "nl"},
        [LANGUAGE_EN] = {"gmw/en", "en-gb"},
    };
    return (espeak_ng_SetVoiceByName(names[language][0]) == ENS_OK ||
            espeak_ng_SetVoiceByName(names[language][1]) == ENS_OK) &&
           espeak_ng_SetParameter(espeakRATE, WORDS_PER_MINUTE, 0) == ENS_OK;
}

/* False: it is time to end. */
static bool wait_for_text(struct speech *speech, char *out_text, enum language *out_language)
{
    pthread_mutex_lock(&speech->lock);
    speech->is_making = false;
    while (!speech->text[0] && !speech->is_stopping)
        pthread_cond_wait(&speech->news, &speech->lock);
    strcpy(out_text, speech->text);
    *out_language = speech->language;
    speech->text[0] = 0;
    the_turn = speech->turn;
    speech->is_making = true;
    bool is_stopping = speech->is_stopping;
    pthread_mutex_unlock(&speech->lock);
    return !is_stopping;
}

static void give_up(struct speech *speech, enum language language, const char *what)
{
    log_warning("nothing can be read aloud in '%s': %s", language_code(language), what);
    pthread_mutex_lock(&speech->lock);
    speech->has_no_voice[language] = true;
    pthread_mutex_unlock(&speech->lock);
}

static void say(struct speech *speech, const char *text, enum language language)
{
    if (!choose_voice(language))
        give_up(speech, language, "espeak-ng has no voice for it; install espeak-ng-data again");
    else
        (void)!espeak_ng_Synthesize(text, strlen(text) + 1, 0, POS_CHARACTER, 0,
                                    espeakCHARS_UTF8 | espeakENDPAUSE, NULL, NULL);
}

static void *work(void *argument)
{
    struct speech *speech = argument;
    char text[SPEECH_TEXT_BYTES];
    enum language language;
    bool is_begun = begin_library();
    for (int i = 0; i < LANGUAGE_COUNT && !is_begun; i++)
        give_up(speech, (enum language)i, "espeak-ng did not start; install espeak-ng-data again");
    while (wait_for_text(speech, text, &language))
        if (is_begun)
            say(speech, text, language);
    return NULL;
}

/* --- opening and closing --- */

/* Only looks: loading is the thread's. */
static bool is_installed(void)
{
    const char *folder = NULL;
    char path[PATH_MAX];
    espeak_ng_InitializePath(NULL);
    espeak_Info(&folder);
    snprintf(path, sizeof path, "%s/phondata", folder ? folder : "");
    return access(path, R_OK) == 0;
}

static bool take_place(struct speech *speech)
{
    pthread_mutex_lock(&the_lock);
    bool is_free = !the_speech;
    if (is_free)
        the_speech = speech;
    pthread_mutex_unlock(&the_lock);
    return is_free;
}

static void leave_place(struct speech *speech)
{
    pthread_mutex_lock(&the_lock);
    the_speech = NULL;
    pthread_mutex_unlock(&the_lock);
    pthread_cond_destroy(&speech->news);
    pthread_mutex_destroy(&speech->lock);
    free(speech);
}

enum rc speech_open(struct speech **out_speech)
{
    struct speech *speech = calloc(1, sizeof *speech);
    if (!speech)
        return RC_NO_MEMORY;
    if (!take_place(speech)) {
        free(speech);
        return RC_BUSY;
    }
    pthread_mutex_init(&speech->lock, NULL);
    pthread_cond_init(&speech->news, NULL);
    /* The library does it anyhow, but on its thread, where others could be looking. */
    (void)!setlocale(LC_CTYPE, "C.UTF-8");
    enum rc rc = is_installed() ? thread_start(work, speech, &speech->thread) : RC_UNSUPPORTED;
    if (rc)
        leave_place(speech);
    else
        *out_speech = speech;
    return rc;
}

void speech_close(struct speech *speech)
{
    if (!speech)
        return;
    pthread_mutex_lock(&speech->lock);
    speech->is_stopping = true;
    pthread_cond_signal(&speech->news);
    pthread_mutex_unlock(&speech->lock);
    pthread_join(speech->thread, NULL);
    leave_place(speech);
}

/* --- what is asked of it --- */

/* "": nothing follows what ends. */
static void begin_turn(struct speech *speech, const char *text, enum language language)
{
    speech->turn++;
    fade_out(speech);
    strcpy(speech->text, text);
    speech->language = language;
    pthread_cond_signal(&speech->news);
}

enum rc speech_say(struct speech *speech, const char *text, enum language language)
{
    char prepared[SPEECH_TEXT_BYTES];
    if (!speech_prepare(text, language, prepared, sizeof prepared))
        return RC_BAD_INPUT;
    pthread_mutex_lock(&speech->lock);
    bool can_say = !speech->has_no_voice[language];
    if (can_say)
        begin_turn(speech, prepared, language);
    pthread_mutex_unlock(&speech->lock);
    return can_say ? RC_OK : RC_UNSUPPORTED;
}

void speech_hush(struct speech *speech)
{
    pthread_mutex_lock(&speech->lock);
    begin_turn(speech, "", LANGUAGE_FR);
    pthread_mutex_unlock(&speech->lock);
}

bool speech_is_saying(struct speech *speech)
{
    pthread_mutex_lock(&speech->lock);
    bool is_saying = speech->text[0] || speech->is_making || speech->count;
    pthread_mutex_unlock(&speech->lock);
    return is_saying;
}
