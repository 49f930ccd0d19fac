/*
 * db_i.h - what db.c (statements) and db_open.c (connections) share. Nobody else includes it.
 */
#ifndef APP_STORE_DB_I_H
#define APP_STORE_DB_I_H

#include <sqlite3.h>

#include "app/store/db.h"

#define DB_STATEMENTS_MAX 96
#define DB_BUSY_MS 2000

struct db {
    sqlite3 *handle;
    sqlite3_stmt *statements[DB_STATEMENTS_MAX];
    int statement_count;
};

/* SQLite's code, extended or not. */
enum rc db_translate(int code) MUST_CHECK;

#endif
