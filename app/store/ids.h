/*
 * ids.h - a list of facts, people or occasions by their ids, such as those whose views a
 * transaction has to bring up to date. Zeroed at the beginning. One thread.
 */
#ifndef APP_STORE_IDS_H
#define APP_STORE_IDS_H

#include "app/domain/fact.h"

struct ids {
    struct fact_id *rows;
    size_t count;
    size_t capacity;
};

enum rc ids_add(struct ids *ids, struct fact_id id) MUST_CHECK;

/* In order, each once. */
void ids_sort(struct ids *ids);

void ids_clear(struct ids *ids);
void ids_finish(struct ids *ids);

#endif
