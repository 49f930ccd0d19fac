/*
 * station.h - the loop's hands: device events in, facts out, scenes and cues told.
 *
 * The one place, with main, that sees everything. It decides nothing itself: what a tap means is
 * domain's, what is recorded is store's, how it looks is ui's. One thread; nothing in here waits
 * for a device or a disk.
 */
#ifndef APP_STATION_H
#define APP_STATION_H

#include <stdbool.h>

#include "app/venue.h"
#include "firmware/base/clock.h"
#include "firmware/base/trace.h"
#include "firmware/device/board.h"

struct canvas;
struct stage;
struct station;
struct watchdog;

struct station_config {
    const char *data;           /* the data folder */
    const char *reader;         /* "sim", "wedge:/dev/input/...", or a libnfc address */
    const char *reader_program; /* path of perron-reader, for libnfc addresses */
    const char *locale_dir;     /* where the translations are */
    const char *venue_dir;      /* what a house has that set nothing; NULL: as little as can be */
    const struct board *board;
    const char *stick; /* "sim": one for players; "sim:DIR": with DIR plugged in; NULL: this
                          machine's on a board that stands for itself, else "sim" */
    const char *boot;  /* the boot partition's folder: station_boot.c; NULL: none */
    const struct reason *board_mistake; /* why the board's file there was not taken; NULL: it was,
                                           or there is none */
    const char *update_key;             /* to know updates by; NULL: that of the machine */
    const char *update_run; /* where root's side of an update says something; NULL: the same */
    bool is_headless;       /* draws, but into memory */
    const char *tray;       /* a list whose badges can be touched under the picture; NULL: none */
    struct clock *clock;    /* outlives the station */
    struct trace *trace;    /* outlives the station; NULL: nobody listens */
    struct watchdog *watchdog; /* outlives the station; NULL: nobody watches */
};

/*
 * Shows the first picture and opens the rest. A register or settings that cannot be opened (a full
 * disk, a damaged file, a newer version) are a fault on the screen, tried again every five seconds;
 * a screen that cannot be opened and a folder that another station has (RC_BUSY) are failures, with
 * a sentence. What the config points at outlives the station.
 */
enum rc station_open(const struct station_config *config, struct station **out_station,
                     struct reason *out_reason) MUST_CHECK;

/* Finishes what was begun, then closes everything. Takes NULL. */
void station_close(struct station *station);

/*
 * Waits at most `wait_ms` for something to happen, and sees to it. RC_GONE: the window was closed,
 * or a command asked to stop.
 */
enum rc station_step(struct station *station, int wait_ms) MUST_CHECK;

/* Does it take badges? Else a fault is shown. */
bool station_is_serving(const struct station *station);

/* Is nothing under way: no tap on its way to the disk, no picture to draw? */
bool station_is_idle(const struct station *station);

/* Where its window would open, as "x11, 1280 x 1024 pixels". RC_UNSUPPORTED: nowhere. */
enum rc station_describe_display(char *out_text, size_t size) MUST_CHECK;

/* --- for players: what a hand or an eye in front of it would do --- */

/* A badge on the simulated reader. RC_UNSUPPORTED with a real one. */
enum rc station_present(struct station *station, const char *badge_text) MUST_CHECK;
enum rc station_remove(struct station *station) MUST_CHECK;
enum rc station_plug(struct station *station, bool is_plugged) MUST_CHECK;

/* The button beside the door is down, or up. RC_UNSUPPORTED on a board with pins. */
enum rc station_push(struct station *station, bool is_down) MUST_CHECK;

/*
 * A folder as a USB stick, or it is pulled out. `how`: "", a name of stick_trouble_name,
 * "read-only", "full" or "stuck" (it cannot be opened). RC_UNSUPPORTED where sticks are real ones.
 */
enum rc station_plug_stick(struct station *station, const char *folder, const char *how) MUST_CHECK;
enum rc station_pull_stick(struct station *station) MUST_CHECK;

/* What is carried stops on its way until it may go on: for stories in which others tap meanwhile.
 */
void station_hold_stick(struct station *station, bool is_held);

/* The scene and the results above it: "resting", "greeting", "greeting+goodbye". */
const char *station_scene(const struct station *station);

/* People in the house, as the screen has it. */
int station_here(const struct station *station);

/* What stands on the screen, and the picture of it drawn last; for whoever looks closely. */
const struct stage *station_stage(const struct station *station);
const struct canvas *station_canvas(const struct station *station);

/* Touches the first button of that name on the screen ("undo", "leave", "back", "call"). */
enum rc station_press(struct station *station, const char *button) MUST_CHECK;

/* A finger on the panel, in millimetres; phase: enum stage_touch. */
void station_touch(struct station *station, int phase, double x, double y);

/* Writes the picture as PNG. */
enum rc station_screenshot(struct station *station, const char *path) MUST_CHECK;

#endif
