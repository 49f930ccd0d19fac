#include "firmware/port/watchdog.h"

#include <assert.h>

#include "firmware/base/log.h"

#define RETRY_MS 1000

void watchdog_init(struct watchdog *watchdog, const struct watchdog_ops *ops, int64_t patience_ms)
{
    *watchdog = (struct watchdog){
        .ops = ops,
        .beat_ms = patience_ms == 1 ? 1 : patience_ms / 2,
    };
}

static enum rc tell(struct watchdog *watchdog, enum watchdog_word word)
{
    enum rc rc = watchdog->ops->tell(watchdog, word);
    if (rc && !watchdog->is_failing)
        log_warning("the system that watches the station cannot be told '%s': %s",
                    watchdog_word_name(word), rc_text(rc));
    watchdog->is_failing = rc != RC_OK;
    return rc;
}

void watchdog_turn(struct watchdog *watchdog, int64_t now_ms)
{
    if (!watchdog || now_ms < watchdog->due_ms)
        return;
    if (tell(watchdog, watchdog->is_ready ? WATCHDOG_BEAT : WATCHDOG_READY)) {
        watchdog->due_ms = now_ms + RETRY_MS;
        return;
    }
    watchdog->is_ready = true;
    watchdog->due_ms = watchdog->beat_ms ? now_ms + watchdog->beat_ms : INT64_MAX;
}

int64_t watchdog_due_ms(const struct watchdog *watchdog)
{
    return watchdog ? watchdog->due_ms : INT64_MAX;
}

void watchdog_stop(struct watchdog *watchdog)
{
    if (!watchdog)
        return;
    (void)!tell(watchdog, WATCHDOG_STOPPING);
    watchdog->due_ms = INT64_MAX;
}

const char *watchdog_word_name(enum watchdog_word word)
{
    static const char *const names[WATCHDOG_WORDS] = {
        [WATCHDOG_READY] = "ready",
        [WATCHDOG_BEAT] = "beat",
        [WATCHDOG_STOPPING] = "stopping",
    };
    assert((unsigned)word < WATCHDOG_WORDS);
    return names[word];
}

void watchdog_close(struct watchdog *watchdog)
{
    if (watchdog)
        watchdog->ops->close(watchdog);
}
