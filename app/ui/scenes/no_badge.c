/*
 * no-badge - in without a badge: by a code, or by a name and then the code. Nobody finds out who is
 * a member: a name shows no more than what was typed.
 */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static void draw(struct sheet *sheet, struct rect area)
{
    const struct widget_tile tiles[] = {
        {.name = "code",
         .title = sheet_say(sheet, "I know my code"),
         .line = sheet_say(sheet, "Six letters, from the day you joined"),
         .icon = ICON_KEY,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_code}},
        {.name = "name",
         .title = sheet_say(sheet, "By my name"),
         .line = sheet_say(sheet, "Then your code, or a host"),
         .icon = ICON_PERSON,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_name}},
        {.name = "call",
         .title = sheet_say(sheet, "Call someone"),
         .line = sheet_say(sheet, "They will note that you are here"),
         .icon = ICON_PEOPLE,
         .has_icon = true,
         .act = {.kind = ACT_ASK, .value = ASK_CALL}},
    };
    const char *title =
        sheet_say(sheet, sheet->model->page->is_link ? WORDS_MARK("Whose badge is it?")
                                                     : WORDS_MARK("Without a badge"));
    struct rect body = scene_frame(sheet, area, title);
    scene_tiles(sheet, body, tiles, 3, layout_is_narrow(area) ? 1 : 3);
}

/* What was typed before is another person's. */
static void event(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_ENTER)
        return;
    page->choice = -1;
    typing_clear(&page->typing[PAGE_NAME]);
    typing_clear(&page->typing[PAGE_CODE]);
}

const struct scene scene_no_badge = {.name = "no-badge",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_BADGE,
                                     .draw = draw,
                                     .event = event,
                                     .idle_s = 30};
