#include "tests/image/qmp.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tests/image/wire.h"
#include "tests/support/real.h"

struct qmp {
    struct wire wire;
    int64_t last_id;
    json_t *events[QMP_EVENTS_MAX]; /* the oldest first */
    int event_count;
};

/* --- events --- */

static void forget_event(struct qmp *qmp, int index)
{
    json_decref(qmp->events[index]);
    qmp->event_count--;
    memmove(&qmp->events[index], &qmp->events[index + 1],
            (size_t)(qmp->event_count - index) * sizeof qmp->events[0]);
}

void qmp_forget_events(struct qmp *qmp)
{
    while (qmp->event_count > 0)
        forget_event(qmp, qmp->event_count - 1);
}

static void keep_event(struct qmp *qmp, json_t *event)
{
    if (qmp->event_count == QMP_EVENTS_MAX)
        forget_event(qmp, 0);
    qmp->events[qmp->event_count++] = json_incref(event);
}

static bool take_event(struct qmp *qmp, const char *name, json_t **out_data)
{
    for (int i = 0; i < qmp->event_count; i++) {
        const char *its = json_text(qmp->events[i], "event");
        if (strcmp(its, name) != 0)
            continue;
        if (out_data)
            *out_data = json_incref(json_object_get(qmp->events[i], "data"));
        forget_event(qmp, i);
        return true;
    }
    return false;
}

/* --- lines --- */

/* Reads one object; what is an event is kept as well. */
static enum rc read_object(struct qmp *qmp, int64_t until_ms, json_t **out_object,
                           struct reason *reason)
{
    char *line;
    enum rc rc = wire_line(&qmp->wire, until_ms, &line);
    if (rc) {
        reason_set(reason, "QEMU's monitor says nothing: %s", rc_text(rc));
        return rc;
    }
    rc = json_read_object(line, strlen(line), WIRE_LINE_MAX, out_object);
    if (rc)
        reason_set(reason, "QEMU's monitor said what is no message: %.100s", line);
    else if (json_text(*out_object, "event"))
        keep_event(qmp, *out_object);
    return rc;
}

static enum rc send_command(struct qmp *qmp, const char *command, json_t *arguments,
                            int64_t until_ms, struct reason *reason)
{
    json_t *message = json_pack("{s:s, s:I}", "execute", command, "id", (json_int_t)++qmp->last_id);
    if (message && arguments && json_object_set(message, "arguments", arguments)) {
        json_decref(message);
        message = NULL;
    }
    char *text = message ? json_write(message, JSON_COMPACT) : NULL;
    enum rc rc = text ? wire_send(qmp->wire.fd, text, strlen(text), until_ms) : RC_NO_MEMORY;
    if (!rc)
        rc = wire_send(qmp->wire.fd, "\n", 1, until_ms);
    if (rc)
        reason_set(reason, "QEMU's monitor takes no '%s': %s", command, rc_text(rc));
    free(text);
    json_decref(message);
    return rc;
}

/* The object that answers the last command. */
static enum rc read_answer(struct qmp *qmp, int64_t until_ms, json_t **out_object,
                           struct reason *reason)
{
    for (;;) {
        json_t *object;
        enum rc rc = read_object(qmp, until_ms, &object, reason);
        if (rc)
            return rc;
        /* an answer that came after its time is passed over */
        if (json_number(object, "id", 0) == qmp->last_id) {
            *out_object = object;
            return RC_OK;
        }
        json_decref(object);
    }
}

static enum rc judge_answer(const json_t *object, const char *command, json_t **out_answer,
                            struct reason *reason)
{
    json_t *answer = json_object_get(object, "return");
    if (!answer) {
        const char *why = json_text(json_object_get(object, "error"), "desc");
        reason_set(reason, "QEMU refuses '%s': %s", command, why ? why : "it does not say why");
        return RC_REFUSED;
    }
    if (out_answer)
        *out_answer = json_incref(answer);
    return RC_OK;
}

enum rc qmp_command(struct qmp *qmp, const char *command, json_t *arguments, int limit_ms,
                    json_t **out_answer, struct reason *reason)
{
    int64_t until_ms = real_ms() + limit_ms;
    json_t *object = NULL;
    enum rc rc = send_command(qmp, command, arguments, until_ms, reason);
    json_decref(arguments);
    if (!rc)
        rc = read_answer(qmp, until_ms, &object, reason);
    if (!rc)
        rc = judge_answer(object, command, out_answer, reason);
    json_decref(object);
    return rc;
}

enum rc qmp_event(struct qmp *qmp, const char *name, int limit_ms, json_t **out_data,
                  struct reason *reason)
{
    int64_t until_ms = real_ms() + limit_ms;
    while (!take_event(qmp, name, out_data)) {
        json_t *object;
        enum rc rc = read_object(qmp, until_ms, &object, reason);
        if (rc) {
            if (rc == RC_TIMEOUT)
                reason_set(reason, "QEMU told of no %s within %d ms", name, limit_ms);
            return rc;
        }
        json_decref(object);
    }
    return RC_OK;
}

/* --- open, close --- */

static enum rc greet(struct qmp *qmp, int limit_ms, struct reason *reason)
{
    json_t *greeting;
    enum rc rc = read_object(qmp, real_ms() + limit_ms, &greeting, reason);
    if (rc)
        return rc;
    bool is_qmp = json_object_get(greeting, "QMP") != NULL;
    json_decref(greeting);
    if (is_qmp)
        return qmp_command(qmp, "qmp_capabilities", NULL, limit_ms, NULL, reason);
    reason_set(reason, "who is at the monitor's socket does not greet as QEMU does");
    return RC_BAD_INPUT;
}

enum rc qmp_open(int fd, int limit_ms, struct qmp **out_qmp, struct reason *reason)
{
    struct wire wire;
    wire_init(&wire, fd);
    struct qmp *qmp = calloc(1, sizeof *qmp);
    if (!qmp) {
        wire_finish(&wire);
        return RC_NO_MEMORY;
    }
    qmp->wire = wire;
    enum rc rc = greet(qmp, limit_ms, reason);
    if (rc)
        qmp_close(qmp);
    else
        *out_qmp = qmp;
    return rc;
}

void qmp_close(struct qmp *qmp)
{
    if (!qmp)
        return;
    qmp_forget_events(qmp);
    wire_finish(&qmp->wire);
    free(qmp);
}
