/*
 * machine_logind.h - this computer: systemd's login1 and timedate1 over the system's message bus,
 * the rest from the kernel's files.
 *
 * The bus is connected for one request and let go again, so nothing of it wakes the station or
 * breaks under it. Never blocks: a bus that is missing is told at once, one that hangs after
 * MACHINE_LOGIND_PATIENCE_MS. What polkit must allow (org.freedesktop.login1.reboot and power-off,
 * with -multiple-sessions; org.freedesktop.timedate1.set-time and set-ntp; and that systemd starts
 * MACHINE_UPDATE_UNIT, org.freedesktop.systemd1.manage-units) is the system's setting.
 */
#ifndef FIRMWARE_LINUX_MACHINE_LOGIND_H
#define FIRMWARE_LINUX_MACHINE_LOGIND_H

#include "firmware/port/machine.h"

#define MACHINE_LOGIND_PATIENCE_MS 10000
#define MACHINE_UPDATE_UNIT "perron-update.service"

/*
 * `root` stands for "/" where files are looked at, "" outside of tests; `data` is the folder whose
 * file system is measured. Both are copied. Opens nothing yet: it works without a bus, too.
 */
enum rc machine_open_logind(const char *root, const char *data,
                            struct machine **out_machine) MUST_CHECK;

#endif
