/*
 * boot_start.h - what a station does with its boot partition when it starts, in a house of tests
 * and without the station. What should work and doesn't ends the program. One thread.
 */
#ifndef TESTS_SUPPORT_BOOT_START_H
#define TESTS_SUPPORT_BOOT_START_H

#include <stdbool.h>

#include "app/boot_files.h"
#include "tests/support/house.h"
#include "tests/support/loose_stick.h"

#define BOOT_START_PEOPLE "first_name;last_name;number\n"

extern struct boot_start {
    struct loose_stick card;
    struct boot_news news; /* of the last start */
} boot_start;

/* As cmocka's set-up and tear-down: *state is the house. */
int boot_start_set_up(void **state);
int boot_start_tear_down(void **state);

/* One start: a venue, then the lists one by one. The register holds afterwards. */
void boot_start_once(struct house *house);

/* Was that told? Where not, prints what was. */
bool boot_start_is_told(const char *file, int line, const char *words);

/* How many people have that first name. */
int64_t boot_start_called(struct house *house, const char *first_name);

/* Is there that text in a file of the data folder? And such a file, by whoever changes it there. */
bool boot_start_has(const struct house *house, const char *name, const char *words);
void boot_start_write(const struct house *house, const char *name, const char *text);

#endif
