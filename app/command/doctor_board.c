/* What the doctor finds out about a board: how it should be wired, and what answers. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command/doctor_i.h"
#include "app/command/talk.h"
#include "app/station.h"
#include "firmware/base/clock.h"
#include "firmware/device/wiring.h"
#include "firmware/linux/pins_gpiod.h"
#include "firmware/linux/reader_child.h"
#include "firmware/linux/reader_wedge.h"

#define READER_WAIT_MS 4000

/* A picture that is much too fine or too coarse for its millimetres is a mistake in the board. */
static bool is_size_likely(const struct board *board)
{
    double across = (double)board->width_px / board->width_mm;
    return across >= 2 && across <= 20;
}

enum finding doctor_look_at_screen(const struct doctor_visit *house, char *out_text, size_t size)
{
    const struct board *board = &house->board;
    char display[96] = "a station is using it";
    bool is_there =
        talk_is_running(house->data) || station_describe_display(display, sizeof display) == RC_OK;
    snprintf(out_text, size,
             "%s; the board says %d x %d pixels on %d x %d mm, turned by %d degrees",
             is_there ? display : "there is no display here", board->width_px, board->height_px,
             board->width_mm, board->height_mm, board->rotation);
    return is_there && is_size_likely(board) ? FINE : WARNING;
}

void doctor_note_pins(const struct doctor_visit *house, struct doctor_paper *paper)
{
    char where[WIRING_TEXT], text[WIRING_TEXT + 64];
    for (int pin = 0; pin < PIN_COUNT; pin++) {
        if (house->board.pins.lines[pin].offset < 0)
            continue;
        wiring_of_pin(&house->board, (enum pin)pin, where);
        snprintf(text, sizeof text, "%s: %s", wiring_pin_words((enum pin)pin), where);
        doctor_say(paper, "pins", WIRED, text);
    }
}

void doctor_note_reader(const struct doctor_visit *house, struct doctor_paper *paper)
{
    const struct {
        const char *head, *text;
    } notes[] = {{"", wiring_of_reader(&house->board)},
                 {"its switches: ", wiring_of_reader_switches(&house->board)},
                 {"the system: ", wiring_of_reader_system(&house->board)}};
    char text[WIRING_TEXT + 64];
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        if (!notes[i].text[0])
            continue;
        snprintf(text, sizeof text, "%s%s", notes[i].head, notes[i].text);
        doctor_say(paper, "reader", WIRED, text);
    }
}

/* One that is pressed while nobody stands there is wired the other way round. */
static enum finding try_pins(const struct board *board, struct pins *pins, char *out_text,
                             size_t size)
{
    bool has_lamps = false, is_pressed = false;
    for (int pin = PIN_GREEN; pin <= PIN_BLUE; pin++) {
        if (board->pins.lines[pin].offset < 0)
            continue;
        has_lamps = true;
        (void)!pins_set(pins, (enum pin)pin, true);
        usleep(300000);
        (void)!pins_set(pins, (enum pin)pin, false);
    }
    bool has_button = pins_get(pins, &is_pressed) == RC_OK;
    snprintf(out_text, size, "%s%s%s",
             has_lamps ? "the lamps went on one after another: did you see it?" : "no lamps",
             has_button ? "; the button is " : "",
             !has_button  ? ""
             : is_pressed ? "pressed: if nobody presses it, the board's level is the other one"
                          : "not pressed");
    return is_pressed ? WARNING : FINE;
}

enum finding doctor_look_at_pins(const struct doctor_visit *house, char *out_text, size_t size)
{
    struct reason reason = {.text = ""};
    struct pins *pins;
    if (pins_layout_is_empty(&house->board.pins)) {
        snprintf(out_text, size, "the board has none");
        return FINE;
    }
    if (talk_is_running(house->data)) {
        snprintf(out_text, size, "a station is using them");
        return FINE;
    }
    if (pins_open_gpiod(&house->board.pins, &reason, &pins)) {
        snprintf(out_text, size, "%s", reason.text);
        return TROUBLE;
    }
    enum finding finding = try_pins(&house->board, pins, out_text, size);
    pins_close(pins);
    return finding;
}

static enum finding wait_for_reader(struct reader *reader, char *out_text, size_t size)
{
    struct reader_event event;
    struct clock *clock;
    enum finding finding = TROUBLE;
    if (clock_open_system(&clock))
        return TROUBLE;
    int64_t until_ms = clock_mono_ms(clock) + READER_WAIT_MS;
    snprintf(out_text, size, "nothing answers");
    while (clock_mono_ms(clock) < until_ms && finding == TROUBLE) {
        while (!reader_next(reader, clock_mono_ms(clock), &event)) {
            if (event.kind == READER_READY)
                finding = FINE;
            snprintf(out_text, size, "%s", event.text);
        }
        struct pollfd fd = {.fd = reader_fd(reader), .events = POLLIN};
        poll(&fd, 1, 50);
    }
    clock_close(clock);
    return finding;
}

enum finding doctor_look_at_reader(const struct doctor_visit *house, char *out_text, size_t size)
{
    static const char wedge[] = "wedge:";
    const char *address = house->board.reader;
    struct reader *reader;
    if (strcmp(address, "sim") == 0) {
        snprintf(out_text, size, "simulated: perron tap BADGE touches it");
        return FINE;
    }
    if (talk_is_running(house->data)) {
        snprintf(out_text, size, "a station is using it: perron status tells how it is");
        return FINE;
    }
    enum rc rc = strncmp(address, wedge, sizeof wedge - 1) == 0
                     ? reader_open_wedge(address + sizeof wedge - 1, &reader)
                     : reader_open_child(house->reader_program, address, NULL, &reader);
    if (rc) {
        snprintf(out_text, size, "%s: %s", address, rc_text(rc));
        return TROUBLE;
    }
    enum finding finding = wait_for_reader(reader, out_text, size);
    reader_close(reader);
    return finding;
}
