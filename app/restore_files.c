#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "app/exchange/unseal.h"
#include "app/restore_i.h"
#include "app/venue.h"

#define PART "restore.part"

static const char *const names[RESTORE_FILE_COUNT] = {
    [RESTORE_DATABASE] = "perron.db",
    [RESTORE_JOURNAL] = "journal.jsonl",
    [RESTORE_KEY] = "venue.key",
};

/* --- the data folder --- */

static bool is_there(const char *folder, const char *name)
{
    char path[PATH_MAX];
    struct stat status;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    return length < PATH_MAX && lstat(path, &status) == 0;
}

enum rc restore_look_at_data(struct restore *restore)
{
    const char *data = restore->job->data;
    if (strlen(data) + 64 > PATH_MAX) {
        reason_set(restore->reason, "the path of the data folder is too long");
        return RC_LIMIT;
    }
    if (!is_there(data, "perron.db") && !is_there(data, "perron.db-wal"))
        return RC_OK;
    reason_set(restore->reason,
               "there is a register in %s already, and a restore never replaces one: choose an "
               "empty folder, or move that register away first",
               data);
    return RC_REFUSED;
}

static enum rc fail_data(struct restore *restore, int error)
{
    reason_set(restore->reason, "the data folder %s cannot be written: %s", restore->job->data,
               strerror(error));
    return rc_from_errno(error);
}

