/*
 * guides_check.h - all that is wrong in what a house wrote of its welcome, also what the smallest
 * screen has no room for: drawn on a canvas without a window, at the measures of the screens
 * (app/ui/reading.h), 7 inches lying and upright. One thread; takes a second or so.
 */
#ifndef APP_GUIDES_CHECK_H
#define APP_GUIDES_CHECK_H

#include "app/guides.h"

/*
 * Of a folder that is there. RC_BAD_INPUT: each mistake is in `wrong`, what has no room in `tight`,
 * which may be the same, and *out_guide is untouched. guides_free it.
 */
enum rc guides_check(const char *folder, const struct circle_list *circles,
                     struct guide **out_guide, struct problems *wrong,
                     struct problems *tight) MUST_CHECK;

#endif
