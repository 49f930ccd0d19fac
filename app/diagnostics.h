/*
 * diagnostics.h - how a station is, as one text without personal data, for whoever helps from afar.
 *
 * Numbers, versions and states. No name, number, address or badge of anybody, no name of the house,
 * no path: nothing that people typed is copied, it is only counted. Lines of the log are not in it,
 * since one may name somebody. Blocks as long as the register takes to be verified. The
 * venue's time zone is the process's. Any thread.
 */
#ifndef APP_DIAGNOSTICS_H
#define APP_DIAGNOSTICS_H

#include "app/exchange/sink.h"
#include "firmware/base/clock.h"
#include "firmware/base/json.h"
#include "firmware/device/board.h"
#include "firmware/port/machine.h"

struct diagnostics {
    const char *data; /* the data folder */
    struct clock_reading now;
    const struct board *board;           /* NULL: not known */
    const struct machine_health *health; /* NULL: not known */
    const json_t *status; /* what a running station says of itself (desk.c); NULL: none runs */
};

/* What the sink says. What cannot be looked at says why, in its line. */
enum rc diagnostics_write(const struct diagnostics *diagnostics,
                          const struct sink *sink) MUST_CHECK;

#endif
