#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/asks.h"
#include "app/desk.h"
#include "app/desk_staff.h"
#include "app/faults.h"
#include "app/staff_file.h"
#include "app/station_i.h"
#include "firmware/base/log.h"
#include "firmware/linux/pins_gpiod.h"
#include "firmware/linux/reader_child.h"
#include "firmware/linux/reader_wedge.h"
#include "firmware/sim/pins_sim.h"
#include "firmware/sim/reader_sim.h"
#include "firmware/sim/speaker_sim.h"

#define STATION_RETRY_MS 5000

/* --- the face: what works without a register --- */

/* A station without lamps or sound is still a station: what is missing is logged and left out. */
static enum rc open_cues(struct station *station)
{
    const struct station_config *config = &station->config;
    struct reason reason = {""};
    const struct pins_layout *layout = &config->board->pins;
    enum rc rc = pins_layout_is_empty(layout) ? pins_open_sim(station->trace, &station->pins)
                                              : pins_open_gpiod(layout, &reason, &station->pins);
    if (rc)
        log_warning("the lamps stay dark: %s", reason.text[0] ? reason.text : rc_text(rc));
    rc = config->is_headless ? speaker_open_sim(station->trace, &station->speaker)
                             : sound_open(&station->speaker);
    if (rc)
        log_warning("there will be no sound: %s", rc_text(rc));
    return cue_open(station->pins, station->speaker, &station->cues);
}

static enum rc open_screen(struct station *station, struct reason *reason)
{
    const struct station_config *config = &station->config;
    const struct board *board = config->board;
    char host[64] = "";
    const struct screen screen = {board->width_px, board->height_px, board->width_mm,
                                  board->height_mm, board->rotation};
    struct stage_config stage = {
        .screen = screen,
        .reader_side = (enum scene_side)board->reader_side,
        .home = (enum language)station->venue.language,
        .venue = station->venue.name,
        .version = PERRON_VERSION,
        .mode = station_mode(station, 0),
        .has_speech = station->venue.has_speech,
        .has_qwerty = station->venue.keyboard == VENUE_QWERTY,
        .dim_ms = (int64_t)station->venue.dim_after_min * 60000,
    };
    if (words_init(config->locale_dir))
        log_warning("the translations in %s are not whole: some texts will be English",
                    config->locale_dir);
    enum rc rc = stage_open(&stage, &station->stage);
    if (!rc && gethostname(host, sizeof host - 1) == 0)
        stage_set_address(station->stage, host);
    if (!rc)
        rc = station_open_window(station, &screen, &stage.mode);
    if (rc == RC_UNSUPPORTED)
        reason_set(reason, "there is no display to open a window on; --headless runs without one");
    else if (rc)
        reason_set(reason, "the screen could not be opened: %s", rc_text(rc));
    else
        station_draw(station);
    return rc;
}

/* --- the service: what can be missing for a while --- */

/*
 * The venue's name and language are on the screen. Where its settings cannot be read the screen has
 * the defaults, until they can.
 */
static enum rc open_venue(struct station *station, struct reason *reason)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/perron.conf", station->config.data);
    enum rc rc = venue_read(path, &station->venue, reason);
    if (rc)
        station->venue = venue_default();
    venue_use_time_zone(&station->venue);
    return rc;
}

/* Staff named on the boot partition. Whatever is wrong with that, the station opens. */
static void take_staff_file(struct station *station, struct journal *journal,
                            const struct clock_reading *now)
{
    struct reason reason = {""};
    if (!station->config.boot)
        return;
    enum rc rc = staff_file_take(station->config.boot, journal, now, &reason);
    if (!rc)
        log_info("%s", reason.text);
    else if (rc != RC_EMPTY)
        log_error("%s", reason.text);
}

/* The folder's lock is ours by now, so a socket that is there is nobody's. */
static enum rc open_control(struct station *station, struct reason *reason)
{
    char path[PATH_MAX];
    folder_path(station->folder, "socket", path);
    return control_open(path, &station->control, reason);
}

