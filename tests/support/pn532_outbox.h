/*
 * pn532_outbox.h - what a simulated PN532 has to say, and when: bytes on their way to the host.
 * Times are arguments, in microseconds. One thread at a time.
 */
#ifndef TESTS_SUPPORT_PN532_OUTBOX_H
#define TESTS_SUPPORT_PN532_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/support/pn532_frame.h"

#define PN532_PARCELS_MAX 64

struct pn532_parcel {
    bool is_taken;
    bool is_late; /* comes whatever happens meanwhile */
    bool has_uid;
    int64_t due_us;
    int64_t gap_us; /* between two bytes; 0: all at once */
    size_t length, sent;
    uint8_t bytes[PN532_FRAME_MAX];
};

struct pn532_outbox {
    struct pn532_parcel parcels[PN532_PARCELS_MAX];
};

void pn532_outbox_init(struct pn532_outbox *outbox);

/* A place to fill in, cleared; NULL: all are taken, and the bytes are lost as on a full line. */
struct pn532_parcel *pn532_outbox_take(struct pn532_outbox *outbox);

/* A new command ends the old one: all goes back that is not late. */
void pn532_outbox_take_back(struct pn532_outbox *outbox);

/* When the next bytes are due; INT64_MAX for never. */
int64_t pn532_outbox_due_us(const struct pn532_outbox *outbox);

/* Writes what is due. True: the last byte of an answer with a UID has left. */
bool pn532_outbox_deliver(struct pn532_outbox *outbox, int fd, int64_t now_us);

#endif
