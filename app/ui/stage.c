#include "app/ui/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ui/words.h"

#define RESULTS_MAX 4
#define HELD_MS 20000
#define SEEN_MS 900
#define HOME_MS 30000
#define FRAME_MS 250 /* a bar that runs out moves four times a second */
#define STRIP_H 18.0

struct result {
    struct answer answer;
    int64_t shown_until_ms;
    int64_t undo_begin_ms;
    int64_t undo_until_ms;
    bool is_called;
};

struct stage {
    struct stage_config config;
    const struct scene *base;
    enum language language; /* of the base */
    int64_t home_ms;        /* when the base goes back to the venue's language */
    char fault[400];
    bool is_reader_resting;
    bool has_clock;
    int64_t wall_ms;
    int here;
    int64_t seen_until_ms;
    bool is_moment;
    struct result results[RESULTS_MAX]; /* oldest first */
    int count;

    unsigned version; /* counts changes of what can be touched */
    bool is_changed;
    int64_t frame_ms; /* when the bars move next; INT64_MAX: nothing moves */
    char name[128];

    bool is_down; /* a finger is on */
    unsigned down_version;
    char down_button[96];
    double down_x, down_y;
};

enum rc stage_open(const struct stage_config *config, struct stage **out_stage)
{
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        return RC_NO_MEMORY;
    stage->config = *config;
    stage->base = &scene_starting;
    stage->language = config->home;
    stage->is_changed = true;
    stage->frame_ms = stage->home_ms = INT64_MAX;
    *out_stage = stage;
    return RC_OK;
}

void stage_close(struct stage *stage)
{
    free(stage);
}

static void change(struct stage *stage)
{
    stage->version++;
    stage->is_changed = true;
}

/* --- results ------------------------------------------------------------------------------------
 */

static bool is_full(const struct result *result, int64_t now_ms)
{
    return now_ms < result->shown_until_ms;
}

static bool has_undo(const struct result *result, int64_t now_ms)
{
    return now_ms < result->undo_until_ms;
}

static void drop(struct stage *stage, int at)
{
    memmove(&stage->results[at], &stage->results[at + 1],
            (size_t)(stage->count - at - 1) * sizeof stage->results[0]);
    stage->count--;
    change(stage);
}

/* Lets go of what is over, and notes what shrinks. */
static void age(struct stage *stage, int64_t now_ms)
{
    for (int i = 0; i < stage->count;) {
        struct result *result = &stage->results[i];
        if (!is_full(result, now_ms) && !has_undo(result, now_ms)) {
            drop(stage, i);
            continue;
        }
        if (result->shown_until_ms && !is_full(result, now_ms)) {
            result->shown_until_ms = 0;
            change(stage);
        }
        i++;
    }
    if (stage->seen_until_ms && now_ms >= stage->seen_until_ms) {
        stage->seen_until_ms = 0;
        stage->is_changed = true;
    }
    if (now_ms >= stage->home_ms) {
        stage->home_ms = INT64_MAX;
        stage->language = stage->config.home;
        change(stage);
    }
    if (now_ms >= stage->frame_ms)
        stage->is_changed = true;
}

static int count_full(const struct stage *stage, int64_t now_ms)
{
    int count = 0;
    for (int i = 0; i < stage->count; i++)
        count += is_full(&stage->results[i], now_ms);
    return count;
}

/* Does the new answer follow on an older one of the same person (or badge), and replace it? */
static bool replaces(const struct result *old, const struct answer *answer)
{
    return !fact_id_is_none(answer->person) && fact_id_is_same(old->answer.person, answer->person);
}

void stage_answer(struct stage *stage, const struct answer *answer, int64_t now_ms)
{
    if (!scene_of(answer->kind))
        return;
    age(stage, now_ms);
    for (int i = stage->count - 1; i >= 0; i--)
        if (replaces(&stage->results[i], answer))
            drop(stage, i);
    /* Two share the screen; the older one's half goes to the third, its undo to a strip. */
    for (int i = 0; i < stage->count && count_full(stage, now_ms) > 1; i++)
        stage->results[i].shown_until_ms = 0;
    age(stage, now_ms);
    if (stage->count == RESULTS_MAX)
        drop(stage, 0);
    stage->results[stage->count++] = (struct result){
        .answer = *answer,
        .shown_until_ms = now_ms + answer->shown_ms,
        .undo_begin_ms = now_ms,
        .undo_until_ms = answer->undo_ms ? now_ms + answer->undo_ms : 0,
    };
    stage->is_moment = false;
    stage->seen_until_ms = 0;
    change(stage);
}

