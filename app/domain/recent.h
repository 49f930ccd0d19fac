/*
 * recent.h - what a station remembers of the badges of the last minute: when each was last in the
 * field, and what it was answered. Lives in memory only (badge numbers are secrets). Pure: the
 * monotonic time is an argument.
 */
#ifndef APP_DOMAIN_RECENT_H
#define APP_DOMAIN_RECENT_H

#include "app/domain/answer.h"
#include "app/domain/badge.h"

#define RECENT_MAX 32

struct recent_badge {
    struct badge badge;
    int64_t seen_ms; /* last in the field */
    bool is_known;   /* `answer` holds something to say again */
    struct answer answer;
    int64_t answered_ms;
    bool is_undone;
};

struct recent {
    struct recent_badge badges[RECENT_MAX]; /* newest first */
    int count;
};

/* Since this badge was last in the field; TAP_NEVER where it is not remembered. */
int64_t recent_gap_ms(const struct recent *recent, const struct badge *badge, int64_t now_ms);

/* Was what this badge did last undone, or never recorded? */
bool recent_is_undone(const struct recent *recent, const struct badge *badge);

/* The badge is, or was until now, in the field. */
void recent_see(struct recent *recent, const struct badge *badge, int64_t now_ms);

/* What the badge was told, to be told again. */
void recent_answer(struct recent *recent, const struct badge *badge, const struct answer *answer,
                   int64_t now_ms);

/* What a button of theirs came to is what the badges of that person are told again. */
void recent_tell(struct recent *recent, const struct answer *answer, int64_t now_ms);

/* Its last tap was not recorded: the next one acts. */
void recent_void(struct recent *recent, const struct badge *badge);

/* The fact was undone: the next tap of its badge acts again. */
void recent_undo(struct recent *recent, struct fact_id fact);

/*
 * The last answer once more, with what is left of its undo; false where there is none that holds.
 */
bool recent_repeat(const struct recent *recent, const struct badge *badge, int64_t now_ms,
                   struct answer *out_answer);

#endif
