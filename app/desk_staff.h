/*
 * desk_staff.h - what commands ask of a running station about staff, PINs and codes.
 *
 * A part of the desk, with errands to the writer of its own. PINs come sealed; only the one of
 * "check" comes as it was typed, through a descriptor. The loop's thread only.
 */
#ifndef APP_DESK_STAFF_H
#define APP_DESK_STAFF_H

#include "app/secrets.h"

struct station;
struct control_request;

/* {"do":"staff","act","number","role"?,"pin"?}: see staff.h. */
void desk_staff_order(struct station *station, const struct control_request *request);

/* {"do":"codes","all"} with the list of staff_take_codes. */
void desk_staff_codes(struct station *station, const struct control_request *request);

/* {"do":"check","person":[station,seq]} with the digits: is that the PIN? Counts as a try. */
void desk_staff_check(struct station *station, const struct control_request *request);

/* What a check came to; false where nobody at the desk asked for it. */
bool desk_staff_hear(struct station *station, const struct secrets_event *event);

#endif
