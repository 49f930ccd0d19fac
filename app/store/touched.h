/*
 * touched.h - whose views a transaction has to bring up to date. One thread.
 */
#ifndef APP_STORE_TOUCHED_H
#define APP_STORE_TOUCHED_H

#include "app/domain/fact.h"

struct touched {
    struct fact_id *ids;
    size_t count;
    size_t capacity;
};

enum rc touched_add(struct touched *touched, struct fact_id id) MUST_CHECK;

/* In order, each once. */
void touched_sort(struct touched *touched);

void touched_clear(struct touched *touched);
void touched_finish(struct touched *touched);

#endif
