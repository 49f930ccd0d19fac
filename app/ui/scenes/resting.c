/* resting - what the room sees all evening: where to tap, and who is here. */
#include <stdio.h>

#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

#define TOP_H 15.0
#define FOOT_H 16.0
#define NAME_H 8.0

struct parts {
    struct rect name, top, tap, side, foot;
    bool is_narrow;
};

static struct parts divide(const struct scene_model *model, struct rect area)
{
    struct parts parts = {.is_narrow = scene_is_narrow(area)};
    struct rect rest = rect_inset(area, SCENE_MARGIN - 1.5);
    if (parts.is_narrow) /* upright: the name has a row of its own */
        parts.name = rect_cut_top(&rest, NAME_H, 1);
    parts.top = rect_cut_top(&rest, TOP_H, 2);
    if (model->has_strip) /* its place is taken; for some seconds nobody needs another language */
        parts.foot = (struct rect){0, 0, 0, 0};
    else
        parts.foot = rect_cut_bottom(&rest, FOOT_H, SCENE_GAP);
    if (parts.is_narrow)
        parts.side = rect_cut_bottom(&rest, 29, SCENE_GAP);
    else
        parts.side = rect_cut_right(&rest, rest.w * 0.36, SCENE_GAP);
    parts.tap = rest;
    return parts;
}

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    struct parts parts = divide(model, area);
    int count = 0;
    struct rect help = rect_cut_right(&parts.top, parts.is_narrow ? 24 : 28, 0);
    scene_button(&out[count++], model, "call", WORDS_MARK("Help"), help, STAGE_INTENT_CALL,
                 SCENE_OUTLINED);
    double width = (parts.foot.w - SCENE_GAP) / 2;
    for (int language = 0; !model->has_strip && language < LANGUAGE_COUNT; language++) {
        if (language == (int)model->language)
            continue;
        struct rect box = rect_cut_left(&parts.foot, width, SCENE_GAP);
        const char *own = language_own_name((enum language)language);
        scene_button(&out[count], model, own, own, box, STAGE_INTENT_LANGUAGE, SCENE_QUIET);
        out[count++].language = (enum language)language;
    }
    return count;
}

static void draw_top(const struct scene_model *model, const struct parts *parts,
                     const struct theme_tones *tones, struct canvas *canvas)
{
    struct rect top = parts->top, name = parts->name;
    char time[WORDS_TIME_SIZE] = "";
    rect_cut_right(&top, parts->is_narrow ? 24 : 28, 4);
    if (model->has_clock)
        words_time(model->language, model->wall_ms, time, sizeof time);
    struct canvas_text clock = {.text = time,
                                .cap_mm = 6,
                                .colour = tones->ink,
                                .is_bold = true,
                                .align = parts->is_narrow ? CANVAS_LEFT : CANVAS_RIGHT,
                                .is_middle = true};
    if (!parts->is_narrow)
        name = (struct rect){top.x, top.y, top.w - (time[0] ? 38 : 0), top.h};
    canvas_text(canvas, parts->is_narrow ? top : rect_cut_right(&top, 34, 3), &clock);
    struct canvas_text venue = {.text = model->venue,
                                .cap_mm = 4.4,
                                .colour = tones->ink,
                                .is_bold = true,
                                .is_middle = true,
                                .lines = parts->is_narrow ? 1 : 2};
    canvas_text(canvas, name, &venue);
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
static void draw_lines(const struct scene_model *model, struct rect box,
                       const struct theme_tones *tones, struct canvas *canvas)
{
    char others[128];
    other_words(model, others, sizeof others);
    struct canvas_text small = {.text = others, .cap_mm = 4, .colour = tones->soft};
    canvas_text(canvas, rect_cut_top(&box, box.h / 2, 0), &small);
    small.text = side_text(model);
    canvas_text(canvas, box, &small);
}

/* As large as the place allows: it has to be read from two metres. */
static void draw_headline(const struct scene_model *model, struct rect box,
                          const struct theme_tones *tones, struct canvas *canvas)
{
    struct canvas_text big = {.text = words(model->language, "Tap here"),
                              .cap_mm = 14,
                              .least_mm = 8,
                              .colour = tones->ink,
                              .is_bold = true,
                              .is_middle = true};
    canvas_text(canvas, box, &big);
}

static void draw_tap(const struct scene_model *model, struct rect tap, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_IN, model->is_evening);
    enum icon icon = (enum icon)(ICON_RIGHT + model->reader_side);
    struct rect rest = rect_inset(tap, 5);
    canvas_round(canvas, tap, SCENE_RADIUS + 1, tones->ground);
    if (tap.h > 56) { /* upright: the arrow has a row of its own */
        struct rect row = rect_cut_bottom(&rest, 22, 2);
        icon_draw(canvas, icon, row, tones->ink);
        draw_lines(model, rect_cut_bottom(&rest, 14.5, 0), tones, canvas);
    } else if (scene_is_narrow(tap) && tap.w < 80) { /* upright, above two strips */
        icon_draw(canvas, icon, rect_cut_bottom(&rest, 16, 2), tones->ink);
    } else {
        struct rect low = rect_cut_bottom(&rest, 13.6, 0.4);
        bool is_left = model->reader_side == SCENE_LEFT;
        struct rect arrow = is_left ? rect_cut_left(&low, 16, 4) : rect_cut_right(&low, 16, 3);
        arrow.y -= 1.5;
        icon_draw(canvas, icon, (struct rect){arrow.x, arrow.y, 16, 16}, tones->ink);
        draw_lines(model, low, tones, canvas);
    }
    draw_headline(model, rest, tones, canvas);
}

/* A badge was read: the place to tap answers at once, whatever the answer will be. */
static void draw_seen(const struct scene_model *model, struct rect tap, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_PAPER, model->is_evening);
    canvas_round(canvas, tap, SCENE_RADIUS + 1, tones->ink);
    icon_draw(canvas, ICON_TICK, rect_inset(tap, tap.h > 56 ? 16 : 7), tones->ground);
}

static void draw_asleep(const struct scene_model *model, struct rect tap, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_HELP, model->is_evening);
    canvas_round(canvas, tap, SCENE_RADIUS + 1, tones->ground);
    struct rect rest = rect_inset(tap, 5);
    struct rect icon = rect_cut_right(&rest, 15, 2);
    icon.h = 15;
    icon_draw_on_disc(canvas, ICON_REST, icon, tones->ink, tones->ground);
    struct canvas_text head = {.text = words(model->language, "The badge reader is resting"),
                               .cap_mm = 5.4,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 2};
    double used = canvas_text(canvas, (struct rect){rest.x, rest.y, rest.w, 20}, &head);
    rest.w += 17;
    rect_cut_top(&rest, used > 15 ? used : 15, 1);
    struct canvas_text text = {
        .text = words(model->language, "Tell someone here your name: they will note it."),
        .cap_mm = 4,
        .colour = tones->soft,
        .lines = 3};
    canvas_text(canvas, rest, &text);
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct parts parts = divide(model, area);
    const struct theme_tones *tones = theme_tones(THEME_PAPER, model->is_evening);
    draw_top(model, &parts, tones, canvas);
    if (model->is_seen)
        draw_seen(model, parts.tap, canvas);
    else if (model->is_reader_resting)
        draw_asleep(model, parts.tap, canvas);
    else
        draw_tap(model, parts.tap, canvas);
    panel_house(model, parts.side, canvas);
}

const struct scene scene_resting = {
    .name = "resting", .meaning = THEME_PAPER, .icon = ICON_TICK, .layout = layout, .draw = draw};
