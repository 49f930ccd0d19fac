/* occasion - what is on now, where staff know better than the calendar; until the day is over. */
#include <stdio.h>

#include "app/domain/occasion.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

static const char *const titles[OCCASION_COUNT] = {
    [OCCASION_OPEN_DAY] = WORDS_MARK("Open day"),     [OCCASION_SHIFT] = WORDS_MARK("Shifts"),
    [OCCASION_DRINKS] = WORDS_MARK("Drinks"),         [OCCASION_ASSEMBLY] = WORDS_MARK("Assembly"),
    [OCCASION_INFO] = WORDS_MARK("Info session"),     [OCCASION_AGORA] = WORDS_MARK("Agora"),
    [OCCASION_BASKET] = WORDS_MARK("Basket pick-up"), [OCCASION_WORKSHOP] = WORDS_MARK("Workshop"),
};

const char *scene_occasion_title(enum occasion_kind occasion)
{
    return titles[occasion];
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    int columns = layout_is_narrow(area) ? 2 : 3, rows = (OCCASION_COUNT + columns) / columns;
    for (int i = 0; i <= OCCASION_COUNT; i++) {
        bool is_calendar = i == OCCASION_COUNT;
        const char *name = is_calendar ? "" : occasion_kind_name((enum occasion_kind)i);
        widget_button(
            sheet,
            is_calendar && columns == 2 ? layout_row(body, rows, LAYOUT_GAP, rows - 1)
                                        : layout_cell(body, columns, rows, LAYOUT_GAP, i),
            &(struct widget_button){.name = is_calendar ? "calendar" : name,
                                    .label = is_calendar ? sheet_say(sheet, "As the calendar says")
                                                         : sheet_say(sheet, titles[i]),
                                    .act = {.kind = ACT_CHOOSE, .value = i},
                                    .style = WIDGET_QUIET,
                                    .cap_mm = 3.9,
                                    .is_chosen = page->choice == i});
    }
}

static void take_occasion(struct page *page)
{
    enum occasion_kind occasion = occasion_kind_from_name(page->told.text);
    if (page->told.ask == ASK_OCCASION && page->told.how == TOLD_YES)
        page->choice = (int)occasion; /* none of them: what the calendar says */
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_TOLD)
        take_occasion(page);
    else if (event->kind == PAGE_ENTER)
        snprintf(page_ask(page, ASK_OCCASION)->text, ASK_TEXT_BYTES, "?");
    else if (event->kind == PAGE_CHOOSE)
        snprintf(page_ask(page, ASK_OCCASION)->text, ASK_TEXT_BYTES, "%s",
                 event->value == OCCASION_COUNT
                     ? ""
                     : occasion_kind_name((enum occasion_kind)event->value));
}

const struct scene scene_occasion = {.name = "occasion",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_FLAG,
                                     .title = WORDS_MARK("What is on now"),
                                     .draw = draw,
                                     .event = event,
                                     .back = &scene_staff,
                                     .idle_s = STAFF_IDLE_S,
                                     .is_staff = true};
