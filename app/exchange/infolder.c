#include "app/exchange/infolder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/utf8.h"

static enum rc open_at(int at, const char *name, int flags, int *out_fd)
{
    int fd = openat(at, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | flags);
    if (fd < 0)
        return errno == ELOOP || errno == ENOTDIR ? RC_REFUSED : rc_from_errno(errno);
    *out_fd = fd;
    return RC_OK;
}

enum rc infolder_open(int at, const char *name, int *out_fd)
{
    return open_at(at, name, O_DIRECTORY, out_fd);
}

enum rc infolder_open_file(int at, const char *name, int *out_fd)
{
    return open_at(at, name, O_NONBLOCK, out_fd);
}

enum infolder_kind infolder_look(int at, const char *name, int64_t *out_bytes)
{
    struct stat is;
    *out_bytes = 0;
    if (fstatat(at, name, &is, AT_SYMLINK_NOFOLLOW))
        return INFOLDER_UNKNOWN;
    if (S_ISDIR(is.st_mode))
        return INFOLDER_FOLDER;
    if (S_ISLNK(is.st_mode))
        return INFOLDER_LINK;
    if (!S_ISREG(is.st_mode))
        return INFOLDER_OTHER;
    *out_bytes = is.st_size;
    return INFOLDER_FILE;
}

/* Hidden files, macOS's "._people.csv", Office's "~$people.csv", editors' "people.csv~". */
bool infolder_is_litter(const char *name)
{
    size_t length = strlen(name);
    return name[0] == '.' || name[0] == '~' || !length || name[length - 1] == '~' ||
           strcasecmp(name, "System Volume Information") == 0 ||
           strcasecmp(name, "$RECYCLE.BIN") == 0;
}

/* NULL at the end, and where errno says why. */
static const char *next_name(DIR *folder)
{
    errno = 0;
    /* A stream of its own for each thread is all it takes. */
    /* cppcheck-suppress readdirCalled */
    const struct dirent *next = readdir(folder);
    return next ? next->d_name : NULL;
}

static bool is_itself(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static enum rc walk(DIR *folder, int max, enum rc (*entry)(void *context, const char *name),
                    void *context, bool *out_is_cut)
{
    *out_is_cut = false;
    for (int seen = 0;; seen++) {
        const char *name = next_name(folder);
        if (!name)
            return rc_from_errno(errno);
        if (seen == max) {
            *out_is_cut = true;
            return RC_OK;
        }
        enum rc rc = is_itself(name) ? RC_OK : entry(context, name);
        if (rc)
            return rc;
    }
}

/* A descriptor of its own, so that the caller's stays open and each look begins at the beginning.
 */
static enum rc open_again(int folder, DIR **out_folder)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *opened = fd < 0 ? NULL : fdopendir(fd);
    if (opened) {
        *out_folder = opened;
        return RC_OK;
    }
    int error = errno;
    if (fd >= 0)
        close(fd);
    return rc_from_errno(error);
}

enum rc infolder_each(int folder, int max, enum rc (*entry)(void *context, const char *name),
                      void *context, bool *out_is_cut)
{
    DIR *opened;
    enum rc rc = open_again(folder, &opened);
    if (rc)
        return rc;
    rc = walk(opened, max, entry, context, out_is_cut);
    closedir(opened);
    return rc;
}

void infolder_show(const char *name, char *out_text, size_t size)
{
    size_t used = 0, length = strlen(name), step;
    for (size_t at = 0; at < length; at += step ? step : 1) {
        uint32_t point = '?';
        char bytes[UTF8_MAX];
        step = utf8_step(name + at, length - at, &point);
        size_t count = utf8_put(utf8_is_control(point) ? '?' : point, bytes);
        if (used + count >= size)
            break;
        memcpy(out_text + used, bytes, count);
        used += count;
    }
    out_text[used] = 0;
}

/* --- removing --- */

#define DEPTH_MAX 8

static enum rc remove_all(int at, const char *name, int depth);

static enum rc empty(int folder, int depth)
{
    DIR *opened;
    enum rc rc = depth ? open_again(folder, &opened) : RC_LIMIT;
    if (rc)
        return rc;
    for (const char *name; !rc && (name = next_name(opened));)
        if (!is_itself(name))
            rc = remove_all(folder, name, depth - 1);
    closedir(opened);
    return rc;
}

static enum rc remove_all(int at, const char *name, int depth)
{
    int folder = -1;
    if (unlinkat(at, name, 0) == 0 || errno == ENOENT)
        return RC_OK;
    if (errno != EISDIR && errno != EPERM)
        return rc_from_errno(errno);
    enum rc rc = infolder_open(at, name, &folder);
    if (rc)
        return rc;
    rc = empty(folder, depth);
    close(folder);
    if (!rc && unlinkat(at, name, AT_REMOVEDIR))
        rc = rc_from_errno(errno);
    return rc;
}

enum rc infolder_empty(int folder)
{
    DIR *opened;
    enum rc failure = open_again(folder, &opened);
    if (failure)
        return failure;
    for (const char *name; (name = next_name(opened));)
        if (!is_itself(name) && unlinkat(folder, name, 0))
            failure = rc_from_errno(errno);
    closedir(opened);
    return failure;
}

enum rc infolder_remove(int at, const char *name)
{
    return remove_all(at, name, DEPTH_MAX);
}
