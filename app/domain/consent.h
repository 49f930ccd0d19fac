/*
 * consent.h - what somebody agreed to have shown, a yes or a no for each field; a part of the fold
 * of that person. Nothing said is a no. Pure; any thread.
 *
 * FACT_CONSENT {"field": its name, "is_given": bool, "version": of the text that asked, "language":
 * it was read in, "by"?: [station,seq] who said it: they themselves, or a host with them; none: the
 * command line}; the last one holds.
 */
#ifndef APP_DOMAIN_CONSENT_H
#define APP_DOMAIN_CONSENT_H

#include "app/domain/fact.h"
#include "firmware/base/json.h"

/* Kept in views by number and in facts by name: never renumber or rename, only add. */
enum consent {
    CONSENT_NAME = 0,   /* first name and initial on the members' wall */
    CONSENT_LINE = 1,   /* the sentence about them */
    CONSENT_SKILLS = 2, /* what they like and can do */
    CONSENT_HERE = 3,   /* that they are in the house now */
    CONSENT_BUDDY = 4,  /* newcomers may be offered them as a buddy */
    CONSENT_COUNT
};

/* "name", "line", ...; as in facts. */
const char *consent_name(enum consent field);
enum consent consent_from_name(const char *name); /* or CONSENT_COUNT */

/* Of the texts that ask; raise it when what is asked changes. */
#define CONSENT_TEXT_VERSION "1"

struct consents {
    struct consent_row {
        bool is_said, is_given;
        char version[12]; /* of the text that asked */
        int64_t at_ms;    /* when it was said */
    } rows[CONSENT_COUNT];
};

/* Takes FACT_CONSENT. RC_CORRUPT for what no version of Perron wrote; a field of a newer version
 * says nothing. */
enum rc consent_take(struct consents *consents, const struct fact *fact,
                     const json_t *body) MUST_CHECK;

/* The body of the fact; json_decref it. NULL without memory. */
json_t *consent_to_json(enum consent field, bool is_given, const char *language);

bool consents_are_same(const struct consents *a, const struct consents *b);

#endif
