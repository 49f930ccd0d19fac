/* What the house set, out of an export: beside the register, and never the reason that it fails. */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/unseal.h"
#include "app/restore_i.h"
#include "app/venue_take.h"
#include "firmware/base/settings.h"

#define STAGED "staged" /* in the part: what the sums vouch for, as the export has it */
#define UNKNOWN_TOLD 8
#define LISTED_BYTES_MAX 81920 /* of any file of a venue's, sealed; what is more is not copied */
static_assert(LISTED_BYTES_MAX >= SETTINGS_FILE_BYTES + 4096, "a seal has room");

/* --- what the sums name --- */

/* "welcome/hello.fr.txt" of "venue/welcome/hello.fr.txt"; older exports have two files on top. */
static const char *name_within(const char *name)
{
    static const char folder[] = VENUE_FILES_FOLDER "/";
    if (strncmp(name, folder, strlen(folder)) == 0)
        return name + strlen(folder);
    for (int part = 0; part < VENUE_WELCOME; part++)
        if (strcmp(name, venue_part_name((enum venue_part)part)) == 0)
            return name;
    return NULL;
}

/* Of a bare name, as venue_take tells it. */
static enum venue_part part_of_file(const char *name)
{
    for (int part = 0; part < VENUE_WELCOME; part++)
        if (strcasecmp(name, venue_part_name((enum venue_part)part)) == 0)
            return (enum venue_part)part;
    return VENUE_WELCOME;
}

