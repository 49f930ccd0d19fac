/*
 * message_bus.h - a real message bus of a test's own, which stands for the system's.
 *
 * A dbus-daemon below a new folder in /tmp; DBUS_SYSTEM_BUS_ADDRESS says where. It dies with the
 * test. One at a time; the test's thread only.
 */
#ifndef TESTS_SUPPORT_MESSAGE_BUS_H
#define TESTS_SUPPORT_MESSAGE_BUS_H

#include <stdbool.h>
#include <systemd/sd-bus.h>

/* Makes the folder and names the place; nobody listens there yet. Its path, or NULL. */
const char *message_bus_make(void);

/* False: it did not start. */
bool message_bus_start(void);
void message_bus_stop(void);

/* A connection to it, for a stand-in of a service, with that name; NULL: there is none. */
sd_bus *message_bus_connect(const char *name);

/* Ends it and removes the folder with all that is below. */
void message_bus_remove(void);

#endif
