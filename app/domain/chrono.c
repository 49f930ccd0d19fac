#include "app/domain/chrono.h"

#include <string.h>

bool chrono_is_new_boot(const struct chrono_boot *boot, const struct fact *fact)
{
    return boot->first_seq == 0 || memcmp(boot->boot, fact->boot, sizeof boot->boot) != 0;
}

/* What no clock says: another station may write anything, and sums must not overflow. */
static int64_t within(int64_t ms)
{
    return ms < 0 ? 0 : ms > FACT_TIME_MAX_MS ? FACT_TIME_MAX_MS : ms;
}

static void take(struct chrono_boot *boot, const struct fact *fact)
{
    boot->anchor_wall_ms = within(fact->wall_ms);
    boot->anchor_mono_ms = within(fact->mono_ms);
    boot->anchor_trust = fact->trust;
}

void chrono_begin(struct chrono_boot *out_boot, const struct fact *first, int64_t last_ms)
{
    memcpy(out_boot->boot, first->boot, sizeof out_boot->boot);
    out_boot->first_seq = first->id.seq;
    out_boot->floor_ms = last_ms;
    out_boot->latest_ms = INT64_MAX;
    take(out_boot, first);
}

bool chrono_take_anchor(struct chrono_boot *boot, const struct fact *fact)
{
    if (fact->kind != FACT_CLOCK_SET || fact->trust < boot->anchor_trust)
        return false;
    take(boot, fact);
    return true;
}

bool chrono_is_vouched(const struct chrono_boot *boot)
{
    return boot->anchor_trust >= CLOCK_STAFF;
}

int64_t chrono_power_ms(const struct chrono_boot *boot)
{
    return boot->anchor_wall_ms - boot->anchor_mono_ms;
}

/* Where the anchor lies: nobody believes it over what happened before, nor over a better clock. */
static int64_t place_anchor(const struct chrono_boot *boot)
{
    int64_t earliest_ms = boot->floor_ms + boot->anchor_mono_ms;
    bool gives_way = boot->anchor_wall_ms > boot->latest_ms;
    int64_t wall_ms = gives_way ? boot->latest_ms : boot->anchor_wall_ms;
    bool may_wait = chrono_is_vouched(boot) && !gives_way;
    return wall_ms < earliest_ms && !may_wait ? earliest_ms : wall_ms;
}

void chrono_place(const struct chrono_boot *boot, int64_t last_ms, struct fact *fact)
{
    int64_t wall_ms = place_anchor(boot);
    int64_t placed_ms = wall_ms + within(fact->mono_ms) - boot->anchor_mono_ms;
    fact->effective_ms = placed_ms > last_ms ? within(placed_ms) : last_ms;
    fact->is_doubtful = boot->anchor_trust == CLOCK_UNSET || wall_ms != boot->anchor_wall_ms ||
                        last_ms - placed_ms > 1000;
}

/* --- boots that follow each other --- */

static int64_t last_of(const struct chrono_boot *boot)
{
    int64_t last_ms = within(place_anchor(boot) + boot->last_mono_ms - boot->anchor_mono_ms);
    return last_ms > boot->floor_ms ? last_ms : boot->floor_ms;
}

/* Does it say no less than what a clock as good said before it? */
static bool is_believed(const struct chrono_boot *boots, size_t at)
{
    int64_t power_ms = chrono_power_ms(&boots[at]);
    for (size_t i = at; i-- > 0;)
        if (boots[i].anchor_trust >= boots[at].anchor_trust)
            return power_ms >= chrono_power_ms(&boots[i]) + boots[i].last_mono_ms;
    return power_ms >= boots[0].floor_ms;
}

static int64_t less(int64_t ceiling_ms, int64_t by_ms)
{
    return ceiling_ms > -FACT_TIME_MAX_MS && ceiling_ms < INT64_MAX ? ceiling_ms - by_ms
                                                                    : ceiling_ms;
}

/* Backwards: until when a boot must be over, for one that nobody vouches for and one by staff. */
static void find_latest(struct chrono_boot *boots, size_t count)
{
    int64_t unvouched_ms = INT64_MAX, staff_ms = INT64_MAX;
    for (size_t i = count; i-- > 0;) {
        struct chrono_boot *boot = &boots[i];
        bool is_synced = boot->anchor_trust == CLOCK_SYNCED;
        int64_t ceiling_ms = chrono_is_vouched(boot) ? staff_ms : unvouched_ms;
        boot->latest_ms =
            is_synced ? INT64_MAX : less(ceiling_ms, boot->last_mono_ms - boot->anchor_mono_ms);
        unvouched_ms = less(unvouched_ms, boot->last_mono_ms);
        staff_ms = less(staff_ms, boot->last_mono_ms);
        if (!chrono_is_vouched(boot) || boot->anchor_wall_ms > boot->latest_ms ||
            !is_believed(boots, i))
            continue;
        unvouched_ms = chrono_power_ms(boot);
        if (is_synced)
            staff_ms = unvouched_ms;
    }
}

void chrono_settle(struct chrono_boot *boots, size_t count)
{
    for (size_t i = 0; i < count; i++)
        boots[i].last_mono_ms = within(boots[i].last_mono_ms);
    for (size_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && boots[end - 1].anchor_trust != CLOCK_SYNCED;)
            end++;
        find_latest(boots + begin, end - begin);
        for (size_t i = begin; i < end; i++)
            if (i + 1 < count)
                boots[i + 1].floor_ms = last_of(&boots[i]);
    }
}
