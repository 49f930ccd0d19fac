#include <string.h>

#include "tests/support/gallery_i.h"

#define SCREENS_MAX 16

/* As in a station, which has one: sizes of texts that were found once are known from then on. */
struct canvas *gallery_draw(struct stage *stage, const struct screen *screen)
{
    static struct {
        struct screen screen;
        struct canvas *canvas;
    } rows[SCREENS_MAX];
    int at = 0;
    while (at < SCREENS_MAX && rows[at].canvas &&
           memcmp(&rows[at].screen, screen, sizeof *screen) != 0)
        at++;
    gallery_expect(at < SCREENS_MAX, "there are more screens than that");
    if (!rows[at].canvas) {
        gallery_expect(!canvas_open(screen, &rows[at].canvas), "there is no memory for a canvas");
        rows[at].screen = *screen;
    }
    stage_draw(stage, GALLERY_NOW_MS, rows[at].canvas);
    return rows[at].canvas;
}
