/* One file on its way into a parcel: sealed where that is asked for, hashed, written. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/parcel_i.h"

enum rc parcel_fail(struct parcel *parcel, enum rc rc)
{
    if (!parcel->failure)
        parcel->failure = rc;
    return parcel->failure;
}

enum rc parcel_watch(struct parcel *parcel)
{
    const struct parcel_watcher *watcher = &parcel->watcher;
    enum rc rc = watcher->tell && !parcel->failure
                     ? watcher->tell(watcher->context, parcel->written, parcel->read_back)
                     : RC_OK;
    parcel->is_stopped |= rc != RC_OK;
    return parcel_fail(parcel, rc);
}

/* --- bytes --- */

static enum rc flush(struct parcel *parcel)
{
    size_t done = 0;
    while (!parcel->failure && done < parcel->used) {
        ssize_t count = write(parcel->fd, parcel->buffer + done, parcel->used - done);
        if (count < 0 && errno != EINTR)
            parcel_fail(parcel, rc_from_errno(errno));
        done += count > 0 ? (size_t)count : 0;
    }
    hash_sha256_add(&parcel->hash, parcel->buffer, done);
    parcel->written += (int64_t)done;
    parcel->used = 0;
    return parcel_watch(parcel);
}

/* What lies on the device: sealed already, where it is. */
static enum rc take(void *context, const char *bytes, size_t length)
{
    struct parcel *parcel = context;
    while (length > 0 && !parcel->failure) {
        size_t space = PARCEL_BUFFER_BYTES - parcel->used;
        size_t count = length < space ? length : space;
        memcpy(parcel->buffer + parcel->used, bytes, count);
        parcel->used += count;
        bytes += count;
        length -= count;
        if (parcel->used == PARCEL_BUFFER_BYTES && flush(parcel))
            break;
    }
    return parcel->failure;
}

static enum rc put(void *context, const char *bytes, size_t length)
{
    struct parcel *parcel = context;
    if (parcel->failure)
        return parcel->failure;
    enum rc rc = parcel->seal ? seal_put(parcel->seal, bytes, length) : take(parcel, bytes, length);
    return parcel_fail(parcel, rc);
}

/* --- files --- */

static bool is_free(const struct parcel *parcel, const char *name)
{
    for (size_t i = 0; i < parcel->count; i++)
        if (parcel_is_clash(parcel->sums[i].name, name))
            return false;
    return parcel_is_path(name);
}

static enum rc make_file(struct parcel *parcel, const char *name)
{
    const char *slash = strrchr(name, '/');
    int folder;
    enum rc rc = parcel_make_folders(parcel, name);
    if (!rc)
        rc = parcel_enter(parcel->folder, name, &folder);
    if (rc)
        return rc;
    /* O_EXCL: never through a link that somebody put there. */
    parcel->fd = openat(folder, slash ? slash + 1 : name,
                        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    rc = parcel->fd < 0 ? rc_from_errno(errno) : RC_OK;
    close(folder);
    return rc;
}

static enum rc open_named(struct parcel *parcel, const char *name, bool is_sealed)
{
    if (parcel->failure)
        return parcel->failure;
    if (parcel->count == PARCEL_FILES_MAX)
        return parcel_fail(parcel, RC_LIMIT);
    struct parcel_sum *sum = &parcel->sums[parcel->count];
    int length = snprintf(sum->name, sizeof sum->name, "%s%s", name, is_sealed ? SEAL_SUFFIX : "");
    if (length < 0 || (size_t)length >= sizeof sum->name || !is_free(parcel, sum->name))
        return parcel_fail(parcel, RC_LIMIT);
    const struct seal_out out = {parcel, take};
    enum rc rc = make_file(parcel, sum->name);
    if (rc)
        return parcel_fail(parcel, rc);
    hash_sha256_begin(&parcel->hash);
    parcel->used = 0;
    sum->bytes = parcel->written;
    return is_sealed ? parcel_fail(parcel, seal_begin(&parcel->key, &out, &parcel->seal)) : RC_OK;
}

static enum rc open_sink(struct parcel *parcel, const char *name, bool is_sealed,
                         struct sink *out_sink)
{
    assert(parcel->fd < 0);
    enum rc rc = open_named(parcel, name, is_sealed);
    if (!rc)
        *out_sink = (struct sink){parcel, put};
    return rc;
}

enum rc parcel_open_file(struct parcel *parcel, const char *name, struct sink *out_sink)
{
    return open_sink(parcel, name, parcel->is_sealed, out_sink);
}

enum rc parcel_open_plain(struct parcel *parcel, const char *name, struct sink *out_sink)
{
    return open_sink(parcel, name, false, out_sink);
}

void parcel_drop_file(struct parcel *parcel)
{
    seal_close(parcel->seal);
    parcel->seal = NULL;
    if (parcel->fd >= 0)
        close(parcel->fd);
    parcel->fd = -1;
}

enum rc parcel_close_file(struct parcel *parcel)
{
    struct parcel_sum *sum = &parcel->sums[parcel->count];
    if (!parcel->failure && parcel->seal)
        parcel_fail(parcel, seal_end(parcel->seal));
    if (!parcel->failure && !flush(parcel) && fsync(parcel->fd))
        parcel_fail(parcel, rc_from_errno(errno));
    parcel_drop_file(parcel);
    if (parcel->failure)
        return parcel->failure;
    hash_sha256_end(&parcel->hash, sum->hash);
    sum->bytes = parcel->written - sum->bytes;
    parcel->count++;
    return RC_OK;
}

static enum rc copy(const struct sink *sink, int fd, char *buffer, size_t size)
{
    ssize_t count;
    do {
        count = read(fd, buffer, size);
        if (count < 0 && errno != EINTR)
            return rc_from_errno(errno);
        enum rc rc = count > 0 ? sink_write(sink, buffer, (size_t)count) : RC_OK;
        if (rc)
            return rc;
    } while (count != 0);
    return RC_OK;
}

enum rc parcel_add_file(struct parcel *parcel, const char *name, const char *path)
{
    char buffer[16 << 10];
    struct sink sink;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return parcel_fail(parcel, rc_from_errno(errno));
    enum rc rc = parcel_open_file(parcel, name, &sink);
    if (!rc)
        rc = parcel_fail(parcel, copy(&sink, fd, buffer, sizeof buffer));
    close(fd);
    hash_forget(buffer, sizeof buffer); /* it was about people */
    enum rc closed = parcel_close_file(parcel);
    return rc ? rc : closed;
}
