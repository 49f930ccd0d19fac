#include "app/store/db.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/db_i.h"

enum rc db_translate(int code)
{
    if (code == SQLITE_IOERR_SHMSIZE) /* it could not grow */
        return RC_FULL;
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW: return RC_OK;
    case SQLITE_FULL: return RC_FULL;
    case SQLITE_READONLY: return RC_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return RC_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return RC_CORRUPT;
    case SQLITE_NOMEM: return RC_NO_MEMORY;
    case SQLITE_TOOBIG: return RC_LIMIT;
    case SQLITE_CONSTRAINT: return RC_REFUSED;
    default: return RC_IO;
    }
}

void db_forget_statements(struct db *db)
{
    for (int i = 0; i < db->statement_count; i++)
        sqlite3_finalize(db->statements[i]);
    db->statement_count = 0;
}

enum rc db_exec(struct db *db, const char *sql)
{
    return db_translate(sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

static const struct {
    enum rc rc;
    const char *sentence;
} sentences[] = {
    {RC_CORRUPT,
     SAID("the register is damaged; keep its perron.db, and put the last good copy in its place")},
    {RC_FULL,
     SAID("the disk that the register is on is full: delete on it what is not the "
          "register's, such as old logs (journalctl --vacuum-size=50M), pictures, exports; "
          "never perron.db or what begins like it")},
    {RC_READ_ONLY, SAID("the register cannot be written; its disk or folder is read-only")},
    {RC_NOT_FOUND, SAID("the register cannot be opened; perron.db is missing or not ours to read")},
    {RC_BUSY, SAID("another program keeps the register locked; close it")},
    {RC_NO_MEMORY, SAID("there is no memory to open the register")},
};

enum rc db_tell(enum rc rc, const struct db *db, struct reason *out_reason)
{
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        if (sentences[i].rc == rc) {
            reason_set(out_reason, "%s", sentences[i].sentence);
            return rc;
        }
    /* A connection that was opened again meanwhile knows of no error. */
    bool is_known = db && sqlite3_errcode(db->handle) != SQLITE_OK;
    reason_set(out_reason, SAID("the disk of the register does not answer as it should: %s"),
               is_known ? sqlite3_errmsg(db->handle) : rc_text(rc));
    if (!is_known)
        reason_mark(out_reason, 0);
    return rc;
}

/* Those with rows still to come stay. */
static void forget_idle_statements(struct db *db)
{
    int kept = 0;
    for (int i = 0; i < db->statement_count; i++) {
        if (sqlite3_stmt_busy(db->statements[i]))
            db->statements[kept++] = db->statements[i];
        else
            sqlite3_finalize(db->statements[i]);
    }
    db->statement_count = kept;
}

sqlite3_stmt *db_prepare(struct db *db, const char *sql)
{
    for (int i = 0; i < db->statement_count; i++)
        if (strcmp(sqlite3_sql(db->statements[i]), sql) == 0) {
            sqlite3_reset(db->statements[i]);
            return db->statements[i];
        }
    if (db->statement_count == DB_STATEMENTS_MAX)
        forget_idle_statements(db);
    sqlite3_stmt *statement = NULL;
    if (db->statement_count == DB_STATEMENTS_MAX)
        return NULL;
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL))
        return NULL;
    db->statements[db->statement_count++] = statement;
    return statement;
}

/* va_list may be an array: inside a struct it can be handed down by pointer. */
struct arguments {
    va_list list;
};

static int bind_one(sqlite3_stmt *statement, int *at, char type, struct arguments *arguments)
{
    if (type == 'i')
        return sqlite3_bind_int64(statement, (*at)++, va_arg(arguments->list, int64_t));
    if (type == 'd')
        return sqlite3_bind_int(statement, (*at)++, va_arg(arguments->list, int));
    if (type == 't')
        return sqlite3_bind_text(statement, (*at)++, va_arg(arguments->list, const char *), -1,
                                 SQLITE_TRANSIENT);
    if (type == 'I') {
        struct fact_id id = va_arg(arguments->list, struct fact_id);
        int code = sqlite3_bind_int64(statement, (*at)++, id.station);
        return code ? code : sqlite3_bind_int64(statement, (*at)++, id.seq);
    }
    const void *bytes = va_arg(arguments->list, const void *);
    size_t size = va_arg(arguments->list, size_t);
    return sqlite3_bind_blob64(statement, (*at)++, bytes, size, SQLITE_TRANSIENT);
}

static enum rc bind_all(struct db *db, const char *sql, const char *types, va_list list,
                        sqlite3_stmt **out_statement)
{
    struct arguments arguments;
    sqlite3_stmt *statement = db_prepare(db, sql);
    if (!statement)
        return sqlite3_errcode(db->handle) ? db_translate(sqlite3_errcode(db->handle)) : RC_LIMIT;
    int at = 1, code = SQLITE_OK;
    va_copy(arguments.list, list);
    for (const char *type = types; !code && *type; type++)
        code = bind_one(statement, &at, *type, &arguments);
    va_end(arguments.list);
    if (code)
        return db_translate(code);
    *out_statement = statement;
    return RC_OK;
}

