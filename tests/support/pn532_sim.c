#include "tests/support/pn532_sim.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/pn532_card.h"

#define BYTE_US 87       /* 10 bits at 115200 baud */
#define ACK_US 500       /* model: until the ACK goes out */
#define CHIP_US 300      /* model: until the chip has an answer */
#define TRY_US 5000      /* model: one look into an empty field */
#define UID_US 2300      /* model: REQA, anticollision and select of a single size UID */
#define UID_MORE_US 2100 /* model: each cascade level more */
#define FRAME_MAX 264

struct pn532_sim {
    pthread_t thread;
    pthread_mutex_t lock;
    char link[256];
    bool is_paced;
    int wake_fd;
    bool is_stopping;
    bool wants_plug, is_plugged;

    int master, slave;
    uint8_t in[1024];
    size_t in_used;
    bool is_asleep;
    uint8_t registers[65536];
    uint8_t retries; /* MxRtyPassiveActivation */
    bool is_waiting; /* an endless search goes on */
    uint8_t waiting[FRAME_MAX];
    size_t waiting_length;

    struct pn532_card card;
    bool has_card;
    int64_t seen_us;
    enum pn532_fault fault;
    long commands;
};

static const char *const fault_names[PN532_FAULTS] = {
    "well",   "silent",   "ack-only", "nack",     "bad-sum", "garbage", "half",  "error",
    "status", "ats-zero", "uid-200",  "uid-zero", "late",    "trickle", "reset", "other"};

const char *pn532_fault_name(enum pn532_fault fault)
{
    return (unsigned)fault < PN532_FAULTS ? fault_names[fault] : NULL;
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void sleep_us(int64_t us)
{
    struct timespec time = {us / 1000000, us % 1000000 * 1000};
    if (us > 0)
        nanosleep(&time, NULL);
}

/* Time passes for everybody: a card may come while the chip is looking. */
static void take_time(struct pn532_sim *sim, int64_t us)
{
    if (!sim->is_paced)
        return;
    pthread_mutex_unlock(&sim->lock);
    sleep_us(us);
    pthread_mutex_lock(&sim->lock);
}

/* --- frames (UM0701-02, 6.2.1) -------------------------------------------------------------------
 */

static void put(struct pn532_sim *sim, const uint8_t *bytes, size_t length)
{
    take_time(sim, (int64_t)length * BYTE_US);
    ssize_t written = write(sim->master, bytes, length);
    (void)written;
}

static void put_ack(struct pn532_sim *sim)
{
    static const uint8_t ack[] = {0, 0, 0xff, 0, 0xff, 0};
    take_time(sim, ACK_US);
    put(sim, ack, sizeof ack);
}

static size_t frame(const uint8_t *data, size_t length, uint8_t *out)
{
    uint8_t sum = 0xd5;
    size_t used = 0;
    out[used++] = 0;
    out[used++] = 0;
    out[used++] = 0xff;
    out[used++] = (uint8_t)(length + 1);
    out[used++] = (uint8_t)(0x100 - (length + 1));
    out[used++] = 0xd5;
    for (size_t i = 0; i < length; i++) {
        out[used++] = data[i];
        sum = (uint8_t)(sum + data[i]);
    }
    out[used++] = (uint8_t)(0x100 - sum);
    out[used++] = 0;
    return used;
}

static void put_trickling(struct pn532_sim *sim, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length && sim->fault == PN532_TRICKLE; i++) {
        put(sim, bytes + i, 1);
        pthread_mutex_unlock(&sim->lock);
        sleep_us(200000);
        pthread_mutex_lock(&sim->lock);
        if (!sim->is_plugged || sim->is_stopping)
            return;
    }
}

