/* What people come to: shifts, questions and each kind of occasion, with the longest words. */
#include <stdio.h>
#include <string.h>

#include "tests/support/gallery_i.h"

#define HOUR_MS (INT64_C(3600) * 1000)
#define SHOWN_MS 20000
#define CALENDAR 500 /* facts of occasions */

/* A house speaks its own language, whatever that of who comes; these are all long. */
static const struct {
    const char *title, *place;
    enum occasion_kind kind;
    int from_h, to_h, needed; /* hours from now, less 52 minutes */
} slots[] = {
    {"Épicerie sociale et solidaire : réassort des rayons secs, frais et vrac",
     "Sous-sol, au fond du couloir, derrière la chaufferie", OCCASION_SHIFT, 0, 4, 2},
    {"Vrijwilligersonthaal en schoonmaak van de gemeenschapskeuken", "", OCCASION_SHIFT, 3, 5, 1},
    {"Caisse", "Rez", OCCASION_SHIFT, 1, 4, 12},
    {"Verenigingslokaal klaarzetten", "", OCCASION_WORKSHOP, 78, 81, 3},
};

#define SLOTS ((int)(sizeof slots / sizeof slots[0]))

struct answer_slot gallery_slot(int index)
{
    int64_t hour_ms = GALLERY_WALL_MS - INT64_C(52) * 60 * 1000;
    struct answer_slot slot = {.of = {{1, CALENDAR + index / 2}, 1 + index % 2},
                               .kind = slots[index].kind,
                               .from_ms = hour_ms + slots[index].from_h * HOUR_MS,
                               .to_ms = hour_ms + slots[index].to_h * HOUR_MS,
                               .needed = slots[index].needed};
    snprintf(slot.title, sizeof slot.title, "%s", slots[index].title);
    snprintf(slot.place, sizeof slot.place, "%s", slots[index].place);
    return slot;
}

static void share(struct answer *answer, int count)
{
    static const char *const names[] = {"Noor V.", "Jean-Baptiste D.", "Marie-Emmanuelle C."};
    answer->beside_count = count;
    for (int i = 0; i < ANSWER_BESIDE_MAX && i < count; i++)
        snprintf(answer->beside[i], sizeof answer->beside[i], "%s", names[i]);
}

static struct answer arrival(const struct gallery_shot *shot, int person)
{
    struct answer answer = gallery_answer(shot, ANSWER_ARRIVAL, person);
    answer.shown_ms = SHOWN_MS;
    return answer;
}

/* --- shifts --- */

