#include "app/domain/answer.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const names[ANSWER_COUNT] = {
    [ANSWER_NOTHING] = "nothing",
    [ANSWER_CLAIMED] = "claimed",
    [ANSWER_WITHDRAWN] = "withdrawn",
    [ANSWER_UNKNOWN] = "unknown",
    [ANSWER_NOT_RECORDED] = "not-recorded",
    [ANSWER_REPEAT] = "repeat",
    [ANSWER_ARRIVAL_FORGOTTEN] = "arrival-forgotten",
    [ANSWER_ALREADY_IN] = "already-in",
    [ANSWER_DEPARTURE] = "departure",
    [ANSWER_ASKS] = "asks",
    [ANSWER_HAS_LEFT] = "has-left",
    [ANSWER_ARRIVAL] = "arrival",
};

const char *answer_name(enum answer_kind kind)
{
    assert((unsigned)kind < ANSWER_COUNT);
    return names[kind];
}

enum answer_kind answer_from_name(const char *name)
{
    enum answer_kind kind = 0;
    while (kind < ANSWER_COUNT && (!name || strcmp(names[kind], name) != 0))
        kind++;
    return kind;
}
