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
