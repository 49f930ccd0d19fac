/*
 * reader_address.h - a libnfc address ("pn532_uart:/dev/serial0:115200") taken apart and checked
 * before libnfc sees it.
 *
 * libnfc 1.8.0 splits at every colon, so a path with one in it ends early and another device is
 * tried; an unknown speed leaves the port at a speed of zero. Both are said here, in a sentence.
 * Both perron-reader and whoever checks settings use it. Pure; any thread.
 */
#ifndef FIRMWARE_PORT_READER_ADDRESS_H
#define FIRMWARE_PORT_READER_ADDRESS_H

#include "firmware/base/rc.h"

#define READER_ADDRESS_BYTES 200

struct reader_address {
    char text[READER_ADDRESS_BYTES];        /* the whole address, as libnfc takes it */
    char device_path[READER_ADDRESS_BYTES]; /* "" where the driver searches USB by itself */
};

/* RC_BAD_INPUT with a sentence in `out_reason` (may be NULL) when libnfc could not use it. */
enum rc reader_address_parse(const char *text, struct reader_address *out_address,
                             struct reason *out_reason) MUST_CHECK;

#endif
