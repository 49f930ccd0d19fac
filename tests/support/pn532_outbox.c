#include "tests/support/pn532_outbox.h"

#include <string.h>
#include <unistd.h>

void pn532_outbox_init(struct pn532_outbox *outbox)
{
    memset(outbox, 0, sizeof *outbox);
}

struct pn532_parcel *pn532_outbox_take(struct pn532_outbox *outbox)
{
    for (int i = 0; i < PN532_PARCELS_MAX; i++) {
        struct pn532_parcel *parcel = &outbox->parcels[i];
        if (parcel->is_taken)
            continue;
        *parcel = (struct pn532_parcel){.is_taken = true};
        return parcel;
    }
    return NULL;
}

void pn532_outbox_take_back(struct pn532_outbox *outbox)
{
    for (int i = 0; i < PN532_PARCELS_MAX; i++)
        outbox->parcels[i].is_taken = outbox->parcels[i].is_taken && outbox->parcels[i].is_late;
}

int64_t pn532_outbox_due_us(const struct pn532_outbox *outbox)
{
    int64_t due_us = INT64_MAX;
    for (int i = 0; i < PN532_PARCELS_MAX; i++)
        if (outbox->parcels[i].is_taken && outbox->parcels[i].due_us < due_us)
            due_us = outbox->parcels[i].due_us;
    return due_us;
}

/* True: its last byte has left now. */
static bool send_due(struct pn532_parcel *parcel, int fd, int64_t now_us)
{
    if (!parcel->is_taken)
        return false;
    while (parcel->is_taken && parcel->due_us <= now_us) {
        size_t length = parcel->gap_us ? 1 : parcel->length;
        ssize_t written = write(fd, parcel->bytes + parcel->sent, length);
        (void)written; /* a line that nobody reads loses bytes */
        parcel->sent += length;
        parcel->due_us += parcel->gap_us;
        parcel->is_taken = parcel->sent < parcel->length;
    }
    return !parcel->is_taken;
}

bool pn532_outbox_deliver(struct pn532_outbox *outbox, int fd, int64_t now_us)
{
    bool has_uid_left = false;
    for (int i = 0; i < PN532_PARCELS_MAX; i++)
        if (send_due(&outbox->parcels[i], fd, now_us) && outbox->parcels[i].has_uid)
            has_uid_left = true;
    return has_uid_left;
}
