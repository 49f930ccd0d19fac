/*
 * ask.h - what the screen asks of the station, and what it is told. The screen decides nothing and
 * keeps nothing: a button becomes a struct ask, the station does it and answers with an answer (a
 * result of its own, see app/domain/answer.h) or with a struct told. Plain data, copied freely.
 */
#ifndef APP_UI_ASK_H
#define APP_UI_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/fact.h"
#include "app/domain/language.h"

enum ask_kind {
    ASK_NOTHING,
    /* on the results of taps */
    ASK_UNDO,    /* fact */
    ASK_LEAVE,   /* person */
    ASK_BACK,    /* person: I am back */
    ASK_CALL,    /* somebody is to come */
    ASK_PROPOSE, /* person, fact (the visit), at_ms: when they left */
    ASK_GUESTS,  /* person, number[0] adults, number[1] children, text: a first name or "" */
    /* without a badge */
    ASK_NAMES,   /* text: what was typed of a name -> rows */
    ASK_CODE,    /* text: a code; rows chosen: number[0] of ASK_NAMES, or -1 */
    ASK_LINK,    /* the same, and the badge nobody knew becomes theirs: number[1], of its answer */
    ASK_VOUCH,   /* by (a host) vouches for row number[0] of ASK_NAMES, for this once */
    ASK_WELCOME, /* somebody is here for the first time */
    /* occasions and shifts; `by` is the person themselves, or staff */
    ASK_ATTEND,     /* person, fact (an occasion; none: just visiting), at_ms unused */
    ASK_HELP,       /* person, fact (an occasion), number[0] (a shift): signed up at once */
    ASK_SHIFTS,     /* -> rows: shifts of two weeks, id and number[0] name them, number[1] hands */
    ASK_SHIFT,      /* fact (an occasion), number[0] (a shift) -> rows: see enum ask_about */
    ASK_SIGN_UP,    /* person, fact (an occasion), number[0] (a shift) -> row: the fact to undo */
    ASK_EXCUSE,     /* the same, text: a reason or "" */
    ASK_STAND_IN,   /* the same, number[1]: 1 sought, 0 no longer */
    ASK_TAKE_BACK,  /* person, fact: what one of these told */
    ASK_MINE,       /* person -> rows: this month's hours, then their coming shifts, as SHIFTS */
    ASK_MY_HOURS,   /* person -> rows: at_ms a month, number[0] its seconds; the latest first */
    ASK_MY_VISITS,  /* person -> rows as VISITS; mark: 1 + enum proposal_state; line: an answer */
    ASK_MY_TIMES,   /* person, fact (a visit), at_ms, to_ms: how it was; 0: as it is */
    ASK_CIRCLES,    /* person -> rows: the circles to choose from */
    ASK_CIRCLE,     /* person, text: the circle's name */
    ASK_PAUSE,      /* person, number[0]: months to rest; 0: back again */
    ASK_PRIVATE,    /* person, number[0]: 1: no hours on a public screen */
    ASK_SIGN_OFF,   /* person, fact, number[0] (a shift) -> rows: who was to come, who came */
    ASK_SIGNED_OFF, /* the same, number[1]: enum shift_enough, text: a word for the next */
    /* staff's calendar */
    ASK_CALENDAR,  /* -> rows: occasions from at_ms on */
    ASK_PROMISES,  /* fact (an occasion), number[0] -> rows: who signed up, and what came of it */
    ASK_ADD,       /* text: title, at_ms, to_ms, number[0] kind, number[1] places; fact none */
    ASK_CALL_OFF,  /* fact (an occasion): it does not take place */
    ASK_KEEP_ON,   /* fact: it does, though the calendar has it no longer */
    ASK_PROPOSALS, /* -> rows: departures that people proposed */
    ASK_ACCEPT,    /* fact (the proposal), number[0]: 1 accepted, 0 not; text: why */
    ASK_BALANCES,  /* -> rows: who is far under or over */
    ASK_TOTALS,    /* -> rows: the month's numbers; number[0]: months back */
    /* the venue's switches */
    ASK_SPEECH, /* number[0]: read aloud or not */
    /* staff: `by` is who opened staff mode */
    ASK_PIN,      /* person, text: digits */
    ASK_HERE,     /* -> rows: who is in the house */
    ASK_PEOPLE,   /* text: a part of a name or number -> rows */
    ASK_VISITS,   /* person -> rows: the last visits */
    ASK_CORRECT,  /* person, fact (the visit), at_ms arrival, to_ms departure, text: reason */
    ASK_VOID,     /* person, fact (the visit), text: reason */
    ASK_BADGES,   /* person -> rows */
    ASK_UNKNOWN,  /* -> rows: the last five badges nobody knew */
    ASK_GIVE,     /* person, number[0]: which of ASK_UNKNOWN, or -1: the one just tapped; to_ms */
    ASK_LOSE,     /* person: all their badges are withdrawn */
    ASK_REPLACE,  /* as ASK_GIVE, and their other badges are withdrawn */
    ASK_NEW_CODE, /* person -> text: the code, told once */
    ASK_ENTER,    /* person: staff note that they are here */
    ASK_DEPART,   /* person: staff note that they left */
    ASK_OCCASION, /* text: the kind of the occasion of now, "" for what the calendar says */
    ASK_HEALTH,   /* -> rows */
    ASK_CLOCK,    /* at_ms: what time it is */
    ASK_SETTING,  /* text: name, number[0]: value */
    ASK_RESTART,
    ASK_POWER_OFF,
    ASK_COUNT
};

/* What a row of ASK_SHIFT says, in its number[0]. */
enum ask_about { ASK_ABOUT_PLACE, ASK_ABOUT_REFERENT, ASK_ABOUT_CIRCLE, ASK_ABOUT_SKILL };

#define ASK_TEXT_BYTES 208

struct ask {
    enum ask_kind kind;
    struct fact_id person, fact, by;
    int64_t at_ms, to_ms;
    int number[2];
    enum language language; /* of who asks */
    char text[ASK_TEXT_BYTES];
};

/* One line of a list the station tells; each scene says which fields it uses. */
struct row {
    struct fact_id id;
    char title[100]; /* a name, mostly */
    char line[120];
    int64_t at_ms, to_ms;
    bool is_doubtful_at, is_doubtful_to; /* no clock that can be believed vouches for them */
    int64_t was_at_ms, was_to_ms;        /* the same before somebody put it right; 0: nobody did */
    int number[2];
    int mark; /* something to notice, 0: nothing */
};

#define TOLD_ROWS_MAX 600 /* an assembly's roll-call */

enum told_how {
    TOLD_YES,
    TOLD_NO,      /* it is not so, or not right; `why` says more */
    TOLD_LOCKED,  /* too many misses: not before until_ms */
    TOLD_MANY,    /* more than can be shown: say more */
    TOLD_CLAIMED, /* a badge was tapped that the scene had asked for */
};

struct told {
    enum ask_kind ask; /* what is answered */
    enum told_how how;
    char why[256];         /* "": no more is known; a source text for words() */
    int64_t until_ms;      /* TOLD_LOCKED: monotonic */
    struct fact_id person; /* who it is about; TOLD_CLAIMED: whose badge, none: nobody's */
    char name[100];
    int role;      /* enum role of that person */
    char text[64]; /* what is told once: a new code */
    int count;     /* of rows */
    int total;     /* how many there are in all, guests too */
    int beyond;    /* how many rows more there would be */
    struct row rows[TOLD_ROWS_MAX];
};

#endif
