/*
 * desk.h - what staff do in a house of tests, in one line each. Chloé is staff and does it.
 *
 * What should work and doesn't ends the test with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_DESK_H
#define TESTS_SUPPORT_DESK_H

#include "app/store/office.h"
#include "tests/support/house.h"

#define DESK_SPARE "uid:04111111111111"
#define DESK_SPARE_2 "uid:04222222222222"
#define DESK_PHONE "uid:08A1B2C3"

/* As cmocka's set-up and tear-down: *state is the house. */
int desk_set_up(void **state);
int desk_tear_down(void **state);

struct office desk_office(const struct house *house);
struct office_badge desk_gift(struct fact_id person, const char *badge);

/* It was refused, with these words in its sentence. */
void desk_expect_refused(const struct house *house, enum rc rc, const char *words);

/* How many facts there are. */
int64_t desk_facts(struct house *house);

#endif
