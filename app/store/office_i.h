/*
 * office_i.h - the inside of the office, shared by office.c (transactions, people, settings),
 * office_reach.c, office_badges.c, office_visits.c and office_proposals.c. Nobody else includes it.
 */
#ifndef APP_STORE_OFFICE_I_H
#define APP_STORE_OFFICE_I_H

#include "app/store/lookup.h"
#include "app/store/office.h"

enum office_refusal {
    OFFICE_NO_RIGHT,
    OFFICE_NOT_YOURS,
    OFFICE_NO_PERSON,
    OFFICE_NO_BADGE,
    OFFICE_NO_VISIT,
    OFFICE_BADGE_THEIRS,
    OFFICE_BADGE_ANOTHERS,
    OFFICE_BADGE_WITHDRAWN,
    OFFICE_BADGE_OUT,
    OFFICE_BADGES_MANY,
    OFFICE_LAST_STAFF,
    OFFICE_STILL_HERE,
    OFFICE_NO_NAME,
    OFFICE_NAME_LONG,
    OFFICE_IN_ALREADY,
    OFFICE_OUT_ALREADY,
    OFFICE_DAY_OVER,
    OFFICE_NO_REASON,
    OFFICE_REASON_LONG,
    OFFICE_NO_CHANGE,
    OFFICE_ENDS_FIRST,
    OFFICE_TO_COME,
    OFFICE_TOO_LONG,
    OFFICE_OVERLAPS,
    OFFICE_SETTING_NAME,
    OFFICE_SETTING_VALUE,
    OFFICE_NO_SHIFT,
    OFFICE_SHIFT_FULL,
    OFFICE_SHIFT_OVER,
    OFFICE_SHIFT_OFF,
    OFFICE_SHIFT_CLASHES,
    OFFICE_SHIFT_FIRST,
    OFFICE_SHIFT_NOT_THEIRS,
    OFFICE_SHIFT_TO_COME,
    OFFICE_NO_OCCASION,
    OFFICE_OCCASION_FAULTY,
    OFFICE_NOT_IN,
    OFFICE_WORD_LONG,
    OFFICE_NO_WORDS,
    OFFICE_NO_PROPOSAL,
    OFFICE_NOT_THEIRS,
    OFFICE_NO_CIRCLE,
    OFFICE_REST_NO_DAY,
    OFFICE_REST_OVER,
    OFFICE_NO_BASKET,
    OFFICE_BASKET_PAUSED,
    OFFICE_BASKET_FETCHED,
    OFFICE_BASKET_OTHERS,
    OFFICE_NO_ASSEMBLY,
    OFFICE_ASSEMBLY_OVER,
    OFFICE_ASSEMBLY_OFF,
    OFFICE_PROXIES_NONE,
    OFFICE_NO_PROXY,
    OFFICE_NO_DEED,
    OFFICE_PROXY_SELF,
    OFFICE_PROXY_FULL,
    OFFICE_GIVER_NO_VOTE,
    OFFICE_HOLDER_NO_VOTE,
    OFFICE_NO_WELCOME,
    OFFICE_NOT_NEW,
    OFFICE_HAS_BADGE,
    OFFICE_BUDDY_TAKEN,
    OFFICE_BUDDY_SELF,
    OFFICE_KEPT,
};

/* Says the sentence and returns the result that goes with it. */
enum rc office_refuse(enum office_refusal refusal, struct reason *out_reason) MUST_CHECK;

/* Begins, unless `by` has no right to it (any more), or none that reaches so far. */
enum rc office_begin(struct journal *journal, const struct office *office, enum right right,
                     enum office_about about, struct fact_id id,
                     struct reason *out_reason) MUST_CHECK;

/* The organisation whose people alone the right of `by` reaches; none: the house, or no right. */
enum rc office_find_organisation(struct journal *journal, const struct office *office,
                                 enum right right, struct fact_id *out_organisation) MUST_CHECK;

/* Commits what went well, and puts into words what the disk says. */
enum rc office_end(struct journal *journal, enum rc rc, struct reason *out_reason) MUST_CHECK;

/* RC_NOT_FOUND with a sentence. */
enum rc office_find(struct journal *journal, struct fact_id id, struct person *out_person,
                    struct reason *out_reason) MUST_CHECK;

/* A text of at most `bytes`, without the spaces around it; else the refusal. */
enum rc office_clean(const char *text, size_t bytes, enum office_refusal too_long, char *out_text,
                     struct reason *out_reason) MUST_CHECK;

/* May who does it act for that person: themselves, or with a right that reaches them? In a
   transaction. */
enum rc office_check_self(struct journal *journal, const struct office *office,
                          struct fact_id person, enum right right,
                          struct reason *out_reason) MUST_CHECK;

/* Could a visit be put right so? What stays as it is is dropped. In a transaction. */
enum rc office_check_correction(struct journal *journal, struct office_correction *correction,
                                struct fact_id *out_person, struct reason *out_reason) MUST_CHECK;

/* office_add_for, for the house itself. */
enum rc office_add(struct journal *journal, const struct office *office, enum fact_kind kind,
                   struct fact_id subject, json_t *body, struct fact_id *out_fact) MUST_CHECK;

#endif
