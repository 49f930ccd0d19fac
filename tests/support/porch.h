/*
 * porch.h - first visits in a house of tests, in one line each: a small guide, somebody new, their
 * steps. Chloé is staff.
 *
 * What should work and doesn't ends the test with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_PORCH_H
#define TESTS_SUPPORT_PORCH_H

#include "app/store/welcome.h"
#include "tests/support/house.h"

/*
 * Language, hello, who, why, missions, charter, buddy, badge and next; the mission "bar" (Bar,
 * Toog, Bar) is for who likes people, "kitchen" (Cuisine, Keuken, Kitchen) for who likes food.
 */
const struct guide *porch_guide(void);

/* As cmocka's set-up and tear-down: *state is the house, welcoming by porch_guide. */
int porch_set_up(void **state);
int porch_tear_down(void **state);

/* Somebody does it themselves; none: the command line. */
struct office porch_office(const struct house *house, struct fact_id by);

/* A code of that number, sealed: none that anybody could type, and each another. */
const char *porch_sealed(int number);

struct welcome_begin porch_beginning(const char *first_name, int number);

/* Somebody new, in the house, with a code of their own. */
struct fact_id porch_begin(struct house *house, const char *first_name);

/* A step of theirs, by themselves. */
void porch_step(struct house *house, struct fact_id person, enum guide_step step,
                enum newcomer_how how);

/* All of the way up to its end. */
void porch_welcome(struct house *house, struct fact_id person);

/* A yes to being seen and offered, from somebody in the house. */
void porch_make_buddy(struct house *house, struct fact_id person);

void porch_buddy(struct house *house, struct fact_id person, struct fact_id buddy,
                 enum buddy_how how);

struct newcomer porch_find(struct house *house, struct fact_id person);

#endif
