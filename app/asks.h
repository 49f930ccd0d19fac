/*
 * asks.h - what the screen asks of the station, done: one row per kind of ask (app/ui/ask.h).
 *
 * Some are done at once, most go to the writer's thread and come back. What they come to is told to
 * the screen as a struct told, or shown as a result of its own. The loop's thread only.
 */
#ifndef APP_ASKS_H
#define APP_ASKS_H

#include "app/secrets.h"
#include "app/taps.h"
#include "app/ui/ask.h"

struct station;

/* Does it, or begins to. */
void asks_take(struct station *station, const struct ask *ask);

/* Tells the screen what came of it; what the screen asks then is done, too. */
void asks_tell(struct station *station, const struct told *told);

/* A badge that the screen had claimed. */
void asks_claimed(struct station *station, const struct taps_event *event);

/* A PIN or a code was tried, or a code made. False where the screen had not asked for it. */
bool asks_hear(struct station *station, const struct secrets_event *event);

/* What a page asked because time went by. */
void asks_take_late(struct station *station);

/* The computer did, or did not do, what staff asked of it. */
void asks_hear_machine(struct station *station);

#endif
