/* Rows into sheets: read on one thread while they are written on another. */
#include <pthread.h>

#include "app/exchange/workbook_i.h"
#include "firmware/base/thread.h"

struct filling {
    struct workbook *workbook;
    int table; /* that is open; -1: none yet, WORKBOOK_TABLES: all are done */
    struct workbook_sheet sheet;
};

/* Ends and begins tables up to this one; those without rows have a sheet, too. */
static enum rc go_to(struct filling *filling, int table)
{
    enum rc rc = RC_OK;
    while (!rc && filling->table < table) {
        if (filling->table >= 0)
            rc = workbook_end_table(&filling->sheet);
        filling->table++;
        if (!rc && filling->table < WORKBOOK_TABLES)
            rc = workbook_begin_table(filling->workbook, (enum workbook_table)filling->table,
                                      &filling->sheet);
    }
    return rc;
}

#define TOLD_EVERY 4096 /* rows */

static enum rc tell(const struct workbook *workbook)
{
    const struct workbook_watcher *watcher = workbook->about->watcher;
    return watcher && workbook->rows % TOLD_EVERY == 0
               ? watcher->tell(watcher->context, workbook->rows)
               : RC_OK;
}

static enum rc put(void *context, enum workbook_table table, const struct register_cell *cells)
{
    struct filling *filling = context;
    enum rc rc = tell(filling->workbook);
    if (!rc)
        rc = go_to(filling, table);
    return rc ? rc : workbook_put_row(&filling->sheet, cells);
}

/* --- beside each other --- */

struct reading {
    const struct register_source *source; /* this thread's as long as it runs */
    struct workbook_queue *queue;
    enum rc rc;
};

static void *read_rows(void *argument)
{
    struct reading *reading = argument;
    const struct workbook_hearer hearer = {reading->queue, workbook_queue_put};
    reading->rc = workbook_each(reading->source, &hearer);
    workbook_queue_end(reading->queue);
    return NULL;
}

/* RC_BUSY: there is no second thread, and nothing was done. */
static enum rc fill_beside(const struct register_source *source,
                           const struct workbook_hearer *hearer)
{
    struct reading reading = {source, workbook_queue_new(source), RC_OK};
    pthread_t thread;
    if (!reading.queue)
        return RC_NO_MEMORY;
    if (thread_start(read_rows, &reading, &thread)) {
        workbook_queue_free(reading.queue);
        return RC_BUSY;
    }
    enum rc rc = workbook_queue_each(reading.queue, hearer);
    pthread_join(thread, NULL);
    workbook_queue_free(reading.queue);
    return rc ? rc : reading.rc;
}

enum rc workbook_fill(struct workbook *workbook)
{
    struct filling filling = {.workbook = workbook, .table = -1};
    const struct workbook_hearer hearer = {&filling, put};
    enum rc rc = fill_beside(workbook->source, &hearer);
    if (rc == RC_BUSY && filling.table < 0)
        rc = workbook_each(workbook->source, &hearer);
    return rc ? rc : go_to(&filling, WORKBOOK_TABLES);
}
