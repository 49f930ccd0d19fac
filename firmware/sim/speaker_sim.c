#include "firmware/sim/speaker_sim.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct speaker_sim {
    struct speaker speaker;
    struct trace *trace;
    int volume_percent;
    bool is_saying; /* until it is hushed: nobody knows how long a text takes */
};

static enum rc tone(struct speaker *speaker, int frequency_hz, int length_ms)
{
    trace_line(((struct speaker_sim *)speaker)->trace, "tone %d %d", frequency_hz, length_ms);
    return RC_OK;
}

static enum rc set_volume(struct speaker *speaker, int percent)
{
    struct speaker_sim *sim = (struct speaker_sim *)speaker;
    if (percent != sim->volume_percent)
        trace_line(sim->trace, "volume %d", percent);
    sim->volume_percent = percent;
    return RC_OK;
}

/* A trace has one line for each effect, whatever lines the text has. */
static enum rc say(struct speaker *speaker, const char *text, const char *language_code)
{
    struct speaker_sim *sim = (struct speaker_sim *)speaker;
    char line[256];
    snprintf(line, sizeof line, "%s", text);
    for (char *c = line; (c = strpbrk(c, "\r\n")); c++)
        *c = ' ';
    trace_line(sim->trace, "say %s: %s", language_code, line);
    sim->is_saying = true;
    return RC_OK;
}

static void hush(struct speaker *speaker)
{
    struct speaker_sim *sim = (struct speaker_sim *)speaker;
    if (sim->is_saying)
        trace_line(sim->trace, "hush");
    sim->is_saying = false;
}

static void close_sim(struct speaker *speaker)
{
    free(speaker);
}

enum rc speaker_open_sim(struct trace *trace, struct speaker **out_speaker)
{
    static const struct speaker_ops ops = {
        .tone = tone, .set_volume = set_volume, .say = say, .hush = hush, .close = close_sim};
    struct speaker_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    sim->speaker.ops = &ops;
    sim->trace = trace;
    sim->volume_percent = SPEAKER_VOLUME_DEFAULT;
    *out_speaker = &sim->speaker;
    return RC_OK;
}
