#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/exchange/unseal.h"

static void print_text(const struct seal_public *key, const char *made)
{
    char text[SEAL_TEXT_BYTES];
    seal_write_public(key, text);
    if (made)
        fprintf(stderr,
                "%s is the secret half. Whoever has it reads all that is sealed; without it nobody "
                "does.\nKeep it away from the station, and a copy of it somewhere else.\n\n",
                made);
    fprintf(stderr, "The public half, for perron.conf of the station (>> perron.conf adds it):\n");
    printf("\n[export]\nkey = %s\n", text);
}

static void print_json(const struct seal_public *key)
{
    char text[SEAL_TEXT_BYTES];
    seal_write_public(key, text);
    command_print(json_pack("{s:s}", "public", text));
}

static enum rc show(const char *path, struct seal_public *out_key, struct reason *out_reason)
{
    struct seal_secret secret;
    enum rc rc = unseal_read_key(path, &secret, out_reason);
    if (!rc)
        seal_public_of(&secret, out_key);
    hash_forget(&secret, sizeof secret);
    return rc;
}

static int run(int argc, char **argv)
{
    const char *words[2] = {NULL, NULL};
    bool is_json = false;
    int count, code;
    const struct command_option options[] = {{"json", NULL, &is_json}, {NULL, NULL, NULL}};
    if (!command_options(&command_keys, argc, argv, options, words, 2, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    struct seal_public key;
    bool is_made = count == 2 && strcmp(words[0], "make") == 0;
    if (!is_made && (count != 2 || strcmp(words[0], "show") != 0)) {
        reason_set(&reason, "make or show, and which file? For example: perron keys make "
                            "co-ordinator.key");
        return command_misuse(&command_keys, &reason);
    }
    if ((is_made ? unseal_make_key : show)(words[1], &key, &reason))
        return command_fail(&reason);
    if (is_json)
        print_json(&key);
    else
        print_text(&key, is_made ? words[1] : NULL);
    return COMMAND_OK;
}

const struct command command_keys = {
    "keys", "make|show FILE [--json]",
    "makes the key that exports are sealed to, or shows its public half\n"
    "make keeps the secret half in a new file, which is never written over, and prints what goes "
    "into\nperron.conf of the station: without that nothing is sealed, and badges cannot be "
    "restored.\nIt needs no data folder: make it on the computer where exports will be "
    "opened\n(perron open), not on the station.",
    run};
