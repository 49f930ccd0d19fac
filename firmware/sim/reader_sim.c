#include "firmware/sim/reader_sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader_sim {
    struct reader reader;
    struct reader_event waiting[READER_SIM_WAITING];
    int first, count;
    bool is_plugged;
    bool is_tag_in;
};

static bool has_room(const struct reader_sim *sim, int events)
{
    return sim->count + events <= READER_SIM_WAITING;
}

static void put(struct reader_sim *sim, enum reader_event_kind kind, const char *text)
{
    struct reader_event *event = &sim->waiting[(sim->first + sim->count++) % READER_SIM_WAITING];
    event->kind = kind;
    snprintf(event->text, sizeof event->text, "%s", text);
}

static void put_left(struct reader_sim *sim)
{
    if (sim->is_tag_in)
        put(sim, READER_LEFT, "");
    sim->is_tag_in = false;
}

static bool is_badge(const char *text)
{
    static const struct {
        const char *kind, *characters;
    } rows[] = {
        {"uid:", "0123456789ABCDEF"},
        {"ean:", "0123456789"},
        {"num:", "0123456789"},
    };
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strncmp(text, rows[i].kind, 4) == 0)
            return length > 4 && length <= READER_BADGE_TEXT &&
                   strspn(text + 4, rows[i].characters) == length - 4;
    return false;
}

/* --- what happens to it --- */

enum rc reader_sim_present(struct reader *reader, const char *text)
{
    struct reader_sim *sim = (struct reader_sim *)reader;
    if (!is_badge(text))
        return RC_BAD_INPUT;
    if (!sim->is_plugged)
        return RC_GONE;
    /* Room is kept for this badge's leaving and for the cable. */
    if (!has_room(sim, 4))
        return RC_FULL;
    put_left(sim);
    put(sim, READER_TAG, text);
    sim->is_tag_in = true;
    return RC_OK;
}

enum rc reader_sim_remove(struct reader *reader)
{
    struct reader_sim *sim = (struct reader_sim *)reader;
    if (!has_room(sim, 1))
        return RC_FULL;
    put_left(sim);
    return RC_OK;
}

enum rc reader_sim_plug(struct reader *reader, bool is_plugged)
{
    struct reader_sim *sim = (struct reader_sim *)reader;
    if (sim->is_plugged == is_plugged)
        return RC_OK;
    if (!has_room(sim, 2))
        return RC_FULL;
    sim->is_plugged = is_plugged;
    put_left(sim);
    put(sim, is_plugged ? READER_READY : READER_RESTING,
        is_plugged ? "simulated reader" : "The simulated reader is unplugged.");
    return RC_OK;
}

/* --- the port --- */

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
