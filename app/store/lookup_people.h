/*
 * lookup_people.h - lists of people and what is known of one, for the roll-call, the staff's desk
 * and a person's own page. Works on a writer's connection and on a snapshot's. Lists have a limit;
 * what is beyond it is counted.
 */
#ifndef APP_STORE_LOOKUP_PEOPLE_H
#define APP_STORE_LOOKUP_PEOPLE_H

#include "app/domain/name_match.h"
#include "app/store/belonging.h"
#include "app/store/lookup.h"

/* Somebody who is in the house. */
struct lookup_people_here {
    struct fact_id person;
    char display_name[100]; /* "" once erased: somebody is there all the same */
    char full_name[200];
    int64_t arrived_ms;
    int guests, children;
    enum presence_how how_in;
    bool is_doubtful; /* no trusted clock vouches for arrived_ms */
    bool is_long;     /* in for over twelve hours: have they left unseen? */
};

/* How many there are in all, also beyond the limit. */
struct lookup_people_count {
    size_t people;
    size_t guests, children;
};

/* By first name, accent- and case-blind. *out_listed rows of at most `max`. */
enum rc lookup_people_here(struct db *db, int64_t now_ms, size_t max,
                           struct lookup_people_here *out_rows, size_t *out_listed,
                           struct lookup_people_count *out_count) MUST_CHECK;

/*
 * The person's last visits, newest first, with what taps said of each before it was proposed or
 * corrected (visit.before). The reason is the last correction's, "" for a proposal.
 */
struct lookup_people_visit {
    struct visit visit;
    char reason[201];
};

/* Of one organisation alone, as belonging_has_visit says; none: all of them. */
enum rc lookup_people_visits(struct db *db, struct fact_id person, struct fact_id organisation,
                             size_t max, struct lookup_people_visit *out_rows,
                             size_t *out_listed) MUST_CHECK;

/* A badge without its number: the hash names it to office.h, the handle to people. */
struct lookup_people_badge {
    struct badge_hash hash;
    char handle[5]; /* "3FA9" */
    int64_t given_ms;
    int64_t until_ms;     /* 0: for good */
    int64_t withdrawn_ms; /* 0: in use */
    bool is_lent;
};

/* Latest first. */
enum rc lookup_people_badges(struct db *db, struct fact_id person, size_t max,
                             struct lookup_people_badge *out_rows, size_t *out_listed) MUST_CHECK;

/* Somebody with a role, or found by staff. */
struct lookup_people_row {
    struct fact_id person;
    char display_name[100];
    char full_name[200];
    char number[32];
    enum role role;
    bool has_pin, has_code;
};

/* Who has a role, the one with the most rights first, then by first name. */
enum rc lookup_people_roles(struct db *db, size_t max, struct lookup_people_row *out_rows,
                            size_t *out_listed) MUST_CHECK;

#define LOOKUP_PEOPLE_FOUND_MAX 50

/*
 * The staff's search (name_match_has), by first name. *out_total counts also who is beyond `max`;
 * RC_LIMIT where too little is typed. `whose` NULL: everybody; else its people, and who is nobody's
 * yet where their number or their whole name is typed: they stand there and say it.
 */
enum rc lookup_people_search(struct db *db, const struct belonging *whose, const char *typed,
                             size_t max, struct lookup_people_row *out_rows, size_t *out_listed,
                             size_t *out_total) MUST_CHECK;

/* The public search: tiles, and nothing else. */
enum rc lookup_people_match(struct db *db, const char *typed, struct name_match *out_match,
                            enum name_match_result *out_result) MUST_CHECK;

#endif
