/*
 * reader_wedge.h - the reader port by a reader that types (USB HID, barcode scanner), through
 * evdev. The device is grabbed, so that what it types goes nowhere else. It knows no badge that
 * stays: each number is a tag that leaves at once. A device that vanishes is looked for again.
 */
#ifndef FIRMWARE_LINUX_READER_WEDGE_H
#define FIRMWARE_LINUX_READER_WEDGE_H

#include "firmware/port/reader.h"

/* `path` (/dev/input/by-id/...-event-kbd) is copied; it need not be there yet. */
enum rc reader_open_wedge(const char *path, struct reader **out_reader) MUST_CHECK;

#endif
