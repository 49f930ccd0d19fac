/*
 * figures.h - all that reports say of a house, as one text, to see whether it stays the same.
 * Names of people are in none of it. What should work and doesn't ends the test (house.h).
 */
#ifndef TESTS_SUPPORT_FIGURES_H
#define TESTS_SUPPORT_FIGURES_H

#include "tests/support/house.h"

#define FIGURES_BYTES 65536

/*
 * By circle, organisation, month and kind, and the house in figures: of all days and of the months
 * from 202609 to 202612; and the sums alone by person, shift and mission. `now_ms` as reports have
 * it.
 */
void figures_write(struct house *house, int64_t now_ms, char out_text[FIGURES_BYTES]);

#endif
