/* How a house wants its station: colours, loudness, light, what is on; and the computer under it.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/around.h"
#include "app/desk.h"
#include "app/domain/day.h"
#include "app/guides.h"
#include "app/retention.h"
#include "app/station_i.h"
#include "app/store/office.h"
#include "app/store/setting.h"
#include "app/venue_take.h"
#include "firmware/base/log.h"
#include "firmware/linux/machine_logind.h"
#include "firmware/sim/machine_sim.h"

#define PROBLEMS_LOGGED 5

/* --- what its file says --- */

enum rc station_read_venue(struct station *station, struct reason *out_reason)
{
    char path[PATH_MAX];
    enum rc rc = venue_take_finish(station->config.data);
    if (rc)
        log_warning("what was to be taken for this venue is not in its place yet: %s", rc_text(rc));
    snprintf(path, sizeof path, "%s/perron.conf", station->config.data);
    rc = venue_read(path, &station->venue, out_reason);
    if (rc)
        station->venue = venue_default();
    venue_use_time_zone(&station->venue);
    return rc;
}

static void log_problems(const struct problems *problems)
{
    char line[PROBLEMS_LINE_BYTES];
    for (int i = 0; i < problems->count && i < PROBLEMS_LOGGED; i++) {
        problems_write(&problems->rows[i], line);
        log_warning("%s", line);
    }
    log_warning("the welcome in the data folder has mistakes: what comes along is taken instead; "
                "perron venue check names them all");
}

enum rc station_read_guide(struct station *station)
{
    char own[PATH_MAX], otherwise[PATH_MAX] = "";
    struct problems *problems = calloc(1, sizeof *problems);
    if (!problems)
        return RC_NO_MEMORY;
    snprintf(own, sizeof own, "%s/" GUIDES_FOLDER, station->config.data);
    if (station->config.venue_dir)
        snprintf(otherwise, sizeof otherwise, "%s/" GUIDES_FOLDER, station->config.venue_dir);
    enum rc rc = guides_read(own, otherwise, &station->venue.circles, &station->guide, problems);
    if (rc == RC_BAD_INPUT) {
        log_problems(problems);
        *problems = (struct problems){.count = 0};
        rc = guides_read(otherwise, otherwise, NULL, &station->guide, problems);
    }
    free(problems);
    return rc;
}

/* --- how it looks --- */

struct theme_mode station_mode(const struct station *station, int64_t wall_ms)
{
    const struct venue *venue = &station->venue;
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm local = {0};
    localtime_r(&seconds, &local);
    return (struct theme_mode){
        .is_evening = wall_ms && venue_is_evening(venue, local.tm_hour * 60 + local.tm_min),
        .is_contrast = venue->has_high_contrast,
        .is_large = venue->has_large_text,
        .is_mirrored = venue->is_mirrored,
        .is_still = venue->has_reduced_motion,
    };
}

void station_read_house_again(struct station *station)
{
    struct reason reason = {.text = ""};
    struct guide *before = station->guide;
    struct clock_reading now;
    station->has_venue = station_read_venue(station, &reason) == RC_OK;
    if (!station_read_guide(station) && station->guide != before) {
        stage_set_guide(station->stage, station->guide);
        guides_free(before);
    }
    station_use_venue(station);
    clock_read(station->clock, &now);
    const struct theme_mode mode = station_mode(station, now.wall_ms);
    stage_set_mode(station->stage, &mode);
    window_set_mode(station->window, &mode);
}

void station_look_at_day(struct station *station, const struct clock_reading *now)
{
    const struct theme_mode mode = station_mode(station, now->wall_ms);
    stage_set_mode(station->stage, &mode);
    window_set_mode(station->window, &mode);
    if (station->occasion_until_ms && now->wall_ms >= station->occasion_until_ms)
        station_set_occasion(station, "", now->wall_ms);
    retention_look(station);
    if (now->mono_ms >= station->look_ms)
        around_look(station);
}

/* --- how it sounds, and how bright it is --- */

static void tell_levels(struct station *station)
{
    stage_set_levels(station->stage, station->volume, station->brightness);
}

static void set_volume(struct station *station, int percent)
{
    station->volume = percent;
    if (station->speaker)
        (void)!speaker_set_volume(station->speaker, station->is_muted ? 0 : percent);
    tell_levels(station);
}

