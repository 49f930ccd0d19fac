/*
 * options.h - what a program for long runs is asked: "--rounds 50 --seed 7 --ci". A row for each
 * option says where its value goes; what was not asked for stays as it was.
 */
#ifndef TESTS_SUPPORT_OPTIONS_H
#define TESTS_SUPPORT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* One of the four; the last row has no name. */
struct option_row {
    const char *name;  /* without its dashes */
    bool *is_set;      /* takes no value */
    long *number;      /* 0 or more */
    uint64_t *seed;    /* any number */
    const char **text; /* of argv */
};

/*
 * False where the program is to end with *out_code: 0 after --help, with `usage` on stdout; 2 after
 * an option that is none, lacks its value or has a wrong one, with a sentence and `usage` on
 * stderr.
 */
bool options_read(int argc, char **argv, const struct option_row *rows, const char *usage,
                  int *out_code);

#endif
