#include "tests/image/console.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/image/wire.h"
#include "tests/support/real.h"

#define SEND_MS 10000
#define ALARMS_MAX 4
#define PIECE_BYTES 4096
#define LAST_BYTES 120 /* of what came last, for a reason */

struct console {
    int fd;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t news;
    bool is_cut;
    char *bytes; /* no NUL among them, and one behind them */
    size_t used, room;
    size_t passed; /* of `used`: behind us */
    const char *alarms[ALARMS_MAX];
};

/* --- the thread that reads --- */

/* The older half goes when there are too many. */
static bool make_room(struct console *console)
{
    if (console->used + PIECE_BYTES > CONSOLE_BYTES_MAX) {
        size_t gone = console->used / 2;
        console->used -= gone;
        memmove(console->bytes, console->bytes + gone, console->used);
        console->passed -= gone < console->passed ? gone : console->passed;
    }
    if (console->used + PIECE_BYTES < console->room)
        return true;
    size_t room = 2 * console->room + 2 * PIECE_BYTES;
    char *bytes = realloc(console->bytes, room);
    if (!bytes)
        return false;
    console->bytes = bytes;
    console->room = room;
    return true;
}

static void keep(struct console *console, const char *bytes, size_t length)
{
    if (!make_room(console))
        return;
    for (size_t i = 0; i < length; i++)
        if (bytes[i])
            console->bytes[console->used++] = bytes[i];
    console->bytes[console->used] = 0;
}

static void *run(void *argument)
{
    struct console *console = argument;
    char piece[PIECE_BYTES - 1];
    ssize_t got;
    while ((got = recv(console->fd, piece, sizeof piece, 0)) > 0) {
        pthread_mutex_lock(&console->lock);
        keep(console, piece, (size_t)got);
        pthread_cond_broadcast(&console->news);
        pthread_mutex_unlock(&console->lock);
    }
    pthread_mutex_lock(&console->lock);
    console->is_cut = true;
    pthread_cond_broadcast(&console->news);
    pthread_mutex_unlock(&console->lock);
    return NULL;
}

/* --- open, close --- */

enum rc console_open(int fd, struct console **out_console)
{
    pthread_condattr_t monotonic;
    struct console *console = calloc(1, sizeof *console);
    if (!console || !make_room(console)) {
        free(console);
        close(fd);
        return RC_NO_MEMORY;
    }
    console->fd = fd;
    console->bytes[0] = 0;
    pthread_mutex_init(&console->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&console->news, &monotonic);
    pthread_condattr_destroy(&monotonic);
    enum rc rc = rc_from_errno(pthread_create(&console->thread, NULL, run, console));
    if (!rc) {
        *out_console = console;
        return RC_OK;
    }
    close(fd);
    free(console->bytes);
    free(console);
    return rc;
}

void console_close(struct console *console)
{
    if (!console)
        return;
    shutdown(console->fd, SHUT_RDWR);
    pthread_join(console->thread, NULL);
    close(console->fd);
    pthread_cond_destroy(&console->news);
    pthread_mutex_destroy(&console->lock);
    free(console->bytes);
    free(console);
}

void console_alarm(struct console *console, const char *text)
{
    pthread_mutex_lock(&console->lock);
    for (int i = 0; i < ALARMS_MAX; i++)
        if (!console->alarms[i]) {
            console->alarms[i] = text;
            break;
        }
    pthread_mutex_unlock(&console->lock);
}

/* --- waiting --- */

static const char *alarm_in(const struct console *console, const char *from)
{
    for (int i = 0; i < ALARMS_MAX && console->alarms[i]; i++)
        if (strstr(from, console->alarms[i]))
            return console->alarms[i];
    return NULL;
}

/* What came last, whole lines where that is possible. */
static const char *last_of(const struct console *console)
{
    const char *last = console->bytes;
    if (console->used > LAST_BYTES) {
        last += console->used - LAST_BYTES;
        const char *line = strchr(last, '\n');
        if (line && line[1])
            last = line + 1;
    }
    return last;
}

