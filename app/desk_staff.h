/*
 * desk_staff.h - the part of the desk that checks a PIN for a command. It comes as it was typed,
 * through a descriptor; all other orders about staff have sealed ones (app/orders.h). The loop's
 * thread only.
 */
#ifndef APP_DESK_STAFF_H
#define APP_DESK_STAFF_H

#include "app/secrets.h"

struct station;
struct control_request;

/* {"do":"check","person":[station,seq]} with the digits: is that the PIN? Counts as a try. */
void desk_staff_check(struct station *station, const struct control_request *request);

/* What a check came to; false where nobody at the desk asked for it. */
bool desk_staff_hear(struct station *station, const struct secrets_event *event);

#endif
