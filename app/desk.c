#include "app/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/desk_staff.h"
#include "app/enrol.h"
#include "app/exchange/infile.h"
#include "app/station_i.h"
#include "firmware/sim/reader_sim.h"

/* --- what goes through the writer --- */

enum task_kind { TASK_IMPORT, TASK_BADGE };

/* A request on its way to the writer's thread and back. */
struct task {
    struct job job;
    enum task_kind kind;
    int client; /* to answer; -1: nobody asked */
    char *bytes;
    size_t length;
    struct enrol_options options;
    char number[64], writing[64];

    enum rc rc;
    char *told;
    struct reason reason;
};

static void run(struct job *job, struct journal *journal)
{
    struct task *task = (struct task *)job;
    switch (task->kind) {
    case TASK_IMPORT:
        task->rc = enrol_import(journal, task->bytes, task->length, &task->options, &task->told,
                                &task->reason);
        break;
    case TASK_BADGE:
        task->rc =
            enrol_badge(journal, task->number, task->writing, &task->options.now, &task->reason);
        break;
    }
}

/* A preview may be longer than a line of the protocol: it goes along as a file in memory. */
static void answer_task(struct station *station, const struct task *task)
{
    size_t length = task->told ? strlen(task->told) : 0;
    int file = memfd_create("told", MFD_CLOEXEC);
    if (file < 0 || write(file, task->told, length) != (ssize_t)length)
        control_refuse(station->control, task->client, "there is no memory to tell what was done");
    else
        control_reply_file(
            station->control, task->client,
            json_pack("{s:b,s:s}", "taken", task->rc == RC_OK, "why", task->reason.text), file);
    if (file >= 0)
        close(file);
}

static void done(struct job *job, void *context)
{
    struct task *task = (struct task *)job;
    struct station *station = context;
    station->tasks--;
    if (task->client >= 0 && task->rc && !task->told)
        control_refuse(station->control, task->client, task->reason.text);
    else if (task->client >= 0)
        answer_task(station, task);
    free(task->told);
    free(task->bytes);
    free(task);
}

static struct task *make_task(struct station *station, enum task_kind kind, int client)
{
    struct task *task = calloc(1, sizeof *task);
    if (!task)
        return NULL;
    task->job.run = run;
    task->job.done = done;
    task->kind = kind;
    task->client = client;
    clock_read(station->clock, &task->options.now);
    return task;
}

static void submit(struct station *station, struct task *task)
{
    if (!writer_submit(station->writer, &task->job)) {
        station->tasks++;
        return;
    }
    if (task->client >= 0)
        control_refuse(station->control, task->client, "the station is too busy; try again");
    free(task->bytes);
    free(task);
}

/* --- badges of the tray --- */

void desk_tap_tray(struct station *station, int place)
{
    if (place >= 0 && place < station->tray.count && station->has_sim_reader &&
        !reader_sim_present(station->reader, station->tray.rows[place].badge.text))
        (void)!reader_sim_remove(station->reader);
}

/* --- requests --- */

static void answer(struct station *station, const struct control_request *request, json_t *reply)
{
    control_reply(station->control, request->client, reply);
}

static void refuse(struct station *station, const struct control_request *request, const char *why)
{
    control_refuse(station->control, request->client, why);
}

static void do_tap(struct station *station, const struct control_request *request)
{
    struct badge badge;
    struct reason reason = {""};
    const char *writing = json_text(request->object, "badge");
    if (!station->has_sim_reader)
        refuse(station, request, "this station has a real reader: tap the badge there");
    else if (!writing || badge_parse(writing, &badge, &reason))
        refuse(station, request, writing ? reason.text : "the request names no badge");
    else if (reader_sim_present(station->reader, badge.text) || reader_sim_remove(station->reader))
        refuse(station, request, "the simulated reader is unplugged, or too many badges wait");
    else
        answer(station, request, json_object());
}

static void do_plug(struct station *station, const struct control_request *request)
{
    bool is_plugged = strcmp(request->verb, "plug") == 0;
    if (!station->has_sim_reader)
        refuse(station, request, "this station has a real reader");
    else if (reader_sim_plug(station->reader, is_plugged))
        refuse(station, request, "too many badges wait");
    else
        answer(station, request, json_object());
}

static const char *trust_name(enum clock_trust trust)
{
    static const char *const names[] = {
        [CLOCK_UNSET] = "not set",
        [CLOCK_PLAUSIBLE] = "plausible",
        [CLOCK_STAFF] = "set by staff",
        [CLOCK_SYNCED] = "synchronised",
    };
    return names[trust];
}

