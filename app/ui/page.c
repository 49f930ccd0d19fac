#include "app/ui/page.h"

#include <string.h>

static const struct {
    enum typing_kind kind;
    int limit;
} fields[PAGE_FIELDS] = {
    [PAGE_NAME] = {TYPING_NAME, 60},    [PAGE_CODE] = {TYPING_CODE, 6},
    [PAGE_PIN] = {TYPING_PIN, 8},       [PAGE_REASON] = {TYPING_TEXT, 100},
    [PAGE_WORDS] = {TYPING_TEXT, 200},  [PAGE_LAST_NAME] = {TYPING_NAME, 60},
    [PAGE_REACH] = {TYPING_EMAIL, 100}, [PAGE_LINE] = {TYPING_TEXT, 140},
};

void page_wipe(struct page *page)
{
    struct keyboard keyboard = page->keyboard;
    for (int i = 0; i < PAGE_FIELDS; i++)
        typing_clear(&page->typing[i]);
    const struct guide *guide = page->way.guide;
    *page = (struct page){.choice = -1,
                          .speaks = -1,
                          .keyboard = keyboard,
                          .way = {.guide = guide, .at = -1},
                          .load = page->load};
    for (int i = 0; i < PAGE_FIELDS; i++)
        typing_init(&page->typing[i], fields[i].kind, fields[i].limit, ASK_TEXT_BYTES);
}

bool page_is_own(const struct page *page)
{
    return !fact_id_is_none(page->owner) && fact_id_is_same(page->owner, page->person);
}

void page_go(struct page *page, const struct scene *scene)
{
    page->next = scene;
    page->is_leaving = true;
}

struct ask *page_ask(struct page *page, enum ask_kind kind)
{
    page->ask = (struct ask){
        .kind = kind, .person = page->person, .by = page->staff, .number = {page->choice, 0}};
    return &page->ask;
}

struct ask *page_ask_shift(struct page *page, enum ask_kind kind)
{
    struct ask *ask = page_ask(page, kind);
    ask->fact = page->row.id;
    ask->number[0] = page->row.number[0];
    return ask;
}

void page_type(struct page *page, enum page_field field)
{
    page->field = field;
    keyboard_init(&page->keyboard, &page->typing[field], page->keyboard.arrangement,
                  page->keyboard.language);
}

const char *page_text(const struct page *page, enum page_field field)
{
    return page->typing[field].text;
}

void page_count(struct page *page, int number, int by, int least, int most)
{
    int value = page->numbers[number] + by;
    page->numbers[number] = value < least ? least : value > most ? most : value;
}