enum rc db_vrun(struct db *db, const char *sql, const char *types, va_list arguments)
{
    sqlite3_stmt *statement;
    enum rc rc = bind_all(db, sql, types, arguments, &statement);
    if (rc)
        return rc;
    rc = db_translate(sqlite3_step(statement));
    sqlite3_reset(statement);
    return rc;
}

enum rc db_vquery(struct db *db, sqlite3_stmt **out_rows, const char *sql, const char *types,
                  va_list arguments)
{
    return bind_all(db, sql, types, arguments, out_rows);
}

enum rc db_run(struct db *db, const char *sql, const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);
    enum rc rc = db_vrun(db, sql, types, arguments);
    va_end(arguments);
    return rc;
}

enum rc db_query(struct db *db, sqlite3_stmt **out_rows, const char *sql, const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);
    enum rc rc = db_vquery(db, out_rows, sql, types, arguments);
    va_end(arguments);
    return rc;
}

enum rc db_query_row(struct db *db, sqlite3_stmt **out_rows, const char *sql, const char *types,
                     ...)
{
    va_list arguments;
    va_start(arguments, types);
    enum rc rc = db_vquery(db, out_rows, sql, types, arguments);
    va_end(arguments);
    return rc ? rc : db_step(db, *out_rows);
}

enum rc db_step(struct db *db, sqlite3_stmt *rows)
{
    (void)db;
    int code = sqlite3_step(rows);
    if (code == SQLITE_ROW)
        return RC_OK;
    sqlite3_reset(rows);
    return code == SQLITE_DONE ? RC_EMPTY : db_translate(code);
}

void db_done(sqlite3_stmt *rows)
{
    sqlite3_reset(rows);
}

int64_t db_column(sqlite3_stmt *rows, int column)
{
    return sqlite3_column_int64(rows, column);
}

struct fact_id db_column_id(sqlite3_stmt *rows, int column)
{
    return (struct fact_id){db_column(rows, column), db_column(rows, column + 1)};
}

void db_column_text(sqlite3_stmt *rows, int column, char *out_text, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(rows, column);
    size_t length = text ? (size_t)sqlite3_column_bytes(rows, column) : 0;
    if (length > size - 1)
        length = size - 1;
    if (length)
        memcpy(out_text, text, length);
    out_text[length] = 0;
}

enum rc db_column_bytes(sqlite3_stmt *rows, int column, void *out_bytes, size_t size)
{
    const void *bytes = sqlite3_column_blob(rows, column);
    if (!bytes || (size_t)sqlite3_column_bytes(rows, column) != size)
        return RC_CORRUPT;
    memcpy(out_bytes, bytes, size);
    return RC_OK;
}

enum rc db_number(struct db *db, int64_t *out_number, const char *sql)
{
    sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, sql, "");
    if (rc == RC_EMPTY) {
        *out_number = 0;
        return RC_OK;
    }
    if (rc)
        return rc;
    *out_number = db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc db_begin(struct db *db)
{
    /* One that could not be rolled back for want of memory is rolled back now. */
    db_rollback(db);
    return db_run(db, "BEGIN IMMEDIATE", "");
}

enum rc db_commit(struct db *db)
{
    return db_run(db, "COMMIT", "");
}

void db_rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(db->handle))
        (void)!db_exec(db, "ROLLBACK");
}

static enum rc checkpoint(struct db *db, int mode)
{
    int code = sqlite3_wal_checkpoint_v2(db->handle, NULL, mode, NULL, NULL);
    return code == SQLITE_BUSY ? RC_OK : db_translate(code);
}

enum rc db_checkpoint(struct db *db)
{
    return checkpoint(db, SQLITE_CHECKPOINT_PASSIVE);
}

enum rc db_empty_log(struct db *db)
{
    sqlite3_busy_timeout(db->handle, 0); /* nobody at the door waits for a reader */
    enum rc rc = checkpoint(db, SQLITE_CHECKPOINT_TRUNCATE);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    return rc;
}

#define PAGES_AT_ONCE 64

enum rc db_copy_pages(struct db *from, struct db *to,
                      enum rc (*tell)(void *context, int64_t at, int64_t of), void *context)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    if (!backup)
        return db_translate(sqlite3_errcode(to->handle));
    int code;
    enum rc rc = RC_OK;
    do {
        code = sqlite3_backup_step(backup, PAGES_AT_ONCE);
        int64_t of = sqlite3_backup_pagecount(backup);
        if (code == SQLITE_OK || code == SQLITE_DONE)
            rc = tell(context, of - sqlite3_backup_remaining(backup), of);
    } while (!rc && code == SQLITE_OK);
    int finished = sqlite3_backup_finish(backup);
    return rc ? rc : db_translate(code == SQLITE_DONE ? finished : code);
}
