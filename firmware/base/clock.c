#include "firmware/base/clock.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

struct clock {
    bool is_simulated;
    bool is_set_by_staff;
    struct clock_reading now; /* simulated: all of it; system: the boot id */
};

static int64_t clock_get_ms(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Parses the kernel's "xxxxxxxx-xxxx-..." into 16 bytes. */
static enum rc clock_read_boot(uint8_t *out_boot)
{
    char text[64] = "";
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return RC_UNSUPPORTED;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0)
        return RC_IO;
    uint8_t boot[CLOCK_BOOT_BYTES];
    size_t digits = 0;
    unsigned value = 0;
    for (char *at = text; *at && digits < 2 * CLOCK_BOOT_BYTES; at++) {
        unsigned nibble;
        char one[2] = {*at, 0};
        if (*at == '-' || sscanf(one, "%x", &nibble) != 1)
            continue;
        value = value << 4 | nibble;
        if (++digits % 2 == 0)
            boot[digits / 2 - 1] = (uint8_t)value;
    }
    if (digits != 2 * CLOCK_BOOT_BYTES)
        return RC_BAD_INPUT;
    memcpy(out_boot, boot, sizeof boot);
    return RC_OK;
}

enum rc clock_open_system(struct clock **out_clock)
{
    struct clock *clock = calloc(1, sizeof *clock);
    if (!clock)
        return RC_NO_MEMORY;
    enum rc rc = clock_read_boot(clock->now.boot);
    if (rc) {
        free(clock);
        return rc;
    }
    *out_clock = clock;
    return RC_OK;
}

enum rc clock_open_simulated(int64_t wall_ms, enum clock_trust trust, unsigned boot_number,
                             struct clock **out_clock)
{
    struct clock *clock = calloc(1, sizeof *clock);
    if (!clock)
        return RC_NO_MEMORY;
    clock->is_simulated = true;
    clock->now.wall_ms = wall_ms;
    clock->now.mono_ms = (int64_t)10 * 60 * 1000;
    clock->now.trust = trust;
    memcpy(clock->now.boot, &boot_number, sizeof boot_number);
    *out_clock = clock;
    return RC_OK;
}

void clock_close(struct clock *clock)
{
    free(clock);
}

/* Boards described by a device tree have a clock that survives a power cut only if they say so. */
static bool clock_has_battery(void)
{
    return access("/sys/class/rtc/rtc0", F_OK) == 0 || access("/proc/device-tree/model", F_OK) != 0;
}

static enum clock_trust clock_system_trust(const struct clock *clock, int64_t wall_ms)
{
    struct timex state = {.modes = 0};
    if (wall_ms < CLOCK_EARLIEST_MS)
        return CLOCK_UNSET;
    int kernel_says = adjtimex(&state); /* below 0: it was not to be asked */
    if (kernel_says >= 0 && kernel_says != TIME_ERROR && !(state.status & STA_UNSYNC))
        return CLOCK_SYNCED;
    if (clock->is_set_by_staff)
        return CLOCK_STAFF;
    return clock_has_battery() ? CLOCK_PLAUSIBLE : CLOCK_UNSET;
}

void clock_read(const struct clock *clock, struct clock_reading *out_reading)
{
    *out_reading = clock->now;
    if (clock->is_simulated)
        return;
    out_reading->wall_ms = clock_get_ms(CLOCK_REALTIME);
    out_reading->mono_ms = clock_get_ms(CLOCK_BOOTTIME);
    out_reading->trust = clock_system_trust(clock, out_reading->wall_ms);
}

int64_t clock_mono_ms(const struct clock *clock)
{
    return clock->is_simulated ? clock->now.mono_ms : clock_get_ms(CLOCK_BOOTTIME);
}

bool clock_is_simulated(const struct clock *clock)
{
    return clock->is_simulated;
}

void clock_set_by_staff(struct clock *clock)
{
    clock->is_set_by_staff = true;
    if (clock->is_simulated && clock->now.trust < CLOCK_STAFF)
        clock->now.trust = CLOCK_STAFF;
}

void clock_advance(struct clock *clock, int64_t by_ms)
{
    assert(clock->is_simulated && by_ms >= 0);
    clock->now.wall_ms += by_ms;
    clock->now.mono_ms += by_ms;
}

void clock_turn(struct clock *clock, int64_t wall_ms, enum clock_trust trust)
{
    assert(clock->is_simulated);
    clock->now.wall_ms = wall_ms;
    clock->now.trust = trust;
}
