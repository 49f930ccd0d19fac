/* Staff's calendar, proposals and numbers; what somebody intends. */
#include <stdio.h>

#include "app/domain/occasion.h"
#include "app/domain/sign_up.h"
#include "tests/support/gallery_i.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

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

/* Rows with long and short words, a day apart. */
static struct told told_of(enum ask_kind kind, int count, const char *const *titles,
                           int title_count)
{
    struct told told = {.ask = kind, .how = TOLD_YES, .count = count, .total = count};
    for (int i = 0; i < count; i++) {
        struct row *row = &told.rows[i];
        *row = (struct row){.id = {1, 60 + i},
                            .at_ms = GALLERY_WALL_MS + i * DAY_MS,
                            .to_ms = GALLERY_WALL_MS + i * DAY_MS + 3 * HOUR_MS};
        snprintf(row->title, sizeof row->title, "%s", titles[i % title_count]);
    }
    told.until_ms = GALLERY_WALL_MS;
    return told;
}

static const char *const people[] = {"Zoé Dubois", "Jean-Baptiste Van den Broeck",
                                     "Konstantinos Alexandros Papadopoulos", "Noor El Amrani"};
static const char *const occasions[] = {"Caisse du samedi, avec l’équipe du soir", "Apéro",
                                        "Assemblée générale extraordinaire", "Paniers"};

/* --- the calendar --- */

static void open_as(struct stage *stage, const struct gallery_shot *shot, const struct scene *scene,
                    const struct told *told)
{
    gallery_staff(stage, shot);
    show(stage, scene);
    tell(stage, told);
}

void gallery_calendar(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_CALENDAR, 11, occasions, 4);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = i;
        told.rows[i].number[1] = i % 3 ? i + 2 : 0;
        told.rows[i].mark = i % 4;
    }
    open_as(stage, shot, &scene_calendar, &told);
}

static void plan_shifts(struct stage *stage, int needs)
{
    static const char *const missions[] = {"Caisse", "Préparation des paniers de légumes"};
    struct told told = told_of(ASK_PLANNED, 3, missions, 2);
    told.total = needs;
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = i + 1;
        told.rows[i].number[1] = i;
        told.rows[i].mark = i % 2 ? 4 : 0;
    }
    tell(stage, &told);
}

void gallery_planned(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_calendar(stage, shot);
    gallery_press(stage, shot, "planned-1");
    plan_shifts(stage, 0);
}

void gallery_planned_needs(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_calendar(stage, shot);
    gallery_press(stage, shot, "planned-1");
    plan_shifts(stage, 12);
}

void gallery_planned_vanished(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_calendar(stage, shot);
    gallery_press(stage, shot, "planned-3");
    plan_shifts(stage, 0);
}

void gallery_planned_baskets(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const missions[] = {"", "Préparation des paniers de légumes"};
    struct told told = told_of(ASK_PLANNED, 2, missions, 2);
    told.rows[0].number[1] = 3;
    told.rows[0].mark = 12;
    told.rows[1].number[0] = 1;
    gallery_calendar(stage, shot);
    gallery_press(stage, shot, "planned-4");
    tell(stage, &told);
}

void gallery_left_over(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const sizes[] = {"grand", "2 x half",
                                        "petit, sans champignons et sans noix"};
    struct told told = told_of(ASK_LEFT, 7, people, 4);
    for (int i = 0; i < told.count; i++)
        snprintf(told.rows[i].line, sizeof told.rows[i].line, "%s", sizes[i % 3]);
    gallery_planned_baskets(stage, shot);
    gallery_press(stage, shot, "baskets");
    tell(stage, &told);
}

void gallery_call_off_sure(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_planned(stage, shot);
    gallery_press(stage, shot, "call-off");
}

void gallery_promised(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_PROMISES, SIGN_UP_OUTCOMES + 1, people, 4);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].mark = i % SIGN_UP_OUTCOMES;
        told.rows[i].number[0] = i * 7 - 12;
        told.rows[i].number[1] = i == 0;
    }
    gallery_planned(stage, shot);
    gallery_press(stage, shot, "shift-1");
    tell(stage, &told);
}

void gallery_plan(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_calendar(stage, shot);
    gallery_press(stage, shot, "new");
    gallery_press(stage, shot, "kind");
    gallery_press(stage, shot, "basket-pick-up"); /* the longest of the kinds */
}

