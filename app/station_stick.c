/*
 * The USB stick of a station: what is plugged in, and what is carried. Nothing on it is looked at
 * before staff ask for it; once nobody of theirs is there any more and nothing is under way it is
 * let go again, so that nobody can pull it out too soon.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/asks.h"
#include "app/outgoing.h"
#include "app/station_i.h"
#include "firmware/base/log.h"
#include "firmware/linux/stick_udisks.h"
#include "firmware/sim/stick_sim.h"

#define TOLD_MS (10 * INT64_C(60000)) /* so long the banner says what ended */
#define LATE_MS 10000  /* a stick that is pulled out fails first, and is missed afterwards */
#define AGAIN_MS 60000 /* one that could not be let go */

static const struct reason not_opened = {
    .text = WORDS_MARK("It could not be opened. Pull it out, and plug it in again.")};
static const struct reason not_let_go = {
    .text = WORDS_MARK("It could not be let go. Wait a minute before you pull it out.")};

/* --- telling --- */

void station_tell_load(struct station *station)
{
    struct ask ask;
    stage_set_load(station->stage, &station->load, clock_mono_ms(station->clock), &ask);
    asks_take(station, &ask);
}

static void end_with(struct load *load, enum load_work did, enum load_end end,
                     const struct reason *why)
{
    load->work = LOAD_RESTS;
    load->did = did;
    load->end = end;
    load->why = why ? *why : (struct reason){.text = ""};
}

static void tell_until(struct station *station, int64_t ms)
{
    station->load_until_ms = clock_mono_ms(station->clock) + ms;
}

/* --- what happens to it --- */

static void take_plugged(struct station *station, const struct stick_event *event)
{
    station->load_wanted.kind = ASK_NOTHING;
    station->is_stick_in = true;
    station->load = (struct load){.stand = LOAD_THERE, .info = event->info, .found = -1};
    station->load_until_ms = INT64_MAX;
    log_info("a USB stick is plugged in: %s, %s", event->info.file_system,
             stick_trouble_name(event->info.trouble));
    trace_line(station->trace, "load there %s", stick_trouble_name(event->info.trouble));
}

static void take_taken(struct station *station, const struct stick_event *event)
{
    station->load.stand = LOAD_OPEN;
    station->load.info = event->info;
    snprintf(station->stick_path, sizeof station->stick_path, "%s", event->path);
    trace_line(station->trace, "load open%s", event->info.is_read_only ? " read-only" : "");
    incoming_look(station);
}

static void take_refused(struct station *station, const struct stick_event *event)
{
    struct load *load = &station->load;
    bool is_closing = load->stand == LOAD_CLOSING;
    log_warning("the USB stick: %s", event->why.text);
    trace_line(station->trace, "load refused %s", stick_trouble_name(event->info.trouble));
    load->stand = is_closing ? LOAD_OPEN : LOAD_THERE;
    if (is_closing)
        station->let_go_ms = clock_mono_ms(station->clock) + AGAIN_MS;
    else
        load->info.trouble = event->info.trouble;
    if (!load->info.trouble && load->end != LOAD_DONE)
        end_with(load, LOAD_LOOKS, LOAD_FAILED, is_closing ? &not_let_go : &not_opened);
}

/* What is being noted was read back before: that goes on, and counts. */
static bool is_cut_by_pull(const struct station *station)
{
    const struct load *load = &station->load;
    bool has_just_failed =
        load->end == LOAD_FAILED && load->did > LOAD_LOOKS &&
        clock_mono_ms(station->clock) < station->load_until_ms - TOLD_MS + LATE_MS;
    return (load->work > LOAD_LOOKS && load->stage != LOAD_NOTES) || has_just_failed;
}

