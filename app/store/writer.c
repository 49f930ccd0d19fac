#include "app/store/writer.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/base/thread.h"

#define WRITER_WAITING_MAX 256
#define WRITER_IDLE_MS 300

struct queue {
    struct job *first;
    struct job **last;
    int count;
};

struct writer {
    struct journal *journal;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct queue waiting;
    struct queue finished;
    bool is_stopping;
    bool is_tidy; /* nothing was written since the last checkpoint */
    int fd;
};

static void queue_init(struct queue *queue)
{
    *queue = (struct queue){.last = &queue->first};
}

static void queue_push(struct queue *queue, struct job *job)
{
    job->next = NULL;
    *queue->last = job;
    queue->last = &job->next;
    queue->count++;
}

static struct job *queue_pop(struct queue *queue)
{
    struct job *job = queue->first;
    if (!job)
        return NULL;
    queue->first = job->next;
    if (!queue->first)
        queue->last = &queue->first;
    queue->count--;
    return job;
}

/* Waits for a job, at most until it is time to tidy up. NULL: nothing came. */
static struct job *wait_for_job(struct writer *writer, bool *out_is_stopping)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += WRITER_IDLE_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;

    pthread_mutex_lock(&writer->lock);
    int error = 0;
    while (!writer->waiting.first && !writer->is_stopping && !error) {
        if (writer->is_tidy)
            pthread_cond_wait(&writer->wake, &writer->lock);
        else
            error = pthread_cond_timedwait(&writer->wake, &writer->lock, &until);
    }
    struct job *job = queue_pop(&writer->waiting);
    *out_is_stopping = writer->is_stopping && !job;
    pthread_mutex_unlock(&writer->lock);
    return job;
}

static void hand_back(struct writer *writer, struct job *job)
{
    const uint64_t one = 1;
    pthread_mutex_lock(&writer->lock);
    queue_push(&writer->finished, job);
    pthread_mutex_unlock(&writer->lock);
    ssize_t written = write(writer->fd, &one, sizeof one);
    (void)written;
}

/* What can wait: building views again, then moving the log into the database. */
static void tidy(struct writer *writer)
{
    enum rc rc = journal_rebuild_some(writer->journal);
    if (!rc)
        return;
    if (rc == RC_EMPTY)
        rc = journal_checkpoint(writer->journal);
    if (rc && rc != RC_BUSY)
        log_warning("the register could not be tidied up: %s", rc_text(rc));
    writer->is_tidy = true;
}

static void *work(void *argument)
{
    struct writer *writer = argument;
    bool is_stopping = false;
    while (!is_stopping) {
        struct job *job = wait_for_job(writer, &is_stopping);
        if (job) {
            writer->is_tidy = false;
            job->run(job, writer->journal);
            hand_back(writer, job);
        } else if (!is_stopping) {
            tidy(writer);
        }
    }
    return NULL;
}

static enum rc start_thread(struct writer *writer)
{
    pthread_mutex_init(&writer->lock, NULL);
    thread_init_condition(&writer->wake);
    return thread_start(work, writer, &writer->thread);
}

enum rc writer_open(struct journal *journal, struct writer **out_writer)
{
    struct writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return RC_NO_MEMORY;
    writer->journal = journal;
    queue_init(&writer->waiting);
    queue_init(&writer->finished);
    writer->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    enum rc rc = writer->fd < 0 ? RC_IO : start_thread(writer);
    if (rc) {
        if (writer->fd >= 0)
            close(writer->fd);
        free(writer);
        return rc;
    }
    *out_writer = writer;
    return RC_OK;
}

void writer_close(struct writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_lock(&writer->lock);
    writer->is_stopping = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    journal_close(writer->journal);
    close(writer->fd);
    pthread_mutex_destroy(&writer->lock);
    pthread_cond_destroy(&writer->wake);
    free(writer);
}

enum rc writer_submit(struct writer *writer, struct job *job)
{
    enum rc rc = RC_FULL;
    pthread_mutex_lock(&writer->lock);
    if (writer->waiting.count < WRITER_WAITING_MAX) {
        queue_push(&writer->waiting, job);
        pthread_cond_signal(&writer->wake);
        rc = RC_OK;
    }
    pthread_mutex_unlock(&writer->lock);
    return rc;
}

int writer_fd(const struct writer *writer)
{
    return writer->fd;
}

struct job *writer_next(struct writer *writer)
{
    uint64_t count;
    pthread_mutex_lock(&writer->lock);
    struct job *job = queue_pop(&writer->finished);
    if (!job) {
        ssize_t got = read(writer->fd, &count, sizeof count);
        (void)got;
    }
    pthread_mutex_unlock(&writer->lock);
    return job;
}
