#include <stdio.h>

#include "app/command/talk.h"

/* What the register alone can say, when no station runs. */
static enum rc without_station(const char *data, json_t **out_status, struct reason *out_reason)
{
    struct command_register opened;
    struct snapshot_counts counts;
    enum rc rc = command_open_register(data, &opened, out_reason);
    if (rc)
        return rc;
    rc = snapshot_counts(opened.snapshot, opened.now_ms, &counts);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    else
        *out_status = json_pack("{s:b,s:s,s:I,s:I,s:I,s:I,s:i}", "running", 0, "venue",
                                opened.venue.name, "station", (json_int_t)counts.station, "facts",
                                (json_int_t)counts.facts, "people", (json_int_t)counts.people,
                                "visits", (json_int_t)counts.visits, "here", counts.here);
    command_close_register(&opened);
    return rc;
}

static void print_text(const json_t *status)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)status, key, value)
    {
        if (json_is_string(value))
            printf("%-10s %s\n", key, json_string_value(value));
        else if (json_is_integer(value))
            printf("%-10s %lld\n", key, (long long)json_integer_value(value));
        else
            printf("%-10s %s\n", key, json_is_true(value) ? "yes" : "no");
    }
}

static int run(int argc, char **argv)
{
    const char *data = NULL;
    bool is_json = false;
    int code;
    if (!command_look(&command_status, argc, argv, &data, &is_json, &code))
        return code;

    struct reason reason = {.text = ""};
    json_t *status;
    data = command_data(data);
    enum rc rc = talk_to_station(data, json_pack("{s:s}", "do", "status"), -1, &status, &reason);
    if (rc == RC_NOT_FOUND)
        rc = without_station(data, &status, &reason);
    if (rc)
        return command_fail(&reason);
    json_object_del(status, "v");
    json_object_del(status, "ok");
    if (is_json) {
        command_print(status);
    } else {
        print_text(status);
        json_decref(status);
    }
    return COMMAND_OK;
}

const struct command command_status = {
    "status", "[--data DIR] [--json]",
    "tells how the station is: reader, disk, clock, who is in the house", run};
