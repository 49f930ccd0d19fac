#include "app/store/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/hex.h"

struct folder {
    char path[PATH_MAX];
    int dir_fd;
    int lock_fd;
    ino_t database; /* FOLDER_WRITE: the file that was there when it was opened */
    struct venue_key key;
};

static enum rc make_and_open(struct folder *folder, enum folder_mode mode, struct reason *reason)
{
    if (mode == FOLDER_WRITE && mkdir(folder->path, 0700) && errno != EEXIST) {
        reason_set(reason, SAID("the data folder %s cannot be made: %s"), folder->path,
                   strerror(errno));
        return rc_from_errno(errno);
    }
    folder->dir_fd = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->dir_fd < 0) {
        reason_set(reason, SAID("the data folder %s cannot be opened: %s"), folder->path,
                   strerror(errno));
        return rc_from_errno(errno);
    }
    return RC_OK;
}

static enum rc take_lock(struct folder *folder, struct reason *reason)
{
    folder->lock_fd = openat(folder->dir_fd, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (folder->lock_fd < 0) {
        int error = errno;
        reason_set(reason, SAID("the data folder %s cannot be written: %s"), folder->path,
                   strerror(error));
        return rc_from_errno(error);
    }
    if (flock(folder->lock_fd, LOCK_EX | LOCK_NB)) {
        reason_set(reason, SAID("another station or command is writing to %s; stop it first"),
                   folder->path);
        return RC_BUSY;
    }
    return RC_OK;
}

static enum rc read_key(struct folder *folder, struct reason *reason)
{
    enum rc rc = venue_key_read(folder->dir_fd, &folder->key);
    if (rc == RC_CORRUPT)
        reason_set(reason, SAID("%s/%s is damaged; put a good copy of it back"), folder->path,
                   VENUE_KEY_NAME);
    else if (rc)
        reason_set(reason, SAID("%s/%s cannot be read: %s"), folder->path, VENUE_KEY_NAME,
                   strerror(errno));
    return rc;
}

static enum rc write_key(struct folder *folder, struct reason *reason)
{
    enum rc rc = venue_key_write(folder->dir_fd, &folder->key);
    if (rc)
        reason_set(reason, SAID("the venue's key could not be written to %s: %s"), folder->path,
                   rc_text(rc));
    return rc;
}

static enum rc have_key(struct folder *folder, enum folder_mode mode, struct reason *reason)
{
    enum rc rc = read_key(folder, reason);
    if (rc != RC_NOT_FOUND)
        return rc;
    if (faccessat(folder->dir_fd, "perron.db", F_OK, 0) == 0) {
        reason_set(reason,
                   SAID("%s/%s is missing, and without it no badge is recognised; put it back"),
                   folder->path, VENUE_KEY_NAME);
        return RC_CORRUPT;
    }
    if (mode == FOLDER_READ) {
        reason_set(reason, SAID("there is no register in %s yet"), folder->path);
        return RC_NOT_FOUND;
    }
    venue_key_make(&folder->key);
    return write_key(folder, reason);
}

/* There from the first day on, so that the fingerprint never changes by itself. */
static enum rc have_database(struct folder *folder, struct reason *reason)
{
    int fd = openat(folder->dir_fd, "perron.db", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || fsync(folder->dir_fd)) {
        int error = errno;
        reason_set(reason, SAID("%s/perron.db cannot be written: %s"), folder->path,
                   strerror(error));
        if (fd >= 0)
            close(fd);
        return rc_from_errno(error);
    }
    struct stat status;
    if (fstat(fd, &status) == 0)
        folder->database = status.st_ino;
    close(fd);
    return RC_OK;
}

bool folder_has_its_database(const struct folder *folder)
{
    char path[PATH_MAX];
    struct stat status;
    folder_path(folder, "perron.db", path);
    return stat(path, &status) == 0 && status.st_ino == folder->database;
}

static enum rc open_folder(const char *path, enum folder_mode mode, struct folder **out_folder,
                           struct reason *out_reason)
{
    if (strlen(path) + 32 > PATH_MAX) {
        reason_set(out_reason, SAID("the path of the data folder is too long"));
        return RC_LIMIT;
    }
    struct folder *folder = calloc(1, sizeof *folder);
    if (!folder) {
        reason_set(out_reason, SAID("there is no memory to open the data folder"));
        return RC_NO_MEMORY;
    }
    folder->dir_fd = folder->lock_fd = -1;
    snprintf(folder->path, sizeof folder->path, "%s", path);
    enum rc rc = make_and_open(folder, mode, out_reason);
    if (!rc && mode == FOLDER_WRITE)
        rc = take_lock(folder, out_reason);
    if (rc)
        folder_close(folder);
    else
        *out_folder = folder;
    return rc;
}

enum rc folder_open(const char *path, enum folder_mode mode, struct folder **out_folder,
                    struct reason *out_reason)
{
    struct folder *folder;
    enum rc rc = open_folder(path, mode, &folder, out_reason);
    if (rc)
        return rc;
    rc = have_key(folder, mode, out_reason);
    if (!rc && mode == FOLDER_WRITE)
        rc = have_database(folder, out_reason);
    if (rc) {
        folder_close(folder);
        return rc;
    }
    *out_folder = folder;
    return RC_OK;
}

enum rc folder_adopt(const char *path, const struct venue_key *key, struct folder **out_folder,
                     struct reason *out_reason)
{
    struct folder *folder;
    enum rc rc = open_folder(path, FOLDER_WRITE, &folder, out_reason);
    if (rc)
        return rc;
    folder->key = *key;
    rc = write_key(folder, out_reason);
    if (!rc)
        rc = have_database(folder, out_reason);
    if (rc) {
        folder_close(folder);
        return rc;
    }
    *out_folder = folder;
    return RC_OK;
}

void folder_close(struct folder *folder)
{
    if (!folder)
        return;
    if (folder->lock_fd >= 0)
        close(folder->lock_fd);
    if (folder->dir_fd >= 0)
        close(folder->dir_fd);
    hash_forget(&folder->key, sizeof folder->key);
    free(folder);
}

const uint8_t *folder_key(const struct folder *folder)
{
    return folder->key.bytes;
}

const char *folder_key_id(const struct folder *folder)
{
    return folder->key.id;
}

enum rc folder_seal_key(const struct folder *folder, const char *venue,
                        const struct seal_public *to, const struct seal_out *out)
{
    return venue_key_seal(&folder->key, venue, to, out);
}

/* The first line of a system file, or "". */
static void read_line(const char *path, char *out_text, size_t size)
{
    ssize_t length = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        length = read(fd, out_text, size - 1);
        close(fd);
    }
    out_text[length > 0 ? length : 0] = 0;
}

