/* What each kind of occasion has for who is there. */
#include "app/domain/day.h"
#include "app/store/baskets.h"
#include "app/store/deeds.h"
#include "app/store/door_i.h"

/* Where they are, for looking up what was done there. */
static struct deeds_at at(struct journal *journal, enum deed_kind kind, const struct answer *answer)
{
    return (struct deeds_at){.kind = kind,
                             .occasion = answer->occasion_id,
                             .day = day_number(answer->at_ms, journal_day_end_min(journal))};
}

static enum rc count_drinks(struct journal *journal, struct answer *answer)
{
    const struct deeds_at drinks = at(journal, DEED_DRINK, answer);
    return deeds_count(journal_db(journal), &drinks, answer->person, &answer->drinks);
}

/* Before this visit, which is counted already. */
static enum rc find_first(struct journal *journal, struct answer *answer)
{
    int64_t first_ms = answer->arrived_ms;
    enum rc rc =
        lookup_first_of_kind(journal_db(journal), answer->person, answer->occasion, &first_ms);
    if (rc && rc != RC_EMPTY)
        return rc;
    answer->is_first_of_kind = first_ms >= answer->arrived_ms;
    return RC_OK;
}

static enum rc find_baskets(struct journal *journal, struct answer *answer)
{
    const struct deeds_at baskets = at(journal, DEED_BASKET, answer);
    return baskets_fill(journal_db(journal), &baskets, answer);
}

static enum rc (*const offers[OCCASION_COUNT])(struct journal *journal, struct answer *answer) = {
    [OCCASION_DRINKS] = count_drinks,
    [OCCASION_INFO] = find_first,
    [OCCASION_BASKET] = find_baskets,
};

enum rc door_fill_offer(struct journal *journal, struct answer *answer)
{
    return offers[answer->occasion] ? offers[answer->occasion](journal, answer) : RC_OK;
}
