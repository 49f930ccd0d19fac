/*
 * control.h - the socket through which commands talk to a running station: the station's end. The
 * commands' end is control_call.h.
 *
 * One JSON object per line each way, protocol version 1: {"v":1,"do":"status"} is answered by
 * {"v":1,"ok":true,...} or {"v":1,"ok":false,"why":"a sentence"}. A request may carry one open file
 * (SCM_RIGHTS): the list to import, the picture to write; an answer too: a long preview; so the
 * station opens no path that somebody else names. The socket is the data folder's (0600): who may
 * open it may do what the command line may.
 *
 * Bad input: a line over CONTROL_LINE_BYTES, noise, another version, half a line that stands for
 * CONTROL_IDLE_MS: the client hears a sentence where that is possible and is cut off. More clients
 * than CONTROL_CLIENTS wait; who waits for an answer may wait for long. Used by the loop's thread
 * only; never blocks.
 */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H

#include <poll.h>
#include <stdbool.h>

#include "firmware/base/json.h"
#include "firmware/base/rc.h"

/*
 * {"v":1,"do":"status"} is answered for ever, with this program's version as "version" and no
 * "fault" while it serves, whatever this is raised to: an update is settled by the program before
 * (update_root.h), which knows the new one by that, and takes back what does not answer.
 */
#define CONTROL_VERSION 1
#define CONTROL_LINE_BYTES 65536
#define CONTROL_CLIENTS 8
#define CONTROL_IDLE_MS 5000

struct control;

struct control_request {
    int client; /* to answer with */
    const char *verb;
    json_t *object; /* json_decref it */
    int fd;         /* passed along; close it. -1: none */
};

/* Does a station whose protocol is `spoken` answer a request of that version? */
bool control_understands(int spoken, int64_t version, const char *verb);

/* Listens at `path`; an old socket there is replaced (the caller holds the folder's lock). */
enum rc control_open(const char *path, struct control **out_control,
                     struct reason *out_reason) MUST_CHECK;

/* Cuts everybody off and removes the socket. Takes NULL. */
void control_close(struct control *control);

/* Fills at most 1 + CONTROL_CLIENTS entries to poll; returns how many. */
int control_fds(const struct control *control, struct pollfd *out_fds);

/* When the next idle client is cut off; INT64_MAX: never. */
int64_t control_due_ms(const struct control *control);

/* The next whole request; RC_EMPTY when there is none now. */
enum rc control_next(struct control *control, int64_t now_ms,
                     struct control_request *out_request) MUST_CHECK;

/*
 * Answers; `reply` is taken over (json_decref), "v" and "ok" are added. A client that went away
 * meanwhile is nobody's trouble. For failures use control_refuse.
 */
void control_reply(struct control *control, int client, json_t *reply);
void control_refuse(struct control *control, int client, const char *why);

/* The same with an open file, for what is longer than a line may be; it stays the caller's. */
void control_reply_file(struct control *control, int client, json_t *reply, int file);

#endif
