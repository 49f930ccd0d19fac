/*
 * desk_order.h - the part of the desk that takes orders (app/orders.h) to the writer and back. The
 * loop's thread only.
 */
#ifndef APP_DESK_ORDER_H
#define APP_DESK_ORDER_H

#include "app/control.h"
#include "app/orders.h"

struct station;

void desk_order(struct station *station, const struct control_request *request,
                const struct order_row *row);

#endif
