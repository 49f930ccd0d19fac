#include "app/domain/stint.h"

#include <string.h>

/* A visit while it is cut, in whole seconds since the arrival. */
struct cut {
    const struct visit *visit;
    int64_t end_s;  /* of the visit */
    int64_t stop_s; /* of hours outside of shifts */
    struct stint *stints;
    int count; /* of shifts */
    struct {
        int64_t begin_s, end_s; /* the shift's hours in the visit */
    } windows[STINT_SHIFTS_MAX];
    struct stint outside;
};

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

/* Towards the past: the seconds of before the arrival, too. */
static int64_t seconds_to(const struct cut *cut, int64_t at_ms)
{
    int64_t distance_ms = at_ms - cut->visit->arrived_ms;
    int64_t seconds = distance_ms / 1000 - (distance_ms % 1000 < 0);
    return clamp(seconds, 0, cut->end_s);
}

bool stint_reaches(const struct visit *visit, const struct sign_up *sign_up)
{
    int64_t end_ms = visit->how_out == PRESENCE_OPEN ? visit->closes_ms : visit->left_ms;
    return sign_up->end == SIGN_UP_STANDS && visit->arrived_ms < sign_up->to_ms &&
           end_ms > sign_up->from_ms;
}

static struct stint begin_stint(const struct visit *visit)
{
    return (struct stint){.visit = visit->id,
                          .organisation = visit->organisation,
                          .day = visit->day,
                          .is_staff = visit->is_staff,
                          .is_assumed = visit->how_out == PRESENCE_ASSUMED};
}

static void add(struct cut *cut, struct stint *stint, int64_t begin_s, int64_t end_s)
{
    if (end_s <= begin_s)
        return;
    int64_t from_ms = cut->visit->arrived_ms + begin_s * 1000;
    if (stint->seconds == 0 || from_ms < stint->from_ms)
        stint->from_ms = from_ms;
    stint->seconds += end_s - begin_s;
}

/* The hours of shifts, each second to the one that began first. */
static void cut_shifts(struct cut *cut, const struct sign_ups *sign_ups)
{
    int64_t taken_s = 0;
    for (size_t i = 0; i < sign_ups->count && cut->count < STINT_SHIFTS_MAX; i++) {
        const struct sign_up *sign_up = &sign_ups->rows[i];
        if (sign_up->from_ms >= cut->visit->arrived_ms + (cut->end_s + 1) * 1000)
            break;
        if (!stint_reaches(cut->visit, sign_up))
            continue;
        int64_t begin_s = clamp(seconds_to(cut, sign_up->from_ms), taken_s, cut->end_s);
        int64_t end_s = clamp(seconds_to(cut, sign_up->to_ms), begin_s, cut->end_s);
        if (end_s == begin_s)
            continue;
        struct stint *stint = &cut->stints[cut->count];
        *stint = begin_stint(cut->visit);
        stint->of = sign_up->of;
        stint->organisation = sign_up->organisation;
        memcpy(stint->mission, sign_up->mission, sizeof stint->mission);
        add(cut, stint, begin_s, end_s);
        cut->windows[cut->count].begin_s = begin_s;
        cut->windows[cut->count++].end_s = taken_s = end_s;
    }
}

/* What lies between the shift before `next` and that one, or the visit's ends. */
static void cut_gap(struct cut *cut, int next)
{
    int64_t begin_s = next ? cut->windows[next - 1].end_s : 0;
    int64_t end_s = next < cut->count ? cut->windows[next].begin_s : cut->end_s;
    end_s = clamp(end_s, begin_s, cut->stop_s > begin_s ? cut->stop_s : begin_s);
    int64_t stayed_s = next ? clamp(begin_s + STINT_AFTER_MS / 1000, begin_s, end_s) : begin_s;
    int64_t early_s = end_s;
    if (next < cut->count)
        early_s = clamp(cut->windows[next].begin_s - STINT_BEFORE_MS / 1000, stayed_s, end_s);
    if (next)
        add(cut, &cut->stints[next - 1], begin_s, stayed_s);
    add(cut, &cut->outside, stayed_s, early_s);
    if (next < cut->count)
        add(cut, &cut->stints[next], early_s, end_s);
}

/* To where its first second lies among the others. */
static void add_outside(struct cut *cut)
{
    int at = cut->count++;
    for (; at > 0 && cut->stints[at - 1].from_ms > cut->outside.from_ms; at--)
        cut->stints[at] = cut->stints[at - 1];
    cut->stints[at] = cut->outside;
}

int stint_cut(const struct visit *visit, const struct sign_ups *sign_ups, int64_t now_ms,
              struct stint out_stints[STINTS_MAX])
{
    struct visit ended = presence_visit_at(visit, now_ms);
    struct cut cut = {.visit = &ended, .stints = out_stints, .outside = begin_stint(&ended)};
    if (ended.how_out == PRESENCE_OPEN)
        ended.left_ms = now_ms;
    if (!presence_has_end(&ended) || ended.left_ms <= ended.arrived_ms)
        return 0;
    cut.end_s = (ended.left_ms - ended.arrived_ms) / 1000;
    cut.stop_s = !occasion_kind_has_hours(ended.kind) ? 0
                 : ended.stop_ms                      ? seconds_to(&cut, ended.stop_ms)
                                                      : cut.end_s;
    if (ended.how_out == PRESENCE_OPEN)
        ended.closes_ms = now_ms; /* shifts of later are not reached yet */
    cut_shifts(&cut, sign_ups);
    for (int next = 0; next <= cut.count; next++)
        cut_gap(&cut, next);
    if (cut.outside.seconds && ended.how_out != PRESENCE_ASSUMED)
        add_outside(&cut);
    return cut.count;
}

int64_t stint_seconds(const struct visit *visit, const struct sign_ups *sign_ups, int64_t now_ms)
{
    struct stint stints[STINTS_MAX];
    int64_t seconds = 0;
    int count = stint_cut(visit, sign_ups, now_ms, stints);
    for (int i = 0; i < count; i++)
        seconds += stints[i].seconds;
    return seconds;
}
