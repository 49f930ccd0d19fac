/* Missions that fit somebody, and where hands are needed for them. */
#include <stdlib.h>
#include <time.h>

#include "app/store/lookup_occasions.h"
#include "app/store/welcome_i.h"

#define MS_PER_DAY ((int64_t)24 * 3600 * 1000)
#define SHIFTS_MAX 256
#define WEEKDAYS 7

/* What a mission needs, on each weekday. */
struct need {
    int needed, by_weekday[WEEKDAYS];
    int64_t next_ms;
};

static int weekday_of(int64_t utc_ms)
{
    time_t seconds = (time_t)(utc_ms / 1000);
    struct tm local;
    return localtime_r(&seconds, &local) ? local.tm_wday : 0;
}

/* Shifts come by their beginning: the first is the soonest. */
static void count_shifts(const struct guide *guide, const struct lookup_shift *shifts, size_t count,
                         struct need *needs)
{
    for (size_t i = 0; i < count; i++) {
        const struct answer_slot *slot = &shifts[i].slot;
        const struct guide_mission *mission = guide_mission_called(guide, slot->title);
        if (!mission)
            continue;
        struct need *need = &needs[mission - guide->missions];
        if (!need->needed)
            need->next_ms = slot->from_ms;
        need->needed += slot->needed;
        need->by_weekday[weekday_of(slot->from_ms)] += slot->needed;
    }
}

static int list_hands(const struct guide *guide, const struct need *needs,
                      struct match_hands *out_hands)
{
    int count = 0;
    for (int i = 0; i < guide->mission_count; i++) {
        struct match_hands hands = {
            .mission = i, .needed = needs[i].needed, .next_ms = needs[i].next_ms};
        for (int day = 1; day < WEEKDAYS; day++)
            if (needs[i].by_weekday[day] > needs[i].by_weekday[hands.weekday])
                hands.weekday = day;
        if (hands.needed)
            out_hands[count++] = hands;
    }
    return count;
}

static enum rc find_hands(struct db *db, const struct guide *guide, int64_t now_ms,
                          struct match_hands *out_hands, int *out_count)
{
    struct need needs[GUIDE_MISSIONS_MAX] = {{.needed = 0}};
    size_t listed = 0, total;
    struct lookup_shift *shifts = calloc(SHIFTS_MAX, sizeof *shifts);
    enum rc rc = shifts ? lookup_shifts(db, now_ms, now_ms + WELCOME_DAYS * MS_PER_DAY, true,
                                        SHIFTS_MAX, shifts, &listed, &total)
                        : RC_NO_MEMORY;
    if (!rc) {
        count_shifts(guide, shifts, listed, needs);
        *out_count = list_hands(guide, needs, out_hands);
    }
    free(shifts);
    return rc;
}

enum rc welcome_missions(struct journal *journal, struct fact_id person, int64_t now_ms,
                         struct match *out_matches, int *out_count)
{
    struct db *db = journal_db(journal);
    const struct guide *guide = journal_guide(journal);
    struct match_hands hands[GUIDE_MISSIONS_MAX];
    struct newcomer newcomer = {.has_begun = false};
    struct person known = {.number = ""};
    int hand_count = 0;
    enum rc rc = db ? lookup_person(db, person, &known) : RC_IO;
    if (!rc && guide)
        rc = find_hands(db, guide, now_ms, hands, &hand_count);
    if (!rc)
        rc = welcome_find(db, person, &newcomer);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_count =
        guide ? match_missions(guide, &newcomer, known.circle, hands, hand_count, out_matches) : 0;
    return RC_OK;
}
