/* What each kind of occasion has for who is there. */
#include <string.h>

#include "app/domain/day.h"
#include "app/store/assembly.h"
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

/* --- an assembly --- */

static enum rc name_carried(struct journal *journal, const struct assembly *assembly,
                            struct answer *answer)
{
    struct answer_vote *vote = &answer->vote;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < assembly->proxy_count; i++) {
        const struct quorum_proxy *proxy = &assembly->proxies[i];
        struct person giver;
        if (proxy->fate != QUORUM_COUNTS || !fact_id_is_same(proxy->holder, answer->person))
            continue;
        if (vote->carried_count < ANSWER_CARRIED_MAX &&
            !(rc = lookup_person(journal_db(journal), proxy->giver, &giver)))
            person_display_name(&giver, vote->carried[vote->carried_count],
                                sizeof vote->carried[0]);
        vote->carried_count++;
    }
    return rc;
}

static enum rc find_vote(struct journal *journal, struct answer *answer)
{
    struct assembly assembly;
    struct answer_vote *vote = &answer->vote;
    const struct assembly_of of = {.occasion = answer->occasion_id,
                                   .day = day_number(answer->at_ms, journal_day_end_min(journal))};
    enum rc rc =
        assembly_open(journal_db(journal), journal_statutes(journal), of, answer->at_ms, &assembly);
    if (rc)
        return rc;
    const struct quorum_voter *voter = quorum_find(assembly.voters, assembly.count, answer->person);
    *vote = (struct answer_vote){.has_vote = voter != NULL,
                                 .is_counted = voter && voter->is_here,
                                 .quorum = assembly.quorum.all,
                                 .is_by_shares = assembly.quorum.is_by_shares};
    if (voter)
        memcpy(vote->college, voter->college, sizeof vote->college);
    rc = name_carried(journal, &assembly, answer);
    assembly_finish(&assembly);
    return rc;
}

static enum rc (*const offers[OCCASION_COUNT])(struct journal *journal, struct answer *answer) = {
    [OCCASION_DRINKS] = count_drinks,
    [OCCASION_ASSEMBLY] = find_vote,
    [OCCASION_INFO] = find_first,
    [OCCASION_BASKET] = find_baskets,
};

enum rc door_fill_offer(struct journal *journal, struct answer *answer)
{
    return offers[answer->occasion] ? offers[answer->occasion](journal, answer) : RC_OK;
}
