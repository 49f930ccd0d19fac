/*
 * load.h - the USB stick as the screen sees it: what is plugged in, what is carried to it or from
 * it, and what came of that. The station tells the stage (stage_set_load), pages read it. Plain
 * data, copied freely.
 */
#ifndef APP_UI_LOAD_H
#define APP_UI_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/port/stick.h"

enum load_stand {
    LOAD_AWAY,    /* no stick is plugged in */
    LOAD_THERE,   /* one is, and nothing on it was looked at: that takes staff */
    LOAD_OPENING, /* staff asked for it */
    LOAD_OPEN,    /* its files can be read and written */
    LOAD_CLOSING, /* it is being let go */
    LOAD_LOOSE    /* everything is on it: it may be pulled out */
};

enum load_work {
    LOAD_RESTS,
    LOAD_LOOKS, /* for lists that could come in; nobody has to wait for it */
    LOAD_EXPORTS,
    LOAD_PRINTS,
    LOAD_DIAGNOSES,
    LOAD_GIVES, /* one person's own data, for them to take along */
    LOAD_READS, /* a list, to be shown */
    LOAD_TAKES  /* the list that was shown */
};

enum load_stage { LOAD_GATHERS, LOAD_WRITES, LOAD_CHECKS, LOAD_NOTES };

enum load_end {
    LOAD_NO_END,
    LOAD_DONE,
    LOAD_FAILED,  /* `why` */
    LOAD_STOPPED, /* by who had begun it */
    LOAD_CUT      /* the stick was pulled out meanwhile */
};

/* What went out, by table; below 0: that one was not chosen. */
enum load_table { LOAD_VISITS, LOAD_HOURS, LOAD_PEOPLE, LOAD_NEWCOMERS, LOAD_TABLES };

struct load {
    enum load_stand stand;
    struct stick_info info;
    int found;       /* lists on it that could come in; below 0: nobody has looked yet */
    bool has_update; /* a new version of Perron is on it, whether it can be installed or not */

    enum load_work work; /* under way */
    enum load_stage stage;
    int percent; /* of all of it */

    /* what came of the last one that people wait for */
    enum load_work did;
    enum load_end end;
    struct reason why; /* of LOAD_FAILED */
    char folder[96];   /* or file: what is on it now; "" */
    bool is_sealed;    /* and only who has the key can read it */
    bool is_since;     /* it was what is new since last time */
    char naming[64];   /* files that name everybody, where the house hides who came; "" */
    int64_t rows[LOAD_TABLES];
    struct {
        int count; /* of the house's files, that could not go along */
        char file[80];
        char why[120]; /* of the first; a source text */
    } left_out;
};

#endif