static void put_shift(struct stage *stage, const struct gallery_shot *shot, int slot, int others,
                      int person)
{
    struct answer answer = arrival(shot, person);
    answer.occasion = OCCASION_SHIFT;
    answer.shift = gallery_slot(slot);
    snprintf(answer.occasion_title, sizeof answer.occasion_title, "Permanences de l’épicerie");
    share(&answer, others);
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_shift(struct stage *stage, const struct gallery_shot *shot)
{
    put_shift(stage, shot, 2, 1, 1);
}

void gallery_shift_long(struct stage *stage, const struct gallery_shot *shot)
{
    put_shift(stage, shot, shot->language == LANGUAGE_NL ? 1 : 0, 14, 1);
}

void gallery_two_shifts(struct stage *stage, const struct gallery_shot *shot)
{
    put_shift(stage, shot, 0, 5, 1);
    put_shift(stage, shot, 1, 0, 2);
}

/* --- questions --- */

static void put_question(struct stage *stage, const struct gallery_shot *shot,
                         enum answer_question question, int count, int person)
{
    struct answer answer = arrival(shot, person);
    answer.question = question;
    answer.slot_count = count;
    for (int i = 0; i < count; i++)
        answer.slots[i] = gallery_slot(i);
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_can_help(struct stage *stage, const struct gallery_shot *shot)
{
    put_question(stage, shot, ANSWER_ASKS_HELP, 2, 1);
}

void gallery_can_help_four(struct stage *stage, const struct gallery_shot *shot)
{
    put_question(stage, shot, ANSWER_ASKS_HELP, ANSWER_SLOTS_MAX, 1);
}

void gallery_which(struct stage *stage, const struct gallery_shot *shot)
{
    put_question(stage, shot, ANSWER_ASKS_WHICH, 3, 1);
}

void gallery_can_help_two(struct stage *stage, const struct gallery_shot *shot)
{
    put_question(stage, shot, ANSWER_ASKS_HELP, 1, 1);
    put_question(stage, shot, ANSWER_ASKS_WHICH, 3, 2);
}

void gallery_can_help_refused(struct stage *stage, const struct gallery_shot *shot)
{
    struct told told = {.ask = ASK_HELP, .how = TOLD_NO, .person = {1, 1}};
    struct ask ask;
    snprintf(told.why, sizeof told.why,
             "The register cannot be written now. Try again in a moment.");
    gallery_can_help(stage, shot);
    stage_told(stage, &told, GALLERY_NOW_MS, &ask);
}

void gallery_can_help_over_a_page(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_help(stage, shot);
    gallery_can_help(stage, shot);
}

/* --- occasions --- */

static void put_occasion(struct stage *stage, const struct gallery_shot *shot,
                         enum answer_kind kind, enum occasion_kind occasion, const char *title,
                         int person)
{
    struct answer answer = gallery_answer(shot, kind, person);
    answer.occasion = occasion;
    answer.shown_ms = SHOWN_MS;
    if (kind != ANSWER_ARRIVAL)
        answer.undo_ms = 0;
    snprintf(answer.occasion_title, sizeof answer.occasion_title, "%s", title);
    if (kind == ANSWER_ASKS && occasion == OCCASION_BASKET && title[0]) {
        answer.question = ANSWER_ASKS_HELP;
        answer.slots[answer.slot_count++] = gallery_slot(1);
    }
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

static void put_deed(struct stage *stage, const struct gallery_shot *shot,
                     enum occasion_kind occasion, enum deed_kind deed, int person)
{
    struct answer answer = gallery_answer(shot, ANSWER_ASKS, person);
    answer.occasion = occasion;
    answer.has_deed = true;
    answer.deed = deed;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

/* A vote in a college with a long name; `carried` others gave theirs. */
static void put_vote(struct stage *stage, const struct gallery_shot *shot, enum answer_kind kind,
                     int carried, int person)
{
    static const char *const names[ANSWER_CARRIED_MAX] = {"Anne-Sophie V.", "Zoé D."};
    struct answer answer = gallery_answer(shot, kind, person);
    struct answer_vote *vote = &answer.vote;
    *vote = (struct answer_vote){
        .has_vote = true,
        .is_counted = true,
        .carried_count = carried,
        .quorum = {.entitled = 61, .here = 30, .represented = 4, .needed = 31, .is_reached = true}};
    answer.occasion = OCCASION_ASSEMBLY;
    answer.occasion_id = (struct fact_id){1, 70};
    answer.shown_ms = SHOWN_MS;
    if (kind == ANSWER_ASKS)
        answer.undo_ms = 0;
    snprintf(vote->college, sizeof vote->college, "Productrices et producteurs");
    for (int i = 0; i < carried && i < ANSWER_CARRIED_MAX; i++)
        snprintf(vote->carried[i], sizeof vote->carried[i], "%s", names[i]);
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_votes(struct stage *stage, const struct gallery_shot *shot)
{
    put_vote(stage, shot, ANSWER_ARRIVAL, 2, 1);
}

void gallery_asks_votes(struct stage *stage, const struct gallery_shot *shot)
{
    put_vote(stage, shot, ANSWER_ASKS, 3, 1);
}

void gallery_two_votes(struct stage *stage, const struct gallery_shot *shot)
{
    put_vote(stage, shot, ANSWER_ARRIVAL, 0, 1);
    put_vote(stage, shot, ANSWER_ASKS, 1, 2);
}

void gallery_asks_part(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = gallery_answer(shot, ANSWER_ASKS, 1);
    answer.occasion = OCCASION_ASSEMBLY;
    answer.occasion_id = (struct fact_id){1, 70};
    answer.vote = (struct answer_vote){.has_vote = true, .quorum = {61, 20, 0, 31, false}};
    answer.shown_ms = SHOWN_MS;
    answer.undo_ms = 0;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_at_drinks(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ARRIVAL, OCCASION_DRINKS,
                 "Nieuwjaarsreceptie voor alle vrijwilligers en hun buren", 1);
}

void gallery_at_assembly(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ARRIVAL, OCCASION_ASSEMBLY,
                 "Assemblée générale extraordinaire de la coopérative", 1);
}

void gallery_asks_drinks(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ASKS, OCCASION_DRINKS, "", 1);
}

void gallery_asks_drinks_two(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ASKS, OCCASION_DRINKS, "", 1);
    put_occasion(stage, shot, ANSWER_ALREADY_IN, OCCASION_DRINKS, "", 2);
}

void gallery_asks_drinks_refused(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_DO,
                              .how = TOLD_NO,
                              .why = "Only who is in the house can do that. Tap your badge first.",
                              .person = {1, 1}};
    struct ask ask;
    gallery_asks_drinks(stage, shot);
    stage_told(stage, &told, GALLERY_NOW_MS, &ask);
}

void gallery_enjoy(struct stage *stage, const struct gallery_shot *shot)
{
    put_deed(stage, shot, OCCASION_DRINKS, DEED_DRINK, 1);
}

void gallery_enjoy_two(struct stage *stage, const struct gallery_shot *shot)
{
    put_deed(stage, shot, OCCASION_DRINKS, DEED_DRINK, 1);
    put_deed(stage, shot, OCCASION_AGORA, DEED_NEED, 2);
}

void gallery_enjoy_strip(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = gallery_answer(shot, ANSWER_ASKS, 1);
    answer.occasion = OCCASION_DRINKS;
    answer.has_deed = true;
    answer.deed = DEED_DRINK;
    answer.shown_ms = 1;
    stage_answer(stage, &answer, GALLERY_NOW_MS - 3000);
}

void gallery_at_info(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = arrival(shot, 1);
    answer.occasion = OCCASION_INFO;
    answer.is_first_of_kind = true;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_at_agora(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ARRIVAL, OCCASION_AGORA, "", 1);
}

void gallery_agora_two(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ARRIVAL, OCCASION_AGORA, "", 1);
    put_occasion(stage, shot, ANSWER_ALREADY_IN, OCCASION_AGORA, "", 2);
}

