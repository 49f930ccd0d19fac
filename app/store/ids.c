#include "app/store/ids.h"

#include <stdlib.h>

enum rc ids_add(struct ids *ids, struct fact_id id)
{
    if (ids->count && fact_id_is_same(ids->rows[ids->count - 1], id))
        return RC_OK;
    if (ids->count == ids->capacity) {
        size_t capacity = ids->capacity ? ids->capacity * 2 : 64;
        struct fact_id *rows = realloc(ids->rows, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        ids->rows = rows;
        ids->capacity = capacity;
    }
    ids->rows[ids->count++] = id;
    return RC_OK;
}

static int compare(const void *a, const void *b)
{
    return fact_id_compare(*(const struct fact_id *)a, *(const struct fact_id *)b);
}

void ids_sort(struct ids *ids)
{
    size_t kept = 0;
    if (ids->count)
        qsort(ids->rows, ids->count, sizeof *ids->rows, compare);
    for (size_t i = 0; i < ids->count; i++)
        if (i == 0 || !fact_id_is_same(ids->rows[i], ids->rows[kept - 1]))
            ids->rows[kept++] = ids->rows[i];
    ids->count = kept;
}

void ids_clear(struct ids *ids)
{
    ids->count = 0;
}

void ids_finish(struct ids *ids)
{
    free(ids->rows);
    *ids = (struct ids){.rows = NULL};
}
