#include "app/exchange/unseal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/key_file.h"
#include "app/exchange/outfile.h"
#include "app/exchange/unseal_i.h"
#include "firmware/base/hash.h"

#define PIECE_BYTES 65536

/* --- the key's file --- */

static void print_key(char *out_text, size_t size, const struct seal_public *key,
                      const struct seal_secret *secret)
{
    char half[SEAL_TEXT_BYTES], secret_half[SEAL_TEXT_BYTES];
    seal_write_public(key, half);
    seal_write_secret(secret, secret_half);
    snprintf(out_text, size,
             "# Opens what Perron sealed to %s\n"
             "# Keep it away from the station, and a copy of it somewhere else.\n%s\n",
             half, secret_half);
    hash_forget(secret_half, sizeof secret_half);
}

enum rc unseal_make_key(const char *path, struct seal_public *out_public, struct reason *out_reason)
{
    char text[512];
    struct seal_public key;
    struct seal_secret secret;
    seal_make_keys(&key, &secret);
    print_key(text, sizeof text, &key, &secret);
    enum rc rc = key_file_write(path, text, out_reason);
    hash_forget(&secret, sizeof secret);
    hash_forget(text, sizeof text);
    if (!rc)
        *out_public = key;
    return rc;
}

enum rc unseal_read_key(const char *path, struct seal_secret *out_key, struct reason *out_reason)
{
    char *text;
    struct reason why = {.text = ""};
    enum rc rc = key_file_read(path, &text, out_reason);
    if (rc)
        return rc;
    rc = seal_read_secret(text, out_key, &why);
    if (rc)
        reason_set(out_reason, "%.200s is no key to open with: %s", path, why.text);
    key_file_forget(text);
    return rc;
}

/* --- files --- */

static const struct {
    enum rc rc;
    const char *what;
} failures[] = {
    {RC_REFUSED, "it is sealed to another key. Take the key of whoever it is meant for"},
    {RC_UNSUPPORTED, "it is no file that Perron sealed"},
    {RC_NEWER, "a newer Perron sealed it. Update this one first"},
    {RC_CORRUPT, "it is damaged or cut off. Copy it from the stick again, or take another export"},
    {RC_NO_MEMORY, "there is not enough memory"},
};

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static enum rc tell(enum rc rc, const char *path, struct reason *out_reason)
{
    const char *what = rc_text(rc);
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if (failures[i].rc == rc)
            what = failures[i].what;
    reason_set(out_reason, "%.150s cannot be opened: %s.", name_of(path), what);
    return rc;
}

static int open_file(const char *path, enum rc *out_rc, struct reason *out_reason)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0 && (fstat(fd, &status) || !S_ISREG(status.st_mode))) {
        close(fd);
        reason_set(out_reason, "%.150s is no file: it is a folder or a device.", name_of(path));
        *out_rc = RC_REFUSED;
        return -1;
    }
    if (fd < 0) {
        const char *why =
            errno == ELOOP ? "it is only a link. Give the file itself" : strerror(errno);
        *out_rc = errno == ELOOP ? RC_REFUSED : rc_from_errno(errno);
        reason_set(out_reason, "%.150s cannot be read: %s.", name_of(path), why);
    }
    return fd;
}

struct way {
    const struct sink *sink;
    enum rc failure; /* of the sink */
};

static enum rc pass_on(void *context, const char *bytes, size_t length)
{
    struct way *way = context;
    way->failure = sink_write(way->sink, bytes, length);
    return way->failure;
}

static enum rc feed(int fd, struct seal *seal, char *piece)
{
    ssize_t count;
    do {
        count = read(fd, piece, PIECE_BYTES);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return rc_from_errno(errno);
        enum rc rc = seal_put(seal, piece, (size_t)count);
        if (rc)
            return rc;
    } while (count);
    return seal_end(seal);
}

