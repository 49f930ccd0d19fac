#include "app/ui/sound.h"

#include <SDL2/SDL.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "app/ui/mixer.h"
#include "app/ui/speech.h"
#include "firmware/base/log.h"

_Static_assert(SPEECH_RATE_HZ == MIXER_RATE_HZ, "the voice is not resampled");

#define BUFFER_SAMPLES                                                                             \
    512              /* 23 ms: what a tone waits at most, and how often the device wakes us        \
                      */
#define HUNG_MS 2000 /* a device that took nothing for so long is as good as gone */

struct sound {
    struct speaker speaker;
    int volume_percent;
    bool is_told; /* that there is no device */

    SDL_AudioDeviceID device; /* 0: none */
    bool is_opening;          /* the opener has `device`, until is_opened */
    pthread_t opener;
    atomic_bool is_opened;
    Uint64 retry_ms;

    pthread_mutex_t lock; /* what follows is the device's thread's, too */
    struct mixer mixer;
    struct speech *speech; /* NULL: nothing was said yet */
    Uint64 taken_ms;       /* when the device took samples last */
};

/* --- the device --- */

/* SDL calls it on the device's thread, also while a lost device is not closed yet. */
static void give_samples(void *context, Uint8 *out_bytes, int byte_count)
{
    struct sound *sound = context;
    int16_t voice[BUFFER_SAMPLES];
    int16_t *samples = (int16_t *)(void *)out_bytes;
    size_t left = (size_t)byte_count / sizeof *samples;
    pthread_mutex_lock(&sound->lock);
    sound->taken_ms = SDL_GetTicks64();
    while (left) {
        size_t count = left < BUFFER_SAMPLES ? left : BUFFER_SAMPLES;
        size_t spoken = sound->speech ? speech_read(sound->speech, voice, count) : 0;
        mixer_mix(&sound->mixer, voice, spoken, samples, count);
        samples += count;
        left -= count;
    }
    pthread_mutex_unlock(&sound->lock);
}

/* Asks only where one is listed: ALSA fills the log of a machine that has none. */
static void open_device(struct sound *sound)
{
    SDL_AudioSpec wanted = {.freq = MIXER_RATE_HZ,
                            .format = AUDIO_S16SYS,
                            .channels = 1,
                            .samples = BUFFER_SAMPLES,
                            .callback = give_samples,
                            .userdata = sound};
    sound->device = 0;
    if (SDL_GetNumAudioDevices(0) != 0) /* -1: there are some, and nobody can count them */
        sound->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (sound->device)
        SDL_PauseAudioDevice(sound->device, 0);
}

/* Closing one waits for its last samples, opening one for the system: neither is for the loop. */
static void *open_again(void *argument)
{
    struct sound *sound = argument;
    if (sound->device)
        SDL_CloseAudioDevice(sound->device);
    open_device(sound);
    atomic_store(&sound->is_opened, true);
    return NULL;
}

