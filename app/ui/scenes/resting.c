/*
 * resting - what the room sees all evening: where to tap, who is here; and for who has no badge or
 * is here for the first time, where to begin.
 */
#include <stdio.h>

#include "app/ui/banner.h"
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define NAME_H 8.0
#define ACTION_MM 3.9
#define QUORUM_W 0.46 /* of the place for tapping and the house: a room reads it */
#define QUORUM_LARGE_W 0.52
#define QUORUM_H 0.5

struct parts {
    struct rect name, clock, banner, help, tap, side, actions, languages[2];
    bool is_narrow;
};

/* Help and the languages stand where they stand on every page. */
static struct parts divide_upright(const struct scene_model *model, struct rect area)
{
    struct layout_page page = layout_page(area, model->mode.is_large);
    struct rect rest = rect_inset(area, LAYOUT_MARGIN);
    struct parts parts = {.is_narrow = true, .help = page.help};
    parts.languages[0] = page.languages[0];
    parts.languages[1] = page.languages[1];
    parts.clock = rect_cut_top(&rest, LAYOUT_BAR_H, 2);
    parts.clock.w -= page.help.w + LAYOUT_GAP;
    if (model->has_banner) /* for as long as a stick is there, the hour is less */
        parts.banner = parts.clock;
    if (!model->quorum) /* which has more to say than whose house it is */
        parts.name = rect_cut_top(&rest, model->mode.is_large ? 11 : NAME_H, 1.5);
    if (!model->has_strip) /* the first takes this place for some seconds */
        rect_cut_bottom(&rest, LAYOUT_BAR_H, LAYOUT_GAP);
    if (model->strips < 2) /* and the second this one */
        parts.actions =
            rect_cut_bottom(&rest, model->mode.is_large ? 25 : LAYOUT_BAR_H + 2, LAYOUT_GAP);
    /* Large letters above strips need the place for the words. */
    if (!model->mode.is_large || !model->has_strip)
        parts.side = rect_cut_bottom(&rest,
                                     model->quorum          ? rest.h * QUORUM_H
                                     : model->mode.is_large ? 18
                                                            : 26,
                                     LAYOUT_GAP);
    parts.tap = rest;
    return parts;
}

static struct parts divide_lying(const struct scene_model *model, struct rect area)
{
    struct layout_page page = layout_page(area, model->mode.is_large);
    struct rect rest = rect_inset(area, LAYOUT_MARGIN);
    struct parts parts = {.is_narrow = false, .help = page.help};
    struct rect top = rect_cut_top(&rest, LAYOUT_BAR_H, 2);
    struct rect foot =
        rect_cut_bottom(&rest, model->mode.is_large ? 25 : LAYOUT_BAR_H + 1, LAYOUT_GAP);
    rect_cut_right(&top, page.help.w, LAYOUT_GAP + 1);
    parts.clock = rect_cut_right(&top, model->has_clock ? 38 : 0, LAYOUT_GAP);
    parts.name = top;
    if (model->has_banner)
        parts.banner = top;
    double word = page.languages[0].w;
    parts.languages[1] = rect_cut_right(&foot, word, LAYOUT_GAP - 1);
    parts.languages[0] = rect_cut_right(&foot, word, LAYOUT_GAP);
    parts.actions = foot;
    double part = !model->quorum ? 0.36 : model->mode.is_large ? QUORUM_LARGE_W : QUORUM_W;
    parts.side = rect_cut_right(&rest, rest.w * part, LAYOUT_GAP);
    parts.tap = rest;
    return parts;
}

static void draw_actions(struct sheet *sheet, struct rect box)
{
    struct rect first = rect_cut_left(&box, box.w * 0.58, LAYOUT_GAP);
    widget_button(sheet, first,
                  &(struct widget_button){.name = "first-visit",
                                          .label = sheet_say(sheet, "First time here?"),
                                          .cap_mm = ACTION_MM,
                                          .act = {.kind = ACT_GO, .to = &scene_first_visit},
                                          .style = WIDGET_FILLED});
    widget_button(sheet, box,
                  &(struct widget_button){.name = "no-badge",
                                          .label = sheet_say(sheet, "No badge"),
                                          .cap_mm = ACTION_MM,
                                          .act = {.kind = ACT_GO, .to = &scene_no_badge}});
}

