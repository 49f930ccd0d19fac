/* Folders of sealed files: looked through on one side, made on the other. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "app/exchange/parcel.h"
#include "app/exchange/unseal.h"
#include "app/exchange/unseal_i.h"

#define ENTRIES_MAX 10000

/* --- making --- */

static enum rc make_one(int upper, const char *name, int *out_fd)
{
    if (mkdirat(upper, name, 0700) == 0) {
        if (fsync(upper) && errno != EINVAL)
            return rc_from_errno(errno);
    } else if (errno != EEXIST) {
        return rc_from_errno(errno);
    }
    return infolder_open(upper, name, out_fd);
}

static enum rc make_all(const char *folder, const char *name)
{
    char step[PARCEL_FILE_BYTES];
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum rc rc = fd < 0 ? rc_from_errno(errno) : RC_OK;
    for (const char *slash; !rc && (slash = strchr(name, '/')); name = slash + 1) {
        int upper = fd;
        fd = -1;
        rc = snprintf(step, sizeof step, "%.*s", (int)(slash - name), name) < (int)sizeof step
                 ? make_one(upper, step, &fd)
                 : RC_LIMIT;
        close(upper);
    }
    if (fd >= 0)
        close(fd);
    return rc;
}

enum rc unseal_make_folders(const char *folder, const char *name, char out_within[PATH_MAX],
                            struct reason *out_reason)
{
    const char *slash = strrchr(name, '/');
    int length = snprintf(out_within, PATH_MAX, "%s%s%.*s", folder, slash ? "/" : "",
                          slash ? (int)(slash - name) : 0, name);
    enum rc rc = length >= PATH_MAX ? RC_LIMIT : slash ? make_all(folder, name) : RC_OK;
    if (rc)
        reason_set(out_reason, "the folder %.300s cannot be made: %s.", out_within,
                   rc == RC_REFUSED ? "something else of that name is there" : rc_text(rc));
    return rc;
}

/* --- looking --- */

struct found {
    char names[PARCEL_FILES_MAX][PARCEL_FILE_BYTES];
    int count;
};

struct looking {
    struct found *found;
    int folder;
    const char *within; /* "" or "venue/welcome/" */
    int depth;          /* folders that may still be below */
};

static enum rc look_through(struct looking *looking);

static enum rc look_below(const struct looking *upper, const char *name)
{
    char within[PARCEL_FILE_BYTES];
    struct looking below = {upper->found, -1, within, upper->depth - 1};
    if (snprintf(within, sizeof within, "%s%s/", upper->within, name) >= (int)sizeof within ||
        infolder_open(upper->folder, name, &below.folder))
        return RC_OK;
    enum rc rc = look_through(&below);
    close(below.folder);
    return rc;
}

static enum rc look_at(void *context, const char *name)
{
    const struct looking *looking = context;
    struct found *found = looking->found;
    char plain[PARCEL_FILE_BYTES];
    int64_t bytes;
    if (infolder_is_litter(name))
        return RC_OK;
    if (looking->depth && infolder_look(looking->folder, name, &bytes) == INFOLDER_FOLDER &&
        !unseal_name(name, plain, sizeof plain))
        return look_below(looking, name);
    if (unseal_name(name, plain, sizeof plain) && found->count < PARCEL_FILES_MAX &&
        snprintf(found->names[found->count], PARCEL_FILE_BYTES, "%s%s", looking->within, name) <
            PARCEL_FILE_BYTES)
        found->count++;
    return RC_OK;
}

static enum rc look_through(struct looking *looking)
{
    bool is_cut;
    return infolder_each(looking->folder, ENTRIES_MAX, look_at, looking, &is_cut);
}

static int compare(const void *one, const void *other)
{
    return strcmp(one, other);
}

static enum rc look(const char *folder, struct found *found)
{
    struct looking looking = {found, -1, "", PARCEL_DEPTH_MAX};
    looking.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (looking.folder < 0)
        return rc_from_errno(errno);
    enum rc rc = look_through(&looking);
    close(looking.folder);
    qsort(found->names, (size_t)found->count, sizeof found->names[0], compare);
    return rc;
}

enum rc unseal_each(const char *folder, enum rc (*file)(void *context, const char *name),
                    void *context, struct reason *out_reason)
{
    struct found *found = calloc(1, sizeof *found);
    enum rc rc = found ? look(folder, found) : RC_NO_MEMORY;
    if (rc) {
        reason_set(out_reason, "%s cannot be read: %s.", folder, rc_text(rc));
    } else if (!found->count) {
        reason_set(out_reason, "there is no sealed file in %s.", folder);
        rc = RC_EMPTY;
    }
    for (int i = 0; !rc && i < found->count; i++)
        rc = file(context, found->names[i]);
    free(found);
    return rc;
}
