#include "app/ui/mistakes.h"

#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define ICON_MM 9.0
#define TEXTS 5
#define TEXT_BYTES 560

bool mistakes_are_told(const struct mistakes *mistakes)
{
    return mistakes->count || mistakes->reading[0];
}

const char *mistakes_place(const struct sheet *sheet, const struct mistake *mistake, char *out_text,
                           size_t size)
{
    if (mistake->line)
        words_format(out_text, size, sheet_say(sheet, "%s, line %d"), mistake->file, mistake->line);
    else
        snprintf(out_text, size, "%s", mistake->file);
    return out_text;
}

/* --- the strip --- */

static void write_reading(const struct sheet *sheet, char out_texts[TEXTS][TEXT_BYTES])
{
    const char *file = sheet->model->mistakes->reading;
    words_format(out_texts[0], TEXT_BYTES,
                 sheet_say(sheet, "One moment: %s is read from the SD card."), file);
    words_format(out_texts[1], TEXT_BYTES, sheet_say(sheet, "%s is being read."), file);
    snprintf(out_texts[2], TEXT_BYTES, "%s", sheet_say(sheet, "One moment"));
    for (int i = 3; i < TEXTS; i++)
        snprintf(out_texts[i], TEXT_BYTES, "%s", sheet_say(sheet, "SD card"));
}

/* From all of it to the shortest that still leads there. */
static void write_mistakes(const struct sheet *sheet, char out_texts[TEXTS][TEXT_BYTES])
{
    const struct mistakes *mistakes = sheet->model->mistakes;
    enum language language = sheet->model->language;
    char place[140], said[400];
    int all = mistakes->count + mistakes->beyond;
    mistakes_place(sheet, &mistakes->rows[0], place, sizeof place);
    words_sentence(language, &mistakes->rows[0].said, said, sizeof said);
    snprintf(out_texts[0], TEXT_BYTES, "%s: %s", place, said);
    words_format(out_texts[1], TEXT_BYTES,
                 sheet_say(sheet, "SD card: a mistake in %s. Touch here."), place);
    words_format(out_texts[2], TEXT_BYTES,
                 words_plural(language, "SD card: one mistake. Touch here.",
                              "SD card: %d mistakes. Touch here.", all),
                 all);
    words_format(out_texts[3], TEXT_BYTES,
                 words_plural(language, "SD card: one mistake", "SD card: %d mistakes", all), all);
    words_format(out_texts[4], TEXT_BYTES, sheet_say(sheet, "SD: %d"), all);
}

static void draw_words(struct sheet *sheet, struct rect box, const struct theme_tones *tones)
{
    char texts[TEXTS][TEXT_BYTES];
    struct canvas_text said = {.cap_mm = 3.8,
                               .least_mm = 2.9,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 3,
                               .is_middle = true};
    if (sheet->model->mistakes->reading[0])
        write_reading(sheet, texts);
    else
        write_mistakes(sheet, texts);
    int longest = 0;
    said.text = texts[0];
    while (longest < TEXTS - 1 && !canvas_text_fits(sheet->canvas, box, &said))
        said.text = texts[++longest];
    widget_extra(sheet, box, &said);
}

void mistakes_draw_strip(struct sheet *sheet, struct rect box)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    bool is_read = sheet->model->mistakes->reading[0], is_pressed = false;
    bool is_theirs = sheet->scene->is_staff;
    bool may = !is_theirs || rights_may(sheet->model->page->house_rights, RIGHT_MACHINE);
    if (!is_read && may) {
        const struct act act = {.kind = ACT_GO, .to = is_theirs ? &scene_card : &scene_mistakes};
        is_pressed = sheet_target(sheet, box, "mistakes", act);
        canvas_mark_control(sheet->canvas, box,
                            sheet->model->mode.is_contrast ? tones->ground : tones->rim,
                            "mistakes");
    }
    canvas_round(sheet->canvas, box, WIDGET_RADIUS, is_pressed ? tones->panel : tones->ground);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS, 0.4, tones->rim);
    struct rect inside = rect_inset(box, 1.2);
    rect_cut_left(&inside, 1.5, 0);
    icon_draw(sheet->canvas, is_read ? ICON_CLOCK : ICON_PEN,
              rect_cut_left(&inside, inside.h < ICON_MM ? inside.h : ICON_MM, 2), tones->ink);
    draw_words(sheet, inside, tones);
}
