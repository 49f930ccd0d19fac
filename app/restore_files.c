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

#define PART "restore.part"

static const char *const names[RESTORE_FILE_COUNT] = {
    [RESTORE_DATABASE] = "perron.db",   [RESTORE_JOURNAL] = "journal.jsonl",
    [RESTORE_KEY] = "venue.key",        [RESTORE_SETTINGS] = "perron.conf",
    [RESTORE_CIRCLES] = "circles.conf",
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
    if (mkdirat(restore->data_fd, PART, 0700) && errno != EEXIST)
        return fail_data(restore, errno);
    return restore_empty_part(restore);
}

enum rc restore_empty_part(struct restore *restore)
{
    int fd = -1;
    enum rc rc = infolder_open(restore->data_fd, PART, &fd);
    if (!rc)
        rc = infolder_empty(fd);
    if (fd >= 0)
        close(fd);
    if (rc)
        reason_set(restore->reason, "the data folder %s cannot be written: %s", restore->job->data,
                   rc_text(rc));
    return rc;
}

enum rc restore_settle(struct restore *restore)
{
    static const struct {
        const char *name;
        bool may_be_missing;
    } order[] = {/* the register is there with the last */
                 {"circles.conf", true},
                 {"perron.conf", true},
                 {"venue.key", false},
                 {"perron.db", false}};
    char log[PATH_MAX + 32];
    struct stat status;
    snprintf(log, sizeof log, "%s/perron.db-wal", restore->part);
    if (stat(log, &status) == 0 && status.st_size) {
        reason_set(restore->reason, "the restored register could not be brought to disk");
        return RC_IO;
    }
    int part_fd = openat(restore->data_fd, PART, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = part_fd < 0 || fsync(part_fd) ? errno : 0;
    for (size_t i = 0; !error && i < sizeof order / sizeof order[0]; i++)
        if ((renameat(part_fd, order[i].name, restore->data_fd, order[i].name) &&
             !(errno == ENOENT && order[i].may_be_missing)) ||
            fsync(restore->data_fd))
            error = errno;
    if (part_fd >= 0)
        close(part_fd);
    return error ? fail_data(restore, error) : RC_OK;
}

void restore_end_part(struct restore *restore)
{
    struct reason ignored, *reason = restore->reason;
    restore->reason = &ignored;
    if (restore->part[0]) {
        (void)!restore_empty_part(restore);
        unlinkat(restore->data_fd, PART, AT_REMOVEDIR);
    }
    restore->reason = reason;
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
    for (int i = 0; i < RESTORE_FILE_COUNT; i++)
        if (strcmp(names[i], is_sealed ? plain : name) == 0) {
            restore->states[i] = state;
            restore->is_sealed[i] = is_sealed;
        }
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
    if (rc && restore->states[RESTORE_DATABASE] == PARCEL_MISSING &&
        restore->states[RESTORE_JOURNAL] == PARCEL_MISSING) {
        restore_tell(restore, "%s", why.text);
        look_for_files(restore);
    }
    if (restore->states[RESTORE_DATABASE] != PARCEL_MISSING ||
        restore->states[RESTORE_JOURNAL] != PARCEL_MISSING)
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

enum rc restore_take_settings(struct restore *restore)
{
    enum rc rc = RC_OK;
    for (int file = RESTORE_SETTINGS; !rc && file <= RESTORE_CIRCLES; file++) {
        if (restore->states[file] != PARCEL_RIGHT || is_there(restore->job->data, names[file]))
            continue;
        rc = restore_take(restore, (enum restore_file)file);
        restore->result.has_settings |= !rc;
    }
    return rc;
}
