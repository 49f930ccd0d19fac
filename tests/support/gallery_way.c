/* The steps of a first visit behind the name, each as somebody goes on with it another day. */
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
void gallery_go_on_with(struct stage *stage, const struct gallery_shot *shot, enum guide_step step)
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

struct told gallery_told_newcomer(enum ask_kind kind, int count)
{
    return (struct told){.ask = kind, .how = TOLD_YES, .person = NEWCOMER, .count = count};
}

/* --- wishes --- */

/* The group of that number, nothing chosen. */
static void wishes(struct stage *stage, const struct gallery_shot *shot, int group)
{
    gallery_go_on_with(stage, shot, GUIDE_WHY);
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
    struct told told = gallery_told_newcomer(ASK_CIRCLES, sizeof circles / sizeof circles[0]);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = circles[i].minutes;
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s", circles[i].said);
        snprintf(told.rows[i].line, sizeof told.rows[i].line, "%s", circles[i].kept);
    }
    gallery_go_on_with(stage, shot, GUIDE_CIRCLES);
    tell(stage, &told);
}

/* Each with another reason, the last with none. */
void gallery_missions(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = gallery_told_newcomer(ASK_MISSIONS, gallery_guide()->mission_count);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = i;
        told.rows[i].mark = i + 1 < told.count ? (i % 2 ? -1 - i : 1 + i) : 0;
        told.rows[i].number[1] = i % 3;
        told.rows[i].at_ms = GALLERY_WALL_MS + i * DAY_MS;
    }
    gallery_go_on_with(stage, shot, GUIDE_MISSIONS);
    tell(stage, &told);
}

void gallery_missions_none(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = gallery_told_newcomer(ASK_MISSIONS, 0);
    gallery_go_on_with(stage, shot, GUIDE_MISSIONS);
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
    gallery_read(stage, shot);
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
    gallery_go_on_with(stage, shot, GUIDE_CHARTER);
}

void gallery_charter_last(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_charter(stage, shot);
    gallery_read(stage, shot);
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
    gallery_go_on_with(stage, shot, GUIDE_NOTICE);
}

void gallery_notice_last(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_notice(stage, shot);
    gallery_read(stage, shot);
}

/* --- what others see --- */

void gallery_present(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_go_on_with(stage, shot, GUIDE_PRESENT);
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
    struct told told = gallery_told_newcomer(ASK_WAY, 0);
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
    struct told told = gallery_told_newcomer(ASK_CONSENT, 0);
    told.how = TOLD_NO;
    agreed(stage, shot, 0);
    tell(stage, &told);
}
