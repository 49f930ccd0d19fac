/*
 * talk.h - commands that a running station carries out: tap, status, screenshot, import.
 */
#ifndef APP_COMMAND_TALK_H
#define APP_COMMAND_TALK_H

#include "app/command/command.h"

/* Sends a request (taken over) to the station of a data folder; see control_call. */
enum rc talk_to_station(const char *data, json_t *request, int fd, json_t **out_reply,
                        struct reason *out_reason) MUST_CHECK;

/* The same; *out_file: see control_call_file. */
enum rc talk_for_file(const char *data, json_t *request, int fd, json_t **out_reply, int *out_file,
                      struct reason *out_reason) MUST_CHECK;

/* Does a station answer there? */
bool talk_is_running(const char *data);

#endif
