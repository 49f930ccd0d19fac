/*
 * occasion.h - something dated that takes place in the house, of one of eight kinds, and the shifts
 * in it; folded from its facts.
 *
 * Repetitions are occasions of their own: the calendar is unrolled where it comes in, so that each
 * can be moved, cancelled and signed up for alone. A shift keeps its number for good, also once the
 * calendar has it no longer: sign-ups name it. Pure; any thread.
 */
#ifndef APP_DOMAIN_OCCASION_H
#define APP_DOMAIN_OCCASION_H

#include "app/domain/fact.h"
#include "firmware/base/json.h"

/* Kept in facts by name: never rename, only add. */
enum occasion_kind {
    OCCASION_OPEN_DAY, /* where nothing else is on */
    OCCASION_SHIFT,
    OCCASION_DRINKS,
    OCCASION_ASSEMBLY,
    OCCASION_INFO,
    OCCASION_AGORA,
    OCCASION_BASKET,
    OCCASION_WORKSHOP,
    OCCASION_COUNT
};

/* "open-day", "shift", ... */
const char *occasion_kind_name(enum occasion_kind kind);

/* The kind of that name, or OCCASION_COUNT. */
enum occasion_kind occasion_kind_from_name(const char *name);

/* What a tap of somebody who is in means there. */
enum tap_occasion { TAP_OCCASION_LEAVES, TAP_OCCASION_ASKS };

enum tap_occasion occasion_kind_tap(enum occasion_kind kind);

/* Are the hours of who is there hours given? Elsewhere presence counts, and nothing else. */
bool occasion_kind_has_hours(enum occasion_kind kind);

enum occasion_state {
    OCCASION_ON,
    OCCASION_VANISHED, /* no longer in the calendar it came from: those who signed up may come */
    OCCASION_CANCELLED
};

/* "on", "vanished", "cancelled"; as in facts. */
const char *occasion_state_name(enum occasion_state state);

#define SHIFT_PLACES_MAX 1000
#define SHIFT_NUMBER_MAX 1000000

/* What the referent said of the hands at a shift. Kept by number and name: only add. */
enum shift_enough { SHIFT_UNSAID, SHIFT_TOO_FEW, SHIFT_ENOUGH, SHIFT_TOO_MANY };

/* "", "too-few", "enough", "too-many". */
const char *shift_enough_name(enum shift_enough enough);
enum shift_enough shift_enough_from_name(const char *name);

/* A slot: somebody to do something, from when to when. */
struct shift {
    int number;       /* within its occasion, from 1; for good */
    char mission[96]; /* what there is to do; "": what the occasion's title says */
    int64_t from_ms, to_ms;
    int places;         /* 0: as many as come */
    char circle[64];    /* asked for; "": any */
    char skill[64];     /* asked for; "": none */
    char referent[100]; /* the member number or name of who is in charge; "": nobody */
    bool is_gone;       /* no longer in the calendar */
    /* by FACT_SHIFT_CLOSED, never in an occasion's own bodies */
    struct fact_id closed; /* the fact that signed it off; none: nobody did */
    enum shift_enough were_enough;
};

/* Names a shift: (occasion, number). No fact: no shift. */
struct shift_id {
    struct fact_id occasion;
    int number; /* 0: the occasion itself */
};

#define OCCASION_SHIFTS_MAX 24
#define OCCASION_MAX_MS ((int64_t)7 * 24 * 3600 * 1000) /* none is longer */

struct occasion {
    struct fact_id id;
    struct fact_id organisation; /* none: the house itself */
    enum occasion_kind kind;
    enum occasion_state state;
    char uid[200];     /* of the calendar entry it comes from; "": made by hand */
    char instance[40]; /* which of its repetitions, as the calendar names it; "": the only one */
    char source[64];   /* the calendar it came from, by name; "": made by hand */
    char title[128];
    char place[128];
    int64_t from_ms, to_ms;
    bool is_all_day;
    struct shift shifts[OCCASION_SHIFTS_MAX]; /* by number */
    int shift_count;
};

/* The shift of that number, or NULL. */
const struct shift *occasion_shift(const struct occasion *occasion, int number);

/*
 * Is it whole: an end after its beginning and not too far from it, shifts within the same bounds,
 * texts that can be shown, numbers that are not doubled? *out_why is a sentence.
 */
bool occasion_is_sound(const struct occasion *occasion, struct reason *out_why);

/* The body of FACT_OCCASION_ADDED: all of it; json_decref it. NULL without memory. */
json_t *occasion_to_json(const struct occasion *occasion);

/*
 * The body of FACT_OCCASION_CHANGED: what differs, shifts as a whole list, beginning and end
 * together, so that what two stations say at once never mixes; json_decref it. Empty where nothing
 * differs. Organisations stand in the fact's header and are not compared.
 */
json_t *occasion_changes(const struct occasion *before, const struct occasion *after);

/*
 * Takes over what a body has, all or nothing; RC_BAD_INPUT for what cannot be, RC_REFUSED where
 * only the occasion that it would become is not sound.
 */
enum rc occasion_apply(struct occasion *occasion, const json_t *body) MUST_CHECK;

/*
 * What an occasion's facts come to, in fact_compare's order. An organisation counts from the last
 * fact that names one. *out_is_known: its first fact is there. RC_CORRUPT for a body that no
 * version of Perron wrote. A change that was sound where it was made and is not any more, because
 * another station changed the same occasion, says nothing.
 */
enum rc occasion_fold(const struct fact *facts, size_t count, struct occasion *out_occasion,
                      bool *out_is_known) MUST_CHECK;

bool occasion_is_same(const struct occasion *a, const struct occasion *b);

#endif