void gallery_said(struct stage *stage, const struct gallery_shot *shot)
{
    put_deed(stage, shot, OCCASION_AGORA, DEED_NEED, 1);
}

/* --- words that somebody leaves --- */

void gallery_need(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_at_agora(stage, shot);
    gallery_press(stage, shot, "need");
}

void gallery_need_empty(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_need(stage, shot);
    gallery_press(stage, shot, "key Done");
}

void gallery_need_sure(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_need(stage, shot);
    gallery_type(stage, shot,
                 "Il nous faudrait une rampe à la porte arrière : avec les caisses de légumes, "
                 "la marche est trop haute, et Konstantinos ne passe pas avec son fauteuil.");
    gallery_press(stage, shot, "key Done");
}

void gallery_asks_assembly(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ASKS, OCCASION_ASSEMBLY,
                 "Assemblée générale extraordinaire de la coopérative", 1);
}

void gallery_asks_basket(struct stage *stage, const struct gallery_shot *shot)
{
    put_occasion(stage, shot, ANSWER_ASKS, OCCASION_BASKET, "Paniers de la ferme", 1);
}

/* --- leaving --- */

static void put_goodbye(struct stage *stage, const struct gallery_shot *shot,
                        enum answer_balance balance, bool is_private, int person)
{
    struct answer answer = gallery_answer(shot, ANSWER_DEPARTURE, person);
    answer.today_s = 11520;
    answer.month_s = balance == ANSWER_BALANCE_FAR_OVER ? 13 * 3600 : 6 * 3600 + 600;
    answer.intended_s = 8 * 3600;
    answer.balance = balance;
    answer.is_private = is_private;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_goodbye_of_month(struct stage *stage, const struct gallery_shot *shot)
{
    put_goodbye(stage, shot, ANSWER_BALANCE_FINE, false, 1);
}

void gallery_goodbye_over(struct stage *stage, const struct gallery_shot *shot)
{
    put_goodbye(stage, shot, ANSWER_BALANCE_FAR_OVER, false, 1);
}

void gallery_goodbye_private(struct stage *stage, const struct gallery_shot *shot)
{
    put_goodbye(stage, shot, ANSWER_BALANCE_FAR_OVER, true, 1);
}

void gallery_two_goodbyes(struct stage *stage, const struct gallery_shot *shot)
{
    put_goodbye(stage, shot, ANSWER_BALANCE_FAR_UNDER, false, 1);
    put_goodbye(stage, shot, ANSWER_BALANCE_FAR_OVER, true, 2);
}

void gallery_goodbye_sign_off(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = gallery_answer(shot, ANSWER_DEPARTURE, 1);
    answer.occasion = OCCASION_SHIFT;
    answer.shift = gallery_slot(0);
    answer.is_to_sign_off = true;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

/* --- the resting screen --- */

/* Turns go with the clock: GALLERY_NOW_MS is the eighth, so `count` chooses what is seen. */
static void need_hands(struct stage *stage, int first, int count)
{
    struct answer_slot needed[SLOTS];
    for (int i = 0; i < count; i++)
        needed[i] = gallery_slot((first + i) % SLOTS);
    stage_set_hands(stage, needed, count);
}

void gallery_resting_hands(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    need_hands(stage, 0, 2); /* the second of them */
}

void gallery_resting_hands_later(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    need_hands(stage, 1, 4); /* the third */
}

void gallery_resting_quorum(struct stage *stage, const struct gallery_shot *shot)
{
    const struct quorum quorum = {.all = {61, 30, 4, 31, true}};
    (void)shot;
    stage_set_quorum(stage, &quorum);
}

void gallery_resting_colleges(struct stage *stage, const struct gallery_shot *shot)
{
    const struct quorum quorum = {
        .all = {1840, 512, 96, 920, false},
        .colleges = {{"Consommateurs et consommatrices de la région", {1200, 400, 90, 600, false}},
                     {"Producers", {400, 90, 6, 200, false}},
                     {"Staff", {40, 22, 0, 20, true}},
                     {"Zuiderburen", {200, 0, 0, 100, false}}},
        .college_count = 4,
        .is_by_shares = true,
        .is_by_college = true};
    (void)shot;
    stage_set_occasion(stage, "Assemblée générale extraordinaire de la coopérative");
    stage_set_quorum(stage, &quorum);
}
