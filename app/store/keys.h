/*
 * keys.h - questions to the views about roles, PINs and codes. Works on a writer's connection and
 * on a snapshot's.
 */
#ifndef APP_STORE_KEYS_H
#define APP_STORE_KEYS_H

#include "app/domain/circle.h"
#include "app/domain/fold.h"
#include "app/domain/lock.h"
#include "app/store/db.h"

/* A person's role, sealed PIN and code, and misses; empty for somebody who never had any. */
enum rc keys_find(struct db *db, struct fact_id person,
                  struct fold_keyholder *out_keyholder) MUST_CHECK;

/*
 * What somebody may and how far that reaches, by their role and by their circle; nothing for
 * nobody. A circle of an organisation that the register does not know gives nothing.
 */
enum rc keys_mandate(struct db *db, const struct circle_list *circles, struct fact_id person,
                     struct mandate *out_mandate) MUST_CHECK;

/* The same of whom the caller knows already. */
enum rc keys_mandate_of(struct db *db, const struct circle_list *circles,
                        const struct fold_keyholder *keyholder, const struct person *person,
                        struct mandate *out_mandate) MUST_CHECK;

/* Who has that sealed code: one person, unless two stations made the same one. At most `max`. */
enum rc keys_find_owners(struct db *db, const char *sealed, struct fact_id *out_owners, size_t max,
                         size_t *out_count) MUST_CHECK;

/* Misses of a person's PIN, and of codes at a station, as lock.h judges them. */
enum rc keys_find_lock(struct db *db, struct fact_id person, struct lock *out_lock) MUST_CHECK;
enum rc keys_find_code_lock(struct db *db, int64_t station, struct lock *out_lock) MUST_CHECK;

#endif
