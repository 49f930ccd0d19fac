/*
 * pins_gpiod.h - pins through the kernel's GPIO character device, by libgpiod.
 *
 * Debian 12 has libgpiod 1.6 and Debian 13 has 2.2; they share nothing but the name, and have no
 * version macro. pins_gpiod1.c and pins_gpiod2.c implement this header; the build takes one of them
 * by the version pkg-config tells. The kernel gives the lines back to inactive when we crash; it
 * stamps the edges of the input, so a loop that was busy misses no press.
 */
#ifndef FIRMWARE_LINUX_PINS_GPIOD_H
#define FIRMWARE_LINUX_PINS_GPIOD_H

#include "firmware/port/pins.h"

/* The chips of Raspberry Pis by label, for "auto": Pi 5, Pi 4, and those before. */
#define PINS_GPIOD_AUTO                                                                            \
    {                                                                                              \
        "pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835"                                        \
    }

#define PINS_GPIOD_AGE_MS 10000 /* no edge waits longer to be read */

/*
 * Finds the chip by its label, since numbers change between kernels, and takes the layout's lines
 * as outputs, inactive, and the input with the chip's pull to its inactive level, where the chip
 * has one (a PL061 has not). RC_NOT_FOUND: no such chip; RC_BUSY: somebody has a line already.
 */
enum rc pins_open_gpiod(const struct pins_layout *layout, struct reason *out_reason,
                        struct pins **out_pins) MUST_CHECK;

#endif
