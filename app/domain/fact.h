/*
 * fact.h - what happened: the one thing the journal holds, in the order it happened.
 *
 * A fact is named by (station, sequence) and by nothing else; persons, visits and organisations
 * are named by the fact that made them. The header is covered by the chain for ever; the body
 * (JSON, exact bytes) and its salt can be erased, because the chain covers only their hash.
 * Pure; any thread.
 */
#ifndef APP_DOMAIN_FACT_H
#define APP_DOMAIN_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/clock.h"
#include "firmware/base/hash.h"
#include "firmware/base/rc.h"

/* Stations are random 48-bit numbers; a restored or copied data folder draws a new one. */
struct fact_id {
    int64_t station;
    int64_t seq; /* counts from 1 on each station; 0 means "no fact" */
};

#define FACT_SALT_BYTES 16
#define FACT_BODY_LIMIT 16384

/* The end of the year 9999: no time in a body is later, and no effective one. */
#define FACT_TIME_MAX_MS INT64_C(253402300799999)

/* Kept in the journal as numbers: never renumber, only add. */
enum fact_kind {
    FACT_STATION_BEGAN = 1, /* a new incarnation: {"previous","why","version"} */
    FACT_RULES_SET = 2,     /* what folds depend on: {"day_end_min","time_zone"} */
    FACT_CLOCK_SET = 3,     /* this fact's own clock reading is right for its boot: {"by"} */
    FACT_ORGANISATION_ADDED = 4,
    FACT_PERSON_ADDED = 5,    /* the person's fields, see person.h; subject is this fact itself */
    FACT_PERSON_CHANGED = 6,  /* the changed fields only; or {"is_whole": true} and all of them */
    FACT_BADGE_GIVEN = 7,     /* {"badge": keyed hash, "key": key id, "until_ms"?, "is_lent"?} */
    FACT_BADGE_WITHDRAWN = 8, /* {"badge","key","why"} */
    FACT_TAP = 9,             /* {"badge","key","answer"}: the answer that was shown */
    FACT_PRESS = 10, /* {"answer","how"?,"by"?,"is_new"?}: a button, or in without a badge ("name",
                        "staff") */
    FACT_UNDO = 11,  /* {"of":[station,seq]}: the person took that fact back */
    FACT_TAKE_BACK = 12, /* {"of":[station,seq]}: "not recorded" was shown, then it landed */
    FACT_REFUSAL = 13,   /* a withdrawn badge was tapped: {"badge","key"} */
    FACT_CLOSING = 14,   /* carries totals forward, no names: see presence.h and total.h */
    FACT_TOMBSTONE = 15, /* {"of":[[station,first,last],...]}: those bodies are erased */
    FACT_ROLE_SET = 16,  /* {"role": "host", "referent", "staff" or "", "by"?: [station,seq]};
                            organisation: whose people alone it reaches */
    FACT_PIN_SET = 17,   /* {"pin": sealed, "key": key id, "by"?} */
    FACT_PIN_TRIED = 18, /* {"ok": bool, "how"?: "unlocked"}: before anybody hears of it */
    FACT_CODE_SET = 19,  /* {"code": sealed, "key","by"?}: personal, to come in without the badge */
    FACT_CODE_MISSED = 20, /* {}: a code that is nobody's; subject: the house */
    FACT_GUESTS = 21,      /* {"adults","children","names"?:[...],"visit"?}: who came along */
    FACT_PROPOSAL = 22,    /* {"visit":[station,seq],"arrived_ms"?,"left_ms"?,"why"?} */
    FACT_CORRECTION = 23,  /* {"visit","arrived_ms"?,"left_ms"?,"is_void"?,"reason","by"} */
    FACT_SETTING_SET = 24, /* {"name","value","until_ms"?,"by"?}: of this station; subject: none */
    FACT_OCCASION_ADDED = 25,    /* its fields, see occasion.h; subject is this fact itself */
    FACT_OCCASION_CHANGED = 26,  /* the same of an occasion, which is the subject */
    FACT_SIGN_UP = 27,           /* a person promises, or what they promised moved: see sign_up.h */
    FACT_SIGN_UP_ENDED = 28,     /* {"occasion","shift","how","reason"?,"by"?}: see sign_up.h */
    FACT_ATTENDANCE = 29,        /* {"visit","occasion","kind","stop_ms"}: what a visit is for */
    FACT_SHIFT_CLOSED = 30,      /* {"shift","were_enough","word"?,"by"}: the referent's word */
    FACT_PROPOSAL_ANSWERED = 31, /* {"of":[station,seq],"is_accepted","why"?,"by"} */
    FACT_DEED = 32,              /* {"deed","occasion"?,"other"?,"text"?,"by"?}: see deed.h */
    FACT_WELCOME = 33,           /* a step of the first visit: see newcomer.h */
    FACT_BUDDY = 34,             /* {"buddy":[station,seq],"how"}: see newcomer.h */
    FACT_CONSENT = 35,           /* {"field","is_given","version","language"}: see consent.h */
    FACT_EXPORTED = 36, /* {"upto":[[station,seq],...],"at_ms","by"?}: taken out and read back */
};

