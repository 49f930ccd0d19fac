/*
 * board.h - a board is data: screen, reader and pins of one machine, read from a file.
 *
 *   [board]    parts: names of files that say some of it, such as screen/official-7inch
 *   [screen]   width_px height_px width_mm height_mm rotation (0, 90, 180, 270)
 *   [reader]   address (libnfc's, wedge:..., sim)
 *              position (right, left, above, below: of the screen)
 *   [pins]     chip (label or auto: a Raspberry Pi's own)
 *              green red blue buzzer reader_reset call = number active-high|active-low, or none
 *   [machine]  kind (this, simulated): which computer staff restart, shut down, set and dim;
 *              without it `this` on a board with pins, else simulated, so that nobody's own
 *              computer is shut down from a window
 *
 * A part is a file NAME.conf below the folder of the file that names it, else below the folder of
 * the parts that come along. It has the same keys but names no parts, and what the file itself says
 * counts above it. `width` and `height` are the panel's own; rotation turns picture and touch
 * together. Any thread.
 */
#ifndef FIRMWARE_DEVICE_BOARD_H
#define FIRMWARE_DEVICE_BOARD_H

#include "firmware/base/rc.h"
#include "firmware/port/pins.h"

#define BOARD_PARTS_MAX 8
#define BOARD_PARTS_BYTES 256

enum board_machine { BOARD_THIS_MACHINE, BOARD_SIMULATED_MACHINE };
enum board_side { BOARD_RIGHT, BOARD_LEFT, BOARD_ABOVE, BOARD_BELOW };

struct board {
    char parts[BOARD_PARTS_BYTES]; /* as they were written */
    int width_px, height_px;
    int width_mm, height_mm;
    int rotation;     /* degrees clockwise */
    char reader[256]; /* address */
    int reader_side;  /* enum board_side */
    struct pins_layout pins;
    int machine; /* enum board_machine */
};

/*
 * Reads a board's file, and its parts: those beside it, then those in `shelf` (NULL: there is
 * none). A mistake is RC_BAD_INPUT with file, line and what to do: an unknown key, two parts that
 * say the same, one pin for two things, a pin that the reader's bus or the machine itself needs.
 */
enum rc board_read_with(const char *path, const char *shelf, struct board *out_board,
                        struct reason *out_reason) MUST_CHECK;

/* The same where all parts lie beside it. */
enum rc board_read(const char *path, struct board *out_board, struct reason *out_reason) MUST_CHECK;

/* Are its pins those of a Raspberry Pi, by their BCM numbers? */
bool board_has_header(const struct board *board);

/* The physical pin of a BCM number on the header of 40 pins; 0: it is not on it. */
int board_header_pin(int bcm);

#endif
