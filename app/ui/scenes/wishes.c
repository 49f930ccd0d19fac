/* wishes - what brings somebody, what they like, can, would rather not do and need: as tiles. */
#include <stdio.h>

#include "app/ui/reading.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 90
#define LARGE_MM 24.0
#define TIGHT_MM 30.0 /* one size for all of them */

enum { SKIP = GUIDE_TILES_MAX, BACK, GO_ON };

static const char *const questions[GUIDE_WISH_COUNT] = {
    [GUIDE_BRINGS] = WORDS_MARK("What brings you?"),
    [GUIDE_LIKES] = WORDS_MARK("What do you like doing?"),
    [GUIDE_AVOIDS] = WORDS_MARK("And what would you rather not?"),
    [GUIDE_SKILLS] = WORDS_MARK("What can you do?"),
    [GUIDE_NEEDS] = WORDS_MARK("What do you need?"),
};

/* What somebody likes is not asked about once more. */
static bool is_offered(const struct page_way *way, int wish, int tile)
{
    return wish != GUIDE_AVOIDS || !(way->wishes[GUIDE_LIKES] >> tile & 1);
}

static int count_offered(const struct page_way *way, int wish)
{
    int count = 0;
    for (int i = 0; i < way->guide->tiles[wish].count; i++)
        count += is_offered(way, wish, i);
    return count;
}

static int next_wish(const struct page_way *way, int wish, int by)
{
    do
        wish += by;
    while (wish >= 0 && wish < GUIDE_WISH_COUNT && !count_offered(way, wish));
    return wish;
}

/* A touch more takes it away again. */
static void draw_tile(struct sheet *sheet, struct rect box, int index)
{
    const struct page_way *way = &sheet->model->page->way;
    int tile = -1;
    for (int i = 0; i < way->guide->tiles[way->screen].count; i++)
        if (is_offered(way, way->screen, i) && index-- == 0)
            tile = i;
    if (tile < 0)
        return;
    const struct guide_tile *said = &way->guide->tiles[way->screen].rows[tile];
    widget_button(sheet, box,
                  &(struct widget_button){.name = said->key,
                                          .label = said->names[sheet->model->language],
                                          .act = {.kind = ACT_CHOOSE, .value = tile},
                                          .style = WIDGET_OUTLINED,
                                          .is_chosen = way->wishes[way->screen] >> tile & 1,
                                          .cap_mm = box.w < TIGHT_MM ? 3.4 : 4});
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const struct page_way *way = &page->way;
    if (!way->guide || way->screen >= GUIDE_WISH_COUNT)
        return;
    bool is_large = sheet->model->mode.is_large;
    bool is_first = next_wish(way, way->screen, -1) < 0;
    struct rect body = welcome_frame(sheet, area, sheet_say(sheet, questions[way->screen]));
    const struct welcome_button foot[] = {
        {"skip", is_first ? welcome_skip(sheet, WORDS_MARK("Skip")) : sheet_say(sheet, "Page back"),
         is_first ? SKIP : BACK, WELCOME_WORDS},
        {"go-on", sheet_say(sheet, "Go on"), GO_ON, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 2);
    int count = count_offered(way, way->screen);
    for (int i = 0; !is_large && i < count; i++)
        draw_tile(sheet, reading_tile(body, count, i), i);
    if (is_large)
        widget_list(
            sheet, body,
            &(struct widget_list){
                .count = count, .first = page->first, .row_mm = LARGE_MM, .draw = draw_tile});
}

static void say(struct page *page, enum newcomer_how how)
{
    struct ask *ask = welcome_say(page, how);
    for (int wish = 0; ask && wish < GUIDE_WISH_COUNT; wish++)
        ask->bits[wish] = page->way.wishes[wish];
}

/* What was chosen another day is still chosen. */
static void recall(struct page_way *way)
{
    for (int wish = 0; wish < GUIDE_WISH_COUNT; wish++)
        if (!way->wishes[wish])
            way->wishes[wish] =
                guide_bits(way->guide, (enum guide_wish)wish, way->newcomer.wishes[wish]);
    way->screen = next_wish(way, -1, 1);
}

static void turn(struct page *page, int by)
{
    struct page_way *way = &page->way;
    int wish = next_wish(way, way->screen, by);
    way->screen = wish < 0 ? way->screen : wish;
    page->first = 0;
    if (way->screen >= GUIDE_WISH_COUNT) {
        way->screen = next_wish(way, GUIDE_WISH_COUNT, -1);
        say(page, NEWCOMER_DONE);
    }
}

static void event(struct page *page, const struct page_event *event)
{
    struct page_way *way = &page->way;
    if (!way->guide || welcome_hear(page, event))
        return;
    if (event->kind == PAGE_ENTER)
        recall(way);
    if (event->kind == PAGE_ENTER && way->screen >= GUIDE_WISH_COUNT)
        say(page, NEWCOMER_DONE); /* the house asks for nothing here */
    if (event->kind != PAGE_CHOOSE)
        return;
    if (event->value == SKIP)
        say(page, NEWCOMER_SKIPPED);
    else if (event->value == BACK || event->value == GO_ON)
        turn(page, event->value == BACK ? -1 : 1);
    else if (event->value < GUIDE_TILES_MAX && way->screen < GUIDE_WISH_COUNT)
        way->wishes[way->screen] ^= 1u << event->value;
}

const struct scene scene_wishes = {.name = "wishes",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_HEART,
                                   .title = WORDS_MARK("What brings you?"),
                                   .draw = draw,
                                   .event = event,
                                   .idle_s = IDLE_S,
                                   .back = &scene_before};
