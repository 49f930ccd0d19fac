#include "firmware/linux/watchdog_systemd.h"

#include <stdlib.h>
#include <systemd/sd-daemon.h>

#include "firmware/base/log.h"

static enum rc tell(struct watchdog *watchdog, enum watchdog_word word)
{
    static const char *const states[WATCHDOG_WORDS] = {
        [WATCHDOG_READY] = "READY=1",
        [WATCHDOG_BEAT] = "WATCHDOG=1",
        [WATCHDOG_STOPPING] = "STOPPING=1",
    };
    (void)watchdog;
    int told = sd_notify(0, states[word]);
    return told > 0 ? RC_OK : told == 0 ? RC_GONE : rc_from_errno(-told);
}

static void close_systemd(struct watchdog *watchdog)
{
    free(watchdog);
}

/* 0: no beat is asked for. */
static int64_t patience_ms(void)
{
    uint64_t patience_us = 0;
    int asked = sd_watchdog_enabled(0, &patience_us);
    if (asked < 0)
        log_warning("WATCHDOG_USEC is no time: the station is not watched");
    if (asked <= 0)
        return 0;
    return patience_us < 1000 ? 1 : (int64_t)(patience_us / 1000);
}

enum rc watchdog_open_systemd(struct watchdog **out_watchdog)
{
    static const struct watchdog_ops ops = {.tell = tell, .close = close_systemd};
    if (!getenv("NOTIFY_SOCKET"))
        return RC_UNSUPPORTED;
    struct watchdog *watchdog = calloc(1, sizeof *watchdog);
    if (!watchdog)
        return RC_NO_MEMORY;
    watchdog_init(watchdog, &ops, patience_ms());
    *out_watchdog = watchdog;
    return RC_OK;
}
