/*
 * update_root.h - root's side of an update: takes what the station brought, believes nothing of it,
 * installs it, and goes back where the new version does not come up. For perron-update.service and
 * perron-update-settle.service; one process at a time (a lock in `kept`).
 *
 * In `kept`, a folder of root's own:
 *     state         update_state.h's, written durably before each step
 *     new.deb       what is being installed, checked
 *     current.deb   the package of the version that runs: what there is to go back to
 *     previous.deb  the one before it, or what an image was built with
 *
 * In `run`, for the station to read: said (the same as state, and what was refused).
 *
 * Root's own copy of the program that worked last lies in UPDATE_GUARD_FOLDER of the root, outside
 * any package: it settles an update also where the new program cannot even be started.
 */
#ifndef APP_UPDATE_ROOT_H
#define APP_UPDATE_ROOT_H

#include <stdbool.h>

#include "app/update_state.h"

#define UPDATE_KEPT "/var/lib/perron-update"
#define UPDATE_RUN "/run/perron-update"
#define UPDATE_SAID "said"
#define UPDATE_PROGRAM "/usr/lib/perron/perron"
#define UPDATE_GUARD_FOLDER "/usr/lib/perron-update"
#define UPDATE_GUARD "perron"
#define UPDATE_FACTORY "factory.deb" /* in UPDATE_GUARD_FOLDER: what an image was built with */
#define UPDATE_UNIT "perron.service"
#define UPDATE_BROUGHT "update" /* in the data folder: what the station brought */

struct update_places {
    const char *data; /* the station's data folder */
    const char *kept, *run, *key;
    const char *root; /* where packages are: packages_root() */
    bool stays_on;    /* the computer is not started again */
    int patience_ms;  /* for a station that has to come up */
    int installer_ms; /* for another program that installs packages; before it begins, a tenth */
};

/* Defaults of an installed machine. */
struct update_places update_places_default(void);

/*
 * What the station brought; but where one before was killed half done, that goes back first. What
 * it came to is in *out_state and said to the station: refused, under way (the computer starts
 * again), or gone back. RC_OK whatever came of it; else it could not
 * even be tried, with a sentence.
 */
enum rc update_apply(const struct update_places *places, struct update_state *out_state,
                     struct reason *out_reason) MUST_CHECK;

/* After the computer's start: goes on with what is under way, and says to the station how it is. */
enum rc update_settle(const struct update_places *places, struct update_state *out_state,
                      struct reason *out_reason) MUST_CHECK;

/* The package of the version that is installed: kept to go back to. With a sentence. */
enum rc update_keep(const struct update_places *places, const char *path,
                    struct reason *out_reason) MUST_CHECK;

#endif
