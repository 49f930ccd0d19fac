/*
 * order.h - sends an order (app/orders.h) to whoever has the register: the running station, or this
 * command itself where none runs.
 */
#ifndef APP_COMMAND_ORDER_H
#define APP_COMMAND_ORDER_H

#include <stdbool.h>

#include "app/orders.h"

/*
 * Carries out `request` (taken over) on a data folder; `fd` is the file that goes along (-1: none)
 * and `name` what sentences call it. What was told is in *result also where RC_REFUSED says that
 * nothing was taken; orders_forget it in any case.
 */
enum rc order_send(const char *data, json_t *request, int fd, const char *name,
                   struct order_result *result, struct reason *out_reason) MUST_CHECK;

/*
 * order_send with the file at `path`, and what was told on standard output; for a verb that takes
 * one. As one of several its JSON says of which `kind` and file it is, and what went wrong as
 * "failed"; NULL: there is one alone. Returns the exit code.
 */
int order_send_file(const char *data, json_t *request, const char *path, const char *kind,
                    bool is_json);

/* That line where nothing more is known of it. */
void order_print_failed(const char *kind, const char *path, const char *why);

#endif
