/*
 * banner.h - what everybody may see of the USB stick: that one is plugged in, how far it is with
 * what is carried, whether it may be pulled out. It says nothing of what is on it.
 *
 * On the resting screen it stands in the place of the venue's name, on pages in that of their
 * title, where it leads staff who may to the stick's page.
 */
#ifndef APP_UI_BANNER_H
#define APP_UI_BANNER_H

#include "app/ui/load.h"
#include "app/ui/sheet.h"

/* Has it something to say? */
bool banner_is_needed(const struct load *load);

/*
 * Draws it where the model has one; false where it has none. Where no stick is there to speak of,
 * what the station's own card has to say stands there (mistakes.h).
 */
bool banner_draw(struct sheet *sheet, struct rect box);

#endif