static void take_pulled(struct station *station)
{
    struct load *load = &station->load;
    bool is_told = load->stand == LOAD_LOOSE || (load->stand == LOAD_CLOSING && load->end);
    station->is_stick_in = false;
    if (is_told) {
        load->stand = LOAD_LOOSE;
        tell_until(station, TOLD_MS);
        return;
    }
    bool is_cut = is_cut_by_pull(station), is_noted = load->work > LOAD_LOOKS && !is_cut;
    load->stand = LOAD_AWAY;
    porter_give_up(station->porter);
    incoming_forget(station);
    if (is_cut) {
        end_with(load, load->work ? load->work : load->did, LOAD_CUT, NULL);
        tell_until(station, TOLD_MS);
        log_warning("the USB stick was pulled out too soon");
    } else if (!is_noted) {
        *load = (struct load){.stand = LOAD_AWAY, .found = -1};
    }
    trace_line(station->trace, "load %s", is_cut ? "cut" : "away");
}

static void take_event(struct station *station, const struct stick_event *event)
{
    switch (event->kind) {
    case STICK_PLUGGED: take_plugged(station, event); break;
    case STICK_TAKEN: take_taken(station, event); break;
    case STICK_REFUSED: take_refused(station, event); break;
    case STICK_PULLED: take_pulled(station); break;
    case STICK_LET_GO:
        station->load.stand = LOAD_LOOSE;
        incoming_forget(station);
        trace_line(station->trace, "load loose");
        break;
    }
    station_tell_load(station);
}

/* --- what staff want of it --- */

void station_see_end(struct station *station)
{
    struct load *load = &station->load;
    if (load->work > LOAD_LOOKS)
        return;
    load->end = LOAD_NO_END;
    load->did = LOAD_RESTS;
    station_tell_load(station);
}

/* One that was let go is about to be pulled out: it is not opened again before it was. */
void station_take_stick(struct station *station)
{
    struct load *load = &station->load;
    station_see_end(station);
    if (load->stand != LOAD_THERE || load->info.trouble || !station->is_serving ||
        stick_take(station->stick, clock_mono_ms(station->clock)))
        return;
    load->stand = LOAD_OPENING;
    station_tell_load(station);
}

void station_let_stick_go(struct station *station)
{
    if (station->load.stand != LOAD_OPEN || station->load.work ||
        stick_let_go(station->stick, clock_mono_ms(station->clock)))
        return;
    station->load.stand = LOAD_CLOSING;
    station_tell_load(station);
}

/* --- what is carried --- */

enum rc station_begin_work(struct station *station, enum load_work work)
{
    struct load *load = &station->load;
    if (load->stand != LOAD_OPEN)
        return RC_NOT_FOUND;
    if (load->work)
        return RC_BUSY;
    load->work = work;
    load->stage = LOAD_GATHERS;
    load->percent = 0;
    if (work > LOAD_LOOKS) {
        load->end = LOAD_NO_END;
        load->folder[0] = 0;
        load->is_sealed = load->is_since = false;
        load->naming[0] = 0;
        load->left_out.count = 0;
        memset(load->rows, 0, sizeof load->rows);
        trace_line(station->trace, "load begins");
    }
    station_tell_load(station);
    return RC_OK;
}

enum rc station_send_trip(struct station *station, struct trip *trip, enum load_work work)
{
    enum rc rc = station->load.stand != LOAD_OPEN ? RC_NOT_FOUND
                 : station->load.work             ? RC_BUSY
                                                  : porter_send(station->porter, trip);
    return rc ? rc : station_begin_work(station, work);
}

/* What somebody asked for before the stick was open. */
static void begin_wanted(struct station *station)
{
    const struct ask wanted = station->load_wanted;
    station->load_wanted.kind = ASK_NOTHING;
    if (wanted.kind != ASK_NOTHING)
        (void)outgoing_begin(station, &wanted);
}

bool station_end_work(struct station *station, enum load_work work, enum load_end end,
                      const struct reason *why)
{
    static const char *const names[] = {"", "done", "failed", "stopped", "cut"};
    struct load *load = &station->load;
    if (load->work != work) /* it was pulled out, and that was told */
        return false;
    if (work == LOAD_LOOKS) {
        load->work = LOAD_RESTS;
        trace_line(station->trace, "load looked");
        begin_wanted(station);
    } else {
        end_with(load, work, end, why);
        tell_until(station, TOLD_MS);
        trace_line(station->trace, "load %s", names[end]);
        if (load->why.text[0])
            trace_line(station->trace, "load why %s", load->why.text);
    }
    station_tell_load(station);
    return true;
}

