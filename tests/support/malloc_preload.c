/*
 * malloc_preload.so - LD_PRELOADed, it lets the Nth allocation of a program fail: fault_memory.c
 * finds `malloc_plan` in it and sets the number.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct malloc_plan {
    long nth; /* counts down to 1, the one that fails; 0: none */
    bool is_lasting;
    bool has_failed;
};

extern struct malloc_plan malloc_plan;
struct malloc_plan malloc_plan;

/* dlsym itself asks for memory before we know the real calloc. */
static char early[8192];
static size_t early_used;

static void *find(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static bool is_failing(void)
{
    if (malloc_plan.nth == 0)
        return false;
    if (malloc_plan.nth > 1) {
        malloc_plan.nth--;
        return false;
    }
    malloc_plan.has_failed = true;
    if (!malloc_plan.is_lasting)
        malloc_plan.nth = 0;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    static void *(*real)(size_t);
    if (!real)
        *(void **)&real = find("malloc");
    return is_failing() ? NULL : real(size);
}

void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    static bool is_finding;
    if (!real) {
        if (is_finding) {
            void *memory = early + early_used;
            early_used += (count * size + 15) / 16 * 16;
            return early_used <= sizeof early ? memory : NULL;
        }
        is_finding = true;
        *(void **)&real = find("calloc");
    }
    return is_failing() ? NULL : real(count, size);
}

void *realloc(void *memory, size_t size)
{
    static void *(*real)(void *, size_t);
    if (!real)
        *(void **)&real = find("realloc");
    return is_failing() ? NULL : real(memory, size);
}

void free(void *memory)
{
    static void (*real)(void *);
    if (!real)
        *(void **)&real = find("free");
    if ((char *)memory < early || (char *)memory >= early + sizeof early)
        real(memory);
}
