#include "app/update_root_i.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/update_take.h"
#include "firmware/base/log.h"
#include "firmware/linux/packages.h"

#define PATIENCE_MS 120000 /* the unit that settles begins once perron.service is up, or failed */
#define INSTALLER_MS 300000
#define LOCK_TRIES 30
#define LOCK_US 100000

struct update_places update_places_default(void)
{
    return (struct update_places){.data = "/var/lib/perron",
                                  .kept = UPDATE_KEPT,
                                  .run = UPDATE_RUN,
                                  .key = UPDATE_KEY_FILE,
                                  .root = packages_root(),
                                  .patience_ms = PATIENCE_MS,
                                  .installer_ms = INSTALLER_MS};
}

/* --- beginning --- */

/* One that was killed a moment ago lets go of it soon. */
static bool lock(int fd)
{
    for (int tries = 0; tries < LOCK_TRIES; tries++, usleep(LOCK_US))
        if (!flock(fd, LOCK_EX | LOCK_NB))
            return true;
    return false;
}

static enum rc begin(struct update_root *root, struct update_state *out_state,
                     struct reason *out_reason)
{
    char path[PATH_MAX];
    const char *kept = root->places->kept;
    if (mkdir(kept, 0700) && errno != EEXIST) {
        reason_set(out_reason, "%s cannot be made: %s", kept, strerror(errno));
        return rc_from_errno(errno);
    }
    update_root_path(kept, "lock", path);
    root->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (root->lock < 0) {
        reason_set(out_reason, "%s cannot be written: %s. Is this root?", kept, strerror(errno));
        return rc_from_errno(errno);
    }
    if (!lock(root->lock)) {
        close(root->lock);
        reason_set(out_reason, "another perron update is under way");
        return RC_BUSY;
    }
    update_root_path(kept, UPDATE_STATE_FILE, path);
    *out_state = (struct update_state){.step = UPDATE_NONE};
    enum rc rc = update_state_read(path, out_state);
    if (rc && rc != RC_NOT_FOUND)
        log_warning("%s cannot be read (%s): as if no update had been", path, rc_text(rc));
    return RC_OK;
}

/* What is there to go back to; where half of another lies there, what the last one came from. */
static enum update_why find_version(const struct update_root *root, const struct update_state *last,
                                    char *out_version, struct reason *out_detail)
{
    char version[64];
    bool is_whole;
    if (packages_version(root->places->root, UPDATE_PACKAGE, version, sizeof version, &is_whole,
                         out_detail))
        return UPDATE_WHY_SYSTEM;
    bool is_mended = !is_whole && last->step == UPDATE_STUCK && last->from[0];
    memcpy(out_version, is_mended ? last->from : version, sizeof version);
    return UPDATE_WHY_NONE;
}

/* What the package says of itself is what was signed, and newer than what there is to go back to.
 */
static enum update_why check_package(const struct update_root *root,
                                     const struct update_claim *claim, const char *version,
                                     struct reason *out_detail)
{
    char path[PATH_MAX];
    struct packages_fields fields;
    update_root_path(root->places->kept, UPDATE_NEW, path);
    if (packages_read(path, &fields, out_detail))
        return UPDATE_WHY_OTHERWISE;
    if (strcmp(fields.package, claim->package) != 0 ||
        strcmp(fields.version, claim->version) != 0 ||
        strcmp(fields.architecture, claim->architecture) != 0) {
        reason_set(out_detail, "it says %s %s %s", fields.package, fields.version,
                   fields.architecture);
        return UPDATE_WHY_OTHERWISE;
    }
    return update_judge(claim, &(struct update_here){version, update_architecture(), false});
}

static bool is_version(const char *path, const char *version)
{
    struct packages_fields fields;
    return !packages_read(path, &fields, NULL) && strcmp(fields.package, UPDATE_PACKAGE) == 0 &&
           strcmp(fields.version, version) == 0;
}

/* What was installed last; what an image was built with lies in one of the other places. */
static enum update_why find_way_back(const struct update_root *root, const char *version)
{
    char current[PATH_MAX], others[2][PATH_MAX];
    const char *kept = root->places->kept;
    update_root_path(kept, UPDATE_CURRENT, current);
    update_root_path(kept, UPDATE_PREVIOUS, others[0]);
    snprintf(others[1], sizeof others[1], "%s" UPDATE_GUARD_FOLDER "/" UPDATE_FACTORY,
             root->places->root);
    if (update_root_has(kept, UPDATE_CURRENT) && is_version(current, version))
        return UPDATE_WHY_NONE;
    for (int i = 0; i < 2; i++) {
        if (access(others[i], F_OK) || !is_version(others[i], version))
            continue;
        enum rc rc = update_root_copy(others[i], kept, UPDATE_CURRENT, 0600);
        return update_why_own(rc);
    }
    return UPDATE_WHY_NO_WAY_BACK;
}

/*
 * This program, which works, is what settles it. Who installs something else is waited for not
 * longer than somebody stands before the screen: nothing has begun yet.
 */
