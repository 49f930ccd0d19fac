#include "app/domain/role.h"

#include <assert.h>
#include <string.h>

#define MAY(right) (1u << (right))
#define MAY_ALL (MAY(RIGHT_COUNT) - 1)

static const struct {
    const char *name;
    unsigned rights;
} roles[ROLE_COUNT] = {
    [ROLE_NONE] = {"", 0},
    [ROLE_HOST] = {"host", MAY(RIGHT_VOUCH)},
    [ROLE_REFERENT] = {"referent", MAY(RIGHT_VOUCH) | MAY(RIGHT_ROLL_CALL) | MAY(RIGHT_ROTA)},
    [ROLE_STAFF] = {"staff", MAY_ALL},
};

const char *role_name(enum role role)
{
    assert((unsigned)role < ROLE_COUNT);
    return roles[role].name;
}

enum role role_from_name(const char *name)
{
    for (int role = ROLE_COUNT - 1; name && role > ROLE_NONE; role--)
        if (strcmp(roles[role].name, name) == 0)
            return (enum role)role;
    return ROLE_NONE;
}

unsigned role_rights(enum role role)
{
    assert((unsigned)role < ROLE_COUNT);
    return roles[role].rights;
}

bool rights_may(unsigned rights, enum right right)
{
    assert((unsigned)right < RIGHT_COUNT);
    return (rights & MAY(right)) != 0;
}

bool role_may(enum role role, enum right right)
{
    return rights_may(role_rights(role), right);
}

bool rights_open_staff_mode(unsigned rights)
{
    return (rights & ~MAY(RIGHT_VOUCH)) != 0;
}

bool rights_take_pin(unsigned rights)
{
    return (rights & ~(MAY(RIGHT_VOUCH) | MAY(RIGHT_ROLL_CALL) | MAY(RIGHT_ROTA))) != 0;
}

/* --- how far rights reach --- */

bool reach_covers(struct reach reach, struct fact_id organisation)
{
    return reach.kind == REACH_HOUSE ||
           (reach.kind == REACH_ONE && fact_id_is_same(reach.organisation, organisation));
}

void mandate_add(struct mandate *mandate, unsigned rights, struct fact_id organisation)
{
    int at = 0;
    if (fact_id_is_none(organisation)) {
        mandate->house |= rights;
        return;
    }
    rights &= ~RIGHTS_OF_HOUSE;
    while (at < MANDATE_PARTS && mandate->parts[at].rights &&
           !fact_id_is_same(mandate->parts[at].organisation, organisation))
        at++;
    assert(at < MANDATE_PARTS);
    mandate->parts[at].rights |= rights;
    mandate->parts[at].organisation = organisation;
}

unsigned mandate_rights(const struct mandate *mandate)
{
    unsigned rights = mandate->house;
    for (int i = 0; i < MANDATE_PARTS; i++)
        rights |= mandate->parts[i].rights;
    return rights;
}

struct reach mandate_reach(const struct mandate *mandate, enum right right)
{
    if (rights_may(mandate->house, right))
        return (struct reach){.kind = REACH_HOUSE};
    for (int i = 0; i < MANDATE_PARTS; i++)
        if (rights_may(mandate->parts[i].rights, right))
            return (struct reach){REACH_ONE, mandate->parts[i].organisation};
    return (struct reach){.kind = REACH_NOBODY};
}

/* --- their names --- */

static const char *const right_names[RIGHT_COUNT] = {
    [RIGHT_VOUCH] = "vouch",     [RIGHT_ROLL_CALL] = "roll-call", [RIGHT_BADGES] = "badges",
    [RIGHT_CORRECT] = "correct", [RIGHT_ROTA] = "rota",           [RIGHT_OCCASION] = "occasion",
    [RIGHT_MACHINE] = "machine", [RIGHT_ROLES] = "roles",         [RIGHT_EXPORT] = "export",
};

const char *right_name(enum right right)
{
    assert((unsigned)right < RIGHT_COUNT);
    return right_names[right];
}

enum right right_from_name(const char *name)
{
    int right = 0;
    while (right < RIGHT_COUNT && strcmp(right_names[right], name) != 0)
        right++;
    return (enum right)right;
}
