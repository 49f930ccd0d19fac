#include "app/station_i.h"
#include "firmware/base/log.h"
#include "firmware/linux/pins_gpiod.h"
#include "firmware/sim/pins_sim.h"

#define CALL_AGAIN_MS 3000 /* whoever hammers at the button is heard once in that time */

/* A station without lamps is still a station. */
void station_open_pins(struct station *station)
{
    struct reason reason = {.text = ""};
    const struct pins_layout *layout = &station->config.board->pins;
    station->has_sim_pins = pins_layout_is_empty(layout);
    enum rc rc = station->has_sim_pins ? pins_open_sim(station->trace, &station->pins)
                                       : pins_open_gpiod(layout, &reason, &station->pins);
    if (rc)
        log_warning("the lamps stay dark: %s", reason.text[0] ? reason.text : rc_text(rc));
    bool is_on = false;
    if (station->pins)
        (void)!pins_get(station->pins, &is_on);
    button_init(&station->button, is_on);
    reader_reset_init(&station->reset);
}

void station_call(struct station *station)
{
    station_play(station, CUE_CALL);
    trace_line(station->trace, "call");
}

static void take_press(struct station *station, int64_t now_ms)
{
    if (now_ms < station->call_again_ms)
        return;
    station->call_again_ms = now_ms + CALL_AGAIN_MS;
    log_info("somebody pressed the button: help is called");
    stage_call(station->stage, now_ms);
    station_call(station);
}

static void serve_button(struct station *station, int64_t now_ms)
{
    struct pins_edge edge;
    bool is_on, has_moved = false, is_pressed = false;
    while (!pins_next(station->pins, now_ms, &edge)) {
        has_moved = true;
        is_pressed |= button_edge(&station->button, edge.is_on, edge.at_ms);
    }
    if (has_moved && !pins_get(station->pins, &is_on)) /* edges may have been lost */
        is_pressed |= button_edge(&station->button, is_on, now_ms);
    if (button_step(&station->button, now_ms) || is_pressed)
        take_press(station, now_ms);
}

void station_serve_pins(struct station *station)
{
    int64_t now_ms = clock_mono_ms(station->clock);
    if (station->pins)
        serve_button(station, now_ms);
    reader_reset_told(&station->reset, station->reader && station->is_reader_resting, now_ms);
    if (!reader_reset_step(&station->reset, station->pins, now_ms))
        return;
    log_warning("the badge reader stays silent; its chip is reset by its pin");
    trace_line(station->trace, "reader reset");
}

int64_t station_pins_due_ms(const struct station *station)
{
    int64_t reset_ms = reader_reset_due_ms(&station->reset);
    int64_t button_ms = button_due_ms(&station->button);
    return reset_ms < button_ms ? reset_ms : button_ms;
}

enum rc station_push(struct station *station, bool is_down)
{
    if (!station->has_sim_pins)
        return RC_UNSUPPORTED;
    pins_sim_push(station->pins, is_down);
    return RC_OK;
}
