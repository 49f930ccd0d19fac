#include "app/ui/panel.h"

#include <stdio.h>
#include <time.h>

#include "app/ui/words.h"

#define DOTS_MAX 14
#define BAR_FROM_H 6.0 /* the bar of the day runs from six to midnight */
#define BAR_TO_H 24.0

struct rect panel_person_head(const struct scene_model *model, struct rect area,
                              enum theme_meaning meaning, enum canvas_icon icon, const char *hello,
                              const char *timed, const char *untimed, int64_t at_ms,
                              struct canvas *canvas)
{
    char headline[160], line[96], time[32];
    snprintf(headline, sizeof headline, words(model->language, hello), model->answer->first_name);
    if (model->answer->is_time_doubtful || !at_ms)
        snprintf(line, sizeof line, "%s", words(model->language, untimed));
    else
        snprintf(line, sizeof line, words(model->language, timed),
                 words_time(model->language, at_ms, time, sizeof time));
    return scene_head(model, area, meaning, icon, headline, line, canvas);
}

static struct rect field(const struct scene_model *model, struct rect box,
                         enum theme_meaning meaning, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(meaning, model->is_evening);
    canvas_round(canvas, box, SCENE_RADIUS + 0.5, tones->panel);
    return rect_inset(box, scene_is_narrow(box) ? 4 : 5);
}

void panel_text(const struct scene_model *model, struct rect box, enum theme_meaning meaning,
                const char *text, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(meaning, model->is_evening);
    if (box.h < 12)
        return;
    struct rect inside = field(model, box, meaning, canvas);
    struct canvas_text said = {.text = text,
                               .cap_mm = 4.4,
                               .colour = tones->ink,
                               .lines = 8, /* as many as the height takes */
                               .is_middle = true};
    canvas_text(canvas, inside, &said);
}

/* A row of dots, one a person; the last one is a plus where there are more. */
static void dots(struct rect row, int count, double size, uint32_t colour, struct canvas *canvas)
{
    int room = (int)(row.w / (size * 1.5));
    int shown = count < room ? count : room;
    if (shown > DOTS_MAX)
        shown = DOTS_MAX;
    for (int i = 0; i < shown; i++)
        canvas_disc(canvas, row.x + size / 2 + i * size * 1.5, row.y + row.h / 2, size / 2, colour);
}

static void count_text(const struct scene_model *model, int here, char *out_text, size_t size)
{
    if (here == 0)
        snprintf(out_text, size, "%s", words(model->language, WORDS_MARK("Nobody is in yet")));
    else
        snprintf(out_text, size,
                 words_plural(model->language, "One person is in the house",
                              "%d people are in the house", here),
                 here);
}

void panel_here(const struct scene_model *model, struct rect box, enum theme_meaning meaning,
                int here, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(meaning, model->is_evening);
    char text[96];
    if (box.h < 12)
        return;
    struct rect inside = field(model, box, meaning, canvas);
    count_text(model, here, text, sizeof text);
    bool has_dots = inside.h > 14;
    if (has_dots)
        dots(rect_cut_bottom(&inside, 6, 1), here, 4, tones->accent, canvas);
    struct canvas_text said = {.text = text,
                               .cap_mm = 4.6,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 2,
                               .is_middle = true};
    canvas_text(canvas, inside, &said);
}

static double hour_of(int64_t utc_ms)
{
    time_t at = (time_t)(utc_ms / 1000);
    struct tm local;
    localtime_r(&at, &local);
    return local.tm_hour + local.tm_min / 60.0;
}

/* The day as a track, the visit as a stretch of it. */
static void bar_of_day(const struct scene_model *model, struct rect row,
                       const struct theme_tones *tones, struct canvas *canvas)
{
    const struct answer *answer = model->answer;
    canvas_round(canvas, row, row.h / 2, tones->track);
    if (answer->is_time_doubtful || !answer->arrived_ms)
        return;
    double from = hour_of(answer->arrived_ms);
    double to = hour_of(answer->left_ms ? answer->left_ms : answer->at_ms);
    if (to < from)
        to = BAR_TO_H;
    from = from < BAR_FROM_H ? BAR_FROM_H : from;
    to = to < from ? from : to;
    double scale = row.w / (BAR_TO_H - BAR_FROM_H);
    double width = (to - from) * scale;
    struct rect stretch = {row.x + (from - BAR_FROM_H) * scale, row.y, width, row.h};
    if (stretch.w < row.h)
        stretch.w = row.h;
    if (stretch.x + stretch.w > row.x + row.w)
        stretch.x = row.x + row.w - stretch.w;
    canvas_round(canvas, stretch, row.h / 2, tones->accent);
}

void panel_hours(const struct scene_model *model, struct rect box, enum theme_meaning meaning,
                 struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(meaning, model->is_evening);
    char today[96], month[96], duration[32];
    if (box.h < 12)
        return;
    struct rect inside = field(model, box, meaning, canvas);
    snprintf(today, sizeof today, words(model->language, WORDS_MARK("%s today")),
             words_duration(model->language, model->answer->today_s, duration, sizeof duration));
    snprintf(month, sizeof month, words(model->language, WORDS_MARK("%s this month")),
             words_duration(model->language, model->answer->month_s, duration, sizeof duration));
    if (inside.h > 16)
        bar_of_day(model, rect_cut_bottom(&inside, 3, 2.5), tones, canvas);
    struct canvas_text bold = {.text = today, .cap_mm = 5, .colour = tones->ink, .is_bold = true};
    struct canvas_text soft = {.text = month, .cap_mm = 4, .colour = tones->soft};
    if (scene_is_narrow(box)) { /* one below the other, as high as the place allows */
        struct rect upper = rect_cut_top(&inside, inside.h > 24 ? 10 : inside.h * 0.55, 0);
        bold.is_middle = soft.is_middle = true;
        canvas_text(canvas, upper, &bold);
        if (inside.h > 8)
            inside.h = 8;
        canvas_text(canvas, inside, &soft);
        return;
    }
    bold.is_middle = soft.is_middle = true;
    soft.align = CANVAS_RIGHT;
    canvas_text(canvas, rect_cut_left(&inside, inside.w * 0.5, 3), &bold);
    canvas_text(canvas, inside, &soft);
}

void panel_house(const struct scene_model *model, struct rect box, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_QUESTION, model->is_evening);
    char text[96], number[16];
    canvas_round(canvas, box, SCENE_RADIUS + 1, tones->ground);
    canvas_outline(canvas, box, SCENE_RADIUS + 1, 0.5, tones->track);
    struct rect inside = rect_inset(box, 4.5);
    count_text(model, model->here, text, sizeof text);
    snprintf(number, sizeof number, "%d", model->here);
    struct canvas_text big = {
        .text = number, .cap_mm = 10, .colour = tones->ink, .is_bold = true, .is_middle = true};
    struct canvas_text said = {.text = text, .cap_mm = 3.8, .colour = tones->soft, .lines = 4};
    if (inside.w > inside.h * 2) { /* lying: portrait screens */
        said.is_middle = true;
        if (model->here)
            canvas_text(canvas, rect_cut_left(&inside, 18, 2), &big);
        canvas_text(canvas, inside, &said);
        return;
    }
    if (model->here) {
        canvas_text(canvas, rect_cut_top(&inside, 13, 0.5), &big);
        dots(rect_cut_bottom(&inside, 4, 1), model->here, 3.2, tones->accent, canvas);
    }
    said.is_middle = !model->here;
    canvas_text(canvas, inside, &said);
}
