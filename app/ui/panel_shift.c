/* The shift that somebody is expected at, as a field: what, until when, with whom, and the day. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/ui/field.h"
#include "app/ui/panel.h"
#include "app/ui/slot.h"
#include "app/ui/words.h"

#define LINES 4
#define LEAST_H 16.0 /* of one on two lines */
#define LEAST_LARGE_H 27.0
#define LOW_H 9.0
#define HALF_MM 18.0
#define HIGH_MM 62.0
#define HOUR_MS ((int64_t)3600 * 1000)
#define DAY_FROM_H 8 /* the bar of the day; a shift outside of it makes it longer */
#define DAY_TO_H 22
#define BAR_MM 3.4
#define BAR_WORDS_MM 10.2

bool panel_has_shift(const struct scene_model *model)
{
    return !fact_id_is_none(model->answer->shift.of.occasion);
}

/* "with Noor V., Omar B. and 2 more"; "" where nobody shares it. */
static const char *with_whom(const struct sheet *sheet, char *out_text, size_t size)
{
    const struct answer *answer = sheet->model->answer;
    enum language language = sheet->model->language;
    char names[ANSWER_BESIDE_MAX * 104] = "";
    size_t used = 0;
    int named = answer->beside_count < ANSWER_BESIDE_MAX ? answer->beside_count : ANSWER_BESIDE_MAX;
    int more = answer->beside_count - named;
    out_text[0] = 0;
    for (int i = 0; i < named; i++) {
        bool is_last = i + 1 == named && !more;
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 i == 0    ? ""
                                 : is_last ? sheet_say(sheet, " and ")
                                           : ", ",
                                 answer->beside[i]);
    }
    if (named && more)
        words_format(out_text, size,
                     words_plural(language, "with %s and one more", "with %s and %d more", more),
                     names, more);
    else if (named)
        words_format(out_text, size, sheet_say(sheet, "with %s"), names);
    return out_text;
}

/* The same without names, where they have no room. */
static const char *with_how_many(const struct sheet *sheet, char *out_text, size_t size)
{
    int count = sheet->model->answer->beside_count;
    return words_format(
        out_text, size,
        words_plural(sheet->model->language, "with one other", "with %d others", count), count);
}

/* The day's bounds in wall time: its usual hours, and the shift whole. */
static void day_of(const struct answer_slot *shift, int64_t *out_from_ms, int64_t *out_to_ms)
{
    int64_t day_ms = day_begin(shift->from_ms, 0);
    int64_t from_ms = day_ms + DAY_FROM_H * HOUR_MS, to_ms = day_ms + DAY_TO_H * HOUR_MS;
    *out_from_ms = shift->from_ms < from_ms ? shift->from_ms : from_ms;
    *out_to_ms = shift->to_ms > to_ms ? shift->to_ms : to_ms;
}

/* The day as a bar, the shift as an outline on it, now as a dot. */
static void draw_day(struct sheet *sheet, struct rect box)
{
    const struct answer *answer = sheet->model->answer;
    char begin[WORDS_TIME_SIZE], end[WORDS_TIME_SIZE];
    int64_t from_ms, to_ms;
    day_of(&answer->shift, &from_ms, &to_ms);
    double length = (double)(to_ms - from_ms), now = (double)(answer->at_ms - from_ms) / length;
    const struct widget_span spans[] = {{(double)(answer->shift.from_ms - from_ms) / length,
                                         (double)(answer->shift.to_ms - from_ms) / length, true},
                                        {now, now, false}};
    bool has_words = box.h >= BAR_WORDS_MM;
    words_hour(sheet->model->language, from_ms, begin, sizeof begin);
    words_hour(sheet->model->language, to_ms, end, sizeof end);
    /* Time runs from left to right, whichever hand is used. */
    box = canvas_place(sheet->canvas, box);
    bool was_mirrored = canvas_set_mirror(sheet->canvas, false);
    widget_day(sheet, box, spans, 2, has_words ? begin : NULL, end);
    canvas_set_mirror(sheet->canvas, was_mirrored);
}

