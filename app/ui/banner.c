#include "app/ui/banner.h"

#include <stdio.h>

#include "app/ui/mistakes.h"
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

/* What it says: whole, in the place of a title, and in large letters there. */
struct words {
    const char *texts[3];
    bool calls_staff; /* to do something */
};

#define TEXTS 3

static const struct words *words_of(const struct load *load)
{
    static const struct words cut = {{WORDS_MARK("The USB stick was pulled out too soon."),
                                      WORDS_MARK("Stick pulled out too soon"),
                                      WORDS_MARK("USB: too soon")},
                                     true};
    static const struct words closing = {{WORDS_MARK("One moment: leave the USB stick in."),
                                          WORDS_MARK("Leave the stick in"),
                                          WORDS_MARK("USB: wait")},
                                         false};
    static const struct words failed = {{WORDS_MARK("It did not work with the USB stick."),
                                         WORDS_MARK("USB stick: it failed"),
                                         WORDS_MARK("USB: failed")},
                                        true};
    static const struct words loose = {{WORDS_MARK("You may pull the USB stick out."),
                                        WORDS_MARK("Pull the stick out"), WORDS_MARK("USB: done")},
                                       false};
    static const struct words there = {{WORDS_MARK("A USB stick is plugged in."),
                                        WORDS_MARK("USB stick plugged in"),
                                        WORDS_MARK("USB stick")},
                                       true};
    if (load->stand == LOAD_AWAY)
        return &cut;
    if (load->stand == LOAD_CLOSING)
        return &closing;
    if (load->end == LOAD_FAILED)
        return &failed;
    return load->stand == LOAD_LOOSE ? &loose : &there;
}

#define TEXT_BYTES 240

static void write_texts(const struct sheet *sheet, char out_texts[TEXTS][TEXT_BYTES])
{
    const struct load *load = sheet->model->load;
    const struct words *words = words_of(load);
    if (is_carried(load)) {
        words_format(out_texts[0], TEXT_BYTES,
                     sheet_say(sheet, "The USB stick is busy: %d%%. Leave it in."), load->percent);
        words_format(out_texts[1], TEXT_BYTES, sheet_say(sheet, "USB stick: %d%%"), load->percent);
        words_format(out_texts[2], TEXT_BYTES, sheet_say(sheet, "%d%%"), load->percent);
        return;
    }
    for (int i = 0; i < TEXTS; i++)
        snprintf(out_texts[i], TEXT_BYTES, "%s", sheet_say(sheet, words->texts[i]));
    if (words->calls_staff && !sheet->scene->is_staff)
        snprintf(out_texts[0], TEXT_BYTES, "%s %s", sheet_say(sheet, words->texts[0]),
                 sheet_say(sheet, "Staff: Help → Staff"));
}

/* The longest that has room. */
static void draw_words(struct sheet *sheet, struct rect box, const struct theme_tones *tones)
{
    char texts[TEXTS][TEXT_BYTES];
    struct canvas_text said = {.cap_mm = 3.8,
                               .least_mm = 2.9,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 3,
                               .is_middle = true};
    write_texts(sheet, texts);
    int longest = 0;
    said.text = texts[0];
    while (longest < TEXTS - 1 && !canvas_text_fits(sheet->canvas, box, &said))
        said.text = texts[++longest];
    widget_extra(sheet, box, &said);
}

bool banner_draw(struct sheet *sheet, struct rect box)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    const struct page *page = sheet->model->page;
    bool is_pressed = false;
    if (!sheet->model->has_banner || box.h <= 0)
        return false;
    if (!banner_is_needed(sheet->model->load)) {
        mistakes_draw_strip(sheet, box);
        return true;
    }
    if (sheet->scene->is_staff && rights_may(page->rights, RIGHT_EXPORT)) {
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
