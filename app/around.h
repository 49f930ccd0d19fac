/*
 * around.h - the station looks around in its register: who is in the house, what is on, the votes
 * at an assembly, where hands are needed; and whether perron.conf or circles.conf was changed. The
 * screen hears of it later, and again when it changes by itself. The loop's thread only.
 */
#ifndef APP_AROUND_H
#define APP_AROUND_H

struct station;

void around_look(struct station *station);

#endif
