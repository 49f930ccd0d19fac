/*
 * retention.h - what the station does not want to know any more goes by itself: newcomers who never
 * came back, who was where at what is only counted, visits and guests' names of long ago. Each at
 * its own times, a part at a time, while nobody waits for it. The loop's thread only.
 */
#ifndef APP_RETENTION_H
#define APP_RETENTION_H

#define RETENTION_DUTIES 4

struct station;

/* Called again and again; does a part of what it is time for, when nothing else is to do. */
void retention_look(struct station *station);

#endif
