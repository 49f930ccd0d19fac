#include "app/store/place.h"

int64_t place_now(struct journal *journal, const struct clock_reading *now)
{
    int64_t at_ms = now->wall_ms;
    bool is_doubtful;
    if (journal_needs_mending(journal) || journal_begin(journal, now))
        return at_ms;
    journal_place_now(journal, &at_ms, &is_doubtful);
    journal_rollback(journal);
    return at_ms;
}
