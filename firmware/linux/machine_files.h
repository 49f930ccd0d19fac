/*
 * machine_files.h - how a computer is, from the kernel's files, and how bright its screen.
 *
 * `root` stands for "/" and is "" outside of tests. Needs no socket but a local one, so it works
 * where a service may use AF_UNIX only. Any thread.
 */
#ifndef FIRMWARE_LINUX_MACHINE_FILES_H
#define FIRMWARE_LINUX_MACHINE_FILES_H

#include "firmware/port/machine.h"

/* Of the first backlight there is. RC_UNSUPPORTED: none, or one that says nothing. */
enum rc machine_files_brightness(const char *root, int *out_percent) MUST_CHECK;

/* 1 to 100; the least the kernel takes is 1. RC_REFUSED: the station may not write there. */
enum rc machine_files_set_brightness(const char *root, int percent) MUST_CHECK;

/* `data` is the folder whose file system is measured; it is not below `root`. */
void machine_files_health(const char *root, const char *data, struct machine_health *out_health);

#endif
