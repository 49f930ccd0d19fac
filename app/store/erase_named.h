/*
 * erase_named.h - what others' records say of somebody who is erased (named.h) goes with them: such
 * a record is said anew without them, as a whole, and what said it before is erased. Where the
 * journal runs.
 */
#ifndef APP_STORE_ERASE_NAMED_H
#define APP_STORE_ERASE_NAMED_H

#include "app/store/office.h"

/*
 * Inside the caller's transaction. `theirs`: all facts about the person, before they go: afterwards
 * nobody knows what they were called.
 */
enum rc erase_named(struct journal *journal, const struct office *office, struct fact_id person,
                    const struct facts *theirs, int64_t now_ms) MUST_CHECK;

#endif