static void do_status(struct station *station, const struct control_request *request)
{
    json_t *status =
        json_pack("{s:b,s:s,s:s,s:s}", "running", 1, "version", PERRON_VERSION, "venue",
                  station->venue.name, "scene", stage_scene_name(station->stage));
    enum rc disk = station->is_serving ? taps_disk(station->taps) : RC_OK;
    if (!station->is_serving)
        json_object_set_new(status, "fault", json_string(station->fault.text));
    else
        json_object_update_new(
            status, json_pack("{s:s,s:s,s:s,s:i}", "reader",
                              station->is_reader_resting ? station->reader_text : "ready", "disk",
                              disk ? rc_text(disk) : "takes facts", "clock",
                              trust_name(station->clock_trust), "here", station->here));
    answer(station, request, status);
}

static void do_screenshot(struct station *station, const struct control_request *request)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", request->fd);
    if (request->fd < 0 || window_screenshot(station->window, path))
        refuse(station, request, "the picture could not be written");
    else
        answer(station, request, json_object());
}

static void do_stop(struct station *station, const struct control_request *request)
{
    station->is_stopping = true;
    answer(station, request, json_object());
}

static void do_import(struct station *station, const struct control_request *request)
{
    struct reason reason = {"the request brought no file"};
    struct task *task = make_task(station, TASK_IMPORT, request->client);
    enum rc rc = !task             ? RC_NO_MEMORY
                 : request->fd < 0 ? RC_BAD_INPUT
                                   : infile_read_fd(request->fd, "the list", ENROL_FILE_BYTES,
                                                    &task->bytes, &task->length, &reason);
    if (rc) {
        refuse(station, request, reason.text);
        free(task);
        return;
    }
    task->options.is_dry_run = json_is_true(json_object_get(request->object, "dry_run"));
    task->options.skips_refused = json_is_true(json_object_get(request->object, "skip_refused"));
    task->options.wants_json = json_is_true(json_object_get(request->object, "json"));
    submit(station, task);
}

static void do_badge(struct station *station, const struct control_request *request)
{
    const char *number = json_text(request->object, "number");
    const char *writing = json_text(request->object, "badge");
    struct task *task = make_task(station, TASK_BADGE, request->client);
    if (!task || !number || !writing || strlen(number) >= sizeof task->number ||
        strlen(writing) >= sizeof task->writing) {
        refuse(station, request, "the request names no person and badge");
        free(task);
        return;
    }
    strcpy(task->number, number);
    strcpy(task->writing, writing);
    submit(station, task);
}

static const struct {
    const char *verb;
    void (*serve)(struct station *station, const struct control_request *request);
    bool needs_service;
} verbs[] = {
    {"tap", do_tap, true},
    {"plug", do_plug, true},
    {"unplug", do_plug, true},
    {"import", do_import, true},
    {"badge", do_badge, true},
    {"staff", desk_staff_order, true},
    {"codes", desk_staff_codes, true},
    {"check", desk_staff_check, true},
    {"status", do_status, false},
    {"stop", do_stop, false},
    {"screenshot", do_screenshot, false},
};

void desk_serve(struct station *station)
{
    struct control_request request;
    while (!control_next(station->control, clock_mono_ms(station->clock), &request)) {
        size_t i = 0;
        while (i < sizeof verbs / sizeof verbs[0] && strcmp(verbs[i].verb, request.verb) != 0)
            i++;
        if (i == sizeof verbs / sizeof verbs[0])
            refuse(station, &request, "this station does not know that verb");
        else if (verbs[i].needs_service && !station->is_serving)
            refuse(station, &request, station->fault.text);
        else
            verbs[i].serve(station, &request);
        json_decref(request.object);
        if (request.fd >= 0)
            close(request.fd);
    }
}

/* --- players --- */

enum rc station_present(struct station *station, const char *badge_text)
{
    return station->has_sim_reader ? reader_sim_present(station->reader, badge_text)
                                   : RC_UNSUPPORTED;
}

enum rc station_remove(struct station *station)
{
    return station->has_sim_reader ? reader_sim_remove(station->reader) : RC_UNSUPPORTED;
}

enum rc station_plug(struct station *station, bool is_plugged)
{
    return station->has_sim_reader ? reader_sim_plug(station->reader, is_plugged) : RC_UNSUPPORTED;
}

int station_here(const struct station *station)
{
    return station->here;
}

const char *station_scene(const struct station *station)
{
    return stage_scene_name(station->stage);
}

const struct stage *station_stage(const struct station *station)
{
    return station->stage;
}

const struct canvas *station_canvas(const struct station *station)
{
    return window_canvas(station->window);
}

enum rc station_screenshot(struct station *station, const char *path)
{
    return window_screenshot(station->window, path);
}
