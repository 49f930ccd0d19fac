/*
 * role.h - what a person may do at the station beyond their own taps: a role, and its rights.
 *
 * Roles are the same in every venue; beyond them a venue may give rights to a circle, and then all
 * its members have them (circle.h). Pure; any thread.
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

/* Several rights: 1 << enum right. */
unsigned role_rights(enum role role);

bool rights_may(unsigned rights, enum right right);

/* The same of a role alone. */
bool role_may(enum role role, enum right right);

/* Is there anything behind the staff door for them? */
bool rights_open_staff_mode(unsigned rights);

/* And does it take a PIN? Who is here, and who promised what, opens with the badge alone. */
bool rights_take_pin(unsigned rights);

/* "roll-call", "badges", ...: as a venue's files call them; and back, RIGHT_COUNT for none. */
const char *right_name(enum right right);
enum right right_from_name(const char *name);

#endif
