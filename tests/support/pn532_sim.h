/*
 * pn532_sim.h - a PN532 on a pseudo-terminal, byte for byte, for the real libnfc to talk to.
 *
 * Frames, commands and register values follow the PN532 User Manual (UM0701-02); what libnfc 1.8.0
 * sends was read from its traffic. Cards follow ISO/IEC 14443-3 as far as a reader can tell: a card
 * that was just selected ignores the next request and hears the one after. Runs as a thread of the
 * test (or of build/pn532-sim); every function here may be called from any thread.
 */
#ifndef TESTS_SUPPORT_PN532_SIM_H
#define TESTS_SUPPORT_PN532_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

struct pn532_sim;

/* What goes wrong with answers, until PN532_WELL again. */
enum pn532_fault {
    PN532_WELL,
    PN532_SILENT,   /* not even an ACK */
    PN532_ACK_ONLY, /* ACK, then nothing */
    PN532_NACK,     /* a storm of NACKs */
    PN532_BAD_SUM,  /* a wrong data checksum */
    PN532_GARBAGE,  /* noise in place of the answer */
    PN532_HALF,     /* half a frame */
    PN532_ERROR,    /* the application error frame, 7F */
    PN532_STATUS,   /* status byte with bit 7: libnfc aborts */
    PN532_ATS_ZERO, /* an ATS of length 0: libnfc crashes where it parses them */
    PN532_UID_200,  /* a UID that claims 200 bytes */
    PN532_UID_ZERO, /* a UID of no bytes */
    PN532_LATE,     /* every answer five seconds late */
    PN532_TRICKLE,  /* one byte every 200 ms */
    PN532_RESET,    /* asleep: ignores everything until it is woken */
    PN532_OTHER,    /* another device: talks, but no PN532 */
    PN532_FAULTS
};

/* "silent", "half", ...; NULL beyond the last. */
const char *pn532_fault_name(enum pn532_fault fault);

/*
 * Publishes the pseudo-terminal as the symbolic link `link` (no colon in it). `is_paced`: 115200
 * baud and a model of the radio; otherwise as fast as it goes.
 */
enum rc pn532_sim_open(const char *link, bool is_paced, struct pn532_sim **out_sim) MUST_CHECK;
void pn532_sim_close(struct pn532_sim *sim);

/* A card comes into the field (4, 7 or 10 bytes), another one's place included; or leaves it. */
void pn532_sim_tap(struct pn532_sim *sim, const uint8_t *uid, size_t length);
void pn532_sim_remove(struct pn532_sim *sim);

void pn532_sim_fault(struct pn532_sim *sim, enum pn532_fault fault);

/* Pulls the cable out: the terminal vanishes; and back in, as a new terminal. */
void pn532_sim_unplug(struct pn532_sim *sim);
void pn532_sim_plug(struct pn532_sim *sim);

/* CLOCK_MONOTONIC microseconds when the first answer with this card's UID was sent; 0: not yet. */
int64_t pn532_sim_seen_us(struct pn532_sim *sim);

/* Commands answered since it was opened. */
long pn532_sim_commands(struct pn532_sim *sim);

#endif
