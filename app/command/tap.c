#include "app/command/talk.h"

static int run(int argc, char **argv)
{
    const char *data = NULL, *badge = NULL;
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL}, {NULL, NULL, NULL}};
    if (!command_options(&command_tap, argc, argv, options, &badge, 1, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    json_t *reply;
    if (count != 1) {
        reason_set(&reason, "which badge? For example: perron tap 04A1B2C3D4E5F6");
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    json_t *request = json_pack("{s:s,s:s}", "do", "tap", "badge", badge);
    if (talk_to_station(command_data(data), request, -1, &reply, &reason))
        return command_fail(&reason);
    json_decref(reply);
    return COMMAND_OK;
}

const struct command command_tap = {
    "tap", "[--data DIR] BADGE",
    "taps a badge on the simulated reader of a running station\n"
    "BADGE in any usual writing. The badge leaves the field again at once.",
    run};
