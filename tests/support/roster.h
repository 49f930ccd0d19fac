/*
 * roster.h - a list of people, and a house in memory that it is imported into.
 *
 * What should work and doesn't, or is other than expected, ends the program. One thread.
 */
#ifndef TESTS_SUPPORT_ROSTER_H
#define TESTS_SUPPORT_ROSTER_H

#include "app/exchange/people.h"

#define ROSTER_MAX 400

struct roster {
    struct person people[ROSTER_MAX];
    int count;
    struct {
        struct badge_hash hash;
        struct fact_id person;
        bool is_withdrawn;
    } badges[ROSTER_MAX];
    int badge_count;
    int64_t facts;
    int64_t fails_at;     /* the fact that cannot be appended; 0: none */
    enum rc lookup_fails; /* RC_OK: no */
};

extern const uint8_t roster_key[HASH_KEY_BYTES];

/* A group's fixture: badges can be hashed. */
int roster_set_up(void **state);

/* Somebody is there already: Zoé Dubois, number 7, with badge 04A1B2C3, after ten facts. */
struct roster roster_with_zoe(void);

/* people_close what is read, free what is loaded; `name` from the project's top. */
struct people *roster_read_bytes(const char *bytes, size_t length);
struct people *roster_read_text(const char *text);
struct people *roster_read_baskets(const char *text);
struct people *roster_read_file(const char *name);
char *roster_load(const char *name, size_t *out_length);

struct people_lookup roster_lookup(struct roster *house);

/* The plan of a list against the house, and the list taken into it. */
void roster_plan(struct people *people, struct roster *house);
enum rc roster_take(struct people *people, struct roster *house) MUST_CHECK;

void roster_expect_counts(const struct people *people, size_t new, size_t changed, size_t same,
                          size_t refused, size_t badges);

/* The row's verdict, and a part of its reason (NULL: it has none). */
void roster_expect_row(const struct people *people, size_t index, int line,
                       enum people_verdict verdict, const char *says);

#endif