void stage_undone(struct stage *stage, struct fact_id fact, int64_t now_ms)
{
    age(stage, now_ms);
    for (int i = stage->count - 1; i >= 0; i--)
        if (fact_id_is_same(stage->results[i].answer.fact, fact))
            drop(stage, i);
}

/* --- what it is told
 * ------------------------------------------------------------------------------ */

void stage_open_door(struct stage *stage)
{
    if (stage->base == &scene_starting) {
        stage->base = &scene_resting;
        change(stage);
    }
}

void stage_set_fault(struct stage *stage, const char *why)
{
    snprintf(stage->fault, sizeof stage->fault, "%s", why);
    stage->base = &scene_fault;
    change(stage);
}

void stage_seen(struct stage *stage, int64_t now_ms)
{
    stage->seen_until_ms = now_ms + SEEN_MS;
    stage->is_changed = true;
}

void stage_moment(struct stage *stage, int64_t now_ms)
{
    (void)now_ms;
    stage->is_moment = true;
    change(stage);
}

void stage_set_reader_resting(struct stage *stage, bool is_resting)
{
    if (stage->is_reader_resting == is_resting)
        return;
    stage->is_reader_resting = is_resting;
    change(stage);
}

void stage_set_clock(struct stage *stage, int64_t wall_ms, bool is_trusted)
{
    if (stage->wall_ms / 60000 != wall_ms / 60000 || stage->has_clock != is_trusted)
        stage->is_changed = true;
    stage->wall_ms = wall_ms;
    stage->has_clock = is_trusted;
}

void stage_set_here(struct stage *stage, int here)
{
    if (stage->here == here)
        return;
    stage->here = here;
    stage->is_changed = true;
}

/* --- time
 * ----------------------------------------------------------------------------------------- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t stage_due_ms(const struct stage *stage)
{
    int64_t due_ms = earlier(stage->frame_ms, stage->home_ms);
    if (stage->is_changed)
        return 0;
    if (stage->seen_until_ms)
        due_ms = earlier(due_ms, stage->seen_until_ms);
    for (int i = 0; i < stage->count; i++) {
        if (stage->results[i].shown_until_ms)
            due_ms = earlier(due_ms, stage->results[i].shown_until_ms);
        else
            due_ms = earlier(due_ms, stage->results[i].undo_until_ms);
    }
    return due_ms;
}

bool stage_is_changed(struct stage *stage, int64_t now_ms)
{
    age(stage, now_ms);
    return stage->is_changed;
}

/* --- the parts of the picture
 * ----------------------------------------------------------------------- */

struct part {
    const struct scene *scene;
    struct result *result; /* NULL: the base */
    struct rect area;
    bool is_strip;
};

#define PARTS_MAX (RESULTS_MAX + 1)

static void cut_strips(struct stage *stage, int64_t now_ms, struct rect *area, struct part *parts,
                       int *count)
{
    int strips = 0;
    for (int i = 0; i < stage->count; i++)
        strips += !is_full(&stage->results[i], now_ms);
    if (!strips)
        return;
    bool is_narrow = scene_is_narrow(*area);
    int across = is_narrow ? 1 : strips > 2 ? 2 : strips;
    double width = area->w / across;
    int place = 0;
    for (int i = stage->count - 1; i >= 0 && place < 2; i--) { /* newest first; two are enough */
        struct result *result = &stage->results[i];
        if (is_full(result, now_ms))
            continue;
        struct rect box = {area->x + (is_narrow ? 0 : place * width),
                           area->y + area->h - STRIP_H * (is_narrow ? place + 1 : 1), width,
                           STRIP_H};
        parts[(*count)++] = (struct part){NULL, result, box, true};
        place++;
    }
    area->h -= STRIP_H * (is_narrow ? place : 1);
}

