#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command/command.h"
#include "app/exchange/parcel.h"
#include "app/exchange/unseal.h"

#define FILES_MAX 256
#define VENUE_KEY "venue.key" /* goes sealed, and is opened only where it is asked for */

struct opening {
    struct seal_secret key;
    const char *to;
    json_t *opened, *failed; /* NULL: it is said as text */
    bool has_failed;
};

static void say_failed(struct opening *opening, const char *name, const char *why)
{
    opening->has_failed = true;
    if (opening->failed)
        json_array_append_new(opening->failed, json_pack("{s:s,s:s}", "name", name, "why", why));
    else
        fprintf(stderr, "perron: %s\n", why);
}

static void say_opened(struct opening *opening, const char *name, const char *folder)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (opening->opened)
        json_array_append_new(opening->opened, json_string(path));
    else
        printf("%s\n", path);
}

static void open_as(struct opening *opening, const char *path, const char *folder, const char *name)
{
    struct reason reason = {""};
    if (unseal_to_file(path, &opening->key, folder, name, &reason))
        say_failed(opening, path, reason.text);
    else
        say_opened(opening, name, folder);
}

static void open_file(struct opening *opening, const char *path)
{
    char name[NAME_MAX + 1];
    struct reason reason = {""};
    if (unseal_name(path, name, sizeof name)) {
        open_as(opening, path, opening->to, name);
        return;
    }
    reason_set(&reason, "%.200s is no sealed file: the name of one ends in " SEAL_SUFFIX ".", path);
    say_failed(opening, path, reason.text);
}

/* --- a whole folder --- */

static void hear_state(void *context, const char *name, enum parcel_state state)
{
    struct reason reason = {""};
    if (state == PARCEL_RIGHT)
        return;
    reason_set(&reason, "%.200s is %s.", name,
               state == PARCEL_MISSING ? "missing" : "damaged: it is not what was written");
    say_failed(context, name, reason.text);
}

static void check_sums(struct opening *opening, const char *folder)
{
    struct reason reason = {""};
    bool had_failed = opening->has_failed;
    opening->has_failed = false;
    enum rc rc = parcel_check(folder, hear_state, opening, &reason);
    if (rc && !opening->has_failed)
        say_failed(opening, PARCEL_SUMS, reason.text);
    opening->has_failed |= had_failed;
}

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
    return false;
}

struct folder_opening {
    struct opening *opening;
    const char *path;
    char folder[PATH_MAX]; /* where its files come; "": not made yet */
    struct reason *reason;
};

static enum rc open_next(void *context, const char *name)
{
    struct folder_opening *at = context;
    char path[PATH_MAX], plain[PARCEL_FILE_BYTES];
    if (strcmp(name, VENUE_KEY SEAL_SUFFIX) == 0)
        return RC_OK;
    if (!at->folder[0]) {
        if (!make_folder(at->path, at->opening->to, at->folder, at->reason))
            return RC_REFUSED;
        check_sums(at->opening, at->path);
    }
    snprintf(plain, sizeof plain, "%.*s", (int)(strlen(name) - strlen(SEAL_SUFFIX)), name);
    if (snprintf(path, sizeof path, "%s/%s", at->path, name) < (int)sizeof path)
        open_as(at->opening, path, at->folder, plain);
    return RC_OK;
}

static void open_folder(struct opening *opening, const char *path)
{
    struct reason reason = {""};
    struct folder_opening at = {.opening = opening, .path = path, .reason = &reason};
    enum rc rc = unseal_each(path, open_next, &at, &reason);
    if (!rc && !at.folder[0])
        reason_set(&reason, "there is no sealed file in %s but the venue's key.", path);
    if (reason.text[0])
        say_failed(opening, path, reason.text);
}

static void open_one(struct opening *opening, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        open_folder(opening, path);
    else
        open_file(opening, path);
}

static int run(int argc, char **argv)
{
    static const char *files[FILES_MAX];
    const char *key = NULL, *to = ".";
    bool is_json = false;
    int count, code;
    const struct command_option options[] = {
        {"key", &key, NULL}, {"to", &to, NULL}, {"json", NULL, &is_json}, {NULL, NULL, NULL}};
    if (!command_options(&command_open, argc, argv, options, files, FILES_MAX, &count, &code))
        return code;
    struct reason reason = {""};
    struct opening opening = {.to = to};
    if (!count || !key) {
        reason_set(&reason, "which file or folder, and with which key? For example: perron open "
                            "/media/stick/2026-11-26_epi --key co-ordinator.key");
        return command_misuse(&command_open, &reason);
    }
    if (unseal_read_key(key, &opening.key, &reason))
        return command_fail(&reason);
    if (is_json) {
        opening.opened = json_array();
        opening.failed = json_array();
    }
    for (int i = 0; i < count; i++)
        open_one(&opening, files[i]);
    hash_forget(&opening.key, sizeof opening.key);
    if (is_json)
        command_print(json_pack("{s:o,s:o}", "opened", opening.opened, "failed", opening.failed));
    return opening.has_failed ? COMMAND_FAILED : COMMAND_OK;
}

const struct command command_open = {
    "open", "FILE|FOLDER... --key KEYFILE [--to DIR] [--json]",
    "opens sealed files of an export, or a whole folder of them\n"
    "Each file appears whole or not at all, and nothing is written over. A folder is first "
    "checked\n"
    "against its SHA256SUMS, and opened with its folders into one of the same name in DIR (the\n"
    "current one).\n"
    "venue.key.sealed is opened only where it is named. It needs no data folder: any Linux\n"
    "computer will do.",
    run};
