/*
 * random.h - chance that can be had again: xorshift64* from a seed that is printed.
 */
#ifndef TESTS_SUPPORT_RANDOM_H
#define TESTS_SUPPORT_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state;
};

/* PERRON_SEED where it is set, else from the clock. */
uint64_t random_seed(void);

void random_init(struct random *random, uint64_t seed);

/* Begins with random_seed, and prints "TEST: PERRON_SEED=...". */
struct random random_for_test(const char *test);

/* 0 to below `limit`. */
unsigned random_below(struct random *random, unsigned limit);

#endif
