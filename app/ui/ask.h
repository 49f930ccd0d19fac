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
#include "app/domain/newcomer.h"
#include "app/domain/role.h"
#include "app/ui/ink.h"

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
    ASK_WELCOME, /* somebody is here for the first time: they are called, and told */
    /* the first visit (app/domain/guide.h); `person` is the newcomer */
    ASK_BEGIN,  /* text: a first name, number[0]: which one of several who have none yet, number[1]:
                   what became of hello -> as WAY, and text: the code */
    ASK_RESUME, /* text: a code -> as WAY */
    ASK_WAY,    /* person -> newcomer, day_ms, consents, and their first name */
    ASK_TELL,   /* person, number[0]: enum person_key, text -> newcomer */
    ASK_STEP,   /* person, number: enum guide_step, enum newcomer_how; bits by enum guide_wish, or
                   bits[0]: missions, or enum consent; ink: a signature; text: their line, or a
                   circle's name -> newcomer */
    ASK_CONSENT,  /* person, number: enum consent, given or not -> as WAY */
    ASK_MISSIONS, /* person -> rows: number: mission of the guide, hands needed; mark: 1 + a like,
                     -1 - a skill, 0; at_ms: when hands are needed next */
    ASK_BUDDIES,  /* person -> rows: who may be asked, the best first; mark: speaks their tongue */
    ASK_BUDDY,    /* person, other, number[0]: enum buddy_how -> newcomer */
    ASK_BLANK, /* person, number[0]: 0: can the badge just tapped be theirs? 1: it was tapped once
                  more, and becomes theirs -> newcomer; TOLD_NO: another one, or it cannot be */
    ASK_NEXT,  /* person -> rows: what comes; number[0]: enum occasion_kind */
    /* occasions and shifts; `by` is the person themselves, or staff */
    ASK_ATTEND,    /* person, fact (an occasion; none: just visiting), at_ms unused */
    ASK_HELP,      /* person, fact (an occasion), number[0] (a shift): signed up at once */
    ASK_DO,        /* person, number[0]: enum deed_kind, other: another person */
    ASK_SAY,       /* the same from a page, text: what they say */
    ASK_SHIFTS,    /* -> rows: shifts of two weeks, id and number[0] name them, number[1] hands */
    ASK_SHIFT,     /* fact (an occasion), number[0] (a shift) -> rows: see enum ask_about */
    ASK_SIGN_UP,   /* person, fact (an occasion), number[0] (a shift) -> row: the fact to undo */
    ASK_EXCUSE,    /* the same, text: a reason or "" */
    ASK_STAND_IN,  /* the same, number[1]: 1 sought, 0 no longer */
    ASK_TAKE_BACK, /* person, fact: what one of these told */
    ASK_MINE,      /* person -> rows: this month's hours, then assemblies where they may give a
                      proxy (number[0] 0; line: who votes for them), then their coming shifts, as
                      SHIFTS */
    ASK_MY_HOURS,  /* person -> rows: at_ms a month, number: its seconds, and intended of the first,
                      the latest */
    ASK_MY_VISITS, /* person -> rows as VISITS; mark: 1 + enum proposal_state; line: an answer */
    ASK_MY_TIMES,  /* person, fact (a visit), at_ms, to_ms: how it was; 0: as it is */
    ASK_PROXY,     /* person, fact (an assembly), number[0] of ASK_NAMES, who votes for them; -1:
                      nobody any more -> row: the fact to undo */
    ASK_CIRCLES,   /* person -> rows: circles as said and as kept (line); number[0]: minutes a
                      month; mark: theirs. Told's total: 1: hours are hidden, 2: greeted without
                      a name, until_ms: they rest, text: with whom to talk it over; "" */
    ASK_CIRCLE,    /* person, text: the circle's name; "": none */
    ASK_PAUSE,     /* person, number[0]: months to rest; 0: back again */
    ASK_PRIVATE,   /* person, number[0]: 1: no hours on a public screen */
    ASK_DISCREET,  /* person, number[0]: 1: greeted without a name */
    ASK_SIGN_OFF,  /* person, fact, number[0] (a shift) -> rows: who was to come, who came */
    ASK_SIGNED_OFF, /* the same, number[1]: enum shift_enough, text: a word for the next */
    /* staff's calendar */
    ASK_CALENDAR, /* -> rows: occasions to come; number: who signed up, of how many; mark: enum
                     ask_planned; until_ms: the register's time */
    ASK_PLANNED,  /* fact (an occasion) -> rows: its shifts; number: which, who stand; mark: places;
                     at a pick-up first its baskets: number: 0, how many are left; mark: of how many.
                     Told's total: needs that were left there */
    ASK_LEFT,     /* fact (a pick-up) -> rows: whose baskets are left; line: the size */
    ASK_PROMISES, /* fact, number[0] (a shift) -> rows: who signed up; mark: sign_up_outcome;
                     number: minutes before (below 0) or after, a stand-in is sought */
    ASK_ADD,      /* text: title, "": as its kind is called; at_ms, to_ms, number: kind, places;
                     repeats: weeks */
    ASK_CALL_OFF, /* fact (an occasion): it does not take place */
    ASK_KEEP_ON,  /* fact: it does, whatever was said or the calendar has */
    ASK_PROPOSALS, /* -> rows: how people say their visits were, was_*: as they stand; line: why */
    ASK_ACCEPT,    /* fact (the proposal), number[0]: 1 accepted, 0 not; text: why */
    ASK_BALANCES,  /* -> rows: who is far from what they intend; number: seconds given, intended;
                      mark: over */
    ASK_NEWCOMERS, /* -> rows: who began a first visit within a year, the newest first; number[0]:
                      enum guide_step they stopped at, or beyond; at_ms: when they began, to_ms:
                      when they came last; line: their buddy; mark: perhaps somebody twice */
    ASK_TOTALS,    /* number[0]: months back -> rows: enum ask_total, in number[0] */
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
    ASK_PUT_AWAY, /* mistakes on the card are told no more, as long as they stay the same */
    ASK_UPDATE,  /* is a new version there? -> text: the one here; two rows: title: the version that
                    is there, "": none; line: why it cannot be installed; number[0]: it can; and
                    title: how the last one ended, mark: badly; "" */
    ASK_INSTALL, /* the one that was told last: it is installed, and the computer starts again */
    ASK_OUTLOOK, /* person -> row: number: visits and minutes given that would stay as sums */
    ASK_ERASE,   /* person: forgotten for good */
    /* the USB stick; how far it is with what is carried is told by app/ui/load.h */
    ASK_STICK,    /* it is opened where one is plugged in -> row: at_ms: when the register was taken
                     out last, 0: never; mark: it goes out encrypted; until_ms: the register's time
                   */
    ASK_SEEN,     /* what came of the last thing was read: it is told no more */
    ASK_LET_GO,   /* so that it may be pulled out; the same */
    ASK_EXPORT,   /* number[0]: enum ask_span, at_ms: the register's time */
    ASK_PRINT,    /* who is here, as a page for paper */
    ASK_DIAGNOSE, /* what the station knows of itself, as a text */
    ASK_OWN_DATA, /* person: all that the register has about them, for them to take along */
    ASK_STOP,     /* what is under way is given up */
    ASK_FOUND,    /* -> rows: lists that lie on it; title: the file; number[0]: enum
                     ask_list; line: why it cannot be taken; "" */
    ASK_PREVIEW,  /* number[0]: row of FOUND -> text: the file; sums; total: it can be
                     taken; rows: number[0]: its line, 0: none; mark: enum ask_sort; title: whom or
                     what it is about; line: why, or what changes */
    ASK_TAKE_IN, /* what was shown last is taken, whole or not at all -> sums; text: the file on the
                    stick with the lines that were refused; ""; total: some of it counts from the
                    next start only */
    ASK_COUNT
};

