#include "tests/support/fault_memory.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As in malloc_preload.c. */
struct malloc_plan {
    long nth;
    bool is_lasting;
    bool has_failed;
};

static struct malloc_plan *plan(void)
{
    static struct malloc_plan *found;
    static bool is_looked_up;
    if (!is_looked_up) {
        is_looked_up = true;
        found = dlsym(RTLD_DEFAULT, "malloc_plan");
    }
    return found;
}

void fault_memory_load(char **argv)
{
    char path[PATH_MAX], preload[PATH_MAX + 32];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (fault_memory_is_possible() || getenv("LD_PRELOAD") || length < 0)
        return;
    path[length] = 0;
    *strrchr(path, '/') = 0;
    snprintf(preload, sizeof preload, "%s/malloc_preload.so", path);
    if (access(preload, R_OK))
        return;
    setenv("LD_PRELOAD", preload, 1);
    execv("/proc/self/exe", argv);
}

bool fault_memory_is_possible(void)
{
    return plan() != NULL;
}

void fault_memory_plan(long nth, bool is_lasting)
{
    if (plan())
        *plan() = (struct malloc_plan){.nth = nth, .is_lasting = is_lasting};
}

bool fault_memory_has_failed(void)
{
    return plan() && plan()->has_failed;
}

void *fault_memory_own(void *memory, size_t size)
{
    struct malloc_plan before = {.nth = 0};
    if (plan()) {
        before = *plan();
        plan()->nth = 0;
    }
    memory = realloc(memory, size);
    if (plan())
        *plan() = before;
    if (!memory) {
        fputs("a test is out of memory\n", stderr);
        abort();
    }
    return memory;
}
