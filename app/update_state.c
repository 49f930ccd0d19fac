#include "app/update_state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "firmware/base/json.h"

#define FILE_BYTES_MAX 4096

/* --- what comes next --- */

/* What counts as a try; a cut while the old one is installed again is none. */
enum count { PLAIN, COUNTED };

static const struct row {
    enum update_step step;
    enum update_event event;
    bool is_last; /* once there were so many tries */
    enum update_step next;
    enum update_act act;
    enum count count;
    enum update_why why; /* NONE: as it was, or as the event says */
} rows[] = {
    {UPDATE_INSTALLING, UPDATE_DONE, false, UPDATE_TRYING, UPDATE_RESTART, PLAIN, UPDATE_WHY_NONE},
    {UPDATE_INSTALLING, UPDATE_FAILED, false, UPDATE_RETURNING, UPDATE_INSTALL_OLD, PLAIN,
     UPDATE_WHY_INSTALL},
    {UPDATE_INSTALLING, UPDATE_START, false, UPDATE_RETURNING, UPDATE_INSTALL_OLD, PLAIN,
     UPDATE_WHY_CUT},
    {UPDATE_TRYING, UPDATE_START, false, UPDATE_TRYING, UPDATE_WAIT, COUNTED, UPDATE_WHY_NONE},
    {UPDATE_TRYING, UPDATE_START, true, UPDATE_RETURNING, UPDATE_INSTALL_OLD, PLAIN,
     UPDATE_WHY_STARTS},
    {UPDATE_TRYING, UPDATE_UP, false, UPDATE_INSTALLED, UPDATE_TIDY, PLAIN, UPDATE_WHY_NONE},
    {UPDATE_TRYING, UPDATE_DOWN, false, UPDATE_RETURNING, UPDATE_INSTALL_OLD, PLAIN,
     UPDATE_WHY_SILENT},
    {UPDATE_RETURNING, UPDATE_START, false, UPDATE_RETURNING, UPDATE_INSTALL_OLD, PLAIN,
     UPDATE_WHY_NONE},
    {UPDATE_RETURNING, UPDATE_DONE, false, UPDATE_RETURNED, UPDATE_RESTART, PLAIN, UPDATE_WHY_NONE},
    {UPDATE_RETURNING, UPDATE_FAILED, false, UPDATE_RETURNING, UPDATE_RESTART, COUNTED,
     UPDATE_WHY_NONE},
    {UPDATE_RETURNING, UPDATE_FAILED, true, UPDATE_STUCK, UPDATE_REST, PLAIN, UPDATE_WHY_NONE},
    {UPDATE_INSTALLED, UPDATE_START, false, UPDATE_INSTALLED, UPDATE_TIDY, PLAIN, UPDATE_WHY_NONE},
    {UPDATE_RETURNED, UPDATE_START, false, UPDATE_RETURNED, UPDATE_TIDY, PLAIN, UPDATE_WHY_NONE},
};

bool update_state_is_open(enum update_step step)
{
    return step == UPDATE_INSTALLING || step == UPDATE_TRYING || step == UPDATE_RETURNING;
}

static const struct row *find(const struct update_state *state, enum update_event event)
{
    const struct row *found = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].step == state->step && rows[i].event == event &&
            (!rows[i].is_last || state->tries >= UPDATE_TRIES))
            found = &rows[i]; /* of the last try: behind the other one */
    return found;
}

enum update_act update_state_go(struct update_state *state, enum update_event event,
                                enum update_why why)
{
    if (event == UPDATE_ASKED && !update_state_is_open(state->step)) {
        state->step = UPDATE_INSTALLING;
        state->why = UPDATE_WHY_NONE;
        state->tries = 0;
        return UPDATE_INSTALL_NEW;
    }
    const struct row *row = find(state, event);
    if (!row)
        return UPDATE_REST;
    bool is_same = row->next == state->step;
    state->tries = is_same ? state->tries + (row->count == COUNTED) : 0;
    if (!is_same && row->next == UPDATE_RETURNING)
        state->why = why ? why : row->why;
    state->step = row->next;
    return row->act;
}

/* --- in words --- */

static const char *const steps[UPDATE_STEP_COUNT] = {
    [UPDATE_NONE] = "none",           [UPDATE_INSTALLING] = "installing",
    [UPDATE_TRYING] = "trying",       [UPDATE_RETURNING] = "returning",
    [UPDATE_INSTALLED] = "installed", [UPDATE_RETURNED] = "returned",
    [UPDATE_STUCK] = "stuck",         [UPDATE_REFUSED] = "refused",
};

const char *update_step_name(enum update_step step)
{
    return steps[step];
}

