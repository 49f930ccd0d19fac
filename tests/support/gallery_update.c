/* A new version of Perron: offered, refused, on its way; and how the last one ended. */
#include <stdio.h>

#include "app/ui/words.h"
#include "app/update_state.h"
#include "tests/support/gallery_i.h"

static void tell(struct stage *stage, const struct told *told)
{
    struct ask ask;
    stage_told(stage, told, GALLERY_NOW_MS, &ask);
}

static void open_page(struct stage *stage, const struct gallery_shot *shot, struct told *told)
{
    told->ask = ASK_UPDATE;
    told->how = TOLD_YES;
    told->count = told->total = 2;
    snprintf(told->text, sizeof told->text, "0.10.11");
    gallery_health(stage, shot);
    gallery_press(stage, shot, "update");
    tell(stage, told);
}

static void offer(struct told *told, enum update_why why, const struct gallery_shot *shot)
{
    struct row *row = &told->rows[0];
    snprintf(row->title, sizeof row->title, "0.10.12");
    snprintf(row->line, sizeof row->line, "%s", words(shot->language, update_why_text(why)));
    row->number[0] = !why;
    row->mark = 1;
}

void gallery_update(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.rows = {{.mark = 0}}};
    offer(&told, UPDATE_WHY_NONE, shot);
    open_page(stage, shot, &told);
}

void gallery_update_again(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.rows = {{.mark = 0}}};
    char said[160];
    offer(&told, UPDATE_WHY_NONE, shot);
    words_format(said, sizeof said, words(shot->language, "%s was not kept: %s is back."),
                 "0.10.12", "0.10.11");
    snprintf(told.rows[1].line, sizeof told.rows[1].line, "%s %s", said,
             words(shot->language, update_why_text(UPDATE_WHY_STARTS)));
    told.rows[1].mark = 1;
    open_page(stage, shot, &told);
}

void gallery_update_refused(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.rows = {{.mark = 0}}};
    offer(&told, UPDATE_WHY_NO_KEY, shot);
    open_page(stage, shot, &told);
}

void gallery_update_none(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.rows = {{.mark = 0}}};
    words_format(told.rows[1].line, sizeof told.rows[1].line,
                 words(shot->language, "%s is installed."), "0.10.11");
    open_page(stage, shot, &told);
}

void gallery_update_busy(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_update(stage, shot);
    gallery_press(stage, shot, "install");
}

void gallery_update_failed(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_INSTALL, .how = TOLD_NO};
    snprintf(told.why, sizeof told.why, "%s", update_why_text(UPDATE_WHY_NO_WAY_BACK));
    gallery_update_busy(stage, shot);
    tell(stage, &told);
}

void gallery_update_begun(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_INSTALL, .how = TOLD_YES};
    gallery_update_busy(stage, shot);
    tell(stage, &told);
}
