/* What the house tells the resting screen: who is here, what is on, the votes at
 * an assembly, where hands are needed, what is wrong on the station's card. */
#include <stdio.h>
#include <string.h>

#include "app/ui/stage_i.h"

void stage_set_here(struct stage *stage, int here)
{
    stage->is_changed |= stage->here != here;
    stage->here = here;
}

void stage_set_occasion(struct stage *stage, const char *occasion)
{
    char text[sizeof stage->occasion];
    snprintf(text, sizeof text, "%s", occasion ? occasion : "");
    stage->is_changed |= strcmp(text, stage->occasion) != 0;
    memcpy(stage->occasion, text, sizeof text);
}

void stage_set_quorum(struct stage *stage, const struct quorum *quorum)
{
    bool is_same =
        quorum ? stage->has_quorum && quorum_is_same(quorum, &stage->quorum) : !stage->has_quorum;
    stage->is_changed |= !is_same;
    stage->has_quorum = quorum != NULL;
    if (quorum)
        stage->quorum = *quorum;
}

void stage_set_guide(struct stage *stage, const struct guide *guide)
{
    stage->page.way.guide = guide;
}

void stage_set_newcomer(struct stage *stage, int64_t until_ms)
{
    stage->newcomer_ms = until_ms;
    stage->is_changed = true;
}

static bool is_same_slot(const struct answer_slot *a, const struct answer_slot *b)
{
    return fact_id_is_same(a->of.occasion, b->of.occasion) && a->of.number == b->of.number &&
           a->kind == b->kind && strcmp(a->title, b->title) == 0 && a->from_ms == b->from_ms &&
           a->to_ms == b->to_ms && a->needed == b->needed;
}

void stage_set_hands(struct stage *stage, const struct answer_slot *slots, int count)
{
    int kept = count > SCENE_HANDS_MAX ? SCENE_HANDS_MAX : count;
    stage->is_changed |= stage->hand_count != kept;
    for (int i = 0; i < kept; i++) {
        stage->is_changed |= !is_same_slot(&stage->hands[i], &slots[i]);
        stage->hands[i] = slots[i];
    }
    stage->hand_count = kept;
}

void stage_set_mistakes(struct stage *stage, const struct mistakes *mistakes)
{
    stage->mistakes = *mistakes;
    stage_change(stage);
}
