/*
 * retention.h - the station forgets newcomers who never came back, by itself: once a day, while
 * nobody waits for it. The loop's thread only.
 */
#ifndef APP_RETENTION_H
#define APP_RETENTION_H

struct station;

/* Called again and again; forgets a part of them where it is time, and nothing else is to do. */
void retention_look(struct station *station);

#endif
