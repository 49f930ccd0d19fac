#include "app/domain/guess.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOUR_MS ((int64_t)3600000)
#define HALF_HOUR_MS (HOUR_MS / 2)

/* Nobody knows the person yet. */
#define USUAL_LENGTH_MS (3 * HOUR_MS)

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static int64_t median(const int64_t *lengths_ms, size_t count)
{
    int64_t sorted[GUESS_LENGTHS_MAX];
    if (count > GUESS_LENGTHS_MAX)
        count = GUESS_LENGTHS_MAX;
    if (count == 0)
        return USUAL_LENGTH_MS;
    memcpy(sorted, lengths_ms, count * sizeof sorted[0]);
    qsort(sorted, count, sizeof sorted[0], compare);
    return sorted[count / 2];
}

/* The last half hour of local time at or before it: zones differ by quarters of an hour. */
static int64_t half_hour_before(int64_t at_ms)
{
    time_t at = (time_t)(at_ms / 1000);
    struct tm local;
    localtime_r(&at, &local);
    return ((int64_t)at - local.tm_min % 30 * 60 - local.tm_sec) * 1000;
}

int guess_departures(const struct visit *visit, const int64_t *lengths_ms, size_t count,
                     int64_t *out_guess_ms)
{
    bool has_shift = visit->assumed_ms && visit->assumed_ms < visit->closes_ms;
    int64_t length_ms =
        has_shift ? visit->assumed_ms - visit->arrived_ms : median(lengths_ms, count);
    int64_t step_ms = length_ms >= 2 * HOUR_MS ? HOUR_MS : HALF_HOUR_MS;
    int64_t middle_ms = half_hour_before(visit->arrived_ms + length_ms + HALF_HOUR_MS / 2);
    int64_t first_ms = half_hour_before(visit->arrived_ms) + HALF_HOUR_MS;
    int64_t last_ms = half_hour_before(visit->closes_ms - 1);
    int64_t guess_ms[GUESS_COUNT];
    int kept = 0;

    for (int i = 0; i < GUESS_COUNT; i++) {
        int64_t wanted_ms = middle_ms + (i - 1) * step_ms;
        int64_t least_ms = i ? guess_ms[i - 1] + HALF_HOUR_MS : first_ms;
        guess_ms[i] = wanted_ms > least_ms ? wanted_ms : least_ms;
    }
    for (int i = GUESS_COUNT; i-- > 0; last_ms = guess_ms[i] - HALF_HOUR_MS)
        if (guess_ms[i] > last_ms)
            guess_ms[i] = last_ms;
    memset(out_guess_ms, 0, GUESS_COUNT * sizeof out_guess_ms[0]);
    for (int i = 0; i < GUESS_COUNT; i++)
        if (guess_ms[i] >= first_ms)
            out_guess_ms[kept++] = guess_ms[i];
    return kept;
}
