#include "tests/support/timed.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/give_up.h"

const struct screen timed_panel = {800, 480, 154, 86, 0};

int timed_set_up(void **state)
{
    static struct timed timed;
    const struct stage_config config = {.screen = timed_panel,
                                        .reader_side = SCENE_RIGHT,
                                        .home = LANGUAGE_FR,
                                        .venue = "L’épi commun",
                                        .version = "1.2.3"};
    if (stage_open(&config, &timed.stage) || canvas_open(&timed_panel, &timed.canvas))
        return 1;
    stage_open_door(timed.stage);
    stage_draw(timed.stage, 0, timed.canvas);
    *state = &timed;
    return 0;
}

int timed_tear_down(void **state)
{
    struct timed *timed = *state;
    stage_close(timed->stage);
    canvas_close(timed->canvas);
    return 0;
}

struct answer timed_answer(enum answer_kind kind, int person, int64_t shown_ms, int64_t undo_ms)
{
    struct answer answer = {.kind = kind,
                            .person = {1, person},
                            .fact = {1, person + 100},
                            .language = LANGUAGE_FR,
                            .here = 3,
                            .shown_ms = shown_ms,
                            .undo_ms = undo_ms};
    snprintf(answer.first_name, sizeof answer.first_name, "Person %d", person);
    snprintf(answer.display_name, sizeof answer.display_name, "Person %d", person);
    return answer;
}

/* What a tap brings, by the tap table. */
void timed_tap(struct timed *timed, enum answer_kind kind, int person, int64_t now_ms)
{
    struct answer answer = timed_answer(kind, person, 4000, 10000);
    if (kind == ANSWER_ALREADY_IN || kind == ANSWER_HAS_LEFT || kind == ANSWER_NOT_RECORDED)
        answer.shown_ms = 8000;
    if (kind == ANSWER_UNKNOWN)
        answer.shown_ms = 20000;
    if (kind != ANSWER_ARRIVAL && kind != ANSWER_DEPARTURE)
        answer.undo_ms = 0;
    stage_answer(timed->stage, &answer, now_ms);
}

void timed_expect_scene(struct timed *timed, int64_t now_ms, const char *name)
{
    stage_draw(timed->stage, now_ms, timed->canvas);
    const char *seen = stage_scene_name(timed->stage);
    if (strcmp(seen, name) != 0)
        give_up("timed", "at %lld the scene is %s, not %s", (long long)now_ms, seen, name);
}

/* The place-th target of that name, in the order they were drawn. */
struct target timed_button(struct timed *timed, const char *name, int place, int64_t now_ms)
{
    const struct target *targets;
    stage_draw(timed->stage, now_ms, timed->canvas);
    int count = stage_targets(timed->stage, &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0 && place-- == 0)
            return targets[i];
    give_up("timed", "at %lld there is no button \"%s\"", (long long)now_ms, name);
}

int timed_count(struct timed *timed, const char *name, int64_t now_ms)
{
    const struct target *targets;
    stage_draw(timed->stage, now_ms, timed->canvas);
    int found = 0, count = stage_targets(timed->stage, &targets);
    for (int i = 0; i < count; i++)
        found += strcmp(targets[i].name, name) == 0;
    return found;
}

struct ask timed_touch(struct timed *timed, enum stage_touch phase, struct rect box, int64_t now_ms)
{
    struct ask ask;
    stage_touch(timed->stage, phase,
                (box.x + box.w / 2) * timed_panel.width_px / timed_panel.width_mm,
                (box.y + box.h / 2) * timed_panel.height_px / timed_panel.height_mm, now_ms, &ask);
    return ask;
}

struct ask timed_click(struct timed *timed, struct rect box, int64_t now_ms)
{
    struct ask ask = timed_touch(timed, STAGE_DOWN, box, now_ms);
    if (ask.kind != ASK_NOTHING)
        give_up("timed", "it asks before it is lifted");
    return timed_touch(timed, STAGE_UP, box, now_ms + 80);
}
