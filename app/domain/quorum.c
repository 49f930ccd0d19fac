#include "app/domain/quorum.h"

#include <stdlib.h>
#include <string.h>

struct quorum_statutes quorum_default(void)
{
    return (struct quorum_statutes){.voters = QUORUM_MEMBERS, .by = QUORUM_HEADS, .percent = 50};
}

/* --- one vote --- */

/* Digits, as lists of people have them; anything else holds none. */
static int64_t count_shares(const struct person *person)
{
    size_t digits = strspn(person->shares, "0123456789");
    return digits && !person->shares[digits] ? strtoll(person->shares, NULL, 10) : 0;
}

bool quorum_has_vote(const struct quorum_statutes *statutes, const struct person *person)
{
    switch ((enum quorum_voters)statutes->voters) {
    case QUORUM_MEMBERS: return person->number[0] != 0;
    case QUORUM_COLLEGES: return person->college[0] != 0;
    case QUORUM_HOLDERS: return count_shares(person) > 0;
    }
    return false;
}

int64_t quorum_weight(const struct quorum_statutes *statutes, const struct person *person)
{
    return statutes->by == QUORUM_SHARES ? count_shares(person) : 1;
}

/* --- proxies --- */

static int compare_id(const void *id, const void *voter)
{
    return fact_id_compare(*(const struct fact_id *)id, ((const struct quorum_voter *)voter)->id);
}

struct quorum_voter *quorum_find(struct quorum_voter *voters, size_t count, struct fact_id id)
{
    return count ? bsearch(&id, voters, count, sizeof *voters, compare_id) : NULL;
}

static enum quorum_fate judge(const struct quorum_statutes *statutes,
                              const struct quorum_voter *giver, const struct quorum_voter *holder)
{
    if (!giver || !holder)
        return QUORUM_NO_VOTE;
    if (giver->is_here)
        return QUORUM_GIVER_HERE;
    if (giver->is_represented)
        return QUORUM_GIVEN_TWICE;
    if (!holder->is_here)
        return QUORUM_HOLDER_AWAY;
    return holder->carries < statutes->proxies ? QUORUM_COUNTS : QUORUM_HOLDER_FULL;
}

static void carry(const struct quorum_statutes *statutes, struct quorum_voter *voters, size_t count,
                  struct quorum_proxy *proxy)
{
    struct quorum_voter *giver = quorum_find(voters, count, proxy->giver);
    struct quorum_voter *holder = quorum_find(voters, count, proxy->holder);
    proxy->fate = judge(statutes, giver, holder);
    if (proxy->fate != QUORUM_COUNTS)
        return;
    giver->is_represented = true;
    holder->carries++;
}

/* --- counting --- */

int64_t quorum_present(const struct quorum_part *part)
{
    return part->here + part->represented;
}

int64_t quorum_needed(const struct quorum_statutes *statutes, int64_t entitled)
{
    int64_t hundredths = entitled * statutes->percent;
    int64_t needed = statutes->is_more_than ? hundredths / 100 + 1 : (hundredths + 99) / 100;
    return needed < entitled ? needed : entitled;
}

static void add(struct quorum_part *part, const struct quorum_voter *voter)
{
    part->entitled += voter->weight;
    part->here += voter->is_here ? voter->weight : 0;
    part->represented += voter->is_represented ? voter->weight : 0;
}

/* The part of that college, put in its place by name; NULL where there is none to count in. */
static struct quorum_part *part_of(struct quorum *quorum, const char *college)
{
    int at = 0;
    struct quorum_college *colleges = quorum->colleges;
    if (!college[0])
        return NULL;
    while (at < quorum->college_count && strcmp(colleges[at].name, college) < 0)
        at++;
    if (at < quorum->college_count && strcmp(colleges[at].name, college) == 0)
        return &colleges[at].part;
    if (quorum->college_count == QUORUM_COLLEGES_MAX) {
        quorum->has_more_colleges = true;
        return NULL;
    }
    memmove(&colleges[at + 1], &colleges[at],
            (size_t)(quorum->college_count - at) * sizeof colleges[0]);
    colleges[at] = (struct quorum_college){.name = ""};
    memcpy(colleges[at].name, college, sizeof colleges[at].name);
    quorum->college_count++;
    return &colleges[at].part;
}

static void conclude(const struct quorum_statutes *statutes, struct quorum_part *part)
{
    part->needed = quorum_needed(statutes, part->entitled);
    part->is_reached = quorum_present(part) >= part->needed;
}

void quorum_count(const struct quorum_statutes *statutes, struct quorum_voter *voters, size_t count,
                  struct quorum_proxy *proxies, size_t proxy_count, struct quorum *out_quorum)
{
    struct quorum quorum = {.is_by_shares = statutes->by == QUORUM_SHARES,
                            .is_by_college = statutes->is_by_college};
    for (size_t i = 0; i < count; i++) {
        voters[i].is_represented = false;
        voters[i].carries = 0;
    }
    for (size_t i = 0; i < proxy_count; i++)
        carry(statutes, voters, count, &proxies[i]);
    for (size_t i = 0; i < count; i++) {
        struct quorum_part *part = part_of(&quorum, voters[i].college);
        add(&quorum.all, &voters[i]);
        if (part)
            add(part, &voters[i]);
    }
    conclude(statutes, &quorum.all);
    quorum.all.is_reached &= quorum.all.entitled > 0;
    for (int i = 0; i < quorum.college_count; i++) {
        conclude(statutes, &quorum.colleges[i].part);
        quorum.all.is_reached &= !statutes->is_by_college || quorum.colleges[i].part.is_reached;
    }
    quorum.all.is_reached &= !statutes->is_by_college || !quorum.has_more_colleges;
    *out_quorum = quorum;
}

/* --- comparing --- */

static bool is_same_part(const struct quorum_part *a, const struct quorum_part *b)
{
    return a->entitled == b->entitled && a->here == b->here && a->represented == b->represented &&
           a->needed == b->needed && a->is_reached == b->is_reached;
}

bool quorum_is_same(const struct quorum *a, const struct quorum *b)
{
    bool is_same = is_same_part(&a->all, &b->all) && a->college_count == b->college_count &&
                   a->has_more_colleges == b->has_more_colleges &&
                   a->is_by_shares == b->is_by_shares && a->is_by_college == b->is_by_college;
    for (int i = 0; is_same && i < a->college_count; i++)
        is_same = strcmp(a->colleges[i].name, b->colleges[i].name) == 0 &&
                  is_same_part(&a->colleges[i].part, &b->colleges[i].part);
    return is_same;
}
