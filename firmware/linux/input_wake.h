/*
 * input_wake.h - wakes the loop when a touchscreen, a mouse or a keyboard has something to tell, or
 * was plugged in.
 *
 * For whoever reads input devices through a library that has to be asked (SDL on KMS asks each
 * device, and has no descriptor to wait on). The devices are opened a second time, read-only; what
 * they tell is thrown away here, and the library reads its own copy (each opener of an evdev node
 * has its own queue). A device that is grabbed tells us nothing, as it should.
 *
 * Owned by the station. Never blocks; the loop's thread only.
 */
#ifndef FIRMWARE_LINUX_INPUT_WAKE_H
#define FIRMWARE_LINUX_INPUT_WAKE_H

#include <stdbool.h>

#include "firmware/base/rc.h"

struct input_wake;

#define INPUT_WAKE_FOLDER "/dev/input"
#define INPUT_WAKE_DEVICES_MAX 32

/*
 * Opens the folder's event* nodes; those that may not be opened are tried again when their rights
 * change. RC_NOT_FOUND: there is no such folder.
 */
enum rc input_wake_open(const char *folder, struct input_wake **out_wake) MUST_CHECK;
void input_wake_close(struct input_wake *wake);

/* One descriptor for all of them. */
int input_wake_fd(const struct input_wake *wake);

/* Throws away what there is. True: something was touched, plugged in or pulled out. */
bool input_wake_drain(struct input_wake *wake);

#endif
