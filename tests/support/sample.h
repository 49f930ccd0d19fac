/*
 * sample.h - how long something took, many times: what a benchmark prints beside its bar. One
 * thread. Ends the program when there is no memory.
 */
#ifndef TESTS_SUPPORT_SAMPLE_H
#define TESTS_SUPPORT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

struct sample {
    double *ms;
    size_t count, room;
    bool is_sorted;
};

/* A zeroed sample is an empty one. */
void sample_add(struct sample *sample, double ms);
void sample_close(struct sample *sample);

/* 0.5: the median; 0.99: one in a hundred is longer; 1: the longest. 0 of an empty sample. */
double sample_at(struct sample *sample, double part);

/*
 * A line: name, what, how many, p50, p95, p99, the longest, and whether the bars are met. 0: there
 * is no bar. Returns whether.
 */
bool sample_print(struct sample *sample, const char *name, const char *what, double bar_p50_ms,
                  double bar_p99_ms);

#endif
