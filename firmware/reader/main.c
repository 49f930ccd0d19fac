/*
 * perron-reader - the only process that meets libnfc. It looks for badges and says what it sees,
 * one line per event on standard output (reader_line.h); whoever started it decides.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/hex.h"
#include "firmware/base/log.h"
#include "firmware/reader/chip.h"

#define LOOK_PAUSE_MS 20  /* between two looks: tap to UID in 9 ms at the median, 27 at p99 */
#define MISSES_TO_GO 2    /* a card just selected may miss one look */
#define ERRORS_TO_CLOSE 2 /* one may be noise; after that the chip is opened again */
#define REOPEN_FIRST_MS 100
#define REOPEN_LAST_MS 1000
#define BEAT_MS 500

struct reading {
    const char *address;
    struct chip *chip;
    struct chip_uid uid; /* in the field; length 0: none */
    int misses, errors;
    int reopen_ms;
    bool is_faulty; /* `fault` was said and no `ready` since */
    int64_t beat_ms;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Nobody listens any more when a line cannot be written: then there is nothing left to do. */
static void say(enum reader_line_kind kind, const char *text)
{
    struct reader_line line = {.kind = kind};
    char bytes[READER_LINE_BYTES + 1];
    snprintf(line.text, sizeof line.text, "%s", text);
    size_t length = reader_line_format(&line, bytes);
    if (write(STDOUT_FILENO, bytes, length) != (ssize_t)length)
        exit(0);
}

static void beat(struct reading *reading)
{
    if (now_ms() < reading->beat_ms)
        return;
    say(READER_LINE_BEAT, "");
    reading->beat_ms = now_ms() + BEAT_MS;
}

/* Waits, and ends when the parent closed our standard input. */
static void pause_for(struct reading *reading, int ms)
{
    int64_t until = now_ms() + ms;
    do {
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        char byte;
        int64_t left = until - now_ms();
        int part = left < 0 ? 0 : left > BEAT_MS ? BEAT_MS : (int)left;
        if (poll(&input, 1, part) > 0 && read(STDIN_FILENO, &byte, 1) <= 0)
            exit(0);
        beat(reading);
    } while (now_ms() < until);
}

static void let_go(struct reading *reading)
{
    if (reading->uid.length)
        say(READER_LINE_GONE, "");
    reading->uid.length = 0;
    reading->misses = 0;
}

static void tell_fault(struct reading *reading, const char *why)
{
    if (!reading->is_faulty)
        say(READER_LINE_FAULT, why);
    reading->is_faulty = true;
}

static void close_chip(struct reading *reading, const char *why)
{
    let_go(reading);
    chip_close(reading->chip);
    reading->chip = NULL;
    reading->errors = 0;
    tell_fault(reading, why);
}

static void try_to_open(struct reading *reading)
{
    reading->beat_ms = 0; /* opening takes up to 1.4 s, in which nobody beats */
    beat(reading);
    if (chip_open(reading->address, &reading->chip)) {
        tell_fault(reading, "nothing answers at the reader's address");
        pause_for(reading, reading->reopen_ms);
        if (reading->reopen_ms < REOPEN_LAST_MS)
            reading->reopen_ms *= 2;
        return;
    }
    reading->reopen_ms = REOPEN_FIRST_MS;
    reading->is_faulty = false;
    say(READER_LINE_READY, chip_name(reading->chip));
}

static void see(struct reading *reading, const struct chip_uid *uid)
{
    char hex[2 * READER_LINE_UID_MAX + 1];
    reading->misses = 0;
    if (uid->length == reading->uid.length &&
        memcmp(uid->bytes, reading->uid.bytes, uid->length) == 0)
        return;
    let_go(reading);
    reading->uid = *uid;
    hex_encode(uid->bytes, uid->length, hex);
    say(READER_LINE_TAG, hex);
}

static void look(struct reading *reading)
{
    struct chip_uid uid;
    enum rc rc = chip_look(reading->chip, &uid);
    if (rc == RC_OK || rc == RC_EMPTY)
        reading->errors = 0;
    if (rc == RC_OK)
        see(reading, &uid);
    else if (rc == RC_EMPTY && ++reading->misses >= MISSES_TO_GO)
        let_go(reading);
    else if (rc != RC_EMPTY && ++reading->errors >= ERRORS_TO_CLOSE)
        close_chip(reading, rc == RC_TIMEOUT ? "the reader does not answer"
                                             : "the reader gives answers that cannot be");
}

/* libnfc locks nothing: two processes would read each other's answers. */
static enum rc lock_device(const char *address)
{
    char path[256];
    chip_device_path(address, path);
    if (!path[0])
        return RC_OK;
    int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return RC_OK; /* not there yet: libnfc will say so */
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return RC_OK; /* held until we end */
    close(fd);
    return RC_BUSY;
}

/* Standard descriptors stay taken: libnfc cannot use a serial line that becomes number 0. */
static void keep_standard_descriptors(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

static void usage(FILE *out)
{
    fputs(
        "usage: perron-reader ADDRESS\n\n"
        "Looks for badges with the reader at a libnfc address (pn532_uart:/dev/serial0) and says\n"
        "what it sees on standard output: ready, tag, gone, beat, fault. Ends with its standard\n"
        "input. perron station starts it; by hand it is good for trying a reader.\n",
        out);
}

int main(int argc, char **argv)
{
    struct reading reading = {.reopen_ms = REOPEN_FIRST_MS};
    struct reason reason = {""};
    log_init("perron-reader");
    keep_standard_descriptors();
    if (argc != 2 || strcmp(argv[1], "--help") == 0) {
        usage(argc == 2 ? stdout : stderr);
        return argc == 2 ? 0 : 2;
    }
    if (chip_check_address(argv[1], &reason)) {
        log_error("%s", reason.text);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setenv("LIBNFC_LOG_LEVEL", "0", 0);
    say(READER_LINE_HELLO, "1");
    reading.address = argv[1];
    if (lock_device(argv[1])) {
        tell_fault(&reading, "another process uses this reader");
        pause_for(&reading, REOPEN_LAST_MS);
        return 1;
    }
    for (;;) {
        if (reading.chip)
            look(&reading);
        else
            try_to_open(&reading);
        pause_for(&reading, LOOK_PAUSE_MS);
    }
}
