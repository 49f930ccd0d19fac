#include "app/ui/panel.h"

#include <math.h>
#include <stdio.h>

#include "app/ui/widget.h"
#include "app/ui/words.h"

#define FIELD_LEAST_H 12.0

struct rect panel_head(struct sheet *sheet, struct rect area, const struct panel_speech *speech,
                       int64_t at_ms)
{
    return panel_head_above(sheet, area, speech, at_ms, scene_button_mm(sheet, area) + SCENE_GAP);
}

struct rect panel_head_above(struct sheet *sheet, struct rect area,
                             const struct panel_speech *speech, int64_t at_ms, double needed)
{
    char headline[160], line[96], time[WORDS_TIME_SIZE];
    enum language language = sheet->model->language;
    words_format(headline, sizeof headline, words(language, speech->hello),
                 sheet->model->answer->first_name);
    if (sheet->model->answer->is_time_doubtful || !at_ms)
        words_format(line, sizeof line, "%s", words(language, speech->untimed));
    else
        words_format(line, sizeof line, words(language, speech->timed),
                     words_time(language, at_ms, time, sizeof time));
    return scene_head_above(sheet, area, headline, line, needed);
}

void panel_text(struct sheet *sheet, enum theme_meaning meaning, struct rect rest, const char *text)
{
    const struct theme_tones *tones = sheet_tones(sheet, meaning);
    if (rest.h < FIELD_LEAST_H)
        return;
    struct rect inside = rect_inset(rest, 5);
    struct canvas_text said = {
        .text = text, .cap_mm = 4.4, .colour = tones->ink, .lines = 7, .is_middle = true};
    if (rest.h > 40 && rest.w > 100)
        said.cap_mm = 5.2;
    /* No higher than what it says: emptiness belongs around a field, not into it. */
    double height = canvas_text_height(sheet->canvas, inside, &said) + 14;
    if (height < rest.h)
        rest.h = height;
    inside = rect_inset(rest, rest.h < 20 ? 3 : 5);
    if (!canvas_text_fits(sheet->canvas, inside, &said))
        return;
    canvas_round(sheet->canvas, rest, WIDGET_RADIUS + 0.5, tones->panel);
    widget_extra(sheet, inside, &said);
}

void panel_here(struct sheet *sheet, struct rect rest)
{
    const struct theme_tones *tones = sheet->tones;
    char text[96];
    int here = sheet->model->answer->here;
    if (rest.h < FIELD_LEAST_H || here <= 0)
        return;
    if (rest.h > 34)
        rest.h = 34;
    struct rect inside = widget_panel(sheet, rest);
    words_format(
        text, sizeof text,
        words_plural(sheet->model->language, "One person is here", "%d people are here", here),
        here);
    bool has_dots = inside.h > 14;
    struct canvas_text said = {
        .text = text, .cap_mm = 4.6, .colour = tones->ink, .is_bold = true, .is_middle = true};
    if (has_dots)
        widget_dots(sheet, rect_cut_bottom(&inside, 6, 1), here, tones->soft, tones->accent);
    widget_extra(sheet, inside, &said);
}

static bool has_guests_button(const struct scene_model *model)
{
    return !model->is_spent && !model->answer->is_time_doubtful && !model->has_page;
}

/* "I bring guests", or how many there are. */
static void draw_guests_button(struct sheet *sheet, struct rect box)
{
    const struct answer *answer = sheet->model->answer;
    int guests = answer->guests + answer->children;
    char text[64];
    words_format(text, sizeof text,
                 words_plural(sheet->model->language, "One guest", "%d guests", guests), guests);
    widget_button(sheet, box,
                  &(struct widget_button){.name = "guests",
                                          .label = guests ? text : sheet_say(sheet, "With guests"),
                                          .act = {.kind = ACT_GO, .to = &scene_guests},
                                          .style = WIDGET_QUIET});
}

bool panel_has_hours(const struct scene_model *model)
{
    return !model->answer->is_time_doubtful && model->answer->month_s > 0;
}

static const char *today_text(const struct sheet *sheet, char *out_text, size_t size)
{
    char duration[WORDS_TIME_SIZE];
    return words_format(out_text, size, sheet_say(sheet, "%s today"),
                        words_duration(sheet->model->language, sheet->model->answer->today_s,
                                       duration, sizeof duration));
}

