#include "app/exchange/parcel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "app/exchange/outfile.h"
#include "app/exchange/parcel_i.h"

#define BROKEN ".broken"

/* --- folders --- */

static int open_folder(int root, const char *name)
{
    return openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* A part that nobody holds is left over from a stick that was pulled out, or a power cut. */
static void clear_part(int root, const char *name)
{
    int fd = open_folder(root, name);
    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        parcel_clear(fd);
        unlinkat(root, name, AT_REMOVEDIR);
    }
    close(fd);
}

static enum rc look_at(void *context, const char *name)
{
    const int *root = context;
    if (parcel_is_part(name))
        clear_part(*root, name);
    return RC_OK;
}

/* A stick with more than that keeps its parts; its owner has other troubles. */
#define ENTRIES_MAX 10000

static void clear_parts(int root)
{
    bool is_cut;
    (void)!infolder_each(root, ENTRIES_MAX, look_at, &root, &is_cut);
}

/* Never over something that is there. Not every file system knows the flag. */
static int rename_new(int root, const char *from, const char *to)
{
    struct stat status;
    if (renameat2(root, from, root, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return -1;
    if (fstatat(root, to, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return -1;
    }
    return errno == ENOENT ? renameat(root, from, root, to) : -1;
}

/* The first free one of "BASE", "BASE_2", ..., with `suffix` behind it. */
static enum rc rename_free(const struct parcel *parcel, const char *from, const char *suffix,
                           char out_name[PARCEL_NAME_BYTES])
{
    char name[PARCEL_NAME_BYTES];
    for (int number = 1; parcel_number_name(parcel->base, number, name); number++) {
        strncat(name, suffix, sizeof name - strlen(name) - 1);
        if (rename_new(parcel->root, from, name) == 0) {
            memcpy(out_name, name, sizeof name);
            return RC_OK;
        }
        if (errno != EEXIST && errno != ENOTEMPTY)
            return rc_from_errno(errno);
    }
    return RC_LIMIT;
}

/* --- the life of a parcel --- */

enum rc parcel_failure(const struct parcel *parcel)
{
    return parcel->failure;
}

void parcel_tell(const struct parcel *parcel, enum rc rc, struct reason *out_reason)
{
    if (parcel->is_stopped)
        reason_set(out_reason, SAID("It was stopped, and nothing was kept."));
    else if (rc == RC_CORRUPT)
        reason_set(out_reason,
                   SAID("What was written to %s came back different: the stick is damaged. "
                        "Take another stick."),
                   parcel->base);
    else
        outfile_tell(rc, parcel->base, out_reason);
}

static void finish(struct parcel *parcel)
{
    parcel_drop_file(parcel);
    if (parcel->folder >= 0)
        close(parcel->folder);
    if (parcel->root >= 0)
        close(parcel->root);
    if (parcel->buffer)
        hash_forget(parcel->buffer, PARCEL_BUFFER_BYTES); /* it was about people */
    free(parcel->buffer);
    free(parcel);
}

static enum rc make_part(struct parcel *parcel)
{
    char name[PARCEL_NAME_BYTES];
    struct stat status;
    for (int number = 1; parcel_number_name(parcel->base, number, name); number++) {
        if (fstatat(parcel->root, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
            continue;
        snprintf(parcel->part, sizeof parcel->part, ".%.*s" PARCEL_PART, PARCEL_BASE_BYTES + 4,
                 name);
        if (mkdirat(parcel->root, parcel->part, 0700) == 0)
            break;
        if (errno != EEXIST)
            return rc_from_errno(errno);
        parcel->part[0] = 0; /* somebody is at it now */
    }
    if (!parcel->part[0])
        return RC_LIMIT;
    parcel->folder = open_folder(parcel->root, parcel->part);
    if (parcel->folder < 0)
        return rc_from_errno(errno);
    /* Says that it is not left over; a file system without locks has nobody beside us. */
    flock(parcel->folder, LOCK_EX | LOCK_NB);
    return RC_OK;
}

static enum rc begin(struct parcel *parcel, const struct parcel_config *config)
{
    if (!parcel_is_plain(config->name) || strlen(config->name) >= PARCEL_BASE_BYTES)
        return RC_LIMIT;
    parcel->root = open(config->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parcel->root < 0)
        return rc_from_errno(errno);
    if (!(parcel->buffer = parcel_make_buffer()))
        return RC_NO_MEMORY;
    clear_parts(parcel->root);
    return make_part(parcel);
}

enum rc parcel_begin(const struct parcel_config *config, struct parcel **out_parcel,
                     struct reason *out_reason)
{
    struct parcel *parcel = calloc(1, sizeof *parcel);
    if (!parcel)
        return outfile_tell(RC_NO_MEMORY, config->name, out_reason);
    *parcel = (struct parcel){.root = -1, .folder = -1, .fd = -1};
    snprintf(parcel->base, sizeof parcel->base, "%s", config->name);
    if (config->watcher)
        parcel->watcher = *config->watcher;
    if (config->seal) {
        parcel->is_sealed = true;
        parcel->key = *config->seal;
    }
    enum rc rc = begin(parcel, config);
    if (rc) {
        parcel_tell(parcel, rc, out_reason);
        parcel_abandon(parcel);
        return rc;
    }
    *out_parcel = parcel;
    return RC_OK;
}

void parcel_abandon(struct parcel *parcel)
{
    if (!parcel)
        return;
    parcel_drop_file(parcel);
    if (parcel->folder >= 0)
        parcel_clear(parcel->folder);
    if (parcel->part[0])
        unlinkat(parcel->root, parcel->part, AT_REMOVEDIR);
    finish(parcel);
}

/* --- its end --- */

static enum rc write_sums(struct parcel *parcel)
{
    char line[PARCEL_LINE_BYTES];
    struct sink sink;
    enum rc rc = parcel_open_plain(parcel, PARCEL_SUMS, &sink);
    for (size_t i = 0; !rc && i < parcel->count; i++) {
        parcel_write_line(parcel->sums[i].name, parcel->sums[i].hash, line);
        rc = sink_write(&sink, line, strlen(line));
    }
    enum rc closed = parcel_close_file(parcel);
    return rc ? rc : closed;
}

static enum rc hear(void *context, size_t count)
{
    struct parcel *parcel = context;
    parcel->read_back += (int64_t)count;
    return parcel_watch(parcel);
}

/* With the sums, which are the last of them. */
static enum rc read_back(struct parcel *parcel)
{
    const struct parcel_reader reader = {parcel->buffer, parcel, hear};
    for (size_t i = 0; i < parcel->count; i++) {
        const struct parcel_sum *sum = &parcel->sums[i];
        uint8_t hash[HASH_BYTES];
        int64_t bytes;
        enum rc rc = parcel_hash_file(parcel->folder, sum->name, &reader, hash, &bytes);
        if (rc == RC_NOT_FOUND || (rc == RC_REFUSED && !parcel->is_stopped))
            rc = RC_CORRUPT;
        if (!rc && (bytes != sum->bytes || memcmp(hash, sum->hash, sizeof hash) != 0))
            rc = RC_CORRUPT;
        if (rc)
            return rc;
    }
    return RC_OK;
}

static enum rc give_name(struct parcel *parcel, char out_name[PARCEL_NAME_BYTES])
{
    enum rc rc = parcel_sync_folders(parcel);
    if (!rc)
        rc = rename_free(parcel, parcel->part, "", out_name);
    if (rc)
        return rc;
    parcel->part[0] = 0;
    return parcel_sync_folder(parcel->root) ? rc_from_errno(errno) : RC_OK;
}

/* What could not be read back must not look as if it had been; what was stopped is not there. */
static void disown(struct parcel *parcel, const char *name)
{
    char broken[PARCEL_NAME_BYTES];
    if (parcel->is_stopped) {
        memcpy(parcel->part, name, sizeof parcel->part);
        parcel_abandon(parcel);
        return;
    }
    if (!rename_free(parcel, name, BROKEN, broken))
        parcel_sync_folder(parcel->root);
    finish(parcel);
}

enum rc parcel_finish(struct parcel *parcel, char out_name[PARCEL_NAME_BYTES],
                      struct reason *out_reason)
{
    char name[PARCEL_NAME_BYTES] = "";
    enum rc rc = parcel_fail(parcel, write_sums(parcel));
    if (!rc)
        rc = give_name(parcel, name);
    if (!rc)
        rc = read_back(parcel);
    if (rc) {
        parcel_tell(parcel, rc, out_reason);
        if (name[0])
            disown(parcel, name);
        else
            parcel_abandon(parcel);
        return rc;
    }
    memcpy(out_name, name, sizeof name);
    finish(parcel);
    return RC_OK;
}
