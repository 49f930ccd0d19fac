#include "app/ui/banner.h"

#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define ICON_MM 9.0

static bool is_carried(const struct load *load)
{
    return load->work > LOAD_LOOKS;
}

bool banner_is_needed(const struct load *load)
{
    return load->stand != LOAD_AWAY || is_carried(load) || load->end == LOAD_CUT;
}

/* What it says; the shorter one is for the place of a title. */
struct words {
    const char *text, *brief;
    bool calls_staff; /* to do something */
};

static struct words words_of(const struct load *load)
{
    if (load->stand == LOAD_AWAY)
        return (struct words){WORDS_MARK("The USB stick was pulled out too soon."),
                              WORDS_MARK("Stick pulled out too soon"), true};
    if (load->stand == LOAD_CLOSING)
        return (struct words){WORDS_MARK("One moment: leave the USB stick in."),
                              WORDS_MARK("Leave the stick in"), false};
    if (load->end == LOAD_FAILED)
        return (struct words){WORDS_MARK("It did not work with the USB stick."),
                              WORDS_MARK("USB stick: it failed"), true};
    if (load->stand == LOAD_LOOSE)
        return (struct words){WORDS_MARK("You may pull the USB stick out."),
                              WORDS_MARK("Pull the stick out"), false};
    return (struct words){WORDS_MARK("A USB stick is plugged in."),
                          WORDS_MARK("USB stick plugged in"), true};
}

#define TEXT_BYTES 240

static void write_texts(const struct sheet *sheet, char out_text[TEXT_BYTES],
                        char out_brief[TEXT_BYTES])
{
    const struct load *load = sheet->model->load;
    struct words words = words_of(load);
    if (is_carried(load)) {
        words_format(out_text, TEXT_BYTES,
                     sheet_say(sheet, "The USB stick is busy: %d%%. Leave it in."), load->percent);
        words_format(out_brief, TEXT_BYTES, sheet_say(sheet, "USB stick: %d%%"), load->percent);
        return;
    }
    bool is_told_how = words.calls_staff && !sheet->scene->is_staff;
    snprintf(out_text, TEXT_BYTES, is_told_how ? "%s %s" : "%s", sheet_say(sheet, words.text),
             sheet_say(sheet, "Staff: Help → Staff"));
    snprintf(out_brief, TEXT_BYTES, "%s", sheet_say(sheet, words.brief));
}

/* As much as there is room for; in large letters that may be the sign alone. */
static void draw_words(struct sheet *sheet, struct rect box, const struct theme_tones *tones)
{
    char text[TEXT_BYTES], brief[TEXT_BYTES];
    write_texts(sheet, text, brief);
    struct canvas_text said = {.text = text,
                               .cap_mm = 3.8,
                               .least_mm = 2.9,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 3,
                               .is_middle = true};
    if (!canvas_text_fits(sheet->canvas, box, &said))
        said.text = brief;
    widget_extra(sheet, box, &said);
}

bool banner_draw(struct sheet *sheet, struct rect box)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    const struct page *page = sheet->model->page;
    bool is_pressed = false;
    if (!sheet->model->has_banner || box.h <= 0)
        return false;
    if (sheet->scene->is_staff && role_may((enum role)page->role, RIGHT_EXPORT)) {
        is_pressed =
            sheet_target(sheet, box, "banner", (struct act){.kind = ACT_GO, .to = &scene_stick});
        canvas_mark_control(sheet->canvas, box,
                            sheet->model->mode.is_contrast ? tones->ground : tones->rim, "banner");
    }
    canvas_round(sheet->canvas, box, WIDGET_RADIUS, is_pressed ? tones->panel : tones->ground);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS, 0.4, tones->rim);
    struct rect inside = rect_inset(box, 1.2);
    rect_cut_left(&inside, 1.5, 0);
    icon_draw(sheet->canvas, ICON_STICK,
              rect_cut_left(&inside, inside.h < ICON_MM ? inside.h : ICON_MM, 2), tones->ink);
    draw_words(sheet, inside, tones);
    return true;
}
