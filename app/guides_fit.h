/*
 * guides_fit.h - has the smallest screen room for what a house wrote? Drawn for that on a canvas
 * without a window, at the measures of the screens (app/ui/reading.h): 7 inches, lying and upright.
 * One thread; takes a second or so.
 */
#ifndef APP_GUIDES_FIT_H
#define APP_GUIDES_FIT_H

#include "app/domain/guide.h"
#include "app/problems.h"

/*
 * Adds a problem for each page, tile, mission and link that has not, with its file and line in the
 * folder that the guide was read from.
 */
enum rc guides_fit(const struct guide *guide, const char *folder,
                   struct problems *problems) MUST_CHECK;

#endif
