/*
 * stick - the USB stick: plug one in, what is the matter with it, or what can be done with it.
 * Staff's own; it is opened when they come here, and never before.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/stick_words.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 120

/* --- what is the matter --- */

/* A sign, what is, and what to do. */
static void draw_said(struct sheet *sheet, struct rect body, enum icon icon, const char *what,
                      const char *todo)
{
    bool is_narrow = layout_is_narrow(body);
    double size = is_narrow ? 34 : body.h < 34 ? body.h : 34;
    struct rect sign =
        is_narrow ? rect_cut_top(&body, body.h * 0.34, 4) : rect_cut_left(&body, 44, 6);
    sign.y += is_narrow ? sign.h - size : (sign.h - size) / 2;
    sign.h = size;
    icon_draw_on_disc(sheet->canvas, icon, sign, sheet_tones(sheet, THEME_QUESTION)->ground,
                      sheet->tones->ink);
    enum canvas_align align = is_narrow                        ? CANVAS_CENTRE
                              : sheet->model->mode.is_mirrored ? CANVAS_RIGHT
                                                               : CANVAS_LEFT;
    const struct canvas_text texts[] = {{.text = what,
                                         .cap_mm = 5.2,
                                         .least_mm = 3.6,
                                         .colour = sheet->tones->ink,
                                         .is_bold = true,
                                         .align = align,
                                         .lines = 3},
                                        {.text = todo,
                                         .cap_mm = 4,
                                         .least_mm = 3,
                                         .colour = sheet->tones->ink,
                                         .align = align,
                                         .lines = 4}};
    if (is_narrow)
        body.h *= 0.85;
    scene_stack(sheet, body, texts, todo[0] ? 2 : 1);
}

static void draw_trouble(struct sheet *sheet, struct rect body, enum stick_trouble trouble)
{
    const struct stick_words *words = stick_words_of_trouble(trouble);
    draw_said(sheet, body, ICON_STICK, sheet_say(sheet, words->what),
              sheet_say(sheet, words->todo));
}

/* None is there, or none that can be used: what to do about it. */
static void draw_waiting(struct sheet *sheet, struct rect body)
{
    const struct load *load = sheet->model->load;
    if (load->stand == LOAD_LOOSE)
        draw_said(sheet, body, ICON_TICK, sheet_say(sheet, "You may pull the stick out."),
                  sheet_say(sheet, "To go on with it, plug it in again."));
    else if (load->stand == LOAD_AWAY)
        draw_said(sheet, body, ICON_STICK, sheet_say(sheet, "Plug a USB stick in."),
                  sheet_say(sheet, "FAT32 or exFAT, as most are when they are bought."));
    else if (load->info.trouble)
        draw_trouble(sheet, body, load->info.trouble);
    else if (load->stand == LOAD_CLOSING)
        draw_said(sheet, body, ICON_CLOCK, sheet_say(sheet, "One moment"),
                  sheet_say(sheet, "Leave the stick in."));
    else if (load->stand == LOAD_OPENING)
        draw_said(sheet, body, ICON_CLOCK, sheet_say(sheet, "One moment"), "");
}

/* --- what can be done --- */

enum { PRINT, DIAGNOSE, LET_GO };

#define CHOICES 6

