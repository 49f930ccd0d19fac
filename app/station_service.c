#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/around.h"
#include "app/asks.h"
#include "app/desk.h"
#include "app/desk_staff.h"
#include "app/faults.h"
#include "app/station_i.h"
#include "firmware/base/hash.h"
#include "firmware/base/log.h"
#include "firmware/linux/reader_child.h"
#include "firmware/linux/reader_wedge.h"
#include "firmware/sim/reader_sim.h"

#define STATION_RETRY_MS 5000

/* --- what can be missing for a while, piece by piece --- */

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
    journal_set_circles(journal, &station->venue.circles);
    journal_set_statutes(journal, &station->venue.statutes);
    journal_set_privacy(journal, &station->venue.privacy);
    journal_set_guide(journal, station->guide);
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
    enum rc rc = station_read_venue(station, reason);
    station->has_venue = rc == RC_OK;
    if (!rc)
        station_use_venue(station);
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
        taps_set_occasion(station->taps, station->occasion);
    return rc;
}

/* --- all of it --- */

/* A later try goes on with the step that failed. */
static enum rc open_service(struct station *station, struct reason *reason)
{
    enum rc rc = station->has_lost_register ? find_register_again(station, reason) : RC_OK;
    if (rc)
        return rc;
    if (!station->folder)
        rc = folder_open(station->config.data, FOLDER_WRITE, &station->folder, reason);
    if (!rc && !station->control)
        rc = open_control(station, reason);
    if (!rc)
        station_take_boot_venue(station);
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
    around_look(station);
    stage_set_clock(station->stage, now.wall_ms, now.trust != CLOCK_UNSET);
    stage_set_fault(station->stage, FAULT_NONE, "");
    stage_open_door(station->stage);
    trace_line(station->trace, "serving");
    station_begin_boot(station);
}

static void show_fault(struct station *station, enum fault_kind kind, const struct reason *reason)
{
    if (strcmp(station->fault.text, reason->text) != 0)
        log_error("%s; the station tries again every %d s", reason->text, STATION_RETRY_MS / 1000);
    station->fault = *reason;
    stage_set_fault(station->stage, kind, station->fault.text);
    station->retry_ms = clock_mono_ms(station->clock) + STATION_RETRY_MS;
}

void station_show_missing(struct station *station, enum rc rc, const struct reason *reason)
{
    show_fault(station, faults_sort(first_missing(station), rc), reason);
}

enum rc station_begin_service(struct station *station, struct reason *out_reason)
{
    out_reason->text[0] = 0;
    enum rc rc = open_service(station, out_reason);
    if (!rc)
        begin_serving(station);
    else if (!out_reason->text[0])
        reason_set(out_reason, "the station cannot start: %s", rc_text(rc));
    return rc;
}

void station_try_to_serve(struct station *station)
{
    struct reason reason;
    enum rc rc = station_begin_service(station, &reason);
    if (rc)
        station_show_missing(station, rc, &reason);
}

/* --- its end --- */

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
            break;
        while ((job = writer_next(station->writer)))
            job->done(job, station);
        while (!taps_next(station->taps, &event))
            ;
        if (!secrets_next(station->secrets, &secret) && !desk_staff_hear(station, &secret))
            (void)asks_hear(station, &secret);
    }
    hash_forget(&secret, sizeof secret);
}

void station_end_service(struct station *station)
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
    struct reason reason = {.text = "the register was moved or replaced while the station ran"};
    station_end_service(station);
    station->has_lost_register = true;
    show_fault(station, FAULT_AWAY, &reason);
}
