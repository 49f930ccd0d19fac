/* venue_take_swap.c - a venue's new files on their way into place, one rename at a time. */
#include "app/venue_take_i.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "app/venue.h"

#define NEXT VENUE_NEXT
#define BEFORE "venue.before"
#define ASIDE "before" /* in venue.next, until all is in place */

enum rc venue_take_lock(int data_fd)
{
    if (flock(data_fd, LOCK_EX | LOCK_NB) == 0)
        return RC_OK;
    return errno == EWOULDBLOCK ? RC_BUSY : rc_from_errno(errno);
}

enum rc venue_take_sync(int folder)
{
    return fsync(folder) && errno != EINVAL ? rc_from_errno(errno) : RC_OK;
}

static bool is_there(int folder, const char *name)
{
    struct stat is;
    return fstatat(folder, name, &is, AT_SYMLINK_NOFOLLOW) == 0;
}

static enum rc move(int from, int to, const char *name)
{
    if (renameat(from, name, to, name))
        return rc_from_errno(errno);
    enum rc rc = venue_take_sync(to);
    return rc ? rc : venue_take_sync(from);
}

/*
 * While the new one waits in `next`, what has its name in the data folder is the old one: so this
 * can be begun again at any point.
 */
static enum rc place(int data, int next, int aside, const char *name)
{
    enum rc rc = RC_OK;
    if (!is_there(next, name))
        return RC_OK;
    if (is_there(data, name)) {
        rc = infolder_remove(aside, name);
        if (!rc)
            rc = move(data, aside, name);
    }
    return rc ? rc : move(next, data, name);
}

static enum rc place_all(int data, int next)
{
    int aside;
    if (mkdirat(next, ASIDE, 0755) && errno != EEXIST)
        return rc_from_errno(errno);
    enum rc rc = infolder_open(next, ASIDE, &aside);
    if (rc)
        return rc;
    for (int part = 0; !rc && part < VENUE_PART_COUNT; part++)
        rc = place(data, next, aside, venue_part_name((enum venue_part)part));
    close(aside);
    return rc;
}

static bool has_parts(int next)
{
    bool has = false;
    for (int part = 0; part < VENUE_PART_COUNT; part++)
        has |= is_there(next, venue_part_name((enum venue_part)part));
    return has;
}

/* What was set aside counts as "before" only now: until here the time before that is kept. */
static enum rc keep_before(int data, int next)
{
    if (!is_there(next, ASIDE))
        return RC_OK;
    enum rc rc = infolder_remove(data, BEFORE);
    if (!rc && renameat(next, ASIDE, data, BEFORE))
        rc = rc_from_errno(errno);
    return rc ? rc : venue_take_sync(data);
}

enum rc venue_take_complete(int data_fd)
{
    int next;
    enum rc rc = infolder_open(data_fd, NEXT, &next);
    if (rc)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    if (has_parts(next))
        rc = place_all(data_fd, next);
    if (!rc)
        rc = keep_before(data_fd, next);
    close(next);
    if (!rc && unlinkat(data_fd, NEXT, AT_REMOVEDIR))
        rc = rc_from_errno(errno);
    return rc ? rc : venue_take_sync(data_fd);
}

/* With this one rename they are taken. */
static enum rc commit(const struct venue_take *take)
{
    enum rc rc = take->welcome_fd >= 0 ? venue_take_sync(take->welcome_fd) : RC_OK;
    if (!rc)
        rc = venue_take_sync(take->part_fd);
    if (!rc && renameat(take->data_fd, VENUE_TAKE_PART, take->data_fd, NEXT))
        rc = rc_from_errno(errno);
    return rc;
}

enum rc venue_take_swap(struct venue_take *take, struct reason *out_reason)
{
    enum rc rc = commit(take);
    if (rc) {
        reason_set(out_reason, SAID("nothing was taken: the data folder cannot be written (%s)"),
                   rc_text(rc));
        reason_mark(out_reason, 0);
        return rc;
    }
    rc = venue_take_sync(take->data_fd);
    if (!rc)
        rc = venue_take_complete(take->data_fd);
    if (rc) {
        reason_set(out_reason,
                   SAID("the venue's files are taken, but the data folder cannot be written (%s): "
                        "they get into place when the station starts"),
                   rc_text(rc));
        reason_mark(out_reason, 0);
    }
    return rc;
}

enum rc venue_take_finish(const char *data)
{
    int data_fd;
    enum rc rc = RC_OK;
    data_fd = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (data_fd < 0)
        return errno == ENOENT ? RC_OK : rc_from_errno(errno);
    if (is_there(data_fd, NEXT) && !(rc = venue_take_lock(data_fd)))
        rc = venue_take_complete(data_fd);
    close(data_fd);
    return rc;
}
