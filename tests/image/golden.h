/*
 * golden.h - the screens of the story as they are to be: tests/image/golden, looked at once and
 * compared ever after. What tells the time, a version or a number is not compared.
 */
#ifndef TESTS_IMAGE_GOLDEN_H
#define TESTS_IMAGE_GOLDEN_H

#include "tests/image/door.h"

/*
 * Until the screen is the one of that name. RC_TIMEOUT says how far off it was at last; a picture
 * that is not in the tree yet is put there, and that is RC_NOT_FOUND: somebody has to look at it.
 */
enum rc golden_expect(struct door *door, const char *name, int limit_ms,
                      struct reason *said) MUST_CHECK;

#endif