static enum rc take_lock(struct restore *restore)
{
    restore->lock_fd = openat(restore->data_fd, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (restore->lock_fd < 0)
        return fail_data(restore, errno);
    if (flock(restore->lock_fd, LOCK_EX | LOCK_NB)) {
        reason_set(restore->reason, "another station or command is writing to %s; stop it first",
                   restore->job->data);
        return RC_BUSY;
    }
    return RC_OK;
}

enum rc restore_begin_part(struct restore *restore)
{
    const char *data = restore->job->data;
    if (mkdir(data, 0700) == 0)
        restore->has_made_data = true;
    else if (errno != EEXIST)
        return fail_data(restore, errno);
    restore->data_fd = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (restore->data_fd < 0)
        return fail_data(restore, errno);
    enum rc rc = take_lock(restore);
    if (rc)
        return rc;
    snprintf(restore->part, sizeof restore->part, "%s/" PART, data);
    return restore_empty_part(restore);
}

enum rc restore_empty_part(struct restore *restore)
{
    enum rc rc = infolder_remove(restore->data_fd, PART);
    if (!rc && mkdirat(restore->data_fd, PART, 0700))
        rc = rc_from_errno(errno);
    if (rc)
        reason_set(restore->reason, "the data folder %s cannot be written: %s", restore->job->data,
                   rc_text(rc));
    return rc;
}

/* What goes to its place, in this order: the register is there with the last. */
static const struct {
    const char *within, *name;
    int part; /* of the house; below 0: it must be there */
} order[] = {
    {RESTORE_HOUSE, GUIDES_FOLDER, VENUE_WELCOME},
    {RESTORE_HOUSE, CIRCLES_FILE, VENUE_CIRCLES},
    {RESTORE_HOUSE, VENUE_FILE, VENUE_SETTINGS},
    {".", VENUE_KEY_NAME, -1},
    {".", "perron.db", -1},
};
#define ORDER_COUNT (sizeof order / sizeof order[0])

/* 0 or an errno. */
static int move(const struct restore *restore, size_t i, bool is_back)
{
    char path[64];
    int data = restore->data_fd;
    snprintf(path, sizeof path, PART "/%s/%s", order[i].within, order[i].name);
    if (order[i].part >= 0 && !restore->takes[order[i].part])
        return 0;
    return (is_back ? renameat(data, order[i].name, data, path)
                    : renameat(data, path, data, order[i].name)) ||
                   fsync(data)
               ? errno
               : 0;
}

static int sync_part(const struct restore *restore)
{
    int fd = openat(restore->data_fd, PART, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = fd < 0 || fsync(fd) ? errno : 0;
    if (fd >= 0)
        close(fd);
    return error;
}

enum rc restore_settle(struct restore *restore)
{
    char log[PATH_MAX + 32];
    struct stat status;
    snprintf(log, sizeof log, "%s/perron.db-wal", restore->part);
    if (stat(log, &status) == 0 && status.st_size) {
        reason_set(restore->reason, "the restored register could not be brought to disk");
        return RC_IO;
    }
    size_t moved = 0;
    int error = sync_part(restore);
    while (!error && moved < ORDER_COUNT)
        error = move(restore, moved++, false);
    /* Also the one that failed, which may be in its place all the same. A key stays: one may have
     * been there before. */
    for (; error && moved > 0; moved--)
        if (strcmp(order[moved - 1].name, VENUE_KEY_NAME) != 0)
            (void)!move(restore, moved - 1, true);
    return error ? fail_data(restore, error) : RC_OK;
}

void restore_end_part(struct restore *restore)
{
    if (restore->part[0])
        (void)!infolder_remove(restore->data_fd, PART);
    if (restore->has_made_data && !is_there(restore->job->data, "perron.db")) {
        unlinkat(restore->data_fd, "lock", 0);
        rmdir(restore->job->data);
    }
    if (restore->lock_fd >= 0)
        close(restore->lock_fd);
    if (restore->data_fd >= 0)
        close(restore->data_fd);
}

/* --- the export --- */

static void hear_state(void *context, const char *name, enum parcel_state state)
{
    struct restore *restore = context;
    char plain[256];
    bool is_sealed = unseal_name(name, plain, sizeof plain);
    if (is_sealed) /* with its folders */
        snprintf(plain, sizeof plain, "%.*s", (int)(strlen(name) - strlen(SEAL_SUFFIX)), name);
    restore_hear_venue(restore, name, is_sealed ? plain : name, state);
    for (int i = 0; i < RESTORE_FILE_COUNT; i++)
        if (strcmp(names[i], is_sealed ? plain : name) == 0) {
            restore->states[i] = state;
            restore->is_sealed[i] = is_sealed;
        }
    restore->has_told_damage |= state != PARCEL_RIGHT;
    if (state == PARCEL_MISSING)
        restore_tell(restore, "%.200s is missing.", name);
    else if (state == PARCEL_DAMAGED)
        restore_tell(restore, "%.200s is damaged: it is not what was written.", name);
}

/* Where the list of sums is no help, what lies there can still be tried. */
static void look_for_files(struct restore *restore)
{
    char sealed[64];
    for (int i = 0; i < RESTORE_FILE_COUNT; i++) {
        snprintf(sealed, sizeof sealed, "%s" SEAL_SUFFIX, names[i]);
        restore->is_sealed[i] = is_there(restore->job->from, sealed);
        if (restore->is_sealed[i] || is_there(restore->job->from, names[i]))
            restore->states[i] = PARCEL_DAMAGED;
    }
}

static bool has_neither(const struct restore *restore)
{
    return restore->states[RESTORE_DATABASE] == PARCEL_MISSING &&
           restore->states[RESTORE_JOURNAL] == PARCEL_MISSING;
}

enum rc restore_check_files(struct restore *restore)
{
    struct reason why = {.text = ""};
    struct stat status;
    if (stat(restore->job->from, &status) || !S_ISDIR(status.st_mode)) {
        reason_set(restore->reason, "%s is no folder that can be read", restore->job->from);
        return RC_NOT_FOUND;
    }
    for (int i = 0; i < RESTORE_FILE_COUNT; i++)
        restore->states[i] = PARCEL_MISSING;
    enum rc rc = parcel_check(restore->job->from, hear_state, restore, &why);
    if (rc == RC_NO_MEMORY) {
        *restore->reason = why;
        return rc;
    }
    restore->is_list_cut = rc && rc != RC_CORRUPT;
    if (restore->is_list_cut)
        restore_tell(restore, "%s What else belongs to this export is not known.", why.text);
    if (rc && has_neither(restore))
        look_for_files(restore);
    if (!has_neither(restore))
        return RC_OK;
    reason_set(restore->reason,
               "there is nothing in %s to restore from: neither perron.db nor journal.jsonl",
               restore->job->from);
    return RC_NOT_FOUND;
}

enum rc restore_take(struct restore *restore, enum restore_file file)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s%s", restore->job->from, names[file],
                          restore->is_sealed[file] ? SEAL_SUFFIX : "");
    if (length >= PATH_MAX) {
        reason_set(restore->reason, "the path of the export is too long");
        return RC_LIMIT;
    }
    if (!restore->is_sealed[file])
        return unseal_copy(path, restore->part, names[file], restore->reason);
    if (restore->job->key)
        return unseal_to_file(path, restore->job->key, restore->part, names[file], restore->reason);
    reason_set(restore->reason,
               "%s is sealed: give the file with the secret key, with --key. It is not on the "
               "stick",
               names[file]);
    return RC_REFUSED;
}
