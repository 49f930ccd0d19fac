#include "app/ui/banner.h"

#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define ICON_MM 9.0
#define LINES_TWO_MM 12.0 /* lower than this is one line */

static bool is_carried(const struct load *load)
{
    return load->work > LOAD_LOOKS;
}

bool banner_is_needed(const struct load *load)
{
    return load->stand != LOAD_AWAY || is_carried(load) || load->end == LOAD_CUT;
}

/* Is it for staff to do something? */
static bool calls_staff(const struct load *load)
{
    bool is_over = load->end == LOAD_FAILED || load->end == LOAD_CUT;
    return !is_carried(load) && load->stand != LOAD_CLOSING &&
           (load->stand != LOAD_LOOSE || is_over);
}

static void write_text(const struct sheet *sheet, char *out_text, size_t size)
{
    const struct load *load = sheet->model->load;
    const char *text = sheet_say(sheet, "A USB stick is plugged in.");
    if (is_carried(load)) {
        words_format(out_text, size,
                     sheet_say(sheet, "The USB stick is busy: %d %%. Leave it in."), load->percent);
        return;
    }
    if (load->stand == LOAD_AWAY)
        text = sheet_say(sheet, "The USB stick was pulled out too soon.");
    else if (load->stand == LOAD_CLOSING)
        text = sheet_say(sheet, "One moment: leave the USB stick in.");
    else if (load->end == LOAD_FAILED)
        text = sheet_say(sheet, "It did not work with the USB stick.");
    else if (load->stand == LOAD_LOOSE)
        text = sheet_say(sheet, "You may pull the USB stick out.");
    bool is_told_how = calls_staff(load) && !sheet->scene->is_staff;
    snprintf(out_text, size, is_told_how ? "%s %s" : "%s", text,
             sheet_say(sheet, "Staff: Help → Staff"));
}

/* Large letters: as much as there is room for. */
static void draw_words(struct sheet *sheet, struct rect box, const struct theme_tones *tones)
{
    char text[240];
    write_text(sheet, text, sizeof text);
    struct canvas_text said = {.text = text,
                               .cap_mm = 3.8,
                               .least_mm = 2.9,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = box.h < LINES_TWO_MM ? 1 : 3,
                               .is_middle = true};
    if (sheet->model->mode.is_large && !canvas_text_fits(sheet->canvas, box, &said))
        said.text = sheet_say(sheet, "USB stick");
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
        is_pressed = sheet_target(sheet, box, "banner",
                                  (struct act){.kind = ACT_GO, .to = &scene_stick});
        canvas_mark_control(sheet->canvas, box, tones->rim, "banner");
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
