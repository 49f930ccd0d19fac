#include "firmware/sim/watchdog_sim.h"

#include <stdlib.h>

struct watchdog_sim {
    struct watchdog watchdog;
    struct trace *trace;
    enum rc answer;
};

static enum rc tell(struct watchdog *watchdog, enum watchdog_word word)
{
    struct watchdog_sim *sim = (struct watchdog_sim *)watchdog;
    if (!sim->answer)
        trace_line(sim->trace, "watchdog %s", watchdog_word_name(word));
    return sim->answer;
}

static void close_sim(struct watchdog *watchdog)
{
    free(watchdog);
}

enum rc watchdog_open_sim(int64_t patience_ms, struct trace *trace, struct watchdog **out_watchdog)
{
    static const struct watchdog_ops ops = {.tell = tell, .close = close_sim};
    struct watchdog_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    watchdog_init(&sim->watchdog, &ops, patience_ms);
    sim->trace = trace;
    *out_watchdog = &sim->watchdog;
    return RC_OK;
}

void watchdog_sim_set_answer(struct watchdog *watchdog, enum rc rc)
{
    ((struct watchdog_sim *)watchdog)->answer = rc;
}
