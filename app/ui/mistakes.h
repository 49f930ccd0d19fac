/*
 * mistakes.h - what could not be taken from the station's own card, as the screen sees it: file,
 * line and what to do. Anybody may read it, and nothing about people is in it. The station tells
 * the stage (stage_set_mistakes). Plain data, copied freely.
 */
#ifndef APP_UI_MISTAKES_H
#define APP_UI_MISTAKES_H

#include "app/ui/sheet.h"
#include "firmware/base/rc.h"

#define MISTAKES_MAX 24

struct mistake {
    char file[96];
    int line; /* 0: the file as a whole */
    struct reason said;
};

struct mistakes {
    char reading[96]; /* the file that is being read now; "": none */
    struct mistake rows[MISTAKES_MAX];
    int count;
    int beyond; /* how many more */
};

/* Has it something to say? */
bool mistakes_are_told(const struct mistakes *mistakes);

/* "people.csv, line 4". Returns `out_text`. */
const char *mistakes_place(const struct sheet *sheet, const struct mistake *mistake, char *out_text,
                           size_t size);

/*
 * A strip in the place of the house's name: the first mistake in words where it has room, and the
 * way to all of them (to staff's page on a page of staff); or what is being read.
 */
void mistakes_draw_strip(struct sheet *sheet, struct rect box);

#endif