/* Sends an answer, spoilt as the fault in force says. */
static void put_answer(struct pn532_sim *sim, const uint8_t *data, size_t length)
{
    static const uint8_t error[] = {0, 0, 0xff, 1, 0xff, 0x7f, 0x81, 0};
    static const uint8_t noise[] = {0x13, 0x37, 0x00, 0xff, 0x5a, 0xa5, 0x42, 0x99, 0x10};
    uint8_t bytes[FRAME_MAX + 8];
    size_t used = frame(data, length, bytes);
    take_time(sim, CHIP_US);
    switch (sim->fault) {
    case PN532_ACK_ONLY: return;
    case PN532_BAD_SUM: bytes[used - 2] ^= 0x55; break;
    case PN532_GARBAGE: put(sim, noise, sizeof noise); return;
    case PN532_HALF: used /= 2; break;
    case PN532_ERROR: put(sim, error, sizeof error); return;
    case PN532_TRICKLE: put_trickling(sim, bytes, used); return;
    default: break;
    }
    put(sim, bytes, used);
}

/* --- commands (UM0701-02, 7)
 * ------------------------------------------------------------------------ */

static size_t read_registers(struct pn532_sim *sim, const uint8_t *data, size_t length,
                             uint8_t *out)
{
    size_t used = 0;
    for (size_t i = 0; i + 1 < length; i += 2)
        out[used++] = sim->registers[data[i] << 8 | data[i + 1]];
    return used;
}

static void write_registers(struct pn532_sim *sim, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i + 2 < length; i += 3)
        sim->registers[data[i] << 8 | data[i + 1]] = data[i + 2];
}

/* One card in the field, as InListPassiveTarget tells it; 0 bytes where none was found. */
static size_t find_card(struct pn532_sim *sim, const uint8_t *wanted, size_t wanted_length,
                        uint8_t *out)
{
    int tries = sim->retries == 0xff ? 2 : sim->retries + 1;
    for (int i = 0; i < tries; i++) {
        if (!sim->has_card || !pn532_card_hears(&sim->card)) {
            take_time(sim, TRY_US);
            continue;
        }
        if (wanted_length && !pn532_card_is(&sim->card, wanted, wanted_length))
            return 0;
        take_time(sim, UID_US + (sim->card.uid_length - 4) / 3 * UID_MORE_US);
        return pn532_card_describe(&sim->card, sim->registers[0xfff0] & 0x10, out);
    }
    return 0;
}

/* The lies that only an answer with a card can tell. */
static size_t spoil_card(const struct pn532_sim *sim, uint8_t *target, size_t length)
{
    if (sim->fault == PN532_UID_200)
        target[4] = 200;
    if (sim->fault == PN532_UID_ZERO) {
        target[4] = 0;
        return 5;
    }
    if (sim->fault == PN532_ATS_ZERO) {
        target[3] = 0x20;
        target[length++] = 0;
    }
    return length;
}

static size_t list_passive(struct pn532_sim *sim, const uint8_t *data, size_t length, uint8_t *out,
                           bool *out_is_endless)
{
    uint8_t type = length > 1 ? data[1] : 0;
    out[0] = 0;
    if (type == 3) /* nfc-list expects the registers as a type B search leaves them */
        sim->registers[0x6302] = sim->registers[0x6303] = 0x83;
    if (type != 0) {
        take_time(sim, TRY_US);
        return 1;
    }
    size_t target = find_card(sim, data + 2, length > 2 ? length - 2 : 0, out + 1);
    *out_is_endless = target == 0 && sim->retries == 0xff;
    if (!target)
        return 1;
    out[0] = 1;
    target = spoil_card(sim, out + 1, target);
    sim->seen_us = sim->seen_us ? sim->seen_us : -1; /* stamped when it is sent */
    return 1 + target;
}

static size_t auto_poll(struct pn532_sim *sim, uint8_t *out, bool *out_is_endless)
{
    uint8_t target[64];
    size_t length = find_card(sim, NULL, 0, target);
    out[0] = 0;
    *out_is_endless = length == 0;
    if (!length)
        return 1;
    out[0] = 1;
    out[1] = 0x10; /* Mifare, 106 kbps */
    out[2] = (uint8_t)length;
    memcpy(out + 3, target, length);
    return 3 + length;
}

