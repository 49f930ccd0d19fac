/*
 * hand.h - which of all that touches a screen means something. Pure; time is an argument.
 *
 * Who comes down where nothing was holds the touch. A second finger takes it back, because nobody
 * means two things at once, and nothing counts until all are up. A mouse and a finger are two
 * people: the first one goes on, the other is not felt.
 *
 * A finger whose lifting was never told (its device was pulled out) would hold the screen for ever,
 * so one that gave no sign for HAND_SILENT_MS is forgotten when the next comes down.
 */
#ifndef APP_UI_HAND_H
#define APP_UI_HAND_H

#include <stdbool.h>
#include <stdint.h>

#include "app/ui/stage.h"

#define HAND_POINTERS_MAX 16
#define HAND_SILENT_MS 2000

/* A finger on a device, or the mouse's left button. */
struct hand_pointer {
    bool is_mouse;
    int64_t device, finger;
};

struct hand {
    struct {
        struct hand_pointer pointer;
        int64_t seen_ms;
    } down[HAND_POINTERS_MAX]; /* in the order in which they came */
    int count;
    bool is_held; /* by the first of them */
};

/* Nothing touches it. */
void hand_init(struct hand *hand);

/*
 * Takes what a pointer did; one that is not down may move and go up, too. STAGE_CANCEL: it is not
 * down any more, and nobody knows where it went up. True: it counts, as *out_phase.
 */
bool hand_take(struct hand *hand, const struct hand_pointer *pointer, enum stage_touch phase,
               int64_t now_ms, enum stage_touch *out_phase);

#endif
