#include "app/store/touched.h"

#include <stdlib.h>

enum rc touched_add(struct touched *touched, struct fact_id id)
{
    if (touched->count && fact_id_is_same(touched->ids[touched->count - 1], id))
        return RC_OK;
    if (touched->count == touched->capacity) {
        size_t capacity = touched->capacity ? touched->capacity * 2 : 64;
        struct fact_id *ids = realloc(touched->ids, capacity * sizeof *ids);
        if (!ids)
            return RC_NO_MEMORY;
        touched->ids = ids;
        touched->capacity = capacity;
    }
    touched->ids[touched->count++] = id;
    return RC_OK;
}

static int compare(const void *a, const void *b)
{
    return fact_id_compare(*(const struct fact_id *)a, *(const struct fact_id *)b);
}

void touched_sort(struct touched *touched)
{
    size_t kept = 0;
    if (touched->count)
        qsort(touched->ids, touched->count, sizeof *touched->ids, compare);
    for (size_t i = 0; i < touched->count; i++)
        if (i == 0 || !fact_id_is_same(touched->ids[i], touched->ids[kept - 1]))
            touched->ids[kept++] = touched->ids[i];
    touched->count = kept;
}

void touched_clear(struct touched *touched)
{
    touched->count = 0;
}

void touched_finish(struct touched *touched)
{
    free(touched->ids);
    *touched = (struct touched){.ids = NULL};
}
