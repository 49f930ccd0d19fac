/*
 * journal_lines.h - journal.jsonl: every fact of the register, one JSON object a line, so that
 * another station or a restore can take them over and prove the chain.
 *
 * The first line is a header:
 *
 *   {"perron":"journal","v":2,"station":S,"fold_version":F,"key":"...","day_end_min":M,
 *    "time_zone":"...","is_whole":true}      false: only what is new since the last export
 *
 * each other is a fact, of station after station in the order of their sequence, with its header
 * fields and the chain's hashes (digits in hex):
 *
 *   {"station","seq","wall_ms","mono_ms","boot","trust","kind","subject":[station,seq],
 *    "organisation":[station,seq],"rules_seq","body_hash","hash","salt","body"}
 *
 * salt and body are null once erased; body_hash is CHAIN_REST_BYTES once it is redacted, which
 * version 1 did not know. The body is a text with the exact bytes it was hashed as; one that is no
 * text (another station may write anything) is "body_hex" instead. The last line
 * {"end":true,"facts":N} tells a whole file from one that was cut. Memory stays the same.
 */
#ifndef APP_EXCHANGE_JOURNAL_LINES_H
#define APP_EXCHANGE_JOURNAL_LINES_H

#include "app/exchange/sink.h"
#include "app/store/chain.h"
#include "app/store/mark.h"
#include "app/store/snapshot.h"

#define JOURNAL_LINES_VERSION 2
#define JOURNAL_LINES_BYTES 131072 /* of one line at most */

/* All facts of the snapshot that `since` (NULL: nothing) had not. *out_facts: how many. */
enum rc journal_lines_write(struct snapshot *snapshot, const struct mark *since,
                            const struct sink *sink, int64_t *out_facts) MUST_CHECK;

struct journal_lines;

/* Takes the descriptor over. RC_UNSUPPORTED: no journal of ours; RC_NEWER; with a sentence. */
enum rc journal_lines_open(int fd, struct journal_lines **out_lines,
                           struct reason *out_reason) MUST_CHECK;

/* What the header says; *out_is_whole: it is a journal from the first fact on. */
void journal_lines_about(const struct journal_lines *lines, struct chain_about *out_about,
                         bool *out_is_whole);

/*
 * The next fact; its body is the line's until the next. RC_EMPTY: that was the last, and the file
 * is whole. RC_CORRUPT: a line that is none, or the end is missing: *out_reason names the line.
 * Whether the hashes hold is not looked at: journal_merge does.
 */
enum rc journal_lines_next(struct journal_lines *lines, struct chain_link *out_link,
                           struct reason *out_reason) MUST_CHECK;

/*
 * After RC_CORRUPT: passes over the line, and from then on takes facts as they come, also with gaps
 * between them. False: the file ends here.
 */
bool journal_lines_resync(struct journal_lines *lines);

/* How many facts the end said there were; false: it was not there. */
bool journal_lines_promised(const struct journal_lines *lines, int64_t *out_facts);
void journal_lines_close(struct journal_lines *lines);

#endif
