/* The steps of a first visit behind the name, each from where somebody goes on another day. */
#include <stdio.h>

#include "app/domain/consent.h"
#include "tests/support/gallery_i.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)
#define NEWCOMER ((struct fact_id){1, 3})

static void show(struct stage *stage, const struct scene *scene)
{
    struct ask ask;
    stage_show(stage, scene, GALLERY_NOW_MS, &ask);
}

static void tell(struct stage *stage, const struct told *told)
{
    struct ask ask;
    stage_told(stage, told, GALLERY_NOW_MS, &ask);
}

/* Somebody comes back, and has done all but this. */
static void go_on_with(struct stage *stage, const struct gallery_shot *shot, enum guide_step step)
{
    struct told told = {.ask = ASK_RESUME,
                        .how = TOLD_YES,
                        .person = NEWCOMER,
                        .newcomer = {.has_begun = true},
                        .day_ms = GALLERY_WALL_MS - 8 * HOUR_MS};
    for (int i = 0; i < GUIDE_STEP_COUNT; i++)
        told.newcomer.steps[i] = i == (int)step ? NEWCOMER_NOT_YET : NEWCOMER_DONE;
    snprintf(told.name, sizeof told.name, "%s", shot->name->first);
    gallery_resume(stage, shot);
    tell(stage, &told);
}

static struct told told_of(enum ask_kind kind, int count)
{
    return (struct told){.ask = kind, .how = TOLD_YES, .person = NEWCOMER, .count = count};
}

/* --- wishes --- */

/* The group of that number, nothing chosen. */
static void wishes(struct stage *stage, const struct gallery_shot *shot, int group)
{
    go_on_with(stage, shot, GUIDE_WHY);
    for (int i = 0; i < group; i++)
        gallery_press(stage, shot, "go-on");
}

void gallery_brings(struct stage *stage, const struct gallery_shot *shot)
{
    wishes(stage, shot, GUIDE_BRINGS);
    gallery_press(stage, shot, "people");
}

void gallery_likes(struct stage *stage, const struct gallery_shot *shot)
{
    wishes(stage, shot, GUIDE_LIKES);
}

void gallery_likes_chosen(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_likes(stage, shot);
    gallery_press(stage, shot, "welcome");
    if (!shot->mode.is_large) /* then it stands further below */
        gallery_press(stage, shot, "cook");
}

void gallery_avoids(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_likes_chosen(stage, shot);
    gallery_press(stage, shot, "go-on");
}

void gallery_skills(struct stage *stage, const struct gallery_shot *shot)
{
    wishes(stage, shot, GUIDE_SKILLS);
    gallery_press(stage, shot, "languages");
}

void gallery_needs(struct stage *stage, const struct gallery_shot *shot)
{
    wishes(stage, shot, GUIDE_NEEDS);
    gallery_press(stage, shot, "short");
}

/* --- how much, and what --- */

void gallery_levels(struct stage *stage, const struct gallery_shot *shot)
{
    static const struct {
        const char *said, *kept;
        int minutes;
    } circles[] = {{"sympathisant·e", "friend", 0},
                   {"coup de main", "helper", 120},
                   {"membre", "member", 180},
                   {"groupe de travail", "working group", 480},
                   {"ambassade", "ambassador", 720}};
    struct told told = told_of(ASK_CIRCLES, sizeof circles / sizeof circles[0]);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = circles[i].minutes;
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s", circles[i].said);
        snprintf(told.rows[i].line, sizeof told.rows[i].line, "%s", circles[i].kept);
    }
    go_on_with(stage, shot, GUIDE_CIRCLES);
    tell(stage, &told);
}

/* Each with another reason, the last with none. */
void gallery_missions(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_MISSIONS, gallery_guide()->mission_count);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = i;
        told.rows[i].mark = i + 1 < told.count ? (i % 2 ? -1 - i : 1 + i) : 0;
        told.rows[i].number[1] = i % 3;
        told.rows[i].at_ms = GALLERY_WALL_MS + i * DAY_MS;
    }
    go_on_with(stage, shot, GUIDE_MISSIONS);
    tell(stage, &told);
}

void gallery_missions_none(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = told_of(ASK_MISSIONS, 0);
    go_on_with(stage, shot, GUIDE_MISSIONS);
    tell(stage, &told);
}

void gallery_role(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_missions(stage, shot);
    gallery_press(stage, shot, "door");
}

