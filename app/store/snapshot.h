/*
 * snapshot.h - one moment of the register, for exports, reports, lists and verify.
 *
 * A read-only connection with one open transaction: taps go on meanwhile and are not seen. One
 * thread per snapshot; any number of them beside a running station.
 */
#ifndef APP_STORE_SNAPSHOT_H
#define APP_STORE_SNAPSHOT_H

#include "app/domain/fold.h"
#include "app/store/db.h"

struct snapshot;

/* `path` of perron.db. A sentence comes with each failure. */
enum rc snapshot_open(const char *path, struct snapshot **out_snapshot,
                      struct reason *out_reason) MUST_CHECK;
void snapshot_close(struct snapshot *snapshot);

/*
 * The same moment once more, for another thread. RC_BUSY where the register has moved on, and what
 * opening it comes to otherwise: then there is only the one.
 */
enum rc snapshot_twin(struct snapshot *snapshot, struct snapshot **out_twin) MUST_CHECK;
struct db *snapshot_db(struct snapshot *snapshot);

/* A visit as the register shows it at a moment: a day that is over has closed it, as assumed. */
struct snapshot_visit {
    struct visit visit;
    struct person person;   /* id, number and names alone; first_name "" once erased */
    int64_t seconds;        /* that it gave, by stint.h; of an open one 0 */
    char organisation[160]; /* its name; "" for the house itself */
};

/*
 * Calls `row` for each visit that arrived in [from_ms, to_ms), by arrival. A `row` that returns
 * something else than RC_OK ends it with that.
 */
enum rc snapshot_visits(struct snapshot *snapshot, int64_t from_ms, int64_t to_ms, int64_t now_ms,
                        enum rc (*row)(void *context, const struct snapshot_visit *visit),
                        void *context) MUST_CHECK;

/* Calls `row` for each person, by name, with the number of badges in use and whether they are in.
 */
struct snapshot_person {
    struct person person;
    int badges;
    bool is_in;
};

enum rc snapshot_people(struct snapshot *snapshot, int64_t now_ms,
                        enum rc (*row)(void *context, const struct snapshot_person *person),
                        void *context) MUST_CHECK;

/* What a visit gave to one shift, or to none in particular, and whose. */
struct snapshot_stint {
    struct stint stint;
    struct person person;          /* first_name "" once erased; its id is there all the same */
    enum occasion_kind kind;       /* of the shift's occasion, else of what the visit was for */
    enum occasion_kind visit_kind; /* what the visit was for */
    bool is_doubtful;              /* no trusted clock vouches for one of the visit's times */
    char title[128];               /* of that occasion; "" */
    char organisation[160];        /* its name; "" for the house itself */
};

/*
 * Calls `row` for what each visit gave that has ended by `now_ms`, on the venue's days from
 * `first_day` to `last_day`: by day and person, visits that nobody ended at the end.
 */
enum rc snapshot_stints(struct snapshot *snapshot, int first_day, int last_day, int64_t now_ms,
                        enum rc (*row)(void *context, const struct snapshot_stint *stint),
                        void *context) MUST_CHECK;

/*
 * The same rows person by person, in the order of their ids: also visits that nobody ended stand
 * with whose they are, and who is in has given what it comes to at `now_ms`. No more is kept than
 * one person. Quick: kinds, titles, names of organisations and what is doubtful are left out, which
 * takes a tenth of the time.
 */
enum rc snapshot_stints_by_person(struct snapshot *snapshot, int first_day, int last_day,
                                  int64_t now_ms, bool is_quick,
                                  enum rc (*row)(void *context, const struct snapshot_stint *stint),
                                  void *context) MUST_CHECK;

/* Somebody who began a first visit, and who looks after them. */
struct snapshot_newcomer {
    struct person person;
    struct newcomer newcomer;
    char buddy[200]; /* full name; "" */
    int64_t last_ms; /* their last arrival; 0: never */
};

/* Calls `row` for each who began in [from_ms, to_ms), by then; nobody who was erased. */
enum rc snapshot_newcomers(struct snapshot *snapshot, int64_t from_ms, int64_t to_ms,
                           enum rc (*row)(void *context, const struct snapshot_newcomer *newcomer),
                           void *context) MUST_CHECK;

struct snapshot_counts {
    int64_t station;
    int64_t facts;
    int64_t people;
    int64_t visits;
    int here;
    char fold_version[16];
};

enum rc snapshot_counts(struct snapshot *snapshot, int64_t now_ms,
                        struct snapshot_counts *out_counts) MUST_CHECK;

#endif
