/*
 * greeting-forgotten - you are counted in, and the last time you left was not noted: three likely
 * times to touch, or "I don't know".
 */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define WEEK_MS ((int64_t)6 * 24 * 3600 * 1000)
#define GUESSES 3

/* Is there a day to ask about? A doubtful clock has none. */
static bool can_ask(const struct answer *answer)
{
    return !answer->is_time_doubtful && answer->forgotten_ms && answer->guess_ms[0];
}

/* Names the day where it is sure: a weekday within the week, a date before. */
static const char *what_is_asked(const struct sheet *sheet, char *out_text, size_t size)
{
    const struct answer *answer = sheet->model->answer;
    enum language language = sheet->model->language;
    char day[WORDS_TIME_SIZE];
    if (!can_ask(answer))
        return sheet_say(sheet, "Your last departure was not noted. It happens.");
    if (answer->at_ms - answer->forgotten_ms < WEEK_MS)
        return words_format(out_text, size, sheet_say(sheet, "When did you leave on %s?"),
                            words_weekday(language, answer->forgotten_ms, day, sizeof day));
    return words_format(out_text, size, sheet_say(sheet, "When did you leave, on %s?"),
                        words_date(language, answer->forgotten_ms, day, sizeof day));
}

/* Upright, large letters have room for two. */
static void draw_guesses(struct sheet *sheet, struct rect box, bool is_rows)
{
    int count = is_rows ? GUESSES - 1 : GUESSES;
    static const char *const names[GUESSES] = {"guess-1", "guess-2", "guess-3"};
    const struct answer *answer = sheet->model->answer;
    char time[WORDS_TIME_SIZE];
    /* Time runs from left to right, whichever hand is used. */
    box = canvas_place(sheet->canvas, box);
    bool was_mirrored = canvas_set_mirror(sheet->canvas, false);
    for (int i = 0; i < count; i++) {
        if (!answer->guess_ms[i])
            continue;
        widget_button(
            sheet,
            is_rows ? layout_row(box, count, SCENE_GAP - 1, i)
                    : layout_column(box, count, SCENE_GAP - 1, i),
            &(struct widget_button){
                .name = names[i],
                .label = words_time(sheet->model->language, answer->guess_ms[i], time, sizeof time),
                .act = {.kind = ACT_ASK, .value = ASK_PROPOSE, .at_ms = answer->guess_ms[i]},
                .style = WIDGET_FILLED,
                .cap_mm = box.w > 100 ? 6 : 4.2});
    }
    canvas_set_mirror(sheet->canvas, was_mirrored);
}

static void draw(struct sheet *sheet, struct rect area)
{
    char text[256], headline[160];
    const struct scene_model *model = sheet->model;
    bool is_asking = can_ask(model->answer) && !model->is_heard && !model->is_spent;
    const char *asked = model->is_heard ? sheet_say(sheet, "Noted. Thank you.")
                                        : what_is_asked(sheet, text, sizeof text);
    words_greet(headline, sizeof headline, sheet_say(sheet, "Hello %s"), model->answer->first_name);
    /* Large letters have room for one of them: without the question nobody knows what to touch. */
    bool is_question_alone = is_asking && model->mode.is_large && !layout_is_narrow(area);
    bool is_rows = layout_is_narrow(area) && model->mode.is_large;
    double least = is_rows ? 2 * LAYOUT_LEAST_MM + SCENE_GAP - 1 : LAYOUT_LEAST_MM;
    double foot = scene_button_mm(sheet, area) + SCENE_GAP + 1;
    struct rect rest = scene_head_above(sheet, area, is_question_alone ? asked : headline,
                                        is_question_alone ? "" : asked, least + foot);
    rest = scene_above_foot(sheet, rest);
    int count = is_asking ? 2 : 1;
    if (is_asking) {
        double most = is_rows ? least : 20;
        draw_guesses(sheet, rest.h > most ? rect_cut_top(&rest, most, 0) : rest, is_rows);
        widget_button(sheet, scene_foot(sheet, area, 1, count),
                      &(struct widget_button){.name = "dont-know",
                                              .label = sheet_say(sheet, "I don’t know"),
                                              .act = {.kind = ACT_ASK, .value = ASK_PROPOSE}});
    }
    scene_undo(sheet, area, 0, count);
    scene_aside(sheet, area, count);
}

const struct scene scene_forgotten = {.name = "greeting-forgotten",
                                      .meaning = THEME_IN,
                                      .icon = ICON_TICK,
                                      .draw = draw,
                                      .is_tight = true};
