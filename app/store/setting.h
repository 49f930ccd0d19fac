/*
 * setting.h - what staff set on a station: the latest fact of each name, until it ends. Works on a
 * writer's connection and on a snapshot's.
 */
#ifndef APP_STORE_SETTING_H
#define APP_STORE_SETTING_H

#include "app/store/db.h"

struct setting {
    char name[33];
    char value[201];
    int64_t until_ms; /* 0: until somebody sets another */
};

/* "" where nothing was set, or its time is over. */
enum rc setting_get(struct db *db, int64_t station, const char *name, int64_t now_ms,
                    char *out_value, size_t size) MUST_CHECK;

/* All that hold at `now_ms`, by name; at most `max`. */
enum rc setting_list(struct db *db, int64_t station, int64_t now_ms, size_t max,
                     struct setting *out_settings, size_t *out_count) MUST_CHECK;

#endif
