/*
 * lookup_proposals.h - what people said of their own visits, and what waits for staff. Works on a
 * writer's connection and on a snapshot's.
 */
#ifndef APP_STORE_LOOKUP_PROPOSALS_H
#define APP_STORE_LOOKUP_PROPOSALS_H

#include "app/domain/presence.h"
#include "app/store/db.h"

struct lookup_proposal {
    struct proposal proposal;
    struct fact_id person;
    char full_name[200];         /* "" once erased */
    int64_t arrived_ms, left_ms; /* of the visit as it stands */
    char why[201];               /* the person's words; "" */
    char answer[201];            /* staff's; "" */
};

/* RC_EMPTY: there is none. */
enum rc lookup_proposal(struct db *db, struct fact_id fact,
                        struct lookup_proposal *out_proposal) MUST_CHECK;

/* Those that wait, the oldest first; about visits of one organisation alone, none: about all. */
enum rc lookup_proposals_waiting(struct db *db, struct fact_id organisation, size_t max,
                                 struct lookup_proposal *out_rows, size_t *out_listed) MUST_CHECK;

/* One person's, the latest first. */
enum rc lookup_proposals_of(struct db *db, struct fact_id person, size_t max,
                            struct lookup_proposal *out_rows, size_t *out_listed) MUST_CHECK;

#endif
