/* venue_take_copy.c - a venue's files out of a folder that nobody trusts. */
#include "app/venue_take_i.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "app/exchange/infolder.h"
#include "app/venue.h"
#include "firmware/base/settings.h"

/* Who runs the command may not be who runs the station. */
static enum rc give_to_owner(const struct venue_take *take, int fd)
{
    struct stat is;
    if (geteuid() != 0)
        return RC_OK;
    if (fstat(take->data_fd, &is) || fchown(fd, is.st_uid, is.st_gid))
        return rc_from_errno(errno);
    return RC_OK;
}

static enum rc write_all(int fd, const char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t count = write(fd, bytes + done, length - done);
        if (count < 0 && errno != EINTR)
            return rc_from_errno(errno);
        done += count > 0 ? (size_t)count : 0;
    }
    return fsync(fd) ? rc_from_errno(errno) : RC_OK;
}

static enum rc write_copy(struct venue_take *take, int folder, const char *name, const char *bytes,
                          size_t length)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return rc_from_errno(errno);
    enum rc rc = write_all(fd, bytes, length);
    if (!rc)
        rc = give_to_owner(take, fd);
    if (close(fd) && !rc)
        rc = rc_from_errno(errno);
    return rc;
}

enum rc venue_take_make_folder(const struct venue_take *take, int at, const char *name, int *out_fd)
{
    int fd;
    if (mkdirat(at, name, 0755))
        return rc_from_errno(errno);
    enum rc rc = infolder_open(at, name, &fd);
    if (rc)
        return rc;
    rc = give_to_owner(take, fd);
    if (rc)
        close(fd);
    else
        *out_fd = fd;
    return rc;
}

/* --- one file --- */

/* Where a file is to be copied from and to. */
struct copying {
    struct venue_take *take;
    int from;
    bool is_welcome;
    struct reason *reason;
};

struct wanted {
    const char *there;                                       /* as the stick has it */
    char name[VENUE_TAKE_NAME_BYTES - sizeof GUIDES_FOLDER]; /* as Perron has it */
    size_t limit;
};

static enum rc add_problem(struct copying *copying, const struct wanted *wanted,
                           const char *sentence)
{
    problems_add(&copying->take->problems, wanted->name, 0, "%s", sentence);
    return RC_OK;
}

static enum rc refuse(struct copying *copying, const struct wanted *wanted, enum rc rc)
{
    switch (rc) {
    case RC_REFUSED:
        return add_problem(copying, wanted,
                           SAID("is no ordinary file; copy the file itself there"));
    case RC_LIMIT:
        problems_add(&copying->take->problems, wanted->name, 0,
                     SAID("is larger than it can be (%zu KiB); shorten it"), wanted->limit >> 10);
        return RC_OK;
    default:
        reason_set(copying->reason, SAID("%s cannot be read: %s"), wanted->name, rc_text(rc));
        reason_mark(copying->reason, 1);
        return rc;
    }
}

static enum rc read_wanted(struct copying *copying, const struct wanted *wanted, char **out_bytes,
                           size_t *out_length)
{
    int fd;
    enum rc rc = infolder_open_file(copying->from, wanted->there, &fd);
    if (rc)
        return rc;
    rc = infile_read_fd(fd, wanted->name, wanted->limit, out_bytes, out_length, NULL);
    close(fd);
    return rc;
}

bool venue_take_has(const struct venue_take *take, const char *name)
{
    for (int i = 0; i < take->count; i++)
        if (strcmp(take->names[i], name) == 0)
            return true;
    return false;
}

static enum rc have_welcome(struct venue_take *take)
{
    return take->welcome_fd >= 0
               ? RC_OK
               : venue_take_make_folder(take, take->part_fd, GUIDES_FOLDER, &take->welcome_fd);
}

static enum rc keep_copy(struct copying *copying, const struct wanted *wanted, const char *bytes,
                         size_t length)
{
    struct venue_take *take = copying->take;
    char name[VENUE_TAKE_NAME_BYTES];
    snprintf(name, sizeof name, "%s%s", copying->is_welcome ? GUIDES_FOLDER "/" : "", wanted->name);
    if (!length)
        return add_problem(copying, wanted, SAID("is empty; write it, or take it away"));
    if (venue_take_has(take, name))
        return add_problem(copying, wanted,
                           SAID("is there twice, in small letters and in capitals; take "
                                "one away"));
    if (take->count == VENUE_TAKE_FILES)
        return add_problem(copying, wanted,
                           SAID("is one more than a welcome can have; take some away"));
    enum rc rc = copying->is_welcome ? have_welcome(take) : RC_OK;
    if (!rc)
        rc = write_copy(take, copying->is_welcome ? take->welcome_fd : take->part_fd, wanted->name,
                        bytes, length);
    if (rc) {
        reason_set(copying->reason, SAID("%s cannot be copied into the data folder: %s"),
                   wanted->name, rc_text(rc));
        reason_mark(copying->reason, 1);
        return rc;
    }
    strcpy(take->names[take->count++], name);
    return RC_OK;
}

