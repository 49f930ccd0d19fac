/*
 * watched.h - a station in a process of its own whose trace is read: what it does, line by line.
 *
 * For the long programs. What cannot be set up ends the program with a sentence. One thread.
 */
#ifndef TESTS_SUPPORT_WATCHED_H
#define TESTS_SUPPORT_WATCHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define WATCHED_UID_BYTES 7

struct watched {
    pid_t station;
    const char *boot; /* its boot partition; NULL: none */
    int64_t exec_us;  /* when it was started: real_us, as the stamps of the trace */
    int trace_fd;
    char trace[65536];
    size_t used;
};

/* Makes a data folder with people 0 to `count` - 1, each with the badge of watched_uid. */
void watched_make_house(const char *folder, const char *data, int count);

/* The same into a register that may have them: the numbers from `first_number` on get the badges.
 */
void watched_give_badges(const char *folder, const char *data, int first_number, int count);
void watched_uid(int person, uint8_t *out_uid);

/*
 * Starts a headless station. `environment`: names and values in turn, ended by NULL; NULL: none.
 * The syncs are in the trace, too.
 */
void watched_start(struct watched *watched, const char *data, const char *reader,
                   const char *const *environment);

/* Sends the signal and waits for the end. */
void watched_end(struct watched *watched, int signal);

/* The station's child that holds the reader; 0: there is none now. */
pid_t watched_reader(const struct watched *watched);

/* The next line of the trace without its stamp; false after `wait_ms`, or at the end. */
bool watched_next(struct watched *watched, int wait_ms, int64_t *out_us, char *out_text,
                  size_t size);

/* Passes lines over until one that begins with `what`. */
bool watched_wait(struct watched *watched, const char *what, int wait_ms, int64_t *out_us);

#endif
