/*
 * quorum.h - may an assembly decide? Who has a vote by the statutes, how many of those votes are in
 * the house, in person or carried by somebody else, and how many it takes.
 *
 * A proxy counts where its giver has a vote and is not here, and its holder has a vote and is. A
 * holder carries as many as the statutes allow, those given first; what they carry is not handed
 * on. A college without a vote in it is no obstacle; an assembly without one decides nothing. Pure;
 * any thread.
 */
#ifndef APP_DOMAIN_QUORUM_H
#define APP_DOMAIN_QUORUM_H

#include "app/domain/person.h"

enum quorum_voters {
    QUORUM_MEMBERS,  /* who has a member number */
    QUORUM_COLLEGES, /* who belongs to a college */
    QUORUM_HOLDERS,  /* who holds shares */
};

enum quorum_by { QUORUM_HEADS, QUORUM_SHARES };

#define QUORUM_PROXIES_MAX 100 /* that one person may carry */

struct quorum_statutes {
    int voters;         /* enum quorum_voters */
    int by;             /* enum quorum_by: a vote weighs one, or as many as its shares */
    int percent;        /* of all votes, at least so much; 0: it takes none */
    bool is_more_than;  /* more than that, and never more than all */
    bool is_by_college; /* each college has to reach it by itself, too */
    int proxies;        /* that one person may carry; 0: none */
};

/* A house that set nothing: members by heads, half of them, no proxies. */
struct quorum_statutes quorum_default(void);

/* Has the person a vote? */
bool quorum_has_vote(const struct quorum_statutes *statutes, const struct person *person);

/* What a vote of theirs weighs. */
int64_t quorum_weight(const struct quorum_statutes *statutes, const struct person *person);

/* Somebody with a vote. */
struct quorum_voter {
    struct fact_id id;
    char college[64]; /* "": none, they count in all alone */
    int64_t weight;
    bool is_here;
    /* what quorum_count finds: */
    bool is_represented;
    int carries; /* proxies that count */
};

/* What became of a proxy. */
enum quorum_fate {
    QUORUM_COUNTS,
    QUORUM_NO_VOTE,    /* one of the two has none */
    QUORUM_GIVER_HERE, /* they vote themselves */
    QUORUM_HOLDER_AWAY,
    QUORUM_HOLDER_FULL, /* others gave them theirs before */
    QUORUM_GIVEN_TWICE, /* the one before holds */
    QUORUM_FATES
};

struct quorum_proxy {
    struct fact_id giver, holder;
    enum quorum_fate fate; /* what quorum_count finds */
};

/* By weight. */
struct quorum_part {
    int64_t entitled, here, represented, needed;
    bool is_reached;
};

#define QUORUM_COLLEGES_MAX 12

struct quorum_college {
    char name[64];
    struct quorum_part part;
};

struct quorum {
    struct quorum_part all; /* reached: also by each college, where the statutes say so */
    struct quorum_college colleges[QUORUM_COLLEGES_MAX]; /* by name */
    int college_count;
    bool has_more_colleges; /* than fit; they count in all alone, and by college nothing is reached
                             */
    bool is_by_shares, is_by_college;
};

/* Votes that are there, in person or carried. */
int64_t quorum_present(const struct quorum_part *part);

/* How many it takes of so many. */
int64_t quorum_needed(const struct quorum_statutes *statutes, int64_t entitled);

/*
 * `voters` in the order of their ids, each once; `proxies` in the order they were given. Says of
 * each what became of it, and counts.
 */
void quorum_count(const struct quorum_statutes *statutes, struct quorum_voter *voters, size_t count,
                  struct quorum_proxy *proxies, size_t proxy_count, struct quorum *out_quorum);

/* The voter of that id, or NULL. */
struct quorum_voter *quorum_find(struct quorum_voter *voters, size_t count, struct fact_id id);

bool quorum_is_same(const struct quorum *a, const struct quorum *b);

#endif
