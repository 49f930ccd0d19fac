/* settings - how loud, how bright, which language the house speaks. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60
#define STEP 10
#define HUNDRED 100

enum { QUIETER, LOUDER, DARKER, BRIGHTER, LANGUAGES };

static void draw_level(struct sheet *sheet, struct rect box, const char *name, const char *label,
                       int level, int choice, int least)
{
    char value[16];
    if (level < 0) {
        const struct canvas_text said = {.text = label,
                                         .cap_mm = 3.8,
                                         .least_mm = 3,
                                         .colour = sheet->tones->soft,
                                         .lines = 3,
                                         .is_middle = true};
        canvas_text(sheet->canvas, box, &said);
        return;
    }
    snprintf(value, sizeof value, "%d %%", level);
    widget_stepper(sheet, box,
                   &(struct widget_stepper){.name = name,
                                            .label = label,
                                            .value = value,
                                            .choice = choice,
                                            .is_least = level <= least,
                                            .is_most = level >= HUNDRED});
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    bool is_narrow = layout_is_narrow(area);
    int count = is_narrow ? 5 : 3;
    struct rect rows = {body.x, body.y, body.w, body.h > 96 ? 96 : body.h};
    draw_level(sheet, layout_row(rows, count, LAYOUT_GAP, 0), "volume", sheet_say(sheet, "Sound"),
               model->volume, QUIETER, 0);
    draw_level(sheet, layout_row(rows, count, LAYOUT_GAP, 1), "brightness",
               model->brightness < 0
                   ? sheet_say(sheet, "This screen’s brightness cannot be changed from here")
                   : sheet_say(sheet, "Light"),
               model->brightness, DARKER, STEP);
    struct rect row = layout_row(rows, count, LAYOUT_GAP, 2);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        char name[16];
        snprintf(name, sizeof name, "house-%s", language_code((enum language)i));
        widget_button(sheet,
                      is_narrow ? layout_row(rows, count, LAYOUT_GAP, 2 + i)
                                : layout_column(row, LANGUAGE_COUNT, LAYOUT_GAP, i),
                      &(struct widget_button){.name = name,
                                              .label = language_own_name((enum language)i),
                                              .act = {.kind = ACT_CHOOSE, .value = LANGUAGES + i},
                                              .style = WIDGET_QUIET,
                                              .is_chosen = i == (int)model->home});
    }
}

static void event(struct page *page, const struct page_event *event)
{
    static const char *const names[] = {"volume", "volume", "brightness", "brightness", "language"};
    int which = event->value < LANGUAGES ? event->value : LANGUAGES;
    if (event->kind != PAGE_CHOOSE)
        return;
    struct ask *ask = page_ask(page, ASK_SETTING);
    snprintf(ask->text, sizeof ask->text, "%s", names[which]);
    ask->number[0] = which == LANGUAGES ? event->value - LANGUAGES : which % 2 ? STEP : -STEP;
}

const struct scene scene_settings = {.name = "settings",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_SOUND,
                                     .title = WORDS_MARK("Sound, light"),
                                     .draw = draw,
                                     .event = event,
                                     .back = &scene_staff,
                                     .idle_s = STAFF_IDLE_S,
                                     .is_staff = true};
