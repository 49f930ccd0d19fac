#include "app/venue_take_i.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "app/exchange/infolder.h"
#include "app/venue.h"
#include "firmware/base/settings.h"

static enum rc prepare(struct venue_take *take, struct reason *out_reason)
{
    take->data_fd = open(take->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum rc rc = take->data_fd < 0 ? rc_from_errno(errno) : venue_take_lock(take->data_fd);
    if (rc == RC_BUSY) {
        reason_set(out_reason, "%s",
                   SAID("somebody else is taking a venue's files; wait until they are done"));
        return rc;
    }
    if (!rc)
        rc = venue_take_complete(take->data_fd);
    if (!rc)
        rc = infolder_remove(take->data_fd, VENUE_TAKE_PART);
    if (!rc)
        rc = venue_take_make_folder(take, take->data_fd, VENUE_TAKE_PART, &take->part_fd);
    if (rc) {
        reason_set(out_reason, SAID("the data folder %s cannot be written: %s"), take->data,
                   rc_text(rc));
        reason_mark(out_reason, 1);
    }
    return rc;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static enum rc settle(struct venue_take *take, struct reason *out_reason)
{
    if (!take->count && !take->problems.count) {
        reason_set(out_reason,
                   SAID("There is nothing of a venue in this folder: neither %s, %s nor %s/."),
                   VENUE_FILE, CIRCLES_FILE, GUIDES_FOLDER);
        return RC_EMPTY;
    }
    qsort(take->names, (size_t)take->count, sizeof take->names[0], compare_names);
    for (int i = 0; i < VENUE_PART_COUNT; i++) {
        size_t length = strlen(venue_part_name((enum venue_part)i));
        for (int j = 0; j < take->count; j++)
            if (strncmp(take->names[j], venue_part_name((enum venue_part)i), length) == 0)
                take->parts |= 1u << i;
    }
    return RC_OK;
}

enum rc venue_take_open_parts(const char *data, int from, unsigned parts,
                              struct venue_take **out_take, struct reason *out_reason)
{
    struct venue_take *take = calloc(1, sizeof *take);
    if (!take) {
        reason_set(out_reason, "%s", SAID("there is no memory to copy the venue's files"));
        return RC_NO_MEMORY;
    }
    take->data_fd = take->part_fd = take->welcome_fd = -1;
    take->wanted = parts;
    snprintf(take->data, sizeof take->data, "%s", data);
    struct reason reason = {.text = ""};
    enum rc rc = prepare(take, &reason);
    if (!rc)
        rc = venue_take_copy(take, from, &reason);
    if (!rc)
        rc = settle(take, &reason);
    if (rc) {
        reason_copy(out_reason, &reason);
        venue_take_close(take);
        return rc;
    }
    *out_take = take;
    return RC_OK;
}

void venue_take_close(struct venue_take *take)
{
    if (!take)
        return;
    if (take->welcome_fd >= 0)
        close(take->welcome_fd);
    if (take->part_fd >= 0) {
        close(take->part_fd);
        /* Where it cannot be removed now, the next one does. */
        (void)!infolder_remove(take->data_fd, VENUE_TAKE_PART);
    }
    if (take->data_fd >= 0)
        close(take->data_fd);
    free(take);
}

const struct problems *venue_take_problems(const struct venue_take *take)
{
    return &take->problems;
}

int venue_take_unused(const struct venue_take *take, int *out_beyond,
                      const char (**out_names)[VENUE_TAKE_NAME_BYTES])
{
    *out_beyond = take->unused_beyond;
    *out_names = take->unused;
    return take->unused_count;
}

enum rc venue_take_open(const char *data, int from, struct venue_take **out_take,
                        struct reason *out_reason)
{
    return venue_take_open_parts(data, from, (1u << VENUE_PART_COUNT) - 1, out_take, out_reason);
}

/* --- what it would change --- */

enum rc venue_take_check(const struct venue_take *take, const char *welcome,
                         struct venue_check *out_check)
{
    char part[PATH_MAX];
    struct stat is;
    bool has_paths = snprintf(part, sizeof part, "%s/" VENUE_TAKE_PART, take->data) < PATH_MAX;
    for (int i = 0; i < VENUE_PART_COUNT; i++)
        has_paths &= venue_part_path(take->parts >> i & 1 ? part : take->data, (enum venue_part)i,
                                     out_check->paths[i]);
    if (!has_paths)
        return RC_LIMIT;
    char *path = out_check->paths[VENUE_WELCOME];
    bool is_own = stat(path, &is) == 0;
    if (!is_own && welcome)
        snprintf(path, PATH_MAX, "%s", welcome);
    bool is_concerned = take->parts & (1u << VENUE_CIRCLES | 1u << VENUE_WELCOME);
    out_check->skips_welcome = !is_concerned || (!is_own && !welcome);
    return venue_check_files(out_check);
}

/* RC_NOT_FOUND, or *out_bytes to free. */
static enum rc read_own(int folder, const char *name, char **out_bytes, size_t *out_length)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return rc_from_errno(errno);
    enum rc rc = infile_read_fd(fd, name, SETTINGS_FILE_BYTES, out_bytes, out_length, NULL);
    close(fd);
    return rc;
}

static enum rc judge(const struct venue_take *take, const char *name, enum venue_change *out_change)
{
    char *before = NULL, *after = NULL;
    size_t before_length = 0, after_length = 0;
    enum rc rc = read_own(take->part_fd, name, &after, &after_length);
    if (rc)
        return rc;
    rc = read_own(take->data_fd, name, &before, &before_length);
    bool is_same = !rc && before_length == after_length && !memcmp(before, after, after_length);
    *out_change = rc == RC_NOT_FOUND ? VENUE_NEW : is_same ? VENUE_SAME : VENUE_CHANGED;
    free(before);
    free(after);
    return rc == RC_NO_MEMORY ? rc : RC_OK;
}

struct comparing {
    const struct venue_take *take;
    enum rc (*file)(void *context, const struct venue_take_file *file);
    void *context;
};

static enum rc compare_gone(void *context, const char *there)
{
    const struct comparing *comparing = context;
    struct venue_take_file file = {.change = VENUE_GONE};
    if (infolder_is_litter(there) || !venue_welcome_bytes(there))
        return RC_OK;
    snprintf(file.name, sizeof file.name, GUIDES_FOLDER "/%s", there);
    return venue_take_has(comparing->take, file.name) ? RC_OK
                                                      : comparing->file(comparing->context, &file);
}

enum rc venue_take_compare(const struct venue_take *take,
                           enum rc (*file)(void *context, const struct venue_take_file *file),
                           void *context)
{
    struct comparing comparing = {take, file, context};
    int welcome;
    bool is_cut;
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < take->count; i++) {
        struct venue_take_file one = {.change = VENUE_SAME};
        strcpy(one.name, take->names[i]);
        rc = judge(take, one.name, &one.change);
        if (!rc)
            rc = file(context, &one);
    }
    if (rc || !(take->parts >> VENUE_WELCOME & 1) ||
        infolder_open(take->data_fd, GUIDES_FOLDER, &welcome))
        return rc;
    rc = infolder_each(welcome, VENUE_TAKE_ENTRIES, compare_gone, &comparing, &is_cut);
    close(welcome);
    return rc;
}