void folder_fingerprint(const struct folder *folder, char *out_text, size_t size)
{
    char machine[128], serial[128], all[320];
    uint8_t hash[16];
    struct stat status = {.st_ino = 0};
    read_line("/etc/machine-id", machine, sizeof machine);
    read_line("/proc/device-tree/serial-number", serial, sizeof serial);
    if (fstatat(folder->dir_fd, "perron.db", &status, 0))
        status.st_ino = 0;
    int used =
        snprintf(all, sizeof all, "%s|%s|%llu", machine, serial, (unsigned long long)status.st_ino);
    struct hash_part part = {all, (size_t)used};
    hash_parts(NULL, &part, 1, hash, sizeof hash);
    char text[2 * sizeof hash + 1];
    hex_encode(hash, sizeof hash, text);
    snprintf(out_text, size, "%s", text);
}

void folder_path(const struct folder *folder, const char *name, char *out_path)
{
    snprintf(out_path, PATH_MAX, "%.*s/%s", PATH_MAX - 33, folder->path, name);
}

enum rc folder_open_journal(const struct folder *folder, const struct journal_rules *rules,
                            const struct clock_reading *now, struct journal **out_journal,
                            struct reason *out_reason)
{
    char path[PATH_MAX], fingerprint[64];
    folder_path(folder, "perron.db", path);
    folder_fingerprint(folder, fingerprint, sizeof fingerprint);
    struct journal_config config = {
        .path = path,
        .key = folder->key.bytes,
        .key_id = folder->key.id,
        .fingerprint = fingerprint,
        .rules = *rules,
    };
    return journal_open(&config, now, out_journal, out_reason);
}