static void set_brightness(struct station *station, int percent)
{
    if (!station->machine || machine_set_brightness(station->machine, percent))
        return;
    station->brightness = percent;
    tell_levels(station);
}

/* What is on, in the house's words: as staff chose, or as the calendar calls it. */
static void name_occasion(struct station *station)
{
    enum language home = (enum language)station->venue.language;
    bool is_chosen = station->occasion < OCCASION_COUNT;
    bool is_titled = !is_chosen && station->on_title[0];
    enum occasion_kind kind = is_chosen ? station->occasion : station->on_kind;
    const char *title = is_titled               ? station->on_title
                        : kind < OCCASION_COUNT ? words(home, scene_occasion_title(kind))
                                                : NULL;
    stage_set_occasion(station->stage, title);
}

void station_set_on(struct station *station, bool is_on, enum occasion_kind kind, const char *title)
{
    station->on_kind = is_on ? kind : OCCASION_COUNT;
    snprintf(station->on_title, sizeof station->on_title, "%s", is_on ? title : "");
    name_occasion(station);
}

static void set_language(struct station *station, int language)
{
    if (language < 0 || language >= LANGUAGE_COUNT)
        return;
    station->venue.language = language;
    stage_set_home(station->stage, (enum language)language);
    name_occasion(station);
    if (station->taps)
        taps_set_home(station->taps, (enum language)language);
}

static const struct {
    const char *name;
    void (*set)(struct station *station, int value);
} levels[] = {{"volume", set_volume}, {"brightness", set_brightness}, {"language", set_language}};

#define LEVELS (sizeof levels / sizeof levels[0])

void station_set_level(struct station *station, const char *name, int value)
{
    for (size_t i = 0; i < LEVELS; i++)
        if (strcmp(levels[i].name, name) == 0)
            levels[i].set(station, value);
}

void station_use_venue(struct station *station)
{
    const struct venue *venue = &station->venue;
    stage_set_venue(station->stage, venue->name, (enum language)venue->language);
    stage_set_habits(station->stage, venue->keyboard == VENUE_QWERTY, venue->has_speech,
                     (int64_t)venue->dim_after_min * 60000);
    station->is_muted = venue->is_muted;
    set_volume(station, venue->volume_percent);
}

/* --- what is on --- */

void station_set_occasion(struct station *station, const char *name, int64_t wall_ms)
{
    enum occasion_kind occasion = occasion_kind_from_name(name);
    bool is_chosen = occasion < OCCASION_COUNT;
    station->occasion = occasion;
    station->occasion_until_ms = is_chosen ? day_end_after(wall_ms, station->venue.day_end_min) : 0;
    name_occasion(station);
    if (station->taps)
        taps_set_occasion(station->taps, station->occasion);
}

/* --- what was set before --- */

static void read_level(struct station *station, struct journal *journal, const char *name,
                       int64_t now_ms)
{
    char value[OFFICE_SETTING_VALUE_BYTES + 1];
    char *end;
    if (setting_get(journal_db(journal), journal_station(journal), name, now_ms, value,
                    sizeof value) ||
        !value[0])
        return;
    long number = strtol(value, &end, 10);
    if (!*end && number >= 0 && number <= 100)
        station_set_level(station, name, (int)number);
}

void station_read_settings(struct station *station, struct journal *journal,
                           const struct clock_reading *now)
{
    char occasion[OFFICE_SETTING_VALUE_BYTES + 1] = "";
    for (size_t i = 0; i < LEVELS; i++)
        read_level(station, journal, levels[i].name, now->wall_ms);
    if (!setting_get(journal_db(journal), journal_station(journal), "occasion", now->wall_ms,
                     occasion, sizeof occasion))
        station_set_occasion(station, occasion, now->wall_ms);
}

void station_open_house(struct station *station)
{
    const struct station_config *config = &station->config;
    bool is_real = config->board->machine == BOARD_THIS_MACHINE && !config->is_headless;
    enum rc rc = is_real ? machine_open_logind("", config->data, &station->machine)
                         : machine_open_sim(station->trace, &station->machine);
    if (rc)
        log_warning("the computer cannot be asked to restart: %s", rc_text(rc));
    if (!station->machine || machine_brightness(station->machine, &station->brightness))
        station->brightness = -1;
    station_use_venue(station);
}
