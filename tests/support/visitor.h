/*
 * visitor.h - somebody on their first visit, at a headless station with the simulated reader: does
 * what each page asks for, touch by touch, notes what the screen says is done, comes back with the
 * code of their paper when the station was gone, and can tell whether the register has all of it.
 *
 * The station stands on a data folder where Mehmet of the demo's house is in and looks after
 * newcomers. What cannot be set up ends the program with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_VISITOR_H
#define TESTS_SUPPORT_VISITOR_H

#include "app/domain/newcomer.h"
#include "app/station.h"

#define VISITOR_PAGE_BYTES 32

/* What they know, wherever the station is: plain data, may lie in memory that processes share. */
struct visitor_told {
    struct fact_id person;    /* none: they have no name yet */
    char code[16];            /* on their paper; "": none */
    struct newcomer newcomer; /* as the screen told it last */
    bool is_over;             /* they were at the end of their way */
    bool is_astray;           /* went on where they had been already, or past what was open */
    int64_t wall_ms;          /* when they came last, in which boot of the station */
    unsigned boot;
    long touches;
    char page[VISITOR_PAGE_BYTES]; /* where they are */
};

struct visitor {
    const char *data;
    struct visitor_told *told;
    bool is_hasty; /* the control: takes a step for done as soon as they touch it */
    struct clock *clock;
    struct board board;
    struct station *station;
    char locale_dir[256], venue_dir[256];
};

/* What the register lacks of what was told, or has too much. */
struct visitor_loss {
    long corrupt; /* not readable, or not verifying */
    long lost;    /* told, and not there */
    long half;    /* there in part: a person without a code, a step without what it says */
    long astray;  /* not where it stopped */
    char first[200];
};

/* A house to visit in a folder that is empty so far. */
void visitor_make_house(const char *data);

/* Knows nothing, and stands before no station. */
void visitor_init(struct visitor *visitor, const char *data, struct visitor_told *told);

/* Opens the station, minutes later and in another boot. */
enum rc visitor_arrive(struct visitor *visitor, struct reason *out_reason) MUST_CHECK;
void visitor_leave(struct visitor *visitor);

/*
 * Does what the page asks for. False: the way is at its end, or nothing goes on any more. Whether
 * the screen has said so is in `told`.
 */
bool visitor_act(struct visitor *visitor);

/* The page they stand before; "none" at home. */
const char *visitor_page(const struct visitor *visitor);

/* Counts what is wrong. The station is closed. */
void visitor_check(const struct visitor *visitor, struct visitor_loss *loss);
bool visitor_has_loss(const struct visitor_loss *loss);

#endif
