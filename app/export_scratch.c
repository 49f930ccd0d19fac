/* Files that can only be made by name: they are about people, and gone when the export ends. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "app/export_i.h"

#define SCRATCH "scratch"

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
    else if (rc) {
        reason_set(export->reason, SAID("the folder %s cannot be made in the data folder: %s"),
                   SCRATCH, rc_text(rc));
        reason_mark(export->reason, 1);
    }
    return rc;
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
