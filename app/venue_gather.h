/*
 * venue_gather.h - what a house set, all of one moment: perron.conf, circles.conf and welcome, as
 * venue_take takes them in again elsewhere.
 *
 * Plain data in memory, some two megabytes at most. Any thread; blocks as long as the disk does,
 * and up to a second while somebody changes these files.
 */
#ifndef APP_VENUE_GATHER_H
#define APP_VENUE_GATHER_H

#include <stdint.h>

#include "app/venue_take.h"

struct venue_gathered_file {
    char name[VENUE_TAKE_NAME_BYTES]; /* "welcome/hello.fr.txt" */
    char *bytes;
    size_t length;
};

struct venue_gathered {
    struct venue_gathered_file files[VENUE_TAKE_FILES]; /* by name */
    int count;
    struct problems left_out; /* what no station takes: file, and why as a source text */
};

/*
 * Reads them out of the data folder with the limits of venue_take, through no link; nothing else of
 * it. None at all is RC_OK. RC_BUSY: they go on changing; always with a sentence.
 */
enum rc venue_gather(const char *data, struct venue_gathered **out_gathered,
                     struct reason *out_reason) MUST_CHECK;

/* Takes NULL. */
void venue_gather_free(struct venue_gathered *gathered);

/* About how many bytes they take on a stick. */
int64_t venue_gather_size(const char *data);

#endif
