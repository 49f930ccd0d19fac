#include "app/restore.h"

#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/exchange/unseal.h"

static void print_sentence(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "perron: %s\n", sentence);
}

static void keep_sentence(void *context, const char *sentence)
{
    json_array_append_new(context, json_string(sentence));
}

static void print_text(const struct restore_result *result, const char *data)
{
    const struct snapshot_counts *counts = &result->counts;
    printf("%s from the %s: %lld facts, %lld people, %lld visits, in %s\n",
           result->is_partial ? "restored a part" : "restored",
           result->is_from_journal ? "journal" : "database copy", (long long)counts->facts,
           (long long)counts->people, (long long)counts->visits, data);
    puts(result->has_badges ? "The badges, PINs and codes that people have are known."
                            : "No badge is known: badges, PINs and codes have to be given again.");
    puts(result->has_settings && result->has_welcome
             ? "What the house set came along, and its welcome."
         : result->has_settings ? "What the house set came along (perron.conf, circles.conf)."
         : result->has_welcome  ? "The house's welcome came along."
                                : "Nothing that the house set came along.");
}

static void print_json(const struct restore_result *result, json_t *notes)
{
    const struct snapshot_counts *counts = &result->counts;
    command_print(json_pack(
        "{s:s,s:b,s:b,s:b,s:b,s:I,s:I,s:I,s:I,s:I,s:O}", "from",
        result->is_from_journal ? "journal" : "database", "is_partial", result->is_partial,
        "has_badges", result->has_badges, "has_settings", result->has_settings, "has_welcome",
        result->has_welcome, "facts", (json_int_t)counts->facts, "people",
        (json_int_t)counts->people, "visits", (json_int_t)counts->visits, "station",
        (json_int_t)counts->station, "previous", (json_int_t)result->previous, "notes", notes));
}

static int restore(const struct restore_job *job, bool is_json)
{
    struct restore_result result;
    struct reason reason = {""};
    json_t *notes = is_json ? json_array() : NULL;
    struct restore_hearer hearer = {notes, is_json ? keep_sentence : print_sentence};
    enum rc rc = restore_run(job, &hearer, &result, &reason);
    if (!rc && is_json)
        print_json(&result, notes);
    else if (!rc)
        print_text(&result, job->data);
    else if (is_json)
        command_print(json_pack("{s:s,s:O}", "failed", reason.text, "notes", notes));
    json_decref(notes);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

static int run(int argc, char **argv)
{
    const char *from = NULL, *data = NULL, *key_path = NULL;
    bool is_json = false;
    int count, code;
    struct restore_job job = {.may_be_partial = false};
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"key", &key_path, NULL},
                                             {"partial", NULL, &job.may_be_partial},
                                             {"without-badges", NULL, &job.may_lose_badges},
                                             {"json", NULL, &is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_restore, argc, argv, options, &from, 1, &count, &code))
        return code;
    struct reason reason = {""};
    struct seal_secret key;
    if (count != 1) {
        reason_set(&reason, "which folder? For example: perron restore "
                            "/media/stick/2026-11-26_epi --key co-ordinator.key");
        return command_misuse(&command_restore, &reason);
    }
    if ((key_path && unseal_read_key(key_path, &key, &reason)) || command_now(&job.now, &reason))
        return command_fail(&reason);
    job.from = from;
    job.data = command_data(data);
    job.key = key_path ? &key : NULL;
    code = restore(&job, is_json);
    hash_forget(&key, sizeof key);
    return code;
}

const struct command command_restore = {
    "restore", "FOLDER [--key KEYFILE] [--data DIR] [--partial] [--without-badges] [--json]",
    "makes a station's register again from an exported folder\n"
    "The data folder must not have a register. SHA256SUMS is checked first; then the database "
    "copy\n"
    "is taken, or where that is damaged the journal. --key is the file with the secret key that\n"
    "venue.key (and, where it was sealed, the whole export) was sealed to: with it, people's\n"
    "badges, PINs and codes are known; --without-badges goes on without. What the house set\n"
    "(venue/) comes back where the data folder has none of its own. From a damaged export nothing\n"
    "is restored, unless --partial asks for what is left.",
    run};
