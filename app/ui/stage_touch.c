#include <stdio.h>
#include <string.h>

#include "app/ui/stage_i.h"

#define HELD_MS 20000
#define HOME_MS 30000
#define SPENT_MS 4000 /* a button that did nothing by then may be pressed again */
#define CALLED_MS 8000

struct touched {
    struct scene_button button;
    struct deck_card *card;
};

static int list_buttons(struct stage *stage, int64_t now_ms, struct touched *out)
{
    struct stage_part parts[STAGE_PARTS_MAX];
    struct scene_button buttons[SCENE_BUTTONS_MAX];
    int found = 0, count = stage_picture_divide(stage, parts);
    for (int i = 0; i < count; i++) {
        int here = stage_picture_buttons(stage, &parts[i], now_ms, buttons);
        for (int b = 0; b < here && found < STAGE_BUTTONS_MAX; b++)
            out[found++] = (struct touched){buttons[b], parts[i].card};
    }
    return found;
}

int stage_buttons(struct stage *stage, int64_t now_ms, struct scene_button *out_buttons)
{
    struct touched buttons[STAGE_BUTTONS_MAX];
    stage_age(stage, now_ms);
    int count = list_buttons(stage, now_ms, buttons);
    for (int i = 0; i < count; i++)
        out_buttons[i] = buttons[i].button;
    return count;
}

static const struct touched *button_at(const struct touched *buttons, int count, double x, double y)
{
    for (int i = 0; i < count; i++)
        if (rect_has(buttons[i].button.box, x, y))
            return &buttons[i];
    return NULL;
}

/* --- what a button does --- */

static void set_language(struct stage *stage, enum language language, int64_t now_ms)
{
    stage->language = language;
    stage->home_ms = language == stage->config.home ? INT64_MAX : now_ms + HOME_MS;
}

/* Help on the resting screen: say that it was heard. */
static void show_called(struct stage *stage, int64_t now_ms)
{
    struct answer answer = {.language = stage->language, .shown_ms = CALLED_MS};
    deck_put(&stage->deck, &scene_called, &answer, now_ms);
}

static void act(struct stage *stage, const struct touched *touched, int64_t now_ms,
                struct stage_intent *out_intent)
{
    struct deck_card *card = touched->card;
    enum stage_intent_kind kind = touched->button.intent;
    *out_intent = (struct stage_intent){.kind = kind};
    stage->changes++;
    stage->is_changed = true;
    if (card) {
        out_intent->person = card->answer.person;
        out_intent->fact = card->answer.fact;
    }
    if (kind == STAGE_INTENT_LANGUAGE) {
        set_language(stage, touched->button.language, now_ms);
        out_intent->kind = STAGE_INTENT_NONE;
    } else if (kind == STAGE_INTENT_CALL && !card) {
        show_called(stage, now_ms);
    } else if (kind == STAGE_INTENT_CALL) {
        card->is_called = true;
    } else if (card) {
        card->spent_until_ms = now_ms + SPENT_MS;
    }
}

/* --- fingers --- */

static void lift(struct stage *stage)
{
    stage->is_changed |= stage->is_down;
    stage->is_down = false;
}

/* Whoever touches a result reads it; whoever touches the base still wants its language. */
static void touch_part(struct stage *stage, double x, double y, int64_t now_ms)
{
    struct stage_part parts[STAGE_PARTS_MAX];
    int count = stage_picture_divide(stage, parts);
    for (int i = 0; i < count; i++) {
        if (!rect_has(parts[i].area, x, y))
            continue;
        if (parts[i].card)
            deck_hold(parts[i].card, HELD_MS, now_ms);
        else if (stage->home_ms != INT64_MAX)
            stage->home_ms = now_ms + HOME_MS;
    }
}

static void press_down(struct stage *stage, const struct touched *touched, double x, double y,
                       int64_t now_ms)
{
    lift(stage);
    /* The finger aims at the picture that is seen; when that is over, it means nothing. */
    if (stage->drawn_changes != stage->changes + stage->deck.changes)
        return;
    touch_part(stage, x, y, now_ms);
    if (!touched)
        return;
    stage->is_down = stage->is_changed = true;
    stage->down_x = x;
    stage->down_y = y;
    snprintf(stage->down_button, sizeof stage->down_button, "%s", touched->button.name);
}

/* Is the finger still on the button it began on? */
static bool is_same_button(const struct stage *stage, const struct touched *touched)
{
    return touched && strcmp(touched->button.name, stage->down_button) == 0 &&
           rect_has(touched->button.box, stage->down_x, stage->down_y);
}

void stage_touch(struct stage *stage, enum stage_touch phase, double x_px, double y_px,
                 int64_t now_ms, struct stage_intent *out_intent)
{
    struct touched buttons[STAGE_BUTTONS_MAX];
    double x, y;
    *out_intent = (struct stage_intent){.kind = STAGE_INTENT_NONE};
    stage_age(stage, now_ms);
    screen_from_px(&stage->config.screen, x_px, y_px, &x, &y);
    int count = list_buttons(stage, now_ms, buttons);
    const struct touched *touched = button_at(buttons, count, x, y);
    if (phase == STAGE_DOWN) {
        press_down(stage, touched, x, y, now_ms);
        return;
    }
    bool is_meant = stage->is_down && is_same_button(stage, touched) &&
                    stage->drawn_changes == stage->changes + stage->deck.changes;
    if (phase == STAGE_UP && is_meant)
        act(stage, touched, now_ms, out_intent);
    if (phase != STAGE_MOVE || !is_meant)
        lift(stage);
}

enum rc stage_press(struct stage *stage, const char *name, int64_t now_ms,
                    struct stage_intent *out_intent)
{
    struct touched buttons[STAGE_BUTTONS_MAX];
    stage_age(stage, now_ms);
    int count = list_buttons(stage, now_ms, buttons);
    for (int i = 0; i < count; i++)
        if (strcmp(buttons[i].button.name, name) == 0) {
            act(stage, &buttons[i], now_ms, out_intent);
            return RC_OK;
        }
    return RC_NOT_FOUND;
}
