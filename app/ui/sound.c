#include "app/ui/sound.h"

#include <SDL2/SDL.h>
#include <math.h>
#include <stdlib.h>

#define RATE_HZ 44100
#define FADE_MS 8
#define LOUDNESS 0.25
#define QUEUE_MOST_MS 5000

struct sound {
    struct speaker speaker;
    SDL_AudioDeviceID device;
};

static enum rc tone(struct speaker *speaker, int frequency_hz, int length_ms)
{
    struct sound *sound = (struct sound *)speaker;
    /* A device that was pulled out swallows nothing any more: don't pile tones up for it. */
    if (SDL_GetQueuedAudioSize(sound->device) > QUEUE_MOST_MS * (RATE_HZ / 1000) * sizeof(Sint16)) {
        SDL_ClearQueuedAudio(sound->device);
        return RC_GONE;
    }
    int count = RATE_HZ / 1000 * length_ms, fade = RATE_HZ / 1000 * FADE_MS;
    Sint16 *samples = malloc((size_t)count * sizeof *samples);
    if (!samples)
        return RC_NO_MEMORY;
    for (int i = 0; i < count; i++) {
        int edge = i < count - i ? i : count - i;
        double soft = edge < fade ? (double)edge / fade : 1;
        samples[i] = (Sint16)(32767 * LOUDNESS * soft * sin(2 * M_PI * frequency_hz * i / RATE_HZ));
    }
    int failed = SDL_QueueAudio(sound->device, samples, (Uint32)count * sizeof *samples);
    free(samples);
    return failed ? RC_IO : RC_OK;
}

static void close_sound(struct speaker *speaker)
{
    SDL_CloseAudioDevice(((struct sound *)speaker)->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(speaker);
}

enum rc sound_open(struct speaker **out_speaker)
{
    static const struct speaker_ops ops = {.tone = tone, .close = close_sound};
    SDL_AudioSpec wanted = {.freq = RATE_HZ, .format = AUDIO_S16SYS, .channels = 1, .samples = 512};
    if (SDL_InitSubSystem(SDL_INIT_AUDIO))
        return RC_UNSUPPORTED;
    struct sound *sound = calloc(1, sizeof *sound);
    SDL_AudioDeviceID device = sound ? SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0) : 0;
    if (!device) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        free(sound);
        return RC_UNSUPPORTED;
    }
    SDL_PauseAudioDevice(device, 0);
    sound->speaker.ops = &ops;
    sound->device = device;
    *out_speaker = &sound->speaker;
    return RC_OK;
}
