/*
 * wiring.h - a board in a technician's words: which wire goes where. From the data alone; nothing
 * is opened. Pure; any thread.
 */
#ifndef FIRMWARE_DEVICE_WIRING_H
#define FIRMWARE_DEVICE_WIRING_H

#include "firmware/device/board.h"

/* Where a line is, and when it is on: "pin 11 (BCM 17), on when high". */
#define WIRING_TEXT 240
void wiring_of_pin(const struct board *board, enum pin pin, char out_text[WIRING_TEXT]);

/* "the green lamp", "the button that calls help". */
const char *wiring_pin_words(enum pin pin);

/* How the reader is wired; "" where there is none. */
const char *wiring_of_reader(const struct board *board);

/* What its own switches say, and what the system has to switch on; "": nothing. */
const char *wiring_of_reader_switches(const struct board *board);
const char *wiring_of_reader_system(const struct board *board);

#endif
