#include "tests/support/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct screen show_panel = {800, 480, 154, 86, 0};

/* Ends the program where a test cannot go on. */
static void must(bool is_true, const char *what, const char *name)
{
    if (is_true)
        return;
    fprintf(stderr, "show: %s %s\n", what, name);
    abort();
}

void show_open_as(struct show *show, struct theme_mode mode, int64_t dim_ms)
{
    const struct stage_config config = {.screen = show_panel,
                                        .home = LANGUAGE_FR,
                                        .venue = "L’épi commun",
                                        .version = "1.2.3",
                                        .mode = mode,
                                        .dim_ms = dim_ms};
    must(!stage_open(&config, &show->stage), "there is no memory for", "a stage");
    must(!canvas_open(&show_panel, &show->canvas), "there is no memory for", "a canvas");
    stage_open_door(show->stage);
    show->now_ms = 1000;
    stage_draw(show->stage, show->now_ms, show->canvas);
}

int show_set_up(void **state)
{
    static struct show show;
    show_open_as(&show, (struct theme_mode){.is_evening = false}, 0);
    *state = &show;
    return 0;
}

int show_tear_down(void **state)
{
    struct show *show = *state;
    stage_close(show->stage);
    canvas_close(show->canvas);
    return 0;
}

void show_wait(struct show *show, int64_t by_ms)
{
    show->now_ms += by_ms;
    stage_draw(show->stage, show->now_ms, show->canvas);
}

struct target show_find(struct show *show, const char *name)
{
    const struct target *targets;
    stage_draw(show->stage, show->now_ms, show->canvas);
    int count = stage_targets(show->stage, &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0) {
            if (show->now_ms < targets[i].ready_ms) /* a finger takes as long */
                show->now_ms = targets[i].ready_ms;
            return targets[i];
        }
    must(false, "there is no such target:", name);
    return targets[0];
}

bool show_has(struct show *show, const char *name)
{
    const struct target *targets;
    stage_draw(show->stage, show->now_ms, show->canvas);
    int count = stage_targets(show->stage, &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return true;
    return false;
}

struct ask show_finger(struct show *show, enum stage_touch phase, double x, double y)
{
    struct ask ask;
    stage_touch(show->stage, phase, x * show_panel.width_px / show_panel.width_mm,
                y * show_panel.height_px / show_panel.height_mm, show->now_ms, &ask);
    return ask;
}

struct ask show_touch_box(struct show *show, struct rect box)
{
    show_finger(show, STAGE_DOWN, box.x + box.w / 2, box.y + box.h / 2);
    return show_finger(show, STAGE_UP, box.x + box.w / 2, box.y + box.h / 2);
}

struct ask show_press(struct show *show, const char *name)
{
    return show_touch_box(show, show_find(show, name).box);
}

void show_type(struct show *show, const char *keys)
{
    for (; *keys; keys++) {
        char name[16];
        snprintf(name, sizeof name, "key %c", *keys);
        show_press(show, name);
    }
}

void show_expect_scene(struct show *show, const char *name)
{
    stage_draw(show->stage, show->now_ms, show->canvas);
    must(strcmp(stage_scene_name(show->stage), name) == 0, "the scene is not", name);
}

void show_tap(struct show *show, enum answer_kind kind, int person)
{
    struct answer answer = {.kind = kind,
                            .person = {1, person},
                            .fact = {1, person + 100},
                            .forgotten_visit = {1, 50},
                            .forgotten_ms = 1795400000000,
                            .guess_ms = {1795407200000, 1795410800000, 1795414400000},
                            .at_ms = 1795500000000,
                            .here = 3,
                            .shown_ms = 4000,
                            .undo_ms = 10000};
    strcpy(answer.first_name, "Ada");
    strcpy(answer.display_name, "Ada L.");
    stage_answer(show->stage, &answer, show->now_ms);
}

struct ask show_tell(struct show *show, enum ask_kind what, enum told_how how)
{
    struct told told = {
        .ask = what, .how = how, .person = stage_page(show->stage)->person, .count = 2, .total = 2};
    struct ask ask;
    if (how == TOLD_CLAIMED)
        told.person = (struct fact_id){1, 7};
    strcpy(told.rows[0].title, "Zoé D.");
    strcpy(told.rows[1].title, "Zoé M.");
    stage_told(show->stage, &told, show->now_ms, &ask);
    return ask;
}

const char *show_typed(struct show *show)
{
    return page_text(stage_page(show->stage), PAGE_NAME);
}

void show_go_to_name(struct show *show)
{
    show_press(show, "no-badge");
    show_press(show, "name");
    show_expect_scene(show, "name");
}
