#include "app/ui/sound.h"

#include <SDL2/SDL.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "app/ui/mixer.h"
#include "app/ui/speech.h"
#include "firmware/base/log.h"
#include "firmware/base/thread.h"

_Static_assert(SPEECH_RATE_HZ == MIXER_RATE_HZ, "the voice is not resampled");

#define BUFFER_SAMPLES 512 /* 23 ms: what a tone waits for an open device at most */
#define HUNG_MS 2000       /* a device that took nothing for so long is as good as gone */
#define LATE_MS 300        /* a tone that is heard later than this tells nobody anything */

enum device_state {
    DEVICE_SHUT,    /* nothing is to be heard */
    DEVICE_WANTED,  /* the keeper opens it */
    DEVICE_PLAYING, /* as far as we know */
    DEVICE_GONE,    /* there was none when we looked */
};

struct sound {
    struct speaker speaker;
    int volume_percent;

    pthread_t keeper;
    SDL_AudioDeviceID device; /* the keeper's; 0: none */
    bool is_told;             /* the keeper's: that there is no device */

    pthread_mutex_t lock; /* what follows is the loop's, the keeper's and the device's thread's */
    pthread_cond_t news;  /* for the keeper: something is asked for, or the end */
    bool is_stopping;
    enum device_state state;
    int64_t wanted_ms; /* since when the keeper is to open one, or was */
    int64_t taken_ms;  /* when the device took samples last */
    int64_t heard_ms;  /* when something was to be heard last */
    struct mixer mixer;
    struct speech *speech; /* NULL: nothing was said yet */
};

static int64_t mono_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- the device's thread --- */

static void mix(struct sound *sound, int16_t *samples, size_t left)
{
    int16_t voice[BUFFER_SAMPLES];
    while (left) {
        size_t count = left < BUFFER_SAMPLES ? left : BUFFER_SAMPLES;
        size_t spoken = sound->speech ? speech_read(sound->speech, voice, count) : 0;
        mixer_mix(&sound->mixer, voice, spoken, samples, count);
        samples += count;
        left -= count;
    }
}

/* SDL calls it also while a lost device is not closed yet: that one gets nothing. */
static void give_samples(void *context, Uint8 *out_bytes, int byte_count)
{
    struct sound *sound = context;
    pthread_mutex_lock(&sound->lock);
    sound->taken_ms = mono_ms();
    if (mixer_is_busy(&sound->mixer) || (sound->speech && speech_is_saying(sound->speech)))
        sound->heard_ms = sound->taken_ms;
    if (sound->state == DEVICE_PLAYING)
        mix(sound, (int16_t *)(void *)out_bytes, (size_t)byte_count / sizeof(int16_t));
    else
        SDL_memset(out_bytes, 0, (size_t)byte_count);
    pthread_mutex_unlock(&sound->lock);
}

/* --- the keeper: the only one who meets SDL's devices, and who waits for them --- */

/* Opens only where one is listed: ALSA fills the log of a machine that has none. */
static SDL_AudioDeviceID ask_for_device(struct sound *sound)
{
    SDL_AudioSpec wanted = {.freq = MIXER_RATE_HZ,
                            .format = AUDIO_S16SYS,
                            .channels = 1,
                            .samples = BUFFER_SAMPLES,
                            .callback = give_samples,
                            .userdata = sound};
    if (!SDL_GetCurrentAudioDriver() && SDL_AudioInit(NULL))
        return 0;
    if (SDL_GetNumAudioDevices(0) == 0) /* -1: there are some, and nobody can count them */
        return 0;
    return SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
}

/* With its driver: a paused device is fed with silence, and ALSA looks for plugs all the time. */
static void close_device(struct sound *sound)
{
    if (sound->device)
        SDL_CloseAudioDevice(sound->device);
    sound->device = 0;
    SDL_AudioQuit();
}

static void tell(struct sound *sound, bool has_device)
{
    if (has_device && sound->is_told)
        log_info("there is a sound device again");
    else if (!has_device && !sound->is_told)
        log_warning("there is no sound device; plug one in, it is found by itself");
    sound->is_told = !has_device;
}

/* The lock is held, and let go of while SDL is asked: it has locks of its own. */
static void shut_device(struct sound *sound, enum device_state state)
{
    sound->state = state;
    if (state == DEVICE_GONE) {
        mixer_clear(&sound->mixer);
        if (sound->speech)
            speech_hush(sound->speech);
    }
    pthread_mutex_unlock(&sound->lock);
    close_device(sound);
    if (state == DEVICE_GONE)
        tell(sound, false);
    pthread_mutex_lock(&sound->lock);
}

static void open_device(struct sound *sound)
{
    pthread_mutex_unlock(&sound->lock);
    sound->device = ask_for_device(sound);
    pthread_mutex_lock(&sound->lock);
    if (!sound->device) {
        shut_device(sound, DEVICE_GONE);
        return;
    }
    sound->state = DEVICE_PLAYING;
    sound->taken_ms = sound->heard_ms = mono_ms();
    mixer_begin(&sound->mixer, sound->taken_ms - LATE_MS);
    pthread_mutex_unlock(&sound->lock);
    tell(sound, true);
    SDL_PauseAudioDevice(sound->device, 0);
    pthread_mutex_lock(&sound->lock);
}

