/*
 * thread.h - threads beside the loop's.
 *
 * Signals belong to the loop's thread, so one that is started here never gets any. Whoever starts
 * a thread joins it. Any thread.
 */
#ifndef FIRMWARE_BASE_THREAD_H
#define FIRMWARE_BASE_THREAD_H

#include <pthread.h>

#include "firmware/base/rc.h"

/* RC_NO_MEMORY: the system has no room for one more. */
enum rc thread_start(void *(*work)(void *), void *argument, pthread_t *out_thread) MUST_CHECK;

/* A condition whose timed waits go by CLOCK_MONOTONIC. */
void thread_init_condition(pthread_cond_t *out_condition);

#endif
