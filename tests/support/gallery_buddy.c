/* The end of a first visit: a buddy, a badge, and what comes next. */
#include <stdio.h>

#include "tests/support/gallery_i.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

static void tell(struct stage *stage, const struct told *told)
{
    struct ask ask;
    stage_told(stage, told, GALLERY_NOW_MS, &ask);
}

/* --- a buddy --- */

static struct told told_buddies(const struct gallery_shot *shot, int count)
{
    static const char *const names[] = {"Noor E.", "Konstantinos P.", "Omar B.", "Ada L.",
                                        "Zoé D.",  "Siobhán O.",      "Li W.",   "Marie-Louise V."};
    struct told told = gallery_told_newcomer(ASK_BUDDIES, count);
    for (int i = 0; i < count; i++) {
        told.rows[i].id = (struct fact_id){1, 20 + i};
        told.rows[i].mark = i < 3;
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s",
                 i ? names[i % 8] : shot->name->shown);
    }
    return told;
}

static void buddies(struct stage *stage, const struct gallery_shot *shot, int count)
{
    const struct told told = told_buddies(shot, count);
    gallery_go_on_with(stage, shot, GUIDE_BUDDY);
    tell(stage, &told);
}

void gallery_buddies_one(struct stage *stage, const struct gallery_shot *shot)
{
    buddies(stage, shot, 1);
}

void gallery_buddies(struct stage *stage, const struct gallery_shot *shot)
{
    buddies(stage, shot, 8);
}

void gallery_buddy_called(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = gallery_told_newcomer(ASK_BUDDY, 0);
    gallery_buddies(stage, shot);
    gallery_press(stage, shot, "buddy-1");
    tell(stage, &told);
}

void gallery_buddy_here(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told claimed = {.how = TOLD_CLAIMED, .person = {1, 20}};
    const struct told told = gallery_told_newcomer(ASK_BUDDY, 0);
    gallery_buddy_called(stage, shot);
    tell(stage, &claimed);
    tell(stage, &told);
}

/* What is to come, an info session first. */
static struct told told_next(int count)
{
    static const struct {
        const char *title;
        int days;
    } dates[] = {{"Séance d’info pour les nouveaux venus", 3},
                 {"Apéro", 1},
                 {"Assemblée générale de la coopérative", 12}};
    struct told told = gallery_told_newcomer(ASK_NEXT, count);
    for (int i = 0; i < count; i++) {
        told.rows[i].at_ms = GALLERY_WALL_MS + dates[i].days * DAY_MS;
        told.rows[i].to_ms = told.rows[i].at_ms + 2 * HOUR_MS;
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s", dates[i].title);
    }
    return told;
}

static void named(struct stage *stage, const struct gallery_shot *shot, const char *referent,
                  int count)
{
    struct told told = told_next(count);
    snprintf(told.text, sizeof told.text, "%s", referent);
    buddies(stage, shot, 0);
    tell(stage, &told);
}

void gallery_buddy_named(struct stage *stage, const struct gallery_shot *shot)
{
    named(stage, shot, shot->name->first, 1);
}

void gallery_buddy_nobody(struct stage *stage, const struct gallery_shot *shot)
{
    named(stage, shot, "", 0);
}

/* --- a badge, and what comes --- */

void gallery_blank(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_go_on_with(stage, shot, GUIDE_BADGE);
}

static void tap_blank(struct stage *stage, const struct gallery_shot *shot, enum told_how how)
{
    const struct told claimed = {.how = TOLD_CLAIMED};
    struct told told = gallery_told_newcomer(ASK_BLANK, 0);
    told.how = how;
    if (how != TOLD_YES)
        snprintf(told.why, sizeof told.why,
                 "A phone changes its number at every tap: take a card or a tag.");
    gallery_blank(stage, shot);
    tell(stage, &claimed);
    tell(stage, &told);
}

void gallery_blank_again(struct stage *stage, const struct gallery_shot *shot)
{
    tap_blank(stage, shot, TOLD_YES);
}

void gallery_blank_refused(struct stage *stage, const struct gallery_shot *shot)
{
    tap_blank(stage, shot, TOLD_NO);
}

void gallery_next(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = told_next(3);
    gallery_go_on_with(stage, shot, GUIDE_NEXT);
    tell(stage, &told);
}

void gallery_next_none(struct stage *stage, const struct gallery_shot *shot)
{
    static struct guide bare;
    const struct told told = told_next(0);
    bare = *gallery_guide();
    bare.link_count = 0;
    gallery_go_on_with(stage, shot, GUIDE_NEXT);
    stage_set_guide(stage, &bare);
    tell(stage, &told);
}

void gallery_link(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = told_next(0);
    gallery_go_on_with(stage, shot, GUIDE_NEXT);
    tell(stage, &told);
    gallery_press(stage, shot, "group");
}
