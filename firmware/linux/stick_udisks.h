/*
 * stick_udisks.h - real USB sticks, by udisks2 over the system's message bus.
 *
 * What udisks2 tells of its objects is only ever a reason to read its whole list anew, so nothing
 * is kept in step by hand. A drive counts that is removable or on the usb bus; never one that the
 * system says it needs, that "/" or the data folder lie on, or that is mounted elsewhere than below
 * /media and /run/media. Never blocks: requests go out and are answered later, what the kernel has
 * to wait for is done on a thread (stick_chore.h), and patience ends. A bus or a udisks2 that is
 * missing or restarts is asked again every few seconds, without a word.
 *
 * A mount is believed only when the kernel says that nosuid, nodev and noexec hold. What polkit
 * must allow the station (org.freedesktop.udisks2.filesystem-mount, and more for a service without
 * a seat) is in board/README.md.
 */
#ifndef FIRMWARE_LINUX_STICK_UDISKS_H
#define FIRMWARE_LINUX_STICK_UDISKS_H

#include "firmware/port/stick.h"

#define STICK_UDISKS_PATIENCE_MS 60000 /* for one step with a stick: some take very long */
#define STICK_UDISKS_LIST_MS 10000     /* for the list of objects */
#define STICK_UDISKS_RETRY_MS 5000
#define STICK_UDISKS_SETTLE_MS                                                                     \
    500 /* without news, before the list is read: partitions come singly */
#define STICK_UDISKS_SETTLE_MAX_MS 3000

/*
 * `root` stands for "/" where the kernel's files are looked at, "" outside of tests; `data` is the
 * data folder. Connects to nothing yet: it works without a bus, too.
 */
enum rc stick_open_udisks(const char *root, const char *data, struct stick **out_stick) MUST_CHECK;

#endif
