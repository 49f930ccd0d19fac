#include "firmware/sim/stick_sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

enum state { RESTS, IS_TAKEN_UP, IS_TAKEN, IS_LET_GO };

struct stick_sim {
    struct stick stick;
    struct trace *trace;
    struct stick_info info; /* as it is known when it is plugged in */
    char folder[PATH_MAX];
    int64_t free_bytes;
    int64_t take_ms, let_go_ms;
    enum stick_trouble take_trouble;
    struct reason take_why, let_go_why; /* "": none */
    bool keeps_power;

    unsigned plugs;        /* so far */
    unsigned in, told;     /* which of them is in, and which the station knows of; 0: none */
    enum state state, was; /* `was`: before it was asked to let it go */
    int64_t due_ms;        /* of the answer; INT64_MAX: nothing was asked */
};

static bool is_asked(const struct stick_sim *sim)
{
    return sim->due_ms != INT64_MAX;
}

static bool has_news(const struct stick_sim *sim)
{
    return sim->told != sim->in;
}

/* --- what happens to it --- */

static void measure(const struct stick_sim_spec *spec, struct stick_sim *sim)
{
    struct statvfs space;
    bool is_known = statvfs(sim->folder, &space) == 0;
    sim->info.size_bytes = spec->size_bytes;
    sim->free_bytes = spec->free_bytes;
    if (!spec->size_bytes && is_known && spec->trouble != STICK_EMPTY)
        sim->info.size_bytes = (int64_t)space.f_blocks * (int64_t)space.f_frsize;
    if (!spec->free_bytes && is_known)
        sim->free_bytes = (int64_t)space.f_bavail * (int64_t)space.f_frsize;
}

static const char *file_system_of(const struct stick_sim_spec *spec)
{
    if (spec->file_system)
        return spec->file_system;
    return spec->trouble == STICK_BLANK || spec->trouble == STICK_EMPTY ? "" : "vfat";
}

enum rc stick_sim_plug(struct stick *stick, const struct stick_sim_spec *spec)
{
    struct stick_sim *sim = (struct stick_sim *)stick;
    if (sim->in)
        return RC_BUSY;
    if (spec->folder[0] != '/')
        return RC_BAD_INPUT;
    if (strlen(spec->folder) >= sizeof sim->folder)
        return RC_LIMIT;
    strcpy(sim->folder, spec->folder);
    sim->info = (struct stick_info){
        .free_bytes = -1, .is_read_only = spec->is_read_only, .trouble = spec->trouble};
    snprintf(sim->info.label, sizeof sim->info.label, "%s", spec->label ? spec->label : "");
    snprintf(sim->info.file_system, sizeof sim->info.file_system, "%s", file_system_of(spec));
    measure(spec, sim);
    sim->take_ms = spec->take_ms;
    sim->let_go_ms = spec->let_go_ms;
    sim->take_trouble = spec->take_trouble;
    reason_set(&sim->take_why, "%s", spec->take_why ? spec->take_why : "");
    reason_set(&sim->let_go_why, "%s", spec->let_go_why ? spec->let_go_why : "");
    sim->keeps_power = spec->keeps_power;
    sim->in = ++sim->plugs;
    sim->state = RESTS;
    trace_line(sim->trace, "stick plugged");
    return RC_OK;
}

void stick_sim_pull(struct stick *stick)
{
    struct stick_sim *sim = (struct stick_sim *)stick;
    if (!sim->in)
        return;
    sim->in = 0;
    sim->due_ms = INT64_MAX;
    trace_line(sim->trace, "stick pulled");
}

/* --- the port --- */

static enum rc ask(struct stick_sim *sim, const char *what, enum state state, int64_t due_ms)
{
    if (!sim->told || has_news(sim))
        return RC_NOT_FOUND;
    if (is_asked(sim))
        return RC_BUSY;
    trace_line(sim->trace, "stick %s", what);
    sim->was = sim->state;
    sim->state = state;
    sim->due_ms = due_ms;
    return RC_OK;
}

static enum rc take(struct stick *stick, int64_t now_ms)
{
    struct stick_sim *sim = (struct stick_sim *)stick;
    return ask(sim, "take", IS_TAKEN_UP, sim->state == IS_TAKEN ? now_ms : now_ms + sim->take_ms);
}

static enum rc let_go(struct stick *stick, int64_t now_ms)
{
    struct stick_sim *sim = (struct stick_sim *)stick;
    return ask(sim, "let go", IS_LET_GO, now_ms + sim->let_go_ms);
}

static void tell_taken(struct stick_sim *sim, struct stick_event *event)
{
    enum stick_trouble trouble = sim->info.trouble ? sim->info.trouble : sim->take_trouble;
    bool is_refused = trouble || sim->take_why.text[0];
    event->kind = is_refused ? STICK_REFUSED : STICK_TAKEN;
    event->info.trouble = trouble;
    sim->state = is_refused ? RESTS : IS_TAKEN;
    if (!is_refused) {
        event->info.free_bytes = sim->free_bytes;
        strcpy(event->path, sim->folder);
    } else if (sim->take_why.text[0])
        event->why = sim->take_why;
    else
        reason_set(&event->why, "the simulated stick is %s", stick_trouble_name(trouble));
}

static void tell_let_go(struct stick_sim *sim, struct stick_event *event)
{
    bool is_refused = sim->let_go_why.text[0] != 0;
    event->kind = is_refused ? STICK_REFUSED : STICK_LET_GO;
    event->info.trouble = STICK_USABLE;
    event->why = sim->let_go_why;
    sim->state = is_refused ? sim->was : RESTS;
    if (!is_refused && !sim->keeps_power)
        sim->in = 0;
}

static enum rc next(struct stick *stick, int64_t now_ms, struct stick_event *out_event)
{
    struct stick_sim *sim = (struct stick_sim *)stick;
    struct stick_event event = {.kind = STICK_PULLED, .info.free_bytes = -1};
    if (has_news(sim) && sim->told)
        sim->told = 0;
    else if (has_news(sim)) {
        event.kind = STICK_PLUGGED;
        event.info = sim->info;
        sim->told = sim->in;
    } else if (is_asked(sim) && now_ms >= sim->due_ms) {
        sim->due_ms = INT64_MAX;
        event.info = sim->info;
        if (sim->state == IS_TAKEN_UP)
            tell_taken(sim, &event);
        else
            tell_let_go(sim, &event);
    } else
        return RC_EMPTY;
    *out_event = event;
    return RC_OK;
}

static int fds(const struct stick *stick, struct pollfd *out_fds)
{
    (void)stick;
    (void)out_fds;
    return 0;
}

static int64_t due_ms(const struct stick *stick)
{
    const struct stick_sim *sim = (const struct stick_sim *)stick;
    return has_news(sim) ? 0 : sim->due_ms;
}

static void close_sim(struct stick *stick)
{
    free(stick);
}

enum rc stick_open_sim(struct trace *trace, struct stick **out_stick)
{
    static const struct stick_ops ops = {.take = take,
                                         .let_go = let_go,
                                         .next = next,
                                         .fds = fds,
                                         .due_ms = due_ms,
                                         .close = close_sim};
    struct stick_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    sim->stick.ops = &ops;
    sim->trace = trace;
    sim->due_ms = INT64_MAX;
    *out_stick = &sim->stick;
    return RC_OK;
}
