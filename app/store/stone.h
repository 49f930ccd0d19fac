/*
 * stone.h - tombstones in the making: facts are named one by one, those that follow each other are
 * one range, and as many tombstones are set as it takes. Inside the caller's transaction, where the
 * journal runs.
 */
#ifndef APP_STORE_STONE_H
#define APP_STORE_STONE_H

#include "app/store/ids.h"
#include "app/store/office.h"

struct stone {
    struct journal *journal;
    const struct office *office;
    struct fact_id person; /* whose facts they are; none: they are redacted (journal.h) */
    struct ids facts;
};

/* In any order. */
enum rc stone_add(struct stone *stone, struct fact_id fact) MUST_CHECK;

/* Sets them, where `rc` says that all went well, and frees the memory; else says `rc`. */
enum rc stone_end(struct stone *stone, enum rc rc) MUST_CHECK;

#endif
