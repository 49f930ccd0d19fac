/*
 * forget_i.h - the inside of forgetting, shared by forget.c (one part, and visits) and
 * forget_guests.c (what guests were called). Nobody else includes it.
 */
#ifndef APP_STORE_FORGET_I_H
#define APP_STORE_FORGET_I_H

#include "app/store/forget.h"

struct forget_people {
    struct fact_id ids[FORGET_PART];
    int count;
};

struct forget_work {
    const struct privacy *privacy;
    int day_end_min;
    bool is_counted; /* visits of kinds counted by number, whoever made them */

    /* By an index. */
    enum rc (*find)(struct db *db, const struct forget_work *work, int64_t now_ms,
                    struct forget_people *people);
    enum rc (*forget)(struct journal *journal, const struct office *office,
                      const struct forget_work *work, int64_t now_ms,
                      const struct forget_people *people);
};

/* A part in a transaction of its own. */
enum rc forget_part(const struct forget_work *work, struct journal *journal,
                    const struct office *office, int *out_count,
                    struct reason *out_reason) MUST_CHECK;

/* As many as there is room for; ends the query. */
enum rc forget_read_people(struct db *db, struct sqlite3_stmt *rows,
                           struct forget_people *people) MUST_CHECK;

#endif
