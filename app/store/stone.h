/*
 * stone.h - tombstones in the making: facts are named one by one, those that follow each other are
 * one range, and a tombstone is set wherever enough of them came together. Inside the caller's
 * transaction, where the journal runs.
 */
#ifndef APP_STORE_STONE_H
#define APP_STORE_STONE_H

#include "app/store/office.h"

struct stone {
    struct journal *journal;
    const struct office *office;
    struct fact_id person;      /* whose facts they are */
    json_t *ranges;             /* NULL: none yet */
    struct fact_id first, last; /* of the range so far; none: there is none */
};

/* Facts come in the order of (station, sequence), or each is a range of its own. */
enum rc stone_add(struct stone *stone, struct fact_id fact) MUST_CHECK;

/* Sets the last one, where `rc` says that all went well, and frees the memory; else says `rc`. */
enum rc stone_end(struct stone *stone, enum rc rc) MUST_CHECK;

#endif
