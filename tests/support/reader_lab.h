/*
 * reader_lab.h - a simulated PN532, the real perron-reader and the station's end of it, together.
 *
 * For tests, torture and benchmarks. Programs are found in PERRON_BUILD (default "build"). One
 * thread at a time; several labs may stand side by side.
 */
#ifndef TESTS_SUPPORT_READER_LAB_H
#define TESTS_SUPPORT_READER_LAB_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/trace.h"
#include "firmware/port/reader.h"
#include "tests/support/pn532_sim.h"

struct reader_lab {
    char folder[64];
    char link_path[80];
    char address[120]; /* for libnfc */
    struct pn532_sim *sim;
    struct trace *trace;
    struct reader *reader;
};

/* A program of this build, in a buffer that the next call overwrites. */
const char *reader_lab_program(const char *name);

/* Everything stands, the reader's child is not started yet. */
enum rc reader_lab_open(bool is_paced, struct reader_lab *out_lab) MUST_CHECK;
void reader_lab_close(struct reader_lab *lab);

/* Serves the reader once, sleeping at most until `until_ms`; RC_EMPTY: nothing came. */
enum rc reader_lab_next(struct reader_lab *lab, int64_t until_ms,
                        struct reader_event *out_event) MUST_CHECK;

/* Waits for an event of that kind and passes over others; false when `limit_ms` have gone by. */
bool reader_lab_wait(struct reader_lab *lab, enum reader_event_kind kind, int64_t limit_ms,
                     struct reader_event *out_event);

#endif
