/* What there is for somebody at a pick-up: baskets to fetch, what became of theirs, hands needed.
 */
#include <stdio.h>

#include "app/domain/day.h"
#include "app/ui/field.h"
#include "app/ui/panel.h"
#include "app/ui/words.h"

#define TILES_MOST 4 /* more is no choice but a list: the others come when one was fetched */
#define TEXT_BYTES 240
#define NOON_MS (INT64_C(12) * 3600 * 1000)

struct slot_choice panel_choices(const struct scene_model *model)
{
    const struct answer *answer = model->answer;
    bool is_asking = answer->question != ANSWER_ASKS_NOTHING && answer->slot_count > 0;
    int slots = is_asking ? answer->slot_count : 0, baskets = answer->to_fetch_count;
    if (answer->question == ANSWER_ASKS_WHICH)
        baskets = 0;
    if (baskets > TILES_MOST - (slots > 0))
        baskets = TILES_MOST - (slots > 0);
    if (slots > TILES_MOST - baskets)
        slots = TILES_MOST - baskets;
    return (struct slot_choice){.slots = answer->slots,
                                .count = slots,
                                .now_ms = answer->is_time_doubtful ? 0 : answer->at_ms,
                                .ask = ASK_HELP,
                                .baskets = answer->to_fetch,
                                .basket_count = baskets,
                                .owner = answer->person};
}

/* "paused until 5 January", "fetched at 17:32 by Bilal H."; "" while it is there. */
static const char *state_of(const struct sheet *sheet, char *out_text, size_t size)
{
    enum language language = sheet->model->language;
    const struct answer *answer = sheet->model->answer;
    const struct answer_basket *basket = &answer->basket;
    char when[WORDS_TIME_SIZE];
    bool has_time = !answer->is_time_doubtful, has_name = basket->fetched_by[0] != 0;
    out_text[0] = 0;
    if (basket->paused_until)
        return words_format(out_text, size, sheet_say(sheet, "paused until %s"),
                            words_date(language,
                                       day_number_begin(basket->paused_until, 0) + NOON_MS, when,
                                       sizeof when));
    if (!basket->fetched_ms)
        return out_text;
    words_time(language, basket->fetched_ms, when, sizeof when);
    if (has_time && has_name)
        return words_format(out_text, size, sheet_say(sheet, "fetched at %s by %s"), when,
                            basket->fetched_by);
    if (has_time)
        return words_format(out_text, size, sheet_say(sheet, "fetched at %s"), when);
    if (has_name)
        return words_format(out_text, size, sheet_say(sheet, "fetched by %s"), basket->fetched_by);
    return words_format(out_text, size, "%s", sheet_say(sheet, "fetched already"));
}

const char *panel_basket_line(const struct sheet *sheet, char *out_text, size_t size)
{
    char state[TEXT_BYTES];
    if (fact_id_is_none(sheet->model->answer->basket.person) ||
        !state_of(sheet, state, sizeof state)[0])
        return out_text;
    return words_format(out_text, size, sheet_say(sheet, "Your basket: %s"), state);
}

/* Its size, and what became of it. */
static void draw_own(struct sheet *sheet, struct rect rest)
{
    const struct answer *answer = sheet->model->answer;
    enum language language = sheet->model->language;
    char title[TEXT_BYTES], state[TEXT_BYTES], here[96];
    if (rest.h < field_least_mm(sheet))
        return;
    words_format(title, sizeof title, sheet_say(sheet, "Your basket: %s"), answer->basket.size);
    words_format(here, sizeof here,
                 words_plural(language, "One person is here", "%d people are here", answer->here),
                 answer->here);
    state_of(sheet, state, sizeof state);
    const struct field_line lines[] = {
        {title, 5, true, 2}, {state, 4, false, 2}, {here, 4, false, 1}};
    field_draw(sheet, rest, lines, 3, 0, 0);
}

/* What was heard is what they just did, and the next can be done. */
static bool has_tiles(const struct scene_model *model)
{
    const struct slot_choice choice = panel_choices(model);
    bool is_over =
        model->is_spent || model->why[0] || (model->is_heard && !model->answer->has_deed);
    return !is_over && choice.count + choice.basket_count > 0;
}

double panel_basket_mm(const struct sheet *sheet, struct rect area)
{
    const struct slot_choice choice = panel_choices(sheet->model);
    bool is_at_pick_up = sheet->model->answer->occasion == OCCASION_BASKET;
    return is_at_pick_up && has_tiles(sheet->model) ? slot_tiles_mm(sheet, area, &choice) : 0;
}

void panel_basket(struct sheet *sheet, struct rect rest,
                  void (*otherwise)(struct sheet *sheet, struct rect rest))
{
    const struct scene_model *model = sheet->model;
    const struct slot_choice choice = panel_choices(model);
    if (model->why[0])
        panel_text(sheet, sheet->scene->meaning, rest, model->why);
    else if (has_tiles(model))
        slot_tiles(sheet, rest, &choice);
    else if (model->is_spent)
        return;
    else if (!fact_id_is_none(model->answer->basket.person))
        draw_own(sheet, rest);
    else
        otherwise(sheet, rest);
}
