/*
 * bare.h - a guest without a system, to try this library on: a processor that stands still, or one
 * that runs a few instructions, sends back what the console says and knows two characters. '!'
 * lights line 5, 'Q' switches the machine off.
 *
 * What should work and doesn't ends the program with a sentence (abort). One thread, one at a time.
 */
#ifndef TESTS_IMAGE_BARE_H
#define TESTS_IMAGE_BARE_H

#include "tests/image/guest.h"

struct bare {
    char folder[64]; /* of the guest's and the test's files */
    struct guest *guest;
    struct reason reason;
};

extern struct bare bare;

/* As cmocka's set-up and tear-down of a test: the folder, and no guest yet. */
int bare_set_up(void **state);
int bare_tear_down(void **state);

/* With all that the library knows but a touch panel; stopped. */
struct guest_config bare_description(void);

void bare_start_stopped(void);

/* It has said its first character, 'R'. */
void bare_start_echo(void);

/* A path in the folder, in a buffer that the next call overwrites. */
const char *bare_path(const char *name);

/* A file of zeros in the folder; its path. */
void bare_file(const char *name, int kib, char *out_path, size_t size);

#endif
