/*
 * enrol.h - lists of people and badges, brought into the register: the exchange's plan meets the
 * store's journal. Runs where the journal runs: on a station's writer thread, or in a command.
 */
#ifndef APP_ENROL_H
#define APP_ENROL_H

#include "app/exchange/people.h"
#include "app/store/office.h"

struct enrol_options {
    bool is_of_baskets; /* the list says who has one, and not who there is */
    bool is_dry_run;    /* plan and tell, write nothing */
    bool skips_refused; /* take the others although some are refused */
    bool wants_json;    /* *out_told is JSON */
    struct clock_reading now;
};

/*
 * Reads a list, plans and, unless it is a dry run or something is refused, takes it whole.
 * *out_told is the preview (free it), also with RC_REFUSED: some rows cannot be taken and nothing
 * was.
 */
enum rc enrol_import(struct journal *journal, const char *bytes, size_t length,
                     const struct enrol_options *options, char **out_told,
                     struct reason *out_reason) MUST_CHECK;

/*
 * The two halves of it, for whoever shows a plan before it is taken. What the list comes to in the
 * house as it is now; writes nothing.
 */
enum rc enrol_plan(struct journal *journal, struct people *people) MUST_CHECK;

/* A planned list as facts, without what is refused in it; in the caller's transaction. */
enum rc enrol_take(struct journal *journal, const struct office *office,
                   const struct people *people) MUST_CHECK;

/* Gives a badge, in any usual writing, to the person with that member number. */
enum rc enrol_badge(struct journal *journal, const char *number, const char *writing,
                    const struct clock_reading *now, struct reason *out_reason) MUST_CHECK;

/*
 * The same inside the caller's transaction, to a person known by id. RC_OK where it is theirs
 * already; RC_REFUSED with a sentence where it was withdrawn or is somebody else's.
 */
enum rc enrol_give(struct journal *journal, struct fact_id person, const struct badge *badge,
                   const struct clock_reading *now, struct reason *out_reason) MUST_CHECK;

#define ENROL_FILE_BYTES (16u << 20) /* about 100 000 people */

#endif
