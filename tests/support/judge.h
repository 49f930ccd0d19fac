/*
 * judge.h - what is wrong with a picture of the screen, by what the canvas and the sheet remember
 * of it: text that is cut off, overlaps, leaves the screen or is hard to see; targets that are too
 * small, too near or in the way.
 */
#ifndef TESTS_SUPPORT_JUDGE_H
#define TESTS_SUPPORT_JUDGE_H

#include "app/ui/stage.h"

struct judge_rules {
    struct rect area;
    double text_least_mm; /* of capitals */
};

/* Returns how many things are wrong; the last of them in words. */
int judge_picture(const struct stage *stage, const struct canvas *canvas,
                  const struct judge_rules *rules, char *out_why, size_t size);

/*
 * Has whoever reads another language its name to touch? Returns how many of the `wanted` names are
 * missing: two on a page and on each whole result. A dialog stands above them and has none.
 */
int judge_languages(const struct stage *stage, int wanted);

#endif
