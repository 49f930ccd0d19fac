/*
 * station_i.h - the inside of a station, shared by station_open.c (how it begins and ends),
 * station.c (the loop) and desk.c (what commands and players ask of it). Nobody else includes it.
 */
#ifndef APP_STATION_I_H
#define APP_STATION_I_H

#include "app/control.h"
#include "app/secrets.h"
#include "app/station.h"
#include "app/store/folder.h"
#include "app/taps.h"
#include "app/tray.h"
#include "app/ui/sound.h"
#include "app/ui/stage.h"
#include "app/ui/window.h"
#include "app/ui/words.h"
#include "firmware/device/cue.h"
#include "firmware/port/reader.h"

struct station {
    struct station_config config;
    struct clock *clock;
    struct trace *trace;
    struct venue venue;
    bool has_venue; /* else `venue` is the default one */

    /* the service: all there while is_serving, what was opened so far while not */
    bool is_serving;
    struct reason fault;    /* why not */
    bool has_lost_register; /* while it served: no new one is begun in its place */
    int64_t retry_ms;
    struct folder *folder;
    struct control *control;
    struct writer *writer;
    struct taps *taps;
    struct secrets *secrets;
    struct reader *reader;

    /* the face: there from the start */
    struct pins *pins;
    struct speaker *speaker;
    struct cue_player *cues;
    struct stage *stage;
    struct window *window;

    bool has_sim_reader;
    bool is_reader_resting;
    char reader_text[160];
    bool is_exposed;
    bool is_stopping;
    int here;
    int tasks;           /* of the desk, with the writer */
    int checking_client; /* of the desk, waits for the secret that is tried; -1: none */
    int64_t clock_look_ms;
    int64_t clock_offset_ms;
    enum clock_trust clock_trust;
    struct tray tray;
};

/* Tries to open what is missing; shows why where it cannot be. */
void station_try_to_serve(struct station *station);

/* The register is not there any more, or another: serves no longer, and tells why. */
void station_lose_register(struct station *station);

void station_draw(struct station *station);

#endif