/* Whose house it is; where votes have the place of what is on, that stands here. */
static void draw_name(struct sheet *sheet, struct rect box, bool is_narrow)
{
    const struct scene_model *model = sheet->model;
    bool is_titled = model->quorum && model->occasion && model->occasion[0];
    const struct canvas_text name = {.text = is_titled ? model->occasion : model->venue,
                                     .cap_mm = 4.4,
                                     .colour = sheet->tones->ink,
                                     .is_bold = true,
                                     .align = model->mode.is_mirrored ? CANVAS_RIGHT : CANVAS_LEFT,
                                     .is_middle = true,
                                     .lines = is_narrow ? 1 : 2};
    if (box.h > 0 && is_titled)
        widget_shortened(sheet, box, &name);
    else if (box.h > 0)
        widget_extra(sheet, box, &name);
}

static void draw_top(struct sheet *sheet, const struct parts *parts)
{
    const struct scene_model *model = sheet->model;
    char time[WORDS_TIME_SIZE] = "";
    if (model->has_clock)
        words_time(model->language, model->wall_ms, time, sizeof time);
    const struct canvas_text clock = {
        .text = time,
        .cap_mm = 6,
        .colour = sheet->tones->ink,
        .is_bold = true,
        .align = parts->is_narrow == model->mode.is_mirrored ? CANVAS_RIGHT : CANVAS_LEFT,
        .is_middle = true};
    bool is_covered = model->has_strip && !parts->is_narrow;
    bool has_banner = !is_covered && banner_draw(sheet, parts->banner);
    if (!is_covered && !(has_banner && parts->is_narrow))
        canvas_text(sheet->canvas, parts->clock, &clock);
    if (!is_covered && !(has_banner && !parts->is_narrow))
        draw_name(sheet, parts->name, parts->is_narrow);
    if (model->has_no_bar)
        return;
    widget_button(sheet, parts->help,
                  &(struct widget_button){.name = "help",
                                          .label = sheet_say(sheet, "Help"),
                                          .cap_mm = 3.6,
                                          .act = {.kind = ACT_GO, .to = &scene_help}});
}

/* The other languages say the same in small, so that everybody finds the place to tap. */
static void other_words(const struct scene_model *model, char *out_text, size_t size)
{
    size_t used = 0;
    for (int language = 0; language < LANGUAGE_COUNT && used < size; language++)
        if (language != (int)model->language)
            used += (size_t)snprintf(out_text + used, size - used, "%s%s", used ? " · " : "",
                                     words((enum language)language, WORDS_MARK("Tap here")));
}

static const char *side_text(const struct scene_model *model)
{
    static const char *const sides[] = {
        WORDS_MARK("The reader is on the right"), WORDS_MARK("The reader is on the left"),
        WORDS_MARK("The reader is above"), WORDS_MARK("The reader is below")};
    return words(model->language, sides[model->reader_side]);
}

/* The other languages, and where the reader is. */
static void draw_lines(struct sheet *sheet, struct rect box, const struct theme_tones *tones)
{
    char others[128];
    other_words(sheet->model, others, sizeof others);
    struct canvas_text small = {.text = others, .cap_mm = 4, .colour = tones->soft};
    widget_extra(sheet, rect_cut_top(&box, box.h / 2, 0), &small);
    small.text = side_text(sheet->model);
    widget_extra(sheet, box, &small);
}

/* As large as the place allows: it has to be read from two metres. */
static void draw_headline(struct sheet *sheet, struct rect box, const struct theme_tones *tones)
{
    struct canvas_text big = {.text = sheet_say(sheet, "Tap here"),
                              .cap_mm = 14,
                              .least_mm = sheet->model->mode.is_large ? 6.6 : 8,
                              .colour = tones->ink,
                              .is_bold = true,
                              .lines = layout_is_narrow(box) && box.h > 34 ? 2 : 1,
                              .is_middle = true};
    canvas_text(sheet->canvas, box, &big);
}

