/*
 * control_call.h - asks a running station something, over the socket of control.h: the commands'
 * end. Waits for the answer. Any thread.
 */
#ifndef APP_CONTROL_CALL_H
#define APP_CONTROL_CALL_H

#include "firmware/base/json.h"
#include "firmware/base/rc.h"

/*
 * Sends one request (taken over; of today's protocol version where it has no "v") with an optional
 * file (-1: none) and waits for the answer. RC_NOT_FOUND: no station runs there. RC_REFUSED with
 * the station's sentence in out_reason. json_decref *out_reply.
 */
enum rc control_call(const char *path, json_t *request, int fd, int timeout_ms, json_t **out_reply,
                     struct reason *out_reason) MUST_CHECK;

/* The same; *out_file is the file that came with the answer (close it), or -1. */
enum rc control_call_file(const char *path, json_t *request, int fd, int timeout_ms,
                          json_t **out_reply, int *out_file, struct reason *out_reason) MUST_CHECK;

#endif
