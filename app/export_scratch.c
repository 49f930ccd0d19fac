/* Files that can only be made by name: they are about people, and gone when the export ends. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "app/export_i.h"

#define SCRATCH "scratch"
#define SCRATCH_RESERVE 4000000 /* for those who arrive meanwhile */

static enum rc open_scratch(struct export *export)
{
    char path[PATH_MAX];
    folder_path(export->folder, SCRATCH, path);
    if (mkdir(path, 0700) && errno != EEXIST)
        return rc_from_errno(errno);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    if (flock(fd, LOCK_EX | LOCK_NB)) {
        enum rc rc = errno == EWOULDBLOCK ? RC_BUSY : rc_from_errno(errno);
        close(fd);
        return rc;
    }
    (void)!infolder_empty(fd); /* what a power cut left */
    export->scratch_lock = fd;
    strcpy(export->scratch, path);
    return RC_OK;
}

enum rc export_scratch(struct export *export, const char *name, char out_path[PATH_MAX])
{
    enum rc rc = export->scratch[0] ? RC_OK : open_scratch(export);
    if (!rc && snprintf(out_path, PATH_MAX, "%s/%s", export->scratch, name) >= PATH_MAX)
        rc = RC_LIMIT;
    if (rc == RC_BUSY)
        reason_set(export->reason, SAID("another export is running; wait until it has ended"));
    else if (rc == RC_FULL)
        return export_scratch_full(export, 0);
    else if (rc) {
        reason_set(export->reason, SAID("the folder %s cannot be made in the data folder: %s"),
                   SCRATCH, rc_text(rc));
        reason_mark(export->reason, 1);
    }
    return rc;
}

static int64_t free_bytes(const struct export *export)
{
    struct statvfs status;
    if (fstatvfs(export->scratch_lock, &status))
        return INT64_MAX;
    return (int64_t)status.f_bavail * (int64_t)status.f_frsize;
}

enum rc export_scratch_full(struct export *export, int64_t bytes)
{
    reason_set(
        export->reason,
        SAID("It is the station's own disk that is too full, not where the export goes: the copy "
             "and the workbook are made there first, and take %lld MB that are given back "
             "afterwards. Free that much in it, or take out the tables alone, which need none: "
             "perron export --files visits,hours"),
        (long long)((bytes + SCRATCH_RESERVE) / 1000000 + 1));
    return RC_LIMIT; /* RC_FULL is the stick's */
}

enum rc export_scratch_has_room(struct export *export, int64_t bytes)
{
    if (free_bytes(export) >= bytes + SCRATCH_RESERVE)
        return RC_OK;
    return export_scratch_full(export, bytes);
}

void export_clear_scratch(struct export *export)
{
    if (!export->scratch[0])
        return;
    (void)!infolder_empty(export->scratch_lock);
    rmdir(export->scratch);
    close(export->scratch_lock);
    export->scratch[0] = 0;
}
