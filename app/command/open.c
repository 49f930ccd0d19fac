#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command/open_command_i.h"
#include "app/exchange/unseal.h"

#define FILES_MAX 256

void open_command_say_failed(struct opening *opening, const char *name, const char *why)
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

bool open_command_file(struct opening *opening, const char *path, const char *folder,
                       const char *name)
{
    struct reason reason = {.text = ""};
    if (unseal_to_file(path, &opening->key, folder, name, &reason)) {
        open_command_say_failed(opening, path, reason.text);
        return false;
    }
    say_opened(opening, name, folder);
    opening->has_opened = true;
    return true;
}

static void open_file(struct opening *opening, const char *path)
{
    char name[NAME_MAX + 1];
    struct reason reason = {.text = ""};
    if (unseal_name(path, name, sizeof name)) {
        open_command_file(opening, path, opening->to, name);
        return;
    }
    reason_set(&reason, "%.200s is no sealed file: the name of one ends in " SEAL_SUFFIX ".", path);
    open_command_say_failed(opening, path, reason.text);
}

static void open_one(struct opening *opening, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        open_command_folder(opening, path);
    else
        open_file(opening, path);
}

/* As an export makes its own; *out_is_made: it goes again where nothing could be opened. */
static enum rc make_folder(const char *to, bool *out_is_made, struct reason *out_reason)
{
    *out_is_made = mkdir(to, 0700) == 0;
    if (*out_is_made || errno == EEXIST)
        return RC_OK;
    reason_set(out_reason, "the folder %s cannot be made: %s", to, strerror(errno));
    return rc_from_errno(errno);
}

static int run(int argc, char **argv)
{
    static const char *files[FILES_MAX];
    const char *key = NULL, *to = ".";
    bool is_json = false, is_made = false;
    int count, code;
    const struct command_option options[] = {
        {"key", &key, NULL}, {"to", &to, NULL}, {"json", NULL, &is_json}, {NULL, NULL, NULL}};
    if (!command_options(&command_open, argc, argv, options, files, FILES_MAX, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    struct opening opening = {.to = to};
    if (!count || !key) {
        reason_set(&reason, "which file or folder, and with which key? For example: perron open "
                            "/media/stick/2026-11-26_epi --key co-ordinator.key");
        return command_misuse(&command_open, &reason);
    }
    if (unseal_read_key(key, &opening.key, &reason) || make_folder(to, &is_made, &reason)) {
        hash_forget(&opening.key, sizeof opening.key);
        return command_fail(&reason);
    }
    if (is_json) {
        opening.opened = json_array();
        opening.failed = json_array();
    }
    for (int i = 0; i < count; i++)
        open_one(&opening, files[i]);
    hash_forget(&opening.key, sizeof opening.key);
    if (is_made && !opening.has_opened)
        rmdir(to);
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
    "current one), which is made where it is missing. Where all of it is right, README.txt, "
    "SHA256SUMS\n"
    "and venue.key.sealed are in it, too, and perron restore takes it like the sealed one. The "
    "venue's\n"
    "key stays sealed in there: beside the register it would tell every badge's number. It is "
    "opened\n"
    "only where the file is named. It needs no data folder: any Linux computer will do.",
    run};
