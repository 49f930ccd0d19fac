/*
 * belonging.h - whose people somebody is one of, in a house of several organisations: what exports
 * of one of them hold, and what staff of one of them see and do. Works on a writer's connection and
 * on a snapshot's.
 *
 * Somebody is an organisation's by a visit for it or hours given to it, whenever those days are
 * what is asked; and, where all days are, by a promise for one of its shifts, by what of theirs was
 * summed up for it, by a role of it, by a badge that its staff gave them, or by a circle that is of
 * it (circle.h). Somebody may be of several; who is of none, and no role, circle, visit or promise
 * says that they are the house's, is nobody's yet.
 */
#ifndef APP_STORE_BELONGING_H
#define APP_STORE_BELONGING_H

#include "app/domain/circle.h"
#include "app/store/db.h"

struct belonging {
    struct fact_id organisation;       /* none: any; or REPORT_HOUSE: the house itself */
    const struct circle_list *circles; /* NULL: no circle counts */
    int first_day, last_day;           /* of visits; REPORT_FIRST_DAY and REPORT_LAST_DAY: all */
    unsigned kinds;                    /* of occasions that count: 1 << enum occasion_kind */
};

/* Of all days and kinds. */
struct belonging belonging_of(struct fact_id organisation, const struct circle_list *circles);

/* Is the person one of its people? */
enum rc belonging_find(struct db *db, const struct belonging *belonging, struct fact_id person,
                       bool *out_belongs) MUST_CHECK;

/* When they last arrived for it, or for what they gave hours to; 0: never. */
enum rc belonging_last_visit(struct db *db, const struct belonging *belonging,
                             struct fact_id person, int64_t *out_ms) MUST_CHECK;

/* Is the person nobody's yet? */
enum rc belonging_is_nobodys(struct db *db, const struct circle_list *circles,
                             struct fact_id person, bool *out_is) MUST_CHECK;

/* Is that visit for the organisation, or gave it hours to it? */
enum rc belonging_has_visit(struct db *db, struct fact_id organisation, struct fact_id person,
                            struct fact_id visit, bool *out_has) MUST_CHECK;

/*
 * The organisation of a circle; none where it is of none. RC_EMPTY: it is of one that the register
 * does not know.
 */
enum rc belonging_of_circle(struct db *db, const struct circle *circle,
                            struct fact_id *out_organisation) MUST_CHECK;

#endif
