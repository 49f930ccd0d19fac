/*
 * cue.h - what lamps and tones say: patterns as tables, named by meaning.
 *
 * In, out, question and "not recorded" differ in lamp and in rhythm, so that neither colour nor
 * pitch has to be told apart. Red means only that Perron failed. The buzzer follows the tones for
 * houses without a speaker. Time is an argument; the loop's thread only.
 */
#ifndef FIRMWARE_DEVICE_CUE_H
#define FIRMWARE_DEVICE_CUE_H

#include <stdint.h>

#include "firmware/port/pins.h"
#include "firmware/port/speaker.h"

enum cue {
    CUE_NONE,
    CUE_SEEN,         /* the badge was read; what it means comes next */
    CUE_ARRIVAL,      /* green, two tones rising */
    CUE_DEPARTURE,    /* blue, two tones falling */
    CUE_QUESTION,     /* blue flashing, one tone twice */
    CUE_UNKNOWN,      /* blue flashing slowly, one low tone */
    CUE_CLAIMED,      /* the badge was what a screen waited for: both colours, one short tone */
    CUE_CALL,         /* somebody is asked to come: blue flashing for long, three tones */
    CUE_NOT_RECORDED, /* red, three low tones */
    CUE_FAULT,        /* red flashing */
    CUE_COUNT
};

struct cue_player;

/* `pins` or `speaker` may be NULL: a house without lamps still hears. Both outlive the player. */
enum rc cue_open(struct pins *pins, struct speaker *speaker,
                 struct cue_player **out_player) MUST_CHECK;

/* Lamps off. Takes NULL. */
void cue_close(struct cue_player *player);

/* Plays a cue from its beginning; the one that was playing is broken off, its lamps go out. */
void cue_play(struct cue_player *player, enum cue cue, int64_t now_ms);

/* When cue_step has something to do; INT64_MAX: never. */
int64_t cue_due_ms(const struct cue_player *player);

/* Does what is due. A line or tone that fails is passed over: the screen says it too. */
void cue_step(struct cue_player *player, int64_t now_ms);

#endif
