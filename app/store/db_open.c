/* A connection as we want it: opened, set up, closed. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/person.h"
#include "app/store/db_i.h"

#define CHUNK_BYTES 65536
#define FOLDED_BYTES 256 /* names are shorter */

/* filed(name): person_file_name. */
static void file_name(sqlite3_context *context, int count, sqlite3_value **values)
{
    char folded[FOLDED_BYTES];
    const char *text = (const char *)sqlite3_value_text(values[0]);
    (void)count;
    if (!text)
        return;
    person_file_name(text, folded, sizeof folded);
    sqlite3_result_text(context, folded, -1, SQLITE_TRANSIENT);
}

static enum rc add_filing(struct db *db)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    return db_translate(sqlite3_create_function_v2(db->handle, "filed", 1, flags, NULL, file_name,
                                                   NULL, NULL, NULL));
}

static enum rc configure(struct db *db)
{
    static const char common[] = "PRAGMA foreign_keys=ON; PRAGMA mmap_size=0;"
                                 "PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;"
                                 "PRAGMA cache_size=-8192;";
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    /* The last connection to close must not checkpoint by itself: the writer does it when idle. */
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    enum rc rc = add_filing(db);
    return rc ? rc : db_exec(db, common);
}

/*
 * After a failed sync the system may hold what never reached the disk and take it for written. What
 * is written again is synced again.
 */
static enum rc rewrite_log(struct db *db)
{
    static const char read_something[] = "SELECT count(*) FROM sqlite_schema";
    char *chunk = NULL;
    int64_t tables;
    sqlite3_int64 size = 0;
    sqlite3_file *log = NULL;
    enum rc rc = db_number(db, &tables, read_something); /* opens the log */
    if (!rc)
        rc = db_translate(
            sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log));
    if (rc || !log || !log->pMethods)
        return rc;
    int code = log->pMethods->xFileSize(log, &size);
    if (!code && size > 0 && !(chunk = malloc(CHUNK_BYTES)))
        return RC_NO_MEMORY;
    for (sqlite3_int64 at = 0; !code && at < size; at += CHUNK_BYTES) {
        int count = size - at < CHUNK_BYTES ? (int)(size - at) : CHUNK_BYTES;
        code = log->pMethods->xRead(log, chunk, count, at);
        if (!code)
            code = log->pMethods->xWrite(log, chunk, count, at);
    }
    if (!code && size > 0)
        code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    free(chunk);
    return db_translate(code);
}

enum rc db_start_writing(struct db *db)
{
    /* EXTRA is FULL, and syncs the folder after the rollback journal of the first WAL switch is
       gone: it must not come back after a power cut and undo all that followed. */
    enum rc rc = db_exec(db, "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=WAL;"
                             "PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0;"
                             "PRAGMA journal_size_limit=1048576; PRAGMA temp_store=MEMORY;");
    return rc ? rc : rewrite_log(db);
}

/* "file:/data/perron.db?readonly_shm=1", in memory of its own, or NULL. */
static char *write_full_uri(const char *path)
{
    static const char hex[] = "0123456789ABCDEF";
    char *uri = malloc(strlen(path) * 3 + 64), *end = uri;
    if (!uri)
        return NULL;
    end = stpcpy(end, "file:");
    for (; *path; path++)
        if (strchr("%?#", *path)) {
            *end++ = '%';
            *end++ = hex[(unsigned char)*path >> 4];
            *end++ = hex[(unsigned char)*path & 15];
        } else {
            *end++ = *path;
        }
    strcpy(end, "?readonly_shm=1");
    return uri;
}

enum rc db_open(const char *path, enum db_mode mode, struct db **out_db)
{
    static const int mode_flags[] = {
        [DB_WRITE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        [DB_READ] = SQLITE_OPEN_READONLY,
        [DB_READ_FULL] = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
    };
    struct db *db = calloc(1, sizeof *db);
    char *uri = mode == DB_READ_FULL ? write_full_uri(path) : NULL;
    if (!db || (mode == DB_READ_FULL && !uri)) {
        free(uri);
        free(db);
        return RC_NO_MEMORY;
    }
    int flags =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE | mode_flags[mode];
    int code = sqlite3_open_v2(uri ? uri : path, &db->handle, flags, NULL);
    free(uri);
    enum rc rc = code == SQLITE_CANTOPEN ? RC_NOT_FOUND : db_translate(code);
    if (!rc)
        rc = configure(db);
    if (rc) {
        db_close(db);
        return rc;
    }
    *out_db = db;
    return RC_OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_forget_statements(db);
    sqlite3_close(db->handle);
    free(db);
}
