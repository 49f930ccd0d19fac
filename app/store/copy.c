#include "app/store/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum rc tell(void *context, int64_t at, int64_t of)
{
    const struct copy_watcher *watcher = context;
    return watcher ? watcher->tell(watcher->context, at, of) : RC_OK;
}

/* The pages say that a log belongs to them, as the register's do; the copy has none. */
static enum rc copy_pages(struct snapshot *snapshot, struct db *copy,
                          const struct copy_watcher *watcher)
{
    enum rc rc = db_exec(copy, "PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;");
    if (!rc)
        rc = db_copy_pages(snapshot_db(snapshot), copy, tell, (void *)watcher);
    return rc ? rc : db_exec(copy, "PRAGMA journal_mode=DELETE;");
}

enum rc copy_database(struct snapshot *snapshot, const char *path,
                      const struct copy_watcher *watcher)
{
    struct db *copy;
    /* Before SQLite does, which would let the umask say who may read it. */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return rc_from_errno(errno);
    close(fd);
    enum rc rc = db_open(path, DB_WRITE, &copy);
    if (!rc) {
        rc = copy_pages(snapshot, copy, watcher);
        db_close(copy);
    }
    if (rc)
        unlink(path);
    return rc;
}
