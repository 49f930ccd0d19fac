#include "app/update_root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/control_call.h"
#include "app/exchange/outfile.h"
#include "app/update_go.h"
#include "app/update_take.h"
#include "app/update_version.h"
#include "firmware/base/log.h"
#include "firmware/linux/packages.h"

#define STATE_FILE "state"
#define CURRENT "current.deb"
#define PREVIOUS "previous.deb"
#define PATIENCE_MS 120000
#define LOOK_MS 1000
#define ANSWER_MS 5000
#define LOCK_TRIES 30

struct update_places update_places_default(void)
{
    return (struct update_places){.data = "/var/lib/perron",
                                  .kept = UPDATE_KEPT,
                                  .run = UPDATE_RUN,
                                  .key = UPDATE_KEY_FILE,
                                  .root = packages_root(),
                                  .patience_ms = PATIENCE_MS};
}

/* --- files --- */

struct root {
    const struct update_places *places;
    int lock;
    char detail[200]; /* of what failed last */
};

static void path_of(const char *folder, const char *name, char *out_path)
{
    snprintf(out_path, PATH_MAX, "%s/%s", folder, name);
}

static bool has(const char *folder, const char *name)
{
    char path[PATH_MAX];
    path_of(folder, name, path);
    return access(path, F_OK) == 0;
}

