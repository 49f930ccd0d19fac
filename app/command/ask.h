/*
 * ask.h - a PIN from whoever types the command: never an argument, which others can read.
 *
 * On a terminal it is asked for without being shown; otherwise it is the first line of a
 * descriptor. Ctrl-C leaves the terminal as it was.
 */
#ifndef APP_COMMAND_ASK_H
#define APP_COMMAND_ASK_H

#include <stdbool.h>

#include "app/domain/pin.h"
#include "firmware/base/rc.h"

#define ASK_PIN_BYTES 64

/*
 * The PIN of `who` (for the question), from the descriptor that `pin_fd` names (NULL: standard
 * input): digits as pin_check wants them. A new one is asked for twice on a terminal, and must not
 * be one that is tried first.
 * hash_forget out_digits (ASK_PIN_BYTES). A sentence comes with each failure.
 */
enum rc ask_pin(const char *who, const char *pin_fd, bool is_new, char *out_digits,
                struct reason *out_reason) MUST_CHECK;

#endif
