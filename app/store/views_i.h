/*
 * views_i.h - the inside of the views, shared by views.c (people), views_presence.c (their visits
 * and hours), views_deeds.c (what they did there), views_welcome.c (their first visit),
 * views_read.c (all of it, as it stands), views_occasion.c (occasions) and views_tables.c (the
 * tables). Nobody else includes it.
 */
#ifndef APP_STORE_VIEWS_I_H
#define APP_STORE_VIEWS_I_H

#include "app/store/views.h"

#define VIEWS_SQL_BYTES 1800

/* db_run and db_query on one set: its suffix stands where the text has '@'. */
enum rc views_run(struct db *db, const char *suffix, const char *text, const char *types,
                  ...) MUST_CHECK;
enum rc views_query(struct db *db, const char *suffix, struct sqlite3_stmt **out_rows,
                    const char *text, const char *types, ...) MUST_CHECK;

enum rc views_write_presence(struct db *db, const char *suffix, struct fact_id person,
                             const struct presence *before,
                             const struct presence *after) MUST_CHECK;

/* What they did at occasions. */
enum rc views_write_deeds(struct db *db, const char *suffix, struct fact_id person,
                          const struct deeds *deeds) MUST_CHECK;

/* How far they are on the way, and what they agreed to. */
enum rc views_write_newcomer(struct db *db, const char *suffix, struct fact_id person,
                             const struct newcomer *newcomer) MUST_CHECK;
enum rc views_write_consents(struct db *db, const char *suffix, struct fact_id person,
                             const struct consents *consents) MUST_CHECK;

/* The facts are sorted in their place. */
enum rc views_refold_occasion(struct db *db, const char *suffix, struct fact_id id,
                              struct facts *facts) MUST_CHECK;

#endif