void panel_hours(struct sheet *sheet, struct rect rest)
{
    const struct theme_tones *tones = sheet->tones;
    char today[96], month[96], duration[WORDS_TIME_SIZE];
    if (!panel_has_hours(sheet->model))
        return;
    if (rest.h < FIELD_LEAST_H) { /* no room for a field: the line that matters */
        struct canvas_text line = {.text = today_text(sheet, today, sizeof today),
                                   .cap_mm = 4.4,
                                   .colour = tones->ink,
                                   .is_bold = true};
        if (canvas_text_fits(sheet->canvas, rest, &line))
            canvas_text(sheet->canvas, rest, &line);
        return;
    }
    bool is_single = rest.h < 24 && rest.w < 100;
    if (rest.h > 28)
        rest.h = 28;
    struct rect inside = widget_panel(sheet, rest);
    words_format(month, sizeof month, sheet_say(sheet, "%s this month"),
                 words_duration(sheet->model->language, sheet->model->answer->month_s, duration,
                                sizeof duration));
    struct canvas_text bold = {.text = today_text(sheet, today, sizeof today),
                               .cap_mm = 4.8,
                               .colour = tones->ink,
                               .is_bold = true,
                               .is_middle = true};
    struct canvas_text soft = {
        .text = month, .cap_mm = 4, .colour = tones->soft, .is_middle = true};
    if (rest.w >= 100) {
        soft.align = CANVAS_RIGHT;
        widget_extra(sheet, rect_cut_left(&inside, inside.w * 0.5, 3), &bold);
        widget_extra(sheet, inside, &soft);
    } else {
        widget_extra(sheet, is_single ? inside : rect_cut_top(&inside, inside.h * 0.55, 0), &bold);
        if (!is_single)
            widget_extra(sheet, inside, &soft);
    }
}

void panel_ring(struct sheet *sheet, struct rect box)
{
    const struct answer *answer = sheet->model->answer;
    char text[WORDS_TIME_SIZE];
    double part = (double)answer->today_s / (double)answer->month_s;
    words_duration(sheet->model->language, answer->month_s, text, sizeof text);
    widget_ring(sheet, box, 1 - fmin(fmax(part, 0), 1), 1, text, sheet_say(sheet, "this month"));
}

/* Large letters are left out where the box ends before the line does. */
static struct rect line_of(const struct sheet *sheet, struct rect box, double height)
{
    if (!sheet->model->mode.is_large || box.h > height)
        box.h = height;
    return box;
}

double panel_today(struct sheet *sheet, struct rect box)
{
    const struct theme_tones *tones = sheet->tones;
    const struct answer *answer = sheet->model->answer;
    char today[96], span[96], from[WORDS_TIME_SIZE], to[WORDS_TIME_SIZE];
    int64_t left_ms = answer->left_ms ? answer->left_ms : answer->at_ms;
    struct canvas_text bold = {.text = today_text(sheet, today, sizeof today),
                               .cap_mm = 5.6,
                               .colour = tones->ink,
                               .is_bold = true};
    double top = box.y;
    rect_cut_top(&box, widget_extra(sheet, line_of(sheet, box, 10.5), &bold), 0.5);
    if (answer->arrived_ms) {
        words_format(span, sizeof span, sheet_say(sheet, "from %s to %s"),
                     words_time(sheet->model->language, answer->arrived_ms, from, sizeof from),
                     words_time(sheet->model->language, left_ms, to, sizeof to));
        struct canvas_text soft = {.text = span, .cap_mm = 4.2, .colour = tones->soft};
        rect_cut_top(&box, widget_extra(sheet, line_of(sheet, box, 7.2), &soft), 0);
    }
    return box.y - top;
}

/* Nobody yet: the house says hello instead of counting to zero. */
static void house_is_empty(struct sheet *sheet, struct rect inside, const struct theme_tones *tones)
{
    struct canvas_text said = {.text = sheet_say(sheet, "Welcome"),
                               .cap_mm = 5.4,
                               .colour = tones->ink,
                               .is_bold = true,
                               .is_middle = true};
    if (inside.w < inside.h * 2) {
        icon_draw(sheet->canvas, ICON_HOUSE, rect_cut_top(&inside, inside.h * 0.5, 2),
                  tones->accent);
        said.align = CANVAS_CENTRE;
    } else {
        icon_draw(sheet->canvas, ICON_HOUSE, rect_cut_left(&inside, inside.h, 5), tones->accent);
    }
    widget_extra(sheet, inside, &said);
}

