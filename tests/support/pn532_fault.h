/*
 * pn532_fault.h - the ways in which a simulated PN532 can go wrong, as a table. Pure; any thread.
 */
#ifndef TESTS_SUPPORT_PN532_FAULT_H
#define TESTS_SUPPORT_PN532_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/support/pn532_frame.h"

enum pn532_fault {
    PN532_WELL,
    PN532_SILENT,   /* ignores everything */
    PN532_NO_ACK,   /* answers without the ACK before */
    PN532_ACK_ONLY, /* ACK, and no answer */
    PN532_NACKS,    /* a storm of NACKs, asked or not */
    PN532_BAD_SUM,  /* answers with a wrong checksum */
    PN532_GARBAGE,  /* noise in place of answers */
    PN532_HALF,     /* half of each answer */
    PN532_ERROR,    /* the error frame in place of answers */
    PN532_STATUS,   /* bit 7 in status bytes, which libnfc 1.8.0 abort()s on; no card is found */
    PN532_ATS_ZERO, /* a card with an ATS of length 0, on which libnfc 1.8.0 crashes */
    PN532_UID_200,  /* a card whose UID claims to be 200 bytes long */
    PN532_UID_ZERO, /* a card with a UID of no bytes */
    PN532_NO_NAME,  /* after a reset, no answer to GetFirmwareVersion: a broken libnfc device */
    PN532_LATE,     /* everything five seconds late, and sent nevertheless */
    PN532_TRICKLE,  /* one byte every 200 ms */
    PN532_OTHER,    /* another device: a modem that understands nothing */
    PN532_RESET,    /* once: back to what it is after power-up, asleep */
    PN532_FAULT_COUNT
};

struct pn532_fault_row {
    const char *name; /* as written in commands and tables */
    bool is_deaf;     /* takes no command at all */
    bool has_no_ack;
    bool has_no_answer;
    bool resets; /* when it begins */
    bool is_late;
    int64_t gap_us; /* between two bytes */
    void (*spoil_message)(struct pn532_message *answer);
    void (*spoil_frame)(uint8_t *bytes, size_t *length);
};

const struct pn532_fault_row *pn532_fault_row(enum pn532_fault fault);

/* The fault of that name, or PN532_FAULT_COUNT. */
enum pn532_fault pn532_fault_find(const char *name);

#endif
