/*
 * malloc_calls.h - malloc, calloc, aligned_alloc and realloc of the program's own, one of which
 * fails. Included by exactly one file of a program, which then has them; all of the program's
 * threads are counted, libraries' allocations too. Not what a sanitizer asks for as a thread
 * begins: it gives up where it gets none.
 */
#ifndef TESTS_SUPPORT_MALLOC_CALLS_H
#define TESTS_SUPPORT_MALLOC_CALLS_H

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_long malloc_left; /* until one fails; 0 and below: none does */
static atomic_bool malloc_did_fail;
static __thread bool malloc_is_exempt;

/* The nth allocation from now on fails; 0: none. */
static void malloc_fail_at(long nth)
{
    malloc_did_fail = false;
    malloc_left = nth;
}

/* Has it? From now on none does. */
static bool malloc_end(void)
{
    malloc_left = 0;
    return malloc_did_fail;
}

static bool malloc_is_failing(void)
{
    if (malloc_is_exempt || malloc_left <= 0 || atomic_fetch_sub(&malloc_left, 1) != 1)
        return false;
    malloc_did_fail = true;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    static void *(*real)(size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "malloc");
    return malloc_is_failing() ? NULL : real(size);
}

void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    return malloc_is_failing() ? NULL : real(count, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "aligned_alloc");
    return malloc_is_failing() ? NULL : real(alignment, size);
}

void *realloc(void *memory, size_t size)
{
    static void *(*real)(void *, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "realloc");
    return malloc_is_failing() ? NULL : real(memory, size);
}

/* The sanitizers' runtime is who calls it. */
int pthread_getattr_np(pthread_t thread, pthread_attr_t *out_attributes)
{
    static int (*real)(pthread_t, pthread_attr_t *);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "pthread_getattr_np");
    malloc_is_exempt = true;
    int error = real(thread, out_attributes);
    malloc_is_exempt = false;
    return error;
}

#endif
