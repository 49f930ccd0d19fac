#include "app/desk.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/desk_order.h"
#include "app/desk_staff.h"
#include "app/station_i.h"
#include "firmware/sim/reader_sim.h"
#include "firmware/sim/stick_sim.h"

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
    struct reason reason = {.text = ""};
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

json_t *desk_status(const struct station *station)
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
    return status;
}

static void do_status(struct station *station, const struct control_request *request)
{
    answer(station, request, desk_status(station));
}

/* {"do":"stick","folder":DIR,"how":"read-only"}, or without a folder: pulled out. */
static void do_stick(struct station *station, const struct control_request *request)
{
    const char *folder = json_text(request->object, "folder");
    const char *how = json_text(request->object, "how");
    enum rc rc =
        folder ? station_plug_stick(station, folder, how ? how : "") : station_pull_stick(station);
    if (rc == RC_UNSUPPORTED)
        refuse(station, request, "this station has real sticks: plug one in");
    else if (rc == RC_BUSY)
        refuse(station, request, "a simulated stick is in already; pull it out first");
    else if (rc)
        refuse(station, request, "the folder has to be named from the root: /...");
    else
        answer(station, request, json_object());
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

static const struct {
    const char *verb;
    void (*serve)(struct station *station, const struct control_request *request);
    bool needs_service;
} verbs[] = {
    {"tap", do_tap, true},
    {"plug", do_plug, true},
    {"unplug", do_plug, true},
    {"stick", do_stick, true},
    {"check", desk_staff_check, true},
    {"status", do_status, false},
    {"stop", do_stop, false},
    {"screenshot", do_screenshot, false},
};

static void serve(struct station *station, const struct control_request *request)
{
    const struct order_row *order = orders_find(request->verb);
    size_t i = 0;
    while (i < sizeof verbs / sizeof verbs[0] && strcmp(verbs[i].verb, request->verb) != 0)
        i++;
    bool is_known = order || i < sizeof verbs / sizeof verbs[0];
    if (!is_known)
        refuse(station, request, "this station does not know that verb");
    else if ((order || verbs[i].needs_service) && !station->is_serving)
        refuse(station, request, station->fault.text);
    else if (order)
        desk_order(station, request, order);
    else
        verbs[i].serve(station, request);
}

void desk_serve(struct station *station)
{
    struct control_request request;
    while (!control_next(station->control, clock_mono_ms(station->clock), &request)) {
        serve(station, &request);
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

/* What is the matter with it: a name of stick_trouble_name, or another word. */
static struct stick_sim_spec spec_of(const char *folder, const char *how)
{
    struct stick_sim_spec spec = {.folder = folder, .label = "PERRON", .free_bytes = 0};
    for (int trouble = STICK_BLANK; trouble < STICK_TROUBLE_COUNT; trouble++)
        if (strcmp(stick_trouble_name((enum stick_trouble)trouble), how) == 0)
            spec.trouble = (enum stick_trouble)trouble;
    spec.is_read_only = strcmp(how, "read-only") == 0;
    if (strcmp(how, "full") == 0)
        spec.free_bytes = 1;
    if (strcmp(how, "stuck") == 0)
        spec.take_why = "the simulated stick is stuck";
    return spec;
}

enum rc station_plug_stick(struct station *station, const char *folder, const char *how)
{
    const struct stick_sim_spec spec = spec_of(folder, how);
    return station->has_sim_stick ? stick_sim_plug(station->stick, &spec) : RC_UNSUPPORTED;
}

enum rc station_pull_stick(struct station *station)
{
    if (!station->has_sim_stick)
        return RC_UNSUPPORTED;
    stick_sim_pull(station->stick);
    return RC_OK;
}

void station_hold_stick(struct station *station, bool is_held)
{
    porter_hold(station->porter, is_held);
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
