/*
 * circle.h - levels of engagement: a circle is an intention in hours a month, and what was given
 * stands beside it. It is said to the person alone, and never as blame.
 *
 * Nothing is intended in a month before somebody joined, nor on a day before the one until which
 * they rest. Too little is never said in the first two months of somebody, nor of a month that
 * began in a rest. Staff's hours are kept apart: whoever asks leaves staff out. Pure; any thread.
 */
#ifndef APP_DOMAIN_CIRCLE_H
#define APP_DOMAIN_CIRCLE_H

#include "app/domain/answer.h"
#include "app/domain/person.h"
#include "app/domain/role.h"

#define CIRCLES_MAX 16
#define CIRCLE_LINE_BYTES 161 /* with the NUL */
#define CIRCLE_HOURS_MAX 400  /* a month */
#define CIRCLE_FAR_UNDER 50   /* per cent, where a house says nothing else */
#define CIRCLE_FAR_OVER 150

struct circle {
    char name[64];                  /* as lists of people have it; "": there is none */
    char names[LANGUAGE_COUNT][64]; /* as screens say it; "": as its name */
    /* What it is, in a sentence; "": nothing is said. */
    char lines[LANGUAGE_COUNT][CIRCLE_LINE_BYTES];
    int minutes;           /* intended in a month */
    char organisation[64]; /* whose hours alone count against that; "": all do */
    unsigned rights; /* that its members have over it, by role.h; none: anybody may choose it */
};

struct circle_list {
    struct circle circles[CIRCLES_MAX]; /* in the order they are shown in */
    int far_under, far_over;            /* per cent of what is intended */
    char talk_to[64];                   /* with whom to talk it over; "": nobody is named */
};

/* What comes with Perron. */
struct circle_list circle_default(void);

/* By any of its names, without case and accents; NULL: nobody's circle, or one of another house. */
const struct circle *circle_find(const struct circle_list *list, const char *name);

/* What members of a circle may beyond their role. */
unsigned circle_rights(const struct circle_list *list, const char *name);

/* What a screen calls it, and what it says of it. */
const char *circle_name(const struct circle *circle, enum language language);
const char *circle_line(const struct circle *circle, enum language language);

/* Does the person rest on that day (20261125)? */
bool circle_is_resting(const struct person *person, int day);

/* Seconds intended in the month of a day. */
int64_t circle_intended_s(const struct circle_list *list, const struct person *person, int day);

/* What was given, up to a day. */
struct circle_given {
    int day;
    int first_day; /* of their first visit; 0: never here */
    int64_t this_month_s;
    int64_t last_month_s; /* the whole month before */
};

/*
 * Far over by this month so far, far under by the last whole month.
 */
enum answer_balance circle_balance(const struct circle_list *list, const struct person *person,
                                   const struct circle_given *given);

#endif