static const struct {
    const char *name, *text;
} whys[UPDATE_WHY_COUNT] = {
    [UPDATE_WHY_NONE] = {"", ""},
    [UPDATE_WHY_CUT] = {"cut", SAID("It was interrupted while it was being installed.")},
    [UPDATE_WHY_INSTALL] = {"install", SAID("The system could not install it.")},
    [UPDATE_WHY_BROKEN] = {"broken", SAID("It does not run on this computer.")},
    [UPDATE_WHY_SILENT] = {"silent", SAID("It did not come up in two minutes.")},
    [UPDATE_WHY_STARTS] = {"starts",
                           SAID("The computer started three times, and it never came up.")},
    [UPDATE_WHY_NO_KEY] = {"no-key",
                           SAID("This station has no key to know updates by. Whoever looks after "
                                "it puts update.pub there first.")},
    [UPDATE_WHY_BAD_KEY] =
        {"bad-key", SAID("update.pub, the key to know updates by, is empty or cannot be read "
                         "whole. Whoever looks after the station puts it there again.")},
    [UPDATE_WHY_NO_FILE] = {"no-file",
                            SAID("The package and its .sig have to lie side by side. Copy both.")},
    [UPDATE_WHY_NO_CLAIM] = {"no-claim", SAID("The .sig is damaged. Copy it again.")},
    [UPDATE_WHY_SIGNATURE] = {"signature",
                              SAID("It is not signed by who makes the updates of this station. "
                                   "Nothing was installed.")},
    [UPDATE_WHY_FILE] = {"file",
                         SAID("The package is damaged, or not whole. Copy it again, and wait "
                              "until the computer lets the stick go.")},
    [UPDATE_WHY_LARGE] = {"large", SAID("The file is too large for an update.")},
    [UPDATE_WHY_PACKAGE] = {"package", SAID("It is a package of something else.")},
    [UPDATE_WHY_ARCHITECTURE] = {"architecture", SAID("It is for another kind of computer.")},
    [UPDATE_WHY_OLDER] = {"older", SAID("It is older than what runs here.")},
    [UPDATE_WHY_SAME] = {"same", SAID("It runs here already.")},
    [UPDATE_WHY_OTHERWISE] = {"otherwise", SAID("The package is another one than its .sig says.")},
    [UPDATE_WHY_NO_WAY_BACK] = {"no-way-back",
                                SAID("The package of today’s version is not kept here, so nothing "
                                     "could go back to it. Whoever looks after the station puts it "
                                     "there first.")},
    [UPDATE_WHY_FULL] = {"full", SAID("There is no space left on the station.")},
    [UPDATE_WHY_BUSY] = {"busy",
                         SAID("Something else is under way here. Try again in a few minutes.")},
    [UPDATE_WHY_GONE] =
        {"gone", SAID("It is not there any more. If it was on a stick, plug that in again.")},
    [UPDATE_WHY_DISK] = {"disk",
                         SAID("It cannot be read. Copy it there again, or take another stick.")},
    [UPDATE_WHY_STATION] =
        {"station",
         SAID("The station’s own disk cannot be read or written. Call whoever looks after it.")},
    [UPDATE_WHY_SYSTEM] = {"system", SAID("This computer does not install updates by itself.")},
};

const char *update_why_text(enum update_why why)
{
    return whys[why].text;
}

/* --- the file --- */

char *update_state_write(const struct update_state *state)
{
    json_t *object = json_pack("{s:s,s:s,s:s,s:s,s:i,s:s}", "step", steps[state->step], "from",
                               state->from, "to", state->to, "why", whys[state->why].name, "tries",
                               state->tries, "detail", state->detail);
    char *text = object ? json_write(object, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(object);
    return text;
}

static bool copy(const json_t *object, const char *key, char *out_text, size_t size)
{
    const char *text = json_text(object, key);
    return text && snprintf(out_text, size, "%s", text) < (int)size;
}

static enum rc take(const json_t *object, struct update_state *out_state)
{
    struct update_state state = {.step = UPDATE_STEP_COUNT, .why = UPDATE_WHY_COUNT};
    char step[32], why[32];
    if (!copy(object, "step", step, sizeof step) || !copy(object, "why", why, sizeof why) ||
        !copy(object, "from", state.from, sizeof state.from) ||
        !copy(object, "to", state.to, sizeof state.to) ||
        !copy(object, "detail", state.detail, sizeof state.detail))
        return RC_BAD_INPUT;
    for (int i = 0; i < UPDATE_STEP_COUNT; i++)
        if (strcmp(step, steps[i]) == 0)
            state.step = (enum update_step)i;
    for (int i = 0; i < UPDATE_WHY_COUNT; i++)
        if (strcmp(why, whys[i].name) == 0)
            state.why = (enum update_why)i;
    int64_t tries = json_number(object, "tries", -1);
    if (state.step == UPDATE_STEP_COUNT || state.why == UPDATE_WHY_COUNT || tries < 0 ||
        tries > UPDATE_TRIES)
        return RC_BAD_INPUT;
    state.tries = (int)tries;
    *out_state = state;
    return RC_OK;
}

enum rc update_state_read(const char *path, struct update_state *out_state)
{
    struct reason reason = {.text = ""};
    char *text;
    size_t length;
    json_t *object;
    if (access(path, F_OK))
        return errno == ENOENT ? RC_NOT_FOUND : rc_from_errno(errno);
    enum rc rc = infile_read(path, FILE_BYTES_MAX, &text, &length, &reason);
    if (rc)
        return rc;
    rc = json_read_object(text, length, FILE_BYTES_MAX, &object);
    free(text);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_BAD_INPUT;
    rc = take(object, out_state);
    json_decref(object);
    return rc;
}
