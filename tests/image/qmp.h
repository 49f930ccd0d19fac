/*
 * qmp.h - talking to a QEMU's monitor: the QEMU Machine Protocol (docs/interop/qmp-spec), one JSON
 * object a line over a stream socket.
 *
 * One thread at a time. Every call waits for a limited time; a QEMU that ends is RC_GONE at once.
 * Events that come meanwhile are kept, the newest QMP_EVENTS_MAX of them, until somebody asks.
 */
#ifndef TESTS_IMAGE_QMP_H
#define TESTS_IMAGE_QMP_H

#include "firmware/base/json.h"
#include "firmware/base/rc.h"

#define QMP_EVENTS_MAX 64
#define QMP_WAIT_MS 10000 /* for commands that do nothing long */

struct qmp;

/*
 * Takes the connected socket (closed by qmp_close, or on failure), hears the greeting and leaves
 * the negotiation of capabilities behind. RC_BAD_INPUT: who is there does not speak QMP.
 */
enum rc qmp_open(int fd, int limit_ms, struct qmp **out_qmp, struct reason *reason) MUST_CHECK;
void qmp_close(struct qmp *qmp);

/*
 * Carries out a command. `arguments` is taken, whatever happens; NULL: none. `out_answer` is what
 * stands under "return", to be freed with json_decref; NULL: nobody wants to know.
 * RC_REFUSED: QEMU said no, and `reason` why. RC_TIMEOUT, RC_GONE, RC_BAD_INPUT.
 */
enum rc qmp_command(struct qmp *qmp, const char *command, json_t *arguments, int limit_ms,
                    json_t **out_answer, struct reason *reason) MUST_CHECK;

/*
 * The oldest event of that name, one that is kept or the first to come; taken out of what is kept.
 * `out_data` is its "data" (json_decref), or NULL. RC_TIMEOUT, RC_GONE.
 */
enum rc qmp_event(struct qmp *qmp, const char *name, int limit_ms, json_t **out_data,
                  struct reason *reason) MUST_CHECK;

/* What is kept is thrown away, so that qmp_event tells of what comes from now on. */
void qmp_forget_events(struct qmp *qmp);

#endif
