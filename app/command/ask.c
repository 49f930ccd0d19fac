#include "app/command/ask.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "firmware/base/hash.h"

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
#define SIGNALS (sizeof signals / sizeof signals[0])

static volatile sig_atomic_t is_interrupted;

static void interrupt(int number)
{
    (void)number;
    is_interrupted = 1;
}

/* Signals come through only while it waits: none falls between looking and waiting. */
static ssize_t read_byte(int fd, const sigset_t *waiting, char *out_byte)
{
    struct pollfd source = {.fd = fd, .events = POLLIN};
    if (ppoll(&source, 1, NULL, waiting) < 0)
        return -1;
    return read(fd, out_byte, 1);
}

/* One line without its end, byte by byte: what follows it is somebody else's. */
static enum rc read_line(int fd, const sigset_t *waiting, char *out_line, struct reason *out_reason)
{
    size_t used = 0;
    char byte = 0;
    ssize_t got;
    while ((got = read_byte(fd, waiting, &byte)) == 1 && byte != '\n' && used < ASK_PIN_BYTES - 1)
        out_line[used++] = byte;
    if (used && out_line[used - 1] == '\r')
        used--;
    out_line[used] = 0;
    if (got < 0)
        reason_set(out_reason, "no PIN could be read: %s",
                   errno == EINTR ? "it was broken off" : strerror(errno));
    else if (!used)
        reason_set(out_reason, "there was no PIN to read; type one, or give it by --pin-fd");
    else if (memchr(out_line, 0, used))
        reason_set(out_reason, "what was to be the PIN is no text");
    else
        return RC_OK;
    return RC_BAD_INPUT;
}

static void say(int fd, const char *text)
{
    ssize_t written = write(fd, text, strlen(text));
    (void)written;
}

static enum rc ask_hidden(int fd, const char *question, char *out_line, struct reason *out_reason)
{
    struct sigaction action = {.sa_handler = interrupt}, before[SIGNALS];
    struct termios shown, hidden;
    sigset_t blocked, waiting;
    if (tcgetattr(fd, &shown)) {
        reason_set(out_reason, "the terminal cannot be set up for a PIN: %s", strerror(errno));
        return rc_from_errno(errno);
    }
    is_interrupted = 0;
    sigemptyset(&blocked);
    for (size_t i = 0; i < SIGNALS; i++) {
        sigaddset(&blocked, signals[i]);
        sigaction(signals[i], &action, &before[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, &waiting);
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    tcsetattr(fd, TCSANOW, &hidden);
    say(fd, question);
    enum rc rc = read_line(fd, &waiting, out_line, out_reason);
    tcsetattr(fd, TCSANOW, &shown);
    say(fd, "\n");
    sigprocmask(SIG_SETMASK, &waiting, NULL);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
    return is_interrupted ? RC_BAD_INPUT : rc;
}

static enum rc ask_again(int fd, const char *digits, struct reason *out_reason)
{
    char again[ASK_PIN_BYTES];
    enum rc rc = ask_hidden(fd, "once more: ", again, out_reason);
    if (!rc && strcmp(again, digits) != 0) {
        reason_set(out_reason, "the two were not the same; nothing was changed");
        rc = RC_BAD_INPUT;
    }
    hash_forget(again, sizeof again);
    return rc;
}

static enum rc find_descriptor(const char *pin_fd, int *out_fd, struct reason *out_reason)
{
    char *end = NULL;
    long fd = pin_fd ? strtol(pin_fd, &end, 10) : STDIN_FILENO;
    if ((end && *end) || fd < 0 || fd > 65535) {
        reason_set(out_reason, "--pin-fd takes the number of an open descriptor, not a PIN");
        return RC_BAD_INPUT;
    }
    *out_fd = (int)fd;
    return RC_OK;
}

enum rc ask_pin(const char *who, const char *pin_fd, bool is_new, char *out_digits,
                struct reason *out_reason)
{
    int fd;
    char question[256];
    enum rc rc = find_descriptor(pin_fd, &fd, out_reason);
    if (rc)
        return rc;
    snprintf(question, sizeof question, "PIN of %s: ", who);
    bool is_terminal = isatty(fd);
    rc = is_terminal ? ask_hidden(fd, question, out_digits, out_reason)
                     : read_line(fd, NULL, out_digits, out_reason);
    if (!rc)
        rc = pin_check(out_digits, out_reason);
    if (rc == RC_REFUSED && !is_new)
        rc = RC_OK;
    if (!rc && is_new && is_terminal)
        rc = ask_again(fd, out_digits, out_reason);
    if (rc)
        hash_forget(out_digits, ASK_PIN_BYTES);
    return rc;
}
