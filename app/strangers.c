#include "app/strangers.h"

#include <stddef.h>
#include <string.h>

void strangers_remove(struct strangers *strangers, const struct badge *badge)
{
    for (int i = 0; i < strangers->count; i++) {
        if (strcmp(strangers->rows[i].badge.text, badge->text) != 0)
            continue;
        memmove(&strangers->rows[i], &strangers->rows[i + 1],
                (size_t)(strangers->count - i - 1) * sizeof strangers->rows[0]);
        strangers->count--;
        return;
    }
}

/* The number it has already, or a new one. */
static int number_of(struct strangers *strangers, const struct badge *badge)
{
    for (int i = 0; i < strangers->count; i++)
        if (strcmp(strangers->rows[i].badge.text, badge->text) == 0)
            return strangers->rows[i].number;
    return ++strangers->numbers;
}

int strangers_add(struct strangers *strangers, const struct badge *badge, int64_t wall_ms)
{
    int number = number_of(strangers, badge);
    strangers_remove(strangers, badge);
    if (strangers->count == STRANGERS_MAX)
        strangers->count--;
    memmove(&strangers->rows[1], &strangers->rows[0],
            (size_t)strangers->count * sizeof strangers->rows[0]);
    strangers->rows[0] = (struct stranger){*badge, wall_ms, number};
    strangers->count++;
    return number;
}

const struct stranger *strangers_find(const struct strangers *strangers, int number)
{
    for (int i = 0; i < strangers->count; i++)
        if (strangers->rows[i].number == number)
            return &strangers->rows[i];
    return NULL;
}
