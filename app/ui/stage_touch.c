#include <stdio.h>
#include <string.h>

#include "app/ui/stage_i.h"

#define HELD_MS 20000
#define SPENT_MS 4000 /* a button that did nothing by then may be pressed again */
#define CALLED_MS 8000

int stage_targets(const struct stage *stage, const struct target **out_targets)
{
    *out_targets = stage->sheet.targets;
    return stage->sheet.count;
}

/* Boxes don't overlap, but keys are touched between them, too: the last one drawn that fits. */
static const struct target *target_at(const struct stage *stage, double x, double y)
{
    for (int i = stage->sheet.count - 1; i >= 0; i--)
        if (rect_has(stage->sheet.targets[i].hit, x, y))
            return &stage->sheet.targets[i];
    return NULL;
}

/* --- what a target does --- */

static void set_language(struct stage *stage, const struct target *target, int64_t now_ms)
{
    enum language language = (enum language)target->act.value;
    if (target->card) { /* whoever is spoken to wants it so this time */
        target->card->answer.language = language;
        return;
    }
    stage->language = stage->page.keyboard.language = language;
    stage->has_badge_language = false;
    if (!stage->page.scene)
        stage->home_ms = now_ms + STAGE_HOME_MS;
}

/* What was asked from the resting screen is answered on the screen. */
static void show_called(struct stage *stage, const struct scene *scene, int64_t now_ms)
{
    struct answer answer = {.language = stage->language, .shown_ms = CALLED_MS};
    deck_put(&stage->deck, scene, &answer, now_ms);
}

void stage_call(struct stage *stage, int64_t now_ms)
{
    stage_age(stage, now_ms);
    stage_wake(stage, now_ms);
    stage->deck.whole_most = stage->mode.is_large ? 1 : 2;
    show_called(stage, &scene_called, now_ms);
    stage->is_changed = true;
}

/* Which fact a result's button is about. */
static struct fact_id fact_of(const struct answer *answer, const struct target *target)
{
    switch ((enum ask_kind)target->act.value) {
    case ASK_PROPOSE: return answer->forgotten_visit;
    case ASK_ATTEND:
    case ASK_HELP: return target->act.shift.occasion;
    default: return answer->fact;
    }
}

static void ask_from_card(const struct target *target, struct ask *ask, int64_t now_ms)
{
    struct deck_card *card = target->card;
    ask->person = card->answer.person;
    ask->fact = fact_of(&card->answer, target);
    ask->number[0] = target->act.shift.number;
    if (ask->kind == ASK_DO)
        ask->other = target->act.shift.occasion;
    ask->language = card->answer.language;
    if (ask->kind == ASK_CALL)
        card->is_heard = true;
    else
        card->spent_until_ms = now_ms + SPENT_MS;
}

static void act_ask(struct stage *stage, const struct target *target, int64_t now_ms,
                    struct ask *out_ask)
{
    struct deck_card *card = target->card;
    *out_ask = (struct ask){.kind = (enum ask_kind)target->act.value,
                            .at_ms = target->act.at_ms,
                            .by = stage->page.staff,
                            .language = stage->language};
    if (card)
        ask_from_card(target, out_ask, now_ms);
    else
        stage_go(stage, NULL, now_ms, &(struct ask){0});
    if (out_ask->kind == ASK_CALL && !card)
        show_called(stage, &scene_called, now_ms);
}

/* What the page may need of the result: whose it was, who came along, which shift it was about. */
static void take_over(struct page *page, const struct answer *answer)
{
    page->person = answer->person;
    page->numbers[0] = answer->guests;
    page->numbers[1] = answer->children;
    page->stranger = answer->stranger;
    page->row = (struct row){.id = answer->shift.of.occasion,
                             .number = {answer->shift.of.number},
                             .at_ms = answer->shift.from_ms,
                             .to_ms = answer->shift.to_ms};
    snprintf(page->row.title, sizeof page->row.title, "%s", answer->shift.title);
    snprintf(page->name, sizeof page->name, "%s", answer->first_name);
}

/* From a result to a page of the same person. */
static void act_go(struct stage *stage, const struct target *target, int64_t now_ms,
                   struct ask *out_ask)
{
    struct page *page = &stage->page;
    struct deck_card *card = target->card;
    if (!card && page->is_waiting && page->is_told_once)
        return;
    if (card) {
        page_wipe(page);
        take_over(page, &card->answer);
        if (target->act.to && (target->act.to->is_private || target->act.to->is_personal))
            page->owner = card->answer.person;
        page->is_link = target->act.value != 0;
        stage->language = card->answer.language;
        stage->has_badge_language = true;
        deck_close(&stage->deck, card);
    }
    stage_go(stage, target->act.to, now_ms, out_ask);
}

static void turn_mode(struct stage *stage, enum act_mode which, struct ask *out_ask)
{
    struct theme_mode *mode = &stage->mode;
    bool *const flags[] = {[ACT_LARGE] = &mode->is_large,
                           [ACT_CONTRAST] = &mode->is_contrast,
                           [ACT_MIRRORED] = &mode->is_mirrored,
                           [ACT_STILL] = &mode->is_still,
                           [ACT_SPEAKING] = &stage->is_speaking};
    *flags[which] = !*flags[which];
    if (which == ACT_SPEAKING)
        *out_ask = (struct ask){
            .kind = ASK_SPEECH, .number = {stage->is_speaking, 0}, .language = stage->language};
}

