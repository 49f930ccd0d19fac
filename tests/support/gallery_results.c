/* Results of taps alone and beside each other, and what nobody's tap brought. */
#include "tests/support/gallery_i.h"

#include <stdio.h>
#include <string.h>

#include "app/ui/words.h"

#define LONG_AGO_MS (GALLERY_NOW_MS - 9000) /* the result has become a strip */
#define HERE 27
#define HOUR_MS (INT64_C(3600) * 1000)
#define DAY_MS (24 * HOUR_MS)

/* --- answers --- */

/* People beside each other speak different languages, the first one the shot's. */
struct answer gallery_answer(const struct gallery_shot *shot, enum answer_kind kind, int person)
{
    struct answer answer = {
        .kind = kind,
        .person = {1, person},
        .fact = {1, person + 100},
        .language = (enum language)(((int)shot->language + person - 1) % LANGUAGE_COUNT),
        .at_ms = GALLERY_WALL_MS,
        .arrived_ms = GALLERY_WALL_MS - 11520000,
        .left_ms = kind == ANSWER_HAS_LEFT ? GALLERY_WALL_MS : 0,
        .forgotten_visit = {1, 9},
        .forgotten_ms = GALLERY_WALL_MS - 13 * DAY_MS,
        .guess_ms = {GALLERY_WALL_MS - 13 * DAY_MS + 2 * HOUR_MS,
                     GALLERY_WALL_MS - 13 * DAY_MS + 3 * HOUR_MS,
                     GALLERY_WALL_MS - 13 * DAY_MS + 4 * HOUR_MS},
        .today_s = 11520,
        .month_s = 158 * 3600 + 2820,
        .here = HERE,
        .shown_ms = 8000,
        .undo_ms = 10000};
    snprintf(answer.first_name, sizeof answer.first_name, "%s", shot->name->first);
    snprintf(answer.display_name, sizeof answer.display_name, "%s", shot->name->shown);
    return answer;
}

static void put_at(struct stage *stage, const struct gallery_shot *shot, enum answer_kind kind,
                   int person, int64_t at_ms)
{
    struct answer answer = gallery_answer(shot, kind, person);
    stage_answer(stage, &answer, at_ms);
}

static void put(struct stage *stage, const struct gallery_shot *shot, enum answer_kind kind,
                int person)
{
    put_at(stage, shot, kind, person, GALLERY_NOW_MS);
}

/* --- results --- */

void gallery_greeting(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ARRIVAL, 1);
}

void gallery_goodbye(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_DEPARTURE, 1);
}

/* Somebody who wants no name on the screen. */
static void put_discreet(struct stage *stage, const struct gallery_shot *shot, int64_t at_ms)
{
    struct answer answer = gallery_answer(shot, ANSWER_ARRIVAL, 1);
    answer.first_name[0] = answer.display_name[0] = '\0';
    stage_answer(stage, &answer, at_ms);
}

void gallery_discreet(struct stage *stage, const struct gallery_shot *shot)
{
    put_discreet(stage, shot, GALLERY_NOW_MS);
}

void gallery_discreet_strip(struct stage *stage, const struct gallery_shot *shot)
{
    put_discreet(stage, shot, LONG_AGO_MS);
}

void gallery_doubtful(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = gallery_answer(shot, ANSWER_DEPARTURE, 1);
    answer.is_time_doubtful = true;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_already_in(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ALREADY_IN, 1);
}

void gallery_has_left(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_HAS_LEFT, 1);
}

void gallery_forgotten(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ARRIVAL_FORGOTTEN, 1);
}

void gallery_unknown(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_UNKNOWN, 1);
}

void gallery_withdrawn(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_WITHDRAWN, 1);
}

void gallery_not_recorded(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_NOT_RECORDED, 1);
}

void gallery_undone(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ARRIVAL, 1);
    stage_undone(stage, (struct fact_id){1, 101}, GALLERY_NOW_MS);
}

/* --- several results --- */

void gallery_two(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ARRIVAL, 1);
    put(stage, shot, ANSWER_DEPARTURE, 2);
}

void gallery_two_questions(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ARRIVAL_FORGOTTEN, 1);
    put(stage, shot, ANSWER_HAS_LEFT, 2);
}

void gallery_two_in_trouble(struct stage *stage, const struct gallery_shot *shot)
{
    struct answer answer = gallery_answer(shot, ANSWER_NOT_RECORDED, 2);
    put(stage, shot, ANSWER_UNKNOWN, 1);
    answer.person.seq = 0;
    stage_answer(stage, &answer, GALLERY_NOW_MS);
}

void gallery_strip(struct stage *stage, const struct gallery_shot *shot)
{
    put_at(stage, shot, ANSWER_ARRIVAL, 1, LONG_AGO_MS);
}

void gallery_two_strips(struct stage *stage, const struct gallery_shot *shot)
{
    put_at(stage, shot, ANSWER_ARRIVAL, 1, LONG_AGO_MS);
    put_at(stage, shot, ANSWER_DEPARTURE, 2, LONG_AGO_MS + 500);
}

void gallery_a_third_and_a_fourth(struct stage *stage, const struct gallery_shot *shot)
{
    for (int person = 1; person <= 4; person++)
        put_at(stage, shot, person % 2 ? ANSWER_DEPARTURE : ANSWER_ARRIVAL, person,
               GALLERY_NOW_MS - 100 + person);
}

void gallery_greeting_over_a_page(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_help(stage, shot);
    put(stage, shot, ANSWER_ARRIVAL, 1);
}

void gallery_unknown_over_a_page(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_help(stage, shot);
    put(stage, shot, ANSWER_UNKNOWN, 1);
}

/* --- nobody's result --- */

void gallery_resting(struct stage *stage, const struct gallery_shot *shot)
{
    (void)stage;
    (void)shot;
}

void gallery_resting_empty(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_set_here(stage, 0);
    stage_set_clock(stage, 0, false);
}

void gallery_resting_full(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_set_here(stage, 184);
}

void gallery_resting_occasion(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_set_occasion(stage, "Deux mains à la caisse à 17\u00a0h\u202f?");
}

void gallery_reader_resting(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_set_reader_resting(stage, true);
}

void gallery_seen(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_seen(stage, GALLERY_NOW_MS);
}

void gallery_seen_over_a_result(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ARRIVAL, 1);
    stage_seen(stage, GALLERY_NOW_MS);
}

void gallery_moment(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_moment(stage, GALLERY_NOW_MS);
}

void gallery_moment_over_a_result(struct stage *stage, const struct gallery_shot *shot)
{
    put(stage, shot, ANSWER_ARRIVAL, 1);
    stage_moment(stage, GALLERY_NOW_MS);
}

void gallery_called(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_press(stage, shot, "help");
    gallery_press(stage, shot, "call");
}

void gallery_fault(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    stage_set_address(stage, "192.168.1.205");
    stage_set_fault(stage, FAULT_SETTINGS,
                    "perron.conf:3: unknown key 'nam' in [venue]; known keys are name, language, "
                    "time_zone, day_end");
}
