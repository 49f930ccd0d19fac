/*
 * paper.h - what the house prints: who is here, and what somebody gave. A4 as PDF, black on white.
 *
 * The caller knows the people, these know how a page looks. The same words in make the same bytes
 * out. Texts are the caller's and stay. Any thread; blocks as long as the writing does.
 */
#ifndef APP_UI_PAPER_H
#define APP_UI_PAPER_H

#include "app/domain/language.h"
#include "app/domain/presence.h"
#include "app/ui/canvas.h"

/* --- roll-call: who is in the house, for a fire --- */

struct paper_roll_call_row {
    const char *name; /* in full; "": nobody knows any more what they are called */
    int64_t arrived_ms;
    int guests, children; /* who came along: a box to tick for each */
    enum presence_how how_in;
    bool is_doubtful; /* nobody vouches for the time of their arrival: it is not told */
    bool is_long;     /* in for over twelve hours */
};

struct paper_roll_call {
    enum language language;
    const char *venue;
    int64_t now_ms;
    bool is_now_doubtful; /* nobody vouches for the clock, so nobody is in for long */
    const struct paper_roll_call_row *rows;
    size_t count;
};

/* What `out` says, or RC_NO_MEMORY. Nobody in makes a page, too: it says so. */
enum rc paper_roll_call(const struct paper_roll_call *call,
                        const struct canvas_out *out) MUST_CHECK;

/* --- certificate: the hours somebody gave --- */

struct paper_certificate_part {
    const char *label; /* a mission; "" for none in particular */
    int64_t seconds;
};

struct paper_certificate {
    enum language language;
    const char *venue;
    const char *person; /* in full */
    const char *place;  /* where the house is; "": a line to write it on */
    const char *words;  /* the house's own, below the hours; "": thanks in ours */
    int64_t now_ms;
    int64_t from_ms, to_ms;                     /* the first day and the last */
    int64_t seconds;                            /* in all */
    const struct paper_certificate_part *years; /* "2026" */
    size_t year_count;
    const struct paper_certificate_part *missions;
    size_t mission_count;
};

enum rc paper_certificate(const struct paper_certificate *certificate,
                          const struct canvas_out *out) MUST_CHECK;

#endif