/* What a row of ASK_SHIFT says, in its number[0]. */
enum ask_about {
    ASK_ABOUT_PLACE,
    ASK_ABOUT_REFERENT,
    ASK_ABOUT_CIRCLE,
    ASK_ABOUT_SKILL,
    ASK_ABOUT_WORD /* that whoever signed the last such shift off left for the next */
};

/* What there is to know of an occasion in the calendar. */
enum ask_planned {
    ASK_PLANNED_ON,
    ASK_PLANNED_SOUGHT,
    ASK_PLANNED_VANISHED,
    ASK_PLANNED_CANCELLED
};

/* The month's numbers, in this order; at_ms of the first lies in the month. `mark`: not known. */
enum ask_total {
    ASK_TOTAL_VOLUNTEERS_S,
    ASK_TOTAL_STAFF_S,
    ASK_TOTAL_VISITS,
    ASK_TOTAL_PEOPLE,
    ASK_TOTAL_CAME,
    ASK_TOTAL_EXCUSED,
    ASK_TOTAL_MISSED,
    ASK_TOTAL_COUNT
};

/* How much of the register goes out. */
enum ask_span {
    ASK_SPAN_SINCE, /* new since last time */
    ASK_SPAN_MONTH,
    ASK_SPAN_LAST_MONTH,
    ASK_SPAN_YEAR, /* the twelve months up to today */
    ASK_SPAN_ALL,
    ASK_SPAN_COUNT
};

