/* clock - a Raspberry Pi without a network wakes up in the past: staff say what time it is. */
#include <stdio.h>
#include <time.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60
#define FIELDS 5
#define SET (2 * FIELDS)

enum { DAY, MONTH, YEAR, HOUR, MINUTE };

/* The same day of the next month may be one too late: mktime puts it right. */
static int64_t wall_of(const struct page *page)
{
    struct tm local = {.tm_mday = page->numbers[DAY],
                       .tm_mon = page->numbers[MONTH] - 1,
                       .tm_year = page->numbers[YEAR] - 1900,
                       .tm_hour = page->numbers[HOUR],
                       .tm_min = page->numbers[MINUTE],
                       .tm_isdst = -1};
    return (int64_t)mktime(&local) * 1000;
}

static void take_wall(struct page *page, int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm local = {0};
    localtime_r(&seconds, &local);
    page->numbers[DAY] = local.tm_mday;
    page->numbers[MONTH] = local.tm_mon + 1;
    page->numbers[YEAR] = local.tm_year + 1900;
    page->numbers[HOUR] = local.tm_hour;
    page->numbers[MINUTE] = local.tm_min;
}

static void draw(struct sheet *sheet, struct rect area)
{
    static const char *const names[FIELDS] = {"day", "month", "year", "hour", "minute"};
    const char *const labels[FIELDS] = {sheet_say(sheet, "Day"), sheet_say(sheet, "Month"),
                                        sheet_say(sheet, "Year"), sheet_say(sheet, "Hour"),
                                        sheet_say(sheet, "Minute")};
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    int columns = layout_is_narrow(area) ? 1 : 2, rows = columns == 1 ? 6 : 3;
    for (int i = 0; i < FIELDS; i++) {
        char value[16];
        snprintf(value, sizeof value, "%02d", page->numbers[i]);
        widget_stepper(sheet, layout_cell(body, columns, rows, LAYOUT_GAP, i),
                       &(struct widget_stepper){.name = names[i],
                                                .label = labels[i],
                                                .value = value,
                                                .choice = 2 * i,
                                                .cap_mm = columns == 1 ? 5.2 : 4.2});
    }
    struct rect foot = layout_cell(body, columns, rows, LAYOUT_GAP, FIELDS);
    if (!scene_problem(sheet, foot))
        widget_button(sheet, foot,
                      &(struct widget_button){.name = "set",
                                              .label = sheet_say(sheet, "Set the clock"),
                                              .act = {.kind = ACT_CHOOSE, .value = SET},
                                              .style = WIDGET_FILLED});
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) { /* what time it thinks it is */
        page_ask(page, ASK_CLOCK);
    } else if (event->kind == PAGE_TOLD && page->told.how == TOLD_YES) {
        take_wall(page, page->told.until_ms);
        if (page->choice == SET)
            page->problem = WORDS_MARK("The clock is set.");
        page->choice = -1;
    } else if (event->kind == PAGE_CHOOSE && event->value == SET) {
        page->choice = SET;
        page_ask(page, ASK_CLOCK)->at_ms = wall_of(page);
    } else if (event->kind == PAGE_CHOOSE) {
        page->numbers[event->value / 2] += event->value % 2 ? 1 : -1;
        take_wall(page, wall_of(page));
    }
}

const struct scene scene_clock = {.name = "clock",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_CLOCK,
                                  .title = WORDS_MARK("Date and time"),
                                  .draw = draw,
                                  .event = event,
                                  .back = &scene_staff,
                                  .idle_s = STAFF_IDLE_S,
                                  .is_staff = true};
