#include <stdlib.h>
#include <unistd.h>

#include "app/guides.h"
#include "app/station_i.h"
#include "firmware/base/log.h"
#include "firmware/sim/speaker_sim.h"

/* --- the face: what works without a register --- */

/* A station without lamps or sound is still a station: what is missing is logged and left out. */
static enum rc open_cues(struct station *station)
{
    station_open_pins(station);
    enum rc rc = station->config.is_headless ? speaker_open_sim(station->trace, &station->speaker)
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
    };
    if (words_init(config->locale_dir))
        log_warning("the translations in %s are not whole: some texts will be English",
                    config->locale_dir);
    enum rc rc = stage_open(&stage, &station->stage);
    if (!rc)
        stage_set_guide(station->stage, station->guide);
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

/* --- opening --- */

/* The picture first: somebody may stand in front of it. */
static enum rc open_face(struct station *station, struct reason *reason)
{
    struct reason why_no_venue;
    station->has_venue = station_read_venue(station, &why_no_venue) == RC_OK;
    if (station->config.tray) {
        enum rc rc = tray_read(station->config.tray, &station->tray, reason);
        if (rc)
            return rc;
    }
    enum rc rc = station_read_guide(station);
    if (rc)
        reason_set(reason, "how newcomers are welcomed cannot be read: %s", rc_text(rc));
    if (!rc)
        rc = open_screen(station, reason);
    if (!rc)
        rc = open_cues(station);
    if (!rc)
        station_open_house(station);
    if (!rc)
        station_open_stick(station);
    if (!rc)
        updating_open(station);
    return rc;
}

enum rc station_open(const struct station_config *config, struct station **out_station,
                     struct reason *out_reason)
{
    struct reason reason = {.text = ""};
    struct station *station = calloc(1, sizeof *station);
    if (!station) {
        reason_set(out_reason, "there is no memory for a station");
        return RC_NO_MEMORY;
    }
    station->config = *config;
    station->clock = config->clock;
    station->trace = config->trace;
    station->checking_client = -1;
    station->occasion = station->on_kind = OCCASION_COUNT;
    enum rc rc = open_face(station, &reason);
    if (!rc) {
        rc = station_begin_service(station, &reason);
        if (rc && rc != RC_BUSY) {
            station_show_missing(station, rc, &reason);
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

void station_close(struct station *station)
{
    if (!station)
        return;
    station_end_service(station);
    station_close_boot(station);
    station_close_stick(station);
    cue_close(station->cues);
    pins_close(station->pins);
    machine_close(station->machine);
    speaker_close(station->speaker);
    window_close(station->window);
    input_wake_close(station->wake);
    stage_close(station->stage);
    guides_free(station->guide);
    free(station);
}
