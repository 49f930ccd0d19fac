/*
 * needles.h - looking for what must not be there: secrets and names, in every form they could have,
 * in all bytes of files and folders.
 *
 * What should work and doesn't ends the test (house.h). One thread.
 */
#ifndef TESTS_SUPPORT_NEEDLES_H
#define TESTS_SUPPORT_NEEDLES_H

#include <stddef.h>
#include <stdint.h>

#define NEEDLES_MAX 8192
#define NEEDLE_BYTES 240

struct needles {
    struct needle {
        char what[48];
        uint8_t bytes[NEEDLE_BYTES];
        size_t length;
        long found; /* files that have it */
    } rows[NEEDLES_MAX];
    size_t count;
    long files, bytes; /* that were looked into */
    long found;        /* needles in files */
    char first[640];   /* "what in which file"; "" while nothing was found */
};

void needles_add(struct needles *needles, const char *what, const void *bytes, size_t length);
void needles_add_text(struct needles *needles, const char *what, const char *text);

/*
 * As UTF-8, UTF-16 of either order, Latin-1, and escaped as JSON does; in lower case, too. Four
 * characters or more.
 */
void needles_add_words(struct needles *needles, const char *what, const char *text);

/*
 * A badge's number, in hex digits without separators: as digits small and large, with colons,
 * dashes and spaces, as a decimal number, and as bytes, in either order. Four bytes are looked for
 * as digits only: as bytes they are found by chance.
 */
void needles_add_badge(struct needles *needles, const char *digits);

/* A file, or nothing where it is none (a socket); all files of a folder and of those in it. */
void needles_search_file(struct needles *needles, const char *path);
void needles_search_folder(struct needles *needles, const char *folder);

#endif
