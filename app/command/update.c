#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command/command.h"
#include "app/command/update_command_i.h"
#include "app/update_make.h"
#include "app/update_take.h"

/* --- keys --- */

static int make_keys(const struct update_options *options, const char *path)
{
    struct reason reason = {.text = ""};
    struct sign_public key;
    char text[KEY_TEXT_SIZE];
    if (update_make_key(path, &key, &reason))
        return command_fail(&reason);
    sign_write_public(&key, text);
    if (options->is_json) {
        command_print(json_pack("{s:s}", "public", text));
        return COMMAND_OK;
    }
    fprintf(stderr,
            "%s is the secret half. Whoever has it can install anything on the stations that know "
            "its\npublic half. Keep it away from them, and a copy of it somewhere else.\n\n"
            "The public half, for " UPDATE_KEY_FILE " of the stations (> update.pub):\n",
            path);
    printf("%s\n", text);
    return COMMAND_OK;
}

/* --- sign --- */

static void print_claim(const struct update_options *options, const struct update_claim *claim,
                        const char *verdict)
{
    if (options->is_json)
        command_print(json_pack("{s:s,s:s,s:s,s:I,s:s}", "package", claim->package, "version",
                                claim->version, "architecture", claim->architecture, "bytes",
                                (json_int_t)claim->bytes, "verdict", verdict));
    else
        printf("%s %s for %s, %lld bytes: %s\n", claim->package, claim->version,
               claim->architecture, (long long)claim->bytes, verdict);
}

static int sign(const struct update_options *options, const char *path)
{
    struct reason reason = {.text = ""};
    struct sign_secret secret;
    struct update_claim claim;
    if (!options->key) {
        reason_set(&reason, "with which key? For example: perron update sign perron.deb --key "
                            "update.key");
        return command_misuse(&command_update, &reason);
    }
    if (update_read_secret(options->key, &secret, &reason))
        return command_fail(&reason);
    enum rc rc = update_sign(path, &secret, &claim, &reason);
    hash_forget(&secret, sizeof secret);
    if (rc)
        return command_fail(&reason);
    print_claim(options, &claim, "signed");
    return COMMAND_OK;
}

/* --- check --- */

static enum update_why check_package(const char *path, const struct update_claim *claim)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return UPDATE_WHY_NO_FILE;
    enum update_why why = update_check_file(fd, claim);
    close(fd);
    return why;
}

static int check(const struct update_options *options, const char *path)
{
    const struct update_here here = update_here();
    struct sign_public key;
    struct update_claim claim = {.bytes = 0};
    struct reason reason = {.text = ""};
    enum update_why why = update_key_read(options->key ? options->key : UPDATE_KEY_FILE, &key);
    if (!why)
        why = update_read_beside(path, &key, &claim);
    if (!why)
        why = check_package(path, &claim);
    if (why) {
        reason_set(&reason, "%s: %s", path, update_why_text(why));
        return command_fail(&reason);
    }
    why = update_judge(&claim, &here);
    print_claim(options, &claim,
                why == UPDATE_WHY_NONE    ? "newer than this one"
                : why == UPDATE_WHY_SAME  ? "the same version as this one"
                : why == UPDATE_WHY_OLDER ? "older than this one"
                                          : update_why_text(why));
    return why == UPDATE_WHY_NONE ? COMMAND_OK : COMMAND_FAILED;
}

/* --- the verb --- */

static const struct {
    const char *word;
    int (*with_file)(const struct update_options *options, const char *path);
    int (*alone)(const struct update_options *options);
} words[] = {
    {"keys", make_keys, NULL},
    {"sign", sign, NULL},
    {"check", check, NULL},
    {"keep", update_command_keep, NULL},
    {"status", NULL, update_command_status},
    {"apply", NULL, update_command_apply},
    {"settle", NULL, update_command_settle},
};

static int run(int argc, char **argv)
{
    struct update_options given = {.key = NULL};
    const char *rest[2] = {NULL, NULL};
    struct reason reason = {.text = ""};
    int count, code;
    const struct command_option options[] = {{"key", &given.key, NULL},
                                             {"data", &given.data, NULL},
                                             {"kept", &given.kept, NULL},
                                             {"run", &given.run, NULL},
                                             {"root", &given.root, NULL},
                                             {"json", NULL, &given.is_json},
                                             {"no-restart", NULL, &given.stays_on},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_update, argc, argv, options, rest, 2, &count, &code))
        return code;
    for (size_t i = 0; count && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(rest[0], words[i].word) != 0)
            continue;
        if (words[i].alone && count == 1)
            return words[i].alone(&given);
        if (words[i].with_file && count == 2)
            return words[i].with_file(&given, rest[1]);
        reason_set(&reason, words[i].alone ? "%s takes no file" : "%s: which file?", rest[0]);
        return command_misuse(&command_update, &reason);
    }
    reason_set(&reason, "keys, sign, check, keep, status, apply or settle?");
    return command_misuse(&command_update, &reason);
}

const struct command command_update = {
    "update",
    "keys FILE | sign FILE.deb --key FILE | check FILE.deb [--key FILE] | status\n"
    "       | keep FILE.deb | apply | settle [--data DIR] [--kept DIR] [--run DIR] [--root DIR]\n"
    "       [--no-restart] [--json]",
    "new versions: makes the key they are signed with, signs and checks one, installs it\n"
    "keys and sign belong on the computer where packages are made. keys writes the secret half "
    "into a\nnew file and prints the public one, for " UPDATE_KEY_FILE " of each station. sign\n"
    "writes FILE.deb.sig, which goes beside FILE.deb onto a stick or the boot partition. check "
    "says\n"
    "whether it is signed, whole and newer than this perron (exit code 0).\n"
    "status tells how the last update ended. keep keeps the package of the version that is "
    "installed,\nto go back to. apply (what the station brought) and settle (after a start) are "
    "what root's units\nrun; --no-restart leaves starting the computer again to you.",
    run};
