/*
 * session.h - somebody at a shell: the real perron of this build on a data folder of the test's
 * own, with or without a station running beside it.
 *
 * What should work and doesn't ends the program with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_SESSION_H
#define TESTS_SUPPORT_SESSION_H

#include <stdbool.h>
#include <sys/types.h>

#include "firmware/base/json.h"

struct session {
    char folder[64]; /* everything of the session, removed at its end */
    char data[96];   /* the data folder in it; not made yet */
    pid_t station;   /* 0: none runs */
};

/* What a command said. */
struct said {
    int code; /* exit code; 128 and the signal's number where it was killed */
    char out[65536];
    char err[4096];
};

/* Fixtures of cmocka: *state is a struct session; the second with the demo's forty people. */
int session_set_up(void **state);
int session_set_up_people(void **state);
int session_tear_down(void **state);

/*
 * Runs a line of shell, for at most 20 s. In it $P is perron, $D the data folder, $F the folder of
 * the session, and a relative path begins at the project's top.
 */
void session_run(struct session *session, struct said *out_said, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The same, and the exit code must be 0; what is said on standard output is in out_said. */
void session_must(struct session *session, struct said *out_said, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* What was said on standard output, as JSON; json_decref it. */
json_t *session_json(const struct said *said);

/*
 * Starts a headless station with the simulated reader, and waits until it answers. Its log is
 * $F/station.err. $S of the environment is more of its options.
 */
void session_start_station(struct session *session);

/* The same by a line of shell of one's own ("exec $P station ..."). */
void session_start_station_by(struct session *session, const char *line);

/* Waits for its end, for at most 20 s; returns its exit code. */
int session_await_station(struct session *session);

/* Ends it in order; returns its exit code. */
int session_stop_station(struct session *session);

/* Asks `perron status` until its text has `needle`, for at most 20 s. */
void session_wait_for_status(struct session *session, const char *needle);

#endif
