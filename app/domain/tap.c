#include "app/domain/tap.h"

#include <assert.h>
#include <stddef.h>

#define SECONDS(count) ((int64_t)(count)*1000)

static bool is_held(const struct tap_situation *s)
{
    return s->gap_ms < SECONDS(2);
}

static bool is_claimed(const struct tap_situation *s)
{
    return s->is_claimed;
}

static bool is_withdrawn(const struct tap_situation *s)
{
    return s->badge == TAP_BADGE_WITHDRAWN;
}

static bool is_unknown(const struct tap_situation *s)
{
    return s->badge == TAP_BADGE_UNKNOWN;
}

static bool is_disk_refusing(const struct tap_situation *s)
{
    return s->is_disk_refusing;
}

static bool is_repeated(const struct tap_situation *s)
{
    return s->gap_ms < SECONDS(10) && !s->is_undone;
}

static bool is_in_past_end(const struct tap_situation *s)
{
    return s->is_in && s->is_past_end;
}

static bool is_in_just_now(const struct tap_situation *s)
{
    return s->is_in && s->since_ms < SECONDS(60);
}

static bool is_in_and_leaves(const struct tap_situation *s)
{
    return s->is_in && s->occasion == TAP_OCCASION_LEAVES;
}

static bool is_in_and_asked(const struct tap_situation *s)
{
    return s->is_in;
}

static bool is_out_just_now(const struct tap_situation *s)
{
    return !s->is_in && s->since_ms < SECONDS(60);
}

static bool is_out(const struct tap_situation *s)
{
    return !s->is_in;
}

const struct tap_row tap_rows[] = {
    {"held or flickering", is_held, ANSWER_NOTHING, 0, 0, 0},
    {"the scene claims badges", is_claimed, ANSWER_CLAIMED, 0, 0, 0},
    {"withdrawn badge", is_withdrawn, ANSWER_WITHDRAWN, FACT_REFUSAL, SECONDS(8), 0},
    {"unknown badge", is_unknown, ANSWER_UNKNOWN, 0, SECONDS(20), 0},
    {"the disk refuses", is_disk_refusing, ANSWER_NOT_RECORDED, 0, SECONDS(8), 0},
    {"the same again", is_repeated, ANSWER_REPEAT, 0, SECONDS(4), 0},
    {"in, past the end of the day", is_in_past_end, ANSWER_ARRIVAL_FORGOTTEN, FACT_TAP, SECONDS(20),
     SECONDS(10)},
    {"in, just now", is_in_just_now, ANSWER_ALREADY_IN, 0, SECONDS(8), 0},
    {"in, a tap leaves", is_in_and_leaves, ANSWER_DEPARTURE, FACT_TAP, SECONDS(4), SECONDS(10)},
    {"in, a tap asks", is_in_and_asked, ANSWER_ASKS, 0, SECONDS(20), 0},
    {"out, just now", is_out_just_now, ANSWER_HAS_LEFT, 0, SECONDS(8), 0},
    {"out", is_out, ANSWER_ARRIVAL, FACT_TAP, SECONDS(4), SECONDS(10)},
};

const int tap_row_count = sizeof tap_rows / sizeof tap_rows[0];

const struct tap_row *tap_decide(const struct tap_situation *situation)
{
    const struct tap_row *row = tap_rows;
    while (!row->fits(situation))
        row++;
    assert(row < tap_rows + tap_row_count);
    return row;
}

const struct tap_row *tap_row_of(enum answer_kind kind)
{
    for (int i = 0; i < tap_row_count; i++)
        if (tap_rows[i].answer == kind)
            return &tap_rows[i];
    assert(!"every answer kind has a row");
    return NULL;
}
