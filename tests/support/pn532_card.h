/*
 * pn532_card.h - the cards of the PN532 simulator: a MIFARE Classic's face (4 bytes), an NTAG213
 * with its memory (7 bytes, NXP NTAG213/215/216 data sheet), a triple size UID (10 bytes). Pure.
 */
#ifndef TESTS_SUPPORT_PN532_CARD_H
#define TESTS_SUPPORT_PN532_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PN532_CARD_PAGES 45

struct pn532_card {
    uint8_t uid[10];
    size_t uid_length;
    bool is_active; /* selected: the next REQA is ignored, the one after is heard */
    uint8_t pages[PN532_CARD_PAGES][4];
};

void pn532_card_init(struct pn532_card *out_card, const uint8_t *uid, size_t length);

/* A REQA: does the card answer it? It is selected then. */
bool pn532_card_hears(struct pn532_card *card);

/* Is it the card with that UID, written as InListPassiveTarget wants it (88 before 7 bytes)? */
bool pn532_card_is(const struct pn532_card *card, const uint8_t *wanted, size_t length);

/* Tg, ATQA, SAK, length and UID. `is_rats` would add an ATS, which none of these cards has. */
size_t pn532_card_describe(const struct pn532_card *card, bool is_rats, uint8_t *out);

/* Status byte and data of an exchange with the card: READ, FAST_READ, GET_VERSION. */
size_t pn532_card_answer(const struct pn532_card *card, const uint8_t *data, size_t length,
                         uint8_t *out);

#endif
