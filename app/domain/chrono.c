#include "app/domain/chrono.h"

#include <string.h>

bool chrono_is_new_boot(const struct chrono_boot *boot, const struct fact *fact)
{
    return boot->first_seq == 0 || memcmp(boot->boot, fact->boot, sizeof boot->boot) != 0;
}

static void take(struct chrono_boot *boot, const struct fact *fact)
{
    boot->anchor_wall_ms = fact->wall_ms;
    boot->anchor_mono_ms = fact->mono_ms;
    boot->anchor_trust = fact->trust;
}

void chrono_begin(struct chrono_boot *out_boot, const struct fact *first, int64_t last_ms)
{
    memcpy(out_boot->boot, first->boot, sizeof out_boot->boot);
    out_boot->first_seq = first->id.seq;
    out_boot->floor_ms = last_ms;
    take(out_boot, first);
}

bool chrono_take_anchor(struct chrono_boot *boot, const struct fact *fact)
{
    if (fact->kind != FACT_CLOCK_SET || fact->trust < boot->anchor_trust)
        return false;
    take(boot, fact);
    return true;
}

/* Nobody vouches for the anchor, and it contradicts what happened before. */
static bool is_anchor_wrong(const struct chrono_boot *boot, int64_t earliest_ms)
{
    return boot->anchor_trust <= CLOCK_PLAUSIBLE && boot->anchor_wall_ms < earliest_ms;
}

void chrono_place(const struct chrono_boot *boot, int64_t last_ms, struct fact *fact)
{
    int64_t earliest_ms = boot->floor_ms + boot->anchor_mono_ms;
    bool is_wrong = is_anchor_wrong(boot, earliest_ms);
    int64_t wall_ms = is_wrong ? earliest_ms : boot->anchor_wall_ms;

    int64_t placed_ms = wall_ms + fact->mono_ms - boot->anchor_mono_ms;
    fact->effective_ms = placed_ms > last_ms ? placed_ms : last_ms;
    fact->is_doubtful = boot->anchor_trust == CLOCK_UNSET || is_wrong || last_ms - placed_ms > 1000;
}
