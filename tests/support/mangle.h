/*
 * mangle.h - good files made bad: as a worn stick, a careless program or somebody who means harm
 * leaves them. The same chance gives the same harm. What should work and doesn't ends the program
 * (house.h).
 */
#ifndef TESTS_SUPPORT_MANGLE_H
#define TESTS_SUPPORT_MANGLE_H

#include <stddef.h>
#include <stdint.h>

#include "tests/support/random.h"

#define MANGLE_BYTES_MAX (2 << 20) /* what a mangled text has at most */

/*
 * The text with one harm: bits turned, bytes set, a span gone, doubled, from elsewhere in it, from
 * `other`; cut off, emptied; a word or a line that programs stumble over (paths that lead out of
 * the folder, numbers at the edge, deep nesting, a NUL, what is no UTF-8), a field of any length.
 * free() it. *out_harm is its name, static.
 */
char *mangle_text(struct random *random, const char *text, size_t length, const char *other,
                  size_t other_length, size_t *out_length, const char **out_harm);

/*
 * Puts in the place of a file something that is none, or none that a reader should take: a link
 * (to `secret`, to a device, to nothing, to itself), a folder, a pipe, a device, a file of
 * `huge_bytes` or of nothing; or gives it a name that leads astray. Returns the harm's name,
 * static.
 */
struct mangle_place {
    const char *folder;
    const char *secret; /* a file that is not in it */
    int64_t huge_bytes;
};

const char *mangle_file(struct random *random, const struct mangle_place *place, const char *name);

#endif
