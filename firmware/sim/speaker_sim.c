#include "firmware/sim/speaker_sim.h"

#include <stdlib.h>

struct speaker_sim {
    struct speaker speaker;
    struct trace *trace;
};

static enum rc tone(struct speaker *speaker, int frequency_hz, int length_ms)
{
    trace_line(((struct speaker_sim *)speaker)->trace, "tone %d %d", frequency_hz, length_ms);
    return RC_OK;
}

static void close_sim(struct speaker *speaker)
{
    free(speaker);
}

enum rc speaker_open_sim(struct trace *trace, struct speaker **out_speaker)
{
    static const struct speaker_ops ops = {.tone = tone, .close = close_sim};
    struct speaker_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    sim->speaker.ops = &ops;
    sim->trace = trace;
    *out_speaker = &sim->speaker;
    return RC_OK;
}