static enum rc copy(struct copying *copying, const struct wanted *wanted)
{
    char *bytes = NULL;
    size_t length = 0;
    enum rc rc = read_wanted(copying, wanted, &bytes, &length);
    if (rc)
        return refuse(copying, wanted, rc);
    rc = keep_copy(copying, wanted, bytes, length);
    free(bytes);
    return rc;
}

/* --- a folder of them --- */

static void add_unused(struct copying *copying, const char *there)
{
    struct venue_take *take = copying->take;
    if (take->unused_count == VENUE_TAKE_UNUSED) {
        take->unused_beyond++;
        return;
    }
    char *shown = take->unused[take->unused_count++];
    size_t begin = (size_t)sprintf(shown, "%s", copying->is_welcome ? GUIDES_FOLDER "/" : "");
    infolder_show(there, shown + begin, VENUE_TAKE_NAME_BYTES - begin);
}

/* Sticks know no small letters, or don't care. False: no file of Perron's has that name. */
static bool is_wanted(const char *there, size_t (*limit_of)(const char *name),
                      struct wanted *out_wanted)
{
    *out_wanted = (struct wanted){.there = there};
    if (strlen(there) >= sizeof out_wanted->name)
        return false;
    for (size_t i = 0; there[i]; i++)
        out_wanted->name[i] = (char)tolower((unsigned char)there[i]);
    out_wanted->limit = limit_of(out_wanted->name);
    return out_wanted->limit > 0;
}

static size_t limit_on_top(const char *name)
{
    bool is_known = strcmp(name, VENUE_FILE) == 0 || strcmp(name, CIRCLES_FILE) == 0;
    return is_known ? SETTINGS_FILE_BYTES : 0;
}

static enum rc copy_welcome_file(void *context, const char *there)
{
    struct copying *copying = context;
    struct wanted wanted;
    if (infolder_is_litter(there))
        return RC_OK;
    if (is_wanted(there, venue_welcome_bytes, &wanted))
        return copy(copying, &wanted);
    add_unused(copying, there);
    return RC_OK;
}

static enum rc copy_all(struct copying *copying, enum rc (*entry)(void *context, const char *there))
{
    bool is_cut;
    enum rc rc = infolder_each(copying->from, VENUE_TAKE_ENTRIES, entry, copying, &is_cut);
    if (!rc && is_cut) {
        reason_set(copying->reason,
                   SAID("there are more than %d files in the folder %s; take away what is none of "
                        "a venue"),
                   VENUE_TAKE_ENTRIES, copying->is_welcome ? GUIDES_FOLDER : "venue");
        return RC_LIMIT;
    }
    if (rc && copying->reason && !copying->reason->text[0]) {
        reason_set(copying->reason, SAID("the folder %s cannot be read: %s"),
                   copying->is_welcome ? GUIDES_FOLDER : "venue", rc_text(rc));
        reason_mark(copying->reason, 1);
    }
    return rc;
}

static enum rc copy_welcome(struct copying *top, const char *there)
{
    struct copying copying = *top;
    const struct wanted folder = {there, GUIDES_FOLDER, 0};
    enum rc rc = infolder_open(top->from, there, &copying.from);
    if (rc == RC_REFUSED)
        return add_problem(top, &folder, "is no folder; copy the folder itself there");
    if (rc)
        return refuse(top, &folder, rc);
    copying.is_welcome = true;
    rc = copy_all(&copying, copy_welcome_file);
    close(copying.from);
    return rc;
}

/* A part that is not wanted is neither copied nor told. */
static bool is_passed_over(const struct venue_take *take, const char *there)
{
    for (int part = 0; part < VENUE_PART_COUNT; part++)
        if (strcasecmp(there, venue_part_name((enum venue_part)part)) == 0)
            return !(take->wanted >> part & 1);
    return false;
}

static enum rc copy_entry(void *context, const char *there)
{
    struct copying *copying = context;
    struct wanted wanted;
    if (infolder_is_litter(there) || is_passed_over(copying->take, there))
        return RC_OK;
    if (strcasecmp(there, GUIDES_FOLDER) == 0)
        return copy_welcome(copying, there);
    if (is_wanted(there, limit_on_top, &wanted))
        return copy(copying, &wanted);
    add_unused(copying, there);
    return RC_OK;
}

enum rc venue_take_copy(struct venue_take *take, int from, struct reason *reason)
{
    struct copying copying = {.take = take, .from = from, .reason = reason};
    return copy_all(&copying, copy_entry);
}
