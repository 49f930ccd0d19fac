#include <unistd.h>

#include "app/station_i.h"
#include "firmware/base/log.h"

#define STATION_SCREEN_RETRY_MS 1000

/* SDL has nothing to wait on where it reads the input devices itself; then we watch them, too. */
static void open_wake(struct station *station)
{
    struct pollfd fd;
    if (station->config.is_headless || window_fds(station->window, &fd))
        return;
    if (input_wake_open(INPUT_WAKE_FOLDER, &station->wake) == RC_OK)
        window_set_wake(station->window, input_wake_fd(station->wake));
}

enum rc station_open_window(struct station *station, const struct screen *screen,
                            const struct theme_mode *mode)
{
    const struct station_config *config = &station->config;
    bool is_kiosk = config->board->machine == BOARD_THIS_MACHINE;
    struct window_config window = {
        .title = station->venue.name,
        .screen = *screen,
        .mode = *mode,
        .is_headless = config->is_headless,
        .is_fullscreen = !config->is_headless && !config->tray,
        /* Who started it by hand sits there; a kiosk has no terminal, and obeys none. */
        .takes_keys = !config->is_headless && !is_kiosk && (config->tray || isatty(STDIN_FILENO)),
        .holds_keys = !config->is_headless && is_kiosk && !config->tray,
    };
    for (int i = 0; i < station->tray.count && i < WINDOW_TRAY_MAX; i++)
        window.tray[window.tray_count++] = station->tray.rows[i].name;
    enum rc rc = window_open(&window, &station->window);
    if (rc)
        return rc;
    if (window.is_fullscreen && window.takes_keys)
        log_info("the screen is full; Escape pressed twice ends it");
    open_wake(station);
    return RC_OK;
}

static void tell_found(struct station *station)
{
    if (!station->has_lost_screen)
        return;
    log_info("the display is back");
    trace_line(station->trace, "screen back");
    station->has_lost_screen = false;
}

void station_draw(struct station *station)
{
    int64_t now_ms = clock_mono_ms(station->clock);
    if (!stage_is_changed(station->stage, now_ms) && !station->is_exposed)
        return;
    enum rc rc = window_draw(station->window, station->stage, now_ms);
    station->is_exposed = rc != RC_OK && rc != RC_GONE; /* what failed is shown at the next round */
    if (rc == RC_GONE)
        station_lose_screen(station);
    if (rc)
        return;
    tell_found(station);
    trace_line(station->trace, "present %s", stage_scene_name(station->stage));
}

void station_lose_screen(struct station *station)
{
    if (station->has_lost_screen)
        return;
    log_error("the display is lost; badges are taken without a picture, and it is looked for "
              "every second");
    trace_line(station->trace, "screen lost");
    station->has_lost_screen = true;
}

/* At once, and then every second: also where it opens, but shows nothing. */
void station_find_screen(struct station *station)
{
    int64_t now_ms = clock_mono_ms(station->clock);
    if (!station->has_lost_screen || now_ms < station->screen_retry_ms)
        return;
    station->screen_retry_ms = now_ms + STATION_SCREEN_RETRY_MS;
    station->is_exposed |= window_rebuild(station->window) == RC_OK;
}
