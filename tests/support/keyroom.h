/*
 * keyroom.h - a house whose journal a writer has, and secrets that are tried and made beside it, as
 * in a station without its loop. The caller opens the house and closes it. What does not work ends
 * the program with a sentence (abort). One thread besides the writer's and the hashing one.
 */
#ifndef TESTS_SUPPORT_KEYROOM_H
#define TESTS_SUPPORT_KEYROOM_H

#include "app/secrets.h"
#include "tests/support/house.h"

struct keyroom {
    struct house *house;
    struct writer *writer; /* NULL: the journal is the house's */
    struct secrets *secrets;
    uint8_t key[HASH_KEY_BYTES];
};

void keyroom_move_in(struct keyroom *room);

/* The register is the house's again, to be looked at; nothing where it is already. */
void keyroom_move_out(struct keyroom *room);

/* What was tried or made, however long it takes: as the station's loop hears of it. */
struct secrets_event keyroom_hear(struct keyroom *room);

#endif
