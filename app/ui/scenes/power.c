/* power - restart or shut down. power-sure - really? It is asked once. */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 30

enum { RESTART, POWER_OFF };

static void draw_power(struct sheet *sheet, struct rect area)
{
    const struct widget_tile tiles[] = {
        {.name = "restart",
         .title = sheet_say(sheet, "Restart"),
         .line = sheet_say(sheet, "Back in a minute"),
         .icon = ICON_AGAIN,
         .has_icon = true,
         .act = {.kind = ACT_CHOOSE, .value = RESTART}},
        {.name = "power-off",
         .title = sheet_say(sheet, "Shut down"),
         .line = sheet_say(sheet, "Until somebody takes the plug out and puts it in again"),
         .icon = ICON_POWER,
         .has_icon = true,
         .act = {.kind = ACT_CHOOSE, .value = POWER_OFF}},
    };
    struct rect body = scene_frame(sheet, area, NULL);
    bool is_narrow = layout_is_narrow(area);
    for (int i = 0; i < 2; i++)
        widget_tile(sheet,
                    is_narrow ? layout_row(body, 2, LAYOUT_GAP, i)
                              : layout_column(body, 2, LAYOUT_GAP, i),
                    &tiles[i]);
}

static void event_power(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_CHOOSE)
        return;
    page->choice = event->value;
    page_go(page, &scene_power_sure);
}

static void draw_sure(struct sheet *sheet, struct rect area)
{
    bool is_restart = sheet->model->page->choice == RESTART;
    draw_power(sheet, area);
    scene_sure(
        sheet, area,
        &(struct scene_question){
            .title =
                is_restart ? sheet_say(sheet, "Restart now?") : sheet_say(sheet, "Shut down now?"),
            .text = sheet_say(sheet, "Nobody can tap meanwhile. What was noted stays noted."),
            .act = is_restart ? sheet_say(sheet, "Restart") : sheet_say(sheet, "Shut down")});
}

static void event_sure(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE)
        page_ask(page, page->choice == RESTART ? ASK_RESTART : ASK_POWER_OFF);
    else if (event->kind == PAGE_TOLD && page->told.how == TOLD_YES)
        page_go(page, NULL);
}

const struct scene scene_power = {.name = "power",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_POWER,
                                  .title = WORDS_MARK("Switch off"),
                                  .draw = draw_power,
                                  .event = event_power,
                                  .back = &scene_staff,
                                  .idle_s = STAFF_IDLE_S,
                                  .is_staff = true};

const struct scene scene_power_sure = {.name = "power-sure",
                                       .meaning = THEME_PAPER,
                                       .icon = ICON_POWER,
                                       .title = WORDS_MARK("Switch off"),
                                       .draw = draw_sure,
                                       .event = event_sure,
                                       .back = &scene_power,
                                       .idle_s = STAFF_IDLE_S,
                                       .is_staff = true};
