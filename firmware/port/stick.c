#include "firmware/port/stick.h"

#include <assert.h>

const char *stick_trouble_name(enum stick_trouble trouble)
{
    static const char *const names[STICK_TROUBLE_COUNT] = {
        [STICK_USABLE] = "usable",           [STICK_BLANK] = "blank", [STICK_FOREIGN] = "foreign",
        [STICK_SEVERAL] = "several",         [STICK_EMPTY] = "empty", [STICK_DAMAGED] = "damaged",
        [STICK_NOT_ALLOWED] = "not allowed", [STICK_TYPES] = "types",
    };
    assert((unsigned)trouble < STICK_TROUBLE_COUNT);
    return names[trouble];
}

enum rc stick_take(struct stick *stick, int64_t now_ms)
{
    return stick->ops->take(stick, now_ms);
}

enum rc stick_let_go(struct stick *stick, int64_t now_ms)
{
    return stick->ops->let_go(stick, now_ms);
}

enum rc stick_next(struct stick *stick, int64_t now_ms, struct stick_event *out_event)
{
    return stick->ops->next(stick, now_ms, out_event);
}

int stick_fds(const struct stick *stick, struct pollfd *out_fds)
{
    return stick->ops->fds(stick, out_fds);
}

int64_t stick_due_ms(const struct stick *stick)
{
    return stick->ops->due_ms(stick);
}

void stick_close(struct stick *stick)
{
    if (stick)
        stick->ops->close(stick);
}
