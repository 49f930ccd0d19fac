#include "app/ui/sheet.h"

#include <stdio.h>
#include <string.h>

#include "app/ui/scene.h"
#include "app/ui/words.h"

const char *sheet_say(const struct sheet *sheet, const char *text)
{
    return words(sheet->model->language, text);
}

const struct theme_tones *sheet_tones(const struct sheet *sheet, enum theme_meaning meaning)
{
    return theme_tones(meaning, &sheet->model->mode);
}

static bool is_same_owner(const struct target_owner *a, const struct target_owner *b)
{
    return a->scene == b->scene && fact_id_is_same(a->person, b->person) &&
           fact_id_is_same(a->fact, b->fact) && a->number == b->number;
}

/* The next picture may offer another shift in the same place. */
static bool is_same_shift(const struct target *a, const struct target *b)
{
    return fact_id_is_same(a->act.shift.occasion, b->act.shift.occasion) &&
           a->act.shift.number == b->act.shift.number;
}

static bool is_same_button(const struct target *a, const struct target *b)
{
    return strcmp(a->name, b->name) == 0 && rect_is_same(a->box, b->box) &&
           is_same_owner(&a->owner, &b->owner) && is_same_shift(a, b);
}

bool sheet_is_down(const struct sheet *sheet, const struct target *target)
{
    return sheet->is_down && is_same_button(target, &sheet->down);
}

void sheet_begin(struct sheet *sheet, struct canvas *canvas, int64_t now_ms)
{
    memcpy(sheet->before, sheet->targets, (size_t)sheet->count * sizeof sheet->targets[0]);
    sheet->before_count = sheet->count;
    sheet->count = sheet->key_count = 0;
    sheet->canvas = canvas;
    sheet->now_ms = now_ms;
}

/* Is it what somebody saw there? A key is, whatever letter it has by now. */
static bool is_still(const struct target *before, const struct target *target)
{
    if (target->act.kind == ACT_KEY)
        return rect_is_same(before->box, target->box) && before->act.kind == ACT_KEY &&
               before->owner.scene == target->owner.scene;
    return is_same_button(before, target);
}

static int64_t ready_of(const struct sheet *sheet, const struct target *target)
{
    for (int i = 0; i < sheet->before_count; i++)
        if (is_still(&sheet->before[i], target))
            return sheet->before[i].ready_ms;
    bool is_in_way = target->card && sheet->model->has_page;
    return sheet->now_ms + (is_in_way ? SHEET_IN_WAY_MS : SHEET_READY_MS);
}

bool sheet_target(struct sheet *sheet, struct rect box, const char *name, struct act act)
{
    if (sheet->count == SHEET_TARGETS_MAX)
        return false;
    struct target *target = &sheet->targets[sheet->count++];
    struct rect placed = canvas_place(sheet->canvas, box);
    *target = (struct target){.box = placed,
                              .hit = placed,
                              .act = act,
                              .size = sheet->size,
                              .owner = sheet->owner,
                              .card = sheet->card,
                              .left = -1};
    snprintf(target->name, sizeof target->name, "%s", name);
    target->ready_ms = ready_of(sheet, target);
    return sheet_is_down(sheet, target);
}

void sheet_cover(struct sheet *sheet)
{
    sheet->count = 0;
    canvas_forget(sheet->canvas);
}
