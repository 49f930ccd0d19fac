#include "firmware/reader/chip.h"

#include <errno.h>
#include <fcntl.h>
#include <nfc/nfc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct chip {
    struct reader_address address;
    nfc_context *context; /* one per process: leaving one takes the drivers from all others */
    nfc_device *device;
    int lock_fd;
};

static enum rc fail(struct chip_fault *out_fault, enum reader_fault code, const char *format,
                    const char *place)
{
    out_fault->code = code;
    snprintf(out_fault->text, sizeof out_fault->text, format, place);
    return RC_GONE;
}

static const char *place_of(const struct chip *chip)
{
    return chip->address.device_path[0] ? chip->address.device_path : chip->address.text;
}

enum rc chip_open(const struct reader_address *address, struct chip **out_chip)
{
    struct chip *chip = calloc(1, sizeof *chip);
    if (!chip)
        return RC_NO_MEMORY;
    chip->address = *address;
    chip->lock_fd = -1;
    nfc_init(&chip->context);
    if (!chip->context) {
        free(chip);
        return RC_NO_MEMORY;
    }
    *out_chip = chip;
    return RC_OK;
}

void chip_close(struct chip *chip)
{
    if (!chip)
        return;
    chip_disconnect(chip);
    nfc_exit(chip->context);
    free(chip);
}

void chip_disconnect(struct chip *chip)
{
    if (chip->device)
        nfc_close(chip->device);
    if (chip->lock_fd >= 0)
        close(chip->lock_fd);
    chip->device = NULL;
    chip->lock_fd = -1;
}

bool chip_is_connected(const struct chip *chip)
{
    return chip->device != NULL;
}

const char *chip_name(const struct chip *chip)
{
    const char *name = nfc_device_get_name(chip->device);
    return name && *name ? name : chip->address.text;
}

/* --- connecting --- */

static const struct {
    int error_number;
    enum reader_fault code;
    const char *format;
} open_faults[] = {
    {ENOENT, READER_FAULT_MISSING, "There is no device %.60s. Check the reader's cable."},
    {ENODEV, READER_FAULT_MISSING, "There is no device behind %.60s. Check the reader's cable."},
    {ENXIO, READER_FAULT_MISSING, "There is no device behind %.60s. Check the reader's cable."},
    {EACCES, READER_FAULT_REFUSED,
     "%.60s may not be opened. Put the station's user into the device's group (dialout)."},
    {EWOULDBLOCK, READER_FAULT_BUSY, "Another program uses the reader at %.60s. Stop that one."},
    {0, READER_FAULT_SILENT, "%.60s cannot be opened. Unplug the reader and plug it in again."},
};

static enum rc fail_to_open(const struct chip *chip, int error_number, struct chip_fault *out_fault)
{
    size_t i = 0;
    while (open_faults[i].error_number && open_faults[i].error_number != error_number)
        i++;
    return fail(out_fault, open_faults[i].code, open_faults[i].format, place_of(chip));
}

/* Two programs on one serial line would eat each other's answers. */
static enum rc lock_device(struct chip *chip, struct chip_fault *out_fault)
{
    if (!chip->address.device_path[0])
        return RC_OK;
    chip->lock_fd = open(chip->address.device_path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (chip->lock_fd < 0 || flock(chip->lock_fd, LOCK_EX | LOCK_NB))
        return fail_to_open(chip, errno, out_fault);
    return RC_OK;
}

/*
 * A chip that did not tell its version leaves a device without modulations, and the first look
 * would end in an assertion (libnfc 1.8.0 ignores the result of pn53x_init).
 */
static enum rc prepare(struct chip *chip, struct chip_fault *out_fault)
{
    const nfc_modulation_type *types = NULL;
    if (nfc_device_get_supported_modulation(chip->device, N_INITIATOR, &types) < 0 || !types)
        return fail(out_fault, READER_FAULT_GARBLED,
                    "The reader at %.60s does not tell what it is. Unplug it and plug it in again.",
                    place_of(chip));
    if (nfc_initiator_init(chip->device) < 0 ||
        nfc_device_set_property_bool(chip->device, NP_INFINITE_SELECT, false) < 0 ||
        nfc_device_set_property_bool(chip->device, NP_AUTO_ISO14443_4, false) < 0)
        return fail(out_fault, READER_FAULT_SILENT,
                    "The reader at %.60s stopped answering while it was set up.", place_of(chip));
    return RC_OK;
}

enum rc chip_connect(struct chip *chip, struct chip_fault *out_fault)
{
    nfc_connstring connection = "";
    enum rc rc = lock_device(chip, out_fault);
    if (!rc) {
        memcpy(connection, chip->address.text, sizeof chip->address.text);
        chip->device = nfc_open(chip->context, connection);
        rc = chip->device ? prepare(chip, out_fault)
                          : fail(out_fault, READER_FAULT_SILENT,
                                 "No reader answers at %.60s. Check its wires, its power and its "
                                 "interface switches.",
                                 place_of(chip));
    }
    if (rc)
        chip_disconnect(chip);
    return rc;
}

/* --- looking --- */

/*
 * libnfc 1.8.0 makes 10 bytes of any longer UID that a chip claims to have, taking them from here
 * and there (pn53x_decode_target_data). But a UID of 10 bytes is announced in the ATQA, bits 8 and
 * 7 (ISO/IEC 14443-3, 6.5.2); shorter ones are not checked, because some cards announce them wrong.
 */
static bool is_uid_plausible(const nfc_iso14443a_info *card)
{
    return reader_line_is_uid_length(card->szUidLen) &&
           (card->szUidLen != READER_LINE_UID_MAX || (card->abtAtqa[1] & 0xc0) == 0x80);
}

enum rc chip_look(struct chip *chip, struct field_uid *out_uid, struct chip_fault *out_fault)
{
    static const nfc_modulation type_a = {.nmt = NMT_ISO14443A, .nbr = NBR_106};
    nfc_target target;
    memset(&target, 0, sizeof target);
    int found = nfc_initiator_select_passive_target(chip->device, type_a, NULL, 0, &target);
    if (found == 0)
        return RC_EMPTY;
    if (found == NFC_ETIMEOUT)
        return fail(out_fault, READER_FAULT_SILENT, "The reader at %.60s stopped answering.",
                    place_of(chip));
    size_t length = target.nti.nai.szUidLen;
    if (found < 0 || !is_uid_plausible(&target.nti.nai))
        return fail(out_fault, READER_FAULT_GARBLED,
                    "The reader at %.60s gives answers that make no sense.", place_of(chip));
    memset(out_uid, 0, sizeof *out_uid);
    memcpy(out_uid->bytes, target.nti.nai.abtUid, length);
    out_uid->length = length;
    return RC_OK;
}
