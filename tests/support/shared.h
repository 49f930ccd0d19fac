/*
 * shared.h - a house that two organisations share, for tests of who sees and does what: the Grocer
 * and the Repair. All are called Dubois. Chloé is staff of the whole house, Gus of the Grocer, Rik
 * of the Repair.
 *
 * Ada came for the Grocer from 14:00 to 15:00, Bilal for the Repair, Hana for the house itself;
 * each says that it was until 14:30. Finn promised to be at the Grocer's till tomorrow, Eva is in
 * its circle of bakers. Nobody knows whose Dora is. It is 16:00.
 *
 * What should work and doesn't ends the test (house.h).
 */
#ifndef TESTS_SUPPORT_SHARED_H
#define TESTS_SUPPORT_SHARED_H

#include "app/domain/circle.h"
#include "app/store/office.h"
#include "tests/support/house.h"

#define SHARED_GROCER "Épicerie"
#define SHARED_REPAIR "Vélo"
#define SHARED_BAKERS "baker"

enum shared_person {
    SHARED_ADA,
    SHARED_BILAL,
    SHARED_CHLOE,
    SHARED_DORA,
    SHARED_EVA,
    SHARED_FINN,
    SHARED_GUS,
    SHARED_HANA,
    SHARED_RIK,
    SHARED_PEOPLE
};

struct shared {
    struct house *house;
    struct circle_list circles; /* the journal's */
    struct fact_id people[SHARED_PEOPLE];
    struct fact_id grocer, repair;
    struct shift_id till, bench, yard;    /* of the Grocer, the Repair, the house */
    struct fact_id visits[SHARED_PEOPLE]; /* none: never there */
    struct fact_id proposals[SHARED_PEOPLE];
};

/* With a house of its own; shared_close it. */
struct shared *shared_open(void);
void shared_close(struct shared *shared);

extern const char *const shared_names[SHARED_PEOPLE];

/* What somebody of them does now. */
struct office shared_office(const struct shared *shared, enum shared_person by);

/* The journal has other circles from now on: that is who they are of, and what they may. */
void shared_set_bakers(struct shared *shared, const char *organisation, unsigned rights);

#endif
