/*
 * welcome_i.h - the inside of first visits, shared by welcome.c (looking somebody up, what begins a
 * transaction), welcome_begin.c, welcome_step.c, welcome_buddy.c, welcome_missions.c,
 * welcome_list.c and welcome_forget.c. Nobody else includes it.
 */
#ifndef APP_STORE_WELCOME_I_H
#define APP_STORE_WELCOME_I_H

#include "app/store/office_i.h"
#include "app/store/welcome.h"

/* Whose way it is, as they stand in the register; in a transaction. */
struct welcome_one {
    struct journal *journal;
    struct office office; /* by: none where they do it themselves */
    struct person person;
    struct newcomer newcomer; /* has_begun: they ever did */
    int64_t at_ms;
    struct reason *out_reason;
};

/*
 * Begins a transaction for somebody who does it themselves, or for whom one with the right to vouch
 * does, or `other`. After a failure there is none. End it with office_end.
 */
enum rc welcome_open(struct journal *journal, const struct office *office, struct fact_id person,
                     struct fact_id other, struct welcome_one *out_one,
                     struct reason *out_reason) MUST_CHECK;

/* A step with nothing more to say of it. */
enum rc welcome_add_step(struct journal *journal, const struct office *office,
                         struct fact_id person, enum guide_step step,
                         enum newcomer_how how) MUST_CHECK;

/* The same, unless it is so already. */
enum rc welcome_mark(const struct welcome_one *one, enum guide_step step,
                     enum newcomer_how how) MUST_CHECK;

#endif
