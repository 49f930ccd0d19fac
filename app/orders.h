/*
 * orders.h - what the command line wants done in the register: one row per verb.
 *
 * An order is carried out where the journal runs: on the writer's thread of a running station, or
 * by the command itself where none runs. Both ways it is the same function, so a new verb that
 * writes is a row here and a command that sends it (app/command/order.h).
 */
#ifndef APP_ORDERS_H
#define APP_ORDERS_H

#include "app/store/journal.h"

struct order {
    const json_t *request; /* {"do": verb, ...} */
    const char *bytes;     /* of the file that came along; NULL: none */
    size_t length;
    struct clock_reading now;
};

/* What came of it; orders_forget it, also after a failure. */
struct order_result {
    json_t *reply; /* NULL: nothing more than that it is done */
    char *told;    /* a text for people or programs, as long as it needs; NULL: none */
};

struct order_row {
    const char *verb;
    size_t file_bytes;   /* the most that its file may have; 0: it takes none */
    bool makes_register; /* where there is none yet */
    /* A sentence comes with each failure; a transaction or none. */
    enum rc (*carry_out)(struct journal *journal, const struct order *order,
                         struct order_result *result, struct reason *out_reason);
};

/* NULL: no order has that verb. */
const struct order_row *orders_find(const char *verb);

void orders_forget(struct order_result *result);

#endif
