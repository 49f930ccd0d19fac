/*
 * role.h - what a person may do at the station beyond their own taps: a role, and its rights.
 *
 * The same in every venue: a role is given to somebody, a right is never given alone. Pure; any
 * thread.
 */
#ifndef APP_DOMAIN_ROLE_H
#define APP_DOMAIN_ROLE_H

#include <stdbool.h>

/* Kept in views by number and in facts by name: never renumber or rename, only add. */
enum role {
    ROLE_NONE = 0,
    ROLE_HOST = 1,     /* welcomes at the door */
    ROLE_REFERENT = 2, /* answers for a shift or a circle */
    ROLE_STAFF = 3,
    ROLE_COUNT
};

enum right {
    RIGHT_VOUCH,     /* to tap for somebody who has no badge with them */
    RIGHT_ROLL_CALL, /* to see who is in the house */
    RIGHT_BADGES,    /* to give, replace and withdraw them */
    RIGHT_CORRECT,   /* visits, always with a reason */
    RIGHT_ROTA,      /* to see who promised what, to sign people up, to sign a shift off */
    RIGHT_OCCASION,  /* to say what is on now, and what takes place */
    RIGHT_MACHINE,   /* clock, volume, restart */
    RIGHT_ROLES,     /* to say who has which, and to forget somebody */
    RIGHT_EXPORT,    /* to take the register out on a stick, and lists in */
    RIGHT_COUNT
};

/* "host", "referent", "staff"; "" for ROLE_NONE. */
const char *role_name(enum role role);

/* The role of that name; ROLE_NONE for "", NULL and names of a newer version. */
enum role role_from_name(const char *name);

bool role_may(enum role role, enum right right);

/* Is there anything behind the staff door for this role? */
bool role_opens_staff_mode(enum role role);

#endif
