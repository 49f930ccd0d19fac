#include "app/exchange/infile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rc fail(enum rc rc, const char *path, const char *why, struct reason *out_reason)
{
    const char *slash = strrchr(path, '/');
    reason_set(out_reason, SAID("%s cannot be read: %s."), slash ? slash + 1 : path, why);
    reason_mark(out_reason, 1);
    return rc;
}

/* Reads until the end or until `capacity` is full; the length or -1. */
static ssize_t read_all(int fd, char *bytes, size_t capacity)
{
    size_t used = 0;
    while (used < capacity) {
        ssize_t count = read(fd, bytes + used, capacity - used);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        used += (size_t)count;
    }
    return (ssize_t)used;
}

/* Takes one byte more than allowed, to notice a file that grows under our hands. */
enum rc infile_read_fd(int fd, const char *path, size_t limit_bytes, char **out_bytes,
                       size_t *out_length, struct reason *out_reason)
{
    struct stat info;
    if (fstat(fd, &info))
        return fail(rc_from_errno(errno), path, rc_text(rc_from_errno(errno)), out_reason);
    if (!S_ISREG(info.st_mode))
        return fail(RC_REFUSED, path, SAID("it is a folder or a device, not a file"), out_reason);
    if ((uintmax_t)info.st_size > limit_bytes) {
        reason_set(out_reason, SAID("This file has %lld MB; more than %zu MB are not taken."),
                   (long long)info.st_size >> 20, limit_bytes >> 20);
        return RC_LIMIT;
    }
    size_t capacity = (size_t)info.st_size + 1;
    char *bytes = malloc(capacity + 1);
    if (!bytes)
        return fail(RC_NO_MEMORY, path, SAID("there is not enough memory"), out_reason);
    ssize_t length = read_all(fd, bytes, capacity);
    if (length < 0 || (size_t)length == capacity) {
        int error = length < 0 ? errno : EBUSY;
        free(bytes);
        return fail(rc_from_errno(error), path,
                    length < 0 ? rc_text(rc_from_errno(error)) : SAID("it is still being written"),
                    out_reason);
    }
    bytes[length] = 0;
    *out_bytes = bytes;
    *out_length = (size_t)length;
    return RC_OK;
}

enum rc infile_read(const char *path, size_t limit_bytes, char **out_bytes, size_t *out_length,
                    struct reason *out_reason)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 && errno == ELOOP)
        return fail(RC_REFUSED, path, SAID("it is only a link; give the file itself"), out_reason);
    if (fd < 0)
        return fail(rc_from_errno(errno), path, strerror(errno), out_reason);
    enum rc rc = infile_read_fd(fd, path, limit_bytes, out_bytes, out_length, out_reason);
    close(fd);
    return rc;
}
