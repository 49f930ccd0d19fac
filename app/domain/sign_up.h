/*
 * sign_up.h - a person's promises to be there for shifts; a part of the fold of that person.
 *
 * A sign-up carries the shift's times, mission and organisation along, so that one person's facts
 * say all about their hours: when the calendar moves a shift, the sign-up is stated again. Stated
 * again after it ended it stands again. Pure; any thread.
 *
 * FACT_SIGN_UP {"occasion":[station,seq],"shift":n,"mission","from_ms","to_ms",
 * "is_stand_in_sought"?,"stands_in_for"?:[station,seq],"by"?:[station,seq]};
 * FACT_SIGN_UP_ENDED {"occasion","shift","how":"excused" or "replaced" or "cancelled","reason"?,
 * "replaced_by"?:[station,seq],"by"?}.
 */
#ifndef APP_DOMAIN_SIGN_UP_H
#define APP_DOMAIN_SIGN_UP_H

#include "app/domain/occasion.h"

/* Kept in views by number and in facts by name: never renumber or rename, only add. */
enum sign_up_end {
    SIGN_UP_STANDS = 0,
    SIGN_UP_EXCUSED = 1,  /* by the person, or for them */
    SIGN_UP_REPLACED = 2, /* somebody stands in */
    SIGN_UP_CANCELLED = 3 /* by the house: there is no such shift any more */
};

/* "stands", "excused", "replaced", "cancelled". */
const char *sign_up_end_name(enum sign_up_end end);

/* What a sign-up has come to at a moment: its end, or whether somebody was there. */
enum sign_up_outcome {
    SIGN_UP_EXPECTED,
    SIGN_UP_CAME,
    SIGN_UP_DID_NOT_COME, /* for staff's and referents' eyes; said on no public screen */
    SIGN_UP_IS_EXCUSED,
    SIGN_UP_IS_REPLACED,
    SIGN_UP_IS_CANCELLED,
    SIGN_UP_OUTCOMES
};

/* "expected", "came", "did-not-come", "excused", "replaced", "cancelled". */
const char *sign_up_outcome_name(enum sign_up_outcome outcome);

struct sign_up {
    struct shift_id of;
    struct fact_id fact; /* that said it last */
    struct fact_id organisation;
    char mission[96]; /* the shift's, or the occasion's title where it has none */
    int64_t from_ms, to_ms;
    enum sign_up_end end;
    bool is_stand_in_sought;
    struct fact_id replaced_by; /* the person; none where nobody did */
    struct fact_id visit;       /* that they came with; none: they did not (yet) */
};

struct sign_ups {
    struct sign_up *rows; /* by beginning, occasion, number */
    size_t count;
    size_t capacity;
};

/* So long before its beginning somebody who is there has come for the shift. */
#define SIGN_UP_BEFORE_MS ((int64_t)60 * 60000)

enum sign_up_outcome sign_up_outcome(const struct sign_up *sign_up, int64_t now_ms);

/*
 * Takes FACT_SIGN_UP or FACT_SIGN_UP_ENDED. RC_NO_MEMORY, or RC_CORRUPT for what no version of
 * Perron wrote. An end of what was never promised says nothing.
 */
enum rc sign_ups_take(struct sign_ups *sign_ups, const struct fact *fact,
                      const json_t *body) MUST_CHECK;

/* One behind the last, as it stands; for those who read them back. */
enum rc sign_ups_add(struct sign_ups *sign_ups, const struct sign_up *sign_up) MUST_CHECK;

/* The person's for that shift, or NULL. */
const struct sign_up *sign_ups_find(const struct sign_ups *sign_ups, struct shift_id of);

void sign_ups_finish(struct sign_ups *sign_ups);

bool sign_up_is_same(const struct sign_up *a, const struct sign_up *b);
bool shift_id_is_same(struct shift_id a, struct shift_id b);

#endif
