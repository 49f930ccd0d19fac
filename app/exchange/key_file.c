#include "app/exchange/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "firmware/base/hash.h"

#define KEY_FILE_BYTES_MAX 4096

static enum rc sync_folder_of(const char *path)
{
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    enum rc rc = fsync(fd) && errno != EINVAL ? rc_from_errno(errno) : RC_OK;
    close(fd);
    return rc;
}

enum rc key_file_write(const char *path, const char *text, struct reason *out_reason)
{
    size_t length = strlen(text);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno == EEXIST) {
        reason_set(out_reason,
                   "%s is there already, and a key is never written over: choose another name",
                   path);
        return RC_REFUSED;
    }
    if (fd < 0) {
        reason_set(out_reason, "%s cannot be made: %s", path, strerror(errno));
        return rc_from_errno(errno);
    }
    errno = ENOSPC; /* what a short write means */
    enum rc rc =
        write(fd, text, length) != (ssize_t)length || fsync(fd) ? rc_from_errno(errno) : RC_OK;
    close(fd);
    if (!rc)
        rc = sync_folder_of(path);
    if (rc) {
        unlink(path);
        reason_set(out_reason, "%s could not be written: %s", path, rc_text(rc));
    }
    return rc;
}

enum rc key_file_read(const char *path, char **out_text, struct reason *out_reason)
{
    char *text, *half;
    size_t length;
    enum rc rc = infile_read(path, KEY_FILE_BYTES_MAX, &text, &length, out_reason);
    if (rc)
        return rc;
    half = text;
    while (*half == '#' || *half == '\r' || *half == '\n') {
        size_t line = strcspn(half, "\n");
        half += line + (half[line] == '\n');
    }
    size_t kept = strlen(half);
    memmove(text, half, kept + 1);
    hash_forget(text + kept, length - kept);
    *out_text = text;
    return RC_OK;
}

void key_file_forget(char *text)
{
    if (text)
        hash_forget(text, strlen(text));
    free(text);
}