/* Where it is: the place, or else what it is a part of, where that says more than its title. */
static const char *place_of(const struct sheet *sheet)
{
    const struct answer *answer = sheet->model->answer;
    const char *title = slot_title(sheet, &answer->shift);
    if (answer->shift.place[0])
        return answer->shift.place;
    return strcmp(title, answer->occasion_title) ? answer->occasion_title : "";
}

/* Until when, where and with whom, as far as one line goes: the first that fits. */
static const char *when_and_more(const struct sheet *sheet, struct rect box, const char *place,
                                 const char *whom, char *out_text, size_t size)
{
    const struct answer *answer = sheet->model->answer;
    char when[SLOT_TEXT_BYTES], count[SLOT_TEXT_BYTES];
    struct field_line line = {out_text, 4, false, 1};
    const struct canvas_text text = field_text(sheet, &line);
    box.h = field_line_mm(sheet);
    slot_when(sheet, &answer->shift, answer->is_time_doubtful ? 0 : answer->at_ms, when,
              sizeof when);
    const char *others = whom[0] ? with_how_many(sheet, count, sizeof count) : "";
    const char *const candidates[][2] = {{place, whom}, {place, others}, {place, ""},
                                         {whom, ""},    {others, ""},    {"", ""}};
    for (int i = 0; i < 6; i++) {
        const char *first = candidates[i][0], *second = candidates[i][1];
        words_format(out_text, size, "%s%s%s%s%s", when, first[0] ? " · " : "", first,
                     second[0] ? " · " : "", second);
        if (canvas_text_fits(sheet->canvas, box, &text))
            break;
    }
    return out_text;
}

/* One line has room for both only beside each other. */
static void draw_low(struct sheet *sheet, struct rect rest)
{
    const struct answer *answer = sheet->model->answer;
    char when[SLOT_TEXT_BYTES];
    rest.h = fmin(rest.h, field_line_mm(sheet) + 4);
    struct rect inside = rect_inset(rest, 2);
    const struct field_line title = {slot_title(sheet, &answer->shift), 4.4, true, 1},
                            until = {when, 4, false, 1};
    slot_when(sheet, &answer->shift, answer->is_time_doubtful ? 0 : answer->at_ms, when,
              sizeof when);
    canvas_round(sheet->canvas, rest, WIDGET_RADIUS, sheet->tones->panel);
    slot_beside(sheet, inside, field_text(sheet, &title), field_text(sheet, &until));
}

/* What there is to do, until when, where, with whom; and the day below it. */
static void draw_high(struct sheet *sheet, struct rect rest)
{
    const struct answer *answer = sheet->model->answer;
    char words[WIDGET_WORDS_BYTES], when[600], whom[400];
    struct rect inside = rect_inset(rest, field_pad(rest));
    bool is_high = inside.h > 34; /* then names and place have lines of their own */
    with_whom(sheet, whom, sizeof whom);
    struct field_line lines[LINES] = {
        {slot_title(sheet, &answer->shift), is_high ? 6 : 5.4, true, is_high ? 3 : 2},
        {when_and_more(sheet, inside, is_high ? "" : answer->shift.place, is_high ? "" : whom, when,
                       sizeof when),
         4.2, false, 1},
        {is_high ? place_of(sheet) : "", 4, false, 1},
        {is_high ? whom : "", 4, false, 3}};
    bool has_bar = !answer->is_time_doubtful && !sheet->model->mode.is_large && inside.h > 14;
    field_shorten(sheet, rest, &lines[0], words);
    struct rect day = field_draw(sheet, rest, lines, LINES, has_bar ? BAR_MM : 0, BAR_WORDS_MM);
    if (day.h > 0)
        draw_day(sheet, day);
}

void panel_shift(struct sheet *sheet, struct rect rest)
{
    bool is_large = sheet->model->mode.is_large;
    if (rest.h < (is_large ? field_least_mm(sheet) : LOW_H))
        return;
    if (rest.h < (is_large ? LEAST_LARGE_H : LEAST_H))
        draw_low(sheet, rest);
    else
        draw_high(sheet, rest);
}

double panel_shift_mm(const struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    if (!panel_has_shift(model))
        return 0;
    if (model->mode.is_large)
        return layout_is_narrow(area) ? LEAST_LARGE_H + SCENE_GAP : 0;
    return model->is_half ? HALF_MM : layout_is_narrow(area) ? HIGH_MM : 0;
}
