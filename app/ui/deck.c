#include "app/ui/deck.h"

#include <string.h>

static void drop(struct deck *deck, int at)
{
    memmove(&deck->cards[at], &deck->cards[at + 1],
            (size_t)(deck->count - at - 1) * sizeof deck->cards[0]);
    deck->count--;
    deck->changes++;
}

void deck_close(struct deck *deck, struct deck_card *card)
{
    drop(deck, (int)(card - deck->cards));
}

void deck_shrink(struct deck *deck, struct deck_card *card, int64_t now_ms)
{
    card->shown_until_ms = now_ms;
    deck_age(deck, now_ms);
}

bool deck_is_whole(const struct deck_card *card)
{
    return card->shown_until_ms != 0;
}

int deck_count_whole(const struct deck *deck)
{
    int count = 0;
    for (int i = 0; i < deck->count; i++)
        count += deck_is_whole(&deck->cards[i]);
    return count;
}

int64_t deck_whole_until_ms(const struct deck *deck)
{
    int64_t until_ms = 0;
    for (int i = 0; i < deck->count; i++)
        if (deck->cards[i].shown_until_ms > until_ms)
            until_ms = deck->cards[i].shown_until_ms;
    return until_ms;
}

double deck_undo_left(const struct deck_card *card, int64_t now_ms)
{
    if (now_ms >= card->undo_until_ms)
        return -1;
    return (double)(card->undo_until_ms - now_ms) /
           (double)(card->undo_until_ms - card->undo_begin_ms);
}

void deck_age(struct deck *deck, int64_t now_ms)
{
    for (int i = 0; i < deck->count;) {
        struct deck_card *card = &deck->cards[i];
        if (card->undo_until_ms && now_ms >= card->undo_until_ms) {
            card->undo_until_ms = 0;
            deck->changes++;
        }
        if (card->spent_until_ms && now_ms >= card->spent_until_ms) {
            card->spent_until_ms = 0;
            deck->changes++;
        }
        if (card->shown_until_ms && now_ms >= card->shown_until_ms) {
            card->shown_until_ms = 0;
            deck->changes++;
        }
        if (!card->shown_until_ms && !card->undo_until_ms)
            drop(deck, i);
        else
            i++;
    }
}

static bool is_about_nobody(const struct answer *answer)
{
    return fact_id_is_none(answer->person);
}

/* The same person, or the same face where nobody is named: one of them is enough. */
static bool is_replaced(const struct deck_card *card, const struct scene *scene,
                        const struct answer *answer)
{
    if (is_about_nobody(answer))
        return is_about_nobody(&card->answer) && card->scene->meaning == scene->meaning;
    return fact_id_is_same(card->answer.person, answer->person);
}

static int place_for_another(struct deck *deck, int64_t now_ms)
{
    int place = -1;
    for (int i = 0; i < deck->count; i++) {
        struct deck_card *card = &deck->cards[i];
        if (!deck_is_whole(card))
            continue;
        if (deck_count_whole(deck) < deck->whole_most)
            return 1 - card->place;
        place = card->place; /* the older of two gives way */
        card->shown_until_ms = now_ms;
        break;
    }
    deck_age(deck, now_ms);
    return place < 0 ? 0 : place;
}

/* Makes room in the array: the oldest strip goes. */
static void make_room(struct deck *deck)
{
    for (int i = 0; i < deck->count && deck->count == DECK_MAX; i++)
        if (!deck_is_whole(&deck->cards[i]))
            drop(deck, i);
}

static void insert(struct deck *deck, const struct deck_card *card)
{
    make_room(deck);
    deck->cards[deck->count++] = *card;
    deck->changes++;
}

void deck_put(struct deck *deck, const struct scene *scene, const struct answer *answer,
              int64_t now_ms)
{
    struct deck_card card = {.scene = scene,
                             .answer = *answer,
                             .place = -1,
                             .shown_until_ms = now_ms + answer->shown_ms,
                             .undo_begin_ms = now_ms,
                             .undo_until_ms = answer->undo_ms > 0 ? now_ms + answer->undo_ms : 0};
    deck_age(deck, now_ms);
    for (int i = deck->count - 1; i >= 0; i--) {
        const struct deck_card *old = &deck->cards[i];
        if (!is_replaced(old, scene, answer))
            continue;
        if (deck_is_whole(old))
            card.place = old->place;
        /* The same answer again keeps the bar it had. */
        if (old->undo_until_ms && fact_id_is_same(old->answer.fact, answer->fact))
            card.undo_begin_ms = old->undo_begin_ms;
        drop(deck, i);
    }
    if (card.place < 0)
        card.place = place_for_another(deck, now_ms);
    insert(deck, &card);
}

void deck_undo(struct deck *deck, struct fact_id fact, const struct scene *undone, int64_t shown_ms,
               int64_t now_ms)
{
    deck_age(deck, now_ms);
    for (int i = deck->count - 1; i >= 0; i--) {
        struct deck_card card = deck->cards[i];
        if (fact_id_is_none(fact) || !fact_id_is_same(card.answer.fact, fact))
            continue;
        drop(deck, i);
        if (!deck_is_whole(&card)) {
            if (deck_count_whole(deck) == deck->whole_most)
                return; /* nobody else's result gives way to this */
            card.place = place_for_another(deck, now_ms);
        }
        card.scene = undone;
        card.shown_until_ms = now_ms + shown_ms;
        card.undo_until_ms = card.spent_until_ms = 0;
        insert(deck, &card);
        return;
    }
}

void deck_hold(struct deck_card *card, int64_t held_ms, int64_t now_ms)
{
    if (deck_is_whole(card) && card->shown_until_ms < now_ms + held_ms)
        card->shown_until_ms = now_ms + held_ms;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return b && b < a ? b : a;
}

int64_t deck_due_ms(const struct deck *deck)
{
    int64_t due_ms = INT64_MAX;
    for (int i = 0; i < deck->count; i++) {
        due_ms = earlier(due_ms, deck->cards[i].shown_until_ms);
        due_ms = earlier(due_ms, deck->cards[i].undo_until_ms);
        due_ms = earlier(due_ms, deck->cards[i].spent_until_ms);
    }
    return due_ms;
}