static size_t exchange(struct pn532_sim *sim, const uint8_t *data, size_t length, uint8_t *out)
{
    out[0] = 1; /* the card did not answer in time */
    if (sim->fault == PN532_STATUS)
        out[0] = 0x80;
    else if (sim->has_card)
        return pn532_card_answer(&sim->card, data, length, out);
    return 1;
}

/* What a command comes to; the answer without its frame. *out_is_endless: it goes on searching. */
static size_t execute(struct pn532_sim *sim, const uint8_t *command, size_t length, uint8_t *out,
                      bool *out_is_endless)
{
    const uint8_t *data = command + 1;
    size_t rest = length - 1;
    uint8_t *body = out + 1;
    out[0] = (uint8_t)(command[0] + 1);
    switch (command[0]) {
    case 0x00: /* Diagnose, communication line test */ memcpy(body, data, rest); return 1 + rest;
    case 0x02: /* GetFirmwareVersion: PN532 v1.6 */
        memcpy(body, sim->fault == PN532_OTHER ? "\x07\x01\x02\x01" : "\x32\x01\x06\x07", 4);
        return 5;
    case 0x06: return 1 + read_registers(sim, data, rest, body);
    case 0x08: write_registers(sim, data, rest); return 1;
    case 0x12: /* SetParameters: bit 4 is automatic RATS */
        sim->registers[0xfff0] = rest ? data[0] : 0;
        return 1;
    case 0x14: /* SAMConfiguration */
    case 0x32: /* RFConfiguration */
        if (command[0] == 0x32 && rest == 4 && data[0] == 5)
            sim->retries = data[3];
        return 1;
    case 0x16: /* PowerDown */
        sim->is_asleep = true;
        body[0] = sim->fault == PN532_STATUS ? 0x80 : 0;
        return 2;
    case 0x40: /* InDataExchange: without its target number */
        return 1 + exchange(sim, data + 1, rest ? rest - 1 : 0, body);
    case 0x42: /* InCommunicateThru */ return 1 + exchange(sim, data, rest, body);
    case 0x44: /* InDeselect */
    case 0x52: /* InRelease */ body[0] = sim->fault == PN532_STATUS ? 0x80 : 0; return 2;
    case 0x4a: return 1 + list_passive(sim, data, rest, body, out_is_endless);
    case 0x60: return 1 + auto_poll(sim, body, out_is_endless);
    default: return 0;
    }
}

static void run_command(struct pn532_sim *sim, const uint8_t *command, size_t length)
{
    static const uint8_t unknown[] = {0, 0, 0xff, 1, 0xff, 0x7f, 0x81, 0};
    uint8_t answer[FRAME_MAX];
    bool is_endless = false;
    size_t used = execute(sim, command, length, answer, &is_endless);
    sim->commands++;
    sim->is_waiting = is_endless;
    if (is_endless) {
        memcpy(sim->waiting, command, length);
        sim->waiting_length = length;
        return;
    }
    if (!used)
        put(sim, unknown, sizeof unknown);
    else
        put_answer(sim, answer, used);
    if (sim->seen_us == -1)
        sim->seen_us = now_us();
}

static bool be_late(struct pn532_sim *sim)
{
    for (int i = 0; i < 50 && sim->fault == PN532_LATE && !sim->is_stopping && sim->is_plugged;
         i++) {
        pthread_mutex_unlock(&sim->lock);
        sleep_us(100000);
        pthread_mutex_lock(&sim->lock);
    }
    return sim->is_plugged && !sim->is_stopping;
}

