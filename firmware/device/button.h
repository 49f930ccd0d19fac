/*
 * button.h - what a button is between two bouncing contacts: one press, once it has been down for
 * BUTTON_SETTLE_MS. Whoever holds it down presses once. Pure; time is an argument (monotonic).
 */
#ifndef FIRMWARE_DEVICE_BUTTON_H
#define FIRMWARE_DEVICE_BUTTON_H

#include <stdbool.h>
#include <stdint.h>

/* Contacts bounce for a few milliseconds; a finger is down for a hundred. */
#define BUTTON_SETTLE_MS 30

struct button {
    bool is_down;     /* as it was taken */
    bool is_on;       /* as the line is */
    int64_t since_ms; /* since when the line is so */
};

/* As the line is at the start: one that is down already was not pressed. */
void button_init(struct button *button, bool is_on);

/* The line changed, or was looked at. True: by then it was pressed. */
bool button_edge(struct button *button, bool is_on, int64_t at_ms);

/* Time went by. True: it was pressed. */
bool button_step(struct button *button, int64_t now_ms);

/* When button_step has something to do; INT64_MAX: never. */
int64_t button_due_ms(const struct button *button);

#endif
