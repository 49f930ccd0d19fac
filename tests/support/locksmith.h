/*
 * locksmith.h - PINs and codes set and tried in a house of tests, in one line each.
 *
 * What should work and doesn't ends the test with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_LOCKSMITH_H
#define TESTS_SUPPORT_LOCKSMITH_H

#include "app/store/keyring.h"
#include "tests/support/house.h"

#define LOCKSMITH_PIN "274913"
#define LOCKSMITH_WRONG "274914"
#define LOCKSMITH_CODE "BCDFGH"

/* As cmocka's set-up and tear-down: *state is the house; Ada has LOCKSMITH_PIN. */
int locksmith_set_up(void **state);
int locksmith_tear_down(void **state);

struct keyring_attempt locksmith_pin_of(const struct house *house, enum house_person who,
                                        const char *digits);
struct keyring_attempt locksmith_code_of(const char *letters);

/* All three steps, one after another. */
enum rc locksmith_try(struct house *house, struct keyring_attempt *attempt) MUST_CHECK;

/* Is it their PIN? */
bool locksmith_fits(struct house *house, enum house_person who, const char *digits);

/* LOCKSMITH_WRONG, so many times. */
void locksmith_miss(struct house *house, enum house_person who, int times);

void locksmith_set_pin(struct house *house, enum house_person who, const char *digits);
enum rc locksmith_set_code(struct house *house, struct fact_id person,
                           const char *letters) MUST_CHECK;

/* How many facts of this kind there are. */
int64_t locksmith_facts(struct house *house, enum fact_kind kind);

#endif
