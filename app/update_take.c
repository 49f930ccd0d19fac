#include "app/update_take.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "app/exchange/infolder.h"
#include "app/exchange/outfile.h"
#include "app/update_version.h"

#define KEY_BYTES_MAX 4096
#define PIECE_BYTES 65536

enum update_why update_key_read(const char *path, struct sign_public *out_key)
{
    char *text;
    size_t length;
    if (access(path, F_OK))
        return UPDATE_WHY_NO_KEY;
    if (infile_read(path, KEY_BYTES_MAX, &text, &length, NULL))
        return UPDATE_WHY_BAD_KEY;
    enum rc rc = sign_read_public(text, out_key, NULL);
    free(text);
    return rc ? UPDATE_WHY_BAD_KEY : UPDATE_WHY_NONE;
}

struct update_here update_here(void)
{
    return (struct update_here){PERRON_VERSION, update_architecture(), true};
}

enum update_why update_judge(const struct update_claim *claim, const struct update_here *here)
{
    bool is_same = here->is_program && update_version_is_of(claim->version, here->version);
    int order = is_same ? 0 : update_version_compare(claim->version, here->version);
    return strcmp(claim->package, UPDATE_PACKAGE) != 0            ? UPDATE_WHY_PACKAGE
           : strcmp(claim->architecture, here->architecture) != 0 ? UPDATE_WHY_ARCHITECTURE
           : order < 0                                            ? UPDATE_WHY_OLDER
           : order == 0                                           ? UPDATE_WHY_SAME
                                                                  : UPDATE_WHY_NONE;
}

static enum update_why why_of(enum rc rc)
{
    return rc == RC_FULL                         ? UPDATE_WHY_FULL
           : rc == RC_GONE || rc == RC_NOT_FOUND ? UPDATE_WHY_GONE
           : rc == RC_LIMIT                      ? UPDATE_WHY_LARGE
                                                 : UPDATE_WHY_DISK;
}

enum update_why update_why_own(enum rc rc)
{
    return rc == RC_FULL ? UPDATE_WHY_FULL : rc ? UPDATE_WHY_STATION : UPDATE_WHY_NONE;
}

/* --- the line --- */

static enum update_why read_line(int folder, const char *name, char *out_line, size_t *out_length)
{
    char path[UPDATE_NAME_BYTES + sizeof UPDATE_SUFFIX], *text;
    int fd = -1;
    size_t length;
    snprintf(path, sizeof path, "%s" UPDATE_SUFFIX, name);
    enum rc rc = infolder_open_file(folder, path, &fd);
    if (rc)
        return rc == RC_NOT_FOUND || rc == RC_REFUSED ? UPDATE_WHY_NO_FILE : why_of(rc);
    rc = infile_read_fd(fd, path, UPDATE_LINE_MAX - 1, &text, &length, NULL);
    close(fd);
    if (rc)
        return rc == RC_LIMIT || rc == RC_REFUSED ? UPDATE_WHY_NO_CLAIM : why_of(rc);
    memcpy(out_line, text, length);
    out_line[length] = 0;
    *out_length = length;
    free(text);
    return UPDATE_WHY_NONE;
}

/* `key` NULL: the line may say what it wants. */
static enum update_why read_claim(int folder, const char *name, const struct sign_public *key,
                                  char *out_line, struct update_claim *out_claim)
{
    size_t length;
    enum update_why why = read_line(folder, name, out_line, &length);
    if (why)
        return why;
    enum rc rc = key ? update_claim_read(out_line, length, key, out_claim)
                     : update_claim_parse(out_line, length, out_claim);
    return !key               ? UPDATE_WHY_NO_KEY
           : rc == RC_REFUSED ? UPDATE_WHY_SIGNATURE
           : rc               ? UPDATE_WHY_NO_CLAIM
                              : UPDATE_WHY_NONE;
}

