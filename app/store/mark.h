/*
 * mark.h - how far the register was taken out: which facts every verified export had, and when the
 * last one was. It is a fact itself (FACT_EXPORTED), so no stick decides what is new, and a
 * restored register knows it too. Works on a writer's connection and on a snapshot's.
 */
#ifndef APP_STORE_MARK_H
#define APP_STORE_MARK_H

#include "app/store/office.h"

#define MARK_STATIONS_MAX 64

struct mark {
    int64_t at_ms; /* the register's time of that export; 0: there was none */
    size_t count;
    struct fact_id upto[MARK_STATIONS_MAX]; /* of each station the last fact it had */
};

/*
 * The last export; of several stations that took out apart, knowing nothing of each other, what all
 * of them had: then something may come twice, and nothing is lost.
 */
enum rc mark_get(struct db *db, struct mark *out_mark) MUST_CHECK;

/* Where the journal of this snapshot ends. `now_ms`: the register's time. RC_LIMIT: too many
 * stations. */
enum rc mark_here(struct db *db, int64_t now_ms, struct mark *out_mark) MUST_CHECK;

/* Had it this fact? */
bool mark_has(const struct mark *mark, struct fact_id fact);

/* {"at_ms","upto":[[station,seq],...]}, as in the fact's body: what an export and its record hand
 * each other; read back strictly. */
json_t *mark_to_json(const struct mark *mark);
enum rc mark_from_json(const json_t *value, struct mark *out_mark) MUST_CHECK;

/* What the journal does with a FACT_EXPORTED besides keeping it. RC_CORRUPT: its body is none. */
enum rc mark_keep(struct db *db, const struct fact *fact, const json_t *body) MUST_CHECK;

/*
 * Records that an export up to there was read back and is right; one transaction. `by`: who took it
 * out; none: the command line. A mark behind the one there is moves nothing back. RC_REFUSED: it
 * says more than this register has.
 */
enum rc mark_record(struct journal *journal, const struct office *office, const struct mark *mark,
                    struct reason *out_reason) MUST_CHECK;

#endif
