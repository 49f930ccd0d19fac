#include "firmware/linux/stick_files.h"

#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define DEPTH_MAX 8      /* of folders below a USB device; an input device is at 3 or 4 */
#define ENTRIES_MAX 8192 /* looked at below one, most of them twice */

/* --- where a device is in the kernel's tree --- */

static bool has_file(const char *folder, const char *name)
{
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

/* False: the folder is the topmost. */
static bool go_up(char *folder)
{
    char *slash = strrchr(folder, '/');
    if (!slash || slash == folder)
        return false;
    *slash = 0;
    return true;
}

/* The folder of the disk that a device is, or is a partition of. */
static bool find_disk(const char *root, uint64_t device, char out_folder[PATH_MAX])
{
    char link[PATH_MAX];
    snprintf(link, sizeof link, "%s/sys/dev/block/%u:%u", root, major(device), minor(device));
    if (!realpath(link, out_folder))
        return false;
    return !has_file(out_folder, "partition") || go_up(out_folder);
}

bool stick_files_are_one_disk(const char *root, uint64_t one, uint64_t other)
{
    char folder[PATH_MAX], other_folder[PATH_MAX];
    return find_disk(root, one, folder) && find_disk(root, other, other_folder) &&
           strcmp(folder, other_folder) == 0;
}

/* --- what else it is --- */

/* Links lead out of the device and are not followed. */
static bool has_input(char *folder)
{
    char *const folders[] = {folder, NULL};
    FTS *tree = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    FTSENT *entry;
    bool is_found = false;
    for (int i = 0; tree && !is_found && i < ENTRIES_MAX && (entry = fts_read(tree)); i++) {
        is_found = entry->fts_info == FTS_D && strcmp(entry->fts_name, "input") == 0;
        if (entry->fts_level >= DEPTH_MAX)
            fts_set(tree, entry, FTS_SKIP);
    }
    if (tree)
        fts_close(tree);
    return is_found;
}

bool stick_files_types(const char *root, uint64_t device)
{
    char folder[PATH_MAX];
    if (!find_disk(root, device, folder))
        return false;
    while (!has_file(folder, "idVendor")) /* which only a USB device has */
        if (!go_up(folder))
            return false;
    return has_input(folder);
}

/* --- what is mounted --- */

/* The kernel writes spaces, tabs, line ends and backslashes as \040 and so on (proc(5)). */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from; to++) {
        unsigned code;
        if (*from == '\\' && sscanf(from + 1, "%3o", &code) == 1) {
            *to = (char)code;
            from += 4;
        } else
            *to = *from++;
    }
    *to = 0;
}

static bool has_option(const char *options, const char *option)
{
    size_t length = strlen(option);
    for (const char *at = options; at; at = strchr(at, ','), at = at ? at + 1 : NULL)
        if (strncmp(at, option, length) == 0 && (at[length] == ',' || !at[length]))
            return true;
    return false;
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue" */
static bool read_line(char *line, const char *path, struct stick_mount *out_mount)
{
    unsigned high, low;
    char *rest = strstr(line, " - "), *place, *options, *next;
    int start = 0;
    if (!rest || sscanf(line, "%*u %*u %u:%u %*s %n", &high, &low, &start) != 2 || !start)
        return false;
    place = strtok_r(line + start, " ", &next);
    options = strtok_r(NULL, " ", &next);
    if (!place || !options)
        return false;
    unescape(place);
    if (strcmp(place, path) != 0)
        return false;
    *out_mount = (struct stick_mount){
        .device = makedev(high, low),
        .is_guarded = has_option(options, "nosuid") && has_option(options, "nodev") &&
                      has_option(options, "noexec"),
        .is_read_only = has_option(options, "ro"),
    };
    sscanf(rest + 3, "%15s", out_mount->file_system);
    return true;
}

enum rc stick_files_mount(const char *root, const char *path, struct stick_mount *out_mount)
{
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%s/proc/self/mountinfo", root);
    FILE *file = fopen(name, "re");
    enum rc rc = RC_NOT_FOUND;
    char *line = NULL;
    size_t size = 0;
    while (file && getline(&line, &size, file) > 0)
        if (read_line(line, path, out_mount))
            rc = RC_OK;
    free(line);
    if (file)
        fclose(file);
    return rc;
}
