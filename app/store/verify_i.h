/*
 * verify_i.h - the inside of verify, shared by verify.c (chains and times), verify_views.c (do the
 * views say what the facts come to?) and verify_kept.c (settings and tallies). Nobody else includes
 * it.
 */
#ifndef APP_STORE_VERIFY_I_H
#define APP_STORE_VERIFY_I_H

#include "app/store/verify.h"

/* Counts it, and puts the first of all into words. */
void verify_found(struct verify_result *result, int64_t *counter, const char *what,
                  struct fact_id id);

enum rc verify_views(struct db *db, struct verify_result *result) MUST_CHECK;
enum rc verify_kept(struct db *db, struct verify_result *result) MUST_CHECK;

#endif
