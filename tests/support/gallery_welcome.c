/* A first visit until somebody has a name; and what the room and others see of it. */
#include <stdio.h>

#include "app/guides.h"
#include "firmware/base/hash.h"
#include "tests/support/build.h"
#include "tests/support/gallery_i.h"

#define CODE "BCDFGH"
#define DAY_MS INT64_C(86400000)
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

/* Names that no house's own content has, as long as they may be. */
static void add_links(struct guide *guide)
{
    static const struct guide_link links[] = {
        {"group",
         {"Notre groupe de discussion, pour tout le monde", "Onze groepschat, voor iedereen",
          "Our group chat, for everybody"},
         "https://example.org/group/4d5f"},
        {"calendar", {"L’agenda", "De kalender", "The calendar"}, "https://example.org/calendar"},
        {"statutes",
         {"Statuts de la coopérative", "Statuten van de coöperatie", "Statutes"},
         "https://example.org/about/statutes-of-the-co-operative"}};
    guide->link_count = sizeof links / sizeof links[0];
    for (int i = 0; i < guide->link_count; i++)
        guide->links[i] = links[i];
}

/* What comes along, read once; and what it has no example of. */
const struct guide *gallery_guide(void)
{
    static struct guide *guide;
    static struct problems problems;
    char folder[512];
    if (guide)
        return guide;
    gallery_expect(!hash_init(), "there are no hashes");
    snprintf(folder, sizeof folder, "%s/venue/" GUIDES_FOLDER, build_folder());
    gallery_expect(!guides_read(folder, folder, NULL, &guide, &problems),
                   "there is no content to welcome with: make venue");
    snprintf(guide->missions[0].referent, sizeof guide->missions[0].referent, "Konstantinos");
    add_links(guide);
    return guide;
}

/* --- where it begins --- */

void gallery_first_visit(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_WELCOME, .how = TOLD_YES};
    (void)shot;
    stage_set_guide(stage, gallery_guide());
    show(stage, &scene_first_visit);
    tell(stage, &told);
}

void gallery_help_me(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_first_visit(stage, shot);
    show(stage, &scene_help_me);
}

void gallery_help_me_called(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_WELCOME, .how = TOLD_YES};
    gallery_help_me(stage, shot);
    gallery_press(stage, shot, "together");
    tell(stage, &told);
}

void gallery_several(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_first_visit(stage, shot);
    show(stage, &scene_several);
    gallery_press(stage, shot, "people-more");
}

/* The whole house at once, `made` of them with a code. */
static void make_codes(struct stage *stage, const struct gallery_shot *shot, int made)
{
    static const char *const codes[] = {"BCDFGH", "MWZXDG", "JKVZXT", "WMWMWM", "PTKRSN",
                                        "LMNPQR", "ZZXXVV", "BBCCDD", "GGMMWW", "HHJJKK"};
    struct told told = {.ask = ASK_BEGIN, .how = TOLD_YES};
    gallery_several(stage, shot);
    for (int i = 3; i < 10; i++)
        gallery_press(stage, shot, "people-more");
    gallery_press(stage, shot, "codes");
    for (int i = 0; i < made; i++) {
        snprintf(told.text, sizeof told.text, "%s", codes[i]);
        tell(stage, &told);
    }
}

void gallery_codes_half(struct stage *stage, const struct gallery_shot *shot)
{
    make_codes(stage, shot, 4);
}

void gallery_codes(struct stage *stage, const struct gallery_shot *shot)
{
    make_codes(stage, shot, 10);
}

void gallery_resume(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_first_visit(stage, shot);
    show(stage, &scene_resume);
}

void gallery_resume_wrong(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_RESUME, .how = TOLD_NO};
    gallery_resume(stage, shot);
    gallery_type(stage, shot, CODE);
    tell(stage, &told);
}

void gallery_resume_locked(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {
        .ask = ASK_RESUME, .how = TOLD_LOCKED, .until_ms = GALLERY_NOW_MS + 60000};
    gallery_resume(stage, shot);
    gallery_type(stage, shot, CODE);
    tell(stage, &told);
}

/* --- what the house is, and who comes --- */

void gallery_hello(struct stage *stage, const struct gallery_shot *shot)
{
    char name[24];
    snprintf(name, sizeof name, "in-%s", language_code(shot->language));
    gallery_first_visit(stage, shot);
    gallery_press(stage, shot, name);
}

void gallery_hello_last(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_hello(stage, shot);
    gallery_read(stage, shot);
}

void gallery_who(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_hello(stage, shot);
    gallery_press(stage, shot, "skip");
}

void gallery_who_typed(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_who(stage, shot);
    gallery_type(stage, shot, shot->name->first);
}

void gallery_who_nameless(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_who(stage, shot);
    gallery_type(stage, shot, "\n");
}

void gallery_who_code(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_BEGIN,
                        .how = TOLD_YES,
                        .person = NEWCOMER,
                        .text = CODE,
                        .newcomer.has_begun = true};
    snprintf(told.name, sizeof told.name, "%s", shot->name->first);
    gallery_who_typed(stage, shot);
    gallery_type(stage, shot, "\n");
    tell(stage, &told);
}

void gallery_who_last(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_who_code(stage, shot);
    gallery_press(stage, shot, "go-on");
}

void gallery_who_reach(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_who_last(stage, shot);
    gallery_type(stage, shot, "\n");
}

/* --- somebody goes away, somebody else taps --- */

void gallery_way_warned(struct stage *stage, const struct gallery_shot *shot)
{
    struct ask ask;
    gallery_who_code(stage, shot);
    stage_show(stage, &scene_who_last, GALLERY_NOW_MS - 95000, &ask);
}

void gallery_way_under_a_strip(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_hello(stage, shot);
    gallery_strip(stage, shot);
}

void gallery_resting_newcomer(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_set_newcomer(stage, GALLERY_NOW_MS + 60000);
}

void gallery_resting_newcomer_empty(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_resting_newcomer(stage, shot);
    stage_set_here(stage, 0);
}

/* --- on later visits --- */

static struct answer arrival(const struct gallery_shot *shot)
{
    struct answer answer = gallery_answer(shot, ANSWER_ARRIVAL, 1);
    answer.shown_ms = 20000;
    return answer;
}

void gallery_greeting_left(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = arrival(shot);
    answer.steps_left = 4;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_greeting_deepening(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = arrival(shot);
    answer.deepening_ms = GALLERY_WALL_MS + 9 * DAY_MS;
    snprintf(answer.deepening, sizeof answer.deepening, "Atelier d’approfondissement");
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_greeting_away(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = arrival(shot);
    answer.away = (struct answer_away){.last_ms = GALLERY_WALL_MS - 25 * DAY_MS, .count = 2};
    snprintf(answer.away.name, sizeof answer.away.name, "Marie-Emmanuelle C.");
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}
