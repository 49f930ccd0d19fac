#include <stdio.h>
#include <string.h>

#include "app/ui/words.h"
#include "tests/support/gallery_i.h"

#define MINUTE_MS INT64_C(60000)
#define STAFF_NAME "Siobhán O’Neill"

static void show(struct stage *stage, const struct scene *scene)
{
    struct ask ask;
    stage_show(stage, scene, GALLERY_NOW_MS, &ask);
}

static void type(struct stage *stage, const char *text)
{
    struct ask ask;
    stage_type(stage, text, GALLERY_NOW_MS, &ask);
}

static void tell(struct stage *stage, const struct told *told)
{
    struct ask ask;
    stage_told(stage, told, GALLERY_NOW_MS, &ask);
}

/* What the station tells: people with long and short names, at times that differ. */
static struct told told_of(enum ask_kind kind, int count)
{
    static const char *const names[] = {
        "Zoé Dubois",       "Jean-Baptiste Van den Broeck", "Noor El Amrani", STAFF_NAME,
        "Omar Benchekroun", "Konstantinos Papadopoulos",    "Ada Lovelace"};
    static struct told told;
    told = (struct told){.ask = kind, .how = TOLD_YES, .count = count, .total = count};
    for (int i = 0; i < count; i++) {
        struct row *row = &told.rows[i];
        row->id = (struct fact_id){1, i + 1};
        row->at_ms = GALLERY_WALL_MS - i * 17 * MINUTE_MS;
        row->to_ms = GALLERY_WALL_MS - i * 3 * MINUTE_MS;
        snprintf(row->title, sizeof row->title, "%s", names[i % 7]);
    }
    return told;
}

/* --- visitors --- */

void gallery_help(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_help);
}

void gallery_comfort(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_comfort);
}

void gallery_no_badge(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_no_badge);
}

void gallery_name(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_name);
}

/* Keys are typed on what was drawn, as stage_type wants it. */
void gallery_type(struct stage *stage, const struct gallery_shot *shot, const char *text)
{
    gallery_draw(stage, &shot->screen);
    type(stage, text);
}

void gallery_name_typed(struct stage *stage, const struct gallery_shot *shot)
{
    show(stage, &scene_name);
    gallery_type(stage, shot, "Zoë D'Hondt-Müller");
}

void gallery_name_unknown(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_NAMES, .how = TOLD_NO};
    gallery_name_typed(stage, shot);
    tell(stage, &told);
}

void gallery_name_under_a_strip(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_strip(stage, shot);
    gallery_name_typed(stage, shot);
}

void gallery_four_names(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_NAMES, 4);
    snprintf(told.rows[0].title, sizeof told.rows[0].title, "%s", shot->name->shown);
    snprintf(told.rows[1].title, sizeof told.rows[1].title, "%s", "Zoé M.");
    snprintf(told.rows[2].title, sizeof told.rows[2].title, "%s", "Zoélie V.");
    snprintf(told.rows[3].title, sizeof told.rows[3].title, "%s", "Zoë W.");
    gallery_name_typed(stage, shot);
    tell(stage, &told);
}

void gallery_code(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_code);
}

void gallery_code_of_a_name(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_four_names(stage, shot);
    gallery_press(stage, shot, "name-1");
    gallery_draw(stage, &shot->screen);
    type(stage, "bcd");
}

void gallery_code_wrong(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_CODE, .how = TOLD_NO};
    gallery_code_of_a_name(stage, shot);
    tell(stage, &told);
}

void gallery_guests(struct stage *stage, const struct gallery_shot *shot)
{
    show(stage, &scene_guests);
    gallery_press(stage, shot, "adults-more");
}

void gallery_guest_name(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_guest_name);
}

void gallery_warned(struct stage *stage, const struct gallery_shot *shot)
{
    struct ask ask;
    (void)shot;
    stage_show(stage, &scene_help, GALLERY_NOW_MS - 35000, &ask);
}

/* --- the way into staff mode --- */

static void claim(struct stage *stage, enum role role)
{
    struct told told = {.how = TOLD_CLAIMED,
                        .person = {1, 3},
                        .rights = role_rights(role),
                        .house_rights = role_rights(role),
                        .has_pin = true};
    snprintf(told.name, sizeof told.name, "%s", "Siobhán");
    show(stage, &scene_staff_badge);
    tell(stage, &told);
}

void gallery_staff_badge(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    show(stage, &scene_staff_badge);
}

void gallery_staff_pin(struct stage *stage, const struct gallery_shot *shot)
{
    claim(stage, ROLE_STAFF);
    gallery_draw(stage, &shot->screen);
    type(stage, "258");
}

void gallery_staff_pin_none(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {
        .how = TOLD_CLAIMED, .person = {1, 3}, .rights = 1u << RIGHT_EXPORT, .name = "Siobhán"};
    (void)shot;
    show(stage, &scene_staff_badge);
    tell(stage, &told);
}

void gallery_staff_pin_locked(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_PIN, .how = TOLD_LOCKED};
    (void)shot;
    claim(stage, ROLE_STAFF);
    tell(stage, &told);
}

