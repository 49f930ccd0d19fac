#include "app/retention.h"

#include <stdlib.h>

#include "app/station_i.h"
#include "app/store/welcome.h"
#include "firmware/base/log.h"

#define MINUTE_MS INT64_C(60000)

/* After a start people tap first. */
#define FIRST_MS (10 * MINUTE_MS)
#define AGAIN_MS (24 * 60 * MINUTE_MS)

struct forgetting {
    struct job job;
    struct clock_reading now;
    int forgotten;
    enum rc rc;
    struct reason reason;
};

/* In a house without a guide, or whose guide keeps everybody, nobody is. */
static void run(struct job *job, struct journal *journal)
{
    struct forgetting *forgetting = (struct forgetting *)job;
    const struct guide *guide = journal_guide(journal);
    const struct office office = {.now = forgetting->now};
    if (guide && guide->forget_days > 0)
        forgetting->rc = welcome_forget(journal, &office, guide->forget_days,
                                        &forgetting->forgotten, &forgetting->reason);
}

static void done(struct job *job, void *context)
{
    struct forgetting *forgetting = (struct forgetting *)job;
    struct station *station = context;
    station->tasks--;
    if (forgetting->rc)
        log_warning("newcomers who never came back are not forgotten yet: %s",
                    forgetting->reason.text);
    else if (forgetting->forgotten)
        log_info("%d newcomers who never came back are forgotten", forgetting->forgotten);
    if (forgetting->forgotten == WELCOME_FORGET_MAX) /* there may be more */
        station->forget_ms = clock_mono_ms(station->clock) + MINUTE_MS;
    free(forgetting);
}

static void submit(struct station *station)
{
    struct forgetting *forgetting = calloc(1, sizeof *forgetting);
    if (!forgetting)
        return;
    forgetting->job.run = run;
    forgetting->job.done = done;
    clock_read(station->clock, &forgetting->now);
    if (writer_submit(station->writer, &forgetting->job))
        free(forgetting);
    else
        station->tasks++;
}

/* What is on the screen doesn't matter: nobody waits for the writer. */
static bool has_time(const struct station *station)
{
    return station->tasks == 0 && taps_is_idle(station->taps) && secrets_is_idle(station->secrets);
}

void retention_look(struct station *station)
{
    int64_t now_ms = clock_mono_ms(station->clock);
    if (!station->forget_ms)
        station->forget_ms = now_ms + FIRST_MS;
    if (now_ms < station->forget_ms || !has_time(station))
        return;
    station->forget_ms = now_ms + AGAIN_MS;
    submit(station);
}
