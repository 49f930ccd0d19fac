/*
 * loose_stick.h - a stick's files in a folder of the test's own, good ones and bad ones. What
 * should work and doesn't ends the test (abort). One thread.
 */
#ifndef TESTS_SUPPORT_LOOSE_STICK_H
#define TESTS_SUPPORT_LOOSE_STICK_H

#include <stddef.h>

struct loose_stick {
    char root[64];
};

void loose_stick_make(struct loose_stick *stick);
void loose_stick_remove(struct loose_stick *stick);

/* A file with that text; its folders are made. */
void loose_stick_put(const struct loose_stick *stick, const char *name, const char *text);
void loose_stick_take(const struct loose_stick *stick, const char *name);

/* A line of shell with the stick as the folder it runs in. */
void loose_stick_run(const struct loose_stick *stick, const char *line);

/* The file's text; free() it. NULL: there is none. */
char *loose_stick_read(const char *folder, const char *name);

#endif