static int divide(struct stage *stage, int64_t now_ms, struct part *out_parts)
{
    struct rect area = screen_area(&stage->config.screen);
    int count = 0, full = count_full(stage, now_ms), place = 0;
    cut_strips(stage, now_ms, &area, out_parts, &count);
    if (!full) {
        const struct scene *scene = stage->is_moment ? &scene_moment : stage->base;
        out_parts[count++] = (struct part){scene, NULL, area, false};
        return count;
    }
    bool is_stacked = area.h > area.w;
    for (int i = 0; i < stage->count; i++) {
        struct result *result = &stage->results[i];
        if (!is_full(result, now_ms))
            continue;
        struct rect box = area;
        if (is_stacked) {
            box.h /= full;
            box.y += place * box.h;
        } else {
            box.w /= full;
            box.x += place * box.w;
        }
        place++;
        out_parts[count++] = (struct part){scene_of(result->answer.kind), result, box, false};
    }
    return count;
}

static struct scene_model model_of(const struct stage *stage, const struct result *result,
                                   int64_t now_ms)
{
    struct scene_model model = {
        .language = result ? result->answer.language : stage->language,
        .is_evening = stage->config.is_evening,
        .venue = stage->config.venue,
        .version = stage->config.version,
        .reader_side = stage->config.reader_side,
        .is_reader_resting = stage->is_reader_resting,
        .has_clock = stage->has_clock,
        .wall_ms = stage->wall_ms,
        .here = stage->here,
        .fault = stage->fault,
        .undo_left = -1,
    };
    for (int i = 0; i < stage->count; i++)
        model.has_strip |= !is_full(&stage->results[i], now_ms);
    if (!result)
        return model;
    model.answer = &result->answer;
    model.is_called = result->is_called;
    if (has_undo(result, now_ms))
        model.undo_left = (double)(result->undo_until_ms - now_ms) /
                          (double)(result->undo_until_ms - result->undo_begin_ms);
    return model;
}

static int layout_part(const struct part *part, const struct scene_model *model,
                       struct scene_button *out)
{
    if (part->is_strip) {
        struct rect inside = rect_inset(part->area, 1.5);
        struct rect box = rect_cut_right(&inside, 40, 0);
        scene_button(out, model, "undo", WORDS_MARK("Undo"), box, STAGE_INTENT_UNDO,
                     SCENE_OUTLINED);
        out->left = model->undo_left;
        return 1;
    }
    return part->scene->layout ? part->scene->layout(model, part->area, out) : 0;
}

/* --- drawing
 * ------------------------------------------------------------------------------------------ */

static void draw_button(const struct scene_button *button, const struct theme_tones *tones,
                        struct canvas *canvas)
{
    uint32_t ink = button->style == SCENE_FILLED ? tones->ground : tones->ink;
    struct rect box = button->box;
    if (button->style == SCENE_FILLED)
        canvas_round(canvas, box, SCENE_RADIUS, tones->ink);
    else if (button->style == SCENE_QUIET)
        canvas_round(canvas, box, SCENE_RADIUS, tones->panel);
    else
        canvas_outline(canvas, box, SCENE_RADIUS, 0.6, tones->edge);
    struct rect text_box = rect_inset(box, 2);
    if (button->left >= 0) {
        struct rect bar = {box.x + 4, box.y + box.h - 4, box.w - 8, 1.3};
        canvas_round(canvas, bar, 0.6, tones->track);
        bar.w *= button->left;
        canvas_round(canvas, bar, 0.6, tones->ink);
        text_box.h -= 3;
    }
    struct canvas_text label = {.text = button->label,
                                .cap_mm = 4.2,
                                .colour = ink,
                                .is_bold = true,
                                .align = CANVAS_CENTRE,
                                .is_middle = true};
    canvas_text(canvas, text_box, &label);
}

