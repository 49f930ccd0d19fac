/*
 * planning.h - calendars brought into the register: the exchange's plan meets the store's journal,
 * and what people promised moves along. Runs where the journal runs.
 */
#ifndef APP_PLANNING_H
#define APP_PLANNING_H

#include "app/exchange/calendar.h"
#include "app/store/office.h"

struct planning_options {
    const char *source; /* the calendar's name: what vanishes is looked for among its own */
    bool is_dry_run;    /* plan and tell, write nothing */
    bool is_part;       /* of a calendar: nothing vanishes by it */
    bool skips_refused; /* take the others although some are refused */
    bool wants_json;    /* *out_told is JSON */
    struct clock_reading now;
};

/*
 * Reads a calendar, plans and, unless it is a dry run or something is refused, takes it whole.
 * *out_told is the preview (free it), also with RC_REFUSED: some cannot be taken and nothing was.
 */
enum rc planning_import(struct journal *journal, const char *bytes, size_t length,
                        const struct planning_options *options, char **out_told,
                        struct reason *out_reason) MUST_CHECK;

/*
 * The two halves of it, for whoever shows a plan before it is taken; both inside the caller's
 * transaction. What the calendar comes to in the house as it is now; writes nothing.
 */
enum rc planning_plan(struct journal *journal, struct calendar *calendar,
                      const char *source) MUST_CHECK;

/* A planned calendar as facts, without what is refused in it; promises move along. */
enum rc planning_take(struct journal *journal, const struct office *office,
                      const struct calendar *calendar, const char *source) MUST_CHECK;

#endif
