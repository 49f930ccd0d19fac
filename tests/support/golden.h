/*
 * golden.h - what every screen looked like when somebody last looked at it and found it good: small
 * pictures, kept in tests/app/ui/golden. `make golden` draws them anew.
 *
 * A screen has a wide one (greeting-wide.png, French) and an upright one (greeting-upright.png,
 * Dutch). Where another version of the typeface breaks a line elsewhere a screen has a second one
 * (greeting-wide.2.png), and may look like any of them. Tells what it finds on standard output. One
 * thread.
 */
#ifndef TESTS_SUPPORT_GOLDEN_H
#define TESTS_SUPPORT_GOLDEN_H

#include "tests/support/gallery.h"

#define GOLDEN_FOLDER "tests/app/ui/golden"
#define GOLDEN_MAX 4 /* pictures of one screen */

enum golden_shape { GOLDEN_WIDE, GOLDEN_UPRIGHT, GOLDEN_SHAPES };

/* The screen as it is drawn now, in the size that is kept; picture_close it. */
struct picture golden_draw(const struct gallery_row *row, enum golden_shape shape);

/* How many pictures there are; -1: the folder cannot be read. */
int golden_count(const char *folder);

/* Draws all of them anew, and removes whatever else there was. False: says what went wrong. */
bool golden_renew(const char *folder);

/* Adds a picture of every screen that looks like none of its own. */
bool golden_add_missing(const char *folder);

/*
 * Does the screen look like one of its pictures? Where not, leaves old, new and difference in
 * `failed_folder`, which is made.
 */
bool golden_holds(const char *folder, const struct gallery_row *row, enum golden_shape shape,
                  const char *failed_folder);

/* Pictures of screens that are not there any more, or of no screen; how many. */
int golden_count_strays(const char *folder);

#endif
