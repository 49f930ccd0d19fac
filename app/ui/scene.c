#include "app/ui/scene.h"

#include <stdio.h>

#include "app/ui/words.h"

/* What an occasion asks is not asked yet; until then: you are in, and may say that you leave. */
const struct scene *scene_of(enum answer_kind kind)
{
    static const struct scene *const scenes[ANSWER_COUNT] = {
        [ANSWER_WITHDRAWN] = &scene_withdrawn,       [ANSWER_UNKNOWN] = &scene_unknown,
        [ANSWER_NOT_RECORDED] = &scene_not_recorded, [ANSWER_ARRIVAL_FORGOTTEN] = &scene_forgotten,
        [ANSWER_ALREADY_IN] = &scene_already_in,     [ANSWER_DEPARTURE] = &scene_goodbye,
        [ANSWER_ASKS] = &scene_already_in,           [ANSWER_HAS_LEFT] = &scene_has_left,
        [ANSWER_ARRIVAL] = &scene_greeting,
    };
    return scenes[kind];
}

bool scene_is_narrow(struct rect area)
{
    return area.w < 110;
}

/* The line below a headline: returns what is left below it. */
static struct rect add_line(struct rect rest, const char *line, const struct theme_tones *tones,
                            int lines, struct canvas *canvas)
{
    struct canvas_text sub = {
        .text = line, .cap_mm = 4, .one_line_mm = 3.4, .colour = tones->soft, .lines = lines};
    struct rect box = {rest.x, rest.y, rest.w, 7 * lines};
    rect_cut_top(&rest, canvas_text(canvas, box, &sub), 0);
    return rest;
}

static struct canvas_text headline_of(const char *text, const struct theme_tones *tones,
                                      double cap_mm)
{
    return (struct canvas_text){.text = text,
                                .cap_mm = cap_mm,
                                .least_mm = 4.2,
                                .one_line_mm = cap_mm > 7 ? 6 : 5,
                                .colour = tones->ink,
                                .is_bold = true,
                                .lines = 2};
}

/* Wide: icon on the left, both texts beside it, as high as they need to be. */
static struct rect wide_head(const struct scene *scene, const struct theme_tones *tones,
                             struct rect rest, const char *headline, const char *line,
                             struct canvas *canvas)
{
    struct canvas_text head = headline_of(headline, tones, 8);
    struct rect disc = {rest.x, rest.y, 21, 21};
    struct rect texts = {rest.x + 26, rest.y - 1, rest.w - 26, 23};
    rect_cut_top(&texts, canvas_text(canvas, texts, &head), 0.5);
    texts = add_line(texts, line, tones, 1, canvas);
    icon_draw_on_disc(canvas, scene->icon, disc, tones->ink, tones->ground);
    double used = texts.y - rest.y;
    rect_cut_top(&rest, used > disc.h ? used : disc.h, SCENE_GAP + 1);
    return rest;
}

/* Low and narrow: the headline beside the icon, the line below both. */
static struct rect low_head(const struct scene *scene, const struct theme_tones *tones,
                            struct rect rest, const char *headline, const char *line,
                            struct canvas *canvas)
{
    struct canvas_text head = headline_of(headline, tones, 6);
    struct rect texts = {rest.x + 17.5, rest.y, rest.w - 17.5, 28};
    head.one_line_mm = 5.4;
    head.lines = 4;
    double height = canvas_text_height(canvas, texts, &head);
    texts.h = height > 14 ? height : 14;
    head.is_middle = true;
    canvas_text(canvas, texts, &head);
    icon_draw_on_disc(canvas, scene->icon, (struct rect){rest.x, rest.y, 14, texts.h}, tones->ink,
                      tones->ground);
    rect_cut_top(&rest, texts.h, 1.5);
    /* Four people at once and long names: what colour and icon say need not be written. */
    int room = (int)((rest.h - SCENE_BUTTON_H - SCENE_GAP) / 6.6);
    if (room > 0)
        rest = add_line(rest, line, tones, room < 3 ? room : 3, canvas);
    rect_cut_top(&rest, 0, 2);
    return rest;
}

static bool has_room(struct rect rest, struct canvas_text head, const char *line, double above,
                     struct canvas *canvas)
{
    struct canvas_text sub = {.text = line, .cap_mm = 4, .one_line_mm = 3.4, .lines = 3};
    struct rect box = {rest.x, rest.y, rest.w, 27};
    double wanted =
        above + canvas_text_height(canvas, box, &head) + canvas_text_height(canvas, box, &sub) + 3;
    return wanted < rest.h - SCENE_BUTTON_H - SCENE_GAP;
}

