/* The folders in a parcel: made, entered, brought to the device, and gone again. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "app/exchange/parcel_i.h"

#define ENTRIES_MAX 10000

int parcel_sync_folder(int folder)
{
    return fsync(folder) && errno != EINVAL ? -1 : 0;
}

/* Step by step: openat would follow a link to a folder on the way. */
enum rc parcel_enter(int folder, const char *name, int *out_fd)
{
    char step[PARCEL_FILE_BYTES];
    int fd = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        return rc_from_errno(errno);
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1) {
        int upper = fd;
        snprintf(step, sizeof step, "%.*s", (int)(slash - name), name);
        enum rc rc = infolder_open(upper, step, &fd);
        close(upper);
        if (rc)
            return rc;
    }
    *out_fd = fd;
    return RC_OK;
}

/* --- making --- */

static bool has_folder(const struct parcel *parcel, const char *name)
{
    for (size_t i = 0; i < parcel->folder_count; i++)
        if (strcmp(parcel->folders[i], name) == 0)
            return true;
    return false;
}

static enum rc make_folder(struct parcel *parcel, const char *name)
{
    const char *slash = strrchr(name, '/');
    int upper;
    if (parcel->folder_count == PARCEL_FOLDERS_MAX)
        return RC_LIMIT;
    enum rc rc = parcel_enter(parcel->folder, name, &upper);
    if (rc)
        return rc;
    rc = mkdirat(upper, slash ? slash + 1 : name, 0700) ? rc_from_errno(errno) : RC_OK;
    close(upper);
    if (!rc)
        strcpy(parcel->folders[parcel->folder_count++], name);
    return rc;
}

enum rc parcel_make_folders(struct parcel *parcel, const char *name)
{
    char folder[PARCEL_FILE_BYTES];
    enum rc rc = RC_OK;
    for (const char *end = strchr(name, '/'); !rc && end; end = strchr(end + 1, '/')) {
        snprintf(folder, sizeof folder, "%.*s", (int)(end - name), name);
        rc = has_folder(parcel, folder) ? RC_OK : make_folder(parcel, folder);
    }
    return rc;
}

static enum rc sync_one(const struct parcel *parcel, const char *name)
{
    char within[PARCEL_FILE_BYTES + 2];
    int fd;
    snprintf(within, sizeof within, "%s/", name);
    enum rc rc = parcel_enter(parcel->folder, within, &fd);
    if (rc)
        return rc;
    rc = parcel_sync_folder(fd) ? rc_from_errno(errno) : RC_OK;
    close(fd);
    return rc;
}

enum rc parcel_sync_folders(const struct parcel *parcel)
{
    for (size_t i = parcel->folder_count; i-- > 0;) {
        enum rc rc = sync_one(parcel, parcel->folders[i]);
        if (rc)
            return rc;
    }
    return parcel_sync_folder(parcel->folder) ? rc_from_errno(errno) : RC_OK;
}

/* --- removing --- */

struct clearing {
    int folder;
    dev_t device;
    int depth; /* folders that may still be below */
};

static void clear(const struct clearing *clearing);

static void clear_below(const struct clearing *upper, const char *name)
{
    struct clearing below = {.device = upper->device, .depth = upper->depth - 1};
    struct stat is;
    if (infolder_open(upper->folder, name, &below.folder))
        return;
    if (fstat(below.folder, &is) == 0 && is.st_dev == below.device)
        clear(&below);
    close(below.folder);
    unlinkat(upper->folder, name, AT_REMOVEDIR);
}

static enum rc clear_entry(void *context, const char *name)
{
    const struct clearing *clearing = context;
    if (!parcel_is_plain(name) || unlinkat(clearing->folder, name, 0) == 0)
        return RC_OK;
    if ((errno == EISDIR || errno == EPERM) && clearing->depth)
        clear_below(clearing, name);
    return RC_OK;
}

static void clear(const struct clearing *clearing)
{
    bool is_cut;
    (void)!infolder_each(clearing->folder, ENTRIES_MAX, clear_entry, (void *)clearing, &is_cut);
}

void parcel_clear(int folder)
{
    struct stat is;
    if (fstat(folder, &is) == 0)
        clear(&(struct clearing){folder, is.st_dev, PARCEL_DEPTH_MAX});
}
