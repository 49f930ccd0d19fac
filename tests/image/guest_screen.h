/*
 * guest_screen.h - what a guest's screen shows, compared with what it should show. Pictures are
 * those of tests/support/picture.h. One thread at a time.
 */
#ifndef TESTS_IMAGE_GUEST_SCREEN_H
#define TESTS_IMAGE_GUEST_SCREEN_H

#include "tests/image/difference.h"
#include "tests/image/guest.h"
#include "tests/support/picture.h"

/* The screen now; picture_close it. It is left as NAME-screen.png, too. */
enum rc guest_screen_look(struct guest *guest, struct picture *out_picture,
                          struct reason *reason) MUST_CHECK;

/*
 * Until the screen differs from `wanted` in no more than `bounds` allows. RC_TIMEOUT says by how
 * much it differed at last. `bounds` NULL: not at all.
 */
enum rc guest_screen_wait_picture(struct guest *guest, const struct picture *wanted,
                                  const struct difference_bounds *bounds, int limit_ms,
                                  struct reason *reason) MUST_CHECK;

/*
 * Until it looks like `wanted` to somebody in front of it (picture_compare): for pictures that are
 * kept in the tree, whose letters are of another Debian.
 */
enum rc guest_screen_wait_like(struct guest *guest, const struct picture *wanted, int limit_ms,
                               struct reason *reason) MUST_CHECK;

/* Until `share` (0 to 1) of an area's pixels have a colour, each channel at most `tolerance` off.
 */
enum rc guest_screen_wait_colour(struct guest *guest, struct difference_area area, uint32_t colour,
                                 int tolerance, double share, int limit_ms,
                                 struct reason *reason) MUST_CHECK;

/* Until it no longer differs from `before` by so little: something else is to be seen. */
enum rc guest_screen_wait_change(struct guest *guest, const struct picture *before,
                                 const struct difference_bounds *bounds, int limit_ms,
                                 struct reason *reason) MUST_CHECK;

/*
 * Until it has stayed as it is for `still_ms`; looked at about every 100 ms. `bounds` tells how
 * much may change nevertheless (a clock, a caret); NULL: nothing. `out_picture` may be NULL.
 */
enum rc guest_screen_wait_still(struct guest *guest, int still_ms,
                                const struct difference_bounds *bounds, int limit_ms,
                                struct picture *out_picture, struct reason *reason) MUST_CHECK;

#endif
