/*
 * strip.h - a strip in the place of the house's name or a page's title: an icon and what has to be
 * said, in the longest words that have room. Drawn within one frame.
 */
#ifndef APP_UI_STRIP_H
#define APP_UI_STRIP_H

#include "app/ui/icon.h"
#include "app/ui/sheet.h"

#define STRIP_TEXTS 5
#define STRIP_TEXT_BYTES 560

struct strip {
    const char *name; /* of the target */
    struct act act;   /* what a touch does; ACT_NOTHING: nothing, and it is no control */
    enum icon icon;
    char texts[STRIP_TEXTS][STRIP_TEXT_BYTES]; /* from the longest to the shortest */
    int count;
};

void strip_draw(struct sheet *sheet, struct rect box, const struct strip *strip);

#endif
