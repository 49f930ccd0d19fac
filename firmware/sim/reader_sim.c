#include "firmware/sim/reader_sim.h"

#include <stdio.h>
#include <stdlib.h>

struct reader_sim {
    struct reader reader;
    struct reader_event waiting[READER_SIM_WAITING];
    unsigned first, count;
    bool is_plugged;
};

static enum rc put(struct reader_sim *sim, enum reader_event_kind kind, const char *text)
{
    if (sim->count == READER_SIM_WAITING)
        return RC_FULL;
    struct reader_event *event = &sim->waiting[(sim->first + sim->count++) % READER_SIM_WAITING];
    event->kind = kind;
    snprintf(event->text, sizeof event->text, "%s", text);
    return RC_OK;
}

static int no_fd(const struct reader *reader)
{
    (void)reader;
    return -1;
}

static int64_t due_ms(const struct reader *reader)
{
    return ((const struct reader_sim *)reader)->count ? 0 : INT64_MAX;
}

static enum rc next(struct reader *reader, int64_t now_ms, struct reader_event *out_event)
{
    struct reader_sim *sim = (struct reader_sim *)reader;
    (void)now_ms;
    if (!sim->count)
        return RC_EMPTY;
    *out_event = sim->waiting[sim->first];
    sim->first = (sim->first + 1) % READER_SIM_WAITING;
    sim->count--;
    return RC_OK;
}

static void close_sim(struct reader *reader)
{
    free(reader);
}

enum rc reader_open_sim(struct reader **out_reader)
{
    static const struct reader_ops ops = {
        .name = "sim", .fd = no_fd, .due_ms = due_ms, .next = next, .close = close_sim};
    struct reader_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    sim->reader.ops = &ops;
    *out_reader = &sim->reader;
    return reader_sim_plug(&sim->reader, true);
}

enum rc reader_sim_present(struct reader *reader, const char *text)
{
    struct reader_sim *sim = (struct reader_sim *)reader;
    return sim->is_plugged ? put(sim, READER_TAG, text) : RC_GONE;
}

enum rc reader_sim_remove(struct reader *reader)
{
    return put((struct reader_sim *)reader, READER_LEFT, "");
}

enum rc reader_sim_plug(struct reader *reader, bool is_plugged)
{
    struct reader_sim *sim = (struct reader_sim *)reader;
    if (sim->is_plugged == is_plugged)
        return RC_OK;
    sim->is_plugged = is_plugged;
    return is_plugged ? put(sim, READER_READY, "simulated reader")
                      : put(sim, READER_RESTING, "it was unplugged");
}
