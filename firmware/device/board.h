/*
 * board.h - a board is data: screen, reader and pins of one machine, read from a file.
 *
 *   [screen]   width_px height_px width_mm height_mm rotation (0, 90, 180, 270)
 *   [reader]   address (libnfc's, wedge:..., sim)
 *              position (right, left, above, below: of the screen)
 *   [pins]     chip (label or auto)
 *              green red blue buzzer reader_reset = BCM active-high|active-low
 *   [machine]  kind (this, simulated): which computer staff restart, shut down, set and dim;
 *              without it `this` on a board with pins, else simulated, so that nobody's own
 *              computer is shut down from a window
 *
 * `width` and `height` are the panel's own; rotation turns picture and touch together. Any thread.
 */
#ifndef FIRMWARE_DEVICE_BOARD_H
#define FIRMWARE_DEVICE_BOARD_H

#include "firmware/base/rc.h"
#include "firmware/port/pins.h"

enum board_machine { BOARD_THIS_MACHINE, BOARD_SIMULATED_MACHINE };
enum board_side { BOARD_RIGHT, BOARD_LEFT, BOARD_ABOVE, BOARD_BELOW };

struct board {
    int width_px, height_px;
    int width_mm, height_mm;
    int rotation;     /* degrees clockwise */
    char reader[256]; /* address */
    int reader_side;  /* enum board_side */
    struct pins_layout pins;
    int machine; /* enum board_machine */
};

/*
 * Reads a board's file. A mistake is RC_BAD_INPUT with file, line and what to do: an unknown key,
 * one pin for two things, a pin that the reader's bus or the board itself needs.
 */
enum rc board_read(const char *path, struct board *out_board, struct reason *out_reason) MUST_CHECK;

#endif
