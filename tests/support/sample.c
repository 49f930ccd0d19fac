#include "tests/support/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sample_add(struct sample *sample, double ms)
{
    if (sample->count == sample->room) {
        size_t room = sample->room ? 2 * sample->room : 1024;
        double *more = realloc(sample->ms, room * sizeof more[0]);
        if (!more) {
            fprintf(stderr, "there is no memory for %zu figures\n", room);
            exit(1);
        }
        sample->ms = more;
        sample->room = room;
    }
    sample->ms[sample->count++] = ms;
    sample->is_sorted = false;
}

void sample_close(struct sample *sample)
{
    free(sample->ms);
    *sample = (struct sample){.ms = NULL};
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double sample_at(struct sample *sample, double part)
{
    if (!sample->count)
        return 0;
    if (!sample->is_sorted)
        qsort(sample->ms, sample->count, sizeof sample->ms[0], compare);
    sample->is_sorted = true;
    return sample->ms[(size_t)(part * (double)(sample->count - 1) + 0.5)];
}

bool sample_print(struct sample *sample, const char *name, const char *what, double bar_p50_ms,
                  double bar_p99_ms)
{
    char bars[96] = "";
    double p50 = sample_at(sample, 0.5), p99 = sample_at(sample, 0.99);
    bool is_met = (bar_p50_ms <= 0 || p50 <= bar_p50_ms) && (bar_p99_ms <= 0 || p99 <= bar_p99_ms);
    if (bar_p50_ms > 0)
        snprintf(bars, sizeof bars, "p50 <= %.0f, ", bar_p50_ms);
    if (bar_p99_ms > 0)
        snprintf(bars + strlen(bars), sizeof bars - strlen(bars), "p99 <= %.0f: %s", bar_p99_ms,
                 is_met ? "met" : "OVER");
    printf("%-4s %-44s n %5zu  p50 %7.2f  p95 %7.2f  p99 %7.2f  max %8.2f ms%s%s%s\n", name, what,
           sample->count, p50, sample_at(sample, 0.95), p99, sample_at(sample, 1),
           bars[0] ? "  (bar " : "", bars, bars[0] ? ")" : "");
    return is_met;
}
