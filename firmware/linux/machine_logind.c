#include "firmware/linux/machine_logind.h"

#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#include "firmware/base/log.h"
#include "firmware/linux/machine_files.h"

#define STEP_MS 10   /* while something is under way */
#define READS_MAX 64 /* per call: a chattering bus cannot hold the loop */

/* What is sent for a request, and what follows it. */
enum call {
    CALL_RESTART,
    CALL_POWER_OFF,
    CALL_SET_TIME,
    CALL_NTP_OFF,
    CALL_SET_TIME_AGAIN,
    CALL_NTP_ON,
    CALL_UPDATE
};

#define LOGIN "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
#define SYSTEMD                                                                                    \
    "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager"
#define TIMEDATE                                                                                   \
    "org.freedesktop.timedate1", "/org/freedesktop/timedate1", "org.freedesktop.timedate1"

static const struct {
    const char *service, *path, *interface, *method;
} calls[] = {
    [CALL_RESTART] = {LOGIN, "Reboot"},
    [CALL_POWER_OFF] = {LOGIN, "PowerOff"},
    [CALL_SET_TIME] = {TIMEDATE, "SetTime"},
    [CALL_NTP_OFF] = {TIMEDATE, "SetNTP"},
    [CALL_SET_TIME_AGAIN] = {TIMEDATE, "SetTime"},
    [CALL_NTP_ON] = {TIMEDATE, "SetNTP"},
    [CALL_UPDATE] = {SYSTEMD, "StartUnit"},
};

static const struct {
    enum call first;
    const char *failure;
} acts[MACHINE_ACT_COUNT] = {
    [MACHINE_RESTART] = {CALL_RESTART, "the computer could not be restarted"},
    [MACHINE_POWER_OFF] = {CALL_POWER_OFF, "the computer could not be shut down"},
    [MACHINE_SET_CLOCK] = {CALL_SET_TIME, "the clock could not be set"},
    [MACHINE_UPDATE] = {CALL_UPDATE, "the update could not be begun"},
};

/* Errors by name (D-Bus specification, systemd's login1, timedate1 and systemd1): result and
 * sentence. */
static const struct {
    const char *name;
    enum rc rc;
    const char *why;
} errors[] = {
    {"org.freedesktop.DBus.Error.AccessDenied", RC_REFUSED,
     "the system does not allow it to the station; see its polkit rules"},
    {"org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", RC_REFUSED,
     "the system does not allow it to the station; see its polkit rules"},
    {"org.freedesktop.DBus.Error.ServiceUnknown", RC_UNSUPPORTED,
     "systemd's service for it is not on this system"},
    {"org.freedesktop.DBus.Error.NameHasNoOwner", RC_UNSUPPORTED,
     "systemd's service for it does not run"},
    {"org.freedesktop.DBus.Error.UnknownMethod", RC_UNSUPPORTED,
     "systemd's service for it is too old"},
    {"org.freedesktop.DBus.Error.NoReply", RC_TIMEOUT, "systemd's service for it gave no answer"},
    {"org.freedesktop.DBus.Error.Timeout", RC_TIMEOUT, "systemd's service for it gave no answer"},
    {"org.freedesktop.login1.OperationInProgress", RC_BUSY, "it is going down already"},
    {"org.freedesktop.systemd1.NoSuchUnit", RC_UNSUPPORTED,
     MACHINE_UPDATE_UNIT " is not on this system"},
    {"org.freedesktop.systemd1.UnitMasked", RC_UNSUPPORTED,
     MACHINE_UPDATE_UNIT " is masked on this system"},
};

struct machine_logind {
    struct machine machine;
    char root[PATH_MAX], data[PATH_MAX];

    sd_bus *bus; /* NULL: nothing is under way */
    enum call call;
    bool is_answered;
    int64_t asked_ms, wall_ms; /* monotonic and wall clock belong together */
    int64_t now_ms;
    int64_t due_ms; /* INT64_MAX: nothing is under way and nothing to tell */
    struct machine_event event;
};

/* --- one request --- */

static void fail(struct machine_logind *logind, enum rc rc, const char *why)
{
    logind->event.rc = rc;
    reason_set(&logind->event.why, "%s: %s", acts[logind->event.act].failure, why);
}

static void fail_by_error(struct machine_logind *logind, const sd_bus_error *error)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (sd_bus_error_has_name(error, errors[i].name)) {
            fail(logind, errors[i].rc, errors[i].why);
            return;
        }
    fail(logind, RC_IO, error->message ? error->message : error->name);
}

static int take_answer(sd_bus_message *message, void *context, sd_bus_error *error);

/* Negative: the bus took it not. */
static int send_call(struct machine_logind *logind, enum call call)
{
    sd_bus_message *message = NULL;
    logind->call = call;
    int error =
        sd_bus_message_new_method_call(logind->bus, &message, calls[call].service, calls[call].path,
                                       calls[call].interface, calls[call].method);
    /* The last argument of most: nobody is there to be asked for a password. */
    int64_t wall_us = (logind->wall_ms + logind->now_ms - logind->asked_ms) * 1000;
    if (error >= 0 && (call == CALL_SET_TIME || call == CALL_SET_TIME_AGAIN))
        error = sd_bus_message_append(message, "xbb", wall_us, 0, 0);
    else if (error >= 0 && (call == CALL_NTP_OFF || call == CALL_NTP_ON))
        error = sd_bus_message_append(message, "bb", call == CALL_NTP_ON, 0);
    else if (error >= 0 && call == CALL_UPDATE)
        error = sd_bus_message_append(message, "ss", MACHINE_UPDATE_UNIT, "replace");
    else if (error >= 0)
        error = sd_bus_message_append(message, "b", 0);
    if (error >= 0)
        error = sd_bus_call_async(logind->bus, NULL, message, take_answer, logind,
                                  MACHINE_LOGIND_PATIENCE_MS * 1000ULL);
    sd_bus_message_unref(message);
    return error;
}

