/* boot_find.c - a single file of a boot partition by its name, in capitals or not. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/boot_files.h"
#include "app/exchange/infolder.h"

#define BESIDE "perron"
#define THERE_BYTES 256

struct seeking {
    const char *name;
    char there[THERE_BYTES]; /* as the folder has it; "": not met */
};

static enum rc meet(void *context, const char *there)
{
    struct seeking *seeking = context;
    bool is_it = !seeking->there[0] && strcasecmp(there, seeking->name) == 0;
    if (is_it)
        snprintf(seeking->there, sizeof seeking->there, "%s", there);
    return RC_OK;
}

/* RC_EMPTY: there is none, or something else than a file or folder is called so. */
static enum rc find(const char *folder, const char *name, char out_path[PATH_MAX])
{
    struct seeking seeking = {.name = name, .there = ""};
    int fd;
    int64_t bytes;
    bool is_cut;
    enum rc rc = infolder_open(AT_FDCWD, folder, &fd);
    if (rc)
        return rc;
    rc = infolder_each(fd, INTAKE_ENTRIES_MAX, meet, &seeking, &is_cut);
    enum infolder_kind kind =
        seeking.there[0] ? infolder_look(fd, seeking.there, &bytes) : INFOLDER_UNKNOWN;
    close(fd);
    if (rc)
        return rc;
    if (kind != INFOLDER_FILE && kind != INFOLDER_FOLDER)
        return RC_EMPTY;
    return snprintf(out_path, PATH_MAX, "%s/%s", folder, seeking.there) < PATH_MAX ? RC_OK
                                                                                   : RC_LIMIT;
}

enum rc boot_files_find(const char *root, const char *name, char out_path[PATH_MAX])
{
    char top[PATH_MAX], beside[PATH_MAX];
    if (snprintf(top, sizeof top, "%s/.", root) >= (int)sizeof top)
        return RC_LIMIT;
    enum rc rc = find(top, name, out_path);
    if (rc == RC_EMPTY && !find(top, BESIDE, beside))
        rc = find(beside, name, out_path);
    return rc;
}
