#include "firmware/base/thread.h"

#include <signal.h>
#include <time.h>

enum rc thread_start(void *(*work)(void *), void *argument, pthread_t *out_thread)
{
    sigset_t all, before;
    pthread_t thread;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int error = pthread_create(&thread, NULL, work, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error)
        return RC_NO_MEMORY;
    *out_thread = thread;
    return RC_OK;
}

void thread_init_condition(pthread_cond_t *out_condition)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(out_condition, &attributes);
    pthread_condattr_destroy(&attributes);
}
