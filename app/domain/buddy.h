/*
 * buddy.h - who is asked to look after a newcomer, among those who are in the house now, agreed to
 * be seen and are willing. Pure; any thread.
 *
 * Left out: the newcomer, who could not for this one, who looks after as many as the house lets
 * them already. Then: who speaks the newcomer's language first, who looks after fewer before
 * others, who was asked longest ago (never: before all), and who was added to the register before.
 */
#ifndef APP_DOMAIN_BUDDY_H
#define APP_DOMAIN_BUDDY_H

#include <stddef.h>

#include "app/domain/newcomer.h"

/* What becomes of one who is asked. */
enum buddy_how {
    BUDDY_ASKED,
    BUDDY_TAKEN, /* "I've got you": the step is done */
    BUDDY_DECLINED,
    BUDDY_MISSED, /* was called and did not come */
    BUDDY_NAMED,  /* answers for them without having been there: the step is done */
    BUDDY_HOW_COUNT
};

struct buddy {
    struct fact_id person;
    char name[100]; /* as screens show it */
    enum language language;
    int load;         /* newcomers they look after now */
    int64_t asked_ms; /* when they were asked last; 0: never */
};

/*
 * Brings those who can be asked to the front, the best first, and returns how many they are; what
 * stands behind them says nothing any more.
 */
size_t buddy_choose(struct buddy *buddies, size_t count, const struct newcomer *newcomer,
                    struct fact_id person, enum language language, int load_max);

#endif