static enum rc open_register(struct station *station, struct reason *reason)
{
    struct clock_reading now;
    struct journal *journal;
    struct journal_rules rules = venue_rules(&station->venue);
    clock_read(station->clock, &now);
    enum rc rc = folder_open_journal(station->folder, &rules, &now, &journal, reason);
    if (rc)
        return rc;
    take_staff_file(station, journal, &now);
    station_read_settings(station, journal, &now);
    rc = writer_open(journal, &station->writer);
    if (rc) {
        reason_set(reason, "the writer could not be started: %s", rc_text(rc));
        journal_close(journal);
    }
    return rc;
}

static enum rc open_reader(struct station *station, struct reason *reason)
{
    const struct station_config *config = &station->config;
    static const char wedge[] = "wedge:";
    const char *address = config->reader ? config->reader : config->board->reader;
    enum rc rc;
    if (strcmp(address, "sim") == 0) {
        rc = reader_open_sim(&station->reader);
        station->has_sim_reader = rc == RC_OK;
    } else if (strncmp(address, wedge, sizeof wedge - 1) == 0) {
        rc = reader_open_wedge(address + sizeof wedge - 1, &station->reader);
    } else {
        rc = reader_open_child(config->reader_program, address, station->trace, &station->reader);
    }
    if (rc)
        reason_set(reason, "the badge reader %s could not be set up: %s", address, rc_text(rc));
    return rc;
}

/* Settings that can be read at last. */
static enum rc mend_venue(struct station *station, struct reason *reason)
{
    enum rc rc = open_venue(station, reason);
    station->has_venue = rc == RC_OK;
    if (!rc)
        stage_set_venue(station->stage, station->venue.name,
                        (enum language)station->venue.language);
    return rc;
}

static enum rc find_register_again(const struct station *station, struct reason *reason)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/perron.db", station->config.data);
    if (access(path, F_OK) == 0)
        return RC_OK;
    reason_set(reason, "the register was taken away while the station ran; put %s back", path);
    return RC_NOT_FOUND;
}

/* What was set before is known by now. */
static enum rc open_taps(struct station *station)
{
    enum rc rc = taps_open(station->writer, station->clock, (enum language)station->venue.language,
                           &station->taps);
    if (!rc)
        taps_set_occasion(station->taps, occasion_tap(station->occasion));
    return rc;
}

/* Each step that succeeded stays; a later try goes on with the one that failed. */
static enum rc open_service(struct station *station, struct reason *reason)
{
    enum rc rc = station->has_lost_register ? find_register_again(station, reason) : RC_OK;
    if (rc)
        return rc;
    if (!station->folder)
        rc = folder_open(station->config.data, FOLDER_WRITE, &station->folder, reason);
    if (!rc && !station->control)
        rc = open_control(station, reason);
    if (!rc && !station->has_venue)
        rc = mend_venue(station, reason);
    if (!rc && !station->writer)
        rc = open_register(station, reason);
    if (!rc && !station->taps)
        rc = open_taps(station);
    if (!rc && !station->secrets)
        rc = secrets_open(station->writer, station->clock, folder_key(station->folder),
                          &station->secrets);
    if (!rc && !station->reader)
        rc = open_reader(station, reason);
    return rc;
}

/* The step that failed: those before it stay. */
static enum faults_step first_missing(const struct station *station)
{
    const bool is_there[] = {
        [FAULTS_FOLDER] = station->folder != NULL,
        [FAULTS_CONTROL] = station->control != NULL,
        [FAULTS_VENUE] = station->has_venue,
        [FAULTS_REGISTER] = station->writer != NULL,
        [FAULTS_TAPS] = station->taps && station->secrets,
        [FAULTS_READER] = false,
    };
    int step = 0;
    while (is_there[step])
        step++;
    return (enum faults_step)step;
}

static void begin_serving(struct station *station)
{
    struct clock_reading now;
    clock_read(station->clock, &now);
    station->is_serving = true;
    station->has_lost_register = false;
    station->clock_offset_ms = now.wall_ms - now.mono_ms;
    station->clock_trust = now.trust;
    station->clock_look_ms = now.mono_ms;
    desk_count_here(station);
    stage_set_clock(station->stage, now.wall_ms, now.trust != CLOCK_UNSET);
    stage_set_fault(station->stage, FAULT_NONE, "");
    stage_open_door(station->stage);
    trace_line(station->trace, "serving");
}

