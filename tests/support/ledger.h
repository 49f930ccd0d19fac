/*
 * ledger.h - a register whose views are filled by hand, row by row, for what makes files of it:
 * any text, any time, any number of rows, whether or not facts could come to it.
 *
 * Local time is Brussels. What should work and doesn't ends the test (abort). One thread.
 */
#ifndef TESTS_SUPPORT_LEDGER_H
#define TESTS_SUPPORT_LEDGER_H

#include "app/exchange/register.h"
#include "app/exchange/sink.h"

/* 2026-11-23 13:02:11 UTC, 14:02:11 in Brussels. */
#define LEDGER_MS INT64_C(1795438931000)
#define LEDGER_DAY 20261123

#define LEDGER_STATION 0xa11ce

struct ledger;

struct ledger *ledger_open(void);
void ledger_close(struct ledger *ledger);

/* Their ids are given: a11ce-1, a11ce-2, ... Texts go in as they are. */
struct fact_id ledger_organisation(struct ledger *ledger, const char *name);
struct fact_id ledger_occasion(struct ledger *ledger, enum occasion_kind kind, const char *title);
struct fact_id ledger_person(struct ledger *ledger, const struct person *person);
struct fact_id ledger_visit(struct ledger *ledger, struct fact_id person,
                            const struct visit *visit);
void ledger_stint(struct ledger *ledger, struct fact_id person, const struct stint *stint);
void ledger_newcomer(struct ledger *ledger, struct fact_id person, int64_t began_ms,
                     struct fact_id buddy);

/* So many visits of a person, one a minute, each with an hour given. */
void ledger_visits(struct ledger *ledger, struct fact_id person, int count);

/* What is there from now on, all days, all by name; the ledger's until the next. */
struct register_source ledger_source(struct ledger *ledger);

/* What a sink was given, as a text; free it. `fails_after` bytes it says `failure`; below 0: never.
 */
struct ledger_text {
    char *bytes;
    size_t length;
    long fails_after;
    enum rc failure;
};

struct sink ledger_sink(struct ledger_text *text);

#endif
