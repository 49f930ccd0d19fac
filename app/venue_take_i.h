/*
 * venue_take_i.h - what venue_take.c, venue_take_copy.c (out of a folder that nobody trusts) and
 * venue_take_swap.c (into place) share.
 */
#ifndef APP_VENUE_TAKE_I_H
#define APP_VENUE_TAKE_I_H

#include "app/venue_take.h"

#define VENUE_TAKE_PART "venue.part"
#define VENUE_TAKE_ENTRIES 1000 /* of a folder that a venue's files are in */

struct venue_take {
    char data[PATH_MAX];
    int data_fd; /* holds the lock */
    int part_fd;
    int welcome_fd;  /* in it; below 0: there is no welcome */
    unsigned wanted; /* 1 << enum venue_part: nothing else is looked at */
    unsigned parts;  /* of these, what comes along */
    char names[VENUE_TAKE_FILES][VENUE_TAKE_NAME_BYTES];
    int count;
    struct problems problems;
    char unused[VENUE_TAKE_UNUSED][VENUE_TAKE_NAME_BYTES];
    int unused_count, unused_beyond;
};

/* Copies what is known; what cannot be copied is a problem. A sentence comes with each failure. */
enum rc venue_take_copy(struct venue_take *take, int from, struct reason *reason) MUST_CHECK;

/* Has it a copy of that name? */
bool venue_take_has(const struct venue_take *take, const char *name);

/* A new folder in one of the data folder's, whoever runs this. */
enum rc venue_take_make_folder(const struct venue_take *take, int at, const char *name,
                               int *out_fd) MUST_CHECK;

/* The lock of whoever takes. RC_BUSY: somebody has it. */
enum rc venue_take_lock(int data_fd) MUST_CHECK;

/* Brings a folder's names to the device; where a file system cannot do that it does so itself. */
enum rc venue_take_sync(int folder) MUST_CHECK;

/* Moves what is in venue.next into place, if there is such a folder. */
enum rc venue_take_complete(int data_fd) MUST_CHECK;

#endif