static void show_fault(struct station *station, enum fault_kind kind, const struct reason *reason)
{
    if (strcmp(station->fault.text, reason->text) != 0)
        log_error("%s; the station tries again every %d s", reason->text, STATION_RETRY_MS / 1000);
    station->fault = *reason;
    stage_set_fault(station->stage, kind, station->fault.text);
    station->retry_ms = clock_mono_ms(station->clock) + STATION_RETRY_MS;
}

static enum rc try_to_serve(struct station *station, struct reason *reason)
{
    reason->text[0] = 0;
    enum rc rc = open_service(station, reason);
    if (!rc)
        begin_serving(station);
    else if (!reason->text[0])
        reason_set(reason, "the station cannot start: %s", rc_text(rc));
    return rc;
}

void station_try_to_serve(struct station *station)
{
    struct reason reason;
    enum rc rc = try_to_serve(station, &reason);
    if (rc)
        show_fault(station, faults_sort(first_missing(station), rc), &reason);
}

/* --- opening --- */

/* The picture first: somebody may stand in front of it. */
static enum rc open_face(struct station *station, struct reason *reason)
{
    struct reason why_no_venue;
    station->has_venue = open_venue(station, &why_no_venue) == RC_OK;
    if (station->config.tray) {
        enum rc rc = tray_read(station->config.tray, &station->tray, reason);
        if (rc)
            return rc;
    }
    enum rc rc = open_screen(station, reason);
    if (!rc)
        rc = open_cues(station);
    if (!rc)
        station_open_house(station);
    return rc;
}

enum rc station_open(const struct station_config *config, struct station **out_station,
                     struct reason *out_reason)
{
    struct reason reason = {""};
    struct station *station = calloc(1, sizeof *station);
    if (!station) {
        reason_set(out_reason, "there is no memory for a station");
        return RC_NO_MEMORY;
    }
    station->config = *config;
    station->clock = config->clock;
    station->trace = config->trace;
    station->checking_client = -1;
    enum rc rc = open_face(station, &reason);
    if (!rc) {
        rc = try_to_serve(station, &reason);
        if (rc && rc != RC_BUSY) {
            show_fault(station, faults_sort(first_missing(station), rc), &reason);
            rc = RC_OK;
        }
    }
    if (rc) {
        *out_reason = reason;
        station_close(station);
        return rc;
    }
    *out_station = station;
    return RC_OK;
}

enum rc station_describe_display(char *out_text, size_t size)
{
    return window_describe_display(out_text, size);
}

/* --- closing --- */

/* Waits for what the writer still has: a tap that was taken is recorded, a refused one taken back.
 */
static void finish_errands(struct station *station)
{
    struct job *job;
    struct taps_event event;
    struct secrets_event secret;
    while (!taps_is_idle(station->taps) || station->tasks || !secrets_is_idle(station->secrets)) {
        struct pollfd fds[] = {{.fd = writer_fd(station->writer), .events = POLLIN},
                               {.fd = secrets_fd(station->secrets), .events = POLLIN}};
        if (poll(fds, 2, TAPS_REFUSE_MS) <= 0)
            return;
        while ((job = writer_next(station->writer)))
            job->done(job, station);
        while (!taps_next(station->taps, &event))
            ;
        if (!secrets_next(station->secrets, &secret) && !desk_staff_hear(station, &secret))
            (void)asks_hear(station, &secret);
    }
}

static void end_serving(struct station *station)
{
    reader_close(station->reader);
    if (station->is_serving)
        finish_errands(station);
    control_close(station->control);
    writer_close(station->writer);
    taps_close(station->taps);
    secrets_close(station->secrets);
    folder_close(station->folder);
    station->reader = NULL;
    station->control = NULL;
    station->writer = NULL;
    station->taps = NULL;
    station->secrets = NULL;
    station->folder = NULL;
    station->is_serving = station->has_sim_reader = false;
    station->checking_client = -1;
}

void station_lose_register(struct station *station)
{
    struct reason reason = {"the register was moved or replaced while the station ran"};
    end_serving(station);
    station->has_lost_register = true;
    show_fault(station, FAULT_AWAY, &reason);
}

void station_close(struct station *station)
{
    if (!station)
        return;
    end_serving(station);
    cue_close(station->cues);
    pins_close(station->pins);
    machine_close(station->machine);
    speaker_close(station->speaker);
    window_close(station->window);
    input_wake_close(station->wake);
    stage_close(station->stage);
    free(station);
}
