/* A heap: the soonest first, and of one moment the one that was put first. */
#include <stdlib.h>

#include "app/demo/demo_i.h"

static bool is_before(const struct demo_event *a, const struct demo_event *b)
{
    return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->order < b->order;
}

static void swap(struct demo_event *a, struct demo_event *b)
{
    struct demo_event kept = *a;
    *a = *b;
    *b = kept;
}

enum rc demo_agenda_put(struct demo_agenda *agenda, const struct demo_event *event)
{
    if (agenda->count == agenda->capacity) {
        size_t capacity = agenda->capacity ? 2 * agenda->capacity : 256;
        struct demo_event *heap = realloc(agenda->heap, capacity * sizeof *heap);
        if (!heap)
            return RC_NO_MEMORY;
        agenda->heap = heap;
        agenda->capacity = capacity;
    }
    size_t at = agenda->count++;
    agenda->heap[at] = *event;
    agenda->heap[at].order = agenda->orders++;
    for (; at > 0 && is_before(&agenda->heap[at], &agenda->heap[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&agenda->heap[at], &agenda->heap[(at - 1) / 2]);
    return RC_OK;
}

bool demo_agenda_take(struct demo_agenda *agenda, int64_t before_ms, struct demo_event *out_event)
{
    struct demo_event *heap = agenda->heap;
    if (!agenda->count || heap[0].at_ms >= before_ms)
        return false;
    *out_event = heap[0];
    heap[0] = heap[--agenda->count];
    for (size_t at = 0, child; (child = 2 * at + 1) < agenda->count; at = child) {
        if (child + 1 < agenda->count && is_before(&heap[child + 1], &heap[child]))
            child++;
        if (!is_before(&heap[child], &heap[at]))
            break;
        swap(&heap[child], &heap[at]);
    }
    return true;
}
