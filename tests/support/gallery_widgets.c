#include <string.h>

#include "app/ui/widget.h"
#include "tests/support/gallery_i.h"

static void show(struct stage *stage, const struct scene *scene)
{
    struct ask ask;
    stage_show(stage, scene, GALLERY_NOW_MS, &ask);
}

static void draw_figures(struct sheet *sheet, struct rect area)
{
    static const struct widget_span spans[] = {{0.1, 0.45, false}, {0.6, 0.9, true}};
    struct rect body = scene_frame(sheet, area, "8 / 11");
    struct rect top = rect_cut_top(&body, 4, 4);
    widget_progress(sheet, top, 8.0 / 11);
    widget_day(sheet, rect_cut_top(&body, 16, 4), spans, 2, "8:00", "22:00");
    struct rect row = rect_cut_top(&body, 28, 0);
    widget_ring(sheet, layout_column(row, 3, 4, 0), 0, 0.6, "3 h", "");
    widget_countdown(sheet, layout_column(row, 3, 4, 1), 17, 0.85);
    widget_qr(sheet, layout_column(row, 3, 4, 2), "https://example.org/chat");
}

static const struct scene figures = {
    .name = "figures", .meaning = THEME_PAPER, .draw = draw_figures, .is_staff = true};

void gallery_figures(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &figures);
}

/* A wave, as a hand would draw it. */
static struct ink wave(void)
{
    struct ink ink = {.count = 0};
    gallery_expect(ink_begin(&ink, 0.1, 0.6), "there is no ink");
    for (int i = 1; i <= 40; i++)
        ink_add(&ink, 0.1 + i * 0.02, 0.6 - 0.3 * (i % 8 < 4 ? i % 4 : 4 - i % 4) / 4);
    return ink;
}

static void draw_signature(struct sheet *sheet, struct rect area)
{
    struct ink ink = wave();
    struct rect body = scene_frame(sheet, area, "");
    struct rect foot = rect_cut_bottom(&body, SCENE_BUTTON_H, LAYOUT_GAP);
    widget_signature(sheet, body, &ink);
    widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 1),
                  &(struct widget_button){.name = "done",
                                          .label = sheet_say(sheet, "Done"),
                                          .act = {.kind = ACT_CHOOSE},
                                          .style = WIDGET_FILLED});
}

static const struct scene signature = {
    .name = "signature", .meaning = THEME_PAPER, .draw = draw_signature, .is_staff = true};

void gallery_signature(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &signature);
}

/* --- a finger that signs --- */

#define LATER_MS (GALLERY_NOW_MS + 2000) /* what is new is not touched at once */

/* Where the panel has a point of the picture. */
static void to_px(const struct screen *screen, double x, double y, double *out_x, double *out_y)
{
    double turned_x[] = {x, screen->width_mm - y, screen->width_mm - x, y};
    double turned_y[] = {y, x, screen->height_mm - y, screen->height_mm - x};
    *out_x = turned_x[screen->rotation / 90] * screen->width_px / screen->width_mm;
    *out_y = turned_y[screen->rotation / 90] * screen->height_px / screen->height_mm;
}

static void put_finger(struct stage *stage, const struct gallery_shot *shot, enum stage_touch phase,
                       struct rect pad, struct canvas_point part)
{
    double x_px, y_px;
    struct ask ask;
    to_px(&shot->screen, pad.x + pad.w * part.x, pad.y + pad.h * part.y, &x_px, &y_px);
    stage_touch(stage, phase, x_px, y_px, LATER_MS, &ask);
}

static struct rect find_pad(struct stage *stage, const struct gallery_shot *shot)
{
    const struct target *targets;
    gallery_draw(stage, &shot->screen);
    int at = 0, count = stage_targets(stage, &targets);
    while (at < count && strcmp(targets[at].name, "sign") != 0)
        at++;
    gallery_expect(at < count, "there is nothing to sign on");
    return targets[at].box;
}

void gallery_sign(struct stage *stage, const struct gallery_shot *shot)
{
    const struct ink ink = wave();
    struct rect pad = find_pad(stage, shot);
    for (int i = 0; i < ink.count; i++)
        put_finger(stage, shot, i ? STAGE_MOVE : STAGE_DOWN, pad,
                   (struct canvas_point){(double)ink.x[i] / INK_FULL, (double)ink.y[i] / INK_FULL});
    put_finger(stage, shot, STAGE_UP, pad, (struct canvas_point){0.9, 0.6});
}
