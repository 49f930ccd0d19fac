#include "app/ui/hand.h"

#include <string.h>

void hand_init(struct hand *hand)
{
    *hand = (struct hand){.count = 0};
}

static bool is_same(const struct hand_pointer *a, const struct hand_pointer *b)
{
    return a->is_mouse == b->is_mouse && a->device == b->device && a->finger == b->finger;
}

/* Its place; the count where it is not down. */
static int find(const struct hand *hand, const struct hand_pointer *pointer)
{
    int place = 0;
    while (place < hand->count && !is_same(&hand->down[place].pointer, pointer))
        place++;
    return place;
}

static void lift(struct hand *hand, int place)
{
    hand->is_held &= place != 0;
    hand->count--;
    memmove(hand->down + place, hand->down + place + 1,
            (size_t)(hand->count - place) * sizeof hand->down[0]);
}

static void forget_silent(struct hand *hand, int64_t now_ms)
{
    for (int i = hand->count - 1; i >= 0; i--)
        if (now_ms - hand->down[i].seen_ms > HAND_SILENT_MS)
            lift(hand, i);
}

static bool put_down(struct hand *hand, const struct hand_pointer *pointer, int64_t now_ms,
                     enum stage_touch *out_phase)
{
    forget_silent(hand, now_ms);
    int place = find(hand, pointer);
    if (place < hand->count) /* down twice: its lifting was not told */
        lift(hand, place);
    if (hand->count == HAND_POINTERS_MAX)
        return false;
    bool is_first = hand->count == 0;
    bool is_same_kind = !is_first && hand->down[0].pointer.is_mouse == pointer->is_mouse;
    hand->down[hand->count].pointer = *pointer;
    hand->down[hand->count++].seen_ms = now_ms;
    if (!is_first && !(hand->is_held && is_same_kind))
        return false;
    *out_phase = is_first ? STAGE_DOWN : STAGE_CANCEL;
    hand->is_held = is_first;
    return true;
}

bool hand_take(struct hand *hand, const struct hand_pointer *pointer, enum stage_touch phase,
               int64_t now_ms, enum stage_touch *out_phase)
{
    if (phase == STAGE_DOWN)
        return put_down(hand, pointer, now_ms, out_phase);
    int place = find(hand, pointer);
    if (place == hand->count)
        return false;
    bool is_holder = hand->is_held && place == 0;
    hand->down[place].seen_ms = now_ms;
    if (phase != STAGE_MOVE)
        lift(hand, place);
    if (is_holder)
        *out_phase = phase;
    return is_holder;
}
