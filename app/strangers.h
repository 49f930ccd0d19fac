/*
 * strangers.h - the last badges that nobody knew, for staff to give to somebody. In memory only and
 * never written anywhere: who they belong to is not known, so they are nobody's data. Plain data;
 * the loop's thread.
 */
#ifndef APP_STRANGERS_H
#define APP_STRANGERS_H

#include "app/domain/badge.h"

#define STRANGERS_MAX 5

struct stranger {
    struct badge badge;
    int64_t wall_ms;
    int number; /* counts up: a name for it that stays right while others come */
};

struct strangers {
    struct stranger rows[STRANGERS_MAX]; /* newest first */
    int count;
    int numbers;
};

/* A badge nobody knew was tapped. One that is there already moves to the front. Its number. */
int strangers_add(struct strangers *strangers, const struct badge *badge, int64_t wall_ms);

/* It is somebody's now. */
void strangers_remove(struct strangers *strangers, const struct badge *badge);

/* The one of that number; NULL: not remembered any more. */
const struct stranger *strangers_find(const struct strangers *strangers, int number);

#endif
