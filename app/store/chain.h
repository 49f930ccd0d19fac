/*
 * chain.h - the facts as they follow each other, station by station, with the hashes that prove it:
 * what one register hands another. Reads only; the connection's thread.
 */
#ifndef APP_STORE_CHAIN_H
#define APP_STORE_CHAIN_H

#include "app/store/db.h"

#define CHAIN_REST_BYTES 16

struct chain_link {
    struct fact fact; /* its body is good until the next link */
    bool is_redacted; /* see journal.h; body_hash is CHAIN_REST_BYTES then, over what is left */
    uint8_t body_hash[HASH_BYTES], hash[HASH_BYTES];
};

/* How many bytes of body_hash it has. */
size_t chain_link_body_hash_bytes(const struct chain_link *link);

/* Takes away whom the fact is about, and what would tell. */
void chain_link_redact(struct chain_link *link);

/*
 * Is it what was written behind `previous` (HASH_BYTES)? Of a redacted fact its own short hash
 * proves that nothing of what is left decayed; whoever changed it on purpose could make that anew,
 * and its link as well where the fact behind it is redacted, too.
 */
bool chain_link_holds(const struct chain_link *link, const uint8_t *previous);

/* Of a row with FACTS_COLUMNS(_ALONE) and CHAIN_COLUMNS behind them. */
#define CHAIN_COLUMNS ", f.body_hash, f.hash"
enum rc chain_read_link(struct sqlite3_stmt *rows, struct chain_link *out_link) MUST_CHECK;

/* The next station that has facts, by its number; 0 before the first. RC_EMPTY: there is none. */
enum rc chain_next_station(struct db *db, int64_t behind, int64_t *out_station) MUST_CHECK;

/* The last fact of a station; 0: none. */
enum rc chain_last(struct db *db, int64_t station, int64_t *out_seq) MUST_CHECK;

/*
 * A station's facts behind a sequence and up to another, in their order. What `link` returns
 * instead of RC_OK ends it with that.
 */
enum rc chain_each(struct db *db, int64_t station, int64_t behind_seq, int64_t upto_seq,
                   enum rc (*link)(void *context, const struct chain_link *link),
                   void *context) MUST_CHECK;

/* Whose register this is, and what its folds depend on. */
struct chain_about {
    int64_t station;
    char fold_version[16];
    char key_id[24]; /* of the venue's key that its badges were hashed with; "": it has none */
    int day_end_min;
    char time_zone[64]; /* "" where nobody set one */
};

enum rc chain_about(struct db *db, struct chain_about *out_about) MUST_CHECK;

#endif
