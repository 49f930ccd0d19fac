/* Where the parts of a board are, and nowhere else. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/device/board_i.h"

#define PART_BYTES 64

/* Small letters of a path below here: nothing that leads up or out. */
static bool is_name(const char *part)
{
    size_t length = strlen(part);
    return length > 0 && length < PART_BYTES && !strstr(part, "..") && !strstr(part, "//") &&
           part[0] != '/' && part[length - 1] != '/' &&
           strspn(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") ==
               length;
}

static void folder_of(const char *path, char *out_folder)
{
    const char *slash = strrchr(path, '/');
    snprintf(out_folder, PATH_MAX, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    if (!*out_folder)
        strcpy(out_folder, "/");
}

/* --- those there are, for who named one that is not --- */

static int is_conf(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".conf") == 0;
}

static void list_in(const char *folder, const char *kind, char *text, size_t size)
{
    struct dirent **entries;
    char path[PATH_MAX];
    if (!folder || snprintf(path, sizeof path, "%s/%s", folder, kind) >= (int)sizeof path)
        return;
    int count = scandir(path, &entries, is_conf, alphasort);
    for (int i = 0; i < count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%s/%.*s", used ? ", " : "", kind,
                 (int)strlen(entries[i]->d_name) - 5, entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static enum rc tell_missing(const struct board_reading *reading, const char *folder,
                            const char *part)
{
    char known[300] = "", kind[PART_BYTES];
    const char *slash = strchr(part, '/');
    snprintf(kind, sizeof kind, "%.*s", slash ? (int)(slash - part) : 0, part);
    if (*kind) {
        list_in(folder, kind, known, sizeof known);
        list_in(reading->shelf, kind, known, sizeof known);
    }
    if (*known)
        reason_set(reading->reason, "%s:%d: there is no part '%s'; there are %s", reading->name,
                   reading->parts_line, part, known);
    else
        reason_set(reading->reason,
                   "%s:%d: there is no part '%s', not beside this file and not in %s; parts are "
                   "called screen/..., reader/..., pins/... or machine/...",
                   reading->name, reading->parts_line, part,
                   reading->shelf ? reading->shelf : "another folder");
    return RC_BAD_INPUT;
}

/* --- one of them --- */

/* RC_NOT_FOUND: not here. A link may lie there, but not lead out. */
static enum rc look_in(const struct board_reading *reading, const char *folder, const char *part,
                       char *out_path)
{
    char wanted[PATH_MAX], top[PATH_MAX];
    size_t length = strlen(part);
    bool has_end = length > 5 && strcmp(part + length - 5, ".conf") == 0;
    if (!folder || !realpath(folder, top) ||
        snprintf(wanted, sizeof wanted, "%s/%s%s", folder, part, has_end ? "" : ".conf") >=
            (int)sizeof wanted ||
        !realpath(wanted, out_path))
        return RC_NOT_FOUND;
    size_t top_length = strcmp(top, "/") == 0 ? 0 : strlen(top);
    if (strncmp(out_path, top, top_length) == 0 && out_path[top_length] == '/')
        return RC_OK;
    reason_set(reading->reason, "%s:%d: the part '%s' leads out of %s; put the file itself there",
               reading->name, reading->parts_line, part, folder);
    return RC_BAD_INPUT;
}

enum rc board_find_part(const struct board_reading *reading, const char *part, char *out_path)
{
    char folder[PATH_MAX];
    if (!is_name(part)) {
        reason_set(reading->reason,
                   "%s:%d: '%.60s' is no name of a part; write one such as screen/official-7inch",
                   reading->name, reading->parts_line, part);
        return RC_BAD_INPUT;
    }
    folder_of(reading->path, folder);
    enum rc rc = look_in(reading, folder, part, out_path);
    if (rc == RC_NOT_FOUND)
        rc = look_in(reading, reading->shelf, part, out_path);
    return rc == RC_NOT_FOUND ? tell_missing(reading, folder, part) : rc;
}
