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

bool sheet_is_down(const struct sheet *sheet, const struct target *target)
{
    const struct target *down = &sheet->down;
    return sheet->is_down && strcmp(target->name, down->name) == 0 &&
           rect_is_same(target->box, down->box) && is_same_owner(&target->owner, &down->owner);
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
    return sheet_is_down(sheet, target);
}

void sheet_cover(struct sheet *sheet)
{
    sheet->count = 0;
    canvas_forget(sheet->canvas);
}
