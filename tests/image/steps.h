/*
 * steps.h - a test as a list of steps, run in order and told as a table: name, seconds, ok or
 * FAILED, what was seen. It ends with "N passed, N failed". One thread.
 */
#ifndef TESTS_IMAGE_STEPS_H
#define TESTS_IMAGE_STEPS_H

#include <stdbool.h>
#include <stdio.h>

#include "firmware/base/rc.h"

enum step_kind {
    STEP_USUAL,
    STEP_FATAL, /* when it fails, those after it are not run and count as failed */
    STEP_LONG,  /* not in the short form */
};

struct step {
    const char *name;
    /* `said`: what was seen, or why it failed; "" where there is nothing to say. */
    enum rc (*run)(void *context, struct reason *said);
    enum step_kind kind;
};

struct steps {
    const struct step *rows;
    int count;
    void *context;
    /* After each step that failed: to leave what helps to find out why. May be NULL. */
    void (*failed)(void *context, const char *step);
    FILE *out;        /* NULL: standard output */
    const char *only; /* run only steps whose name contains this, and fatal ones; NULL: all */
    bool is_short;    /* leave out those that are long */
};

/* 0: all passed, and there was one; 1 otherwise. Fit for exit(). */
int steps_run(const struct steps *steps);

#endif
