/*
 * pn532_card.h - the cards a simulated PN532 can meet, as far as a reader can tell.
 *
 * By the length of the UID: 4 bytes behave as a MIFARE Classic 1K seen from outside, 7 bytes as an
 * NTAG213 with its 45 pages (NXP NTAG213/215/216 data sheet), 10 bytes as an ISO 14443-4 card.
 * States after ISO/IEC 14443-3, 6.4: a card just selected takes the next request for noise and
 * goes idle, and answers the one after. Pure; any thread.
 */
#ifndef TESTS_SUPPORT_PN532_CARD_H
#define TESTS_SUPPORT_PN532_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/support/pn532_frame.h"

#define PN532_CARD_PAGES 45

enum pn532_card_state { PN532_CARD_IDLE, PN532_CARD_ACTIVE, PN532_CARD_HALTED };

struct pn532_card {
    uint8_t uid[10];
    size_t uid_length; /* 0: there is no card */
    enum pn532_card_state state;
    uint8_t pages[PN532_CARD_PAGES][4];
};

void pn532_card_init(struct pn532_card *card, const uint8_t *uid, size_t uid_length);

/* A request (REQA) reaches the card: does it answer? */
bool pn532_card_hears_request(struct pn532_card *card);

/* Is it the one wanted? InListPassiveTarget writes a cascade tag (88) into longer UIDs. */
bool pn532_card_is(const struct pn532_card *card, const uint8_t *wanted, size_t length);

/*
 * Appends what the chip tells of a card it has selected: target number, ATQA, SAK, UID, and the
 * ATS where the card has one and it was asked for.
 */
void pn532_card_describe(const struct pn532_card *card, bool with_ats,
                         struct pn532_message *message);

/*
 * Appends the card's answer to a command (READ, WRITE, GET_VERSION, FAST_READ); false, and nothing
 * appended, where the card stays silent.
 */
bool pn532_card_answer(struct pn532_card *card, const uint8_t *command, size_t length,
                       struct pn532_message *message);

#endif
