#include "firmware/reader/chip.h"

#include <nfc/nfc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_BYTES 256

struct chip {
    nfc_context *context;
    nfc_device *device;
};

static enum rc set_up(nfc_device *device)
{
    const nfc_modulation_type *types = NULL;
    /* An unanswered GetFirmwareVersion gives a device without modulations; using it would abort. */
    if (nfc_device_get_supported_modulation(device, N_INITIATOR, &types) < 0 || !types)
        return RC_GONE;
    if (nfc_initiator_init(device) < 0 ||
        nfc_device_set_property_bool(device, NP_INFINITE_SELECT, false) < 0 ||
        nfc_device_set_property_bool(device, NP_AUTO_ISO14443_4, false) < 0)
        return RC_GONE;
    return RC_OK;
}

enum rc chip_open(const char *address, struct chip **out_chip)
{
    nfc_connstring connection = "";
    struct chip *chip = calloc(1, sizeof *chip);
    if (!chip)
        return RC_NO_MEMORY;
    snprintf(connection, sizeof connection, "%s", address);
    nfc_init(&chip->context);
    if (chip->context)
        chip->device = nfc_open(chip->context, connection);
    enum rc rc = chip->device ? set_up(chip->device) : RC_GONE;
    if (rc) {
        chip_close(chip);
        return rc;
    }
    *out_chip = chip;
    return RC_OK;
}

void chip_close(struct chip *chip)
{
    if (!chip)
        return;
    if (chip->device)
        nfc_close(chip->device);
    if (chip->context)
        nfc_exit(chip->context);
    free(chip);
}

const char *chip_name(const struct chip *chip)
{
    return nfc_device_get_name(chip->device);
}

/*
 * libnfc 1.8.0 cuts a UID of an impossible length to ten bytes and says nothing; a true ten says so
 * in its ATQA too (ISO/IEC 14443-3, bits 8 and 7: UID size).
 */
static bool is_believable(const nfc_iso14443a_info *card)
{
    bool is_triple = (card->abtAtqa[1] & 0xc0) == 0x80;
    return reader_line_is_uid_length(card->szUidLen) && (card->szUidLen != 10 || is_triple);
}

enum rc chip_look(struct chip *chip, struct chip_uid *out_uid)
{
    const nfc_modulation modulation = {.nmt = NMT_ISO14443A, .nbr = NBR_106};
    nfc_target target;
    int found = nfc_initiator_select_passive_target(chip->device, modulation, NULL, 0, &target);
    if (found == 0)
        return RC_EMPTY;
    if (found < 0)
        return found == NFC_ETIMEOUT ? RC_TIMEOUT : RC_IO;
    if (!is_believable(&target.nti.nai))
        return RC_BAD_INPUT;
    out_uid->length = target.nti.nai.szUidLen;
    memcpy(out_uid->bytes, target.nti.nai.abtUid, out_uid->length);
    return RC_OK;
}

void chip_device_path(const char *address, char *out_path)
{
    const char *path = strchr(address, ':');
    out_path[0] = 0;
    if (path && path[1] == '/')
        snprintf(out_path, PATH_BYTES, "%.*s", (int)strcspn(path + 1, ":"), path + 1);
}

/* libnfc splits at colons: "driver:/path" or "driver:/path:speed" is all there may be. */
enum rc chip_check_address(const char *address, struct reason *out_reason)
{
    const char *path = strchr(address, ':');
    const char *more = path ? strchr(path + 1, ':') : NULL;
    if (!path || path == address || !path[1] || strlen(address) >= PATH_BYTES) {
        reason_set(out_reason, "'%s' is no reader's address; one is pn532_uart:/dev/serial0",
                   address);
        return RC_BAD_INPUT;
    }
    if (more && (strspn(more + 1, "0123456789") != strlen(more + 1) || !more[1])) {
        reason_set(out_reason,
                   "the path in '%s' has a colon, which libnfc cannot use; take the path below "
                   "/dev/serial/by-id",
                   address);
        return RC_BAD_INPUT;
    }
    return RC_OK;
}
