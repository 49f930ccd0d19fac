/*
 * update_state.h - how far an update is, and what comes next: a table over what is remembered and
 * what happened. Root's side of it (update_root.h) remembers each state durably before it does what
 * the table says, so that a power cut at any moment ends in the old version or in the new one.
 *
 *     installing   dpkg is at it               cut: the old one is installed again
 *     trying       the new one has to come up  three starts at most
 *     returning    the old one is installed again; where that fails three more times it is stuck
 *     installed, returned, stuck               it is over
 *
 * Pure but for reading and writing; any thread.
 */
#ifndef APP_UPDATE_STATE_H
#define APP_UPDATE_STATE_H

#include <stdbool.h>

#include "firmware/base/rc.h"

enum update_step {
    UPDATE_NONE, /* there never was one */
    UPDATE_INSTALLING,
    UPDATE_TRYING,
    UPDATE_RETURNING,
    UPDATE_INSTALLED, /* the new one came up, and stays */
    UPDATE_RETURNED,  /* the old one is back: `why` */
    UPDATE_STUCK,     /* neither could be installed: somebody has to come */
    UPDATE_REFUSED,   /* nothing was begun: `why`; told, and never remembered */
    UPDATE_STEP_COUNT
};

/* Why it ended as it did; each has a sentence. */
enum update_why {
    UPDATE_WHY_NONE,
    /* back to the old one */
    UPDATE_WHY_CUT,     /* interrupted while it was being installed: a power cut, most often */
    UPDATE_WHY_INSTALL, /* the system could not install it */
    UPDATE_WHY_BROKEN,  /* it is installed, and does not even say its version */
    UPDATE_WHY_SILENT,  /* it did not come up in two minutes */
    UPDATE_WHY_STARTS,  /* the computer started three times, and it never came up */
    /* refused */
    UPDATE_WHY_NO_KEY,
    UPDATE_WHY_BAD_KEY,
    UPDATE_WHY_NO_FILE,   /* no package, or no line beside it */
    UPDATE_WHY_NO_CLAIM,  /* the line beside it is none */
    UPDATE_WHY_SIGNATURE, /* signed by somebody else, or changed since */
    UPDATE_WHY_FILE,      /* the package is not the one that was signed */
    UPDATE_WHY_LARGE,
    UPDATE_WHY_PACKAGE,      /* another package than Perron's */
    UPDATE_WHY_ARCHITECTURE, /* for another kind of computer */
    UPDATE_WHY_OLDER,
    UPDATE_WHY_SAME,
    UPDATE_WHY_OTHERWISE,   /* the package says otherwise of itself than what was signed */
    UPDATE_WHY_NO_WAY_BACK, /* the package of the version that runs is not kept */
    UPDATE_WHY_FULL,
    UPDATE_WHY_BUSY,    /* another one is under way, or something else of the system's */
    UPDATE_WHY_GONE,    /* the stick was pulled out */
    UPDATE_WHY_DISK,    /* where it lies it cannot be read */
    UPDATE_WHY_STATION, /* what is the station's own cannot be read or written */
    UPDATE_WHY_SYSTEM,  /* the system does not let the station ask for it, or has no such service */
    UPDATE_WHY_COUNT
};

#define UPDATE_TRIES 3

struct update_state {
    enum update_step step;
    enum update_why why;
    char from[64], to[64]; /* versions */
    int tries;
    char detail[200]; /* for the log and for who maintains it: English; "" */
};

enum update_event {
    UPDATE_ASKED,  /* a checked package lies there */
    UPDATE_START,  /* the computer has started */
    UPDATE_DONE,   /* what was to be installed is */
    UPDATE_FAILED, /* it is not: `why` is kept */
    UPDATE_UP,     /* the station of the new version answers */
    UPDATE_DOWN,   /* it does not, after its time */
    UPDATE_EVENT_COUNT
};

enum update_act {
    UPDATE_REST,        /* nothing more to do */
    UPDATE_INSTALL_NEW, /* then DONE or FAILED */
    UPDATE_INSTALL_OLD, /* the same */
    UPDATE_WAIT,        /* for the station: then UP or DOWN */
    UPDATE_RESTART,     /* the computer; what is left goes on at its start */
    UPDATE_TIDY,        /* keep the new package as the one to go back to, or put it away */
};

/* The act after what happened; *state is to be remembered before. */
enum update_act update_state_go(struct update_state *state, enum update_event event,
                                enum update_why why);

/* Is one under way? */
bool update_state_is_open(enum update_step step);

/* "installing", ...: for files, commands and traces. */
const char *update_step_name(enum update_step step);

/* The reason as a source text for words(), also for commands. "" for UPDATE_WHY_NONE. */
const char *update_why_text(enum update_why why);

/* One object of JSON on one line; free() it. NULL without memory. */
char *update_state_write(const struct update_state *state);

/* RC_NOT_FOUND: there is no such file; RC_BAD_INPUT: it is none of ours. */
enum rc update_state_read(const char *path, struct update_state *out_state) MUST_CHECK;

#endif
