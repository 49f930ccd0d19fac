/*
 * office.h - what staff do at the station: badges, roles, corrections, people, settings. Each is
 * one transaction: all of it or none, also over a power cut.
 *
 * `by` must have the right to it at that moment, and it must reach that far: a right of an
 * organisation (role.h) reaches its people, visits and occasions and who is nobody's yet
 * (belonging.h), and is refused for anybody else's. Without `by` it is the command line, which may
 * all. Runs where the journal runs. RC_REFUSED and RC_NOT_FOUND come with a sentence of
 * office_refuse's table, whole and without names in it, so that a screen can say it in the reader's
 * language; what the disk refuses comes with db_tell's.
 */
#ifndef APP_STORE_OFFICE_H
#define APP_STORE_OFFICE_H

#include "app/domain/answer.h"
#include "app/domain/badge.h"
#include "app/domain/role.h"
#include "app/store/journal.h"

struct office {
    struct fact_id by; /* the staff person; none: the command line */
    struct clock_reading now;
};

/* What something is about, for how far a right has to reach. */
enum office_about {
    OFFICE_ABOUT_HOUSE,    /* what is everybody's: no right of an organisation reaches that */
    OFFICE_ABOUT_PERSON,   /* id: whom */
    OFFICE_ABOUT_VISIT,    /* id: the visit; and so on */
    OFFICE_ABOUT_PROPOSAL, /* by its visit */
    OFFICE_ABOUT_OCCASION,
    OFFICE_ABOUT_ANY, /* nobody in particular: any right of that kind will do */
    OFFICE_ABOUTS = OFFICE_ABOUT_ANY
};

/* How far does the right of `by` reach now? RC_REFUSED with a sentence where they have none. */
enum rc office_reach(struct journal *journal, const struct office *office, enum right right,
                     struct reach *out_reach, struct reason *out_reason) MUST_CHECK;

/* Is that within reach? RC_REFUSED or RC_NOT_FOUND with a sentence where not. */
enum rc office_check_reach(struct journal *journal, const struct reach *reach,
                           enum office_about about, struct fact_id id,
                           struct reason *out_reason) MUST_CHECK;

/* Both: may `by` do that now? */
enum rc office_may(struct journal *journal, const struct office *office, enum right right,
                   enum office_about about, struct fact_id id,
                   struct reason *out_reason) MUST_CHECK;

/*
 * Adds a fact with "by" in its body, which is taken over; NULL: RC_NO_MEMORY. In the caller's
 * transaction.
 */
enum rc office_add_for(struct journal *journal, const struct office *office, enum fact_kind kind,
                       struct fact_id subject, struct fact_id organisation, json_t *body,
                       struct fact_id *out_fact) MUST_CHECK;

/* --- badges --- */

struct office_badge {
    struct fact_id person; /* who gets it */
    struct badge badge;
    int64_t until_ms; /* 0: for good */
    bool is_lent;
};

/*
 * Gives a badge. Refused: a random number, one that is somebody's, one that was lost or replaced. A
 * lent one passes on when its borrower is out or its time is over, and one that came back can be
 * given again.
 */
enum rc office_give_badge(struct journal *journal, const struct office *office,
                          const struct office_badge *gift, struct reason *out_reason) MUST_CHECK;

/* The same inside the caller's transaction, for whoever has more to do in it. */
enum rc office_hand_badge(struct journal *journal, const struct office *office,
                          const struct office_badge *gift, struct reason *out_reason) MUST_CHECK;

/* All badges that are theirs for good go as replaced, and they get this one. */
enum rc office_replace_badge(struct journal *journal, const struct office *office,
                             const struct office_badge *gift, struct reason *out_reason) MUST_CHECK;

enum office_why { OFFICE_LOST, OFFICE_RETURNED, OFFICE_REPLACED };

/* `hash` NULL: all badges of the person, lent ones too. */
enum rc office_withdraw(struct journal *journal, const struct office *office, struct fact_id person,
                        const struct badge_hash *hash, enum office_why why,
                        struct reason *out_reason) MUST_CHECK;

/* --- people --- */

/* Nobody may make the last staff member something else. */
enum rc office_set_role(struct journal *journal, const struct office *office, struct fact_id person,
                        enum role role, struct reason *out_reason) MUST_CHECK;

/* Somebody who signed in on paper. The last name may be "". */
enum rc office_add_person(struct journal *journal, const struct office *office,
                          const char *first_name, const char *last_name, struct fact_id *out_person,
                          struct reason *out_reason) MUST_CHECK;

/*
 * Somebody's code from now on; `sealed` by secret_seal_alike. RC_BUSY: somebody else has that one
 * by chance, so nothing was recorded: make another.
 */
enum rc office_set_code(struct journal *journal, const struct office *office, struct fact_id person,
                        const char *sealed, struct reason *out_reason) MUST_CHECK;

/* ANSWER_ARRIVAL or ANSWER_DEPARTURE now, for somebody who did not tap. *out_fact can be undone. */
enum rc office_record(struct journal *journal, const struct office *office, struct fact_id person,
                      enum answer_kind answer, struct fact_id *out_fact,
                      struct reason *out_reason) MUST_CHECK;

/* --- visits --- */

#define OFFICE_REASON_BYTES 200 /* without the NUL */

struct office_correction {
    struct fact_id visit;
    int64_t arrived_ms; /* 0: as it is */
    int64_t left_ms;    /* 0: as it is */
    bool is_void;       /* it never took place; the times don't matter then */
    const char *reason; /* 1 to OFFICE_REASON_BYTES bytes */
};

/*
 * The old times stay readable in the facts. Refused: an end before the beginning, a time to come by
 * a clock that can be trusted, more than PRESENCE_VISIT_MAX_MS, an overlap with another visit of
 * the person. *out_fact can be undone.
 */
enum rc office_correct(struct journal *journal, const struct office *office,
                       const struct office_correction *correction, struct fact_id *out_fact,
                       struct reason *out_reason) MUST_CHECK;

/*
 * The person themselves (office->by) says how a visit of theirs was: `reason` may be "". Where its
 * departure was only assumed and nothing else is to change it counts at once, else it waits for
 * staff. Refused as office_correct, but for the reason. *out_fact can be undone.
 */
enum rc office_propose(struct journal *journal, const struct office *office,
                       const struct office_correction *correction, struct fact_id *out_fact,
                       struct reason *out_reason) MUST_CHECK;

/* Staff accept a proposal that waits, or do not: then with a reason, which the person reads. */
enum rc office_answer_proposal(struct journal *journal, const struct office *office,
                               struct fact_id proposal, bool is_accepted, const char *why,
                               struct reason *out_reason) MUST_CHECK;

/* --- settings --- */

#define OFFICE_SETTING_NAME_BYTES 32   /* of a to z and _ */
#define OFFICE_SETTING_VALUE_BYTES 200 /* of UTF-8 in one line; "" takes it away */

/* Of this station. `until_ms` 0: until somebody sets another. */
enum rc office_set(struct journal *journal, const struct office *office, const char *name,
                   const char *value, int64_t until_ms, struct reason *out_reason) MUST_CHECK;

#endif
