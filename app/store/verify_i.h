/*
 * verify_i.h - the inside of verify, shared by verify.c (one pass through the chain),
 * verify_times.c, verify_kept.c and verify_redacted.c (what it checks on the way beside the links:
 * the times, settings, tallies and marks, and what went of facts) and verify_views.c (do the views
 * say what the facts come to?). Nobody else includes it.
 */
#ifndef APP_STORE_VERIFY_I_H
#define APP_STORE_VERIFY_I_H

#include "app/store/chain.h"
#include "app/store/head.h"
#include "app/store/verify.h"

/* Counts it, and puts the first of all into words. */
void verify_found(struct verify_result *result, int64_t *counter, const char *what,
                  struct fact_id id);

/* Where each fact of a station lies by its boots. Zeroed at the beginning. */
struct verify_times {
    struct head_boots boots;
    size_t begun;                /* so many of them */
    struct chrono_boot anchored; /* the last begun, by its facts */
    int64_t last_ms;
    int64_t total; /* boots of all stations so far */
};

enum rc verify_times_begin(struct verify_times *times, struct db *db, int64_t station,
                           struct verify_result *result) MUST_CHECK;
void verify_times_take(struct verify_times *times, const struct fact *fact,
                       struct verify_result *result);
void verify_times_end(struct verify_times *times, int64_t station, struct verify_result *result);

/* Are there boots of no station with facts? */
enum rc verify_times_close(struct verify_times *times, struct db *db,
                           struct verify_result *result) MUST_CHECK;

/* Misses since the last press by name: a range, because an erased press may have been one. */
struct verify_kept {
    int64_t matched; /* settings */
    int64_t least, most;
    int64_t exported; /* the last fact of the station that says so; 0: none */
    int64_t marks;    /* rows that were looked at */
};

enum rc verify_kept_take(struct verify_kept *kept, struct db *db, const struct fact *fact,
                         struct verify_result *result) MUST_CHECK;

/* After the last fact of a station; a station without any has no misses. */
enum rc verify_kept_end(struct verify_kept *kept, struct db *db, int64_t station,
                        struct verify_result *result) MUST_CHECK;
enum rc verify_kept_close(struct verify_kept *kept, struct db *db,
                          struct verify_result *result) MUST_CHECK;

/* Facts one after the other of one station. */
struct verify_range {
    int64_t station, first, last;
};

struct verify_ranges {
    struct verify_range *rows;
    size_t count, capacity;
};

/* Is each redacted fact under a tombstone that is about nobody, wherever that stands? Zeroed at the
 * beginning. */
struct verify_redacted {
    struct verify_ranges facts, covered;
};

enum rc verify_redacted_take(struct verify_redacted *redacted,
                             const struct chain_link *link) MUST_CHECK;
void verify_redacted_close(struct verify_redacted *redacted, struct verify_result *result);

struct verify_walked {
    bool is_whole;   /* false in the middle of a bulk */
    uint64_t prints; /* the sum of facts_print over all facts with a subject */
};

enum rc verify_views(struct db *db, struct verify_walked *out_walked,
                     struct verify_result *result) MUST_CHECK;

#endif
