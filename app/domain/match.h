/*
 * match.h - which missions fit somebody, and why: an order that can be explained in a sentence.
 * Pure; any thread.
 *
 * A mission that is for something they would rather not do is left out, whatever else speaks for
 * it; so is one that takes a skill they have not got. The others come in this order: how many of
 * its likes are theirs, then that it takes a skill of theirs, then that it is of their circle, then
 * how many hands it needs in the days to come, then the house's own order. Each says all of its
 * reasons; no reason at all is an answer, too.
 */
#ifndef APP_DOMAIN_MATCH_H
#define APP_DOMAIN_MATCH_H

#include "app/domain/guide.h"
#include "app/domain/newcomer.h"

/* Where hands are needed in the days to come, by the calendar. */
struct match_hands {
    int mission;     /* index in the guide */
    int needed;      /* in all its shifts; 0: none */
    int64_t next_ms; /* the soonest of them that needs some */
    int weekday;     /* on which most are needed, 0 Sunday */
};

struct match {
    int mission;     /* index in the guide */
    int like;        /* the first like of theirs that it is for: index of the tile; -1: none */
    int like_count;  /* of how many */
    int skill;       /* that it takes and they have; -1: none */
    bool is_circle;  /* it is of the circle they chose */
    int needed;      /* hands, in the days to come; 0: nobody counts them, or enough */
    int weekday;     /* of most of them */
    int64_t next_ms; /* the soonest; 0: none */
};

/*
 * The best first; at most GUIDE_MISSIONS_MAX. `circle` is the person's, compared without case and
 * accents; "": none. `hands` has at most one row for a mission. Returns how many.
 */
int match_missions(const struct guide *guide, const struct newcomer *newcomer, const char *circle,
                   const struct match_hands *hands, int hand_count, struct match *out_matches);

#endif
