/* What stands above the picture: a badge that was read, dialogs, the dark of a screen at rest. */
#include "app/ui/stage_i.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define SECOND_MS 1000
#define DIM 0.55
#define MOMENT_W 52.0
#define MOMENT_LARGE_W 72.0
#define MOMENT_H 38.0
#define MOMENT_LARGE_H 20.0
#define MOMENT_ICON 20.0

/* "Your badge was read", where somebody else's result stands: a tick in the middle of it all. */
static void draw_seen(const struct stage *stage)
{
    const struct theme_tones *tones = theme_tones(THEME_PAPER, &stage->mode);
    struct rect area = screen_area(&stage->config.screen);
    struct rect box = {area.w / 2 - 16, area.h / 2 - 16, 32, 32};
    canvas_disc(stage->sheet.canvas, area.w / 2, area.h / 2, 18, tones->ground);
    icon_draw_on_disc(stage->sheet.canvas, ICON_TICK, box, tones->ink, tones->ground);
}

/* "One moment", in the same place: the words of what lies below it are not read meanwhile. */
static void draw_moment(const struct stage *stage)
{
    const struct theme_tones *tones = theme_tones(THEME_PAPER, &stage->mode);
    struct canvas *canvas = stage->sheet.canvas;
    struct rect area = screen_area(&stage->config.screen);
    bool is_large = stage->mode.is_large; /* then there is room for the words alone */
    double width = is_large ? MOMENT_LARGE_W : MOMENT_W;
    double height = is_large ? MOMENT_LARGE_H : MOMENT_H;
    struct rect box = {(area.w - width) / 2, (area.h - height) / 2, width, height};
    canvas_round(canvas, box, WIDGET_RADIUS, tones->ground);
    canvas_outline(canvas, box, WIDGET_RADIUS, 0.6, tones->ink);
    canvas_forget(canvas);
    struct rect inside = rect_inset(box, 3);
    if (!is_large)
        icon_draw_on_disc(canvas, scene_moment.icon, rect_cut_top(&inside, MOMENT_ICON, 2),
                          tones->ink, tones->ground);
    const struct canvas_text said = {.text = words(stage->language, "One moment"),
                                     .cap_mm = 4.6,
                                     .one_line_mm = 4,
                                     .colour = tones->ink,
                                     .align = CANVAS_CENTRE,
                                     .is_bold = true,
                                     .is_middle = true};
    canvas_text(canvas, inside, &said);
}

/* What a badge that was read has of an answer so far, where no scene behind it shows it. */
static void draw_waiting(const struct stage *stage, bool is_whole)
{
    const struct scene *base = is_whole ? NULL : stage_base(stage);
    if (base == &scene_moment)
        return;
    if (stage->moment_until_ms)
        draw_moment(stage);
    else if (stage->seen_until_ms && base != &scene_resting)
        draw_seen(stage);
}

/* Whoever is on their first visit comes back with their code, or their badge. */
static const char *say_warning(const struct sheet *sheet, const struct page *page, char *out_text,
                               size_t size)
{
    if (page->way.at < 0 || fact_id_is_none(page->person))
        return sheet_say(sheet, "Otherwise what you typed is forgotten.");
    if (!page->text[0])
        return sheet_say(sheet, "What you did is kept: you go on with it another time.");
    return words_format(out_text, size, sheet_say(sheet, "What you did is kept. Your code: %s"),
                        page->text);
}

/* Nobody touched the page for long: it asks before it forgets. */
static void draw_warning(struct stage *stage, int64_t now_ms)
{
    struct sheet *sheet = &stage->sheet;
    const struct stage_part part = {.scene = stage->page.scene};
    struct scene_model model = stage_model_of(stage, &part, now_ms);
    int seconds = stage_warned_s(stage, now_ms);
    char text[200];
    sheet->model = &model;
    stage_begin_part(stage, &part);
    sheet->size = TARGET_VISITOR;
    widget_dialog(
        sheet, screen_area(&stage->config.screen),
        &(struct widget_dialog){
            .title = sheet_say(sheet, "Are you still there?"),
            .text = say_warning(sheet, &stage->page, text, sizeof text),
            .seconds = seconds,
            .part = (double)seconds * SECOND_MS / STAGE_WARN_MS,
            .buttons = {{.name = "stay",
                         .label = sheet_say(sheet, "Go on"),
                         .act = {.kind = ACT_STAY},
                         .style = WIDGET_FILLED},
                        {.name = "end", .label = sheet_say(sheet, "End"), .act = {.kind = ACT_GO}}},
            .count = 2});
    sheet->model = NULL;
    stage->frame_ms = now_ms + SECOND_MS;
}

/* Large letters have no room for it beside the keys. */
static void draw_problem(struct stage *stage, int64_t now_ms)
{
    struct sheet *sheet = &stage->sheet;
    const struct page *page = &stage->page;
    const struct stage_part part = {.scene = page->scene};
    struct scene_model model = stage_model_of(stage, &part, now_ms);
    sheet->model = &model;
    stage_begin_part(stage, &part);
    sheet->size = TARGET_VISITOR;
    widget_dialog(sheet, screen_area(&stage->config.screen),
                  &(struct widget_dialog){.title = "",
                                          .text = sheet_say(sheet, page->problem),
                                          .seconds = -1,
                                          .buttons = {{.name = "stay",
                                                       .label = sheet_say(sheet, "Go on"),
                                                       .act = {.kind = ACT_STAY},
                                                       .style = WIDGET_FILLED}},
                                          .count = 1});
    sheet->model = NULL;
}

static bool has_problem_above(const struct stage *stage)
{
    const struct page *page = &stage->page;
    return stage->mode.is_large && !page->scene->is_staff && page->problem;
}

void stage_above_draw(struct stage *stage, int64_t now_ms)
{
    bool is_whole = deck_count_whole(&stage->deck) > 0;
    bool is_page = stage_has_page(stage) && !is_whole;
    if (is_page && has_problem_above(stage))
        draw_problem(stage, now_ms);
    if (is_page && stage_warned_s(stage, now_ms) >= 0)
        draw_warning(stage, now_ms);
    else if (is_page && stage->idle_ms - STAGE_WARN_MS < stage->frame_ms)
        stage->frame_ms = stage->idle_ms - STAGE_WARN_MS;
    draw_waiting(stage, is_whole);
    stage->is_dark = stage_is_dimmed(stage, now_ms);
    if (stage->is_dark)
        canvas_shade(stage->sheet.canvas, DIM);
}
