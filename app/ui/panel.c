#include "app/ui/panel.h"

#include <math.h>
#include <stdio.h>

#include "app/ui/words.h"

#define FIELD_LEAST_H 12.0
#define DOT_MM 4.0
#define DOT_LEAST_MM 2.4
#define DOT_STEP 1.5 /* from one dot to the next, in dots */

struct rect panel_head(const struct scene *scene, const struct scene_model *model, struct rect area,
                       const struct panel_speech *speech, int64_t at_ms, struct canvas *canvas)
{
    char headline[160], line[96], time[WORDS_TIME_SIZE];
    enum language language = model->language;
    words_format(headline, sizeof headline, words(language, speech->hello),
                 model->answer->first_name);
    if (model->answer->is_time_doubtful || !at_ms)
        words_format(line, sizeof line, "%s", words(language, speech->untimed));
    else
        words_format(line, sizeof line, words(language, speech->timed),
                     words_time(language, at_ms, time, sizeof time));
    return scene_head(scene, model, area, headline, line, canvas);
}

/* Draws the ground of a field and returns its inside. */
static struct rect field(const struct theme_tones *tones, struct rect box, struct canvas *canvas)
{
    canvas_round(canvas, box, SCENE_RADIUS + 0.5, tones->panel);
    return rect_inset(box, box.h < 20 ? 3 : 5);
}

void panel_text(enum theme_meaning meaning, const struct scene_model *model, struct rect rest,
                const char *text, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(meaning, model->is_evening);
    if (rest.h < FIELD_LEAST_H)
        return;
    struct rect inside = rect_inset(rest, 5);
    struct canvas_text said = {
        .text = text, .cap_mm = 4.4, .colour = tones->ink, .lines = 7, .is_middle = true};
    if (rest.h > 40 && rest.w > 100)
        said.cap_mm = 5.2;
    /* No higher than what it says: emptiness belongs around a field, not into it. */
    double height = canvas_text_height(canvas, inside, &said) + 14;
    if (height < rest.h)
        rest.h = height;
    inside = rect_inset(rest, rest.h < 20 ? 3 : 5);
    if (canvas_text_fits(canvas, inside, &said))
        canvas_text(canvas, field(tones, rest, canvas), &said);
}

/* A row of dots, one a person, the last one lit; smaller ones for many, and no more than fit. */
static void dots(struct rect row, int count, uint32_t colour, uint32_t last, struct canvas *canvas)
{
    double size = count > 0 ? row.w / (count * DOT_STEP) : DOT_MM;
    size = fmax(fmin(size, DOT_MM), DOT_LEAST_MM);
    int room = (int)((row.w + size * (DOT_STEP - 1)) / (size * DOT_STEP));
    int shown = count < room ? count : room;
    for (int i = 0; i < shown; i++)
        canvas_disc(canvas, row.x + size / 2 + i * size * DOT_STEP, row.y + row.h / 2, size / 2,
                    i + 1 == shown ? last : colour);
}

void panel_here(const struct scene *scene, const struct scene_model *model, struct rect rest,
                struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(scene->meaning, model->is_evening);
    char text[96];
    int here = model->answer->here;
    if (rest.h < FIELD_LEAST_H || here <= 0)
        return;
    if (rest.h > 34)
        rest.h = 34;
    struct rect inside = field(tones, rest, canvas);
    words_format(text, sizeof text,
                 words_plural(model->language, "One person is here", "%d people are here", here),
                 here);
    bool has_dots = inside.h > 14;
    struct canvas_text said = {
        .text = text, .cap_mm = 4.6, .colour = tones->ink, .is_bold = true, .is_middle = true};
    if (has_dots)
        dots(rect_cut_bottom(&inside, 6, 1), here, tones->soft, tones->accent, canvas);
    canvas_text(canvas, inside, &said);
}

bool panel_has_hours(const struct scene_model *model)
{
    return !model->answer->is_time_doubtful && model->answer->month_s > 0;
}

