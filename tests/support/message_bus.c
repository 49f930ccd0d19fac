#include "tests/support/message_bus.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/real.h"

#define PATIENCE_MS 15000

static char folder[64], address[160];
static pid_t daemon_pid;

static const char settings[] =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\""
    " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">"
    "<busconfig><type>session</type><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth>"
    "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
    "<allow eavesdrop=\"true\"/><allow own=\"*\"/>"
    "<allow user=\"*\"/></policy></busconfig>";

const char *message_bus_make(void)
{
    char path[128];
    strcpy(folder, "/tmp/perron-bus-XXXXXX");
    if (!mkdtemp(folder))
        return NULL;
    snprintf(address, sizeof address, "unix:path=%s/bus", folder);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", address, 1);
    snprintf(path, sizeof path, "%s/bus.conf", folder);
    FILE *file = fopen(path, "w");
    if (!file)
        return NULL;
    fprintf(file, settings, folder);
    fclose(file);
    return folder;
}

/* Its place is there before anybody listens. */
static bool is_listening(void)
{
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    snprintf(place.sun_path, sizeof place.sun_path, "%s/bus", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is_there = fd >= 0 && connect(fd, (struct sockaddr *)&place, sizeof place) == 0;
    if (fd >= 0)
        close(fd);
    return is_there;
}

bool message_bus_start(void)
{
    char option[160], path[128];
    snprintf(option, sizeof option, "--config-file=%s/bus.conf", folder);
    snprintf(path, sizeof path, "%s/bus", folder);
    unlink(path);
    daemon_pid = fork();
    if (daemon_pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execlp("dbus-daemon", "dbus-daemon", option, "--nofork", "--nopidfile", "--nosyslog", NULL);
        _exit(127);
    }
    for (int64_t end_us = real_us() + PATIENCE_MS * 1000; real_us() < end_us; poll(NULL, 0, 5))
        if (is_listening())
            return true;
    return false;
}

void message_bus_stop(void)
{
    if (daemon_pid > 0) {
        kill(daemon_pid, SIGKILL);
        waitpid(daemon_pid, NULL, 0);
    }
    daemon_pid = 0;
}

sd_bus *message_bus_connect(const char *name)
{
    sd_bus *bus = NULL;
    if (sd_bus_new(&bus) < 0 || sd_bus_set_address(bus, address) < 0 ||
        sd_bus_set_bus_client(bus, 1) < 0 || sd_bus_start(bus) < 0 ||
        sd_bus_request_name(bus, name, 0) < 0)
        return sd_bus_close_unref(bus);
    return bus;
}

void message_bus_remove(void)
{
    char command[128];
    message_bus_stop();
    snprintf(command, sizeof command, "rm -r --one-file-system %s", folder);
    (void)!system(command);
}
