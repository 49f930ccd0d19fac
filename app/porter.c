#include "app/porter.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "firmware/base/thread.h"

#define NICE 10
#define HELD_US 1000

struct porter {
    int fd;
    pthread_t thread;
    struct trip *trip; /* under way, or back; the loop's */
    atomic_int stage, percent;
    atomic_bool is_given_up, is_back;
    atomic_bool is_held, is_waiting; /* by a player */
};

/* --- on the porter's thread --- */

static void ring(struct porter *porter)
{
    uint64_t one = 1;
    (void)!write(porter->fd, &one, sizeof one);
}

static void *work(void *context)
{
    struct porter *porter = context;
    (void)!setpriority(PRIO_PROCESS, (id_t)gettid(), NICE); /* of this thread alone, on Linux */
    porter->trip->rc = porter->trip->carry(porter->trip, porter);
    atomic_store(&porter->is_back, true);
    ring(porter);
    return NULL;
}

enum rc porter_tell(struct porter *porter, int stage, int percent)
{
    bool is_new = atomic_exchange(&porter->stage, stage) != stage;
    is_new |= atomic_exchange(&porter->percent, percent) != percent;
    if (is_new)
        ring(porter);
    while (atomic_load(&porter->is_held) && !atomic_load(&porter->is_given_up)) {
        atomic_store(&porter->is_waiting, true);
        usleep(HELD_US);
    }
    atomic_store(&porter->is_waiting, false);
    return atomic_load(&porter->is_given_up) ? RC_GONE : RC_OK;
}

/* --- on the loop's thread --- */

enum rc porter_open(struct porter **out_porter)
{
    struct porter *porter = calloc(1, sizeof *porter);
    if (!porter)
        return RC_NO_MEMORY;
    porter->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (porter->fd < 0) {
        free(porter);
        return RC_NO_MEMORY;
    }
    *out_porter = porter;
    return RC_OK;
}

struct trip *porter_close(struct porter *porter)
{
    if (!porter)
        return NULL;
    struct trip *trip = porter->trip;
    atomic_store(&porter->is_given_up, true);
    if (trip)
        pthread_join(porter->thread, NULL);
    close(porter->fd);
    free(porter);
    return trip;
}

enum rc porter_send(struct porter *porter, struct trip *trip)
{
    if (porter->trip)
        return RC_BUSY;
    porter->trip = trip;
    atomic_store(&porter->stage, 0);
    atomic_store(&porter->percent, 0);
    atomic_store(&porter->is_given_up, false);
    atomic_store(&porter->is_back, false);
    enum rc rc = thread_start(work, porter, &porter->thread);
    if (rc)
        porter->trip = NULL;
    return rc;
}

bool porter_is_under_way(const struct porter *porter)
{
    bool is_kept = porter && atomic_load(&porter->is_held) && atomic_load(&porter->is_waiting);
    return porter && porter->trip && !is_kept;
}

void porter_hold(struct porter *porter, bool is_held)
{
    atomic_store(&porter->is_held, is_held);
}

void porter_give_up(struct porter *porter)
{
    atomic_store(&porter->is_given_up, true);
}

void porter_look(const struct porter *porter, int *out_stage, int *out_percent)
{
    *out_stage = atomic_load(&porter->stage);
    *out_percent = atomic_load(&porter->percent);
}

int porter_fd(const struct porter *porter)
{
    return porter->fd;
}

struct trip *porter_next(struct porter *porter)
{
    uint64_t rung;
    struct trip *trip = porter->trip;
    (void)!read(porter->fd, &rung, sizeof rung);
    if (!trip || !atomic_load(&porter->is_back))
        return NULL;
    pthread_join(porter->thread, NULL);
    porter->trip = NULL;
    return trip;
}
