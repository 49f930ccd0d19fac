/*
 * pn532_sim.h - a PN532 at the end of a pseudo-terminal or of a socket, for the real libnfc to talk
 * to.
 *
 * It runs as a thread of the test, or alone as build/pn532-sim. Frames and commands follow the
 * PN532 user manual UM0701-02, the traffic that of libnfc 1.8.0 (pn532_uart); radio times are a
 * model. Any thread may call any function. It never logs and never fails a test by itself.
 */
#ifndef TESTS_SUPPORT_PN532_SIM_H
#define TESTS_SUPPORT_PN532_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"
#include "tests/support/pn532_fault.h"

struct pn532_sim;

/*
 * Publishes the terminal as a symbolic link; its path has no colon, because libnfc splits there.
 * What stands at that path is replaced. Paced: the times of 115200 baud and a model of the radio;
 * otherwise as fast as it goes.
 */
enum rc pn532_sim_open(const char *link_path, bool is_paced, struct pn532_sim **out_sim) MUST_CHECK;

/*
 * At the end of a connected stream socket (a serial port of a virtual machine), which it takes and
 * closes, also on failure. Whoever closes the other end ends nothing but the talk.
 */
enum rc pn532_sim_open_socket(int fd, bool is_paced, struct pn532_sim **out_sim) MUST_CHECK;
void pn532_sim_close(struct pn532_sim *sim);

/* One card lies on the reader now, and no other; `uid_length` is 4, 7 or 10. */
void pn532_sim_tap(struct pn532_sim *sim, const uint8_t *uid, size_t uid_length);

/* A second card comes beside the first, as in a purse. */
void pn532_sim_add(struct pn532_sim *sim, const uint8_t *uid, size_t uid_length);

/* All cards are taken away. */
void pn532_sim_remove(struct pn532_sim *sim);

/* From now on this goes wrong; PN532_WELL ends it. */
void pn532_sim_fault(struct pn532_sim *sim, enum pn532_fault fault);

/* Its RSTPDN was low for a while: whatever went wrong with the chip is over, it was just powered.
 */
void pn532_sim_reset(struct pn532_sim *sim);

/*
 * The cable is pulled out, link and all; and put back: another terminal, the chip just powered. A
 * socket stays connected, as wires without a plug: what comes over it is lost.
 */
void pn532_sim_unplug(struct pn532_sim *sim);
enum rc pn532_sim_plug(struct pn532_sim *sim) MUST_CHECK;

/*
 * CLOCK_MONOTONIC microseconds when the first answer with a UID left, counted from the last
 * pn532_sim_tap; 0 while none has.
 */
int64_t pn532_sim_seen_us(struct pn532_sim *sim);

/* How many whole commands came in since it was opened. */
unsigned long pn532_sim_commands(struct pn532_sim *sim);

#endif