void gallery_staff(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_PIN, .how = TOLD_YES, .person = {1, 3}};
    (void)shot;
    claim(stage, ROLE_STAFF);
    tell(stage, &told);
}

void gallery_staff_referent(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    claim(stage, ROLE_REFERENT);
    show(stage, &scene_staff);
}

/* --- staff --- */

void gallery_roll_call(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_HERE, 17);
    told.rows[2].number[0] = 2;
    told.rows[4].mark = 1;
    told.total = 20;
    gallery_staff(stage, shot);
    show(stage, &scene_roll_call);
    tell(stage, &told);
}

void gallery_people(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_staff(stage, shot);
    show(stage, &scene_people);
}

void gallery_found(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_PEOPLE, 7);
    for (int i = 0; i < told.count; i++)
        snprintf(told.rows[i].line, sizeof told.rows[i].line, "%03d", i + 12);
    gallery_staff(stage, shot);
    show(stage, &scene_found);
    tell(stage, &told);
}

void gallery_person(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_found(stage, shot);
    gallery_press(stage, shot, "person-1");
}

void gallery_new_code_sure(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_person(stage, shot);
    gallery_press(stage, shot, "new-code");
}

void gallery_new_code(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told code = {.ask = ASK_NEW_CODE, .how = TOLD_YES, .text = "WWM WMW"};
    gallery_new_code_sure(stage, shot);
    gallery_press(stage, shot, "sure");
    tell(stage, &code);
}

void gallery_visits(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_VISITS, 7);
    struct row *corrected = &told.rows[1], *moved = &told.rows[2], *proposed = &told.rows[3];
    corrected->was_at_ms = corrected->at_ms - 3 * MINUTE_MS;
    corrected->was_to_ms = corrected->to_ms + 3 * MINUTE_MS;
    snprintf(corrected->line, sizeof corrected->line, "The station did not work");
    moved->was_at_ms = moved->at_ms + 24 * 60 * MINUTE_MS;
    moved->was_to_ms = moved->to_ms + 24 * 60 * MINUTE_MS;
    snprintf(moved->line, sizeof moved->line, "Forgot to tap");
    proposed->was_at_ms = proposed->at_ms;
    gallery_person(stage, shot);
    gallery_press(stage, shot, "visits");
    tell(stage, &told);
}

void gallery_correct(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_visits(stage, shot);
    gallery_press(stage, shot, "visit-2");
}

void gallery_reason(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_correct(stage, shot);
    gallery_press(stage, shot, "next");
}

void gallery_reason_typed(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_reason(stage, shot);
    gallery_press(stage, shot, "reason-5");
}

void gallery_badges(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const handles[] = {"3F2A", "C07D", "91B0"};
    struct told told = told_of(ASK_BADGES, 3);
    for (int i = 0; i < told.count; i++)
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s", handles[i]);
    told.rows[0].to_ms = 0;
    told.rows[2].mark = 1;
    gallery_person(stage, shot);
    gallery_press(stage, shot, "badges");
    tell(stage, &told);
}

void gallery_lose_sure(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_badges(stage, shot);
    gallery_press(stage, shot, "lose");
}

void gallery_give(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_badges(stage, shot);
    gallery_press(stage, shot, "replace");
}

void gallery_strangers(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = told_of(ASK_UNKNOWN, 5);
    gallery_staff(stage, shot);
    show(stage, &scene_strangers);
    tell(stage, &told);
}

void gallery_occasion(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_OCCASION, .how = TOLD_YES, .text = "drinks"};
    gallery_staff(stage, shot);
    show(stage, &scene_occasion);
    tell(stage, &told);
}

void gallery_health(struct stage *stage, const struct gallery_shot *shot)
{
    static const struct {
        const char *title, *line;
    } rows[] = {{"Update", ""},
                {"Reader", "ready"},
                {"Register", "takes facts"},
                {"Clock", "kept by a time server"},
                {"Power", "the supply is too weak"},
                {"Temperature", ""},
                {"Running for", ""}};
    struct told told = told_of(ASK_HEALTH, (int)(sizeof rows / sizeof rows[0]));
    for (int i = 0; i < told.count; i++) {
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s",
                 words(shot->language, rows[i].title));
        snprintf(told.rows[i].line, sizeof told.rows[i].line, "%s",
                 rows[i].line[0] ? words(shot->language, rows[i].line) : "48");
    }
    words_format(told.rows[0].line, sizeof told.rows[0].line,
                 words(shot->language, "%s was not kept."), "0.10.12");
    told.rows[0].mark = 1;
    gallery_staff(stage, shot);
    show(stage, &scene_health);
    tell(stage, &told);
}

void gallery_clock(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_CLOCK, .how = TOLD_YES, .until_ms = GALLERY_WALL_MS};
    gallery_staff(stage, shot);
    show(stage, &scene_clock);
    tell(stage, &told);
}

void gallery_settings(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_staff(stage, shot);
    stage_set_levels(stage, 70, -1);
    show(stage, &scene_settings);
}

void gallery_power(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_staff(stage, shot);
    show(stage, &scene_power);
}

void gallery_power_sure(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_power(stage, shot);
    gallery_press(stage, shot, "power-off");
}
