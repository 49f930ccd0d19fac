/*
 * venue_files.h - what a house wrote, as files in a folder: perron.conf, circles.conf and welcome.
 *
 * Which names there are, and all that is wrong in them, for a command and for what comes from a
 * stick alike. One thread; blocks as long as the device does.
 */
#ifndef APP_VENUE_FILES_H
#define APP_VENUE_FILES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "app/circles.h"
#include "app/guides.h"
#include "app/problems.h"

#define VENUE_FILES_FOLDER "venue" /* what they are in on a stick */

enum venue_part { VENUE_SETTINGS, VENUE_CIRCLES, VENUE_WELCOME, VENUE_PART_COUNT };

/* "perron.conf", "circles.conf", "welcome". */
const char *venue_part_name(enum venue_part part);

/* The part's path in a folder; false where it would be too long. */
bool venue_part_path(const char *folder, enum venue_part part, char out_path[PATH_MAX]);

/* The most files a welcome can have, and the most bytes one of that name; 0: there is none. */
#define VENUE_WELCOME_FILES                                                                        \
    (2 + GUIDE_STEP_COUNT * LANGUAGE_COUNT + GUIDE_MISSIONS_MAX * LANGUAGE_COUNT)
size_t venue_welcome_bytes(const char *name);

struct venue_check {
    char paths[VENUE_PART_COUNT][PATH_MAX]; /* each may be missing, but not the welcome */
    bool skips_welcome;                     /* it is not looked at */
    bool skips_room;                        /* nothing is drawn, and `tight` stays empty */

    /* What was found. */
    struct problems wrong; /* what cannot be used so */
    struct problems tight; /* what the smallest screens have no room for */
    struct circle_list circles;
    struct guide *guide; /* NULL where the welcome is not as it should be; guides_free it */
};

/* RC_OK also where something is wrong; else what the system says. */
enum rc venue_check_files(struct venue_check *check) MUST_CHECK;

#endif
