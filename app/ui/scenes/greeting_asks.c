/*
 * greeting-can-help - you are counted in, and hands are needed: a touch signs you up.
 * greeting-basket - you are counted in, and a basket is there: a touch notes that you take it.
 * greeting-which - several things are on: a touch says which one you came to, none that you visit.
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/slot.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

struct question {
    struct panel_speech speech;
    enum ask_kind ask;
    const char *none_name, *none; /* the button that says no */
    struct act none_act;
};

static const struct question can_help = {.speech = {WORDS_MARK("Can you help, %s?"),
                                                    WORDS_MARK("Arrival noted at %s"),
                                                    WORDS_MARK("Arrival noted")},
                                         .ask = ASK_HELP,
                                         .none_name = "not-today",
                                         .none = WORDS_MARK("Not today"),
                                         .none_act = {.kind = ACT_SHRINK}};

static const struct question take_basket = {.speech = {WORDS_MARK("A basket, %s?"),
                                                       WORDS_MARK("Arrival noted at %s"),
                                                       WORDS_MARK("Arrival noted")},
                                            .ask = ASK_HELP,
                                            .none_name = "not-now",
                                            .none = WORDS_MARK("Not now"),
                                            .none_act = {.kind = ACT_SHRINK}};

static const struct question which = {.speech = {WORDS_MARK("What brings you, %s?"),
                                                 WORDS_MARK("Arrival noted at %s"),
                                                 WORDS_MARK("Arrival noted")},
                                      .ask = ASK_ATTEND,
                                      .none_name = "just-visiting",
                                      .none = WORDS_MARK("Just visiting"),
                                      .none_act = {.kind = ACT_ASK, .value = ASK_ATTEND}};

/* A line less above it where only then all of them have room. */
static struct rect draw_head(struct sheet *sheet, struct rect area, const struct question *question,
                             const struct slot_choice *choice)
{
    const struct answer *answer = sheet->model->answer;
    double foot = scene_button_mm(sheet, area) + SCENE_GAP;
    double tiles = slot_tiles_mm(sheet, area, choice);
    struct rect rest =
        panel_head_above(sheet, area, &question->speech, answer->at_ms, tiles + foot + 1);
    return scene_above_foot(sheet, rest);
}

/* Nothing touched says no, too: in large letters the way back to a page needs the place. */
static bool has_none(const struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    return layout_is_narrow(area) || !model->mode.is_large || !model->has_page;
}

static void draw_question(struct sheet *sheet, struct rect area, const struct question *question)
{
    const struct scene_model *model = sheet->model;
    const struct answer *answer = model->answer;
    bool is_over = model->is_heard || model->why[0];
    bool is_asking = !is_over && !model->is_spent;
    struct slot_choice choice = panel_choices(sheet->model);
    choice.ask = question->ask;
    int count = is_asking && has_none(sheet, area) ? 2 : 1;
    if (is_over) { /* greeted all the same */
        struct rect rest = panel_head(sheet, area, panel_greets(answer), answer->at_ms);
        if (model->why[0])
            panel_text(sheet, THEME_IN, scene_above_foot(sheet, rest), model->why);
    } else {
        struct rect rest = draw_head(sheet, area, question, &choice);
        if (is_asking)
            slot_tiles(sheet, rest, &choice);
    }
    if (count == 2)
        widget_button(sheet, scene_foot(sheet, area, 1, count),
                      &(struct widget_button){.name = question->none_name,
                                              .label = sheet_say(sheet, question->none),
                                              .act = question->none_act});
    scene_undo(sheet, area, 0, count);
    scene_aside(sheet, area, count);
}

static void draw_can_help(struct sheet *sheet, struct rect area)
{
    draw_question(sheet, area, &can_help);
}

static void draw_take_basket(struct sheet *sheet, struct rect area)
{
    draw_question(sheet, area, &take_basket);
}

static void draw_which(struct sheet *sheet, struct rect area)
{
    draw_question(sheet, area, &which);
}

const struct scene scene_can_help = {.name = "greeting-can-help",
                                     .meaning = THEME_IN,
                                     .icon = ICON_TICK,
                                     .draw = draw_can_help,
                                     .is_tight = true};

const struct scene scene_take_basket = {.name = "greeting-basket",
                                        .meaning = THEME_IN,
                                        .icon = ICON_TICK,
                                        .draw = draw_take_basket,
                                        .is_tight = true};

const struct scene scene_which = {.name = "greeting-which",
                                  .meaning = THEME_IN,
                                  .icon = ICON_TICK,
                                  .draw = draw_which,
                                  .is_tight = true};
