/*
 * head.h - where a station's chain stands: its last fact, and the boot that fact belongs to.
 */
#ifndef APP_STORE_HEAD_H
#define APP_STORE_HEAD_H

#include "app/domain/chrono.h"
#include "app/store/db.h"

struct head {
    int64_t station;
    int64_t seq; /* of the last fact; 0 before the first */
    uint8_t hash[HASH_BYTES];
    int64_t effective_ms;
    struct chrono_boot boot;
};

/* The head of a station as the database has it; all zero but the station for an unknown one. */
enum rc head_load(struct db *db, int64_t station, struct head *out_head) MUST_CHECK;

/*
 * Gives the fact its effective time and keeps the table of boots. *out_is_shifted tells that a
 * clock.set moved the whole boot, which head_shift then has to carry out.
 */
enum rc head_place(struct db *db, struct head *head, struct fact *fact,
                   bool *out_is_shifted) MUST_CHECK;

/* Writes the fact behind the head and moves the head. */
enum rc head_append(struct db *db, struct head *head, const struct fact *fact,
                    const uint8_t *body_hash) MUST_CHECK;

/* Places the facts of the head's boot again; `touch` hears of each subject that moved. */
enum rc head_shift(struct db *db, struct head *head,
                   enum rc (*touch)(void *context, struct fact_id subject),
                   void *context) MUST_CHECK;

#endif
