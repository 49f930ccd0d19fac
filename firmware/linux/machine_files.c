#include "firmware/linux/machine_files.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <limits.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define HOTTEST_MC 150000 /* what is hotter, or below zero, is a sensor that is not there */
#define INTERFACES_MAX 16

/* --- files of one value --- */

static bool read_text(const char *path, char *out_text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, out_text, size - 1);
    if (fd >= 0)
        close(fd);
    out_text[length > 0 ? length : 0] = 0;
    out_text[strcspn(out_text, "\n")] = 0;
    return length > 0;
}

static bool read_number(const char *path, int64_t *out_number)
{
    char text[32], rest;
    int64_t number;
    if (!read_text(path, text, sizeof text) || sscanf(text, "%" SCNd64 "%c", &number, &rest) != 1)
        return false;
    *out_number = number;
    return true;
}

static bool read_number_beside(const char *path, const char *name, int64_t *out_number)
{
    char beside[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(beside, sizeof beside, "%.*s/%s", (int)(slash - path), path, name);
    return read_number(beside, out_number);
}

/* The files that fit root and pattern; globfree them. */
static void find(const char *root, const char *pattern, glob_t *out_paths)
{
    char whole[PATH_MAX];
    snprintf(whole, sizeof whole, "%s%s", root, pattern);
    if (glob(whole, 0, NULL, out_paths))
        out_paths->gl_pathc = 0;
}

/* --- brightness --- */

/* RC_UNSUPPORTED without a backlight; else the path of its file and what its most is. */
static enum rc find_backlight(const char *root, char out_path[PATH_MAX], int64_t *out_most)
{
    glob_t paths;
    int64_t most = 0;
    find(root, "/sys/class/backlight/*/brightness", &paths);
    bool is_found = paths.gl_pathc > 0 &&
                    read_number_beside(paths.gl_pathv[0], "max_brightness", &most) && most > 0 &&
                    most < INT_MAX;
    if (is_found) {
        snprintf(out_path, PATH_MAX, "%s", paths.gl_pathv[0]);
        *out_most = most;
    }
    globfree(&paths);
    return is_found ? RC_OK : RC_UNSUPPORTED;
}

enum rc machine_files_brightness(const char *root, int *out_percent)
{
    char path[PATH_MAX];
    int64_t most, now;
    enum rc rc = find_backlight(root, path, &most);
    if (rc)
        return rc;
    if (!read_number(path, &now) || now < 0 || now > most)
        return RC_UNSUPPORTED;
    int percent = (int)((now * 100 + most / 2) / most);
    *out_percent = percent > 0 ? percent : 1;
    return RC_OK;
}

enum rc machine_files_set_brightness(const char *root, int percent)
{
    char path[PATH_MAX], text[32];
    int64_t most;
    enum rc rc = find_backlight(root, path, &most);
    if (rc)
        return rc;
    int64_t value = (most * percent + 50) / 100;
    int length = snprintf(text, sizeof text, "%" PRId64 "\n", value > 0 ? value : 1);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    rc = write(fd, text, (size_t)length) == length ? RC_OK : rc_from_errno(errno);
    close(fd);
    return rc;
}

/* --- health --- */

static void look_at_temperature(const char *root, struct machine_health *health)
{
    glob_t paths;
    int64_t hottest = 0, now;
    find(root, "/sys/class/thermal/thermal_zone*/temp", &paths);
    for (size_t i = 0; i < paths.gl_pathc; i++)
        if (read_number(paths.gl_pathv[i], &now) && now > hottest && now <= HOTTEST_MC)
            hottest = now;
    globfree(&paths);
    if (hottest >= 1000)
        health->temperature_c = (int)((hottest + 500) / 1000);
}

/* A Raspberry Pi's firmware tells it through a sensor of this name (Linux, raspberrypi-hwmon). */
static void look_at_voltage(const char *root, struct machine_health *health)
{
    glob_t paths;
    char name[32];
    int64_t alarm;
    find(root, "/sys/class/hwmon/hwmon*/name", &paths);
    for (size_t i = 0; i < paths.gl_pathc; i++)
        if (read_text(paths.gl_pathv[i], name, sizeof name) && strcmp(name, "rpi_volt") == 0 &&
            read_number_beside(paths.gl_pathv[i], "in0_lcrit_alarm", &alarm))
            health->under_voltage = alarm ? MACHINE_YES : MACHINE_NO;
    globfree(&paths);
}

static void look_at_memory(const char *root, struct machine_health *health)
{
    static const struct {
        const char *format;
        size_t offset;
    } rows[] = {
        {"MemTotal: %" SCNd64 " kB", offsetof(struct machine_health, memory_total_bytes)},
        {"MemAvailable: %" SCNd64 " kB", offsetof(struct machine_health, memory_free_bytes)},
    };
    char path[PATH_MAX], line[128];
    int64_t kib;
    snprintf(path, sizeof path, "%s/proc/meminfo", root);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
            if (sscanf(line, rows[i].format, &kib) == 1 && kib >= 0 && kib < INT64_MAX / 1024)
                *(int64_t *)((char *)health + rows[i].offset) = kib * 1024;
    if (file)
        fclose(file);
}

static void look_at_disk(const char *data, struct machine_health *health)
{
    struct statvfs disk;
    if (statvfs(data, &disk))
        return;
    health->disk_free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    health->disk_total_bytes = (int64_t)disk.f_blocks * (int64_t)disk.f_frsize;
}

static void look_at_uptime(struct machine_health *health)
{
    struct timespec now;
    if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        health->uptime_s = now.tv_sec;
}

/* --- addresses --- */

static void add_address(struct machine_health *health, int family, const void *address,
                        const char *interface)
{
    int place = health->address_count;
    if (place == MACHINE_ADDRESSES || !inet_ntop(family, address, health->addresses[place].text,
                                                 sizeof health->addresses[place].text))
        return;
    snprintf(health->addresses[place].interface, sizeof health->addresses[place].interface, "%.15s",
             interface);
    health->address_count++;
}

static bool is_reached_by(int fd, const struct ifreq *interface)
{
    struct ifreq flags = *interface;
    return ioctl(fd, SIOCGIFFLAGS, &flags) == 0 && (flags.ifr_flags & IFF_UP) &&
           !(flags.ifr_flags & IFF_LOOPBACK);
}

/* The kernel answers on a socket of any family (netdevice(7)), so a local one will do. */
static void look_at_ipv4(struct machine_health *health)
{
    struct ifreq interfaces[INTERFACES_MAX];
    struct ifconf list = {.ifc_len = sizeof interfaces, .ifc_req = interfaces};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int count = fd >= 0 && ioctl(fd, SIOCGIFCONF, &list) == 0
                    ? list.ifc_len / (int)sizeof interfaces[0]
                    : 0;
    for (int i = 0; i < count; i++) {
        struct sockaddr_in address;
        memcpy(&address, &interfaces[i].ifr_addr, sizeof address);
        if (is_reached_by(fd, &interfaces[i]))
            add_address(health, AF_INET, &address.sin_addr, interfaces[i].ifr_name);
    }
    if (fd >= 0)
        close(fd);
}

/* "fd00...02 04 40 00 82 eth0": address, index, prefix, scope (0x20: of the link), flags, name. */
static void look_at_ipv6(const char *root, struct machine_health *health)
{
    char path[PATH_MAX], line[160], name[16];
    snprintf(path, sizeof path, "%s/proc/self/net/if_inet6", root);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file)) {
        struct in6_addr address;
        unsigned byte, scope;
        int at = 0;
        while (at < 16 && sscanf(line + 2 * at, "%2x", &byte) == 1)
            address.s6_addr[at++] = (uint8_t)byte;
        if (at == 16 && sscanf(line + 32, " %*x %*x %x %*x %15s", &scope, name) == 2 && scope == 0)
            add_address(health, AF_INET6, &address, name);
    }
    if (file)
        fclose(file);
}

void machine_files_health(const char *root, const char *data, struct machine_health *out_health)
{
    struct machine_health health = machine_health_unknown();
    look_at_temperature(root, &health);
    look_at_voltage(root, &health);
    look_at_memory(root, &health);
    look_at_disk(data, &health);
    look_at_uptime(&health);
    look_at_ipv4(&health);
    look_at_ipv6(root, &health);
    *out_health = health;
}