static enum update_why put_guard(const struct update_root *root, struct reason *out_detail)
{
    char folder[PATH_MAX];
    int lock;
    snprintf(folder, sizeof folder, "%s" UPDATE_GUARD_FOLDER, root->places->root);
    enum rc rc =
        packages_begin(root->places->root, root->places->installer_ms / 10, &lock, out_detail);
    bool is_busy = rc == RC_BUSY;
    if (!rc && mkdir(folder, 0755) && errno != EEXIST)
        rc = rc_from_errno(errno);
    if (!rc)
        rc = update_root_copy("/proc/self/exe", folder, UPDATE_GUARD, 0755);
    packages_end(root->places->root, lock);
    return is_busy ? UPDATE_WHY_BUSY : update_why_own(rc);
}

static enum update_why check_all(const struct update_root *root, const struct update_state *last,
                                 struct update_state *out_state, struct reason *out_detail)
{
    char brought[PATH_MAX];
    struct sign_public key;
    struct update_claim claim;
    enum update_why why = update_key_read(root->places->key, &key);
    update_root_path(root->places->data, UPDATE_BROUGHT, brought);
    const struct update_job job = {
        .from = brought, .name = UPDATE_NEW, .into = root->places->kept, .key = &key};
    if (!why)
        why = update_take(&job, &claim, out_detail);
    if (why)
        return why;
    memcpy(out_state->to, claim.version, sizeof out_state->to);
    why = find_version(root, last, out_state->from, out_detail);
    if (!why)
        why = check_package(root, &claim, out_state->from, out_detail);
    if (!why)
        why = find_way_back(root, out_state->from);
    return why ? why : put_guard(root, out_detail);
}

static void refuse(const struct update_root *root, struct update_state *state, enum update_why why,
                   const char *detail)
{
    state->step = UPDATE_REFUSED;
    state->why = why;
    snprintf(state->detail, sizeof state->detail, "%.199s", detail);
    update_root_log(state);
    update_root_say(root, state);
}

static void apply_brought(struct update_root *root, const struct update_hands *with,
                          struct update_state *state)
{
    struct reason detail = {.text = ""};
    struct update_state asked = {.step = state->step};
    enum update_why why = check_all(root, state, &asked, &detail);
    if (!why)
        why = update_why_own(update_go(with, &asked, UPDATE_ASKED));
    if (why) {
        update_clear(root->places->kept);
        refuse(root, &asked, why, detail.text);
    }
    *state = asked;
}

/* Whoever were at it still would hold the lock: it was killed, and nobody started the computer. */
static bool is_dead(enum update_step step)
{
    return step == UPDATE_INSTALLING || step == UPDATE_RETURNING;
}

enum rc update_apply(const struct update_places *places, struct update_state *out_state,
                     struct reason *out_reason)
{
    struct update_root root = {.places = places};
    struct update_hands with = update_root_hands;
    struct update_state state = {.step = UPDATE_NONE};
    struct reason reason = {.text = ""};
    enum rc rc = begin(&root, &state, &reason);
    if (rc) { /* the station waits for a word */
        refuse(&root, &state, rc == RC_BUSY ? UPDATE_WHY_BUSY : update_why_own(rc), reason.text);
        reason_set(out_reason, "%s", reason.text);
        return rc;
    }
    with.context = &root;
    if (is_dead(state.step))
        rc = update_go(&with, &state, UPDATE_START);
    else if (update_state_is_open(state.step))
        refuse(&root, &state, UPDATE_WHY_BUSY, "");
    else
        apply_brought(&root, &with, &state);
    close(root.lock);
    *out_state = state;
    return rc;
}

enum rc update_settle(const struct update_places *places, struct update_state *out_state,
                      struct reason *out_reason)
{
    struct update_root root = {.places = places};
    struct update_hands with = update_root_hands;
    struct update_state state;
    enum rc rc = begin(&root, &state, out_reason);
    if (rc)
        return rc;
    with.context = &root;
    update_root_say(&root, &state);
    rc = update_go(&with, &state, UPDATE_START);
    close(root.lock);
    *out_state = state;
    return rc;
}

enum rc update_keep(const struct update_places *places, const char *path, struct reason *out_reason)
{
    struct update_root root = {.places = places};
    struct update_state state;
    struct packages_fields fields;
    char version[64] = "";
    enum rc rc = packages_read(path, &fields, out_reason);
    if (!rc)
        rc = packages_version(places->root, UPDATE_PACKAGE, version, sizeof version, NULL,
                              out_reason);
    if (!rc &&
        (strcmp(fields.package, UPDATE_PACKAGE) != 0 || strcmp(fields.version, version) != 0)) {
        reason_set(out_reason, "%s is %s %s, and %s is installed here: give the package of that",
                   path, fields.package, fields.version, version);
        rc = RC_REFUSED;
    }
    if (!rc)
        rc = begin(&root, &state, out_reason);
    if (rc)
        return rc;
    rc = update_root_copy(path, places->kept, UPDATE_CURRENT, 0600);
    if (rc)
        reason_set(out_reason, "%s could not be kept: %s", path, rc_text(rc));
    close(root.lock);
    return rc;
}