enum rc unseal(const char *path, const struct seal_secret *key, const struct sink *sink,
               bool *out_is_sink, struct reason *out_reason)
{
    struct way way = {sink, RC_OK};
    struct seal_out out = {&way, pass_on};
    struct seal *seal = NULL;
    enum rc rc = RC_OK;
    *out_is_sink = false;
    int fd = open_file(path, &rc, out_reason);
    if (fd < 0)
        return rc;
    char *piece = malloc(PIECE_BYTES);
    rc = piece ? seal_open(key, &out, &seal) : RC_NO_MEMORY;
    if (!rc)
        rc = feed(fd, seal, piece);
    seal_close(seal);
    free(piece);
    close(fd);
    *out_is_sink = way.failure != RC_OK;
    return rc && !way.failure ? tell(rc, path, out_reason) : rc;
}

/* The first that comes out is enough to know. */
static enum rc stop(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    return length ? RC_EMPTY : RC_OK;
}

enum rc unseal_try(const char *path, const struct seal_secret *key, struct reason *out_reason)
{
    struct seal_out out = {NULL, stop};
    struct seal *seal = NULL;
    struct reason why;
    enum rc rc = RC_OK;
    int fd = open_file(path, &rc, &why);
    if (fd < 0)
        return RC_OK;
    char *piece = malloc(PIECE_BYTES);
    rc = piece ? seal_open(key, &out, &seal) : RC_NO_MEMORY;
    if (!rc)
        rc = feed(fd, seal, piece);
    seal_close(seal);
    free(piece);
    close(fd);
    return rc == RC_REFUSED ? tell(rc, path, out_reason) : RC_OK;
}

static enum rc write_out(void *context, const char *bytes, size_t length)
{
    return outfile_write(context, bytes, length);
}

static enum rc begin_file(const char *folder, const char *name, struct outfile **out_file,
                          struct reason *out_reason)
{
    char there[PATH_MAX], within[PATH_MAX];
    struct stat status;
    enum rc rc = unseal_make_folders(folder, name, within, out_reason);
    if (rc)
        return rc;
    int length = snprintf(there, sizeof there, "%s/%s", within, name_of(name));
    if (length < PATH_MAX && lstat(there, &status) == 0) {
        reason_set(out_reason, "%.300s is there already. Choose another folder.", there);
        return RC_REFUSED;
    }
    return outfile_create(within, name_of(name), out_file, out_reason);
}

enum rc unseal_to_file(const char *path, const struct seal_secret *key, const char *folder,
                       const char *name, struct reason *out_reason)
{
    struct outfile *file;
    bool is_sink;
    enum rc rc = begin_file(folder, name, &file, out_reason);
    if (rc)
        return rc;
    rc = unseal(path, key, &(struct sink){file, write_out}, &is_sink, out_reason);
    if (!rc || is_sink)
        return outfile_commit(file, out_reason); /* it knows the sentence */
    outfile_abandon(file);
    return rc;
}

static enum rc copy_out(int fd, struct outfile *file, char *piece, bool *out_is_read)
{
    ssize_t count;
    *out_is_read = true;
    do {
        count = read(fd, piece, PIECE_BYTES);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            *out_is_read = false;
            return rc_from_errno(errno);
        }
        enum rc rc = outfile_write(file, piece, (size_t)count);
        if (rc)
            return rc;
    } while (count);
    return RC_OK;
}

enum rc unseal_copy(const char *path, const char *folder, const char *name,
                    struct reason *out_reason)
{
    struct outfile *file;
    bool is_read = false;
    enum rc rc = RC_OK;
    int fd = open_file(path, &rc, out_reason);
    if (fd < 0)
        return rc;
    rc = begin_file(folder, name, &file, out_reason);
    if (rc) {
        close(fd);
        return rc;
    }
    char *piece = malloc(PIECE_BYTES);
    rc = piece ? copy_out(fd, file, piece, &is_read) : RC_NO_MEMORY;
    free(piece);
    close(fd);
    if (!rc || is_read)
        return outfile_commit(file, out_reason);
    outfile_abandon(file);
    return tell(rc, path, out_reason);
}

bool unseal_name(const char *path, char *out_name, size_t size)
{
    const char *name = name_of(path);
    size_t length = strlen(name), suffix = strlen(SEAL_SUFFIX);
    if (length <= suffix || strcmp(name + length - suffix, SEAL_SUFFIX) != 0 ||
        length - suffix >= size)
        return false;
    snprintf(out_name, size, "%.*s", (int)(length - suffix), name);
    return true;
}