static const char *today_text(const struct scene_model *model, char *out_text, size_t size)
{
    char duration[WORDS_TIME_SIZE];
    return words_format(
        out_text, size, words(model->language, "%s today"),
        words_duration(model->language, model->answer->today_s, duration, sizeof duration));
}

void panel_hours(const struct scene *scene, const struct scene_model *model, struct rect rest,
                 struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(scene->meaning, model->is_evening);
    char today[96], month[96], duration[WORDS_TIME_SIZE];
    if (rest.h < FIELD_LEAST_H || !panel_has_hours(model))
        return;
    bool is_single = rest.h < 24 && rest.w < 100;
    if (rest.h > 28)
        rest.h = 28;
    struct rect inside = field(tones, rest, canvas);
    words_format(
        month, sizeof month, words(model->language, "%s this month"),
        words_duration(model->language, model->answer->month_s, duration, sizeof duration));
    struct canvas_text bold = {.text = today_text(model, today, sizeof today),
                               .cap_mm = 4.8,
                               .colour = tones->ink,
                               .is_bold = true,
                               .is_middle = true};
    struct canvas_text soft = {
        .text = month, .cap_mm = 4, .colour = tones->soft, .is_middle = true};
    if (rest.w >= 100) {
        soft.align = CANVAS_RIGHT;
        canvas_text(canvas, rect_cut_left(&inside, inside.w * 0.5, 3), &bold);
        canvas_text(canvas, inside, &soft);
    } else {
        canvas_text(canvas, is_single ? inside : rect_cut_top(&inside, inside.h * 0.55, 0), &bold);
        if (!is_single)
            canvas_text(canvas, inside, &soft);
    }
}

void panel_ring(const struct scene *scene, const struct scene_model *model, struct rect box,
                struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(scene->meaning, model->is_evening);
    char text[WORDS_TIME_SIZE];
    double width = fmin(box.w, box.h) * 0.105, radius = fmin(box.w, box.h) / 2 - width / 2;
    double x = box.x + box.w / 2, y = box.y + box.h / 2;
    double part = (double)model->answer->today_s / (double)model->answer->month_s;
    part = fmin(fmax(part, 0), 1);
    canvas_arc(canvas, x, y, radius, 0, 1, width, tones->track);
    canvas_arc(canvas, x, y, radius, 1 - part, 1, width, tones->accent);
    double inner = (radius - width / 2) * 1.7;
    struct canvas_text total = {
        .text = words_duration(model->language, model->answer->month_s, text, sizeof text),
        .cap_mm = 5.6,
        .colour = tones->ink,
        .is_bold = true,
        .align = CANVAS_CENTRE};
    struct canvas_text month = {.text = words(model->language, "this month"),
                                .cap_mm = 3.6,
                                .colour = tones->soft,
                                .align = CANVAS_CENTRE};
    canvas_text(canvas, (struct rect){x - inner / 2, y - 8, inner, 9.5}, &total);
    canvas_text(canvas, (struct rect){x - inner / 2, y + 1.5, inner, 7}, &month);
}

double panel_today(const struct scene *scene, const struct scene_model *model, struct rect box,
                   struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(scene->meaning, model->is_evening);
    const struct answer *answer = model->answer;
    char today[96], span[96], from[WORDS_TIME_SIZE], to[WORDS_TIME_SIZE];
    int64_t left_ms = answer->left_ms ? answer->left_ms : answer->at_ms;
    struct canvas_text bold = {.text = today_text(model, today, sizeof today),
                               .cap_mm = 5.6,
                               .colour = tones->ink,
                               .is_bold = true};
    double top = box.y;
    rect_cut_top(&box, canvas_text(canvas, (struct rect){box.x, box.y, box.w, 9.5}, &bold), 0.5);
    if (answer->arrived_ms) {
        words_format(span, sizeof span, words(model->language, "from %s to %s"),
                     words_time(model->language, answer->arrived_ms, from, sizeof from),
                     words_time(model->language, left_ms, to, sizeof to));
        struct canvas_text soft = {.text = span, .cap_mm = 4.2, .colour = tones->soft};
        rect_cut_top(&box, canvas_text(canvas, (struct rect){box.x, box.y, box.w, 7.2}, &soft), 0);
    }
    return box.y - top;
}

