#include "app/ui/mistakes.h"

#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/strip.h"
#include "app/ui/words.h"

#define TEXTS STRIP_TEXTS

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

static void write_reading(const struct sheet *sheet, char out_texts[][STRIP_TEXT_BYTES])
{
    const char *file = sheet->model->mistakes->reading;
    words_format(out_texts[0], STRIP_TEXT_BYTES,
                 sheet_say(sheet, "One moment: %s is read from the SD card."), file);
    words_format(out_texts[1], STRIP_TEXT_BYTES, sheet_say(sheet, "%s is being read."), file);
    snprintf(out_texts[2], STRIP_TEXT_BYTES, "%s", sheet_say(sheet, "One moment"));
    for (int i = 3; i < TEXTS; i++)
        snprintf(out_texts[i], STRIP_TEXT_BYTES, "%s", sheet_say(sheet, "SD card"));
}

/* From all of it to the shortest that still leads there. */
static void write_mistakes(const struct sheet *sheet, char out_texts[][STRIP_TEXT_BYTES])
{
    const struct mistakes *mistakes = sheet->model->mistakes;
    enum language language = sheet->model->language;
    char place[140], said[400];
    int all = mistakes->count + mistakes->beyond;
    mistakes_place(sheet, &mistakes->rows[0], place, sizeof place);
    words_sentence(language, &mistakes->rows[0].said, said, sizeof said);
    snprintf(out_texts[0], STRIP_TEXT_BYTES, "%s: %s", place, said);
    words_format(out_texts[1], STRIP_TEXT_BYTES,
                 sheet_say(sheet, "SD card: a mistake in %s. Touch here."), place);
    words_format(out_texts[2], STRIP_TEXT_BYTES,
                 words_plural(language, "SD card: one mistake. Touch here.",
                              "SD card: %d mistakes. Touch here.", all),
                 all);
    words_format(out_texts[3], STRIP_TEXT_BYTES,
                 words_plural(language, "SD card: one mistake", "SD card: %d mistakes", all), all);
    words_format(out_texts[4], STRIP_TEXT_BYTES, sheet_say(sheet, "SD: %d"), all);
}

void mistakes_draw_strip(struct sheet *sheet, struct rect box)
{
    bool is_read = sheet->model->mistakes->reading[0], is_theirs = sheet->scene->is_staff;
    bool may = !is_theirs || rights_may(sheet->model->page->house_rights, RIGHT_MACHINE);
    struct strip strip = {
        .name = "mistakes", .icon = is_read ? ICON_CLOCK : ICON_PEN, .count = TEXTS};
    if (!is_read && may)
        strip.act = (struct act){.kind = ACT_GO, .to = is_theirs ? &scene_card : &scene_mistakes};
    if (is_read)
        write_reading(sheet, strip.texts);
    else
        write_mistakes(sheet, strip.texts);
    strip_draw(sheet, box, &strip);
}
