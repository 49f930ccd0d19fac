/*
 * schema.h - the shape of the database, and how an older one becomes today's.
 *
 * Enduring tables (fact, meta, setting, ...) hold what happened; rebuildable ones (views.h) only
 * what folds made of it. Each step runs in a transaction of its own together with the version it
 * leads to, so a cut leaves the old shape or the new one and nothing between.
 */
#ifndef APP_STORE_SCHEMA_H
#define APP_STORE_SCHEMA_H

#include "app/store/db.h"

/* "Pern", in SQLite's header: what `file` and other programs know our databases by. */
#define SCHEMA_APPLICATION_ID 0x5065726e

/* Missing while facts are taken in bulk. */
#define SCHEMA_FACT_INDEX "fact_by_subject"

/* People whose basket others fetch, and occasions with somebody in charge, as facts say it. */
#define SCHEMA_NAMES_OTHERS                                                                        \
    "((kind IN (5, 6) AND instr(body, X'226261736B65745F666574636865727322') > 0)"                 \
    " OR (kind IN (25, 26) AND instr(body, X'227265666572656E7422') > 0))"

/*
 * Sets the connection up for writing and brings the database to the newest shape. RC_NEWER when a
 * newer Perron made it that does not say that this one can go on with it, and RC_CORRUPT when it is
 * somebody else's; then nothing was touched.
 */
enum rc schema_migrate(struct db *db, struct reason *out_reason) MUST_CHECK;

/* The same up to shape `version` only: for tests of how older registers become today's. */
enum rc schema_migrate_to(struct db *db, int version, struct reason *out_reason) MUST_CHECK;

/* For readers: RC_OK when the shape is today's, RC_NEWER or RC_CORRUPT otherwise. */
enum rc schema_check(struct db *db, struct reason *out_reason) MUST_CHECK;

/* Facts by whom they are about, for folds: the index for it, where it is missing. */
enum rc schema_index_facts(struct db *db) MUST_CHECK;

/* Small named values. A missing one is "" or 0. */
enum rc schema_set(struct db *db, const char *name, const char *value) MUST_CHECK;
enum rc schema_get(struct db *db, const char *name, char *out_value, size_t size) MUST_CHECK;

#endif