static void take_frame(struct pn532_sim *sim, const uint8_t *command, size_t length)
{
    static const uint8_t nack[] = {0, 0, 0xff, 0xff, 0, 0};
    sim->is_waiting = false; /* a new command ends the old one */
    take_time(sim, (int64_t)(length + 8) * BYTE_US);
    if (sim->is_asleep || sim->fault == PN532_SILENT)
        return;
    if (sim->fault == PN532_NACK) {
        for (int i = 0; i < 8; i++)
            put(sim, nack, sizeof nack);
        return;
    }
    if (sim->fault == PN532_LATE && !be_late(sim))
        return;
    put_ack(sim);
    run_command(sim, command, length);
}

/* --- the stream of bytes
 * ------------------------------------------------------------------------------ */

/*
 * Takes one thing off the front: a wake-up byte, an ACK, a frame, or noise. False: more is needed.
 */
static bool take_one(struct pn532_sim *sim)
{
    uint8_t *in = sim->in;
    size_t used = sim->in_used, drop = 1;
    if (!used)
        return false;
    if (in[0] == 0x55)
        sim->is_asleep = sim->fault == PN532_RESET;
    if (in[0] == 0 && used >= 3 && in[1] == 0 && in[2] == 0xff) {
        if (used < 6)
            return false;
        size_t length = in[3];
        if ((in[3] == 0 && in[4] == 0xff) || (in[3] == 0xff && in[4] == 0)) {
            sim->is_waiting = false; /* the host's ACK cancels */
            drop = 6;
        } else if ((uint8_t)(in[3] + in[4]) == 0 && length >= 2) {
            if (used < length + 7)
                return false;
            if (in[5] == 0xd4)
                take_frame(sim, in + 6, length - 1);
            drop = length + 7;
        }
    } else if (in[0] == 0 && used < 3) {
        return false;
    }
    sim->in_used -= drop;
    memmove(in, in + drop, sim->in_used);
    return true;
}

static void take_input(struct pn532_sim *sim)
{
    ssize_t got = read(sim->master, sim->in + sim->in_used, sizeof sim->in - sim->in_used);
    if (got <= 0)
        return;
    sim->in_used += (size_t)got;
    while (sim->is_plugged && take_one(sim))
        ;
    if (sim->in_used == sizeof sim->in)
        sim->in_used = 0;
}

/* An endless search looks again when a card may have come. */
static void search_again(struct pn532_sim *sim)
{
    uint8_t command[FRAME_MAX];
    if (!sim->is_waiting || !sim->has_card)
        return;
    memcpy(command, sim->waiting, sim->waiting_length);
    run_command(sim, command, sim->waiting_length);
}

/* --- the terminal
 * ---------------------------------------------------------------------------------------- */

static void unplug(struct pn532_sim *sim)
{
    if (!sim->is_plugged)
        return;
    unlink(sim->link);
    close(sim->master);
    close(sim->slave);
    sim->is_plugged = false;
    sim->in_used = 0;
    sim->is_waiting = false;
}