/* What comes in. */
enum ask_list {
    ASK_LIST_PEOPLE,
    ASK_LIST_BASKETS,
    ASK_LIST_CALENDAR,
    ASK_LIST_VENUE,
    ASK_LIST_COUNT
};

/* What becomes of its lines. */
enum ask_sort {
    ASK_SORT_NEW,
    ASK_SORT_CHANGED,
    ASK_SORT_REFUSED,
    ASK_SORT_NOTE, /* something to look at */
    ASK_SORT_COUNT
};

#define ASK_TEXT_BYTES 208

struct ask {
    enum ask_kind kind;
    struct fact_id person, fact, by, other;
    int64_t at_ms, to_ms;
    int number[2];
    uint32_t bits[GUIDE_WISH_COUNT]; /* what is chosen of tiles */
    const struct ink *ink;           /* good until whoever asks goes on; NULL: none */
    int repeats;                     /* ASK_ADD: so many weeks one after the other */
    enum language language;          /* of who asks */
    struct reach reach;              /* the station finds it: how far their right to it goes */
    char text[ASK_TEXT_BYTES];
};

/* One line of a list the station tells; each scene says which fields it uses. */
struct row {
    struct fact_id id;
    char title[100]; /* a name, mostly */
    char line[300];  /* a sentence at its longest, in any language */
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
    char why[256];         /* "": no more is known; a source text for words(), or said already */
    int64_t until_ms;      /* TOLD_LOCKED: monotonic */
    struct fact_id person; /* who it is about; TOLD_CLAIMED: whose badge, none: nobody's */
    struct fact_id fact;   /* what it is about, as it was asked; none: nothing that has a name */
    int number;            /* the same: a shift in it */
    char name[100];
    unsigned rights;       /* that person's, by role.h, however far they reach */
    unsigned house_rights; /* of them: over the whole house */
    bool has_pin;          /* TOLD_CLAIMED: there is one to ask for */
    char text[64];         /* what is told once: a new code */
    int count;             /* of rows */
    int total;             /* how many there are in all, guests too */
    int beyond;            /* how many rows more there would be */
    struct row rows[TOLD_ROWS_MAX];
    struct newcomer newcomer; /* how far they are */
    int64_t day_ms;           /* when the venue's day began */
    uint32_t consents;        /* that they gave: bits by enum consent */
    int sums[ASK_SORT_COUNT]; /* of a list that comes in */
};

#endif
