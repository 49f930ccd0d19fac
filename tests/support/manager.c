#include "tests/support/manager.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/build.h"
#include "tests/support/give_up.h"

void manager_open(struct manager *manager, const char *patience_us)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(manager->path, sizeof manager->path, "%s/perron-notify-%d", build_scratch(),
             (int)getpid());
    snprintf(address.sun_path, sizeof address.sun_path, "%s", manager->path);
    unlink(manager->path);
    manager->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (manager->fd < 0 || bind(manager->fd, (struct sockaddr *)&address, sizeof address))
        give_up("manager", "no socket at %s: %s", manager->path, strerror(errno));
    setenv("NOTIFY_SOCKET", manager->path, 1);
    unsetenv("WATCHDOG_PID");
    if (patience_us)
        setenv("WATCHDOG_USEC", patience_us, 1);
    else
        unsetenv("WATCHDOG_USEC");
}

void manager_close(struct manager *manager)
{
    close(manager->fd);
    unlink(manager->path);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
}

const char *manager_hear(struct manager *manager, int wait_ms)
{
    static char text[256];
    struct pollfd fd = {.fd = manager->fd, .events = POLLIN};
    ssize_t got = poll(&fd, 1, wait_ms) == 1 ? recv(manager->fd, text, sizeof text - 1, 0) : 0;
    if (got < 0)
        give_up("manager", "cannot hear: %s", strerror(errno));
    text[got] = 0;
    return text;
}

int manager_beats(struct manager *manager)
{
    int beats = 0;
    for (const char *text; *(text = manager_hear(manager, 0)); beats++)
        if (strcmp(text, "WATCHDOG=1") != 0)
            give_up("manager", "no beat: %s", text);
    return beats;
}
