/* Reading back: do the files on the device have the bytes that their sums are of? */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "app/exchange/parcel_i.h"
#include "firmware/base/hex.h"

#define SUMS_BYTES_MAX (64 << 10)
#define ALIGNMENT 4096
#define DIGITS (2 * HASH_BYTES)

static_assert(PARCEL_FILES_MAX * (DIGITS + 2 + PARCEL_FILE_BYTES) <= SUMS_BYTES_MAX,
              "what is written can be read");

char *parcel_make_buffer(void)
{
    return aligned_alloc(ALIGNMENT, PARCEL_BUFFER_BYTES);
}

/* --- one file --- */

/* Past what memory still has of it, where the file system can do that. */
static int open_on_device(int folder, const char *name, struct stat *out_status)
{
    const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    int fd = openat(folder, name, flags | O_DIRECT);
    if (fd < 0 && errno == EINVAL)
        fd = openat(folder, name, flags);
    if (fd < 0)
        return -1;
    if (fstat(fd, out_status)) {
        close(fd);
        return -1;
    }
    if (!S_ISREG(out_status->st_mode)) {
        close(fd);
        errno = EACCES;
        return -1;
    }
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return fd;
}

static ssize_t read_some(int fd, char *buffer)
{
    ssize_t count;
    do
        count = read(fd, buffer, PARCEL_BUFFER_BYTES);
    while (count < 0 && errno == EINTR);
    if (count >= 0 || errno != EINVAL)
        return count;
    /* It let itself be opened past memory, and cannot be read so: at its end, or at all. */
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || !(flags & O_DIRECT) || fcntl(fd, F_SETFL, flags & ~O_DIRECT)) {
        errno = EINVAL;
        return -1;
    }
    return read_some(fd, buffer);
}

static enum rc hash_bytes(int fd, int64_t size, const struct parcel_reader *reader,
                          uint8_t out_hash[HASH_BYTES])
{
    struct hash_sha256 hash;
    enum rc rc = RC_OK;
    hash_sha256_begin(&hash);
    /* Not beyond its size: what grows meanwhile is none of ours. */
    for (int64_t at = 0; !rc && at < size;) {
        ssize_t count = read_some(fd, reader->buffer);
        if (count <= 0)
            return count < 0 ? rc_from_errno(errno) : RC_CORRUPT;
        hash_sha256_add(&hash, reader->buffer, (size_t)count);
        at += count;
        if (reader->tell)
            rc = reader->tell(reader->context, (size_t)count);
    }
    if (!rc)
        hash_sha256_end(&hash, out_hash);
    return rc;
}

enum rc parcel_hash_file(int folder, const char *name, const struct parcel_reader *reader,
                         uint8_t out_hash[HASH_BYTES], int64_t *out_bytes)
{
    struct stat status;
    const char *slash = strrchr(name, '/');
    int within;
    enum rc rc = parcel_enter(folder, name, &within);
    if (rc)
        return rc;
    int fd = open_on_device(within, slash ? slash + 1 : name, &status);
    rc = fd < 0 ? rc_from_errno(errno) : RC_OK;
    close(within);
    if (rc)
        return rc;
    rc = hash_bytes(fd, status.st_size, reader, out_hash);
    if (!rc)
        *out_bytes = status.st_size;
    close(fd);
    return rc;
}

/* --- a folder by its sums --- */

struct check {
    int folder;
    struct parcel_reader reader;
    void (*each)(void *context, const char *name, enum parcel_state state);
    void *context;
    struct reason *reason;
    enum rc worst;
};

static enum rc find(struct check *check, const char *name, enum parcel_state state,
                    const char *what)
{
    if (check->each)
        check->each(check->context, name, state);
    if (what && !check->worst) {
        check->worst = RC_CORRUPT;
        reason_set(check->reason, "%s %s.", name, what);
    }
    return RC_OK;
}

static enum rc check_file(struct check *check, const char *name, const uint8_t *expected)
{
    uint8_t hash[HASH_BYTES];
    int64_t bytes;
    enum rc rc = parcel_hash_file(check->folder, name, &check->reader, hash, &bytes);
    if (rc == RC_NOT_FOUND)
        return find(check, name, PARCEL_MISSING, "is missing");
    if (rc == RC_NO_MEMORY || rc == RC_GONE)
        return rc;
    if (rc || memcmp(hash, expected, sizeof hash) != 0)
        return find(check, name, PARCEL_DAMAGED, "is damaged: it is not what was written");
    return find(check, name, PARCEL_RIGHT, NULL);
}

/* "hash  name", as sha256sum writes it; the name is one of ours, or the line is none. */
static enum rc check_line(struct check *check, char *line, int number)
{
    uint8_t expected[HASH_BYTES];
    size_t count, length = strlen(line);
    if (length > 0 && line[length - 1] == '\r')
        line[length - 1] = 0;
    char *name = line + DIGITS + 2;
    if (length < DIGITS + 3 || line[DIGITS] != ' ' ||
        (line[DIGITS + 1] != ' ' && line[DIGITS + 1] != '*') || !parcel_is_path(name) ||
        hex_decode(line, DIGITS, sizeof expected, expected, &count)) {
        reason_set(check->reason, PARCEL_SUMS " has a line that is none (line %d).", number);
        return RC_BAD_INPUT;
    }
    return check_file(check, name, expected);
}

static enum rc check_lines(struct check *check, char *text, size_t length)
{
    enum rc rc = RC_OK;
    char *rest = text, *line;
    int lines = 0;
    if (strlen(text) != length || length == 0 || text[length - 1] != '\n') {
        reason_set(check->reason, PARCEL_SUMS " was cut off.");
        return RC_BAD_INPUT;
    }
    while (!rc && (line = strsep(&rest, "\n")) && rest) {
        if (++lines > PARCEL_FILES_MAX) {
            reason_set(check->reason, PARCEL_SUMS " has more lines than any of ours.");
            return RC_LIMIT;
        }
        rc = check_line(check, line, lines);
    }
    return rc ? rc : check->worst;
}

static enum rc read_sums(int folder, const char *path, char **out_text, size_t *out_length,
                         struct reason *out_reason)
{
    int fd = openat(folder, PARCEL_SUMS, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        enum rc rc = rc_from_errno(errno);
        reason_set(out_reason, "%s has no list of what belongs to it (" PARCEL_SUMS "): %s.", path,
                   rc_text(rc));
        return rc;
    }
    enum rc rc = infile_read_fd(fd, PARCEL_SUMS, SUMS_BYTES_MAX, out_text, out_length, out_reason);
    close(fd);
    return rc;
}

enum rc parcel_check(const char *folder,
                     void (*each)(void *context, const char *name, enum parcel_state state),
                     void *context, struct reason *out_reason)
{
    char *text = NULL;
    size_t length = 0;
    struct check check = {.each = each, .context = context, .reason = out_reason};
    check.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum rc rc = check.folder < 0 ? rc_from_errno(errno) : RC_OK;
    if (!rc && !(check.reader.buffer = parcel_make_buffer()))
        rc = RC_NO_MEMORY;
    if (rc) {
        reason_set(out_reason, "%s cannot be read: %s.", folder, rc_text(rc));
    } else {
        rc = read_sums(check.folder, folder, &text, &length, out_reason);
        if (!rc)
            rc = check_lines(&check, text, length);
    }
    free(text);
    free(check.reader.buffer);
    if (check.folder >= 0)
        close(check.folder);
    return rc;
}
