#include "app/exchange/outfile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/hash.h"

#define NAME_BYTES 200

struct outfile {
    int folder; /* descriptors */
    int fd;
    enum rc failure; /* the first one */
    bool is_settled;
    size_t used;
    char name[NAME_BYTES];
    char part[NAME_BYTES + 8];
    char buffer[64 << 10];
};

static const struct {
    enum rc rc;
    const char *advice;
} advices[] = {
    {RC_FULL, SAID("there is no space left. Free some space, or take another stick")},
    {RC_READ_ONLY,
     SAID("it may only be read. Move the stick's lock switch, or take another stick")},
    {RC_REFUSED, SAID("it does not allow writing. Check who owns the folder")},
    {RC_NOT_FOUND, SAID("the folder is not there any more. Plug the stick in again")},
    {RC_GONE, SAID("the stick is gone. Plug it in again")},
    {RC_IO, SAID("the device reports an error. Take another stick")},
    {RC_LIMIT, SAID("it would be larger than this file system takes. On a stick formatted as FAT "
                    "that is 4 GB: "
                    "take one formatted as exFAT")},
};

enum rc outfile_tell(enum rc rc, const char *name, struct reason *out_reason)
{
    const char *advice = rc_text(rc);
    for (size_t i = 0; i < sizeof advices / sizeof advices[0]; i++)
        if (advices[i].rc == rc)
            advice = advices[i].advice;
    reason_set(out_reason, SAID("%s could not be written: %s."), name, advice);
    reason_mark(out_reason, 1);
    return rc;
}

static void finish(struct outfile *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->folder >= 0)
        close(file->folder);
    hash_forget(file, sizeof *file); /* it was about people, or their codes */
    free(file);
}

enum rc outfile_create(const char *folder, const char *name, struct outfile **out_file,
                       struct reason *out_reason)
{
    if (strlen(name) >= NAME_BYTES || strchr(name, '/')) {
        reason_set(out_reason, SAID("'%.40s' cannot be the name of a file here"), name);
        return RC_LIMIT;
    }
    struct outfile *file = calloc(1, sizeof *file);
    if (!file)
        return outfile_tell(RC_NO_MEMORY, name, out_reason);
    file->fd = -1;
    snprintf(file->name, sizeof file->name, "%s", name);
    snprintf(file->part, sizeof file->part, "%s.part", name);
    file->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file->folder < 0)
        goto failed;
    if (unlinkat(file->folder, file->part, 0) && errno != ENOENT)
        goto failed;
    /* O_EXCL: never through a link that somebody put there. */
    file->fd = openat(file->folder, file->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file->fd < 0)
        goto failed;
    *out_file = file;
    return RC_OK;
failed:;
    enum rc rc = rc_from_errno(errno);
    finish(file);
    return outfile_tell(rc, name, out_reason);
}

static enum rc flush(struct outfile *file)
{
    size_t done = 0;
    while (!file->failure && done < file->used) {
        ssize_t count = write(file->fd, file->buffer + done, file->used - done);
        if (count < 0 && errno != EINTR)
            file->failure = rc_from_errno(errno);
        done += count > 0 ? (size_t)count : 0;
    }
    file->used = 0;
    return file->failure;
}

enum rc outfile_write(struct outfile *file, const char *bytes, size_t length)
{
    while (length > 0 && !file->failure) {
        size_t space = sizeof file->buffer - file->used;
        size_t count = length < space ? length : space;
        memcpy(file->buffer + file->used, bytes, count);
        file->used += count;
        bytes += count;
        length -= count;
        if (file->used == sizeof file->buffer && flush(file))
            break;
    }
    return file->failure;
}

static enum rc write_to(void *context, const char *bytes, size_t length)
{
    return outfile_write(context, bytes, length);
}

struct sink outfile_sink(struct outfile *file)
{
    return (struct sink){file, write_to};
}

/* Some file systems cannot sync a folder (EINVAL); those write it through. */
static int sync_folder(int folder)
{
    return fsync(folder) && errno != EINVAL ? -1 : 0;
}

enum rc outfile_settle(struct outfile *file)
{
    if (!flush(file) && (fsync(file->fd) || sync_folder(file->folder)))
        file->failure = rc_from_errno(errno);
    file->is_settled = !file->failure;
    return file->failure;
}

enum rc outfile_commit(struct outfile *file, struct reason *out_reason)
{
    char name[NAME_BYTES];
    memcpy(name, file->name, sizeof name);
    if (flush(file))
        goto failed;
    if (fsync(file->fd) || renameat(file->folder, file->part, file->folder, file->name) ||
        sync_folder(file->folder)) {
        file->failure = rc_from_errno(errno);
        goto failed;
    }
    finish(file);
    return RC_OK;
failed:;
    enum rc rc = file->failure;
    if (file->is_settled)
        outfile_leave(file);
    else
        outfile_abandon(file);
    return outfile_tell(rc, name, out_reason);
}

void outfile_abandon(struct outfile *file)
{
    if (!file)
        return;
    unlinkat(file->folder, file->part, 0);
    finish(file);
}

void outfile_leave(struct outfile *file)
{
    finish(file);
}
