/*
 * changes.h - what is different from what the last export had: visits, hours, people and newcomers,
 * row by row, each once.
 *
 * Of everybody whom facts beyond the mark are about, the facts are folded twice, as they were at
 * the mark and as they are; what time alone ended since then (a visit that nobody ended) differs,
 * too. So the exports since the first, one after the other and by the rows' ids, come to the same
 * as one of everything: nothing is lost, nothing is there twice. A row is different where something
 * is that the tables show of it (register.h). Works on a snapshot; memory follows the people, never
 * their visits.
 *
 * Clocks that were set since, and boots that gave way to them, move facts of before the mark: these
 * are placed again as they lay then, by the clocks up to the mark alone (chrono.h). An occasion of
 * another title, a buddy of another name bring the rows that say it.
 *
 * What was erased since cannot be folded as it was, and taps that are left may have been read
 * otherwise then. So of whom the mark had something that is erased by now, all is told again: each
 * tap of before the mark that is no arrival as a visit that is gone, by its id alone, though it may
 * never have been one; hours as gone first, by a stint of no day and no shift, which stands for all
 * that the visit gave; then what is there as changed. Of what was redacted nobody knows whom it was
 * about: such taps are told by their ids alone, as nobody's, and all newcomers again. A promise
 * among it may have cut the hours of a visit that stayed: of whom something became a sum since, all
 * is told again, too.
 */
#ifndef APP_STORE_CHANGES_H
#define APP_STORE_CHANGES_H

#include "app/store/mark.h"
#include "app/store/snapshot.h"

enum changes_how {
    CHANGES_NEW,
    CHANGES_CHANGED,
    CHANGES_GONE /* voided, or erased: only its id and whom it was about still say something */
};

/* Who hears of the rows; NULL: nobody does. What one returns instead of RC_OK ends it with that. */
struct changes_hearer {
    void *context;
    enum rc (*person)(void *context, enum changes_how how, const struct snapshot_person *person);
    enum rc (*visit)(void *context, enum changes_how how, const struct snapshot_visit *visit);
    enum rc (*stint)(void *context, enum changes_how how, const struct snapshot_stint *stint);
    enum rc (*newcomer)(void *context, enum changes_how how,
                        const struct snapshot_newcomer *newcomer);
};

/* Person by person. A mark of no export: everything is new. */
enum rc changes_each(struct snapshot *snapshot, const struct mark *since, int64_t now_ms,
                     const struct changes_hearer *hearer) MUST_CHECK;

#endif
