/*
 * stick_files.h - what the kernel's own files say of a block device and of what is mounted.
 *
 * `root` stands for "/" and is "" outside of tests. Devices are numbers as stat() tells them. Any
 * thread; reads no file of the device itself.
 */
#ifndef FIRMWARE_LINUX_STICK_FILES_H
#define FIRMWARE_LINUX_STICK_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* Do both lie on the same disk? False for what lies on none, or where the kernel does not say. */
bool stick_files_are_one_disk(const char *root, uint64_t one, uint64_t other);

/* Is the same USB device a keyboard, a mouse or another input device, too? */
bool stick_files_types(const char *root, uint64_t device);

struct stick_mount {
    uint64_t device;
    char file_system[16];
    bool is_guarded; /* nosuid, nodev and noexec, all three */
    bool is_read_only;
};

/* What is mounted at `path`, the topmost of several. RC_NOT_FOUND: nothing that this process sees.
 */
enum rc stick_files_mount(const char *root, const char *path,
                          struct stick_mount *out_mount) MUST_CHECK;

#endif
