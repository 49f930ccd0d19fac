#include "app/desk_staff.h"

#include <stdio.h>
#include <unistd.h>

#include "app/station_i.h"

static enum rc read_digits(int fd, char *out_digits, size_t size)
{
    struct pollfd source = {.fd = fd, .events = POLLIN};
    /* The command has written them before it sent the descriptor. */
    ssize_t got = fd >= 0 && poll(&source, 1, 0) == 1 ? read(fd, out_digits, size - 1) : -1;
    out_digits[got > 0 ? got : 0] = 0;
    return got > 0 ? RC_OK : RC_BAD_INPUT;
}

void desk_staff_check(struct station *station, const struct control_request *request)
{
    char digits[SECRET_TEXT_MAX + 1];
    json_t *person = json_object_get(request->object, "person");
    struct fact_id id = {json_integer_value(json_array_get(person, 0)),
                         json_integer_value(json_array_get(person, 1))};
    enum rc rc = read_digits(request->fd, digits, sizeof digits);
    if (!rc)
        rc = secrets_try_pin(station->secrets, id, digits);
    hash_forget(digits, sizeof digits);
    if (!rc)
        station->checking_client = request->client;
    else
        control_refuse(station->control, request->client,
                       rc == RC_BUSY ? "somebody is typing a PIN or a code; try again"
                                     : "the request brought no PIN");
}

bool desk_staff_hear(struct station *station, const struct secrets_event *event)
{
    int client = station->checking_client;
    char sentence[160];
    if (client < 0)
        return false;
    station->checking_client = -1;
    snprintf(sentence, sizeof sentence, "it could not be tried: %s", rc_text(event->rc));
    if (event->rc && event->rc != RC_REFUSED)
        control_refuse(station->control, client, sentence);
    else
        control_reply(station->control, client,
                      json_pack("{s:b,s:b,s:I}", "tried", event->rc == RC_OK, "right",
                                event->is_right, "locked_ms", (json_int_t)event->locked_ms));
    return true;
}
