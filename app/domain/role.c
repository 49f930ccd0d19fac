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

bool role_may(enum role role, enum right right)
{
    assert((unsigned)role < ROLE_COUNT && (unsigned)right < RIGHT_COUNT);
    return (roles[role].rights & MAY(right)) != 0;
}

bool role_opens_staff_mode(enum role role)
{
    assert((unsigned)role < ROLE_COUNT);
    return (roles[role].rights & ~MAY(RIGHT_VOUCH)) != 0;
}