/*
 * timedated sets no clock that it is told to keep by a time server, even where no server can be
 * reached: the keeping is interrupted, and goes on afterwards whether that helped or not.
 */
static bool goes_on(const struct machine_logind *logind, const sd_bus_error *error,
                    enum call *out_call)
{
    bool is_kept =
        sd_bus_error_has_name(error, "org.freedesktop.timedate1.AutomaticTimeSyncEnabled");
    if (logind->call == CALL_SET_TIME && is_kept)
        *out_call = CALL_NTP_OFF;
    else if (logind->call == CALL_NTP_OFF && !error)
        *out_call = CALL_SET_TIME_AGAIN;
    else if (logind->call == CALL_SET_TIME_AGAIN)
        *out_call = CALL_NTP_ON;
    else
        return false;
    return true;
}

static void warn_of_no_ntp(void)
{
    log_warning("time servers may not be asked any more; timedatectl set-ntp true begins it again");
}

static int take_answer(sd_bus_message *message, void *context, sd_bus_error *unused)
{
    struct machine_logind *logind = context;
    const sd_bus_error *error = sd_bus_message_get_error(message);
    enum call next;
    (void)unused;
    if (error && logind->call == CALL_NTP_ON)
        warn_of_no_ntp();
    bool has_next = goes_on(logind, error, &next);
    if (error && logind->call != CALL_NTP_ON && !(has_next && next == CALL_NTP_OFF))
        fail_by_error(logind, error);
    if (!has_next)
        logind->is_answered = true;
    else if (send_call(logind, next) < 0) {
        fail(logind, RC_GONE, "the system's message bus went away");
        logind->is_answered = true;
    }
    return 1;
}

/* --- the port --- */

static enum rc ask(struct machine *machine, enum machine_act act, int64_t wall_ms, int64_t now_ms,
                   struct reason *out_reason)
{
    struct machine_logind *logind = (struct machine_logind *)machine;
    if (sd_bus_open_system(&logind->bus) < 0) {
        logind->bus = NULL;
        reason_set(out_reason, "%s: the system's message bus does not answer; is dbus running?",
                   acts[act].failure);
        return RC_UNSUPPORTED;
    }
    logind->event = (struct machine_event){.act = act};
    logind->is_answered = false;
    logind->asked_ms = logind->now_ms = logind->due_ms = now_ms;
    logind->wall_ms = wall_ms;
    if (send_call(logind, acts[act].first) >= 0)
        return RC_OK;
    reason_set(out_reason, "%s: the system's message bus did not take it", acts[act].failure);
    logind->bus = sd_bus_close_unref(logind->bus);
    logind->due_ms = INT64_MAX;
    return RC_UNSUPPORTED;
}

/* Reads what the bus has; never waits. */
static void serve_bus(struct machine_logind *logind)
{
    int more = 1;
    for (int reads = 0; more > 0 && reads < READS_MAX && !logind->is_answered; reads++)
        more = sd_bus_process(logind->bus, NULL);
    if (more < 0 && !logind->is_answered) {
        fail(logind, RC_GONE, "the system's message bus went away");
        logind->is_answered = true;
    }
}

static enum rc next(struct machine *machine, int64_t now_ms, struct machine_event *out_event)
{
    struct machine_logind *logind = (struct machine_logind *)machine;
    if (!logind->bus)
        return RC_EMPTY;
    logind->now_ms = now_ms;
    serve_bus(logind);
    if (!logind->is_answered && now_ms >= logind->asked_ms + MACHINE_LOGIND_PATIENCE_MS) {
        fail(logind, RC_TIMEOUT, "the system gave no answer; try again in a minute");
        if (logind->call >= CALL_NTP_OFF && logind->call <= CALL_NTP_ON)
            warn_of_no_ntp();
        logind->is_answered = true;
    }
    logind->due_ms = now_ms + STEP_MS;
    if (!logind->is_answered)
        return RC_EMPTY;
    logind->bus = sd_bus_close_unref(logind->bus);
    logind->due_ms = INT64_MAX;
    *out_event = logind->event;
    return RC_OK;
}

static int64_t due_ms(const struct machine *machine)
{
    return ((const struct machine_logind *)machine)->due_ms;
}

static enum rc brightness(struct machine *machine, int *out_percent)
{
    return machine_files_brightness(((struct machine_logind *)machine)->root, out_percent);
}

static enum rc set_brightness(struct machine *machine, int percent)
{
    return machine_files_set_brightness(((struct machine_logind *)machine)->root, percent);
}

static void health(struct machine *machine, struct machine_health *out_health)
{
    struct machine_logind *logind = (struct machine_logind *)machine;
    machine_files_health(logind->root, logind->data, out_health);
}

static void close_logind(struct machine *machine)
{
    struct machine_logind *logind = (struct machine_logind *)machine;
    sd_bus_close_unref(logind->bus);
    free(logind);
}

enum rc machine_open_logind(const char *root, const char *data, struct machine **out_machine)
{
    static const struct machine_ops ops = {
        .ask = ask,
        .next = next,
        .due_ms = due_ms,
        .brightness = brightness,
        .set_brightness = set_brightness,
        .health = health,
        .close = close_logind,
    };
    struct machine_logind *logind = calloc(1, sizeof *logind);
    if (!logind)
        return RC_NO_MEMORY;
    logind->machine.ops = &ops;
    logind->due_ms = INT64_MAX;
    snprintf(logind->root, sizeof logind->root, "%s", root);
    snprintf(logind->data, sizeof logind->data, "%s", data);
    *out_machine = &logind->machine;
    return RC_OK;
}
