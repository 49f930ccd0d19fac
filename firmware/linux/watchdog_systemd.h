/*
 * watchdog_systemd.h - systemd as the watchdog: sd_notify(3), for a unit with Type=notify.
 *
 * "ready" ends its start, beats are WATCHDOG=1 at half of the unit's WatchdogSec=. The unit needs
 * no NotifyAccess= of its own: it is the main process that tells.
 */
#ifndef FIRMWARE_LINUX_WATCHDOG_SYSTEMD_H
#define FIRMWARE_LINUX_WATCHDOG_SYSTEMD_H

#include "firmware/port/watchdog.h"

/*
 * RC_UNSUPPORTED: no service manager started this process ($NOTIFY_SOCKET is missing). Where it
 * asks for no beats, or another process for them ($WATCHDOG_USEC, $WATCHDOG_PID), "ready" and
 * "stopping" are told all the same.
 */
enum rc watchdog_open_systemd(struct watchdog **out_watchdog) MUST_CHECK;

#endif
