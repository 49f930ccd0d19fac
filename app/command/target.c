#include "app/command/target.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>

static enum rc put(void *context, const char *bytes, size_t length)
{
    struct target *target = context;
    return target->device = outfile_write(target->file, bytes, length);
}

enum rc target_begin(const char *path, struct target *target, struct reason *out_reason)
{
    char folder[PATH_MAX], name[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    snprintf(name, sizeof name, "%s", path);
    *target = (struct target){.sink = {target, put}};
    return outfile_create(dirname(folder), basename(name), &target->file, out_reason);
}

enum rc target_end(struct target *target, enum rc rc, struct reason *out_reason)
{
    if (rc && !target->device) {
        outfile_abandon(target->file);
        return rc;
    }
    return outfile_commit(target->file, out_reason);
}
