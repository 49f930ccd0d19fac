/*
 * reader_wedge.h - the reader port by a reader or barcode scanner that types as a keyboard.
 *
 * The device is an evdev node (/dev/input/by-id/...-event-kbd); a * in its path is understood where
 * just one device fits. It is grabbed, so that what it
 * types goes to nobody else: not to a login prompt, not to the desktop (Linux input documentation,
 * EVIOCGRAB). What a badge looks like: wedge_decoder.h. A wedge does not tell when a badge leaves,
 * so READER_LEFT follows each READER_TAG at once. A device that vanishes is looked for once a
 * second and told as READER_RESTING. Never blocks; the loop's thread only.
 */
#ifndef FIRMWARE_LINUX_READER_WEDGE_H
#define FIRMWARE_LINUX_READER_WEDGE_H

#include "firmware/port/reader.h"

/* The device is opened at the first reader_next and need not be there yet. The path is copied. */
enum rc reader_open_wedge(const char *device_path, struct reader **out_reader) MUST_CHECK;

#endif
