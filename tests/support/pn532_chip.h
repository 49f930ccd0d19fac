/*
 * pn532_chip.h - what a PN532 does with a command: the part of the simulator that knows no wire.
 *
 * Thirteen commands, as libnfc 1.8.0 uses them (PN532 user manual UM0701-02, chapter 7): Diagnose,
 * GetFirmwareVersion, ReadRegister, WriteRegister, SetParameters, SAMConfiguration, PowerDown,
 * RFConfiguration, InDataExchange, InCommunicateThru, InDeselect, InListPassiveTarget, InRelease,
 * and InAutoPoll for nfc-poll. Looking for a card takes time and can go on for ever, so it is a
 * search that is stepped. Time is an argument, in microseconds. Pure; one thread at a time.
 */
#ifndef TESTS_SUPPORT_PN532_CHIP_H
#define TESTS_SUPPORT_PN532_CHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/support/pn532_card.h"
#include "tests/support/pn532_frame.h"

#define PN532_CARDS_MAX 2 /* a purse with two cards in it */

struct pn532_answer {
    struct pn532_message message;
    int64_t radio_us; /* model: how long the card took */
    bool has_uid;
};

struct pn532_search {
    struct pn532_message command; /* length 0: none goes on */
    int64_t due_us;
    int tries_left; /* -1: for ever */
    size_t slot;    /* InAutoPoll: which of its types comes next */
};

struct pn532_chip {
    bool is_paced; /* set by the owner: a model of the radio's times, or as fast as it goes */
    bool is_awake;
    bool wants_ats;
    uint8_t tries;          /* MxRtyPassiveActivation; 0xff: for ever */
    uint8_t registers[256]; /* 0x6300 to 0x63ff */
    struct pn532_search search;
    struct pn532_card cards[PN532_CARDS_MAX];
};

enum pn532_outcome {
    PN532_ANSWERED,
    PN532_SEARCHING, /* the answer comes from pn532_chip_step, at search.due_us */
    PN532_UNKNOWN,   /* no such command: the error frame is the answer */
};

/* As after power-up: asleep, registers empty. The cards stay. */
void pn532_chip_reset(struct pn532_chip *chip);

/* Ends a search that goes on. */
void pn532_chip_cancel(struct pn532_chip *chip);

enum pn532_outcome pn532_chip_command(struct pn532_chip *chip, const struct pn532_message *command,
                                      int64_t now_us, struct pn532_answer *out_answer);

/* One look for a card, when search.due_us has come. */
enum pn532_outcome pn532_chip_step(struct pn532_chip *chip, struct pn532_answer *out_answer);

#endif
