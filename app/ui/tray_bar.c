#include "app/ui/tray_bar.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/ui/theme.h"

#define BAR_MM 20
#define TABLE 0x3B3A36
#define CARD 0xFFFDF8

struct tray_bar {
    struct screen screen; /* of the bar */
    struct canvas *canvas;
    int count;
};

static struct rect card_at(const struct tray_bar *bar, int place)
{
    struct rect area = rect_inset(screen_area(&bar->screen), 2);
    double width = area.w / bar->count;
    return (struct rect){area.x + place * width + 0.8, area.y, width - 1.6, area.h};
}

static void draw(struct tray_bar *bar, const char *const *names)
{
    static const struct theme_mode day = {.is_evening = false};
    const struct theme_tones *tones = theme_tones(THEME_PAPER, &day);
    canvas_fill(bar->canvas, screen_area(&bar->screen), TABLE);
    for (int i = 0; i < bar->count; i++) {
        struct rect card = card_at(bar, i);
        char key[12];
        canvas_round(bar->canvas, card, 2, CARD);
        struct rect inside = rect_inset(card, 1.5);
        snprintf(key, sizeof key, "%d", i + 1);
        struct canvas_text number = {.text = key, .cap_mm = 2.2, .colour = tones->soft};
        canvas_text(bar->canvas, rect_cut_top(&inside, 4, 0), &number);
        struct canvas_text name = {.text = names[i],
                                   .cap_mm = 2.8,
                                   .least_mm = 1.6,
                                   .colour = tones->ink,
                                   .is_bold = true,
                                   .align = CANVAS_CENTRE,
                                   .is_middle = true};
        canvas_text(bar->canvas, inside, &name);
    }
}

enum rc tray_bar_open(const struct screen *screen, const char *const *names, int count,
                      struct tray_bar **out_bar)
{
    struct tray_bar *bar = calloc(1, sizeof *bar);
    if (!bar)
        return RC_NO_MEMORY;
    bar->screen = *screen;
    bar->screen.rotation = 0;
    bar->screen.height_px = screen->height_px * BAR_MM / screen->height_mm;
    bar->screen.height_mm = BAR_MM;
    bar->count = count;
    enum rc rc = canvas_open(&bar->screen, &bar->canvas);
    if (rc) {
        free(bar);
        return rc;
    }
    draw(bar, names);
    *out_bar = bar;
    return RC_OK;
}

void tray_bar_close(struct tray_bar *bar)
{
    if (!bar)
        return;
    canvas_close(bar->canvas);
    free(bar);
}

int tray_bar_height_px(const struct tray_bar *bar)
{
    return bar ? bar->screen.height_px : 0;
}

const struct canvas *tray_bar_canvas(const struct tray_bar *bar)
{
    return bar->canvas;
}

int tray_bar_at(const struct tray_bar *bar, double x_px, double y_px)
{
    double x, y;
    screen_from_px(&bar->screen, x_px, y_px, &x, &y);
    for (int i = 0; i < bar->count; i++)
        if (rect_has(card_at(bar, i), x, y))
            return i;
    return -1;
}
