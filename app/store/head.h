/*
 * head.h - where a station's chain stands: its last fact, and the boot that fact belongs to.
 */
#ifndef APP_STORE_HEAD_H
#define APP_STORE_HEAD_H

#include "app/domain/chrono.h"
#include "app/store/chain.h"
#include "app/store/db.h"

struct head {
    int64_t station;
    int64_t seq; /* of the last fact; 0 before the first */
    uint8_t hash[HASH_BYTES];
    int64_t effective_ms;
    struct chrono_boot boot;
    int64_t shift_seq; /* of the first fact that head_shift has to place again */
};

/* Boots of one station, in their order; free the rows. */
struct head_boots {
    struct chrono_boot *rows;
    size_t count;
    size_t capacity;
};

/* The columns that head_read_boot expects, of a table named b. */
#define HEAD_BOOT                                                                                  \
    " b.boot, b.first_seq, b.floor_ms, b.anchor_wall_ms, b.anchor_mono_ms, b.anchor_trust,"        \
    " (SELECT coalesce(max(f.mono_ms), 0) FROM fact f WHERE f.station=b.station"                   \
    " AND f.seq>=b.first_seq AND f.seq<coalesce((SELECT min(n.first_seq) FROM boot n"              \
    " WHERE n.station=b.station AND n.first_seq>b.first_seq), 9223372036854775807)) "

enum rc head_read_boot(struct sqlite3_stmt *rows, struct chrono_boot *out_boot) MUST_CHECK;
enum rc head_add_boot(struct head_boots *boots, const struct chrono_boot *boot) MUST_CHECK;

/* The head of a station as the database has it; all zero but the station for an unknown one. */
enum rc head_load(struct db *db, int64_t station, struct head *out_head) MUST_CHECK;

/*
 * Gives the fact its effective time and keeps the table of boots. *out_is_shifted tells that a
 * clock.set moved the whole boot, or that boots before it gave way, which head_shift then has to
 * carry out.
 */
enum rc head_place(struct db *db, struct head *head, struct fact *fact,
                   bool *out_is_shifted) MUST_CHECK;

/* Would boots give way to the one that begins with this fact? It writes nothing. */
enum rc head_would_shift(struct db *db, const struct head *head, const struct fact *first,
                         bool *out_would) MUST_CHECK;

/* Writes the link, whose hashes are those behind the head, and moves the head. */
enum rc head_append(struct db *db, struct head *head, const struct chain_link *link) MUST_CHECK;

/* Places the facts from shift_seq on again; `touch` hears of each subject that moved. */
enum rc head_shift(struct db *db, struct head *head,
                   enum rc (*touch)(void *context, struct fact_id subject),
                   void *context) MUST_CHECK;

/* Places all facts of the station by today's rules, where an older version placed them by others.
 */
enum rc head_settle(struct db *db, struct head *head,
                    enum rc (*touch)(void *context, struct fact_id subject),
                    void *context) MUST_CHECK;

#endif