static void draw_strip(const struct part *part, const struct scene_model *model,
                       const struct theme_tones *tones, struct canvas *canvas)
{
    struct rect inside = rect_inset(part->area, 1.5);
    canvas_fill(canvas, part->area, tones->ground);
    rect_cut_right(&inside, 40, 3);
    rect_cut_left(&inside, 3, 0);
    struct rect icon = rect_cut_left(&inside, 9, 3);
    icon.y += (icon.h - 9) / 2;
    icon.h = 9;
    canvas_icon(canvas, model->answer->kind == ANSWER_DEPARTURE ? CANVAS_WAVE : CANVAS_TICK, icon,
                tones->ink);
    struct canvas_text name = {.text = model->answer->display_name,
                               .cap_mm = 4.2,
                               .colour = tones->ink,
                               .is_bold = true,
                               .is_middle = true};
    canvas_text(canvas, inside, &name);
}

static void draw_part(struct stage *stage, const struct part *part, int64_t now_ms,
                      struct canvas *canvas)
{
    struct scene_button buttons[SCENE_BUTTONS_MAX];
    struct scene_model model = model_of(stage, part->result, now_ms);
    const struct scene *scene = part->is_strip ? scene_of(part->result->answer.kind) : part->scene;
    const struct theme_tones *tones = theme_tones(scene->meaning, model.is_evening);
    if (part->is_strip) {
        draw_strip(part, &model, tones, canvas);
    } else {
        canvas_fill(canvas, part->area, tones->ground);
        part->scene->draw(&model, part->area, canvas);
    }
    int count = layout_part(part, &model, buttons);
    for (int i = 0; i < count; i++) {
        draw_button(&buttons[i], tones, canvas);
        if (buttons[i].left >= 0)
            stage->frame_ms = now_ms + FRAME_MS;
    }
}

/* Two results side by side stay two: a line of paper between them. */
static void draw_seam(const struct stage *stage, const struct part *parts, int count,
                      struct canvas *canvas)
{
    uint32_t paper = theme_tones(THEME_PAPER, stage->config.is_evening)->ground;
    for (int i = 0; i < count; i++) {
        struct rect area = parts[i].area;
        if (area.x > 0)
            canvas_fill(canvas, (struct rect){area.x - 0.4, area.y, 0.8, area.h}, paper);
        if (area.y > 0)
            canvas_fill(canvas, (struct rect){area.x, area.y - 0.4, area.w, 0.8}, paper);
    }
}

/* "Your badge was read": a tick in the corner, before anything else is known. */
static void draw_seen(const struct stage *stage, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_PAPER, stage->config.is_evening);
    struct rect area = screen_area(&stage->config.screen);
    double size = 30, x = area.w / 2, y = area.h / 2;
    canvas_disc(canvas, x, y, size / 2 + 2, tones->ground);
    canvas_disc(canvas, x, y, size / 2, tones->ink);
    canvas_icon(canvas, CANVAS_TICK,
                (struct rect){x - size / 2 + 4, y - size / 2 + 4, size - 8, size - 8},
                tones->ground);
}

void stage_draw(struct stage *stage, int64_t now_ms, struct canvas *canvas)
{
    struct part parts[PARTS_MAX];
    age(stage, now_ms);
    canvas_forget(canvas);
    stage->frame_ms = INT64_MAX;
    int count = divide(stage, now_ms, parts);
    for (int i = 0; i < count; i++)
        draw_part(stage, &parts[i], now_ms, canvas);
    draw_seam(stage, parts, count, canvas);
    if (stage->seen_until_ms)
        draw_seen(stage, canvas);
    stage->is_changed = false;
}

/* --- touch
 * -------------------------------------------------------------------------------------------- */

struct touched {
    struct scene_button button;
    struct result *result;
};

static int list_buttons(struct stage *stage, int64_t now_ms, struct touched *out)
{
    struct part parts[PARTS_MAX];
    struct scene_button buttons[SCENE_BUTTONS_MAX];
    int found = 0, count = divide(stage, now_ms, parts);
    for (int i = 0; i < count; i++) {
        struct scene_model model = model_of(stage, parts[i].result, now_ms);
        int here = layout_part(&parts[i], &model, buttons);
        for (int b = 0; b < here && found < STAGE_BUTTONS_MAX; b++)
            out[found++] = (struct touched){buttons[b], parts[i].result};
    }
    return found;
}

int stage_buttons(struct stage *stage, int64_t now_ms, struct scene_button *out_buttons)
{
    struct touched buttons[STAGE_BUTTONS_MAX];
    int count = list_buttons(stage, now_ms, buttons);
    for (int i = 0; i < count; i++)
        out_buttons[i] = buttons[i].button;
    return count;
}

