/* What an occasion has for who is there: a drink, words to leave, a step that is done. */
#include <math.h>

#include "app/ui/field.h"
#include "app/ui/panel.h"
#include "app/ui/words.h"

#define TILE_MOST_MM 36.0
#define TILE_LARGE_MM 27.0
#define SIGN_MOST_MM 18.0
#define SIGN_ROOM_MM 75.0 /* narrower ones have the words alone */

/* Beside what occasions have: what is left of somebody's first visit. */
enum { OF_WELCOME = OCCASION_COUNT, OFFERS };

/* The button "leave words" leads to a page; a drink is had with the touch. */
static const struct offer {
    const char *name, *title, *line;
    const char *brief; /* in large letters */
    enum icon icon;
    const struct scene *to; /* NULL: DEED_DRINK is done */
    bool greets;            /* with the arrival, too */
} offers[OFFERS] = {
    [OCCASION_DRINKS] = {"drink", WORDS_MARK("A drink on the house"),
                         WORDS_MARK("One touch, and it is noted"), WORDS_MARK("A drink"),
                         ICON_GLASS, NULL, false},
    [OCCASION_AGORA] = {"need", WORDS_MARK("Leave a need or an idea"),
                        WORDS_MARK("In a few words, for staff"), WORDS_MARK("An idea"), ICON_PEN,
                        &scene_need, true},
    [OF_WELCOME] = {"way", WORDS_MARK("Go on with your welcome"), NULL, WORDS_MARK("My welcome"),
                    ICON_WAVE, &scene_way, true},
};

/* NULL: nothing is offered. */
static const struct offer *offer_of(const struct sheet *sheet)
{
    const struct answer *answer = sheet->model->answer;
    const struct offer *offer = &offers[answer->occasion];
    if (!offer->name && answer->steps_left)
        offer = &offers[OF_WELCOME];
    bool is_arrival = answer->kind == ANSWER_ARRIVAL;
    if (!offer->name || answer->has_deed || (is_arrival && !offer->greets))
        return NULL;
    return offer->to && (!panel_can_go(sheet) || panel_has_shift(sheet->model)) ? NULL : offer;
}

static bool is_step_done(const struct answer *answer)
{
    return answer->kind == ANSWER_ARRIVAL && answer->occasion == OCCASION_INFO &&
           answer->is_first_of_kind;
}

/* The title, and the line below it where both have room. */
static void draw_words(struct sheet *sheet, struct rect box, const struct offer *offer,
                       const uint32_t inks[2])
{
    bool is_large = sheet->model->mode.is_large;
    const struct canvas_text title = {.text =
                                          sheet_say(sheet, is_large ? offer->brief : offer->title),
                                      .cap_mm = 5.2,
                                      .least_mm = 3.2,
                                      .one_line_mm = 4,
                                      .colour = inks[0],
                                      .is_bold = true,
                                      .lines = 2};
    char deeper[200];
    bool is_deeper = offer == &offers[OF_WELCOME] && panel_deepening(sheet, deeper, sizeof deeper);
    const struct canvas_text line = {.text = is_deeper     ? deeper
                                             : offer->line ? sheet_say(sheet, offer->line)
                                                           : "",
                                     .cap_mm = 4,
                                     .least_mm = 3.2,
                                     .colour = inks[1],
                                     .lines = 2};
    double height = canvas_text_height(sheet->canvas, box, &title);
    double both = height + canvas_text_height(sheet->canvas, box, &line);
    bool has_line =
        line.text[0] && !is_large && both <= box.h && canvas_text_fits(sheet->canvas, box, &line);
    box.y += fmax(box.h - (has_line ? both : height), 0) / 2;
    box.h = fmin(box.h, has_line ? both : height);
    rect_cut_top(&box, canvas_text(sheet->canvas, box, &title), 0);
    if (has_line)
        canvas_text(sheet->canvas, box, &line);
}

static void draw_tile(struct sheet *sheet, struct rect rest, const struct offer *offer)
{
    const struct act drink = {
        .kind = ACT_ASK, .value = ASK_DO, .shift = {.number = (int)DEED_DRINK}};
    const struct act go = {.kind = ACT_GO, .to = offer->to};
    const struct theme_tones *tones = sheet->tones;
    rest.h = fmin(rest.h, TILE_MOST_MM);
    bool is_pressed = widget_tile_box(
        sheet, rest, &(struct widget_tile){.name = offer->name, .act = offer->to ? go : drink});
    uint32_t ink = is_pressed ? tones->ground : tones->ink;
    struct rect inside = rect_inset(rest, 2.4);
    rect_cut_left(&inside, 1, 0);
    double sign = fmin(inside.h, SIGN_MOST_MM);
    if (inside.w > SIGN_ROOM_MM)
        icon_draw_on_disc(sheet->canvas, offer->icon, rect_cut_left(&inside, sign, 4), ink,
                          is_pressed ? tones->ink : tones->panel);
    draw_words(sheet, inside, offer,
               (const uint32_t[]){ink, is_pressed ? tones->ground : tones->soft});
}

/* A tick, and what it is for. */
static void draw_step(struct sheet *sheet, struct rect rest)
{
    const struct field_line lines[] = {
        {sheet_say(sheet, "A step of your welcome is done"), 5, true, 2},
        {sheet_say(sheet, "Sit where you like, and ask whatever you like."), 4, false, 2}};
    if (rest.h < field_least_mm(sheet))
        return;
    field_draw(sheet, rest, lines, 2, 0, 0);
}

bool panel_offer(struct sheet *sheet, struct rect rest)
{
    const struct scene_model *model = sheet->model;
    const struct offer *offer = offer_of(sheet);
    if (is_step_done(model->answer)) {
        draw_step(sheet, rest);
        return true;
    }
    if (!offer)
        return false;
    if (model->why[0])
        panel_text(sheet, sheet->scene->meaning, rest, model->why);
    else if (!model->is_spent && rest.h >= LAYOUT_LEAST_MM)
        draw_tile(sheet, rest, offer);
    return true;
}

double panel_offer_mm(const struct sheet *sheet, struct rect area)
{
    if (!offer_of(sheet))
        return 0;
    return (sheet->model->mode.is_large && layout_is_narrow(area) ? TILE_LARGE_MM
                                                                  : LAYOUT_LEAST_MM) +
           SCENE_GAP;
}
