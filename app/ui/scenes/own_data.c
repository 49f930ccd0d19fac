/* own-data - all that the register has about somebody, onto a stick, for them to take along. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

/* What to do first, where there is no stick that takes files; NULL: nothing. */
static const char *find_need(const struct load *load)
{
    if (load->stand == LOAD_AWAY || load->stand == LOAD_LOOSE)
        return WORDS_MARK("Plug a USB stick in.");
    if (load->info.trouble)
        return WORDS_MARK("This stick cannot be used. Take another one.");
    if (load->info.is_read_only)
        return WORDS_MARK("The stick is write-protected. Slide its switch, or take another one.");
    return load->work > LOAD_LOOKS || load->stand == LOAD_CLOSING ? WORDS_MARK("One moment") : NULL;
}

static void draw_texts(struct sheet *sheet, struct rect body)
{
    char what[260];
    words_format(what, sizeof what,
                 sheet_say(sheet, "All that is noted about %s, as a file to read and keep."),
                 sheet->model->page->name);
    const struct canvas_text texts[] = {
        {.text = what,
         .cap_mm = 5,
         .least_mm = 3.6,
         .colour = sheet->tones->ink,
         .is_bold = true,
         .align = CANVAS_CENTRE,
         .lines = 3},
        {.text = sheet_say(sheet, "It is not encrypted: whoever has the stick can read it. The "
                                  "stick is for this person alone."),
         .cap_mm = 4.2,
         .least_mm = 3,
         .colour = sheet->tones->ink,
         .align = CANVAS_CENTRE,
         .lines = 4}};
    scene_stack(sheet, body, texts, 2);
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const char *need = find_need(sheet->model->load);
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect foot = rect_cut_bottom(&body, sheet->model->mode.is_large ? 20 : 14, LAYOUT_GAP);
    draw_texts(sheet, body);
    if (scene_problem(sheet, foot))
        return;
    if (need) {
        const struct canvas_text said = {.text = sheet_say(sheet, need),
                                         .cap_mm = 4.6,
                                         .least_mm = 3.4,
                                         .colour = sheet->tones->ink,
                                         .is_bold = true,
                                         .align = CANVAS_CENTRE,
                                         .lines = 2,
                                         .is_middle = true};
        canvas_text(sheet->canvas, foot, &said);
    } else {
        widget_button(sheet, foot,
                      &(struct widget_button){.name = "onto-stick",
                                              .label = page->is_waiting
                                                           ? sheet_say(sheet, "One moment")
                                                           : sheet_say(sheet, "Onto the stick"),
                                              .act = {.kind = ACT_CHOOSE},
                                              .style = WIDGET_FILLED,
                                              .icon = ICON_STICK,
                                              .has_icon = true});
    }
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && !page->is_waiting && !find_need(page->load))
        page_ask(page, ASK_OWN_DATA);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_OWN_DATA &&
             page->told.how == TOLD_YES)
        page_go(page, &scene_stick_carry);
}

const struct scene scene_own_data = {.name = "own-data",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_STICK,
                                     .title = WORDS_MARK("Their own data"),
                                     .draw = draw,
                                     .event = event,
                                     .back = &scene_person,
                                     .idle_s = STAFF_IDLE_S,
                                     .is_staff = true,
                                     .is_of_stick = true};
