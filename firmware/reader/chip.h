/*
 * chip.h - the reader's chip by libnfc 1.8.0: the only place that meets it.
 *
 * Every call is bounded (350 ms for a look, 1.4 s for a connection, more only when bytes trickle).
 * What libnfc cannot survive is kept from it where that is possible: no ATS is asked for, a device
 * that did not tell its version is closed at once. The rest ends this process, which is why it is
 * one of its own. One chip per process; one thread.
 */
#ifndef FIRMWARE_READER_CHIP_H
#define FIRMWARE_READER_CHIP_H

#include "firmware/base/rc.h"
#include "firmware/port/reader_address.h"
#include "firmware/port/reader_line.h"
#include "firmware/reader/field.h"

struct chip;

/* Why no badge can be read, as the line "fault" says it. */
struct chip_fault {
    enum reader_fault code;
    char text[READER_LINE_TEXT];
};

/* Not connected yet. `address` is copied. */
enum rc chip_open(const struct reader_address *address, struct chip **out_chip) MUST_CHECK;

/* Turns the radio off and lets go of the device. Takes NULL. */
void chip_close(struct chip *chip);

/* Takes the device's lock (libnfc takes none) and makes the chip ready. RC_GONE with the fault. */
enum rc chip_connect(struct chip *chip, struct chip_fault *out_fault) MUST_CHECK;
void chip_disconnect(struct chip *chip);
bool chip_is_connected(const struct chip *chip);

/* What libnfc calls it; valid while connected. */
const char *chip_name(const struct chip *chip);

/*
 * One look for a card of ISO/IEC 14443 type A. RC_EMPTY: none is there. RC_GONE with the fault:
 * no answer, or one that makes no sense.
 */
enum rc chip_look(struct chip *chip, struct field_uid *out_uid,
                  struct chip_fault *out_fault) MUST_CHECK;

#endif
