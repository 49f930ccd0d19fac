/*
 * writer.h - the one thread that writes.
 *
 * The loop hands it jobs and never waits: a card may stall for seconds. Jobs run one after another
 * on the writer's thread, each is one or more transactions of the journal, and come back through
 * writer_next in the same order. When there is nothing to do the thread goes on with a rebuild of
 * the views and moves the log into the database.
 */
#ifndef APP_STORE_WRITER_H
#define APP_STORE_WRITER_H

#include "app/store/journal.h"

/* Embed first; the owner frees it after it came back. */
struct job {
    /* On the writer's thread. Keeps what it found in the struct that embeds the job. */
    void (*run)(struct job *job, struct journal *journal);
    /* On the loop's thread, by whoever takes it from writer_next. */
    void (*done)(struct job *job, void *context);
    struct job *next;
};

struct writer;

/* Takes the journal over. */
enum rc writer_open(struct journal *journal, struct writer **out_writer) MUST_CHECK;

/* Finishes all jobs handed over, stops the thread and closes the journal. Takes NULL. */
void writer_close(struct writer *writer);

/* RC_FULL when too many wait; then the job was not taken. */
enum rc writer_submit(struct writer *writer, struct job *job) MUST_CHECK;

/* Readable when writer_next has something. */
int writer_fd(const struct writer *writer);

/* The next finished job, or NULL. */
struct job *writer_next(struct writer *writer);

#endif