/* Nobody yet: the house says hello instead of counting to zero. */
static void house_is_empty(const struct scene_model *model, struct rect inside,
                           const struct theme_tones *tones, struct canvas *canvas)
{
    struct canvas_text said = {.text = words(model->language, "Welcome"),
                               .cap_mm = 5.4,
                               .colour = tones->ink,
                               .is_bold = true,
                               .is_middle = true};
    if (inside.w < inside.h * 2) {
        icon_draw(canvas, ICON_HOUSE, rect_cut_top(&inside, inside.h * 0.5, 2), tones->accent);
        said.align = CANVAS_CENTRE;
    } else {
        icon_draw(canvas, ICON_HOUSE, rect_cut_left(&inside, inside.h, 5), tones->accent);
    }
    canvas_text(canvas, inside, &said);
}

/* What is on, and below it who is here. */
static void house_with_occasion(const struct scene_model *model, struct rect inside,
                                const struct theme_tones *tones, struct canvas *canvas)
{
    char text[96];
    struct canvas_text said = {
        .text = model->occasion, .cap_mm = 4.6, .colour = tones->ink, .is_bold = true, .lines = 4};
    words_format(
        text, sizeof text,
        words_plural(model->language, "One person is here", "%d people are here", model->here),
        model->here);
    struct canvas_text here = {.text = text, .cap_mm = 3.8, .least_mm = 3, .colour = tones->soft};
    if (model->here > 0) {
        if (inside.h > 24)
            dots(rect_cut_bottom(&inside, 4, 0.5), model->here, tones->accent, tones->accent,
                 canvas);
        canvas_text(canvas, rect_cut_bottom(&inside, 6.5, 0.5), &here);
    }
    canvas_text(canvas, inside, &said);
}

/* How many are here, as a number, as a word and as dots. */
static void house_counted(const struct scene_model *model, struct rect inside,
                          const struct theme_tones *tones, struct canvas *canvas)
{
    char number[16];
    snprintf(number, sizeof number, "%d", model->here);
    struct canvas_text big = {
        .text = number, .cap_mm = 10, .colour = tones->ink, .is_bold = true, .is_middle = true};
    struct canvas_text said = {
        .text = words_plural(model->language, "person is here", "people are here", model->here),
        .cap_mm = 4,
        .one_line_mm = 3.3,
        .colour = tones->soft,
        .lines = 2};
    bool is_lying = inside.w > inside.h * 2;
    dots(rect_cut_bottom(&inside, 4, 1), model->here, tones->accent, tones->accent, canvas);
    if (is_lying) {
        int digits = model->here > 99 ? 3 : model->here > 9 ? 2 : 1;
        said.is_middle = true;
        canvas_text(canvas, rect_cut_left(&inside, 2 + 9.5 * digits, 2), &big);
    } else {
        canvas_text(canvas, rect_cut_top(&inside, 17, 0), &big);
    }
    canvas_text(canvas, inside, &said);
}

void panel_house(const struct scene_model *model, struct rect box, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_QUESTION, model->is_evening);
    struct rect inside = rect_inset(box, 4);
    canvas_round(canvas, box, SCENE_RADIUS + 1, tones->ground);
    canvas_outline(canvas, box, SCENE_RADIUS + 1, 0.4, tones->track);
    if (model->occasion && model->occasion[0])
        house_with_occasion(model, inside, tones, canvas);
    else if (model->here <= 0)
        house_is_empty(model, inside, tones, canvas);
    else
        house_counted(model, inside, tones, canvas);
}
