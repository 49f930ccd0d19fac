/*
 * reader_reset.h - a chip that stays silent, whoever talks to it, is reset by its own pin.
 *
 * A PN532 can hang for good, until its power is cut or its RSTPDN pin pulled: its program is
 * started again long before that helps (reader_child.h). So where it rests for
 * READER_RESET_PATIENCE_MS the pin is active for READER_RESET_PULSE_MS, and again after a pause
 * that doubles up to READER_RESET_PAUSE_MS: a reader that is broken or unplugged is not pulled at
 * all day. Time is an argument (monotonic); the loop's thread only.
 */
#ifndef FIRMWARE_DEVICE_READER_RESET_H
#define FIRMWARE_DEVICE_READER_RESET_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/port/pins.h"

#define READER_RESET_PATIENCE_MS 10000
#define READER_RESET_PAUSE_MS 600000

/*
 * NXP, PN532/C1 product data sheet, 12.23: the chip is in reset as long as RSTPD_N is low. Common
 * drivers hold it for 400 ms and give it 10 ms to begin (Adafruit_PN532, begin); libnfc opens it
 * anew later than that.
 */
#define READER_RESET_PULSE_MS 400

struct reader_reset {
    bool is_resting;
    bool is_pulsing;
    int64_t due_ms;
    int64_t pause_ms;
};

void reader_reset_init(struct reader_reset *reset);

/* The reader rests, or is ready; told as often as one likes. */
void reader_reset_told(struct reader_reset *reset, bool is_resting, int64_t now_ms);

/*
 * Does what is due; `pins` may be NULL, and need not have the pin. True: a pulse begins.
 */
bool reader_reset_step(struct reader_reset *reset, struct pins *pins, int64_t now_ms);

/* INT64_MAX: nothing will be due. */
int64_t reader_reset_due_ms(const struct reader_reset *reset);

#endif