void gallery_plan_kind(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_plan(stage, shot);
    gallery_press(stage, shot, "kind");
}

void gallery_plan_title(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_plan(stage, shot);
    gallery_press(stage, shot, "title");
}

/* --- proposals --- */

void gallery_proposals(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_PROPOSALS, 7, people, 4);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].was_at_ms = told.rows[i].at_ms + HOUR_MS;
        told.rows[i].was_to_ms = i % 2 ? 0 : told.rows[i].to_ms;
    }
    snprintf(told.rows[0].line, sizeof told.rows[0].line, "%s",
             "J’ai aidé à ranger jusqu’au bout, et puis j’ai oublié de passer mon badge");
    open_as(stage, shot, &scene_proposals, &told);
}

void gallery_proposal(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_proposals(stage, shot);
    gallery_press(stage, shot, "proposal-1");
}

void gallery_proposal_no(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_proposal(stage, shot);
    gallery_press(stage, shot, "refuse");
}

void gallery_proposal_words(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_proposal_no(stage, shot);
    gallery_press(stage, shot, "reason-5");
}

void gallery_staff_waiting(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = told_of(ASK_PROPOSALS, 7, people, 4);
    open_as(stage, shot, &scene_staff, &told);
}

/* --- numbers --- */

void gallery_balances(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_BALANCES, 9, people, 4);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].mark = i % 2;
        told.rows[i].number[0] = i % 2 ? 100 * 3600 : 1800;
        told.rows[i].number[1] = i % 2 ? 40 * 3600 : 4 * 3600;
    }
    open_as(stage, shot, &scene_balances, &told);
}

void gallery_totals(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const nothing[] = {""};
    struct told told = told_of(ASK_TOTALS, ASK_TOTAL_COUNT, nothing, 1);
    for (int i = 0; i < told.count; i++)
        told.rows[i].number[0] = i < 2 ? 3600 * 1000 + 1200 : 1234;
    open_as(stage, shot, &scene_totals, &told);
    gallery_press(stage, shot, "earlier-month");
    tell(stage, &told);
}

/* --- newcomers --- */

void gallery_newcomers(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const names[] = {"Nadège D.", "Marie-Emmanuelle C.", "Li W."};
    static const int stopped[] = {GUIDE_CHARTER, GUIDE_MISSIONS, GUIDE_WAY_STEPS, GUIDE_WHO,
                                  GUIDE_PRESENT};
    struct told told = told_of(ASK_NEWCOMERS, sizeof stopped / sizeof stopped[0], names,
                               sizeof names / sizeof *names);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = stopped[i];
        told.rows[i].to_ms = i == 3 ? 0 : GALLERY_WALL_MS - i * DAY_MS;
        told.rows[i].mark = i == 1;
        snprintf(told.rows[i].line, sizeof told.rows[i].line, "%s", i % 2 ? "" : "Konstantinos P.");
    }
    open_as(stage, shot, &scene_newcomers, &told);
}

void gallery_newcomers_none(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const nothing[] = {""};
    const struct told told = told_of(ASK_NEWCOMERS, 0, nothing, 1);
    open_as(stage, shot, &scene_newcomers, &told);
}

/* --- what somebody intends --- */

static void open_circles(struct stage *stage, const struct scene *scene, int64_t rests_ms)
{
    static const char *const names[] = {"De temps en temps", "Coup de main régulier",
                                        "Pilier de la coopérative", "Groupe porteur"};
    struct told told = told_of(ASK_CIRCLES, 4, names, 4);
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = i * 240;
        told.rows[i].mark = i == 1;
    }
    told.until_ms = rests_ms;
    told.total = rests_ms != 0;
    snprintf(told.text, sizeof told.text, "Marie-Emmanuelle");
    show(stage, scene);
    tell(stage, &told);
}

void gallery_circles(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_mine(stage, shot);
    open_circles(stage, &scene_circles, 0);
}

void gallery_rest(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_mine(stage, shot);
    open_circles(stage, &scene_rest, 0);
}

void gallery_rest_back(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_mine(stage, shot);
    open_circles(stage, &scene_rest, GALLERY_WALL_MS + 40 * DAY_MS);
}
