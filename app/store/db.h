/*
 * db.h - a SQLite connection with our settings, and statements that need three lines instead of
 * ten.
 *
 * Names are sorted by filed(name) first, in every list: person_file_name's, so that "d'Hoop" and
 * "Şahin" stand where people look for them, on any computer.
 *
 * A struct db belongs to one thread at a time. WAL with synchronous=EXTRA: what db_commit returned
 * RC_OK for survives a power cut. After RC_IO from a commit the connection is spent: what was
 * written may or may not have landed, so close it, open it again and look.
 */
#ifndef APP_STORE_DB_H
#define APP_STORE_DB_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/domain/fact.h"
#include "firmware/base/rc.h"

struct db;
struct sqlite3_stmt;

enum db_mode { DB_WRITE, DB_READ, DB_READ_FULL };

/*
 * DB_WRITE makes the file when it is missing; DB_READ never writes. Neither changes it yet.
 * DB_READ_FULL is for a disk so full that there is no room for the -shm file beside the register,
 * which a DB_READ comes to RC_FULL for: it reads the log into memory instead. Nobody may be writing
 * to the register meanwhile; where somebody is, that file is there and DB_READ does.
 */
enum rc db_open(const char *path, enum db_mode mode, struct db **out_db) MUST_CHECK;

/*
 * Sets a DB_WRITE connection up for commits that survive a power cut, and brings to disk what a
 * sync that failed earlier, in this process or another, may have left behind. It may change the
 * file, so only once the database is known to be ours.
 */
enum rc db_start_writing(struct db *db) MUST_CHECK;
void db_close(struct db *db);

/* Runs statements without results or parameters. */
enum rc db_exec(struct db *db, const char *sql) MUST_CHECK;

/*
 * The prepared statement for an SQL text, made once and kept. The text is remembered by content.
 * Reset and unbound. NULL when it cannot be prepared.
 */
struct sqlite3_stmt *db_prepare(struct db *db, const char *sql);

/*
 * Binds and runs a statement without results. Types: i int64_t, I struct fact_id (two values),
 * t text (NULL allowed), b bytes (const void *, size_t), d int (from bool or enum).
 */
enum rc db_run(struct db *db, const char *sql, const char *types, ...) MUST_CHECK;

/*
 * Binds a statement that gives rows. Then db_step gives RC_OK per row and RC_EMPTY at the end
 * (the statement is then reset). Leave early with db_done.
 */
enum rc db_query(struct db *db, struct sqlite3_stmt **out_rows, const char *sql, const char *types,
                 ...) MUST_CHECK;

/* The first row at once: db_query and db_step. RC_EMPTY: there is none. */
enum rc db_query_row(struct db *db, struct sqlite3_stmt **out_rows, const char *sql,
                     const char *types, ...) MUST_CHECK;

/* The same with arguments that somebody else was given. */
enum rc db_vrun(struct db *db, const char *sql, const char *types, va_list arguments) MUST_CHECK;
enum rc db_vquery(struct db *db, struct sqlite3_stmt **out_rows, const char *sql, const char *types,
                  va_list arguments) MUST_CHECK;
enum rc db_step(struct db *db, struct sqlite3_stmt *rows) MUST_CHECK;
void db_done(struct sqlite3_stmt *rows);

int64_t db_column(struct sqlite3_stmt *rows, int column);
struct fact_id db_column_id(struct sqlite3_stmt *rows, int column); /* this column and the next */
void db_column_text(struct sqlite3_stmt *rows, int column, char *out_text, size_t size);
/* Copies exactly `size` bytes; another size in the row is RC_CORRUPT. */
enum rc db_column_bytes(struct sqlite3_stmt *rows, int column, void *out_bytes,
                        size_t size) MUST_CHECK;

/* The one number a query gives (0 for no row). */
enum rc db_number(struct db *db, int64_t *out_number, const char *sql) MUST_CHECK;

enum rc db_begin(struct db *db) MUST_CHECK;
enum rc db_commit(struct db *db) MUST_CHECK;
void db_rollback(struct db *db);

/* Moves the write-ahead log into the database; never waits for readers. Writers only. */
enum rc db_checkpoint(struct db *db) MUST_CHECK;

/* The same, and the log is empty afterwards, unless somebody reads from it now. */
enum rc db_empty_log(struct db *db) MUST_CHECK;

/*
 * Puts into words, for whoever has to mend it, what opening, reading or writing the register came
 * to. `db` may be NULL. Returns `rc`.
 */
enum rc db_tell(enum rc rc, const struct db *db, struct reason *out_reason);

/*
 * Copies all pages of what `from` sees in its open transaction into `to`, an empty database in
 * write mode. `tell` hears how many of how many pages are there; what it returns instead of RC_OK
 * ends the work.
 */
enum rc db_copy_pages(struct db *from, struct db *to,
                      enum rc (*tell)(void *context, int64_t at, int64_t of),
                      void *context) MUST_CHECK;

/* Forgets all prepared statements (before tables are swapped). */
void db_forget_statements(struct db *db);

#endif
