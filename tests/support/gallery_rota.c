#include <stdio.h>
#include <string.h>

#include "app/domain/presence.h"
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

/* The badge of whom the picture is about, where a page wants one. */
static void claim(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.how = TOLD_CLAIMED, .person = {1, 3}};
    snprintf(told.name, sizeof told.name, "%s", shot->name->first);
    tell(stage, &told);
}

static struct told told_shifts(enum ask_kind kind)
{
    static const struct {
        const char *title;
        int days, from_h, length_h, needed, is_full;
    } shifts[] = {
        {"Caisse du samedi, avec l’équipe du soir", 0, 2, 3, 2, 0},
        {"Till", 1, 3, 2, 1, 0},
        {"Serre : récolte des potimarrons", 4, 0, 4, 12, 0},
        {"Fruit and vegetables", 6, 1, 3, 0, 1},
        {"Kennismaking met de coöperatie", 9, 5, 2, 0, 0},
        {"Comptage", 12, 2, 3, 0, 1},
        {"Nettoyage", 13, 2, 3, 0, 0},
    };
    struct told told = {.ask = kind, .how = TOLD_YES, .count = sizeof shifts / sizeof shifts[0]};
    for (int i = 0; i < told.count; i++) {
        struct row *row = &told.rows[i];
        row->id = (struct fact_id){1, 40 + i};
        row->number[0] = 1;
        row->number[1] = shifts[i].needed;
        row->mark = shifts[i].is_full;
        row->at_ms = GALLERY_WALL_MS + shifts[i].days * DAY_MS + shifts[i].from_h * HOUR_MS;
        row->to_ms = row->at_ms + shifts[i].length_h * HOUR_MS;
        snprintf(row->title, sizeof row->title, "%s", shifts[i].title);
    }
    return told;
}

void gallery_shifts(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = told_shifts(ASK_SHIFTS);
    (void)shot;
    show(stage, &scene_shifts);
    tell(stage, &told);
}

void gallery_shifts_none(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_SHIFTS, .how = TOLD_YES};
    (void)shot;
    show(stage, &scene_shifts);
    tell(stage, &told);
}

void gallery_open_shift(struct stage *stage, const struct gallery_shot *shot)
{
    static const struct told told = {
        .ask = ASK_SHIFT,
        .how = TOLD_YES,
        .count = 5,
        .rows = {{.line = "Rue du Moulin à Papier 51, au fond de la cour"},
                 {.line = "Konstantinos P.", .number = {ASK_ABOUT_REFERENT}},
                 {.line = "la caisse", .number = {ASK_ABOUT_SKILL}},
                 {.line = "Le terminal de paiement se bloque quand le tiroir reste ouvert",
                  .number = {ASK_ABOUT_WORD}},
                 {.line = "Accueil", .number = {ASK_ABOUT_CIRCLE}}}};
    gallery_shifts(stage, shot);
    gallery_press(stage, shot, "shift-1");
    tell(stage, &told);
}

void gallery_shift_full(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_shifts(ASK_SHIFTS);
    told.rows[0].number[1] = 0;
    told.rows[0].mark = 1;
    show(stage, &scene_shifts);
    tell(stage, &told);
    gallery_press(stage, shot, "shift-1");
}

void gallery_sign_up(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_open_shift(stage, shot);
    gallery_press(stage, shot, "in");
}

void gallery_signed_up(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_SIGN_UP, .how = TOLD_YES, .person = {1, 3}, .count = 1};
    told.rows[0].id = (struct fact_id){1, 90};
    gallery_sign_up(stage, shot);
    claim(stage, shot);
    tell(stage, &told);
}

void gallery_sign_up_refused(struct stage *stage, const struct gallery_shot *shot)
{
    static const struct told told = {
        .ask = ASK_SIGN_UP,
        .how = TOLD_NO,
        .person = {1, 3},
        .why = "A first shift is with somebody who knows the work, and nobody like that is there "
               "yet. Choose another day."};
    gallery_sign_up(stage, shot);
    claim(stage, shot);
    tell(stage, &told);
}

/* --- its end --- */

void gallery_sign_off(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const others[] = {"Noor E.", "Konstantinos P.", "Omar B.", "Ada L."};
    struct told told = {
        .ask = ASK_SIGN_OFF, .how = TOLD_YES, .count = 5, .name = "Caisse du samedi"};
    snprintf(told.rows[0].title, sizeof told.rows[0].title, "%s", shot->name->shown);
    told.rows[0].mark = 1;
    for (int i = 1; i < told.count; i++) {
        told.rows[i].mark = i != 2;
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s", others[i - 1]);
    }
    show(stage, &scene_sign_off);
    tell(stage, &told);
}

void gallery_signed_off(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_SIGNED_OFF, .how = TOLD_YES};
    gallery_sign_off(stage, shot);
    gallery_press(stage, shot, "too-few");
    tell(stage, &told);
}

void gallery_sign_off_word(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_signed_off(stage, shot);
    gallery_press(stage, shot, "word");
}

/* --- a person's own page --- */

