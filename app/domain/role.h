/*
 * role.h - what a person may do at the station beyond their own taps: a role, and its rights.
 *
 * Roles are the same in every venue; beyond them a venue may give rights to a circle, and then all
 * its members have them (circle.h). In a house of several organisations a role or a circle may be
 * of one of them: then its rights reach that one's people, visits and occasions, and nothing that
 * is everybody's. Pure; any thread.
 */
#ifndef APP_DOMAIN_ROLE_H
#define APP_DOMAIN_ROLE_H

#include <stdbool.h>

#include "app/domain/fact.h"

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

/* --- how far rights reach --- */

/* None reaches nobody; that is also what an empty one says. */
enum reach_kind { REACH_NOBODY, REACH_ONE, REACH_HOUSE };

struct reach {
    enum reach_kind kind;
    struct fact_id organisation; /* REACH_ONE: whose */
};

/* Is what is that organisation's (none: the house's own) within it? */
bool reach_covers(struct reach reach, struct fact_id organisation);

/* What somebody may in all: by what is the house's, and by a role and a circle of organisations. */
#define MANDATE_PARTS 2

struct mandate {
    unsigned house; /* 1 << enum right, over all of the house */
    struct {
        unsigned rights;
        struct fact_id organisation;
    } parts[MANDATE_PARTS];
};

/* What is the whole house's, and no organisation gives. */
#define RIGHTS_OF_HOUSE (1u << RIGHT_MACHINE | 1u << RIGHT_ROLES)

/*
 * Adds rights of an organisation, without RIGHTS_OF_HOUSE; none: of the house. At most
 * MANDATE_PARTS of different organisations.
 */
void mandate_add(struct mandate *mandate, unsigned rights, struct fact_id organisation);

/* All of them, however far they reach. */
unsigned mandate_rights(const struct mandate *mandate);

/* Where two organisations give the same right, that of the first that was added counts. */
struct reach mandate_reach(const struct mandate *mandate, enum right right);

/* "roll-call", "badges", ...: as a venue's files call them; and back, RIGHT_COUNT for none. */
const char *right_name(enum right right);
enum right right_from_name(const char *name);

#endif
