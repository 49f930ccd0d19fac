/*
 * ics_i.h - the inside of struct ics, for ics*.c only.
 */
#ifndef APP_EXCHANGE_ICS_I_H
#define APP_EXCHANGE_ICS_I_H

#include <libical/ical.h>

#include "app/exchange/ics.h"
#include "app/exchange/wall.h"

#define ICS_ZONES 64

/* A part of the text, with what had to be known before it is read. */
struct ics_block {
    size_t at, length;
    int line;
    char *uid;         /* NULL: none yet */
    const char *fault; /* why it cannot be read */
};

struct ics_zone {
    char name[128];
    icaltimezone *zone; /* NULL: the venue's */
    bool is_own;        /* from the file, and to free */
    bool is_unknown;    /* so the venue's */
};

struct ics {
    char *text; /* unfolded, events and zones only */
    size_t length;
    struct ics_block *blocks;
    size_t count, capacity;
    struct ics_zone zones[ICS_ZONES];
    int zone_count;
    int calendars; /* begun and not ended */
    bool is_cut, is_calendar;
    bool is_message, is_cancelling; /* METHOD: REQUEST and the like, CANCEL (RFC 5546) */
    size_t controls;
    int64_t days; /* searched so far */
};

struct ics_times {
    icalcomponent *component;
    const struct ics_zone *zone;
};

/* Cuts the file. RC_LIMIT beyond ICS_EVENTS, RC_NO_MEMORY. */
enum rc ics_split(struct ics *ics, const char *bytes, size_t length) MUST_CHECK;

/* A part of the text for Libical, in UTF-8; free() it, NULL without memory. */
char *ics_copy_block(const struct ics *ics, const struct ics_block *block, bool is_event);

/* Takes a VTIMEZONE of the file; one that is no good is passed over. */
enum rc ics_add_zone(struct ics *ics, const struct ics_block *block) MUST_CHECK;

/* The zone of that name: the file's, else the system's, else the venue's, and is_unknown. */
const struct ics_zone *ics_find_zone(struct ics *ics, const char *name);
void ics_close_zones(struct ics *ics);

/* For wall_to_utc_s. `zone` NULL: the venue's. */
struct wall_zone ics_wall_zone(const struct ics_zone *zone);
const struct ics_zone *ics_utc(void);

/* A time as Libical has it, and back; its zone is not looked at. */
int64_t ics_wall(struct icaltimetype time);

/* The zone that a property's time is in. */
const struct ics_zone *ics_zone_of(struct ics *ics, icalproperty *property,
                                   struct icaltimetype time);

/* The moment a property's time means, and the day on its wall. */
int64_t ics_moment_ms(struct ics *ics, icalproperty *property, struct icaltimetype time);

void ics_note(struct ics_event *event, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
