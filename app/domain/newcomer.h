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
 * The last fact of a step holds; "again" is as if it had never been; taken back by FACT_UNDO like
 * any other.
 *
 * FACT_BUDDY {"buddy": [station,seq], "how": "asked", "taken", "declined", "missed" or "named"}:
 *   subject: the newcomer. "missed": was called and did not come. "named": answers for them,
 * without having been there.
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

const char *newcomer_how_name(enum newcomer_how how);

enum newcomer_buddy {
    NEWCOMER_BUDDY_NONE = 0,
    NEWCOMER_BUDDY_ASKED = 1, /* was called, has not answered */
    NEWCOMER_BUDDY_TAKEN = 2, /* "I've got you" */
    NEWCOMER_BUDDY_NAMED = 3,
};

#define NEWCOMER_KEYS_BYTES                                                                        \
    400 /* of a wish's tiles or of missions, between spaces, with the NUL                          \
         */
#define NEWCOMER_PASSED_MAX 8

struct newcomer {
    bool has_begun; /* there is something here */
    int64_t began_ms;
    struct fact_id began; /* the first fact of the way */
    enum newcomer_how steps[GUIDE_STEP_COUNT];
    int64_t steps_ms[GUIDE_STEP_COUNT]; /* when; 0 where not yet */
    char wishes[GUIDE_WISH_COUNT][NEWCOMER_KEYS_BYTES];
    char missions[NEWCOMER_KEYS_BYTES];
    bool wants_shaping;                /* a mission of their own, made together */
    char charter[GUIDE_VERSION_BYTES]; /* the version that was accepted; its language: */
    char charter_language[4];
    bool is_charter_signed;
    struct fact_id buddy; /* by state; none: nobody */
    enum newcomer_buddy buddy_state;
    int64_t buddy_ms;                           /* since when */
    struct fact_id passed[NEWCOMER_PASSED_MAX]; /* who could not, the newest last */
    int passed_count;
};

struct visit;

/*
 * Takes FACT_WELCOME or FACT_BUDDY; RC_CORRUPT for what no version of Perron wrote; a step or a how
 * of a newer version says nothing.
 */
enum rc newcomer_take(struct newcomer *newcomer, const struct fact *fact,
                      const json_t *body) MUST_CHECK;

/* Ticks what being there ticks: an info session; six months on, another one or a workshop. */
void newcomer_attend(struct newcomer *newcomer, const struct visit *visits, size_t count);

bool newcomer_is_same(const struct newcomer *a, const struct newcomer *b);

/* What is said of one step; body of FACT_WELCOME, json_decref it. NULL without memory. */
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

json_t *newcomer_said_to_json(const struct newcomer_said *said);

/* --- the way --- */

/* The row of the way to go on with; `guide` has row_count for: nothing is left. */
int newcomer_next(const struct guide *guide, const struct newcomer *newcomer);

/*
 * The same behind the row `from` in this visit: what was skipped just now does not come again. -1:
 * from the beginning.
 */
int newcomer_next_after(const struct guide *guide, const struct newcomer *newcomer, int from);

/* How many steps are left to be offered another time: skipped, later, not yet. */
int newcomer_left(const struct guide *guide, const struct newcomer *newcomer);

/* Welcomed: charter accepted (where there is one on the first visit) and the way walked to its end.
 */
bool newcomer_is_welcomed(const struct guide *guide, const struct newcomer *newcomer);

#endif
