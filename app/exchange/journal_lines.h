/*
 * journal_lines.h - journal.jsonl: every fact of the register, one JSON object a line, so that
 * another station or a restore can take them over and prove the chain.
 *
 * The first line is a header {"perron":"journal","v":1,...}; each other is a fact with its header
 * fields, its salt and the exact bytes of its body (null once erased), the hash of both and the
 * chain's hash; the last one {"end":true,"facts":N} tells a whole file from one that was cut. Facts
 * are in the order of each station. Pure but for what it reads and writes; memory stays the same.
 */
#ifndef APP_EXCHANGE_JOURNAL_LINES_H
#define APP_EXCHANGE_JOURNAL_LINES_H

#include "app/domain/fact.h"
#include "app/exchange/sink.h"
#include "app/store/mark.h"
#include "app/store/snapshot.h"

#define JOURNAL_LINES_VERSION 1
#define JOURNAL_LINES_BYTES 131072 /* of one line at most */

/* All facts of the snapshot that `since` (NULL: nothing) had not. *out_facts: how many. */
enum rc journal_lines_write(struct snapshot *snapshot, const struct mark *since,
                            const struct sink *sink, int64_t *out_facts) MUST_CHECK;

/* A fact as a line has it. Its body and salt are the line's until the next. */
struct journal_line {
    struct fact fact;
    uint8_t body_hash[HASH_BYTES];
    uint8_t hash[HASH_BYTES];
};

struct journal_lines;

/* Takes the descriptor over. RC_UNSUPPORTED: no journal of ours; RC_NEWER; with a sentence. */
enum rc journal_lines_open(int fd, struct journal_lines **out_lines,
                           struct reason *out_reason) MUST_CHECK;

/*
 * The next fact. RC_EMPTY: that was the last, and the file is whole. RC_CORRUPT: a line that is
 * none, or the end is missing: *out_reason names the line.
 */
enum rc journal_lines_next(struct journal_lines *lines, struct journal_line *out_line,
                           struct reason *out_reason) MUST_CHECK;
void journal_lines_close(struct journal_lines *lines);

#endif