static void draw_tap(struct sheet *sheet, struct rect tap)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_IN);
    enum icon icon = (enum icon)(ICON_RIGHT + sheet->model->reader_side);
    struct rect rest = rect_inset(tap, 5);
    canvas_round(sheet->canvas, tap, WIDGET_RADIUS + 1, tones->ground);
    if (sheet->model->mode.is_large && tap.h < 40) { /* lying, in large letters: the words alone */
        icon_draw(sheet->canvas, icon, rect_cut_right(&rest, 16, 2), tones->ink);
    } else if (tap.h > (sheet->model->mode.is_large
                            ? 56
                            : 46)) { /* upright: the arrow has a row of its own */
        struct rect row = rect_cut_bottom(&rest, tap.h > 60 ? 22 : 13, 1);
        icon_draw(sheet->canvas, icon, row, tones->ink);
        draw_lines(sheet, rect_cut_bottom(&rest, 13, 0), tones);
    } else if (layout_is_narrow(tap) && tap.w < 80) { /* upright, above two strips */
        icon_draw(sheet->canvas, icon, rect_cut_bottom(&rest, 16, 2), tones->ink);
    } else {
        struct rect low = rect_cut_bottom(&rest, 13.6, 0.4);
        bool is_left = sheet->model->reader_side == SCENE_LEFT;
        struct rect arrow = is_left ? rect_cut_left(&low, 16, 4) : rect_cut_right(&low, 16, 3);
        arrow.y -= 1.5;
        icon_draw(sheet->canvas, icon, (struct rect){arrow.x, arrow.y, 16, 16}, tones->ink);
        draw_lines(sheet, low, tones);
    }
    draw_headline(sheet, rest, tones);
}

/* A badge was read: the place to tap answers at once, whatever the answer will be. */
static void draw_seen(struct sheet *sheet, struct rect tap)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_PAPER);
    canvas_round(sheet->canvas, tap, WIDGET_RADIUS + 1, tones->ink);
    icon_draw(sheet->canvas, ICON_TICK, rect_inset(tap, tap.h > 56 ? 16 : 7), tones->ground);
}

static void draw_asleep(struct sheet *sheet, struct rect tap)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_HELP);
    canvas_round(sheet->canvas, tap, WIDGET_RADIUS + 1, tones->ground);
    struct rect rest = rect_inset(tap, 5);
    struct rect icon = rect_cut_right(&rest, 15, 2);
    icon.h = 15;
    icon_draw_on_disc(sheet->canvas, ICON_REST, icon, tones->ink, tones->ground);
    struct canvas_text head = {.text = sheet_say(sheet, "The badge reader is resting"),
                               .cap_mm = 5.4,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 2};
    double used = widget_extra(sheet, (struct rect){rest.x, rest.y, rest.w, 22}, &head);
    rest.w += 17;
    rect_cut_top(&rest, used > 15 ? used : 15, 1);
    struct canvas_text text = {.text = sheet_say(sheet, "Touch “No badge” and use your name."),
                               .cap_mm = 4,
                               .colour = tones->soft,
                               .lines = 3};
    widget_extra(sheet, rest, &text);
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    bool is_narrow = layout_is_narrow(area);
    struct parts parts = is_narrow ? divide_upright(model, area) : divide_lying(model, area);
    draw_top(sheet, &parts);
    if (model->is_seen)
        draw_seen(sheet, parts.tap);
    else if (model->is_reader_resting)
        draw_asleep(sheet, parts.tap);
    else
        draw_tap(sheet, parts.tap);
    if (parts.side.h > 0)
        panel_house(sheet, parts.side);
    if (parts.actions.h > 0)
        draw_actions(sheet, parts.actions);
    if (!model->has_strip || !is_narrow)
        scene_languages(sheet, parts.languages);
}

const struct scene scene_resting = {
    .name = "resting", .meaning = THEME_PAPER, .icon = ICON_TICK, .draw = draw, .has_bar = true};
