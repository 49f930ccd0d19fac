#include "app/domain/guide.h"

#include <assert.h>
#include <string.h>

static const char *const steps[GUIDE_STEP_COUNT] = {
    [GUIDE_LANGUAGE] = "language", [GUIDE_HELLO] = "hello",         [GUIDE_WHO] = "who",
    [GUIDE_WHY] = "why",           [GUIDE_CIRCLES] = "circles",     [GUIDE_MISSIONS] = "missions",
    [GUIDE_CHARTER] = "charter",   [GUIDE_NOTICE] = "notice",       [GUIDE_PRESENT] = "present",
    [GUIDE_BUDDY] = "buddy",       [GUIDE_BADGE] = "badge",         [GUIDE_NEXT] = "next",
    [GUIDE_INFO] = "info",         [GUIDE_DEEPENING] = "deepening",
};

static const char *const wishes[GUIDE_WISH_COUNT] = {
    [GUIDE_BRINGS] = "brings", [GUIDE_LIKES] = "likes", [GUIDE_AVOIDS] = "avoids",
    [GUIDE_SKILLS] = "skills", [GUIDE_NEEDS] = "needs",
};

const char *guide_step_name(enum guide_step step)
{
    assert((unsigned)step < GUIDE_STEP_COUNT);
    return steps[step];
}

enum guide_step guide_step_from_name(const char *name)
{
    int step = 0;
    while (step < GUIDE_STEP_COUNT && (!name || strcmp(steps[step], name) != 0))
        step++;
    return (enum guide_step)step;
}

const char *guide_wish_name(enum guide_wish wish)
{
    assert((unsigned)wish < GUIDE_WISH_COUNT);
    return wishes[wish];
}

enum guide_wish guide_wish_from_name(const char *name)
{
    int wish = 0;
    while (wish < GUIDE_WISH_COUNT && (!name || strcmp(wishes[wish], name) != 0))
        wish++;
    return (enum guide_wish)wish;
}