static struct timespec moment(int64_t ms)
{
    return (struct timespec){ms / 1000, ms % 1000 * 1000000};
}

/* Sleeps until something comes. RC_TIMEOUT, RC_GONE; `lock` is held. */
static enum rc wait_for_news(struct console *console, int64_t until_ms)
{
    const struct timespec until = moment(until_ms);
    if (console->is_cut)
        return RC_GONE;
    if (real_ms() >= until_ms)
        return RC_TIMEOUT;
    pthread_cond_timedwait(&console->news, &console->lock, &until);
    return RC_OK;
}

/*
 * Where the text begins; `lock` is held. What stands before the text is judged first, so that an
 * alarm is never passed over.
 */
static enum rc find(struct console *console, const char *text, int64_t until_ms,
                    const char **out_at, struct reason *reason)
{
    for (;;) {
        const char *from = console->bytes + console->passed;
        const char *at = strstr(from, text), *alarm = alarm_in(console, from);
        if (alarm && (!at || strstr(from, alarm) < at)) {
            reason_set(reason, "waiting for '%s', the console said '%s'; last: %s", text, alarm,
                       last_of(console));
            return RC_REFUSED;
        }
        if (at) {
            *out_at = at;
            return RC_OK;
        }
        enum rc rc = wait_for_news(console, until_ms);
        if (rc) {
            reason_set(reason, "the console did not say '%s' (%s); last: %s", text,
                       rc == RC_GONE ? "QEMU ended" : rc_text(rc), last_of(console));
            return rc;
        }
    }
}

enum rc console_read_until(struct console *console, const char *text, int limit_ms,
                           char **out_before, struct reason *reason)
{
    const char *at;
    int64_t until_ms = real_ms() + limit_ms;
    if (!*text || strlen(text) > CONSOLE_TEXT_MAX)
        return RC_LIMIT;
    pthread_mutex_lock(&console->lock);
    enum rc rc = find(console, text, until_ms, &at, reason);
    if (!rc) {
        const char *from = console->bytes + console->passed;
        char *before = out_before ? strndup(from, (size_t)(at - from)) : NULL;
        if (out_before && !before)
            rc = RC_NO_MEMORY;
        else
            console->passed = (size_t)(at - console->bytes) + strlen(text);
        if (out_before && before)
            *out_before = before;
    }
    pthread_mutex_unlock(&console->lock);
    return rc;
}

enum rc console_expect(struct console *console, const char *text, int limit_ms,
                       struct reason *reason)
{
    return console_read_until(console, text, limit_ms, NULL, reason);
}

void console_skip(struct console *console)
{
    pthread_mutex_lock(&console->lock);
    console->passed = console->used;
    pthread_mutex_unlock(&console->lock);
}

int console_count(struct console *console, const char *text)
{
    int count = 0;
    pthread_mutex_lock(&console->lock);
    const char *at = console->bytes;
    while (*text && (at = strstr(at, text))) {
        count++;
        at += strlen(text);
    }
    pthread_mutex_unlock(&console->lock);
    return count;
}

/* --- sending, saving --- */

enum rc console_send(struct console *console, const char *bytes, size_t length,
                     struct reason *reason)
{
    enum rc rc = wire_send(console->fd, bytes, length, real_ms() + SEND_MS);
    if (rc)
        reason_set(reason, "the serial line takes nothing: %s", rc_text(rc));
    return rc;
}

enum rc console_say(struct console *console, const char *line, struct reason *reason)
{
    enum rc rc = console_send(console, line, strlen(line), reason);
    return rc ? rc : console_send(console, "\n", 1, reason);
}

enum rc console_save(struct console *console, const char *path)
{
    FILE *file = fopen(path, "we");
    if (!file)
        return RC_IO;
    pthread_mutex_lock(&console->lock);
    size_t written = fwrite(console->bytes, 1, console->used, file), used = console->used;
    pthread_mutex_unlock(&console->lock);
    return fclose(file) || written != used ? RC_IO : RC_OK;
}
