/*
 * manager.h - the service manager's end of sd_notify: a real AF_UNIX datagram socket, named in
 * $NOTIFY_SOCKET. What should work and doesn't ends the program with a sentence. One thread.
 */
#ifndef TESTS_SUPPORT_MANAGER_H
#define TESTS_SUPPORT_MANAGER_H

struct manager {
    char path[64];
    int fd;
};

/* Listens, and sets the environment; `patience_us` is WATCHDOG_USEC, NULL: no beats are wanted. */
void manager_open(struct manager *manager, const char *patience_us);

/* Removes the socket and the environment. */
void manager_close(struct manager *manager);

/* The next message, or "" when none comes within `wait_ms`; valid until the next call. */
const char *manager_hear(struct manager *manager, int wait_ms);

/* How many "WATCHDOG=1" have come so far, without waiting; anything else gives up. */
int manager_beats(struct manager *manager);

#endif
