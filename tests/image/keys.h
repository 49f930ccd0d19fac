/*
 * keys.h - keys by name, as QEMU's monitor has them (QKeyCode, qapi/ui.json), and several of them
 * at once. The layout is the US one. Pure; any thread.
 */
#ifndef TESTS_IMAGE_KEYS_H
#define TESTS_IMAGE_KEYS_H

#include <stddef.h>

#include "firmware/base/rc.h"
#include "tests/support/random.h"

#define KEYS_MAX 4

/* Pressed in this order, released in the other. Names are QEMU's, constants of the table. */
struct keys {
    int count;
    const char *names[KEYS_MAX];
};

/* "a", "ret", "ctrl-alt-f2": names with '-' between them. RC_NOT_FOUND: no such key. */
enum rc keys_read(const char *text, struct keys *out_keys, struct reason *reason) MUST_CHECK;

/* What types a character: 'A' is shift and a. RC_NOT_FOUND: no key does. */
enum rc keys_of_character(char character, struct keys *out_keys) MUST_CHECK;

/*
 * Any key of the table, often with modifiers, now and then one that means something to a console
 * (ctrl-alt-f2, ctrl-alt-delete, alt-sysrq-...): what a station must not be moved by.
 */
struct keys keys_random(struct random *random);

/* "ctrl-alt-f2"; cut at `size`. */
const char *keys_write(const struct keys *keys, char *out_text, size_t size);

/* How many keys there are, and each one's name. */
int keys_count(void);
const char *keys_name(int index);

#endif
