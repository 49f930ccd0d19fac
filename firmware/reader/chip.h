/*
 * chip.h - one NFC chip by libnfc 1.8.0, every call bounded.
 *
 * libnfc can block for ever in nfc_initiator_poll_target and nfc_initiator_list_passive_targets
 * hides errors; only nfc_initiator_select_passive_target with NP_INFINITE_SELECT off is used here:
 * 350 ms at worst (libnfc 1.8.0, pn53x.c). ISO 14443-4 is switched off, so no ATS is parsed and no
 * card can crash us with one. One chip per process, one thread.
 */
#ifndef FIRMWARE_READER_CHIP_H
#define FIRMWARE_READER_CHIP_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"
#include "firmware/port/reader_line.h"

struct chip;

/* `address` is a libnfc connection string. RC_GONE: nothing answers there. */
enum rc chip_open(const char *address, struct chip **out_chip) MUST_CHECK;
void chip_close(struct chip *chip);

/* The chip's name as libnfc tells it. */
const char *chip_name(const struct chip *chip);

struct chip_uid {
    uint8_t bytes[READER_LINE_UID_MAX];
    size_t length;
};

/*
 * Looks once for a card. RC_EMPTY: none. RC_BAD_INPUT: a card with a UID of a length that cannot
 * be. Other results: the chip did not answer as it should.
 */
enum rc chip_look(struct chip *chip, struct chip_uid *out_uid) MUST_CHECK;

/* Says why an address cannot work before libnfc is asked. RC_OK or RC_BAD_INPUT. */
enum rc chip_check_address(const char *address, struct reason *out_reason) MUST_CHECK;

/* The device path inside an address, in a buffer of 256; "" where there is none. */
void chip_device_path(const char *address, char *out_path);

#endif
