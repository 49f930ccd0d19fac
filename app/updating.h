/*
 * updating.h - a new version of Perron, as far as the station has to do with it: found on the stick
 * or the boot partition, shown, copied and checked by the porter, handed to root's side
 * (update_root.h) by way of the machine; and what root's side says of it. The station executes
 * nothing and installs nothing. The loop's thread only.
 */
#ifndef APP_UPDATING_H
#define APP_UPDATING_H

#include "app/ui/ask.h"
#include "app/update_take.h"
#include "firmware/port/machine.h"

struct station;

enum updating_stage {
    UPDATING_RESTS,
    UPDATING_COPIES,
    UPDATING_BEGINS, /* the machine was asked */
    UPDATING_AWAITS  /* root's side has something to say soon */
};

struct updating {
    enum updating_stage stage;
    struct update_found on_stick;
    bool has_on_stick;
    struct update_found found; /* the one that was shown last */
    bool has_found, is_found_on_boot;
    int64_t look_ms, until_ms;  /* while it awaits */
    int64_t said_ms, said_file; /* of what was said before: not an answer */
};

/* What was brought last time and is not needed any more goes. */
void updating_open(struct station *station);

/* On the porter's thread, of a stick's files: with the station's key and version. */
bool updating_find(const struct station *station, const char *root, struct update_found *out_found);

/* ASK_UPDATE, ASK_INSTALL. */
void updating_tell(struct station *station, const struct ask *ask);
void updating_install(struct station *station, const struct ask *ask);

/* The machine has answered. */
void updating_hear(struct station *station, const struct machine_event *event);

/* Looks whether root's side has said something; when it is to be called again. */
void updating_serve(struct station *station);
int64_t updating_due_ms(const struct station *station);

/*
 * How the last one ended, in that language, and whether that is bad; `has_why`: the reason behind
 * it, and where the other version is; else it is brief. False: there was none.
 */
bool updating_say_last(const struct station *station, enum language language, bool has_why,
                       char *out_text, size_t size, bool *out_is_bad);

#endif