void gallery_role_last(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_role(stage, shot);
    gallery_press(stage, shot, "turn");
    gallery_press(stage, shot, "turn");
}

void gallery_missions_chosen(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_role(stage, shot);
    const struct told told = stage_page(stage)->told;
    gallery_press(stage, shot, "for-me");
    tell(stage, &told);
}

/* --- what is accepted --- */

void gallery_charter(struct stage *stage, const struct gallery_shot *shot)
{
    go_on_with(stage, shot, GUIDE_CHARTER);
}

void gallery_charter_last(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_charter(stage, shot);
    gallery_press(stage, shot, "turn");
}

void gallery_charter_sign(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_charter_last(stage, shot);
    gallery_press(stage, shot, "sign");
}

void gallery_charter_signed(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_charter_sign(stage, shot);
    gallery_sign(stage, shot);
}

void gallery_notice(struct stage *stage, const struct gallery_shot *shot)
{
    go_on_with(stage, shot, GUIDE_NOTICE);
}

void gallery_notice_last(struct stage *stage, const struct gallery_shot *shot)
{
    int count = guide_find(gallery_guide(), GUIDE_NOTICE)->texts[shot->language].count;
    gallery_notice(stage, shot);
    for (int i = 1; i < count; i++)
        gallery_press(stage, shot, "turn");
}

/* --- what others see --- */

void gallery_present(struct stage *stage, const struct gallery_shot *shot)
{
    go_on_with(stage, shot, GUIDE_PRESENT);
}

void gallery_present_typed(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_present(stage, shot);
    gallery_type(stage, shot, "Je viens d’arriver dans le quartier et j’aime les plantes");
}

void gallery_shown(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_present_typed(stage, shot);
    gallery_type(stage, shot, "\n");
    gallery_press(stage, shot, "show-name");
}

/* Who wrote no sentence. */
void gallery_shown_three(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_present(stage, shot);
    gallery_type(stage, shot, "\n");
}

static void agreed(struct stage *stage, const struct gallery_shot *shot, uint32_t consents)
{
    struct told told = told_of(ASK_WAY, 0);
    told.consents = consents;
    gallery_mine(stage, shot);
    show(stage, &scene_agreed);
    tell(stage, &told);
}

void gallery_agreed(struct stage *stage, const struct gallery_shot *shot)
{
    agreed(stage, shot, 1u << CONSENT_NAME | 1u << CONSENT_BUDDY);
}

void gallery_agreed_refused(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_CONSENT, 0);
    told.how = TOLD_NO;
    agreed(stage, shot, 0);
    tell(stage, &told);
}

/* --- a buddy --- */

static struct told told_buddies(const struct gallery_shot *shot, int count)
{
    static const char *const names[] = {"Noor E.", "Konstantinos P.", "Omar B.", "Ada L.",
                                        "Zoé D.",  "Siobhán O.",      "Li W.",   "Marie-Louise V."};
    struct told told = told_of(ASK_BUDDIES, count);
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
    go_on_with(stage, shot, GUIDE_BUDDY);
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
    const struct told told = told_of(ASK_BUDDY, 0);
    gallery_buddies(stage, shot);
    gallery_press(stage, shot, "buddy-1");
    tell(stage, &told);
}

void gallery_buddy_here(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told claimed = {.how = TOLD_CLAIMED, .person = {1, 20}};
    const struct told told = told_of(ASK_BUDDY, 0);
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
    struct told told = told_of(ASK_NEXT, count);
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
    go_on_with(stage, shot, GUIDE_BADGE);
}

static void tap_blank(struct stage *stage, const struct gallery_shot *shot, enum told_how how)
{
    const struct told claimed = {.how = TOLD_CLAIMED};
    struct told told = told_of(ASK_BLANK, 0);
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
    go_on_with(stage, shot, GUIDE_NEXT);
    tell(stage, &told);
}

void gallery_next_none(struct stage *stage, const struct gallery_shot *shot)
{
    static struct guide bare;
    const struct told told = told_next(0);
    bare = *gallery_guide();
    bare.link_count = 0;
    go_on_with(stage, shot, GUIDE_NEXT);
    stage_set_guide(stage, &bare);
    tell(stage, &told);
}

void gallery_link(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = told_next(0);
    go_on_with(stage, shot, GUIDE_NEXT);
    tell(stage, &told);
    gallery_press(stage, shot, "group");
}
