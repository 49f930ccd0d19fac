/*
 * room.h - a folder for each test of parcels, and parcels sent into it. What cannot be done there
 * ends the program. One at a time; one thread.
 */
#ifndef TESTS_SUPPORT_ROOM_H
#define TESTS_SUPPORT_ROOM_H

#include <stdbool.h>

#include "app/exchange/parcel.h"

#define ROOM_NAME "2026-11-26_l-epi-commun"
#define ROOM_PART "." ROOM_NAME ".part" /* while it is written */
#define ROOM_WELCOME "venue/welcome/"

extern char room_root[64];

/* Of that name, into the room, sealed to nobody, watched by nobody. */
extern const struct parcel_config room_plain;

/* 0, or what cmocka takes for a failure. */
int room_make(void);
int room_remove(void);

/* A line of shell with the room as the folder it runs in; its exit status as system gives it. */
int room_shell(const char *command);

/* A name in the room as a path; valid until the next call. */
const char *room_path(const char *name);

/* Is there such a name, be it a link that leads nowhere? */
bool room_has(const char *name);

void room_put(const char *name, const char *text);

/* Names in the room but for `but`. */
int room_count_others(const char *but);

/* A file of the parcel, with that in it. */
enum rc room_add(struct parcel *parcel, const char *name, const char *text) MUST_CHECK;

/* A parcel of four files: visits.csv, empty.csv and two texts of a welcome. */
enum rc room_send(const struct parcel_config *config, char *out_name,
                  struct reason *out_reason) MUST_CHECK;

#endif
