#include "app/command/talk.h"

#include <limits.h>
#include <stdio.h>

#include "app/control_call.h"

#define TALK_TIMEOUT_MS 120000

enum rc talk_to_station(const char *data, json_t *request, int fd, json_t **out_reply,
                        struct reason *out_reason)
{
    return talk_for_file(data, request, fd, out_reply, NULL, out_reason);
}

enum rc talk_for_file(const char *data, json_t *request, int fd, json_t **out_reply, int *out_file,
                      struct reason *out_reason)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/socket", data) >= (int)sizeof path) {
        json_decref(request);
        reason_set(out_reason, "the path of the data folder is too long");
        return RC_LIMIT;
    }
    enum rc rc =
        control_call_file(path, request, fd, TALK_TIMEOUT_MS, out_reply, out_file, out_reason);
    if (rc == RC_NOT_FOUND)
        reason_set(out_reason, "no station is running on %s", data);
    return rc;
}

bool talk_is_running(const char *data)
{
    json_t *reply;
    enum rc rc = talk_to_station(data, json_pack("{s:s}", "do", "status"), -1, &reply, NULL);
    if (!rc)
        json_decref(reply);
    return rc != RC_NOT_FOUND;
}