/* What is on, and below it who is here. */
static void house_with_occasion(struct sheet *sheet, struct rect inside,
                                const struct theme_tones *tones)
{
    char text[96];
    int count = sheet->model->here;
    struct canvas_text said = {.text = sheet->model->occasion,
                               .cap_mm = 4.6,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 4};
    words_format(
        text, sizeof text,
        words_plural(sheet->model->language, "One person is here", "%d people are here", count),
        count);
    struct canvas_text here = {.text = text, .cap_mm = 3.8, .least_mm = 3, .colour = tones->soft};
    if (count > 0) {
        if (inside.h > 24)
            widget_dots(sheet, rect_cut_bottom(&inside, 4, 0.5), count, tones->accent,
                        tones->accent);
        widget_extra(sheet, rect_cut_bottom(&inside, 6.5, 0.5), &here);
    }
    widget_extra(sheet, inside, &said);
}

/* How many are here, as a number, as a word and as dots. */
static void house_counted(struct sheet *sheet, struct rect inside, const struct theme_tones *tones)
{
    char number[16];
    int here = sheet->model->here;
    snprintf(number, sizeof number, "%d", here);
    struct canvas_text big = {
        .text = number, .cap_mm = 10, .colour = tones->ink, .is_bold = true, .is_middle = true};
    struct canvas_text said = {
        .text = words_plural(sheet->model->language, "person is here", "people are here", here),
        .cap_mm = 4,
        .one_line_mm = 3.3,
        .colour = tones->soft,
        .lines = 2};
    bool is_lying = inside.w > inside.h * 2;
    widget_dots(sheet, rect_cut_bottom(&inside, 4, 1), here, tones->accent, tones->accent);
    if (is_lying) {
        int digits = here > 99 ? 3 : here > 9 ? 2 : 1;
        said.is_middle = true;
        widget_extra(sheet, rect_cut_left(&inside, 2 + 8.4 * digits, 2), &big);
    } else {
        widget_extra(sheet, rect_cut_top(&inside, 17, 0), &big);
    }
    widget_extra(sheet, inside, &said);
}

void panel_house(struct sheet *sheet, struct rect box)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    struct rect inside = rect_inset(box, 4);
    canvas_round(sheet->canvas, box, WIDGET_RADIUS + 1, tones->ground);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS + 1, 0.4, tones->track);
    /* A number stands before what it counts, whichever hand is used. */
    inside = canvas_place(sheet->canvas, inside);
    bool was_mirrored = canvas_set_mirror(sheet->canvas, false);
    if (sheet->model->occasion && sheet->model->occasion[0])
        house_with_occasion(sheet, inside, tones);
    else if (sheet->model->here <= 0)
        house_is_empty(sheet, inside, tones);
    else
        house_counted(sheet, inside, tones);
    canvas_set_mirror(sheet->canvas, was_mirrored);
}

int panel_arrived(struct sheet *sheet, struct rect area, const struct panel_speech *speech,
                  int64_t at_ms)
{
    bool has_guests = has_guests_button(sheet->model);
    int count = has_guests ? 2 : 1;
    struct rect rest = panel_head(sheet, area, speech, at_ms);
    panel_here(sheet, scene_above_foot(sheet, rest));
    scene_aside(sheet, area, count);
    if (has_guests)
        draw_guests_button(sheet, scene_foot(sheet, area, 1, count));
    return count;
}

void panel_main_button(struct sheet *sheet, struct rect area, int count, const char *name,
                       const char *label, enum ask_kind ask)
{
    if (sheet->model->is_spent)
        return;
    widget_button(sheet, scene_foot(sheet, area, 0, count),
                  &(struct widget_button){.name = name,
                                          .label = label,
                                          .act = {.kind = ACT_ASK, .value = ask},
                                          .style = WIDGET_FILLED});
}
