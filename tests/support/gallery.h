/*
 * gallery.h - every situation a screen can be in, once: the pictures that tests judge, that the
 * benchmark draws and that people look at.
 *
 * A new scene gets a row in gallery.c; tests/app/ui/test_pictures.c, the golden pictures,
 * draw-screens and bench-screen then all have it. Each row puts a fresh stage into its situation
 * and draws nothing. What should work and doesn't ends the program with a sentence (abort). One
 * thread.
 */
#ifndef TESTS_SUPPORT_GALLERY_H
#define TESTS_SUPPORT_GALLERY_H

#include "app/ui/stage.h"
#include "tests/support/picture.h"

#define GALLERY_WALL_MS INT64_C(1795524720000) /* 2026-11-24 13:52 in Brussels */
#define GALLERY_NOW_MS INT64_C(100000)         /* when the picture is drawn, monotonic */

struct gallery_name {
    const char *first, *shown;
};

/* From short to long. */
#define GALLERY_NAMES 4
extern const struct gallery_name gallery_names[GALLERY_NAMES];

/* What the same situation is drawn with. */
struct gallery_shot {
    struct screen screen;
    enum language language;
    const struct gallery_name *name; /* of whom it is about */
    const char *venue;
    enum scene_side reader_side;
    struct theme_mode mode;
};

struct gallery_row {
    const char *name;
    /* NULL: as a stage begins, before its door is open. */
    void (*show)(struct stage *stage, const struct gallery_shot *shot);
    bool is_about_people; /* names vary */
    bool is_staff;        /* for whoever works there: smaller texts and buttons may do */
};

extern const struct gallery_row gallery_rows[];
extern const int gallery_row_count;

/* NULL: there is no row of that name. */
const struct gallery_row *gallery_find(const char *name);

/* Languages of this build and local time in Brussels; once, before anything is drawn. */
void gallery_init(void);

/* The shot people look at: a short name, the reader where it hangs on a screen of that shape. */
struct gallery_shot gallery_usual_shot(const struct screen *screen, enum language language);

/* A stage in the row's situation, to be drawn at GALLERY_NOW_MS; stage_close it. */
struct stage *gallery_open(const struct gallery_row *row, const struct gallery_shot *shot);

/* Draws it, at GALLERY_NOW_MS, on a canvas that stays: nobody closes it, the next to be drawn on
 * that screen has it. */
struct canvas *gallery_draw(struct stage *stage, const struct screen *screen);

/* What the station says of that person's tap; people beside each other speak different languages.
 */
struct answer gallery_answer(const struct gallery_shot *shot, enum answer_kind kind, int person);

/* The picture of it; picture_close it. */
struct picture gallery_picture(const struct gallery_row *row, const struct gallery_shot *shot);

#endif