static enum rc write_file(const char *folder, const char *name, const char *text)
{
    struct outfile *file;
    enum rc rc = outfile_create(folder, name, &file, NULL);
    if (rc)
        return rc;
    (void)!outfile_write(file, text, strlen(text));
    return outfile_commit(file, NULL);
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

/* Whole or not at all; the copy is the only one with that name that anybody ever sees. */
static enum rc copy_file(const char *from, const char *folder, const char *name, mode_t mode)
{
    char piece[65536], path[PATH_MAX];
    struct outfile *file;
    ssize_t count;
    int fd = open(from, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    enum rc rc = outfile_create(folder, name, &file, NULL);
    while (!rc && (count = read(fd, piece, sizeof piece)) != 0)
        rc = count < 0 ? rc_from_errno(errno) : outfile_write(file, piece, (size_t)count);
    close(fd);
    if (rc)
        return rc;
    rc = outfile_commit(file, NULL);
    path_of(folder, name, path);
    if (!rc && chmod(path, mode))
        rc = rc_from_errno(errno);
    return rc;
}

/* --- what is said --- */

/* To the station; nothing depends on it. Others may read it, so it is no outfile's. */
static void say(const struct root *root, const struct update_state *state)
{
    char path[PATH_MAX], *text = update_state_write(state);
    (void)mkdir(root->places->run, 0755);
    path_of(root->places->run, UPDATE_SAID, path);
    if (!text || write_file(root->places->run, UPDATE_SAID, text) || chmod(path, 0644))
        log_warning("what came of the update cannot be told to the station");
    free(text);
}

static void log_state(const struct update_state *state)
{
    const char *why = update_why_text(state->why);
    switch (state->step) {
    case UPDATE_INSTALLING:
        log_info("%s is being installed over %s", state->to, state->from);
        break;
    case UPDATE_TRYING: log_info("%s is installed; it has to come up now", state->to); break;
    case UPDATE_RETURNING:
        log_warning("%s goes back to %s: %s", state->to, state->from, why);
        break;
    case UPDATE_INSTALLED: log_info("%s is installed and came up", state->to); break;
    case UPDATE_RETURNED:
        log_warning("%s is back instead of %s: %s", state->from, state->to, why);
        break;
    case UPDATE_STUCK:
        log_error("neither %s nor %s could be installed: %s %s", state->to, state->from, why,
                  state->detail);
        break;
    case UPDATE_REFUSED: log_warning("no update: %s %s", why, state->detail); break;
    default: break;
    }
}

/* --- the hands --- */

static enum rc save(void *context, const struct update_state *state)
{
    struct root *root = context;
    struct update_state kept = *state;
    if (root->detail[0])
        memcpy(kept.detail, root->detail, sizeof kept.detail);
    char *text = update_state_write(&kept);
    enum rc rc = text ? write_file(root->places->kept, STATE_FILE, text) : RC_NO_MEMORY;
    free(text);
    if (rc)
        log_error("how far the update is could not be kept: %s", rc_text(rc));
    log_state(&kept);
    say(root, &kept);
    return rc;
}

/* A program that cannot even say its version is not worth a restart. */
static enum update_why try_program(struct root *root)
{
    char said[128];
    if (!packages_ask(root->places->root, UPDATE_PROGRAM, "--version", said, sizeof said) &&
        strncmp(said, "perron ", 7) == 0)
        return UPDATE_WHY_NONE;
    snprintf(root->detail, sizeof root->detail, UPDATE_PROGRAM " --version says nothing");
    return UPDATE_WHY_BROKEN;
}

static enum update_why install(void *context, bool is_old)
{
    struct root *root = context;
    struct reason reason = {.text = ""};
    char path[PATH_MAX];
    path_of(root->places->kept, is_old ? CURRENT : UPDATE_NEW, path);
    enum rc rc = packages_begin(root->places->root, &reason);
    if (!rc)
        rc = packages_install(root->places->root, path, &reason);
    enum update_why why = rc ? UPDATE_WHY_INSTALL : UPDATE_WHY_NONE;
    if (!why && !is_old)
        why = try_program(root);
    packages_end(root->places->root);
    if (rc) {
        log_error("%s", reason.text);
        snprintf(root->detail, sizeof root->detail, "%.199s", reason.text);
    }
    return why;
}

/* The program's version is the package's without what a build adds: 0.9.1 of 0.9.1-1~deb13. */
static bool is_of(const char *program, const char *package)
{
    size_t length = program ? strlen(program) : 0;
    return length && strncmp(program, package, length) == 0 &&
           strchr("~+-", package[length]) != NULL;
}

static bool answers(const struct root *root, const char *version)
{
    char path[PATH_MAX];
    json_t *reply = NULL;
    path_of(root->places->data, "socket", path);
    if (!packages_is_active(UPDATE_UNIT) ||
        control_call(path, json_pack("{s:s}", "do", "status"), -1, ANSWER_MS, &reply, NULL))
        return false;
    bool is_serving =
        is_of(json_text(reply, "version"), version) && !json_object_get(reply, "fault");
    json_decref(reply);
    return is_serving;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_up(void *context, const struct update_state *state)
{
    struct root *root = context;
    int64_t end_ms = now_ms() + root->places->patience_ms;
    bool is_answering;
    while (!(is_answering = answers(root, state->to)) && now_ms() < end_ms)
        usleep(LOOK_MS * 1000);
    return is_answering;
}

static void restart(void *context)
{
    const struct root *root = context;
    if (!root->places->stays_on && packages_restart_computer())
        log_error("the computer could not be started again: do it by hand");
}

static void tidy(void *context, bool is_installed)
{
    const struct root *root = context;
    const char *kept = root->places->kept;
    char current[PATH_MAX], previous[PATH_MAX], new[PATH_MAX];
    path_of(kept, CURRENT, current);
    path_of(kept, PREVIOUS, previous);
    path_of(kept, UPDATE_NEW, new);
    if (is_installed && has(kept, UPDATE_NEW)) {
        if (rename(current, previous) && errno != ENOENT)
            log_warning("%s could not be kept: %s", previous, strerror(errno));
        if (rename(new, current))
            log_warning("%s could not be kept: %s", current, strerror(errno));
    }
    update_clear(kept);
    sync_folder(kept);
}

static const struct update_hands hands = {
    .save = save, .install = install, .is_up = is_up, .restart = restart, .tidy = tidy};

/* --- beginning --- */

/* One that was killed a moment ago lets go of it soon. */
static bool lock(int fd)
{
    for (int tries = 0; tries < LOCK_TRIES; tries++, usleep(LOOK_MS * 100))
        if (!flock(fd, LOCK_EX | LOCK_NB))
            return true;
    return false;
}

static enum rc begin(struct root *root, struct update_state *out_state, struct reason *out_reason)
{
    char path[PATH_MAX];
    const char *kept = root->places->kept;
    if (mkdir(kept, 0700) && errno != EEXIST) {
        reason_set(out_reason, "%s cannot be made: %s", kept, strerror(errno));
        return rc_from_errno(errno);
    }
    path_of(kept, "lock", path);
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
    path_of(kept, STATE_FILE, path);
    *out_state = (struct update_state){.step = UPDATE_NONE};
    enum rc rc = update_state_read(path, out_state);
    if (rc && rc != RC_NOT_FOUND)
        log_warning("%s cannot be read (%s): as if no update had been", path, rc_text(rc));
    return RC_OK;
}

/* What the package says of itself is what was signed, and newer than what is installed. */
static enum update_why check_package(const struct root *root, const struct update_claim *claim,
                                     char *out_version, struct reason *out_detail)
{
    char path[PATH_MAX], version[64];
    struct packages_fields fields;
    path_of(root->places->kept, UPDATE_NEW, path);
    if (packages_read(path, &fields, out_detail))
        return UPDATE_WHY_OTHERWISE;
    if (strcmp(fields.package, claim->package) != 0 ||
        strcmp(fields.version, claim->version) != 0 ||
        strcmp(fields.architecture, claim->architecture) != 0) {
        reason_set(out_detail, "it says %s %s %s", fields.package, fields.version,
                   fields.architecture);
        return UPDATE_WHY_OTHERWISE;
    }
    if (packages_version(root->places->root, UPDATE_PACKAGE, version, sizeof version, out_detail))
        return UPDATE_WHY_SYSTEM;
    memcpy(out_version, version, sizeof version);
    return update_judge(claim, &(struct update_here){version, update_architecture()});
}

static bool is_version(const char *path, const char *version)
{
    struct packages_fields fields;
    return !packages_read(path, &fields, NULL) && strcmp(fields.package, UPDATE_PACKAGE) == 0 &&
           strcmp(fields.version, version) == 0;
}

/* What an image was built with counts as kept. */
static enum update_why find_way_back(const struct root *root, const char *version)
{
    char current[PATH_MAX], factory[PATH_MAX];
    const char *kept = root->places->kept;
    path_of(kept, CURRENT, current);
    if (has(kept, CURRENT) && is_version(current, version))
        return UPDATE_WHY_NONE;
    snprintf(factory, sizeof factory, "%s" UPDATE_GUARD_FOLDER "/" UPDATE_FACTORY,
             root->places->root);
    if (access(factory, F_OK) || !is_version(factory, version))
        return UPDATE_WHY_NO_WAY_BACK;
    enum rc rc = copy_file(factory, kept, CURRENT, 0600);
    return rc == RC_FULL ? UPDATE_WHY_FULL : rc ? UPDATE_WHY_DISK : UPDATE_WHY_NONE;
}

/* This program, which works, is what settles it. */
static enum update_why put_guard(const struct root *root, struct reason *out_detail)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s" UPDATE_GUARD_FOLDER, root->places->root);
    enum rc rc = packages_begin(root->places->root, out_detail);
    if (!rc && mkdir(folder, 0755) && errno != EEXIST)
        rc = rc_from_errno(errno);
    if (!rc)
        rc = copy_file("/proc/self/exe", folder, UPDATE_GUARD, 0755);
    packages_end(root->places->root);
    return rc == RC_FULL ? UPDATE_WHY_FULL : rc ? UPDATE_WHY_DISK : UPDATE_WHY_NONE;
}

static enum update_why check_all(const struct root *root, struct update_state *out_state,
                                 struct reason *out_detail)
{
    char brought[PATH_MAX];
    struct sign_public key;
    struct update_claim claim;
    enum update_why why = update_key_read(root->places->key, &key);
    path_of(root->places->data, UPDATE_BROUGHT, brought);
    const struct update_job job = {
        .from = brought, .name = UPDATE_NEW, .into = root->places->kept, .key = &key};
    if (!why)
        why = update_take(&job, &claim, out_detail);
    if (why)
        return why;
    memcpy(out_state->to, claim.version, sizeof out_state->to);
    why = check_package(root, &claim, out_state->from, out_detail);
    if (!why)
        why = find_way_back(root, out_state->from);
    return why ? why : put_guard(root, out_detail);
}

static void refuse(const struct root *root, struct update_state *state, enum update_why why,
                   const char *detail)
{
    state->step = UPDATE_REFUSED;
    state->why = why;
    snprintf(state->detail, sizeof state->detail, "%.199s", detail);
    log_state(state);
    say(root, state);
}

enum rc update_apply(const struct update_places *places, struct update_state *out_state,
                     struct reason *out_reason)
{
    struct root root = {.places = places};
    struct update_hands with = hands;
    struct reason detail = {.text = ""};
    struct update_state state;
    enum rc rc = begin(&root, &state, out_reason);
    if (rc)
        return rc;
    if (update_state_is_open(state.step)) {
        struct update_state refused = state;
        refuse(&root, &refused, UPDATE_WHY_BUSY, "");
        state = refused;
    } else {
        struct update_state asked = {.step = state.step};
        enum update_why why = check_all(&root, &asked, &detail);
        with.context = &root;
        if (!why && update_go(&with, &asked, UPDATE_ASKED))
            why = UPDATE_WHY_DISK;
        if (why) {
            update_clear(places->kept);
            refuse(&root, &asked, why, detail.text);
        }
        state = asked;
    }
    close(root.lock);
    *out_state = state;
    return RC_OK;
}

enum rc update_settle(const struct update_places *places, struct update_state *out_state,
                      struct reason *out_reason)
{
    struct root root = {.places = places};
    struct update_hands with = hands;
    struct update_state state;
    enum rc rc = begin(&root, &state, out_reason);
    if (rc)
        return rc;
    with.context = &root;
    say(&root, &state);
    rc = update_go(&with, &state, UPDATE_START);
    close(root.lock);
    *out_state = state;
    return rc;
}

enum rc update_keep(const struct update_places *places, const char *path, struct reason *out_reason)
{
    struct root root = {.places = places};
    struct update_state state;
    struct packages_fields fields;
    char version[64] = "";
    enum rc rc = packages_read(path, &fields, out_reason);
    if (!rc)
        rc = packages_version(places->root, UPDATE_PACKAGE, version, sizeof version, out_reason);
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
    rc = copy_file(path, places->kept, CURRENT, 0600);
    if (rc)
        reason_set(out_reason, "%s could not be kept: %s", path, rc_text(rc));
    close(root.lock);
    return rc;
}
