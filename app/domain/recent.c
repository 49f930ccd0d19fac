#include "app/domain/recent.h"

#include <string.h>

#include "app/domain/tap.h"

static int find(const struct recent *recent, const struct badge *badge)
{
    for (int i = 0; i < recent->count; i++)
        if (strcmp(recent->badges[i].badge.text, badge->text) == 0)
            return i;
    return -1;
}

int64_t recent_gap_ms(const struct recent *recent, const struct badge *badge, int64_t now_ms)
{
    int at = find(recent, badge);
    return at < 0 ? TAP_NEVER : now_ms - recent->badges[at].seen_ms;
}

bool recent_is_undone(const struct recent *recent, const struct badge *badge)
{
    int at = find(recent, badge);
    return at >= 0 && recent->badges[at].is_undone;
}

/* Moves the badge to the front; a full memory forgets the one unseen for longest. */
static struct recent_badge *bring_forward(struct recent *recent, const struct badge *badge)
{
    struct recent_badge moved = {.badge = *badge};
    int at = find(recent, badge);
    if (at >= 0)
        moved = recent->badges[at];
    else if (recent->count < RECENT_MAX)
        at = recent->count++;
    else
        at = RECENT_MAX - 1;
    memmove(&recent->badges[1], &recent->badges[0], (size_t)at * sizeof recent->badges[0]);
    recent->badges[0] = moved;
    return &recent->badges[0];
}

void recent_see(struct recent *recent, const struct badge *badge, int64_t now_ms)
{
    bring_forward(recent, badge)->seen_ms = now_ms;
}

void recent_answer(struct recent *recent, const struct badge *badge, const struct answer *answer,
                   int64_t now_ms)
{
    int at = find(recent, badge);
    if (at < 0)
        return;
    struct recent_badge *known = &recent->badges[at];
    known->answer = *answer;
    known->answered_ms = now_ms;
    known->is_known = true;
    known->is_undone = false;
}

void recent_tell(struct recent *recent, const struct answer *answer, int64_t now_ms)
{
    for (int i = 0; i < recent->count; i++) {
        struct recent_badge *known = &recent->badges[i];
        if (!known->is_known || !fact_id_is_same(known->answer.person, answer->person))
            continue;
        known->answer = *answer;
        known->answered_ms = now_ms;
        known->is_undone = false;
    }
}

void recent_void(struct recent *recent, const struct badge *badge)
{
    int at = find(recent, badge);
    if (at >= 0)
        recent->badges[at].is_undone = true;
}

void recent_undo(struct recent *recent, struct fact_id fact)
{
    for (int i = 0; i < recent->count; i++)
        if (recent->badges[i].is_known && fact_id_is_same(recent->badges[i].answer.fact, fact))
            recent->badges[i].is_undone = true;
}

bool recent_repeat(const struct recent *recent, const struct badge *badge, int64_t now_ms,
                   struct answer *out_answer)
{
    int at = find(recent, badge);
    if (at < 0 || !recent->badges[at].is_known || recent->badges[at].is_undone)
        return false;
    const struct recent_badge *known = &recent->badges[at];
    int64_t left_ms = known->answered_ms + known->answer.undo_ms - now_ms;
    *out_answer = known->answer;
    out_answer->shown_ms = tap_row_of(ANSWER_REPEAT)->shown_ms;
    out_answer->undo_ms = known->answer.undo_ms && left_ms > 0 ? left_ms : 0;
    return true;
}