/* VENUE_PART_COUNT: Perron knows no such file. */
static enum venue_part part_of(const char *within)
{
    static const char folder[] = GUIDES_FOLDER "/";
    char name[PARCEL_FILE_BYTES];
    size_t length = strlen(folder);
    if (strncasecmp(within, folder, length) != 0)
        return part_of_file(within) == VENUE_WELCOME ? VENUE_PART_COUNT : part_of_file(within);
    snprintf(name, sizeof name, "%s", within + length);
    for (char *at = name; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return venue_welcome_bytes(name) ? VENUE_WELCOME : VENUE_PART_COUNT;
}

static struct restore_listed *find_listed(struct restore *restore, const char *within)
{
    for (int i = 0; i < restore->listed_count; i++)
        if (strcmp(restore->listed[i].name, within) == 0)
            return &restore->listed[i];
    return NULL;
}

void restore_hear_venue(struct restore *restore, const char *name, const char *plain,
                        enum parcel_state state)
{
    const char *within = name_within(plain);
    if (!within || strlen(within) >= PARCEL_FILE_BYTES)
        return;
    bool is_flat = within == plain;
    struct restore_listed *listed = find_listed(restore, within);
    if (listed && is_flat && !listed->is_flat)
        return; /* what lies in the folder is the newer way */
    bool is_again = listed && listed->is_flat == is_flat;
    if (!listed && restore->listed_count == PARCEL_FILES_MAX)
        return;
    if (!listed)
        listed = &restore->listed[restore->listed_count++];
    if (is_again && listed->state != PARCEL_RIGHT)
        state = listed->state; /* named twice, and one of them is wrong */
    *listed = (struct restore_listed){.state = state, .is_flat = is_flat};
    snprintf(listed->name, sizeof listed->name, "%s", within);
    snprintf(listed->from, sizeof listed->from, "%.*s", (int)sizeof listed->from - 1, name);
}

/* --- which of it --- */

static bool is_listed(const struct restore *restore, enum venue_part part)
{
    for (int i = 0; i < restore->listed_count; i++)
        if (part_of(restore->listed[i].name) == part)
            return true;
    return false;
}

/* RC_NOT_FOUND where there is none. */
static enum rc look_for(const char *folder, enum venue_part part)
{
    char path[PATH_MAX];
    struct stat is;
    if (!venue_part_path(folder, part, path))
        return RC_LIMIT;
    return lstat(path, &is) ? rc_from_errno(errno) : RC_OK;
}

static enum rc fail(struct restore *restore, enum rc rc)
{
    if (rc)
        reason_set(restore->reason, "the data folder %s cannot be read: %s", restore->job->data,
                   rc_text(rc));
    return rc;
}

/* A welcome with a text missing is another welcome: it comes whole, unless a part was asked for. */
static void leave_out(struct restore *restore, enum venue_part part)
{
    if (part == VENUE_PART_COUNT || !restore->takes[part])
        return;
    if (restore->is_incomplete[part])
        return; /* and told */
    restore->is_incomplete[part] = true;
    restore->takes[part] = part == VENUE_WELCOME && restore->job->may_be_partial;
    restore_tell(restore, "%s is not whole in this export: %s.", venue_part_name(part),
                 restore->takes[part] ? "what is left of it is taken" : "it is left out");
}

static void tell_unknown(struct restore *restore)
{
    int count = 0;
    for (int i = 0; i < restore->listed_count; i++)
        if (part_of(restore->listed[i].name) == VENUE_PART_COUNT && count++ < UNKNOWN_TOLD)
            restore_tell(restore, "%s is not used.", restore->listed[i].from);
    if (count > UNKNOWN_TOLD)
        restore_tell(restore, "%d other files are not used.", count - UNKNOWN_TOLD);
}

static enum rc choose_part(struct restore *restore, enum venue_part part)
{
    if (!is_listed(restore, part))
        return RC_OK;
    enum rc rc = look_for(restore->job->data, part);
    restore->takes[part] = rc == RC_NOT_FOUND;
    if (!rc)
        restore_tell(restore, "%s of the data folder stays: that of the export is not taken.",
                     venue_part_name(part));
    return rc == RC_NOT_FOUND ? RC_OK : fail(restore, rc);
}

static enum rc choose(struct restore *restore)
{
    bool is_older = restore->listed_count > 0;
    tell_unknown(restore);
    for (int part = 0; part < VENUE_PART_COUNT; part++) {
        enum rc rc = choose_part(restore, (enum venue_part)part);
        if (rc)
            return rc;
    }
    for (int i = 0; i < restore->listed_count; i++) {
        const struct restore_listed *listed = &restore->listed[i];
        is_older = is_older && listed->is_flat;
        if (listed->state != PARCEL_RIGHT)
            leave_out(restore, part_of(listed->name));
    }
    if (restore->is_list_cut)
        leave_out(restore, VENUE_WELCOME);
    if (is_older)
        restore_tell(restore, "This export is of an older Perron, which left the folder welcome "
                              "out: a welcome of the house's own is not in it.");
    return RC_OK;
}

/* --- into the part --- */

static bool is_ours(enum rc rc)
{
    return rc == RC_FULL || rc == RC_READ_ONLY || rc == RC_GONE || rc == RC_IO ||
           rc == RC_NO_MEMORY;
}

/* What its contents are to blame for is told. */
static enum rc settle_file(struct restore *restore, const struct restore_listed *listed, enum rc rc,
                           const struct reason *why)
{
    if (rc && is_ours(rc)) {
        *restore->reason = *why;
        return rc;
    }
    if (rc) {
        restore_tell(restore, "%s", why->text);
        leave_out(restore, part_of(listed->name));
    }
    return RC_OK;
}

static enum rc stage(struct restore *restore, const struct restore_listed *listed,
                     const char *staged)
{
    char path[PATH_MAX];
    struct stat is;
    struct reason why = {.text = ""};
    bool is_sealed = unseal_name(listed->from, path, sizeof path);
    enum rc rc = RC_LIMIT;
    if (snprintf(path, sizeof path, "%s/%s", restore->job->from, listed->from) >= PATH_MAX) {
        reason_set(&why, "the path of the export is too long");
    } else if (lstat(path, &is) == 0 && is.st_size > LISTED_BYTES_MAX) {
        reason_set(&why, "%s is larger than it can be.", listed->from);
    } else if (!is_sealed) {
        rc = unseal_copy(path, staged, listed->name, &why);
    } else if (restore->job->key) {
        rc = unseal_to_file(path, restore->job->key, staged, listed->name, &why);
    } else {
        rc = RC_REFUSED;
        reason_set(&why, "%s is sealed: give the file with the secret key, with --key.",
                   listed->from);
    }
    return settle_file(restore, listed, rc, &why);
}

static enum rc stage_all(struct restore *restore, int part_fd)
{
    char staged[PATH_MAX + 16];
    snprintf(staged, sizeof staged, "%s/" STAGED, restore->part);
    enum rc rc = mkdirat(part_fd, STAGED, 0700) || mkdirat(part_fd, RESTORE_HOUSE, 0700)
                     ? rc_from_errno(errno)
                     : RC_OK;
    if (rc)
        reason_set(restore->reason, "the data folder %s cannot be written: %s", restore->job->data,
                   rc_text(rc));
    for (int i = 0; !rc && i < restore->listed_count; i++) {
        const struct restore_listed *listed = &restore->listed[i];
        enum venue_part part = part_of(listed->name);
        if (listed->state == PARCEL_RIGHT && part < VENUE_PART_COUNT && restore->takes[part])
            rc = stage(restore, listed, staged);
    }
    return rc;
}

/* --- as venue take takes it --- */

static void hear_take(struct restore *restore, const struct venue_take *take)
{
    const struct problems *problems = venue_take_problems(take);
    for (int i = 0; i < problems->count; i++) {
        restore_tell(restore, "%s %s.", problems->rows[i].file, problems->rows[i].said.text);
        leave_out(restore, part_of_file(problems->rows[i].file));
    }
}

static enum rc take_in(struct restore *restore, int part_fd)
{
    char house[PATH_MAX + 16];
    struct venue_take *take;
    snprintf(house, sizeof house, "%s/" RESTORE_HOUSE, restore->part);
    int staged = openat(part_fd, STAGED, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (staged < 0)
        return fail(restore, rc_from_errno(errno));
    enum rc rc = venue_take_open(house, staged, &take, restore->reason);
    close(staged);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    hear_take(restore, take);
    rc = venue_take_swap(take, restore->reason);
    venue_take_close(take);
    return rc;
}

/* --- what is wrong in it --- */

/* Own ones stay where they are, the others are still in the part. */
static enum rc find_paths(struct restore *restore, struct venue_check *check)
{
    char house[PATH_MAX];
    bool is_good = snprintf(house, sizeof house, "%.*s/" RESTORE_HOUSE, PATH_MAX - 64,
                            restore->part) < (int)sizeof house;
    for (int i = 0; is_good && i < VENUE_PART_COUNT; i++) {
        enum venue_part part = (enum venue_part)i;
        enum rc rc = restore->takes[i] ? look_for(house, part) : RC_OK;
        if (rc && rc != RC_NOT_FOUND)
            return rc;
        restore->takes[i] = restore->takes[i] && !rc; /* nothing of it could be taken */
        is_good =
            venue_part_path(restore->takes[i] ? house : restore->job->data, part, check->paths[i]);
    }
    check->skips_room = true; /* which takes a second, and a library that ends without memory */
    check->skips_welcome = !restore->takes[VENUE_WELCOME] &&
                           look_for(restore->job->data, VENUE_WELCOME) == RC_NOT_FOUND;
    return is_good ? RC_OK : RC_LIMIT;
}

static void tell_mistakes(struct restore *restore, const struct problems *wrong)
{
    char line[PROBLEMS_LINE_BYTES];
    for (int i = 0; i < wrong->count; i++) {
        problems_write(&wrong->rows[i], line);
        restore_tell(restore, "%s", line);
    }
    if (wrong->count)
        restore_tell(restore,
                     "The files are put back as the house had them. Mend that in %s; perron venue "
                     "check %s tells it again.",
                     restore->job->data, restore->job->data);
}

static enum rc look_for_mistakes(struct restore *restore)
{
    struct venue_check *check = calloc(1, sizeof *check);
    enum rc rc = check ? RC_OK : RC_NO_MEMORY;
    if (!rc)
        rc = find_paths(restore, check);
    if (!rc)
        rc = venue_check_files(check);
    if (rc)
        reason_set(restore->reason, "what the house set cannot be looked at: %s", rc_text(rc));
    else
        tell_mistakes(restore, &check->wrong);
    if (check)
        guides_free(check->guide);
    free(check);
    return rc;
}

enum rc restore_take_venue(struct restore *restore)
{
    enum rc rc = choose(restore);
    if (rc)
        return rc;
    if (!restore->takes[VENUE_SETTINGS] && !restore->takes[VENUE_CIRCLES] &&
        !restore->takes[VENUE_WELCOME])
        return RC_OK;
    int part_fd = open(restore->part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    rc = part_fd < 0 ? fail(restore, rc_from_errno(errno)) : stage_all(restore, part_fd);
    if (!rc)
        rc = take_in(restore, part_fd);
    if (part_fd >= 0)
        close(part_fd);
    if (!rc)
        rc = look_for_mistakes(restore);
    restore->result.has_settings = restore->takes[VENUE_SETTINGS] || restore->takes[VENUE_CIRCLES];
    restore->result.has_welcome = restore->takes[VENUE_WELCOME];
    return rc;
}
