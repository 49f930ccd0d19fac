/*
 * views_i.h - the inside of the views, shared by views.c (their rows) and views_tables.c (the
 * tables). Nobody else includes it.
 */
#ifndef APP_STORE_VIEWS_I_H
#define APP_STORE_VIEWS_I_H

#include "app/store/views.h"

#define VIEWS_SQL_BYTES 1400

/* Puts the suffix of the set for each '@' of the text; out_sql holds VIEWS_SQL_BYTES. */
const char *views_for_set(const char *suffix, const char *text, char *out_sql);

#endif
