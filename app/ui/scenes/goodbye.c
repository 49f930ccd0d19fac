/* goodbye - you are counted out, and this is what you gave: the month as a ring, today lit. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

#define RING_LEAST_MM 38.0
#define RING_MOST_MM 56.0
#define RING_ASIDE_MM 80.0  /* the least height of a lying screen with a ring */
#define RING_BELOW_MM 130.0 /* of an upright one */
#define TODAY_MM 20.0

static const struct panel_speech speech = {
    WORDS_MARK("Thank you %s"), WORDS_MARK("Departure noted at %s"), WORDS_MARK("Departure noted")};

/* Today first, as far as it leaves room for the ring in the middle of the rest. */
static void draw_high(struct sheet *sheet, struct rect rest)
{
    rect_cut_top(&rest, SCENE_GAP, 0);
    struct rect today = {rest.x, rest.y, rest.w, rest.h - RING_LEAST_MM - 3};
    rect_cut_top(&rest, panel_today(sheet, today), 3);
    double size = rest.h < RING_MOST_MM ? rest.h : RING_MOST_MM;
    rest.y += (rest.h - size) / 2;
    rest.h = size;
    panel_ring(sheet, rest);
}

static void draw_given(struct sheet *sheet, struct rect area, struct rect rest)
{
    if (!panel_has_hours(sheet->model))
        panel_here(sheet, rest);
    else if (layout_is_narrow(area) && rest.h >= RING_LEAST_MM + TODAY_MM)
        draw_high(sheet, rest);
    else
        panel_hours(sheet, rest);
}

/* Lying there is room for a ring at the side, from the top down to the foot; today beside it. */
static bool has_ring_aside(const struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    return !layout_is_narrow(area) && !model->mode.is_large && panel_has_hours(model) &&
           !model->answer->is_badge_lent && area.h >= RING_ASIDE_MM;
}

/* Upright there is room for one under a low head. */
static bool has_ring_below(const struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    return layout_is_narrow(area) && !model->mode.is_large && panel_has_hours(model) &&
           !model->answer->is_badge_lent && area.h >= RING_BELOW_MM;
}

/* The shift that ends is theirs to sign off, or their page: one of them beside the undo. */
static int draw_beside_undo(struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    bool is_sign_off = model->answer->is_to_sign_off;
    if (!panel_can_go(sheet) || (!is_sign_off && (model->mode.is_large || model->is_half)))
        return 1;
    const struct widget_button button = {
        .name = is_sign_off ? "sign-off" : "mine",
        .label = sheet_say(sheet,
                           is_sign_off ? WORDS_MARK("Sign off the shift") : WORDS_MARK("My page")),
        .act = {.kind = ACT_GO, .to = is_sign_off ? &scene_sign_off : &scene_mine},
        .style = is_sign_off ? WIDGET_FILLED : WIDGET_QUIET};
    widget_button(sheet, scene_foot(sheet, area, 1, 2), &button);
    return 2;
}

static void draw(struct sheet *sheet, struct rect area)
{
    bool is_aside = has_ring_aside(sheet, area);
    struct rect left = area, body = scene_above_foot(sheet, rect_inset(area, SCENE_MARGIN));
    if (is_aside) {
        panel_ring(sheet, rect_cut_right(&body, body.h, 0));
        left.w -= body.h + SCENE_MARGIN;
    }
    double foot = scene_button_mm(sheet, area) + SCENE_GAP;
    struct rect rest =
        panel_head_above(sheet, left, &speech, sheet->model->answer->at_ms,
                         has_ring_below(sheet, area) ? RING_LEAST_MM + TODAY_MM + foot : foot);
    rest = scene_above_foot(sheet, rest);
    if (is_aside) { /* the foot lies below the ring, too */
        rect_cut_top(&rest, SCENE_GAP, 0);
        rest.h = body.y + body.h - rest.y;
    }
    if (sheet->model->answer->is_badge_lent)
        panel_text(sheet, THEME_QUESTION, rest,
                   sheet_say(sheet, "This badge was lent to you: hang it back before you go."));
    else if (is_aside || (sheet->model->mode.is_large && panel_has_hours(sheet->model)))
        panel_today(sheet, rest);
    else
        draw_given(sheet, area, rest);
    int count = draw_beside_undo(sheet, area);
    scene_aside(sheet, area, count);
    scene_undo(sheet, area, 0, count);
}

const struct scene scene_goodbye = {
    .name = "goodbye", .meaning = THEME_OUT, .icon = ICON_WAVE, .draw = draw};
