/* Rows on their way from the thread that reads them to the one that writes them. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/workbook_i.h"
#include "firmware/base/thread.h"

#define BATCHES 4
#define BATCH_BYTES                                                                                \
    (128 << 10) /* some hundred rows, so that threads seldom wait for each other                   \
                 */
#define ALIGNMENT sizeof(int64_t)

/* A row; its texts come behind the cells. */
struct packed {
    enum workbook_table table;
    int count;
    size_t size;
    struct register_cell cells[];
};

struct batch {
    size_t used;
    _Alignas(ALIGNMENT) char bytes[BATCH_BYTES];
};

struct workbook_queue {
    pthread_mutex_t lock;
    pthread_cond_t has_moved;
    unsigned given, taken; /* batches: handed over, and written */
    bool is_over;          /* no more are coming */
    bool is_refused;       /* nobody takes them any more */
    int counts[WORKBOOK_TABLES];
    struct batch batches[BATCHES];
};

struct workbook_queue *workbook_queue_new(const struct register_source *source)
{
    struct workbook_queue *queue = calloc(1, sizeof *queue);
    if (!queue)
        return NULL;
    pthread_mutex_init(&queue->lock, NULL);
    thread_init_condition(&queue->has_moved);
    for (int table = 0; table < WORKBOOK_TABLES; table++)
        queue->counts[table] = workbook_columns((enum workbook_table)table, source).count;
    return queue;
}

void workbook_queue_free(struct workbook_queue *queue)
{
    if (!queue)
        return;
    pthread_cond_destroy(&queue->has_moved);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

/* --- who reads rows --- */

/* Hands the batch over that was filled, and waits for an empty one. */
static enum rc hand_over(struct workbook_queue *queue, bool is_last)
{
    pthread_mutex_lock(&queue->lock);
    queue->given++;
    queue->is_over = is_last;
    pthread_cond_broadcast(&queue->has_moved);
    while (!is_last && queue->given - queue->taken == BATCHES && !queue->is_refused)
        pthread_cond_wait(&queue->has_moved, &queue->lock);
    enum rc rc = queue->is_refused ? RC_GONE : RC_OK;
    pthread_mutex_unlock(&queue->lock);
    if (!is_last)
        queue->batches[queue->given % BATCHES].used = 0;
    return rc;
}

static size_t size_of(const struct register_cell *cells, int count)
{
    size_t size = sizeof(struct packed) + (size_t)count * sizeof *cells;
    for (int i = 0; i < count; i++)
        size += cells[i].text[0] ? strlen(cells[i].text) + 1 : 0;
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void pack(struct packed *row, const struct register_cell *cells)
{
    char *text = (char *)(row->cells + row->count);
    for (int i = 0; i < row->count; i++) {
        row->cells[i] = cells[i];
        row->cells[i].text = "";
        if (!cells[i].text[0])
            continue;
        size_t bytes = strlen(cells[i].text) + 1;
        row->cells[i].text = memcpy(text, cells[i].text, bytes);
        text += bytes;
    }
}

enum rc workbook_queue_put(void *context, enum workbook_table table,
                           const struct register_cell *cells)
{
    struct workbook_queue *queue = context;
    const int count = queue->counts[table];
    const size_t size = size_of(cells, count);
    struct batch *batch = &queue->batches[queue->given % BATCHES];
    if (size > BATCH_BYTES)
        return RC_LIMIT;
    if (size > BATCH_BYTES - batch->used) {
        enum rc rc = hand_over(queue, false);
        if (rc)
            return rc;
        batch = &queue->batches[queue->given % BATCHES];
    }
    struct packed *row = (struct packed *)(void *)(batch->bytes + batch->used);
    row->table = table;
    row->count = count;
    row->size = size;
    pack(row, cells);
    batch->used += size;
    return RC_OK;
}

void workbook_queue_end(struct workbook_queue *queue)
{
    (void)!hand_over(queue, true);
}

/* --- who writes them --- */

static const struct batch *wait_for_batch(struct workbook_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->given == queue->taken && !queue->is_over)
        pthread_cond_wait(&queue->has_moved, &queue->lock);
    bool is_there = queue->given != queue->taken;
    pthread_mutex_unlock(&queue->lock);
    return is_there ? &queue->batches[queue->taken % BATCHES] : NULL;
}

static void give_back(struct workbook_queue *queue, bool is_refused)
{
    pthread_mutex_lock(&queue->lock);
    queue->taken++;
    queue->is_refused = is_refused;
    pthread_cond_broadcast(&queue->has_moved);
    pthread_mutex_unlock(&queue->lock);
}

enum rc workbook_queue_each(struct workbook_queue *queue, const struct workbook_hearer *hearer)
{
    const struct batch *batch;
    enum rc rc = RC_OK;
    while (!rc && (batch = wait_for_batch(queue))) {
        const struct packed *row;
        for (size_t at = 0; !rc && at < batch->used; at += row->size) {
            row = (const struct packed *)(const void *)(batch->bytes + at);
            rc = hearer->row(hearer->context, row->table, row->cells);
        }
        give_back(queue, rc != RC_OK);
    }
    return rc;
}
