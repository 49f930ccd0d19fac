/*
 * machine.h - the port of the computer under the station: what staff ask of it, and how it is.
 *
 * Restarting, shutting down and setting the clock go to the system's own services, which may take
 * a second to allow it: the call hands the request over and returns, machine_next tells later how
 * it ended. One request at a time. Nothing in here waits for more than a file of the kernel's.
 * Used by the loop's thread only.
 */
#ifndef FIRMWARE_PORT_MACHINE_H
#define FIRMWARE_PORT_MACHINE_H

#include <stdint.h>

#include "firmware/base/rc.h"

enum machine_act {
    MACHINE_RESTART,
    MACHINE_POWER_OFF,
    MACHINE_SET_CLOCK,
    MACHINE_UPDATE,
    MACHINE_ACT_COUNT
};

/* How a request ended. RC_OK, RC_REFUSED (the system does not allow it), RC_BUSY (it is going down
 * already), RC_TIMEOUT, RC_UNSUPPORTED, RC_GONE or RC_IO; `why` is a sentence unless it is RC_OK.
 */
struct machine_event {
    enum machine_act act;
    enum rc rc;
    struct reason why;
};

enum machine_answer { MACHINE_UNKNOWN, MACHINE_NO, MACHINE_YES };

#define MACHINE_ADDRESSES 8
#define MACHINE_NO_NUMBER (-1)

/* What cannot be found out is MACHINE_NO_NUMBER, MACHINE_UNKNOWN or not there. */
struct machine_health {
    int temperature_c; /* of the hottest place; colder than 1 degree is no number either */
    int64_t disk_free_bytes, disk_total_bytes; /* where the data folder is */
    int64_t memory_free_bytes, memory_total_bytes;
    int64_t uptime_s;
    enum machine_answer under_voltage; /* the supply is too weak, now or since the start */
    int address_count;                 /* where a technician reaches it; no loopback, no fe80 */
    struct {
        char interface[16];
        char text[48]; /* IPv4 or IPv6 */
    } addresses[MACHINE_ADDRESSES];
};

struct machine;

struct machine_ops {
    /* Only called while due_ms says that nothing is under way. */
    enum rc (*ask)(struct machine *machine, enum machine_act act, int64_t wall_ms, int64_t now_ms,
                   struct reason *out_reason);
    enum rc (*next)(struct machine *machine, int64_t now_ms, struct machine_event *out_event);
    int64_t (*due_ms)(const struct machine *machine);
    enum rc (*brightness)(struct machine *machine, int *out_percent);
    enum rc (*set_brightness)(struct machine *machine, int percent);
    void (*health)(struct machine *machine, struct machine_health *out_health);
    void (*close)(struct machine *machine);
};

struct machine {
    const struct machine_ops *ops;
};

/*
 * Asks for it. RC_UNSUPPORTED: there is nobody to ask on this system; RC_BUSY: something else was
 * asked and is not answered yet; both with a sentence, and no event follows. `now_ms` is the
 * monotonic clock.
 */
enum rc machine_restart(struct machine *machine, int64_t now_ms,
                        struct reason *out_reason) MUST_CHECK;
enum rc machine_power_off(struct machine *machine, int64_t now_ms,
                          struct reason *out_reason) MUST_CHECK;

/* Sets the system's clock to `wall_ms`, UTC. RC_BAD_INPUT outside the years 2020 to 2099. */
enum rc machine_set_wall_ms(struct machine *machine, int64_t wall_ms, int64_t now_ms,
                            struct reason *out_reason) MUST_CHECK;

/*
 * Starts the service that installs what the station brought (perron-update.service): RC_OK of its
 * event says that it was started, not what came of it.
 */
enum rc machine_update(struct machine *machine, int64_t now_ms,
                       struct reason *out_reason) MUST_CHECK;

/* How a request ended; RC_EMPTY: nothing to tell. Called when machine_due_ms has come. */
enum rc machine_next(struct machine *machine, int64_t now_ms,
                     struct machine_event *out_event) MUST_CHECK;

/* INT64_MAX: nothing is under way. */
int64_t machine_due_ms(const struct machine *machine);

/* The screen's, 1 to 100: it is never dark. RC_UNSUPPORTED where it cannot be dimmed, RC_REFUSED
 * where the station may not. */
enum rc machine_brightness(struct machine *machine, int *out_percent) MUST_CHECK;
enum rc machine_set_brightness(struct machine *machine, int percent) MUST_CHECK;

void machine_health(struct machine *machine, struct machine_health *out_health);

/* "restart", "power off", "clock", "update": for traces. */
const char *machine_act_name(enum machine_act act);

/* Nothing is known of it yet. */
struct machine_health machine_health_unknown(void);

/* What was asked and not answered is not waited for. Takes NULL. */
void machine_close(struct machine *machine);

#endif
