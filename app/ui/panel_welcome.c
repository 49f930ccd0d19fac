/* What a first visit has to say to who arrives, beside what they came for. */
#include "app/ui/panel.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define LINE_MM 13.0
#define LINE_HIGH_MM 16.5
#define NARROW_MM 85.0
#define ROOM_MM 20.0 /* less is needed by what they came for */
#define SIGN_MM 11.0

/* Of who has more to do here, and of whom they look after. */
static void write_away(const struct sheet *sheet, char *out_text, size_t size)
{
    char day[WORDS_TIME_SIZE];
    const struct answer_away *away = &sheet->model->answer->away;
    words_format(out_text, size, sheet_say(sheet, "%s was last here on %s. Give a sign?"),
                 away->name, words_date(sheet->model->language, away->last_ms, day, sizeof day));
}

bool panel_deepening(const struct sheet *sheet, char *out_text, size_t size)
{
    char day[WORDS_TIME_SIZE];
    const struct answer *answer = sheet->model->answer;
    const char *title = answer->deepening[0]
                            ? answer->deepening
                            : sheet_say(sheet, scene_occasion_title(OCCASION_INFO));
    if (!answer->deepening_ms)
        return false;
    words_format(out_text, size, sheet_say(sheet, "Time to go deeper: %s, %s"), title,
                 words_date(sheet->model->language, answer->deepening_ms, day, sizeof day));
    return true;
}

/* What an offer says itself is not said twice. False where there is nothing to say. */
static bool write_news(const struct sheet *sheet, char *out_text, size_t size)
{
    const struct answer *answer = sheet->model->answer;
    if (answer->away.count)
        write_away(sheet, out_text, size);
    return answer->away.count || (!answer->steps_left && panel_deepening(sheet, out_text, size));
}

void panel_welcome(struct sheet *sheet, struct rect *rest)
{
    char text[300];
    const struct scene_model *model = sheet->model;
    if (model->mode.is_large || model->is_half || rest->h < ROOM_MM ||
        !write_news(sheet, text, sizeof text))
        return;
    bool is_narrow = rest->w < NARROW_MM;
    struct rect row = rect_cut_bottom(rest, is_narrow ? LINE_HIGH_MM : LINE_MM, SCENE_GAP);
    const struct canvas_text said = {.text = text,
                                     .cap_mm = 4,
                                     .least_mm = 3,
                                     .colour = sheet->tones->ink,
                                     .lines = is_narrow ? 4 : 2,
                                     .is_middle = true};
    icon_draw_on_disc(sheet->canvas, ICON_WAVE, rect_cut_left(&row, SIGN_MM, 3), sheet->tones->ink,
                      sheet->tones->ground);
    widget_extra(sheet, row, &said);
}
