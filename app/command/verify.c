#include "app/store/verify.h"

#include <stdio.h>

#include "app/command/command.h"

static void print_text(const struct verify_result *result)
{
    if (verify_holds(result))
        printf("holds: %lld facts of %lld station%s, the views of %lld people\n",
               (long long)result->facts, (long long)result->stations,
               result->stations == 1 ? "" : "s", (long long)result->people);
    else
        printf("does not hold: %lld broken links, %lld misplaced facts, %lld differing people; "
               "first: %s\n",
               (long long)result->broken, (long long)result->misplaced,
               (long long)result->differing, result->first);
}

static void print_json(const struct verify_result *result)
{
    command_print(json_pack("{s:b,s:I,s:I,s:I,s:I,s:I,s:I,s:s}", "holds", verify_holds(result),
                            "facts", (json_int_t)result->facts, "stations",
                            (json_int_t)result->stations, "people", (json_int_t)result->people,
                            "broken", (json_int_t)result->broken, "misplaced",
                            (json_int_t)result->misplaced, "differing",
                            (json_int_t)result->differing, "first", result->first));
}

static int run(int argc, char **argv)
{
    const char *data = NULL;
    bool is_json = false;
    int code;
    if (!command_look(&command_verify, argc, argv, &data, &is_json, &code))
        return code;

    struct reason reason = {.text = ""};
    struct command_register opened;
    struct verify_result result;
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    enum rc rc = verify_run(opened.snapshot, &result);
    command_close_register(&opened);
    if (rc) {
        reason_set(&reason, "the register could not be read to its end: %s", rc_text(rc));
        return command_fail(&reason);
    }
    (is_json ? print_json : print_text)(&result);
    return verify_holds(&result) ? COMMAND_OK : COMMAND_FAILED;
}

const struct command command_verify = {
    "verify", "[--data DIR] [--json]",
    "says whether the chain of facts and the views made of it hold\n"
    "Folds every fact again and compares; writes nothing. Exit code 0: all holds.",
    run};
