/*
 * welcome.h - what the pages of a first visit share: which scene a step of the guide has, how one
 * goes on to the next, how a step is said to the station, and what stands around them.
 *
 * A page of the way knows its row of the guide (page->way.at). Before somebody has a name nothing
 * is asked of the station, and what was done is in way.newcomer alone.
 */
#ifndef APP_UI_WELCOME_H
#define APP_UI_WELCOME_H

#include "app/ui/scene.h"

/* The page's frame with the step's title and how far along it is. `title` NULL: the step's own. */
struct rect welcome_frame(struct sheet *sheet, struct rect area, const char *title);

/* What can be touched at the foot. Said already. */
#define WELCOME_BUTTONS_MAX 3
enum welcome_look {
    WELCOME_WORDS,
    WELCOME_MAIN, /* the last one, but where the main thing is above it: a badge to tap, tiles */
    WELCOME_BACK, /* turns a page: an arrow where three words have no room */
    WELCOME_ONWARD
};
struct welcome_button {
    const char *name, *label; /* label NULL: there is none */
    int value;                /* of ACT_CHOOSE */
    enum welcome_look look;
};

/* What a foot of so many buttons takes of a body, its gap too. */
double welcome_foot_mm(const struct sheet *sheet, struct rect area, int count);

/* Cuts the foot off the body; draws nothing while the page waits. */
void welcome_buttons(struct sheet *sheet, struct rect area, struct rect *body,
                     const struct welcome_button *buttons, int count);

/* The same, and what went wrong beside or above it. */
void welcome_foot(struct sheet *sheet, struct rect area, struct rect *body,
                  const struct welcome_button *buttons, int count);

/* A list's rows where somebody chooses one, at least. */
#define WELCOME_ROW_MM 17.0

/* All there is to say: in the middle of the body. */
void welcome_alone(struct sheet *sheet, struct rect body, const char *text);

/* Begins with the guide's first row; with NULL nothing leads there. */
void welcome_start(struct page *page);

/* Says how the page's step ended; when the station has it, it goes on. Returns the ask, if any. */
struct ask *welcome_say(struct page *page, enum newcomer_how how);

/*
 * Hears PAGE_TOLD: goes on where what was said of the step is on disk, says so where it is not.
 * True where that was it.
 */
bool welcome_hear(struct page *page, const struct page_event *event);

/* To the next step; home where there is none. */
void welcome_go_on(struct page *page);

/* Which row of the guide the page stands on; NULL: none. */
const struct guide_row *welcome_row(const struct page *page);

/* The way of somebody the station told of. */
void welcome_take(struct page *page);

/* What a step is called; a source text. */
const char *welcome_step_title(enum guide_step step);

/* The label where the house lets this step be left out, else NULL. A source text. */
const char *welcome_skip(const struct sheet *sheet, const char *text)
    __attribute__((format_arg(2)));

#endif
