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
    struct reason said;
};

struct problems {
    struct problem rows[PROBLEMS_MAX];
    int count;
    int beyond; /* how many more there were */
};

/* A sentence that does not name the file; `format` is a literal, marked SAID. */
void problems_add(struct problems *problems, const char *file, int line, const char *format, ...)
    PRINTF_LIKE(4, 5);

void problems_add_reason(struct problems *problems, const char *file, int line,
                         const struct reason *why);

/*
 * A sentence that may begin with the file, and the line there: "board.conf:4: unknown key ...".
 * Both are taken apart from it.
 */
void problems_add_told(struct problems *problems, const char *file, const struct reason *told);

/* A file of settings that is read as far as it can be: for settings_file.tell. */
struct problems_hearer {
    struct problems *problems;
    const char *file;
};

void problems_hear(void *hearer, int line, const struct reason *why);

/* "file:12: sentence", or without the line where there is none. */
void problems_tell(const struct problem *problem, struct reason *out_reason);

/* The same as a line for a terminal or a log. */
#define PROBLEMS_LINE_BYTES 512
void problems_write(const struct problem *problem, char out_line[PROBLEMS_LINE_BYTES]);

#endif
