#include "app/desk_staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "app/staff.h"
#include "app/station_i.h"

/* An order on its way to the writer's thread and back. */
struct errand {
    struct job job;
    int client;
    struct clock_reading now;
    struct staff_order order;
    char *codes; /* NULL: an order */
    size_t length;
    bool replaces;
    enum rc rc;
    struct reason reason;
};

static void run(struct job *job, struct journal *journal)
{
    struct errand *errand = (struct errand *)job;
    if (errand->codes)
        errand->rc = staff_take_codes(journal, errand->codes, errand->length, errand->replaces,
                                      &errand->now, &errand->reason);
    else
        errand->rc = staff_carry_out(journal, &errand->order, &errand->now, &errand->reason);
}

static void done(struct job *job, void *context)
{
    struct errand *errand = (struct errand *)job;
    struct station *station = context;
    station->tasks--;
    if (errand->rc)
        control_refuse(station->control, errand->client, errand->reason.text);
    else
        control_reply(station->control, errand->client, json_object());
    free(errand->codes);
    free(errand);
}

static struct errand *make_errand(struct station *station, const struct control_request *request)
{
    struct errand *errand = calloc(1, sizeof *errand);
    if (!errand)
        return NULL;
    errand->job.run = run;
    errand->job.done = done;
    errand->client = request->client;
    clock_read(station->clock, &errand->now);
    return errand;
}

static void submit(struct station *station, struct errand *errand)
{
    if (!writer_submit(station->writer, &errand->job)) {
        station->tasks++;
        return;
    }
    control_refuse(station->control, errand->client, "the station is too busy; try again");
    free(errand->codes);
    free(errand);
}

/* A text of the request; false where it is missing or too long. */
static bool take_text(const struct control_request *request, const char *key, char *out_text,
                      size_t size)
{
    const char *text = json_text(request->object, key);
    if (!text || strlen(text) >= size)
        return false;
    strcpy(out_text, text);
    return true;
}

static bool read_order(const struct control_request *request, struct staff_order *order)
{
    order->role = role_from_name(json_text(request->object, "role"));
    bool has_pin = take_text(request, "pin", order->sealed, sizeof order->sealed);
    order->act = staff_act_from_name(json_text(request->object, "act"));
    if (order->act == STAFF_ACT_COUNT ||
        !take_text(request, "number", order->number, sizeof order->number))
        return false;
    return order->act == STAFF_ADD ? order->role != ROLE_NONE && has_pin
                                   : order->act != STAFF_PIN || has_pin;
}

void desk_staff_order(struct station *station, const struct control_request *request)
{
    struct errand *errand = make_errand(station, request);
    if (errand && read_order(request, &errand->order)) {
        submit(station, errand);
        return;
    }
    control_refuse(station->control, request->client,
                   errand ? "the request is no order about staff" : rc_text(RC_NO_MEMORY));
    free(errand);
}

void desk_staff_codes(struct station *station, const struct control_request *request)
{
    struct reason reason = {"the request brought no codes"};
    struct errand *errand = make_errand(station, request);
    enum rc rc = !errand           ? RC_NO_MEMORY
                 : request->fd < 0 ? RC_BAD_INPUT
                                   : infile_read_fd(request->fd, "the codes", STAFF_CODES_BYTES,
                                                    &errand->codes, &errand->length, &reason);
    if (rc) {
        control_refuse(station->control, request->client, reason.text);
        free(errand);
        return;
    }
    errand->replaces = json_is_true(json_object_get(request->object, "all"));
    submit(station, errand);
}

/* --- checking a PIN --- */

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
