#include "app/ui/scene.h"

#include <stdio.h>

#include "app/ui/words.h"

const struct scene *scene_of(enum answer_kind kind)
{
    static const struct scene *const scenes[ANSWER_COUNT] = {
        [ANSWER_WITHDRAWN] = &scene_withdrawn,       [ANSWER_UNKNOWN] = &scene_unknown,
        [ANSWER_NOT_RECORDED] = &scene_not_recorded, [ANSWER_ARRIVAL_FORGOTTEN] = &scene_forgotten,
        [ANSWER_ALREADY_IN] = &scene_already_in,     [ANSWER_DEPARTURE] = &scene_goodbye,
        [ANSWER_HAS_LEFT] = &scene_has_left,         [ANSWER_ARRIVAL] = &scene_greeting,
    };
    return scenes[kind];
}

bool scene_is_narrow(struct rect area)
{
    return area.w < 110;
}

/* Icon beside the headline; the line below goes the whole way. */
static struct rect lying_head(struct rect rest, double size, double cap_mm, struct rect *out_disc,
                              struct rect *out_headline, struct rect *out_line)
{
    struct rect row = rect_cut_top(&rest, size, 0);
    *out_disc = rect_cut_left(&row, size, size * 0.24);
    *out_headline = row;
    *out_line = rect_cut_top(&rest, cap_mm < 8 ? 9 : 0, SCENE_GAP);
    if (cap_mm >= 8) { /* wide: headline and line share the height of the icon */
        *out_headline = (struct rect){row.x, row.y - 0.5, row.w, 13};
        *out_line = (struct rect){row.x, row.y + 13.5, row.w, 7.5};
    }
    return rest;
}

/* Upright screens have height to spend: icon, headline, line, one below the other. */
static struct rect standing_head(struct rect rest, double size, struct rect *out_disc,
                                 struct rect *out_headline, struct rect *out_line)
{
    *out_disc = rect_cut_top(&rest, size, 4);
    out_disc->w = size;
    *out_headline = rect_cut_top(&rest, 25, 0);
    *out_line = rect_cut_top(&rest, 14, SCENE_GAP);
    return rest;
}

struct rect scene_head(const struct scene_model *model, struct rect area,
                       enum theme_meaning meaning, enum canvas_icon icon, const char *headline,
                       const char *line, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(meaning, model->is_evening);
    struct rect rest = rect_inset(area, SCENE_MARGIN), disc, top, below;
    bool is_narrow = scene_is_narrow(area), is_tall = is_narrow && area.h > 100;
    double size = is_tall ? 20 : is_narrow ? 14 : 21;
    double cap_mm = is_tall ? 7.2 : is_narrow ? 6 : 8;
    rest = is_tall ? standing_head(rest, size, &disc, &top, &below)
                   : lying_head(rest, size, cap_mm, &disc, &top, &below);
    canvas_disc(canvas, disc.x + size / 2, disc.y + size / 2, size / 2, tones->ink);
    canvas_icon(canvas, icon, rect_inset(disc, size * 0.14), tones->ground);
    struct canvas_text head = {.text = headline,
                               .cap_mm = cap_mm,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 2,
                               .is_middle = is_narrow && !is_tall};
    struct canvas_text sub = {.text = line, .cap_mm = 4, .colour = tones->soft, .lines = 2};
    canvas_text(canvas, top, &head);
    if (is_narrow && !is_tall)
        below.y += 1.5;
    canvas_text(canvas, below, &sub);
    rect_cut_bottom(&rest, SCENE_BUTTON_H, SCENE_GAP);
    return rest;
}

struct rect scene_without_foot(struct rect rest)
{
    rest.h += SCENE_BUTTON_H + SCENE_GAP;
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
    double width = count == 1 ? 52 : 48;
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
    if (model->undo_left < 0)
        return 0;
    scene_button(out, model, "undo", WORDS_MARK("Undo"), scene_foot(area, 0, 1), STAGE_INTENT_UNDO,
                 SCENE_OUTLINED);
    out->left = model->undo_left;
    return 1;
}