static void act(struct stage *stage, const struct touched *touched, int64_t now_ms,
                struct stage_intent *out_intent)
{
    *out_intent = (struct stage_intent){.kind = touched->button.intent};
    if (touched->result) {
        out_intent->person = touched->result->answer.person;
        out_intent->fact = touched->result->answer.fact;
        touched->result->is_called |= touched->button.intent == STAGE_INTENT_CALL;
        change(stage);
    }
    if (touched->button.intent == STAGE_INTENT_LANGUAGE) {
        stage->language = touched->button.language;
        stage->home_ms = stage->language == stage->config.home ? INT64_MAX : now_ms + HOME_MS;
        out_intent->kind = STAGE_INTENT_NONE;
        change(stage);
    }
}

static const struct touched *button_at(const struct touched *buttons, int count, double x, double y)
{
    for (int i = 0; i < count; i++)
        if (rect_has(buttons[i].button.box, x, y))
            return &buttons[i];
    return NULL;
}

/* Who touches a result reads it: it stays. */
static void hold(struct stage *stage, double x, double y, int64_t now_ms)
{
    struct part parts[PARTS_MAX];
    int count = divide(stage, now_ms, parts);
    for (int i = 0; i < count; i++)
        if (parts[i].result && !parts[i].is_strip && rect_has(parts[i].area, x, y) &&
            parts[i].result->shown_until_ms < now_ms + HELD_MS)
            parts[i].result->shown_until_ms = now_ms + HELD_MS;
}

static void press_down(struct stage *stage, const struct touched *touched, double x, double y,
                       int64_t now_ms)
{
    stage->is_down = true;
    stage->down_version = stage->version;
    stage->down_x = x;
    stage->down_y = y;
    snprintf(stage->down_button, sizeof stage->down_button, "%s",
             touched ? touched->button.name : "");
    hold(stage, x, y, now_ms);
}

void stage_touch(struct stage *stage, enum stage_touch phase, double x_px, double y_px,
                 int64_t now_ms, struct stage_intent *out_intent)
{
    struct touched buttons[STAGE_BUTTONS_MAX];
    double x, y;
    *out_intent = (struct stage_intent){.kind = STAGE_INTENT_NONE};
    age(stage, now_ms);
    screen_from_px(&stage->config.screen, x_px, y_px, &x, &y);
    int count = list_buttons(stage, now_ms, buttons);
    const struct touched *touched = button_at(buttons, count, x, y);
    if (phase == STAGE_DOWN)
        press_down(stage, touched, x, y, now_ms);
    if (phase == STAGE_CANCEL)
        stage->is_down = false;
    if (phase != STAGE_UP || !stage->is_down)
        return;
    stage->is_down = false;
    /* It acts on release, on the button it began on, and on the picture it began on. */
    bool is_same = touched && strcmp(touched->button.name, stage->down_button) == 0 &&
                   rect_has(touched->button.box, stage->down_x, stage->down_y);
    if (is_same && stage->down_version == stage->version)
        act(stage, touched, now_ms, out_intent);
}

enum rc stage_press(struct stage *stage, const char *name, int64_t now_ms,
                    struct stage_intent *out_intent)
{
    struct touched buttons[STAGE_BUTTONS_MAX];
    age(stage, now_ms);
    int count = list_buttons(stage, now_ms, buttons);
    for (int i = 0; i < count; i++)
        if (strcmp(buttons[i].button.name, name) == 0) {
            act(stage, &buttons[i], now_ms, out_intent);
            return RC_OK;
        }
    return RC_NOT_FOUND;
}

const char *stage_scene_name(struct stage *stage)
{
    size_t used = 0;
    stage->name[0] = 0;
    for (int i = 0; i < stage->count; i++)
        if (stage->results[i].shown_until_ms)
            used +=
                (size_t)snprintf(stage->name + used, sizeof stage->name - used, "%s%s",
                                 used ? "+" : "", scene_of(stage->results[i].answer.kind)->name);
    if (used)
        return stage->name;
    return stage->is_moment ? scene_moment.name : stage->base->name;
}
