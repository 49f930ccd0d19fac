/*
 * answer.h - what a tap (or a button on its result) came to: decided by tap.h, filled in by the
 * store in the same transaction, shown by ui, told by the cue. Plain data; copied freely.
 */
#ifndef APP_DOMAIN_ANSWER_H
#define APP_DOMAIN_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/fact.h"
#include "app/domain/guess.h"
#include "app/domain/language.h"
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

struct answer {
    enum answer_kind kind;
    struct fact_id person;  /* seq 0 for unknown badges */
    enum role role;         /* of the person */
    bool is_badge_known;    /* somebody's, and neither withdrawn nor past its time */
    int stranger;           /* unknown badges: which one, for the station's memory; 0 else */
    bool is_badge_lent;     /* departures: the person has a badge to give back */
    struct fact_id fact;    /* what undo takes back; seq 0 where nothing was recorded */
    char first_name[96];    /* what the result greets */
    char display_name[100]; /* "Zoé D.", for strips */
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
    int guests, children;           /* who came along with this visit, or leave with it */
    int here;         /* in the house now, guests too, this person included where in */
    int64_t shown_ms; /* how long the whole result stands, from the tap table */
    int64_t undo_ms;  /* how long undo is offered; 0: never */
};

#endif
