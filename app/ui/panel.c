#include "app/ui/panel.h"

#include <math.h>
#include <stdio.h>

#include "app/ui/field.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define SPAN_MM 7.2

struct rect panel_head(struct sheet *sheet, struct rect area, const struct panel_speech *speech,
                       int64_t at_ms)
{
    return panel_head_above(sheet, area, speech, at_ms, scene_button_mm(sheet, area) + SCENE_GAP);
}

struct rect panel_head_above(struct sheet *sheet, struct rect area,
                             const struct panel_speech *speech, int64_t at_ms, double needed)
{
    char headline[160], line[240], time[WORDS_TIME_SIZE];
    enum language language = sheet->model->language;
    words_greet(headline, sizeof headline, words(language, speech->hello),
                sheet->model->answer->first_name);
    if (sheet->model->answer->is_time_doubtful || !at_ms)
        words_format(line, sizeof line, "%s", words(language, speech->untimed));
    else
        words_format(line, sizeof line, words(language, speech->timed),
                     words_time(language, at_ms, time, sizeof time));
    if (sheet->model->answer->to_fetch_count) /* then no field has room for it */
        panel_basket_line(sheet, line, sizeof line);
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
    return !model->answer->is_time_doubtful && !model->answer->is_private &&
           (model->answer->month_s > 0 || model->answer->today_s > 0);
}

static const char *today_text(const struct sheet *sheet, char *out_text, size_t size)
{
    char duration[WORDS_TIME_SIZE];
    return words_format(out_text, size, sheet_say(sheet, "%s today"),
                        words_duration(sheet->model->language, sheet->model->answer->today_s,
                                       duration, sizeof duration));
}

/* "6 h 10 of 8 h this month"; without an intention what was given alone. */
static const char *month_text(const struct sheet *sheet, char *out_text, size_t size)
{
    const struct answer *answer = sheet->model->answer;
    enum language language = sheet->model->language;
    char given[WORDS_TIME_SIZE], intended[WORDS_TIME_SIZE];
    words_duration(language, answer->month_s, given, sizeof given);
    words_hours(language, answer->intended_s, intended, sizeof intended);
    if (answer->intended_s > 0)
        return words_format(out_text, size, sheet_say(sheet, "%s of %s this month"), given,
                            intended);
    return words_format(out_text, size, sheet_say(sheet, "%s this month"), given);
}

void panel_hours(struct sheet *sheet, struct rect rest)
{
    const struct theme_tones *tones = sheet->tones;
    char today[96], month[128];
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
    month_text(sheet, month, sizeof month);
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
    enum language language = sheet->model->language;
    char text[WORDS_TIME_SIZE], below[96], intended[WORDS_TIME_SIZE];
    double today = (double)answer->today_s / (double)answer->month_s;
    words_duration(language, answer->month_s, text, sizeof text);
    if (answer->intended_s <= 0) {
        widget_ring(sheet, box, 1 - fmin(fmax(today, 0), 1), 1, text,
                    sheet_say(sheet, "this month"));
        return;
    }
    words_format(below, sizeof below, sheet_say(sheet, "of %s"),
                 words_hours(language, answer->intended_s, intended, sizeof intended));
    widget_ring(sheet, box, 0, fmin((double)answer->month_s / (double)answer->intended_s, 1), text,
                below);
}

/* Large letters are left out where the box ends before the line does. */
static struct rect line_of(const struct sheet *sheet, struct rect box, double height)
{
    if (!sheet->model->mode.is_large || box.h > height)
        box.h = height;
    return box;
}

/* Said beside nobody else, and where it has room; neither way a reproach. NULL: there is nothing.
 */
static const char *balance_of(const struct sheet *sheet)
{
    static const char *const said[] = {
        [ANSWER_BALANCE_FINE] = NULL,
        [ANSWER_BALANCE_FAR_UNDER] = WORDS_MARK("Shall we talk about another circle?"),
        [ANSWER_BALANCE_FAR_OVER] = WORDS_MARK("You gave a lot: resting is fine.")};
    const struct scene_model *model = sheet->model;
    const char *text = said[model->answer->balance];
    bool is_alone = !model->is_half && !model->has_page;
    return text && is_alone && panel_has_hours(model) ? sheet_say(sheet, text) : NULL;
}

/* From when to when. */
static void draw_span(struct sheet *sheet, struct rect *box)
{
    const struct answer *answer = sheet->model->answer;
    char span[96], from[WORDS_TIME_SIZE], to[WORDS_TIME_SIZE];
    int64_t left_ms = answer->left_ms ? answer->left_ms : answer->at_ms;
    words_format(span, sizeof span, sheet_say(sheet, "from %s to %s"),
                 words_time(sheet->model->language, answer->arrived_ms, from, sizeof from),
                 words_time(sheet->model->language, left_ms, to, sizeof to));
    struct canvas_text soft = {.text = span, .cap_mm = 4.2, .colour = sheet->tones->soft};
    rect_cut_top(box, widget_extra(sheet, line_of(sheet, *box, SPAN_MM), &soft), 0);
}

/* In the place of the span where there is none for both. */
static void draw_below_today(struct sheet *sheet, struct rect *box)
{
    const char *balance = balance_of(sheet);
    const struct canvas_text line = {.text = balance ? balance : "",
                                     .cap_mm = 4.2,
                                     .least_mm = 3.4,
                                     .colour = sheet->tones->soft,
                                     .lines = 2};
    struct rect rest = *box;
    bool has_room = balance && canvas_text_fits(sheet->canvas, rest, &line);
    rect_cut_top(&rest, SPAN_MM, 1);
    bool has_both = has_room && canvas_text_fits(sheet->canvas, rest, &line);
    if (sheet->model->answer->arrived_ms && (has_both || !has_room))
        draw_span(sheet, box);
    if (has_both)
        rect_cut_top(box, 1, 0);
    if (has_room)
        rect_cut_top(box, widget_extra(sheet, *box, &line), 0);
}

double panel_today(struct sheet *sheet, struct rect box)
{
    const struct theme_tones *tones = sheet->tones;
    char today[96];
    struct canvas_text bold = {.text = today_text(sheet, today, sizeof today),
                               .cap_mm = 5.6,
                               .colour = tones->ink,
                               .is_bold = true};
    double top = box.y;
    rect_cut_top(&box, widget_extra(sheet, line_of(sheet, box, 10.5), &bold), 0.5);
    draw_below_today(sheet, &box);
    return box.y - top;
}

int panel_arrived(struct sheet *sheet, struct rect area, const struct panel_speech *speech,
                  int64_t at_ms, void (*field)(struct sheet *sheet, struct rect rest))
{
    bool has_guests = has_guests_button(sheet->model);
    int count = has_guests ? 2 : 1;
    double needed = scene_button_mm(sheet, area) + SCENE_GAP + panel_shift_mm(sheet, area) +
                    panel_basket_mm(sheet, area) + panel_offer_mm(sheet, area);
    struct rect rest =
        scene_above_foot(sheet, panel_head_above(sheet, area, speech, at_ms, needed));
    panel_mine(sheet, &rest);
    field(sheet, rest);
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