static void look_at_porter(struct station *station)
{
    int stage, percent;
    struct trip *trip = porter_next(station->porter);
    struct load *load = &station->load;
    if (trip) {
        trip->done(trip, station);
        if (load->stand == LOAD_OPEN && load->found < 0 && !load->work)
            incoming_look(station); /* the porter came back late from another stick */
        return;
    }
    porter_look(station->porter, &stage, &percent);
    if (!load->work || load->stage == LOAD_NOTES ||
        (load->stage == (enum load_stage)stage && load->percent == percent))
        return;
    load->stage = (enum load_stage)stage;
    load->percent = percent;
    station_tell_load(station);
}

/* --- one round --- */

/* Nobody of theirs is there: an open stick could be pulled out by anybody. */
static void let_go_alone(struct station *station)
{
    bool is_watched = !fact_id_is_none(stage_page(station->stage)->staff);
    if (!is_watched && clock_mono_ms(station->clock) >= station->let_go_ms)
        station_let_stick_go(station);
}

static void forget_end(struct station *station)
{
    struct load *load = &station->load;
    if (clock_mono_ms(station->clock) < station->load_until_ms || load->work)
        return;
    station->load_until_ms = INT64_MAX;
    load->end = LOAD_NO_END;
    load->did = LOAD_RESTS;
    if (load->stand == LOAD_LOOSE && !station->is_stick_in)
        *load = (struct load){.stand = LOAD_AWAY, .found = -1};
    station_tell_load(station);
}

void station_serve_stick(struct station *station)
{
    struct stick_event event;
    if (!station->stick)
        return;
    while (!stick_next(station->stick, clock_mono_ms(station->clock), &event))
        take_event(station, &event);
    look_at_porter(station);
    let_go_alone(station);
    forget_end(station);
}

int station_stick_fds(const struct station *station, struct pollfd *out_fds)
{
    if (!station->stick)
        return 0;
    int count = stick_fds(station->stick, out_fds);
    out_fds[count] = (struct pollfd){.fd = porter_fd(station->porter), .events = POLLIN};
    return count + 1;
}

int64_t station_stick_due_ms(const struct station *station)
{
    if (!station->stick)
        return INT64_MAX;
    int64_t due_ms = stick_due_ms(station->stick);
    if (station->load_until_ms < due_ms && !station->load.work)
        due_ms = station->load_until_ms;
    return due_ms;
}

/* --- its beginning and end --- */

static enum rc open_sim(struct station *station, const char *folder)
{
    const struct stick_sim_spec spec = {.folder = folder, .label = "PERRON", .keeps_power = true};
    enum rc rc = stick_open_sim(station->trace, &station->stick);
    station->has_sim_stick = rc == RC_OK;
    if (!rc && folder)
        rc = stick_sim_plug(station->stick, &spec);
    return rc;
}

static enum rc open_port(struct station *station)
{
    static const char sim[] = "sim:";
    const char *address = station->config.stick;
    if (address && strncmp(address, sim, sizeof sim - 1) == 0)
        return open_sim(station, address + sizeof sim - 1);
    bool is_real = !address && station->config.board->machine == BOARD_THIS_MACHINE &&
                   !station->config.is_headless;
    return is_real ? stick_open_udisks("", station->config.data, &station->stick)
                   : open_sim(station, NULL);
}

void station_open_stick(struct station *station)
{
    station->load = (struct load){.stand = LOAD_AWAY, .found = -1};
    station->load_until_ms = INT64_MAX;
    enum rc rc = porter_open(&station->porter);
    if (!rc)
        rc = open_port(station);
    if (!rc)
        return;
    log_warning("USB sticks cannot be used: %s", rc_text(rc));
    stick_close(station->stick);
    station->stick = NULL;
}

void station_close_stick(struct station *station)
{
    struct trip *trip = porter_close(station->porter);
    station->porter = NULL;
    if (trip)
        trip->done(trip, station);
    incoming_forget(station);
    stick_close(station->stick);
    station->stick = NULL;
}
