/*
 * place.h - a copy of the demo's house for each test: to play stories in, or to be served by a
 * station without a screen that anybody touches, whose asks a test makes by hand.
 *
 * What should work and doesn't ends the test with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_PLACE_H
#define TESTS_SUPPORT_PLACE_H

#include "app/asks.h"
#include "app/station.h"
#include "app/store/folder.h"

#define PLACE_NOON_MS INT64_C(1795604400000) /* 2026-11-25 11:00 UTC */

struct place {
    char made[40], data[40];
    struct reason reason;
};

/* As cmocka's set-up and tear-down of a group, and of each test; *state is the place. */
int place_make(void **state);
int place_remove(void **state);
int place_copy(void **state);
int place_remove_copy(void **state);

/* Plays the steps; the reason is in place->reason. */
enum rc place_play(struct place *place, const char *begin, const char *steps) MUST_CHECK;

/* They go as they say. */
void place_expect(struct place *place, const char *begin, const char *steps);

/* The register at noon, before a station has it. */
struct place_register {
    struct clock *clock;
    struct clock_reading now;
    struct folder *folder;
    struct journal *journal;
};

struct place_register place_open(struct place *place);
void place_close(struct place_register *opened);

/* Whose number that is. */
struct fact_id place_find(struct place *place, const char *number);

/*
 * A station that serves it. `stick` NULL: none; else a folder. Its boot partition is the folder
 * boot in the data folder, where that is there, and its key to know updates by the file update.pub.
 */
struct place_served {
    struct clock *clock;
    struct trace *trace;
    struct station *station;
};

struct place_served place_serve(struct place *place, const char *stick);
void place_close_served(struct place_served *served);

/* Somebody asks; returns once there is nothing left to do. */
void place_ask(struct place_served *served, struct ask ask, struct fact_id by);

/* Is there such a line among the effects? */
bool place_has_line(struct place_served *served, const char *line);

#endif