static void begin_opening(struct sound *sound)
{
    sigset_t all, before;
    atomic_store(&sound->is_opened, false);
    sound->retry_ms = SDL_GetTicks64() + SOUND_RETRY_MS;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    sound->is_opening = pthread_create(&sound->opener, NULL, open_again, sound) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool is_alive(struct sound *sound)
{
    if (!sound->device || SDL_GetAudioDeviceStatus(sound->device) != SDL_AUDIO_PLAYING)
        return false;
    pthread_mutex_lock(&sound->lock);
    bool is_taking = SDL_GetTicks64() < sound->taken_ms + HUNG_MS;
    pthread_mutex_unlock(&sound->lock);
    return is_taking;
}

static void tell(struct sound *sound, bool has_device)
{
    if (has_device && sound->is_told)
        log_info("there is a sound device again");
    else if (!has_device && !sound->is_told)
        log_warning("there is no sound device; plug one in, it is found by itself");
    sound->is_told = !has_device;
}

static void take_over_from_opener(struct sound *sound)
{
    pthread_join(sound->opener, NULL);
    sound->is_opening = false;
    pthread_mutex_lock(&sound->lock);
    mixer_clear(&sound->mixer); /* what was meant for the old one is late by now, */
    sound->taken_ms = SDL_GetTicks64();
    pthread_mutex_unlock(&sound->lock);
    if (sound->speech)
        speech_hush(sound->speech); /* and the rest of a sentence is no help */
    if (sound->device)
        tell(sound, true);
}

/* RC_GONE: there is no device now; where it is time, one is being looked for. Never waits. */
static enum rc find_device(struct sound *sound)
{
    if (sound->is_opening && !atomic_load(&sound->is_opened))
        return RC_GONE;
    if (sound->is_opening)
        take_over_from_opener(sound);
    if (is_alive(sound))
        return RC_OK;
    tell(sound, false);
    if (SDL_GetTicks64() >= sound->retry_ms)
        begin_opening(sound);
    return RC_GONE;
}

/* --- what is asked of it --- */

static enum rc tone(struct speaker *speaker, int frequency_hz, int length_ms)
{
    struct sound *sound = (struct sound *)speaker;
    enum rc rc = find_device(sound);
    if (rc)
        return rc;
    pthread_mutex_lock(&sound->lock);
    rc = mixer_add_tone(&sound->mixer, frequency_hz, length_ms);
    if (rc) /* better the next one in time than all of them late */
        mixer_clear(&sound->mixer);
    pthread_mutex_unlock(&sound->lock);
    return rc;
}

static enum rc set_volume(struct speaker *speaker, int percent)
{
    struct sound *sound = (struct sound *)speaker;
    sound->volume_percent = percent;
    pthread_mutex_lock(&sound->lock);
    mixer_set_volume(&sound->mixer, percent);
    pthread_mutex_unlock(&sound->lock);
    return RC_OK;
}

static enum rc find_voice(struct sound *sound)
{
    struct speech *speech;
    if (sound->speech)
        return RC_OK;
    enum rc rc = speech_open(&speech);
    if (rc)
        return rc;
    pthread_mutex_lock(&sound->lock);
    sound->speech = speech;
    pthread_mutex_unlock(&sound->lock);
    return RC_OK;
}

static enum rc say(struct speaker *speaker, const char *text, const char *language_code)
{
    struct sound *sound = (struct sound *)speaker;
    enum language language;
    if (language_parse(language_code, &language))
        return RC_UNSUPPORTED;
    if (sound->volume_percent == 0) /* who is mute loads no voice */
        return RC_OK;
    enum rc rc = find_device(sound);
    if (!rc)
        rc = find_voice(sound);
    return rc ? rc : speech_say(sound->speech, text, language);
}

static void hush(struct speaker *speaker)
{
    struct sound *sound = (struct sound *)speaker;
    if (sound->speech)
        speech_hush(sound->speech);
}

/* --- opening and closing --- */

static void close_sound(struct speaker *speaker)
{
    struct sound *sound = (struct sound *)speaker;
    if (sound->is_opening)
        pthread_join(sound->opener, NULL);
    if (sound->device)
        SDL_CloseAudioDevice(sound->device);
    speech_close(sound->speech);
    pthread_mutex_destroy(&sound->lock);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(sound);
}

enum rc sound_open(struct speaker **out_speaker)
{
    static const struct speaker_ops ops = {
        .tone = tone, .set_volume = set_volume, .say = say, .hush = hush, .close = close_sound};
    struct sound *sound = calloc(1, sizeof *sound);
    if (!sound)
        return RC_NO_MEMORY;
    if (SDL_InitSubSystem(SDL_INIT_AUDIO)) {
        free(sound);
        return RC_UNSUPPORTED;
    }
    sound->speaker.ops = &ops;
    sound->volume_percent = SPEAKER_VOLUME_DEFAULT;
    sound->taken_ms = SDL_GetTicks64();
    mixer_init(&sound->mixer, SPEAKER_VOLUME_DEFAULT);
    pthread_mutex_init(&sound->lock, NULL);
    open_device(sound);
    *out_speaker = &sound->speaker;
    return RC_OK;
}
