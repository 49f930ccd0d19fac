/*
 * pn532_cable.h - what a simulated PN532 hangs on: a pseudo-terminal that is found by a symbolic
 * link, or a connected socket. One thread at a time.
 */
#ifndef TESTS_SUPPORT_PN532_CABLE_H
#define TESTS_SUPPORT_PN532_CABLE_H

#include <stddef.h>
#include <sys/types.h>

#include "firmware/base/rc.h"

struct pn532_cable {
    char link_path[200]; /* of a terminal; "": a socket */
    int socket_fd;       /* -1: a terminal, or nobody is at the other end any more */
    int fd;              /* to read and write, without waiting; -1 while it is pulled out */
    int slave;
};

/* Pulled out; whoever calls it sets `link_path` or `socket_fd`, which is closed with the rest. */
void pn532_cable_init(struct pn532_cable *cable);
void pn532_cable_finish(struct pn532_cable *cable);

/*
 * Puts one that is out back. A terminal is a new one, its link replaces what stood there; what came
 * over a socket meanwhile is lost. RC_GONE: nobody is at the socket's other end.
 */
enum rc pn532_cable_plug(struct pn532_cable *cable) MUST_CHECK;
void pn532_cable_pull(struct pn532_cable *cable);

/* read(2); pulled out for good once a socket's other end is closed. */
ssize_t pn532_cable_read(struct pn532_cable *cable, void *bytes, size_t size);

#endif