enum update_why update_read_beside(const char *path, const struct sign_public *key,
                                   struct update_claim *out_claim)
{
    char line[UPDATE_LINE_MAX], copy[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int folder = -1;
    snprintf(copy, sizeof copy, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
    if (infolder_open(AT_FDCWD, copy, &folder))
        return UPDATE_WHY_NO_FILE;
    enum update_why why = read_claim(folder, slash ? slash + 1 : path, key, line, out_claim);
    close(folder);
    return why;
}

/* --- what lies there --- */

#define ENTRIES_MAX 10000

struct search {
    int folder;
    const char *within;
    const struct sign_public *key;
    const struct update_here *here;
    struct update_found found;
    bool has_one;
};

static bool is_package(const char *name)
{
    static const char begin[] = UPDATE_PACKAGE "_", end[] = ".deb";
    size_t length = strlen(name);
    return strncmp(name, begin, sizeof begin - 1) == 0 && length >= sizeof begin + sizeof end &&
           strcmp(name + length - (sizeof end - 1), end) == 0 && length < UPDATE_NAME_BYTES;
}

/* What can be taken is better than what cannot, and a newer one better than an older one. */
static bool is_better(const struct update_found *one, const struct update_found *other)
{
    bool is_known = one->claim.version[0] && other->claim.version[0];
    if (!one->why != !other->why)
        return !one->why;
    if (!is_known)
        return one->claim.version[0] != 0;
    return update_version_compare(one->claim.version, other->claim.version) > 0;
}

static enum rc look_at(void *context, const char *name)
{
    struct search *search = context;
    struct update_found found = {.why = UPDATE_WHY_NONE};
    char line[UPDATE_LINE_MAX];
    if (!is_package(name))
        return RC_OK;
    snprintf(found.folder, sizeof found.folder, "%s", search->within);
    snprintf(found.name, sizeof found.name, "%s", name);
    found.why = read_claim(search->folder, name, search->key, line, &found.claim);
    if (!found.why)
        found.why = update_judge(&found.claim, search->here);
    if (!search->has_one || is_better(&found, &search->found))
        search->found = found;
    search->has_one = true;
    return RC_OK;
}

static void look_in(struct search *search, const char *root, const char *within)
{
    char path[PATH_MAX];
    bool is_cut;
    search->within = within;
    snprintf(path, sizeof path, "%s/%s", root, within);
    if (infolder_open(AT_FDCWD, path, &search->folder))
        return;
    (void)!infolder_each(search->folder, ENTRIES_MAX, look_at, search, &is_cut);
    close(search->folder);
}

bool update_find(const char *root, const struct sign_public *key, const struct update_here *here,
                 struct update_found *out_found)
{
    struct search search = {.key = key, .here = here};
    look_in(&search, root, "");
    look_in(&search, root, UPDATE_PACKAGE);
    if (search.has_one)
        *out_found = search.found;
    return search.has_one;
}

/* --- taking it --- */

enum update_why update_check_file(int fd, const struct update_claim *claim)
{
    char piece[PIECE_BYTES];
    struct hash_sha256 hash;
    uint8_t sum[HASH_BYTES];
    int64_t done = 0;
    ssize_t count;
    hash_sha256_begin(&hash);
    while ((count = read(fd, piece, sizeof piece)) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return why_of(rc_from_errno(errno));
        done += count;
        if (done > claim->bytes)
            return UPDATE_WHY_FILE;
        hash_sha256_add(&hash, piece, (size_t)count);
    }
    hash_sha256_end(&hash, sum);
    return done == claim->bytes && memcmp(sum, claim->sha256, sizeof sum) == 0 ? UPDATE_WHY_NONE
                                                                               : UPDATE_WHY_FILE;
}

/* Not more than was signed, whatever lies there. */
static enum update_why copy(const struct update_job *job, int fd, const struct update_claim *claim,
                            struct outfile *file)
{
    char piece[PIECE_BYTES];
    int64_t done = 0;
    ssize_t count;
    while ((count = read(fd, piece, sizeof piece)) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return why_of(rc_from_errno(errno));
        done += count;
        if (done > claim->bytes)
            return UPDATE_WHY_FILE;
        enum rc rc = outfile_write(file, piece, (size_t)count);
        if (rc)
            return update_why_own(rc);
        rc = job->tell ? job->tell(job->context, done, claim->bytes) : RC_OK;
        if (rc)
            return why_of(rc);
    }
    return done == claim->bytes ? UPDATE_WHY_NONE : UPDATE_WHY_FILE;
}

static enum update_why open_package(int folder, const char *name, const struct update_claim *claim,
                                    int *out_fd)
{
    struct stat info;
    enum rc rc = infolder_open_file(folder, name, out_fd);
    if (rc)
        return rc == RC_NOT_FOUND || rc == RC_REFUSED ? UPDATE_WHY_NO_FILE : why_of(rc);
    enum update_why why = fstat(*out_fd, &info)                   ? UPDATE_WHY_DISK
                          : !S_ISREG(info.st_mode)                ? UPDATE_WHY_NO_FILE
                          : info.st_size > UPDATE_BYTES_MAX       ? UPDATE_WHY_LARGE
                          : (int64_t)info.st_size != claim->bytes ? UPDATE_WHY_FILE
                                                                  : UPDATE_WHY_NONE;
    if (why)
        close(*out_fd);
    return why;
}

/* What is on the disk now is what counts, not what was read from the stick. */
static enum update_why check_copy(const char *folder, const struct update_claim *claim)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/" UPDATE_NEW, folder);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return UPDATE_WHY_STATION;
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    enum update_why why = update_check_file(fd, claim);
    close(fd);
    return why;
}

static enum update_why put(const struct update_job *job, int fd, const struct update_claim *claim,
                           const char *line, struct reason *out_detail)
{
    struct outfile *package, *beside;
    enum rc rc = outfile_create(job->into, UPDATE_NEW, &package, out_detail);
    if (rc)
        return update_why_own(rc);
    enum update_why why = copy(job, fd, claim, package);
    if (why) {
        outfile_abandon(package);
        return why;
    }
    rc = outfile_commit(package, out_detail);
    if (rc)
        return update_why_own(rc);
    why = check_copy(job->into, claim);
    if (why)
        return why;
    rc = outfile_create(job->into, UPDATE_NEW UPDATE_SUFFIX, &beside, out_detail);
    if (!rc) {
        (void)!outfile_write(beside, line, strlen(line));
        rc = outfile_commit(beside, out_detail);
    }
    return update_why_own(rc);
}

enum update_why update_take(const struct update_job *job, struct update_claim *out_claim,
                            struct reason *out_detail)
{
    char line[UPDATE_LINE_MAX];
    struct update_claim claim;
    int folder = -1, fd = -1;
    update_clear(job->into);
    enum rc rc = infolder_open(AT_FDCWD, job->from, &folder);
    if (rc)
        return why_of(rc);
    enum update_why why = read_claim(folder, job->name, job->key, line, &claim);
    if (!why && job->here)
        why = update_judge(&claim, job->here);
    if (!why)
        why = open_package(folder, job->name, &claim, &fd);
    if (!why) {
        why = put(job, fd, &claim, line, out_detail);
        close(fd);
    }
    close(folder);
    if (why)
        update_clear(job->into);
    else
        *out_claim = claim;
    return why;
}

void update_clear(const char *folder)
{
    static const char *const names[] = {UPDATE_NEW UPDATE_SUFFIX, UPDATE_NEW,
                                        UPDATE_NEW UPDATE_SUFFIX ".part", UPDATE_NEW ".part"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
}