static int list_choices(struct sheet *sheet, struct widget_tile out_tiles[CHOICES])
{
    const struct load *load = sheet->model->load;
    bool is_house = rights_may(sheet->model->page->house_rights, RIGHT_EXPORT);
    const struct {
        bool is_offered;
        struct widget_tile tile;
    } choices[CHOICES] = {
        {!load->info.is_read_only,
         {.name = "out",
          .title = sheet_say(sheet, "Take the register out"),
          .icon = ICON_RIGHT,
          .act = {.kind = ACT_GO, .to = &scene_stick_out}}},
        {is_house && load->found > 0,
         {.name = "in",
          .title = sheet_say(sheet, "Take lists in"),
          .icon = ICON_PLUS,
          .act = {.kind = ACT_GO, .to = &scene_stick_in}}},
        {load->has_update && rights_may(sheet->model->page->house_rights, RIGHT_MACHINE),
         {.name = "update",
          .title = sheet_say(sheet, "New version"),
          .icon = ICON_AGAIN,
          .act = {.kind = ACT_GO, .to = &scene_update}}},
        {is_house && !load->info.is_read_only,
         {.name = "print",
          .title = sheet_say(sheet, "Who is here (PDF)"),
          .icon = ICON_PEOPLE,
          .act = {.kind = ACT_CHOOSE, .value = PRINT}}},
        {!load->info.is_read_only,
         {.name = "diagnose",
          .title = sheet_say(sheet, "Check-up file"),
          .icon = ICON_HEART,
          .act = {.kind = ACT_CHOOSE, .value = DIAGNOSE}}},
        {true,
         {.name = "let-go",
          .title = sheet_say(sheet, "Let the stick go"),
          .icon = ICON_UP,
          .act = {.kind = ACT_CHOOSE, .value = LET_GO}}},
    };
    int count = 0;
    for (int i = 0; i < CHOICES; i++)
        if (choices[i].is_offered) {
            out_tiles[count] = choices[i].tile;
            out_tiles[count++].has_icon = true;
        }
    return count;
}

static void draw_choices(struct sheet *sheet, struct rect body)
{
    const struct load *load = sheet->model->load;
    struct widget_tile tiles[CHOICES];
    char text[STICK_SPACE_BYTES];
    bool is_narrow = layout_is_narrow(body);
    const struct canvas_text space = {.text = stick_space(sheet, &load->info, text),
                                      .cap_mm = 4,
                                      .least_mm = 3,
                                      .colour = sheet->tones->ink,
                                      .is_bold = true,
                                      .lines = 2,
                                      .is_middle = true};
    canvas_text(sheet->canvas, rect_cut_top(&body, is_narrow ? 13 : 7, 1.5), &space);
    if (load->info.is_read_only)
        widget_paragraph(sheet, rect_cut_bottom(&body, is_narrow ? 22 : 13, LAYOUT_GAP),
                         sheet_say(sheet, "It is write-protected: nothing can be put onto it. "
                                          "Slide its switch, or take another one."),
                         3.8);
    scene_problem_below(sheet, &body);
    int count = list_choices(sheet, tiles), columns = is_narrow ? 1 : 3;
    for (int i = 0; i < count; i++)
        widget_tile(sheet, layout_share(body, columns, count, LAYOUT_GAP, i), &tiles[i]);
}

static void draw(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    if (sheet->model->load->stand == LOAD_OPEN)
        draw_choices(sheet, body);
    else
        draw_waiting(sheet, body);
}

/* What is under way has a page of its own, and so has what came of it while nobody looked. */
static void look(struct page *page)
{
    const struct load *load = page->load;
    if (load->work > LOAD_LOOKS || load->end)
        page_go(page, &scene_stick_carry);
    else if (load->stand == LOAD_THERE && !load->info.trouble)
        page_ask(page, ASK_STICK);
}

static void event(struct page *page, const struct page_event *event)
{
    static const enum ask_kind asks[] = {
        [PRINT] = ASK_PRINT, [DIAGNOSE] = ASK_DIAGNOSE, [LET_GO] = ASK_LET_GO};
    if (event->kind == PAGE_ENTER || event->kind == PAGE_LOAD)
        look(page);
    else if (event->kind == PAGE_CHOOSE)
        page_ask(page, asks[event->value]);
}

const struct scene scene_stick = {.name = "stick",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_STICK,
                                  .title = WORDS_MARK("USB stick"),
                                  .draw = draw,
                                  .event = event,
                                  .back = &scene_staff,
                                  .idle_s = STAFF_IDLE_S,
                                  .is_staff = true,
                                  .is_of_stick = true};
