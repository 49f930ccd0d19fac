#include "app/domain/match.h"

#include <string.h>

#include "firmware/base/utf8.h"

/* What somebody said of themselves, as bits of the house's tiles. */
struct wisher {
    uint32_t likes, avoids, skills; /* avoids: of the same tiles as likes */
    char circle[64];                /* for comparing */
};

static struct wisher read_wisher(const struct guide *guide, const struct newcomer *newcomer,
                                 const char *circle)
{
    struct wisher wisher = {
        .likes = guide_bits(guide, GUIDE_LIKES, newcomer->wishes[GUIDE_LIKES]),
        .avoids = guide_bits(guide, GUIDE_LIKES, newcomer->wishes[GUIDE_AVOIDS]),
        .skills = guide_bits(guide, GUIDE_SKILLS, newcomer->wishes[GUIDE_SKILLS]),
    };
    utf8_fold(circle, wisher.circle, sizeof wisher.circle);
    return wisher;
}

static int first_bit(uint32_t bits)
{
    int bit = 0;
    while (bit < 32 && !(bits >> bit & 1))
        bit++;
    return bit < 32 ? bit : -1;
}

static int count_bits(uint32_t bits)
{
    int count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

static bool fits(const struct guide_mission *mission, const struct wisher *wisher)
{
    return !(mission->likes & wisher->avoids) &&
           (!mission->skills || (mission->skills & wisher->skills));
}

static struct match look_at(const struct guide *guide, int index, const struct wisher *wisher)
{
    char circle[sizeof wisher->circle];
    const struct guide_mission *mission = &guide->missions[index];
    utf8_fold(mission->circle, circle, sizeof circle);
    return (struct match){
        .mission = index,
        .like = first_bit(mission->likes & wisher->likes),
        .like_count = count_bits(mission->likes & wisher->likes),
        .skill = first_bit(mission->skills & wisher->skills),
        .is_circle = circle[0] && strcmp(circle, wisher->circle) == 0,
    };
}

static void add_hands(struct match *match, const struct match_hands *hands, int hand_count)
{
    for (int i = 0; i < hand_count; i++)
        if (hands[i].mission == match->mission && hands[i].needed > 0) {
            match->needed = hands[i].needed;
            match->weekday = hands[i].weekday;
            match->next_ms = hands[i].next_ms;
            return;
        }
}

/* Below 0: `a` is offered before `b`. Two are never the same. */
static int compare(const struct match *a, const struct match *b)
{
    if (a->like_count != b->like_count)
        return b->like_count - a->like_count;
    if ((a->skill >= 0) != (b->skill >= 0))
        return a->skill >= 0 ? -1 : 1;
    if (a->is_circle != b->is_circle)
        return a->is_circle ? -1 : 1;
    if (a->needed != b->needed)
        return a->needed > b->needed ? -1 : 1;
    return a->mission - b->mission;
}

int match_missions(const struct guide *guide, const struct newcomer *newcomer, const char *circle,
                   const struct match_hands *hands, int hand_count, struct match *out_matches)
{
    const struct wisher wisher = read_wisher(guide, newcomer, circle);
    int count = 0;
    for (int i = 0; i < guide->mission_count; i++) {
        if (!fits(&guide->missions[i], &wisher))
            continue;
        struct match match = look_at(guide, i, &wisher);
        add_hands(&match, hands, hand_count);
        int at = count++;
        for (; at > 0 && compare(&match, &out_matches[at - 1]) < 0; at--)
            out_matches[at] = out_matches[at - 1];
        out_matches[at] = match;
    }
    return count;
}
