/* What root's side of an update does: remembers, installs, waits, restarts, tidies. */
#include "app/update_root_i.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/control_call.h"
#include "app/exchange/outfile.h"
#include "app/update_take.h"
#include "app/update_version.h"
#include "firmware/base/log.h"
#include "firmware/linux/packages.h"

#define LOOK_MS 500
#define ANSWER_MS 5000

/* --- files --- */

void update_root_path(const char *folder, const char *name, char *out_path)
{
    snprintf(out_path, PATH_MAX, "%s/%s", folder, name);
}

bool update_root_has(const char *folder, const char *name)
{
    char path[PATH_MAX];
    update_root_path(folder, name, path);
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
enum rc update_root_copy(const char *from, const char *folder, const char *name, mode_t mode)
{
    char piece[65536], path[PATH_MAX];
    struct outfile *file;
    ssize_t count;
    int fd = open(from, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    enum rc rc = outfile_create(folder, name, &file, NULL);
    if (rc) {
        close(fd);
        return rc;
    }
    while (!rc && (count = read(fd, piece, sizeof piece)) != 0)
        rc = count < 0 ? rc_from_errno(errno) : outfile_write(file, piece, (size_t)count);
    close(fd);
    if (rc) {
        outfile_abandon(file);
        return rc;
    }
    rc = outfile_commit(file, NULL);
    update_root_path(folder, name, path);
    if (!rc && chmod(path, mode))
        rc = rc_from_errno(errno);
    return rc;
}

/* --- what is said --- */

/* To the station; nothing depends on it. Others may read it, so it is no outfile's. */
void update_root_say(const struct update_root *root, const struct update_state *state)
{
    char path[PATH_MAX], *text = update_state_write(state);
    (void)mkdir(root->places->run, 0755);
    update_root_path(root->places->run, UPDATE_SAID, path);
    if (!text || write_file(root->places->run, UPDATE_SAID, text) || chmod(path, 0644))
        log_warning("what came of the update cannot be told to the station");
    free(text);
}

void update_root_log(const struct update_state *state)
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
    struct update_root *root = context;
    struct update_state kept = *state;
    if (root->detail[0])
        memcpy(kept.detail, root->detail, sizeof kept.detail);
    char *text = update_state_write(&kept);
    enum rc rc = text ? write_file(root->places->kept, UPDATE_STATE_FILE, text) : RC_NO_MEMORY;
    free(text);
    if (rc)
        log_error("how far the update is could not be kept: %s", rc_text(rc));
    update_root_log(&kept);
    update_root_say(root, &kept);
    return rc;
}

/* A program that cannot even say its version is not worth a restart. */
static enum update_why try_program(struct update_root *root)
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
    struct update_root *root = context;
    struct reason reason = {.text = ""};
    char path[PATH_MAX];
    int lock;
    update_root_path(root->places->kept, is_old ? UPDATE_CURRENT : UPDATE_NEW, path);
    enum rc rc = packages_begin(root->places->root, root->places->installer_ms, &lock, &reason);
    if (!rc)
        rc = packages_install(root->places->root, path, &reason);
    enum update_why why = rc ? UPDATE_WHY_INSTALL : UPDATE_WHY_NONE;
    if (!why && !is_old)
        why = try_program(root);
    packages_end(root->places->root, lock);
    if (rc) {
        log_error("%s", reason.text);
        snprintf(root->detail, sizeof root->detail, "%.199s", reason.text);
    }
    return why;
}

/* By what every version answers, also a later one: control.h. */
static bool answers(const struct update_root *root, const char *version)
{
    char path[PATH_MAX];
    json_t *reply = NULL;
    update_root_path(root->places->data, "socket", path);
    if (!packages_is_active(UPDATE_UNIT) ||
        control_call(path, json_pack("{s:i,s:s}", "v", 1, "do", "status"), -1, ANSWER_MS, &reply,
                     NULL))
        return false;
    const char *program = json_text(reply, "version");
    bool is_serving =
        program && update_version_is_of(version, program) && !json_object_get(reply, "fault");
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
    struct update_root *root = context;
    int64_t end_ms = now_ms() + root->places->patience_ms;
    bool is_answering;
    while (!(is_answering = answers(root, state->to)) && now_ms() < end_ms)
        usleep(LOOK_MS * 1000);
    return is_answering;
}

static void restart(void *context)
{
    const struct update_root *root = context;
    if (!root->places->stays_on && packages_restart_computer())
        log_error("the computer could not be started again: do it by hand");
}

static void tidy(void *context, bool is_installed)
{
    const struct update_root *root = context;
    const char *kept = root->places->kept;
    char current[PATH_MAX], previous[PATH_MAX], new[PATH_MAX];
    update_root_path(kept, UPDATE_CURRENT, current);
    update_root_path(kept, UPDATE_PREVIOUS, previous);
    update_root_path(kept, UPDATE_NEW, new);
    if (is_installed && update_root_has(kept, UPDATE_NEW)) {
        if (rename(current, previous) && errno != ENOENT)
            log_warning("%s could not be kept: %s", previous, strerror(errno));
        if (rename(new, current))
            log_warning("%s could not be kept: %s", current, strerror(errno));
    }
    update_clear(kept);
    sync_folder(kept);
}

const struct update_hands update_root_hands = {
    .save = save, .install = install, .is_up = is_up, .restart = restart, .tidy = tidy};
