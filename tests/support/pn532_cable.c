#include "tests/support/pn532_cable.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

void pn532_cable_init(struct pn532_cable *cable)
{
    *cable = (struct pn532_cable){.socket_fd = -1, .fd = -1, .slave = -1};
}

static void hang_up(struct pn532_cable *cable)
{
    close(cable->socket_fd);
    cable->socket_fd = cable->fd = -1;
}

void pn532_cable_finish(struct pn532_cable *cable)
{
    pn532_cable_pull(cable);
    if (cable->socket_fd >= 0)
        hang_up(cable);
}

void pn532_cable_pull(struct pn532_cable *cable)
{
    if (cable->fd < 0)
        return;
    if (cable->fd != cable->socket_fd) {
        unlink(cable->link_path);
        close(cable->fd);
        close(cable->slave);
    }
    cable->fd = cable->slave = -1;
}

ssize_t pn532_cable_read(struct pn532_cable *cable, void *bytes, size_t size)
{
    ssize_t got = read(cable->fd, bytes, size);
    if (cable->fd == cable->socket_fd && (got == 0 || (got < 0 && errno != EAGAIN)))
        hang_up(cable);
    return got;
}

static enum rc plug_socket(struct pn532_cable *cable)
{
    char lost[256];
    if (cable->socket_fd < 0)
        return RC_GONE;
    cable->fd = cable->socket_fd;
    while (pn532_cable_read(cable, lost, sizeof lost) > 0)
        ;
    return cable->fd < 0 ? RC_GONE : RC_OK;
}

/*
 * The slave is made raw before anybody can find it, and kept open here: without it, reading the
 * master fails whenever no client is there.
 */
static enum rc plug_terminal(struct pn532_cable *cable)
{
    struct termios raw;
    char name[64];
    if (openpty(&cable->fd, &cable->slave, name, NULL, NULL))
        return rc_from_errno(errno);
    tcgetattr(cable->slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(cable->slave, TCSANOW, &raw);
    fcntl(cable->fd, F_SETFL, O_NONBLOCK);
    fcntl(cable->fd, F_SETFD, FD_CLOEXEC);
    fcntl(cable->slave, F_SETFD, FD_CLOEXEC);
    unlink(cable->link_path);
    if (symlink(name, cable->link_path) == 0)
        return RC_OK;
    enum rc rc = rc_from_errno(errno);
    pn532_cable_pull(cable);
    return rc;
}

enum rc pn532_cable_plug(struct pn532_cable *cable)
{
    return cable->link_path[0] ? plug_terminal(cable) : plug_socket(cable);
}
