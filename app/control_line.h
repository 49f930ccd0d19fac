/*
 * control_line.h - what both ends of the control socket share: where it is, and a line of it.
 * control.c and control_call.c include it, nobody else. Any thread.
 */
#ifndef APP_CONTROL_LINE_H
#define APP_CONTROL_LINE_H

#include <sys/un.h>

#include "firmware/base/json.h"
#include "firmware/base/rc.h"

/*
 * A socket's address holds 107 characters and data folders may lie deeper: it is reached through an
 * open descriptor of its folder. Close that one after bind or connect.
 */
enum rc control_line_address(const char *path, struct sockaddr_un *out_address,
                             int *out_folder_fd) MUST_CHECK;

/*
 * One object on a line of its own, with a file (-1: none); both stay the caller's. `flags` are
 * sendmsg's. RC_GONE: not all of it went. RC_NO_MEMORY, also for NULL.
 */
enum rc control_line_send(int to, const json_t *object, int file, int flags) MUST_CHECK;

#endif
