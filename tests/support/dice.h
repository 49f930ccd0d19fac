/*
 * dice.h - random numbers for property tests, the same again for the same seed.
 *
 * The seed is printed, and PERRON_SEED gives it back: a failure found at night can be looked at
 * in the morning.
 */
#ifndef TESTS_SUPPORT_DICE_H
#define TESTS_SUPPORT_DICE_H

#include <stdint.h>

struct dice {
    uint64_t state;
};

/* Seeds from PERRON_SEED or the clock, and prints "TEST: PERRON_SEED=...". */
struct dice dice_open(const char *test);

/* 0 to sides - 1. */
unsigned dice_roll(struct dice *dice, unsigned sides);

#endif
