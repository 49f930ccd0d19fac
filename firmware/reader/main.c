/*
 * perron-reader - looks for badges with libnfc and says what it sees, one line per event
 * (firmware/port/reader_line.h). The station starts it, listens for its beat, and ends it.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/hex.h"
#include "firmware/base/log.h"
#include "firmware/port/reader_address.h"
#include "firmware/port/reader_line.h"
#include "firmware/reader/chip.h"
#include "firmware/reader/field.h"
#include "firmware/reader/guard.h"

#define BEAT_MS 500
#define LOOK_PAUSE_MS 20 /* bench-reader: 17 ms to see a badge at the median, 37 at p99 */
#define REST_PAUSE_MS 100
#define ERRORS_MAX 2 /* one bad answer may be noise; libnfc recovers at the next command */
#define RETRY_FIRST_MS 100
#define RETRY_LAST_MS 1000
#define REMEMBER_MS 2000 /* a badge that lies there after a shorter break is no new one */

struct session {
    struct chip *chip;
    struct field field;
    int errors;
    int64_t beat_ms; /* when the next is due */
    int64_t retry_ms, retry_pause_ms;
    int64_t lost_ms; /* when the chip was lost */
};

static void print_usage(FILE *out)
{
    fputs(
        "usage: perron-reader ADDRESS\n"
        "\n"
        "Looks for badges and prints what happens, one line each: ready, tag, gone, beat, fault.\n"
        "ADDRESS is what libnfc calls a connection string, for instance\n"
        "  pn532_uart:/dev/serial0   a PN532 on a serial line\n"
        "  pn532_i2c:/dev/i2c-1      a PN532 on the I2C bus\n"
        "  acr122_usb                an ACR122U\n"
        "It ends with its standard input, so keep that open.\n"
        "\n"
        "  --help     this text\n"
        "  --version  the version\n",
        out);
}

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- speaking --- */

/* Nobody listens any more: then there is nothing left to do. */
static void say(const struct reader_line *line)
{
    char text[READER_LINE_BYTES + 1];
    size_t length = reader_line_format(line, text);
    ssize_t written;
    do
        written = write(STDOUT_FILENO, text, length);
    while (written < 0 && errno == EINTR);
    if (written != (ssize_t)length)
        exit(EXIT_SUCCESS);
}

static void say_text(enum reader_line_kind kind, const char *text)
{
    struct reader_line line = {.kind = kind};
    snprintf(line.text, sizeof line.text, "%s", text);
    say(&line);
}

static void say_fault(const struct chip_fault *fault)
{
    struct reader_line line = {.kind = READER_LINE_FAULT, .fault = fault->code};
    memcpy(line.text, fault->text, sizeof line.text);
    say(&line);
}

static void say_beat(struct session *session, int64_t now_ms)
{
    say_text(READER_LINE_BEAT, "");
    session->beat_ms = now_ms + BEAT_MS;
}

static void say_gone(enum field_news news)
{
    if (news & FIELD_GONE)
        say_text(READER_LINE_GONE, "");
}

static void say_news(enum field_news news, const struct field_uid *uid)
{
    char hex[2 * READER_LINE_UID_MAX + 1];
    say_gone(news);
    if (news & FIELD_NEW) {
        hex_encode(uid->bytes, uid->length, hex);
        say_text(READER_LINE_TAG, hex);
    }
}

/* --- working --- */

static void rest(struct session *session, const struct chip_fault *fault)
{
    say_fault(fault);
    chip_disconnect(session->chip);
    session->retry_ms = monotonic_ms() + session->retry_pause_ms;
    session->retry_pause_ms *= 2;
    if (session->retry_pause_ms > RETRY_LAST_MS)
        session->retry_pause_ms = RETRY_LAST_MS;
}

static void connect_chip(struct session *session)
{
    struct chip_fault fault;
    say_beat(session, monotonic_ms()); /* a silent chip takes 1.4 s, and we are alive */
    if (chip_connect(session->chip, &fault)) {
        rest(session, &fault);
        return;
    }
    if (monotonic_ms() - session->lost_ms > REMEMBER_MS)
        say_gone(field_forget(&session->field));
    session->errors = 0;
    say_text(READER_LINE_READY, chip_name(session->chip));
}

static void look(struct session *session)
{
    struct field_uid uid;
    struct chip_fault fault;
    enum rc rc = chip_look(session->chip, &uid, &fault);
    if (rc == RC_OK || rc == RC_EMPTY) {
        session->errors = 0;
        session->retry_pause_ms = RETRY_FIRST_MS;
    }
    if (rc == RC_OK)
        say_news(field_see(&session->field, &uid), &uid);
    else if (rc == RC_EMPTY)
        say_gone(field_miss(&session->field));
    else if (++session->errors >= ERRORS_MAX) {
        session->lost_ms = monotonic_ms();
        rest(session, &fault);
    }
}

static void run(struct session *session)
{
    int64_t pause_ms = 0;
    while (!guard_wait(pause_ms)) {
        int64_t now_ms = monotonic_ms();
        if (now_ms >= session->beat_ms)
            say_beat(session, now_ms);
        if (chip_is_connected(session->chip))
            look(session);
        else if (now_ms >= session->retry_ms)
            connect_chip(session);
        pause_ms = chip_is_connected(session->chip) ? LOOK_PAUSE_MS : REST_PAUSE_MS;
    }
}

/* --- starting --- */

/* Said both ways: to the station, and to whoever tries it by hand. */
static int refuse_address(const struct reason *reason)
{
    struct chip_fault fault = {.code = READER_FAULT_ADDRESS};
    snprintf(fault.text, sizeof fault.text, "%.*s", READER_LINE_TEXT - 1, reason->text);
    say_text(READER_LINE_HELLO, "");
    say_fault(&fault);
    log_error("%s", reason->text);
    return 2;
}

int main(int argc, char **argv)
{
    struct session session = {.retry_pause_ms = RETRY_FIRST_MS};
    struct reader_address address;
    struct reason reason;
    log_init("perron-reader");
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        print_usage(stdout);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("perron-reader %s\n", PERRON_VERSION);
        return 0;
    }
    if (argc != 2 || argv[1][0] == '-') {
        print_usage(stderr);
        return 2;
    }
    enum rc rc = guard_init();
    if (!rc && reader_address_parse(argv[1], &address, &reason))
        return refuse_address(&reason);
    if (!rc)
        rc = chip_open(&address, &session.chip);
    if (rc) {
        log_error("the reader's program cannot start: %s", rc_text(rc));
        return 1;
    }
    say_text(READER_LINE_HELLO, "");
    run(&session);
    chip_close(session.chip);
    return 0;
}
