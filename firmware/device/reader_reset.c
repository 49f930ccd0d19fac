#include "firmware/device/reader_reset.h"

#include <stddef.h>

void reader_reset_init(struct reader_reset *reset)
{
    *reset = (struct reader_reset){.due_ms = INT64_MAX, .pause_ms = READER_RESET_PATIENCE_MS};
}

void reader_reset_told(struct reader_reset *reset, bool is_resting, int64_t now_ms)
{
    if (is_resting == reset->is_resting)
        return;
    reset->is_resting = is_resting;
    reset->pause_ms = READER_RESET_PATIENCE_MS;
    if (!reset->is_pulsing) /* a pulse that has begun ends in its time */
        reset->due_ms = is_resting ? now_ms + reset->pause_ms : INT64_MAX;
}

static void end_pulse(struct reader_reset *reset, struct pins *pins, int64_t now_ms)
{
    (void)!pins_set(pins, PIN_READER_RESET, false);
    reset->is_pulsing = false;
    reset->due_ms = reset->is_resting ? now_ms + reset->pause_ms : INT64_MAX;
    reset->pause_ms *= 2;
    if (reset->pause_ms > READER_RESET_PAUSE_MS)
        reset->pause_ms = READER_RESET_PAUSE_MS;
}

bool reader_reset_step(struct reader_reset *reset, struct pins *pins, int64_t now_ms)
{
    if (now_ms < reset->due_ms)
        return false;
    if (reset->is_pulsing) {
        end_pulse(reset, pins, now_ms);
        return false;
    }
    reset->is_pulsing = pins && pins_set(pins, PIN_READER_RESET, true) == RC_OK;
    reset->due_ms = reset->is_pulsing ? now_ms + READER_RESET_PULSE_MS : INT64_MAX;
    return reset->is_pulsing;
}

int64_t reader_reset_due_ms(const struct reader_reset *reset)
{
    return reset->due_ms;
}
