/*
 * desk.h - what commands and players ask of a running station: one row per verb.
 *
 * The part of the station that serves hands other than a visitor's. The loop's thread only.
 */
#ifndef APP_DESK_H
#define APP_DESK_H

#include "firmware/base/json.h"
#include "firmware/base/rc.h"

struct station;

/* Serves the requests that came in over the control socket. */
void desk_serve(struct station *station);

/* How the station is, as `perron status` has it; json_decref it. NULL without memory. */
json_t *desk_status(const struct station *station);

/* Somebody touched a badge of the tray. */
void desk_tap_tray(struct station *station, int place);

#endif
