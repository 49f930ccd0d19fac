/*
 * An export's folder, opened whole: what a restore needs goes along, so that it is as good as the
 * sealed one. The venue's key stays sealed: beside the register it would tell every badge's number.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command/open_command_i.h"
#include "app/exchange/parcel.h"
#include "app/store/venue_key.h"

#define VENUE_KEY_SEALED VENUE_KEY_NAME SEAL_SUFFIX
#define README "README.txt"

struct folder_opening {
    struct opening *opening;
    const char *path;
    char folder[PATH_MAX]; /* where its files come; "": not made yet */
    struct reason *reason;
    bool has_failed;
    char right[PARCEL_FILES_MAX][PARCEL_FILE_BYTES]; /* by the sums; opened: their plain names */
    size_t count;
};

/* --- its sums --- */

static void hear_state(void *context, const char *name, enum parcel_state state)
{
    struct folder_opening *at = context;
    struct reason reason = {.text = ""};
    if (state == PARCEL_RIGHT && at->count < PARCEL_FILES_MAX) {
        snprintf(at->right[at->count++], PARCEL_FILE_BYTES, "%.*s", PARCEL_FILE_BYTES - 1, name);
    } else if (state != PARCEL_RIGHT) {
        at->has_failed = true;
        reason_set(&reason, "%.200s is %s.", name,
                   state == PARCEL_MISSING ? "missing" : "damaged: it is not what was written");
        open_command_say_failed(at->opening, name, reason.text);
    }
}

static void check_sums(struct folder_opening *at)
{
    struct reason reason = {.text = ""};
    enum rc rc = parcel_check(at->path, hear_state, at, &reason);
    if (rc && rc != RC_CORRUPT)
        open_command_say_failed(at->opening, PARCEL_SUMS, reason.text);
    at->has_failed |= rc != RC_OK;
}

/* --- its files --- */

/* "TO/2026-11-26_l-epi" for "/media/stick/2026-11-26_l-epi/". */
static bool make_folder(const char *path, const char *to, char *out_folder,
                        struct reason *out_reason)
{
    char whole[PATH_MAX];
    if (!realpath(path, whole)) {
        reason_set(out_reason, "%s cannot be read: %s.", path, strerror(errno));
        return false;
    }
    int length = snprintf(out_folder, PATH_MAX, "%s%s", to, strrchr(whole, '/'));
    if (length < PATH_MAX && mkdir(out_folder, 0700) == 0)
        return true;
    reason_set(out_reason, "%.300s cannot be made: %s.", out_folder,
               errno == EEXIST ? "something of that name is there already. Choose another folder "
                                 "with --to"
                               : strerror(errno));
    out_folder[0] = 0;
    return false;
}

static enum rc open_next(void *context, const char *name)
{
    struct folder_opening *at = context;
    char path[PATH_MAX], plain[PARCEL_FILE_BYTES];
    if (strcmp(name, VENUE_KEY_SEALED) == 0 ||
        snprintf(path, sizeof path, "%s/%s", at->path, name) >= (int)sizeof path)
        return RC_OK;
    if (!at->folder[0]) { /* a key that is another is told once, and leaves nothing */
        if (unseal_try(path, &at->opening->key, at->reason) ||
            !make_folder(at->path, at->opening->to, at->folder, at->reason))
            return RC_REFUSED;
        check_sums(at);
    }
    snprintf(plain, sizeof plain, "%.*s", (int)(strlen(name) - strlen(SEAL_SUFFIX)), name);
    at->has_failed |= !open_command_file(at->opening, path, at->folder, plain);
    return RC_OK;
}

/* --- what makes it an export again --- */

static enum rc copy_as_it_is(struct folder_opening *at, const char *name)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", at->path, name) >= (int)sizeof path)
        return RC_LIMIT;
    return unseal_copy(path, at->folder, name, at->reason);
}

/* Each name that the sums vouch for becomes what it is called now, or goes. */
static enum rc settle_names(struct folder_opening *at)
{
    enum rc rc = RC_OK;
    size_t kept = 0;
    for (size_t i = 0; !rc && i < at->count; i++) {
        char *name = at->right[i], base[PARCEL_FILE_BYTES];
        bool stays = strcmp(name, VENUE_KEY_SEALED) == 0 || strcmp(name, README) == 0;
        bool is_sealed = unseal_name(name, base, sizeof base);
        if (stays)
            rc = copy_as_it_is(at, name);
        else if (is_sealed)
            name[strlen(name) - strlen(SEAL_SUFFIX)] = 0;
        if (stays || is_sealed)
            memmove(at->right[kept++], name, PARCEL_FILE_BYTES);
    }
    at->count = kept;
    return rc;
}

static void end_folder(struct folder_opening *at)
{
    if (at->has_failed) {
        reason_set(at->reason,
                   "%.300s is not whole, and gets no " PARCEL_SUMS ": restore from the sealed "
                   "folder",
                   at->folder);
        return;
    }
    if (!settle_names(at))
        (void)!parcel_write_sums(at->folder, at->right, at->count, at->reason);
}

void open_command_folder(struct opening *opening, const char *path)
{
    struct reason reason = {.text = ""};
    struct folder_opening *at = calloc(1, sizeof *at);
    if (!at) {
        open_command_say_failed(opening, path, "there is not enough memory");
        return;
    }
    at->opening = opening;
    at->path = path;
    at->reason = &reason;
    enum rc rc = unseal_each(path, open_next, at, &reason);
    if (!rc && !at->folder[0])
        reason_set(&reason, "there is no sealed file in %s but the venue's key.", path);
    if (!rc && at->folder[0])
        end_folder(at);
    if (reason.text[0])
        open_command_say_failed(opening, path, reason.text);
    free(at);
}
