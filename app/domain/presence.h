/*
 * presence.h - the fold that turns one person's facts into visits.
 *
 * Taps carry the answer that was shown. The fold follows that answer as long as its premise (in or
 * out) holds; where another station's facts changed the premise, the tap is read again by the same
 * rules. So folding one station's journal always gives what it greeted.
 *
 * A visit stays open until the venue's day is over or two hours after the last of its shifts,
 * whichever is later; its shifts are those signed up for that begin while it is open. It is assumed
 * to have ended with that shift, or else nobody knows when.
 *
 * FACT_CLOSING {"spans":[[from_ms,to_ms,from_station,from_seq,to_station,to_seq],...],"totals":
 * [...]} puts sums in the place of visits: moves and guests from there to there in the order of the
 * fold are passed over, whenever they come in, and the sums are added up (total.h). Only who is
 * erased has such a span, of all time; once each visit had its own. Numbers that are left out are
 * 0: before all facts of that millisecond. One without spans closed all that came before it: folds
 * start behind it, and roles and promises outlive it, as far as they reach beyond it.
 *
 * What is said about a visit afterwards counts from where it stands in the order of the fold:
 * guests as long as the visit is open (or where they name it), a correction always, a proposal at
 * once where it ends a visit whose departure was only assumed, and else when staff accept it. Said
 * of a visit that is not there (any more), it says nothing. The old value stays readable in the
 * facts. Pure; any thread.
 */
#ifndef APP_DOMAIN_PRESENCE_H
#define APP_DOMAIN_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "app/domain/deed.h"
#include "app/domain/sign_up.h"
#include "app/domain/total.h"

/* How one side of a visit is known. Kept in views by number: never renumber. */
enum presence_how {
    PRESENCE_OPEN = 0, /* not left yet */
    PRESENCE_TAP = 1,
    PRESENCE_NAME = 2,
    PRESENCE_STAFF = 3,
    PRESENCE_ASSUMED = 4,
    PRESENCE_CORRECTED = 5,
    PRESENCE_PROPOSED = 6,
};

/* "tap", "name", ...; NULL for PRESENCE_OPEN. */
const char *presence_how_name(enum presence_how how);

/* How a visit stood before anybody proposed or corrected something: what taps said. */
struct visit_before {
    struct fact_id fact; /* the last proposal or correction; none: nobody did */
    int64_t arrived_ms;
    int64_t left_ms;
    enum presence_how how_in;
    enum presence_how how_out;
};

/* Of each kind, with one person. */
#define PRESENCE_GUESTS_MAX 20

/* So soon after a move a further one of another station changes nothing. */
#define PRESENCE_SAME_TAP_MS 60000

/* No visit is longer, and none is corrected to be. */
#define PRESENCE_VISIT_MAX_MS ((int64_t)7 * 24 * 3600 * 1000)

struct visit {
    struct fact_id id; /* the arrival's fact */
    struct fact_id organisation;
    struct fact_id occasion; /* that they came for; none: nothing in particular */
    enum occasion_kind kind; /* of it */
    int day;                 /* of the venue, as 20261125: the visit belongs to it as a whole */
    bool is_staff;           /* who came was staff then */
    int64_t arrived_ms;
    int64_t left_ms;    /* 0 while open */
    int64_t closes_ms;  /* when an open visit ends by itself, as assumed */
    int64_t assumed_ms; /* and when it is assumed to have ended: closes_ms where nobody knows */
    int64_t stop_ms;    /* hours outside of shifts stop there; 0: they don't */
    enum presence_how how_in;
    enum presence_how how_out;
    bool is_doubtful_in;
    bool is_doubtful_out;
    int guests;                 /* adults who came along and leave with this person */
    int children;               /* below the venue's age */
    struct visit_before before; /* only from presence_fold: views have no room for it */
};

/* What a visit gave to one shift, or to none in particular; see stint.h. */
struct stint {
    struct fact_id visit;
    struct shift_id of; /* no occasion: none in particular */
    struct fact_id organisation;
    char mission[96];
    int day;
    bool is_staff;
    bool is_assumed; /* its end is */
    int64_t from_ms; /* where its first second begins */
    int64_t seconds;
};

enum proposal_state {
    PROPOSAL_TAKEN = 0, /* at once: it ended a visit whose end was only assumed */
    PROPOSAL_WAITS = 1, /* for staff */
    PROPOSAL_ACCEPTED = 2,
    PROPOSAL_REFUSED = 3, /* with a reason, which the person reads */
};

/* What somebody says of a visit of theirs. */
struct proposal {
    struct fact_id fact, visit;
    int64_t arrived_ms, left_ms; /* 0: as it is */
    enum proposal_state state;
    struct fact_id answer; /* the fact with the answer; none: not yet */
};

struct presence {
    struct visit *visits; /* by arrival, station, sequence; at most one is open */
    size_t count;
    size_t capacity;
    struct sign_ups sign_ups;
    struct stint *stints; /* of all visits that ended, in their order */
    size_t stint_count;
    size_t stint_capacity;
    struct proposal *proposals; /* in the order they were made */
    size_t proposal_count;
    size_t proposal_capacity;
    struct deeds deeds;
    bool is_staff;        /* at this point of the fold */
    int day_end_min;      /* of the rules that the last arrival stood under */
    struct totals totals; /* what closing facts carried forward */
    /* The last arrival or departure: `t` of the tap table counts from here. seq 0: never, or
       forgotten by an undo. */
    struct fact_id since;
};

/*
 * Folds facts that are sorted by fact_compare; other kinds are passed over, erased bodies too.
 * Finish with presence_finish. RC_NO_MEMORY, or RC_CORRUPT for a body that no version of Perron
 * wrote: one that cannot be read is never taken for an erased one.
 */
enum rc presence_fold(const struct fact *facts, size_t count,
                      struct presence *out_presence) MUST_CHECK;
void presence_finish(struct presence *presence);

/* One more behind the last; for those who read them back. */
enum rc presence_add(struct presence *presence, const struct visit *visit) MUST_CHECK;
enum rc presence_add_stint(struct presence *presence, const struct stint *stint) MUST_CHECK;
enum rc presence_add_proposal(struct presence *presence,
                              const struct proposal *proposal) MUST_CHECK;

/* The open visit, or NULL. */
const struct visit *presence_open_visit(const struct presence *presence);

/*
 * Has nobody said for certain when the visit ended? Open past its end is as good as assumed: only
 * nobody came by to say so.
 */
bool presence_is_end_assumed(const struct visit *visit, int64_t now_ms);

/* Is it known when it ended, or by which shift? An assumed end that is neither gives no hours. */
bool presence_has_end(const struct visit *visit);

/* The visit as it is to be shown at a moment: open past its end, it ended as assumed. */
struct visit presence_visit_at(const struct visit *visit, int64_t now_ms);

#endif
