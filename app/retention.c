#include "app/retention.h"

#include <stdlib.h>

#include "app/station_i.h"
#include "app/store/forget.h"
#include "app/store/welcome.h"
#include "firmware/base/log.h"

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* In a house without a guide, or whose guide keeps everybody, nobody is. */
static enum rc forget_newcomers(struct journal *journal, const struct office *office,
                                const struct privacy *privacy, int *out_count,
                                struct reason *out_reason)
{
    const struct guide *guide = journal_guide(journal);
    (void)privacy;
    if (guide && guide->forget_days > 0)
        return welcome_forget(journal, office, guide->forget_days, out_count, out_reason);
    *out_count = 0;
    return RC_OK;
}

/* After a start people tap first; whoever was only counted goes soon after their day is over. */
static const struct {
    enum rc (*act)(struct journal *journal, const struct office *office,
                   const struct privacy *privacy, int *out_count, struct reason *out_reason);
    int part; /* so many at a time: there may be more */
    int64_t first_ms, more_ms, again_ms;
    const char *failed, *done; /* %d: how many */
} duties[RETENTION_DUTIES] = {
    {forget_newcomers, WELCOME_FORGET_MAX, 10 * MINUTE_MS, MINUTE_MS, DAY_MS,
     "newcomers who never came back are not forgotten yet",
     "%d newcomers who never came back are forgotten"},
    {forget_who_was_counted, FORGET_PART, 11 * MINUTE_MS, 10 * SECOND_MS, HOUR_MS,
     "visits that are only counted still say whose they were",
     "visits that are only counted became sums, of %d people"},
    {forget_old_visits, FORGET_PART, 12 * MINUTE_MS, 10 * SECOND_MS, DAY_MS,
     "visits of long ago are not sums yet", "visits of long ago became sums, of %d people"},
    {forget_guest_names, FORGET_PART, 13 * MINUTE_MS, 10 * SECOND_MS, DAY_MS,
     "names of guests of long ago are still known",
     "names of guests of long ago are forgotten, of %d people"},
};

struct forgetting {
    struct job job;
    int duty;
    struct clock_reading now;
    struct privacy privacy;
    int count;
    enum rc rc;
    struct reason reason;
};

static void run(struct job *job, struct journal *journal)
{
    struct forgetting *forgetting = (struct forgetting *)job;
    const struct office office = {.now = forgetting->now};
    forgetting->rc = duties[forgetting->duty].act(journal, &office, &forgetting->privacy,
                                                  &forgetting->count, &forgetting->reason);
}

/* Once, when no part is left. */
static void tell_sum(int duty, int *count)
{
    if (*count)
        log_info(duties[duty].done, *count);
    *count = 0;
}

static void done(struct job *job, void *context)
{
    struct forgetting *forgetting = (struct forgetting *)job;
    struct station *station = context;
    int duty = forgetting->duty;
    station->tasks--;
    if (forgetting->rc)
        log_warning("%s: %s", duties[duty].failed, forgetting->reason.text);
    else
        station->retention_count[duty] += forgetting->count;
    if (!forgetting->rc && forgetting->count == duties[duty].part)
        station->retention_ms[duty] = clock_mono_ms(station->clock) + duties[duty].more_ms;
    else
        tell_sum(duty, &station->retention_count[duty]);
    free(forgetting);
}

static void submit(struct station *station, int duty)
{
    struct forgetting *forgetting = calloc(1, sizeof *forgetting);
    if (!forgetting)
        return;
    forgetting->job.run = run;
    forgetting->job.done = done;
    forgetting->duty = duty;
    if (station->has_venue) /* else nobody knows what the house wants to keep: all of it */
        forgetting->privacy = station->venue.privacy;
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
    for (int duty = 0; duty < RETENTION_DUTIES; duty++) {
        int64_t *when_ms = &station->retention_ms[duty];
        if (!*when_ms)
            *when_ms = now_ms + duties[duty].first_ms;
        if (now_ms < *when_ms || !has_time(station))
            continue;
        *when_ms = now_ms + duties[duty].again_ms;
        submit(station, duty);
    }
}
