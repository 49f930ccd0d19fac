/* A pick-up: baskets to fetch, paused, fetched, for oneself and for others, with long words. */
#include <stdio.h>

#include "tests/support/gallery_i.h"

#define SHOWN_MS 20000
#define FETCHED_MS (GALLERY_WALL_MS - INT64_C(20) * 60 * 1000)

static const struct {
    const char *name, *size;
} baskets[] = {{"", "grand, sans champignons et sans noix"},
               {"Jean-Baptiste V.", "2 x half"},
               {"Konstantinos P.", "petit"},
               {"Noor E.", "Großfamilienkiste"}};

static struct answer_basket basket_of(int person, int index)
{
    struct answer_basket basket = {.person = {1, index ? 70 + index : person}};
    snprintf(basket.name, sizeof basket.name, "%s", baskets[index].name);
    snprintf(basket.size, sizeof basket.size, "%s", baskets[index].size);
    return basket;
}

/* Somebody at a pick-up with a basket; `first` and behind it what they may fetch. */
static struct answer at_pick_up(const struct gallery_shot *shot, enum answer_kind kind, int person,
                                int first, int count)
{
    struct answer answer = gallery_answer(shot, kind, person);
    answer.occasion = OCCASION_BASKET;
    answer.shown_ms = SHOWN_MS;
    if (kind == ANSWER_ASKS)
        answer.undo_ms = 0;
    snprintf(answer.occasion_title, sizeof answer.occasion_title, "Paniers de la ferme");
    answer.basket = basket_of(person, 0);
    for (int i = 0; i < count; i++)
        answer.to_fetch[answer.to_fetch_count++] = basket_of(person, first + i);
    return answer;
}

static void need_hands(struct answer *answer, int count)
{
    answer->question = ANSWER_ASKS_HELP;
    for (int i = 0; i < count; i++)
        answer->slots[answer->slot_count++] = gallery_slot(i);
}

static void put(struct stage *stage, const struct answer *answer)
{
    stage_answer(stage, answer, GALLERY_NOW_MS);
}

void gallery_basket(struct stage *stage, const struct gallery_shot *shot)
{
    const struct answer answer = at_pick_up(shot, ANSWER_ARRIVAL, 1, 0, 1);
    put(stage, &answer);
}

void gallery_basket_three(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = at_pick_up(shot, ANSWER_ARRIVAL, 1, 0, 4);
    need_hands(&answer, 2);
    put(stage, &answer);
}

void gallery_basket_hand(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = at_pick_up(shot, ANSWER_ARRIVAL, 1, 0, 1);
    need_hands(&answer, 1);
    put(stage, &answer);
}

void gallery_basket_paused(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = at_pick_up(shot, ANSWER_ARRIVAL, 1, 0, 0);
    answer.basket.paused_until = 20270105;
    put(stage, &answer);
}

void gallery_basket_paused_another(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = at_pick_up(shot, ANSWER_ARRIVAL, 1, 1, 2);
    answer.basket.paused_until = 20270105;
    put(stage, &answer);
}

void gallery_basket_fetched(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = at_pick_up(shot, ANSWER_ARRIVAL, 1, 0, 0);
    answer.basket.fetched_ms = FETCHED_MS;
    snprintf(answer.basket.fetched_by, sizeof answer.basket.fetched_by, "Jean-Baptiste V.");
    put(stage, &answer);
}

void gallery_basket_refused(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_DO, .how = TOLD_NO, .person = {1, 1}};
    struct ask ask;
    snprintf(told.why, sizeof told.why,
             "This basket has been fetched already. Tap again to see when, and by whom.");
    gallery_basket(stage, shot);
    stage_told(stage, &told, GALLERY_NOW_MS, &ask);
}

void gallery_basket_two(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer one = at_pick_up(shot, ANSWER_ARRIVAL, 1, 0, 3);
    struct answer two = at_pick_up(shot, ANSWER_ASKS, 2, 0, 1);
    need_hands(&one, 1);
    put(stage, &one);
    put(stage, &two);
}

void gallery_asks_baskets(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = at_pick_up(shot, ANSWER_ASKS, 1, 0, 3);
    need_hands(&answer, 1);
    put(stage, &answer);
}

void gallery_asks_basket_fetched(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = at_pick_up(shot, ANSWER_ASKS, 1, 0, 0);
    answer.basket.fetched_ms = FETCHED_MS;
    put(stage, &answer);
}

static struct answer just_fetched(const struct gallery_shot *shot, int index, int count)
{
    struct answer answer = at_pick_up(shot, ANSWER_ASKS, 1, 1, count);
    answer.has_deed = true;
    answer.deed = DEED_BASKET;
    answer.undo_ms = 10000;
    answer.fetched = basket_of(1, index);
    answer.basket.fetched_ms = FETCHED_MS;
    return answer;
}

void gallery_fetched(struct stage *stage, const struct gallery_shot *shot)
{
    const struct answer answer = just_fetched(shot, 0, 0);
    put(stage, &answer);
}

void gallery_fetched_for(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = just_fetched(shot, 3, 2);
    need_hands(&answer, 1);
    put(stage, &answer);
}
