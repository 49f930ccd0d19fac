/*
 * answer.h - what a tap (or a button on its result) came to: decided by tap.h, filled in by the
 * store in the same transaction, shown by ui, told by the cue. Plain data; copied freely.
 */
#ifndef APP_DOMAIN_ANSWER_H
#define APP_DOMAIN_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/deed.h"
#include "app/domain/fact.h"
#include "app/domain/guess.h"
#include "app/domain/language.h"
#include "app/domain/occasion.h"
#include "app/domain/quorum.h"
#include "app/domain/role.h"

/* Recorded in facts by name: never rename, only add. */
enum answer_kind {
    ANSWER_NOTHING,           /* the badge was held or flickered: show nothing */
    ANSWER_CLAIMED,           /* the scene had asked for the next badge */
    ANSWER_WITHDRAWN,         /* calm "someone is coming to help" */
    ANSWER_UNKNOWN,           /* nobody's badge (yet) */
    ANSWER_NOT_RECORDED,      /* the disk refused; nothing was counted */
    ANSWER_REPEAT,            /* the same answer again */
    ANSWER_ARRIVAL_FORGOTTEN, /* arrival, and the last departure was forgotten */
    ANSWER_ALREADY_IN,        /* tapped again within a minute: "I am leaving" is offered */
    ANSWER_DEPARTURE,
    ANSWER_ASKS,     /* the occasion asks something of who is in */
    ANSWER_HAS_LEFT, /* tapped again within a minute: "I am back" is offered */
    ANSWER_ARRIVAL,
    ANSWER_COUNT
};

/* "arrival", "already-in", ...; as in facts, traces and flows. */
const char *answer_name(enum answer_kind kind);

/* The kind of that name, or ANSWER_COUNT. */
enum answer_kind answer_from_name(const char *name);

/* A shift, or an occasion as a whole, to be shown and chosen. */
struct answer_slot {
    struct shift_id of; /* number 0: the occasion; no occasion: nothing in particular */
    enum occasion_kind kind;
    char title[96]; /* the mission, else the occasion's title; the venue's words */
    char place[96]; /* where; "": nobody said */
    int64_t from_ms, to_ms;
    int needed; /* hands that are still needed; 0: enough, or nobody counts them */
};

/* What the arrival asks besides: in slots, the first `slot_count` of them. */
enum answer_question {
    ANSWER_ASKS_NOTHING,
    ANSWER_ASKS_HELP,  /* can you help at ...? A touch signs up, and binds the visit */
    ANSWER_ASKS_WHICH, /* several occasions: which one is it? None: just visiting */
};

#define ANSWER_SLOTS_MAX 4
#define ANSWER_BESIDE_MAX 3

#define ANSWER_CARRIED_MAX 2

/* What somebody is at an assembly. */
struct answer_vote {
    bool has_vote;
    bool is_counted;  /* they are in the house for it, or for nothing that is known */
    char college[64]; /* that they vote in; "": none */
    char carried[ANSWER_CARRIED_MAX][100]; /* display names of who they vote for, too */
    int carried_count;                     /* of all of them, also beyond those */
    struct quorum_part quorum;             /* of the whole assembly */
    bool is_by_shares;
};

/* How what was given stands beside what was intended; said in private, never as blame. */
enum answer_balance {
    ANSWER_BALANCE_FINE,
    ANSWER_BALANCE_FAR_UNDER, /* shall we talk about another circle? */
    ANSWER_BALANCE_FAR_OVER,  /* you gave a lot: resting is fine */
};

/* A basket at a pick-up: the person's own, or one that they may fetch. */
struct answer_basket {
    struct fact_id person; /* whose; none: there is no such basket */
    char name[100];        /* as screens show them */
    char size[48];         /* in the venue's words */
    int paused_until;      /* as 20270105; 0: not today */
    int64_t fetched_ms;    /* 0: not yet */
    char fetched_by[100];  /* as screens show them; "": its owner */
};

#define ANSWER_BASKETS_MAX 4

/* A newcomer whom they look after and who was not here for long. */
struct answer_away {
    char name[100]; /* as screens show them */
    int64_t last_ms;
    int count; /* of all such; 0: there is none */
};

struct answer {
    enum answer_kind kind;
    struct fact_id person;  /* seq 0 for unknown badges */
    enum role role;         /* of the person */
    unsigned rights;        /* theirs, by role.h, however far they reach */
    unsigned house_rights;  /* of them: over the whole house */
    bool has_pin;           /* theirs was set once */
    bool is_badge_known;    /* somebody's, and neither withdrawn nor past its time */
    int stranger;           /* unknown badges: which one, for the station's memory; 0 else */
    bool is_badge_lent;     /* departures: the person has a badge to give back */
    struct fact_id fact;    /* what undo takes back; seq 0 where nothing was recorded */
    char first_name[96];    /* what the result greets; "": they want no name on the screen */
    char display_name[100]; /* "Zoé D.", for strips; the same */
    enum language language; /* the person's, or the venue's */
    int64_t at_ms;          /* UTC; the time to show */
    bool is_time_doubtful;  /* then no time is shown */
    int64_t arrived_ms;     /* departures, already in: when this visit began; else 0 */
    int64_t left_ms;        /* has left: when; else 0 */
    struct fact_id forgotten_visit; /* arrival after a forgotten departure: that visit; else none */
    int64_t forgotten_ms;           /* its arrival; else 0 */
    int64_t guess_ms[GUESS_COUNT];  /* when they may have left it, rising; 0: none to offer */
    int64_t today_s;                /* seconds given this business day, this visit included */
    int64_t month_s;                /* the same for the calendar month */
    int64_t intended_s;             /* a month, by their circle; 0: nothing, or it rests */
    enum answer_balance balance;    /* departures; else fine */
    bool is_private;                /* no hours of theirs on a public screen */
    struct fact_id visit;           /* the open one, or the one that ended; none: never here */
    enum occasion_kind occasion;    /* what they came to; open day: nothing in particular */
    struct fact_id occasion_id;     /* none: chosen by staff, or nothing in particular */
    char occasion_title[96];        /* the venue's words; "": its kind says it */
    struct answer_slot shift;       /* that they are expected at; no occasion: none */
    char beside[ANSWER_BESIDE_MAX][100]; /* display names of who shares it */
    int beside_count;                    /* of all who share it, also beyond those */
    enum answer_question question;
    struct answer_slot slots[ANSWER_SLOTS_MAX];
    int slot_count;
    bool has_deed; /* this is what they just took, said or handed over: */
    enum deed_kind deed;
    struct answer_basket fetched;                      /* a basket that they just fetched */
    struct answer_basket basket;                       /* theirs, whatever became of it */
    struct answer_basket to_fetch[ANSWER_BASKETS_MAX]; /* by them: their own first */
    int to_fetch_count;
    int drinks; /* that they took there */
    struct answer_vote vote;
    bool is_first_of_kind;   /* they never were at an occasion of that kind before */
    bool is_to_sign_off;     /* the shift that ends is theirs to sign off, as its referent */
    int steps_left;          /* arrivals: of their own first visit; 0: none */
    int64_t deepening_ms;    /* arrivals: when the next deepening session is for them; 0: none */
    char deepening[96];      /* what it is called; "": its kind says it */
    struct answer_away away; /* arrivals of a buddy */
    int guests, children;    /* who came along with this visit, or leave with it */
    int here;                /* in the house now, guests too, this person included where in */
    int64_t shown_ms;        /* how long the whole result stands, from the tap table */
    int64_t undo_ms;         /* how long undo is offered; 0: never */
};

#endif