/* Raw before it is published; the slave stays open here, so that nobody's closing resets it. */
static enum rc plug(struct pn532_sim *sim)
{
    char name[64];
    struct termios raw;
    if (openpty(&sim->master, &sim->slave, name, NULL, NULL))
        return rc_from_errno(errno);
    fcntl(sim->master, F_SETFD, FD_CLOEXEC);
    fcntl(sim->slave, F_SETFD, FD_CLOEXEC);
    fcntl(sim->master, F_SETFL, O_NONBLOCK);
    tcgetattr(sim->slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(sim->slave, TCSANOW, &raw);
    unlink(sim->link);
    sim->is_plugged = true;
    sim->is_asleep = true;
    memset(sim->registers, 0, sizeof sim->registers);
    if (symlink(name, sim->link)) {
        enum rc rc = rc_from_errno(errno);
        unplug(sim);
        return rc;
    }
    return RC_OK;
}

static void *run(void *argument)
{
    struct pn532_sim *sim = argument;
    pthread_mutex_lock(&sim->lock);
    while (!sim->is_stopping) {
        struct pollfd fds[] = {{.fd = sim->wake_fd, .events = POLLIN},
                               {.fd = sim->is_plugged ? sim->master : -1, .events = POLLIN}};
        pthread_mutex_unlock(&sim->lock);
        poll(fds, 2, -1);
        uint64_t count;
        ssize_t got = read(sim->wake_fd, &count, sizeof count);
        (void)got;
        pthread_mutex_lock(&sim->lock);
        if (!sim->wants_plug)
            unplug(sim);
        else if (!sim->is_plugged && plug(sim))
            sleep_us(1000);
        if (sim->is_plugged)
            take_input(sim);
        if (sim->is_plugged)
            search_again(sim);
    }
    unplug(sim);
    pthread_mutex_unlock(&sim->lock);
    return NULL;
}

enum rc pn532_sim_open(const char *link, bool is_paced, struct pn532_sim **out_sim)
{
    struct pn532_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    snprintf(sim->link, sizeof sim->link, "%s", link);
    sim->is_paced = is_paced;
    sim->wants_plug = true;
    sim->retries = 0xff;
    pthread_mutex_init(&sim->lock, NULL);
    sim->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    enum rc rc = sim->wake_fd < 0 ? rc_from_errno(errno) : plug(sim);
    if (!rc && pthread_create(&sim->thread, NULL, run, sim)) {
        unplug(sim);
        rc = RC_NO_MEMORY;
    }
    if (rc) {
        if (sim->wake_fd >= 0)
            close(sim->wake_fd);
        free(sim);
        return rc;
    }
    *out_sim = sim;
    return RC_OK;
}

static void wake(struct pn532_sim *sim)
{
    const uint64_t one = 1;
    ssize_t written = write(sim->wake_fd, &one, sizeof one);
    (void)written;
}

void pn532_sim_close(struct pn532_sim *sim)
{
    if (!sim)
        return;
    pthread_mutex_lock(&sim->lock);
    sim->is_stopping = true;
    pthread_mutex_unlock(&sim->lock);
    wake(sim);
    pthread_join(sim->thread, NULL);
    close(sim->wake_fd);
    pthread_mutex_destroy(&sim->lock);
    free(sim);
}

void pn532_sim_tap(struct pn532_sim *sim, const uint8_t *uid, size_t length)
{
    pthread_mutex_lock(&sim->lock);
    pn532_card_init(&sim->card, uid, length);
    sim->has_card = true;
    sim->seen_us = 0;
    pthread_mutex_unlock(&sim->lock);
    wake(sim);
}

void pn532_sim_remove(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    sim->has_card = false;
    pthread_mutex_unlock(&sim->lock);
    wake(sim);
}

void pn532_sim_fault(struct pn532_sim *sim, enum pn532_fault fault)
{
    pthread_mutex_lock(&sim->lock);
    sim->fault = fault;
    if (fault == PN532_RESET)
        sim->is_asleep = true;
    pthread_mutex_unlock(&sim->lock);
    wake(sim);
}

static void set_plugged(struct pn532_sim *sim, bool is_plugged)
{
    pthread_mutex_lock(&sim->lock);
    sim->wants_plug = is_plugged;
    pthread_mutex_unlock(&sim->lock);
    wake(sim);
}

void pn532_sim_unplug(struct pn532_sim *sim)
{
    set_plugged(sim, false);
}

void pn532_sim_plug(struct pn532_sim *sim)
{
    set_plugged(sim, true);
}

int64_t pn532_sim_seen_us(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    int64_t seen_us = sim->seen_us > 0 ? sim->seen_us : 0;
    pthread_mutex_unlock(&sim->lock);
    return seen_us;
}

long pn532_sim_commands(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    long commands = sim->commands;
    pthread_mutex_unlock(&sim->lock);
    return commands;
}