void gallery_my_badge(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_my_badge);
}

void gallery_mine(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_shifts(ASK_MINE);
    told.person = (struct fact_id){1, 3};
    told.count = 4;
    memmove(&told.rows[1], &told.rows[0], 3 * sizeof told.rows[0]);
    told.rows[0].number[0] = 45240;
    told.rows[1].mark = 1;
    gallery_my_badge(stage, shot);
    claim(stage, shot);
    tell(stage, &told);
}

void gallery_my_shift(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_mine(stage, shot);
    gallery_press(stage, shot, "mine-1");
}

void gallery_my_reason(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_my_shift(stage, shot);
    gallery_press(stage, shot, "excuse");
}

void gallery_excused(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_EXCUSE, .how = TOLD_YES, .person = {1, 3}, .count = 1};
    gallery_my_reason(stage, shot);
    gallery_press(stage, shot, "key Done");
    tell(stage, &told);
}

void gallery_my_hours(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_MY_HOURS, .how = TOLD_YES, .person = {1, 3}, .count = 6};
    for (int i = 0; i < told.count; i++) {
        told.rows[i].at_ms = GALLERY_WALL_MS - 30 * i * DAY_MS;
        told.rows[i].number[0] = i == 3 ? 0 : 45240 - 4000 * i;
    }
    gallery_mine(stage, shot);
    gallery_press(stage, shot, "hours");
    tell(stage, &told);
}

void gallery_my_visits(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_MY_VISITS, .how = TOLD_YES, .person = {1, 3}, .count = 5};
    for (int i = 0; i < told.count; i++) {
        told.rows[i].at_ms = GALLERY_WALL_MS - (i + 1) * 5 * DAY_MS;
        told.rows[i].to_ms = told.rows[i].at_ms + (i + 2) * HOUR_MS;
    }
    told.rows[1].is_doubtful_to = true;
    told.rows[1].mark = 1 + PROPOSAL_WAITS;
    told.rows[2].mark = 1 + PROPOSAL_ACCEPTED;
    told.rows[3].mark = 1 + PROPOSAL_REFUSED;
    snprintf(told.rows[3].line, sizeof told.rows[3].line, "La porte était fermée à 20 h.");
    gallery_mine(stage, shot);
    gallery_press(stage, shot, "visits");
    tell(stage, &told);
}

void gallery_my_times(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_my_visits(stage, shot);
    gallery_press(stage, shot, "visit-1");
}

/* --- an assembly, and who votes for them --- */

static void my_assemblies(struct stage *stage, const struct gallery_shot *shot, bool is_given)
{
    struct told told = {.ask = ASK_MINE, .how = TOLD_YES, .person = {1, 3}, .count = 2};
    struct row *row = &told.rows[1];
    told.rows[0].number[0] = 45240;
    row->id = (struct fact_id){1, 70};
    row->at_ms = GALLERY_WALL_MS + 8 * DAY_MS;
    row->to_ms = row->at_ms + 3 * HOUR_MS;
    row->mark = is_given;
    snprintf(row->title, sizeof row->title, "Assemblée générale de la coopérative");
    snprintf(row->line, sizeof row->line, "%s", is_given ? shot->name->shown : "");
    gallery_my_badge(stage, shot);
    claim(stage, shot);
    tell(stage, &told);
}

void gallery_mine_given(struct stage *stage, const struct gallery_shot *shot)
{
    my_assemblies(stage, shot, true);
}

void gallery_my_assembly(struct stage *stage, const struct gallery_shot *shot)
{
    my_assemblies(stage, shot, false);
    gallery_press(stage, shot, "mine-1");
}

void gallery_my_assembly_given(struct stage *stage, const struct gallery_shot *shot)
{
    my_assemblies(stage, shot, true);
    gallery_press(stage, shot, "mine-1");
}

void gallery_proxy_name(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_my_assembly(stage, shot);
    gallery_press(stage, shot, "give");
}

void gallery_proxy_names(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_NAMES, .how = TOLD_YES, .count = 2};
    snprintf(told.rows[0].title, sizeof told.rows[0].title, "%s", shot->name->shown);
    snprintf(told.rows[1].title, sizeof told.rows[1].title, "Zoélie V.");
    gallery_proxy_name(stage, shot);
    gallery_press(stage, shot, "key Done");
    tell(stage, &told);
}

void gallery_proxy_refused(struct stage *stage, const struct gallery_shot *shot)
{
    static const struct told told = {
        .ask = ASK_PROXY,
        .how = TOLD_NO,
        .person = {1, 3},
        .why = "This person carries as many votes as the statutes allow. Choose somebody else."};
    gallery_proxy_names(stage, shot);
    gallery_press(stage, shot, "name-1");
    tell(stage, &told);
}

void gallery_proxy_given(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_PROXY, .how = TOLD_YES, .person = {1, 3}, .count = 1};
    told.rows[0].id = (struct fact_id){1, 91};
    gallery_proxy_names(stage, shot);
    gallery_press(stage, shot, "name-1");
    tell(stage, &told);
}