static bool is_lost(struct sound *sound)
{
    pthread_mutex_unlock(&sound->lock);
    SDL_AudioStatus status = SDL_GetAudioDeviceStatus(sound->device);
    pthread_mutex_lock(&sound->lock);
    return status != SDL_AUDIO_PLAYING || mono_ms() >= sound->taken_ms + HUNG_MS;
}

static bool may_look(const struct sound *sound)
{
    return mono_ms() >= sound->wanted_ms + SOUND_RETRY_MS;
}

static void replace_device(struct sound *sound)
{
    bool is_wanted = may_look(sound);
    if (is_wanted)
        sound->wanted_ms = mono_ms();
    shut_device(sound, is_wanted ? DEVICE_WANTED : DEVICE_GONE);
}

static void wait_for_news(struct sound *sound)
{
    int64_t until_ms = sound->heard_ms + SOUND_QUIET_MS;
    struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};
    if (sound->state == DEVICE_PLAYING)
        pthread_cond_timedwait(&sound->news, &sound->lock, &until);
    else
        pthread_cond_wait(&sound->news, &sound->lock);
}

static void *keep_device(void *argument)
{
    struct sound *sound = argument;
    pthread_mutex_lock(&sound->lock);
    while (!sound->is_stopping) {
        bool is_playing = sound->state == DEVICE_PLAYING;
        if (sound->state == DEVICE_WANTED)
            open_device(sound);
        else if (is_playing && mono_ms() >= sound->heard_ms + SOUND_QUIET_MS)
            shut_device(sound, DEVICE_SHUT);
        else if (is_playing && is_lost(sound))
            replace_device(sound);
        else
            wait_for_news(sound);
    }
    shut_device(sound, DEVICE_SHUT);
    pthread_mutex_unlock(&sound->lock);
    return NULL;
}

/* --- what is asked of it --- */

/* RC_GONE: there is no device now, or it takes for ever. The lock is held. */
static enum rc call_for_device(struct sound *sound)
{
    int64_t now_ms = mono_ms();
    if (sound->state == DEVICE_GONE && !may_look(sound))
        return RC_GONE;
    if (sound->state == DEVICE_WANTED && now_ms >= sound->wanted_ms + HUNG_MS)
        return RC_GONE;
    if (sound->state == DEVICE_SHUT || sound->state == DEVICE_GONE) {
        sound->state = DEVICE_WANTED;
        sound->wanted_ms = now_ms;
    }
    sound->heard_ms = now_ms;
    pthread_cond_signal(&sound->news);
    return RC_OK;
}

static enum rc tone(struct speaker *speaker, int frequency_hz, int length_ms)
{
    struct sound *sound = (struct sound *)speaker;
    if (sound->volume_percent == 0) /* who is mute opens no device */
        return RC_OK;
    pthread_mutex_lock(&sound->lock);
    enum rc rc = call_for_device(sound);
    if (!rc)
        rc = mixer_add_tone(&sound->mixer, frequency_hz, length_ms, mono_ms());
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
    if (sound->volume_percent == 0) /* nor loads a voice */
        return RC_OK;
    pthread_mutex_lock(&sound->lock);
    enum rc rc = call_for_device(sound);
    pthread_mutex_unlock(&sound->lock);
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

static void free_sound(struct sound *sound)
{
    speech_close(sound->speech);
    pthread_cond_destroy(&sound->news);
    pthread_mutex_destroy(&sound->lock);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(sound);
}

static void close_sound(struct speaker *speaker)
{
    struct sound *sound = (struct sound *)speaker;
    pthread_mutex_lock(&sound->lock);
    sound->is_stopping = true;
    pthread_cond_signal(&sound->news);
    pthread_mutex_unlock(&sound->lock);
    pthread_join(sound->keeper, NULL);
    free_sound(sound);
}

/* The first device is looked for at once: whoever sets a station up reads that there is none. */
static void init_sound(struct sound *sound)
{
    sound->volume_percent = SPEAKER_VOLUME_DEFAULT;
    sound->state = DEVICE_WANTED;
    sound->wanted_ms = mono_ms();
    mixer_init(&sound->mixer, SPEAKER_VOLUME_DEFAULT);
    pthread_mutex_init(&sound->lock, NULL);
    thread_init_condition(&sound->news);
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
    SDL_EventState(SDL_AUDIODEVICEADDED, SDL_IGNORE); /* of each opening; nobody reads them */
    sound->speaker.ops = &ops;
    init_sound(sound);
    enum rc rc = thread_start(keep_device, sound, &sound->keeper);
    if (rc)
        free_sound(sound);
    else
        *out_speaker = &sound->speaker;
    return rc;
}
