/*
 * problems.h - all that is wrong in a venue's files: where, and what to do about it.
 *
 * Plain data of whoever reads the files, for as long as it takes to tell somebody. One thread.
 */
#ifndef APP_PROBLEMS_H
#define APP_PROBLEMS_H

#include "firmware/base/rc.h"

#define PROBLEMS_MAX 64

struct problem {
    char file[80]; /* without its folders */
    int line;      /* 0: the file as a whole, or one that is missing */
    char text[400];
};

struct problems {
    struct problem rows[PROBLEMS_MAX];
    int count;
    int beyond; /* how many more there were */
};

/* A sentence that does not name the file. */
void problems_add(struct problems *problems, const char *file, int line, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* One as the readers of settings tell it: "file:line: sentence", "file: sentence", a sentence. */
void problems_add_reason(struct problems *problems, const char *file, const struct reason *reason);

/* "file:12: sentence", or without the line where there is none. */
#define PROBLEMS_LINE_BYTES 512
void problems_write(const struct problem *problem, char out_line[PROBLEMS_LINE_BYTES]);

#endif
