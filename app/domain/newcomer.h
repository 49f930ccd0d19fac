/*
 * newcomer.h - how far somebody is on the way of their first visit (guide.h); a part of the fold of
 * that person. Pure; any thread.
 *
 * FACT_WELCOME {"step": its name, "how": "done", "skipped", "later", "declined" or "again",
 *   "brings"? "likes"? "avoids"? "skills"? "needs"?: keys of tiles between spaces (why),
 *   "missions"?: keys between spaces, "wants_shaping"?: bool (missions),
 *   "version"? "text"? "language"?: of what was accepted or shown (charter, notice): the house's
 *   version, the text's hash, and in which language it was read,
 *   "strokes"?: a drawn signature, [[x,y,x,y,...],...] in parts of the pad, 0 to 10 000,
 *   "by"?: [station,seq] a host who did it together with them}
 * The last fact of a step holds, with all it says; "again" is as if it had never been, and takes a
 * step back. What is only ticked by being there (GUIDE_INFO, GUIDE_DEEPENING) is not in doubt: who
 * was there was there.
 *
 * FACT_BUDDY {"buddy": [station,seq], "how": "asked", "taken", "declined", "missed" or "named"}:
 *   subject: the newcomer. "missed": was called and did not come. "named": answers for them,
 *   without having been there.
 * Who has taken a newcomer keeps them until they decline: who taps a moment too late, or was asked
 * by a screen that had not heard of it yet, changes nothing.
 */
#ifndef APP_DOMAIN_NEWCOMER_H
#define APP_DOMAIN_NEWCOMER_H

#include "app/domain/fact.h"
#include "app/domain/guide.h"
#include "firmware/base/json.h"

/* Kept in views by number and in facts by name: never renumber or rename, only add. */
enum newcomer_how {
    NEWCOMER_NOT_YET = 0,
    NEWCOMER_DONE = 1,
    NEWCOMER_SKIPPED = 2,  /* not this time: offered again */
    NEWCOMER_LATER = 3,    /* comes with a talk */
    NEWCOMER_DECLINED = 4, /* said no, for good */
    NEWCOMER_HOW_COUNT
};

/* "not-yet", "done", "skipped", ... */
const char *newcomer_how_name(enum newcomer_how how);

enum newcomer_buddy {
    NEWCOMER_BUDDY_NONE = 0,
    NEWCOMER_BUDDY_ASKED = 1, /* was called, has not answered */
    NEWCOMER_BUDDY_TAKEN = 2, /* "I've got you" */
    NEWCOMER_BUDDY_NAMED = 3,
};

#define NEWCOMER_KEYS_BYTES 400 /* of tiles or of missions, between spaces, with the NUL */
#define NEWCOMER_PASSED_MAX 8
#define NEWCOMER_LANGUAGE_BYTES 4 /* "fr", with room for a longer code */
#define NEWCOMER_PAD 10000        /* a signature's pad has so many parts each way */

/* The deepening session is offered after six, and a session a bit early counts. */
#define NEWCOMER_DEEPENING_MONTHS 5

struct newcomer {
    bool has_begun; /* there is something here */
    int64_t began_ms;
    struct fact_id began; /* the first fact of the way, or of a buddy */
    enum newcomer_how steps[GUIDE_STEP_COUNT];
    int64_t steps_ms[GUIDE_STEP_COUNT]; /* when; 0 where not yet */
    char wishes[GUIDE_WISH_COUNT][NEWCOMER_KEYS_BYTES];
    char missions[NEWCOMER_KEYS_BYTES];
    bool wants_shaping;                /* a mission of their own, made together */
    char charter[GUIDE_VERSION_BYTES]; /* the version that was accepted; its language: */
    char charter_language[NEWCOMER_LANGUAGE_BYTES];
    bool is_charter_signed;
    struct fact_id buddy; /* by state; none: nobody */
    enum newcomer_buddy buddy_state;
    int64_t buddy_ms;                           /* since when */
    struct fact_id passed[NEWCOMER_PASSED_MAX]; /* who could not, the newest last */
    int passed_count;
};

struct visit;

/*
 * Takes FACT_WELCOME or FACT_BUDDY, in the order of the fold. RC_CORRUPT for what no version of
 * Perron wrote; a step or a how of a newer version says nothing.
 */
enum rc newcomer_take(struct newcomer *newcomer, const struct fact *fact,
                      const json_t *body) MUST_CHECK;

/*
 * Ticks what being there ticks, of somebody who has begun: an info session, whenever it was; and
 * NEWCOMER_DEEPENING_MONTHS on, another one or a workshop. `visits` by arrival.
 */
void newcomer_attend(struct newcomer *newcomer, const struct visit *visits, size_t count);

bool newcomer_is_same(const struct newcomer *a, const struct newcomer *b);

/* So many points of a signature fit a body; of more, every second, third, ... is kept. */
#define NEWCOMER_POINTS_MAX 1000

/* What is said of one step. */
struct newcomer_said {
    enum guide_step step;
    enum newcomer_how how;                /* NOT_YET: "again" */
    const char *wishes[GUIDE_WISH_COUNT]; /* why: keys between spaces; NULL: nothing is said */
    const char *missions;                 /* missions: the same */
    bool wants_shaping;
    const char *version, *text; /* charter, notice; NULL: none */
    const char *language;
    const int16_t *points; /* a signature: x, y of each point; NULL: none */
    const int *begins;     /* index of each stroke's first point */
    int point_count, stroke_count;
};

/*
 * The body of FACT_WELCOME; json_decref it. Keys are cut between two where they are too many,
 * points beyond the pad moved to its edge. NULL without memory, or for a text that is no key, or
 * too long to be read back.
 */
json_t *newcomer_said_to_json(const struct newcomer_said *said);

/* --- the way --- */

/*
 * The row of the way to go on with; `guide` has row_count for: nothing is left. `day_ms` is when
 * the venue's day began (day_begin). What was put off (skipped, or left for later) on that day does
 * not come again on it, and what comes later anyway is passed over on the day of the first visit.
 */
int newcomer_next(const struct guide *guide, const struct newcomer *newcomer, int64_t day_ms);

/* The same behind the row `from`; -1: from the beginning. */
int newcomer_next_after(const struct guide *guide, const struct newcomer *newcomer, int64_t day_ms,
                        int from);

/*
 * How many steps are left to be offered another time: skipped, later, not yet. Language, hello and
 * what comes next are no reason to come back to.
 */
int newcomer_left(const struct guide *guide, const struct newcomer *newcomer);

/* Welcomed: charter accepted (where there is one on the first visit) and the way walked to its
 * end: the last row of the first visit was answered, in whichever way. */
bool newcomer_is_welcomed(const struct guide *guide, const struct newcomer *newcomer);

/* Is it time to invite them to the deepening session, and were they not at one yet? */
bool newcomer_is_deepening_due(const struct guide *guide, const struct newcomer *newcomer,
                               int64_t now_ms);

#endif
