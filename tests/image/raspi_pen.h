/*
 * raspi_pen.h - the three processors of QEMU's raspi3b that wait for the kernel.
 *
 * QEMU's own boot code lets them look into the spin table for ever (hw/arm/raspi.c: a loop around
 * `wfe`, which does not sleep there). Each broadcast of the first processor's, and there are
 * thousands while the kernel maps its memory, waits until all three were interrupted: on a machine
 * of two cores that is over a minute and a half. So they sleep instead (`wfi`), until the kernel
 * has said where they are to go.
 */
#ifndef TESTS_IMAGE_RASPI_PEN_H
#define TESTS_IMAGE_RASPI_PEN_H

#include "tests/image/qtest.h"

/* While the guest is stopped, at its first instruction. RC_UNSUPPORTED: another QEMU's boot code,
 * with a sentence; it is as it was. */
enum rc raspi_pen_close(struct qtest *bus, struct reason *reason) MUST_CHECK;

/* Once it runs: waits until the kernel calls them, and wakes them. */
enum rc raspi_pen_open(struct qtest *bus, struct reason *reason) MUST_CHECK;

#endif