static void act(struct stage *stage, const struct target *touched, int64_t now_ms,
                struct ask *out_ask)
{
    const struct target target = *touched; /* the sheet is drawn anew below */
    if (target.act.kind == ACT_KEY) {
        stage_key(stage, target.act.value, now_ms, out_ask);
        return;
    }
    stage_change(stage);
    switch (target.act.kind) {
    case ACT_ASK: act_ask(stage, &target, now_ms, out_ask); break;
    case ACT_GO: act_go(stage, &target, now_ms, out_ask); break;
    case ACT_LANGUAGE: set_language(stage, &target, now_ms); break;
    case ACT_TURN: stage->page.first = target.act.value; break;
    case ACT_CLOSE: deck_close(&stage->deck, target.card); break;
    case ACT_SHRINK: deck_shrink(&stage->deck, target.card, now_ms); break;
    case ACT_CHOOSE:
        stage->page.problem = NULL;
        if (!stage->page.is_waiting)
            stage_tell_page(stage, PAGE_CHOOSE, target.act.value, now_ms, out_ask);
        break;
    case ACT_MODE: turn_mode(stage, (enum act_mode)target.act.value, out_ask); break;
    case ACT_STAY: stage->page.problem = NULL; break;
    default: break;
    }
}

/* --- fingers --- */

static void lift(struct stage *stage)
{
    stage->is_changed |= stage->sheet.is_down;
    stage->sheet.is_down = stage->is_inking = false;
}

/* Whoever touches a result reads it; whoever touches a page is still there. */
static void touch_part(struct stage *stage, double x, double y, int64_t now_ms)
{
    struct stage_part parts[STAGE_PARTS_MAX];
    int count = stage_picture_divide(stage, parts);
    for (int i = 0; i < count; i++) {
        if (!rect_has(stage_placed(stage, parts[i].area), x, y))
            continue;
        if (parts[i].card)
            deck_hold(parts[i].card, HELD_MS, now_ms);
        else if (stage->home_ms != INT64_MAX)
            stage->home_ms = now_ms + STAGE_HOME_MS;
        return;
    }
}

static bool is_seen_as_it_is(const struct stage *stage)
{
    return stage->drawn_changes == stage->changes + stage->deck.changes;
}

static void draw_ink(struct stage *stage, double x, double y, bool is_begin)
{
    const struct rect box = stage->ink_box;
    double part_x = (x - box.x) / box.w, part_y = (y - box.y) / box.h;
    if (is_begin)
        stage->is_inking = ink_begin(&stage->page.ink, part_x, part_y);
    else if (stage->is_inking)
        ink_add(&stage->page.ink, part_x, part_y);
    stage->is_changed = true;
}

static void press_down(struct stage *stage, double x, double y, int64_t now_ms)
{
    bool was_dimmed = stage_is_dimmed(stage, now_ms);
    bool is_seen = is_seen_as_it_is(stage);
    lift(stage);
    stage_wake(stage, now_ms);
    /* The finger aims at the picture that is seen; when that is over, or dark, it means nothing. */
    if (was_dimmed || !is_seen)
        return;
    const struct target *target = target_at(stage, x, y);
    if (target && now_ms < target->ready_ms)
        return;
    touch_part(stage, x, y, now_ms);
    if (stage->page.scene && !target)
        stage_stay(stage, now_ms);
    if (!target)
        return;
    stage->sheet.is_down = stage->is_changed = true;
    stage->sheet.down = *target;
    if (target->act.kind == ACT_INK) {
        stage->ink_box = target->box;
        draw_ink(stage, x, y, true);
    }
}

/* Is the finger still on what it began on, and is that still there? */
static const struct target *target_meant(const struct stage *stage, double x, double y)
{
    const struct target *target = target_at(stage, x, y);
    bool is_same = target && is_seen_as_it_is(stage) && sheet_is_down(&stage->sheet, target);
    return is_same ? target : NULL;
}

void stage_touch(struct stage *stage, enum stage_touch phase, double x_px, double y_px,
                 int64_t now_ms, struct ask *out_ask)
{
    double x, y;
    *out_ask = (struct ask){.kind = ASK_NOTHING};
    stage_age(stage, now_ms);
    screen_from_px(&stage->config.screen, x_px, y_px, &x, &y);
    if (phase == STAGE_DOWN) {
        press_down(stage, x, y, now_ms);
        return;
    }
    if (stage->is_inking && phase == STAGE_MOVE) {
        draw_ink(stage, x, y, false);
        return;
    }
    const struct target *target = target_meant(stage, x, y);
    if (phase == STAGE_UP && target) {
        stage_stay(stage, now_ms);
        act(stage, target, now_ms, out_ask);
    }
    if (phase != STAGE_MOVE || !target)
        lift(stage);
}

enum rc stage_press(struct stage *stage, const char *name, int64_t now_ms, struct ask *out_ask)
{
    *out_ask = (struct ask){.kind = ASK_NOTHING};
    stage_age(stage, now_ms);
    for (int i = 0; i < stage->sheet.count; i++)
        if (strcmp(stage->sheet.targets[i].name, name) == 0) {
            stage_wake(stage, now_ms);
            stage_stay(stage, now_ms);
            act(stage, &stage->sheet.targets[i], now_ms, out_ask);
            return RC_OK;
        }
    return RC_NOT_FOUND;
}