/* High and narrow: there is height to spend, so one thing stands below the other. */
static struct rect high_head(const struct scene *scene, const struct theme_tones *tones,
                             struct rect rest, const char *headline, const char *line,
                             struct canvas *canvas)
{
    bool is_half = rest.h < 90;
    double size = is_half ? 15 : 24, gap = is_half ? 2 : 5;
    struct canvas_text head = headline_of(headline, tones, is_half ? 6 : 7.4);
    head.lines = 3;
    if (!has_room(rest, head, line, size + gap, canvas))
        return low_head(scene, tones, rest, headline, line, canvas);
    struct rect disc = rect_cut_top(&rest, size, gap);
    disc.w = size;
    icon_draw_on_disc(canvas, scene->icon, disc, tones->ink, tones->ground);
    struct rect box = {rest.x, rest.y, rest.w, 27};
    rect_cut_top(&rest, canvas_text(canvas, box, &head), 1);
    rest = add_line(rest, line, tones, 3, canvas);
    rect_cut_top(&rest, 0, gap);
    return rest;
}

struct rect scene_head(const struct scene *scene, const struct scene_model *model, struct rect area,
                       const char *headline, const char *line, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(scene->meaning, model->is_evening);
    struct rect rest = rect_inset(area, SCENE_MARGIN);
    if (!scene_is_narrow(area))
        return wide_head(scene, tones, rest, headline, line, canvas);
    if (area.h < 82)
        return low_head(scene, tones, rest, headline, line, canvas);
    return high_head(scene, tones, rest, headline, line, canvas);
}

void scene_poster(const struct scene *scene, const struct scene_model *model, struct rect area,
                  const char *headline, const char *line, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(scene->meaning, model->is_evening);
    bool is_half = area.w * area.h < 9000;
    double size = is_half ? 18 : 26;
    struct rect rest = rect_inset(area, SCENE_MARGIN);
    struct canvas_text head = headline_of(headline, tones, is_half ? 6 : 8);
    struct canvas_text sub = {.text = line,
                              .cap_mm = is_half ? 4 : 4.6,
                              .colour = tones->soft,
                              .align = CANVAS_CENTRE,
                              .lines = 3};
    head.align = CANVAS_CENTRE;
    struct rect box = {rest.x, rest.y, rest.w, 28};
    double head_h = canvas_text_height(canvas, box, &head);
    double sub_h = canvas_text_height(canvas, box, &sub);
    box.y += (rest.h - size - 4 - head_h - 1 - sub_h) / 2;
    icon_draw_on_disc(canvas, scene->icon, (struct rect){rest.x, box.y, rest.w, size}, tones->ink,
                      tones->ground);
    box.y += size + 4;
    canvas_text(canvas, box, &head);
    box.y += head_h + 1;
    canvas_text(canvas, box, &sub);
}

struct rect scene_above_foot(struct rect rest)
{
    rect_cut_bottom(&rest, SCENE_BUTTON_H, SCENE_GAP);
    return rest;
}

struct rect scene_foot(struct rect area, int place, int count)
{
    struct rect rest = rect_inset(area, SCENE_MARGIN);
    struct rect row = rect_cut_bottom(&rest, SCENE_BUTTON_H, 0);
    if (scene_is_narrow(area)) {
        double width = (row.w - SCENE_GAP * (count - 1)) / count;
        row.x += (count - 1 - place) * (width + SCENE_GAP);
        row.w = width;
        return row;
    }
    double width = count == 1 ? 62 : 48;
    return (struct rect){row.x + row.w - (place + 1) * width - place * SCENE_GAP, row.y, width,
                         row.h};
}

void scene_button(struct scene_button *button, const struct scene_model *model, const char *name,
                  const char *label, struct rect box, enum stage_intent_kind intent,
                  enum scene_button_style style)
{
    *button = (struct scene_button){.name = name,
                                    .box = box,
                                    .intent = intent,
                                    .style = style,
                                    .left = -1,
                                    .language = model->language};
    snprintf(button->label, sizeof button->label, "%s", words(model->language, label));
}

int scene_undo(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    if (model->undo_left < 0 || model->is_spent)
        return 0;
    scene_button(out, model, "undo", WORDS_MARK("Undo"), scene_foot(area, 0, 1), STAGE_INTENT_UNDO,
                 SCENE_OUTLINED);
    out->left = model->undo_left;
    return 1;
}
