/*
 * fault_memory.h - the Nth allocation fails, in a program that runs under malloc_preload.so.
 *
 * Without the preload nothing ever fails. Counts allocations of the whole process while a plan is
 * on; tests plan and end plans on the thread that allocates.
 */
#ifndef TESTS_SUPPORT_FAULT_MEMORY_H
#define TESTS_SUPPORT_FAULT_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Begins the program again under the preload that lies beside it; once, at the start of main. */
void fault_memory_load(char **argv);

/* Is the preload there? */
bool fault_memory_is_possible(void);

/* The nth allocation from now on fails, and with `is_lasting` all after it. 0: none. */
void fault_memory_plan(long nth, bool is_lasting);

/* Has the planned allocation failed? */
bool fault_memory_has_failed(void);

/* realloc for tests' own memory: never counted, never failing (abort). */
void *fault_memory_own(void *memory, size_t size);

#endif