/* In the body of a change: it says all, so that those before it can be erased. */
#define FACT_WHOLE "is_whole"

/* What the subject of a fact is. */
enum fact_about { FACT_ABOUT_NOBODY, FACT_ABOUT_PERSON, FACT_ABOUT_OCCASION };

struct fact {
    struct fact_id id;
    int64_t wall_ms;
    int64_t mono_ms;
    uint8_t boot[CLOCK_BOOT_BYTES];
    enum clock_trust trust;
    enum fact_kind kind;
    struct fact_id subject;      /* the person or the occasion; seq 0: nobody in particular */
    struct fact_id organisation; /* seq 0: the house itself */
    int64_t rules_seq;           /* the station's FACT_RULES_SET in force */
    const char *body;            /* NULL once erased; not NUL-terminated by contract */
    size_t body_length;
    uint8_t salt[FACT_SALT_BYTES];

    /* Derived, not covered by the chain: computed by chrono.h and by whoever reads the fact. */
    int64_t effective_ms; /* corrected wall clock, never backwards within a station */
    bool is_doubtful;     /* no trusted clock vouches for effective_ms */
    int day_end_min;      /* of the rules in force: when the venue's day ends, local minutes */
};

#define FACT_ID_BYTES 40

/* "1a2b3c-12", as it stands in files and on the command line. */
void fact_id_write(struct fact_id id, char out_text[FACT_ID_BYTES]);

/* False where the text is none. */
bool fact_id_read(const char *text, struct fact_id *out_id);

bool fact_id_is_none(struct fact_id id);
bool fact_id_is_same(struct fact_id a, struct fact_id b);
int fact_id_compare(struct fact_id a, struct fact_id b);

/* Of each kind; a kind of a newer version is about a person, as long as it has a subject. */
enum fact_about fact_kind_about(enum fact_kind kind);

/* Does a fact of this kind become its own subject? */
bool fact_kind_is_founding(enum fact_kind kind);

/* "tap", "person.added", ...; NULL for a number that is no kind. */
const char *fact_kind_name(enum fact_kind kind);

/*
 * The order of folds: (effective time, station, sequence). For qsort over struct fact.
 */
int fact_compare(const void *a, const void *b);

/* A place in that order; `fact` none: before all facts of that millisecond. */
struct fact_place {
    int64_t at_ms;
    struct fact_id fact;
};

/* [from, to). */
struct fact_span {
    struct fact_place from, to;
};

struct fact_place fact_place_of(const struct fact *fact);
int fact_place_compare(struct fact_place a, struct fact_place b);
bool fact_span_has(const struct fact_span *span, struct fact_place place);

/* Into that order; the store gives them in it, other lists may come as they are. */
void fact_sort(struct fact *facts, size_t count);

/* BLAKE2b-256(salt, body). */
void fact_hash_body(const struct fact *fact, uint8_t *out_hash);

/*
 * One link of the chain: BLAKE2b-256(previous hash, header in a fixed little-endian layout, body
 * hash). `previous` is HASH_BYTES, all zero before a station's first fact.
 */
void fact_hash(const struct fact *fact, const uint8_t *previous, const uint8_t *body_hash,
               uint8_t *out_hash);

#endif
