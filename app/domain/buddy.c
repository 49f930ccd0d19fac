#include "app/domain/buddy.h"

static bool can_be_asked(const struct buddy *buddy, const struct newcomer *newcomer,
                         struct fact_id person, int load_max)
{
    int at = 0;
    while (at < newcomer->passed_count && !fact_id_is_same(newcomer->passed[at], buddy->person))
        at++;
    return at == newcomer->passed_count && !fact_id_is_same(buddy->person, person) &&
           buddy->load < load_max;
}

/* Below 0: `a` is asked before `b`. */
static int compare(const struct buddy *a, const struct buddy *b, enum language language)
{
    if ((a->language == language) != (b->language == language))
        return a->language == language ? -1 : 1;
    if (a->load != b->load)
        return a->load < b->load ? -1 : 1;
    if (a->asked_ms != b->asked_ms)
        return a->asked_ms < b->asked_ms ? -1 : 1;
    return fact_id_compare(a->person, b->person);
}

size_t buddy_choose(struct buddy *buddies, size_t count, const struct newcomer *newcomer,
                    struct fact_id person, enum language language, int load_max)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct buddy buddy = buddies[i];
        if (!can_be_asked(&buddy, newcomer, person, load_max))
            continue;
        size_t at = kept++;
        for (; at > 0 && compare(&buddy, &buddies[at - 1], language) < 0; at--)
            buddies[at] = buddies[at - 1];
        buddies[at] = buddy;
    }
    return kept;
}
