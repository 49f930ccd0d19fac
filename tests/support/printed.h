/*
 * printed.h - what is printed, looked at: a PDF as it was written, what its canvas knows of each
 * page, and what another program (poppler) reads in it.
 *
 * What should work and doesn't ends the program with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_PRINTED_H
#define TESTS_SUPPORT_PRINTED_H

#include "app/ui/canvas.h"

struct printed {
    char *bytes;
    size_t length;
    size_t limit;    /* 0: none; else RC_FULL once so many are there */
    int pages;       /* as the canvas says */
    int cut;         /* texts that had no room */
    int outside;     /* texts that leave their page, or their box by more than a hair */
    int overlaps;    /* texts that lie on each other */
    char first[200]; /* the first that is wrong, in words */
    struct canvas_out out;
};

/* Ready to be written to. Moves with nobody: `out` points into it. */
void printed_begin(struct printed *printed);
void printed_finish(struct printed *printed);

/* As cmocka's set-up and tear-down, with a struct printed as *state from the beginning. */
int printed_set_up(void **state);
int printed_tear_down(void **state);

/* No text is cut, lies outside or on another one. */
void printed_expect_sound(const struct printed *printed);

/* Is poppler here? Where it is not, says so on standard error. */
bool printed_can_be_read(void);

/*
 * All its letters in the order they were set, without the blanks between them, which a reader of
 * PDF has to guess; free it.
 */
char *printed_read(const struct printed *printed);

/* Are these words in what was read? Without regard to blanks. */
bool printed_says(const char *read, const char *words);
void printed_expect_says(const char *read, const char *words);

/* One line of pdfinfo's, "Pages" or "Page size"; free it. */
char *printed_about(const struct printed *printed, const char *name);

#endif
