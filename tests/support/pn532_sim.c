#include "tests/support/pn532_sim.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/pn532_cable.h"
#include "tests/support/pn532_chip.h"
#include "tests/support/pn532_frame.h"
#include "tests/support/pn532_outbox.h"
#include "tests/support/real.h"

#define BYTE_US 87 /* ten bits at 115200 baud */
#define ACK_US 500 /* models: from a command to its ACK, and from there to the answer */
#define WORK_US 300
#define LATE_US 5000000
#define STORM_US 10000

struct pn532_sim {
    pthread_mutex_t lock;
    pthread_t thread;
    int wake_fd;
    bool is_closing;
    struct pn532_cable cable;
    struct pn532_chip chip;
    enum pn532_fault fault;
    int64_t storm_us;
    struct pn532_outbox outbox;
    uint8_t input[1024];
    size_t input_used;
    int64_t seen_us;
    unsigned long commands;
};

/* --- to the host --- */

static int64_t wire_us(const struct pn532_sim *sim, size_t bytes)
{
    return sim->chip.is_paced ? (int64_t)bytes * BYTE_US : 0;
}

static void post(struct pn532_sim *sim, const uint8_t *bytes, size_t length, int64_t due_us,
                 bool has_uid)
{
    const struct pn532_fault_row *row = pn532_fault_row(sim->fault);
    struct pn532_parcel *parcel = pn532_outbox_take(&sim->outbox);
    if (!parcel)
        return;
    parcel->is_late = row->is_late;
    parcel->has_uid = has_uid;
    parcel->due_us = due_us + (row->is_late ? LATE_US : 0);
    parcel->gap_us = row->gap_us;
    parcel->length = length;
    memcpy(parcel->bytes, bytes, length);
}

static void take_back(struct pn532_sim *sim)
{
    pn532_chip_cancel(&sim->chip);
    pn532_outbox_take_back(&sim->outbox);
}

static void post_answer(struct pn532_sim *sim, struct pn532_answer *answer, int64_t ready_us)
{
    const struct pn532_fault_row *row = pn532_fault_row(sim->fault);
    uint8_t bytes[PN532_FRAME_MAX];
    if (row->spoil_message)
        row->spoil_message(&answer->message);
    if (row->has_no_answer || answer->message.length == 0)
        return;
    size_t length = pn532_frame_answer(&answer->message, bytes);
    if (row->spoil_frame)
        row->spoil_frame(bytes, &length);
    if (sim->chip.is_paced)
        ready_us += answer->radio_us;
    /* An ACK that trickles goes first, all of it. */
    if (row->gap_us && !row->has_no_ack)
        ready_us += (int64_t)sizeof pn532_frame_ack * row->gap_us;
    post(sim, bytes, length, ready_us + wire_us(sim, length), answer->has_uid);
}

/* --- from the host --- */

static void take_command(struct pn532_sim *sim, const struct pn532_message *command)
{
    const struct pn532_fault_row *row = pn532_fault_row(sim->fault);
    struct pn532_answer answer;
    take_back(sim);
    if (!sim->chip.is_awake || row->is_deaf)
        return;
    sim->commands++;
    int64_t ack_us = real_us() + wire_us(sim, command->length + 8 + sizeof pn532_frame_ack) +
                     (sim->chip.is_paced ? ACK_US : 0);
    if (!row->has_no_ack)
        post(sim, pn532_frame_ack, sizeof pn532_frame_ack, ack_us, false);
    int64_t ready_us = ack_us + (sim->chip.is_paced ? WORK_US : 0);
    enum pn532_outcome outcome = pn532_chip_command(&sim->chip, command, ready_us, &answer);
    if (outcome == PN532_ANSWERED)
        post_answer(sim, &answer, ready_us);
    if (outcome == PN532_UNKNOWN)
        post(sim, pn532_frame_error, sizeof pn532_frame_error, ready_us, false);
}

static void take_input(struct pn532_sim *sim)
{
    struct pn532_message command;
    ssize_t got = pn532_cable_read(&sim->cable, sim->input + sim->input_used,
                                   sizeof sim->input - sim->input_used);
    if (got <= 0)
        return;
    sim->input_used += (size_t)got;
    for (;;) {
        size_t used;
        enum pn532_piece piece = pn532_frame_take(sim->input, sim->input_used, &command, &used);
        sim->input_used -= used;
        memmove(sim->input, sim->input + used, sim->input_used);
        if (piece == PN532_PIECE_MORE)
            break;
        if (piece == PN532_PIECE_WAKE)
            sim->chip.is_awake = true;
        if (piece == PN532_PIECE_ACK)
            take_back(sim);
        if (piece == PN532_PIECE_COMMAND)
            take_command(sim, &command);
    }
    if (sim->input_used == sizeof sim->input)
        sim->input_used = 0;
}

/* --- the thread --- */

static int64_t next_due_us(const struct pn532_sim *sim)
{
    int64_t due_us = pn532_outbox_due_us(&sim->outbox);
    if (sim->chip.search.command.length && sim->chip.search.due_us < due_us)
        due_us = sim->chip.search.due_us;
    if (sim->fault == PN532_NACKS && sim->storm_us < due_us)
        due_us = sim->storm_us;
    return due_us;
}

static void do_what_is_due(struct pn532_sim *sim)
{
    int64_t now_us = real_us();
    struct pn532_answer answer;
    if (sim->cable.fd < 0)
        return;
    while (sim->chip.search.command.length && sim->chip.search.due_us <= now_us) {
        int64_t looked_us = sim->chip.search.due_us;
        if (pn532_chip_step(&sim->chip, &answer) == PN532_ANSWERED)
            post_answer(sim, &answer, looked_us);
    }
    if (sim->fault == PN532_NACKS && sim->storm_us <= now_us) {
        post(sim, pn532_frame_nack, sizeof pn532_frame_nack, now_us, false);
        sim->storm_us = now_us + STORM_US;
    }
    if (pn532_outbox_deliver(&sim->outbox, sim->cable.fd, now_us) && sim->seen_us == 0)
        sim->seen_us = real_us();
}

static void wait_for_work(struct pn532_sim *sim)
{
    struct pollfd fds[2] = {{.fd = sim->wake_fd, .events = POLLIN},
                            {.fd = sim->cable.fd, .events = POLLIN}};
    int64_t due_us = sim->cable.fd < 0 ? INT64_MAX : next_due_us(sim);
    int64_t wait_us = due_us == INT64_MAX ? 3600000000 : due_us - real_us();
    if (wait_us < 0)
        wait_us = 0;
    struct timespec wait = {.tv_sec = wait_us / 1000000, .tv_nsec = wait_us % 1000000 * 1000};
    uint64_t count;
    pthread_mutex_unlock(&sim->lock);
    ppoll(fds, 2, &wait, NULL);
    pthread_mutex_lock(&sim->lock);
    ssize_t got = read(sim->wake_fd, &count, sizeof count);
    (void)got;
}

static void *run(void *argument)
{
    struct pn532_sim *sim = argument;
    sigset_t pipe; /* of a socket that was hung up */
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, NULL);
    pthread_mutex_lock(&sim->lock);
    while (!sim->is_closing) {
        do_what_is_due(sim);
        wait_for_work(sim);
        if (sim->cable.fd >= 0)
            take_input(sim);
    }
    pthread_mutex_unlock(&sim->lock);
    return NULL;
}

static void leave(struct pn532_sim *sim)
{
    const uint64_t one = 1;
    pthread_mutex_unlock(&sim->lock);
    ssize_t written = write(sim->wake_fd, &one, sizeof one);
    (void)written;
}

/* The chip has power from the cable: it comes up, and what was under way is lost. */
static enum rc plug(struct pn532_sim *sim)
{
    if (sim->cable.fd >= 0)
        return RC_OK;
    enum rc rc = pn532_cable_plug(&sim->cable);
    if (rc)
        return rc;
    pn532_chip_reset(&sim->chip);
    pn532_outbox_init(&sim->outbox);
    sim->input_used = 0;
    return RC_OK;
}

/* --- the outside --- */

static void sim_free(struct pn532_sim *sim)
{
    pn532_cable_finish(&sim->cable);
    if (sim->wake_fd >= 0)
        close(sim->wake_fd);
    pthread_mutex_destroy(&sim->lock);
    free(sim);
}

/* One that isn't plugged in. */
static enum rc sim_make(bool is_paced, struct pn532_sim **out_sim)
{
    struct pn532_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    pthread_mutex_init(&sim->lock, NULL);
    pn532_cable_init(&sim->cable);
    sim->chip.is_paced = is_paced;
    sim->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (sim->wake_fd < 0) {
        enum rc rc = rc_from_errno(errno);
        sim_free(sim);
        return rc;
    }
    *out_sim = sim;
    return RC_OK;
}

/* Plugs it in and sets it going; frees it where that fails. */
static enum rc sim_start(struct pn532_sim *sim, struct pn532_sim **out_sim)
{
    enum rc rc = plug(sim);
    if (!rc)
        rc = rc_from_errno(pthread_create(&sim->thread, NULL, run, sim));
    if (rc)
        sim_free(sim);
    else
        *out_sim = sim;
    return rc;
}

enum rc pn532_sim_open(const char *link_path, bool is_paced, struct pn532_sim **out_sim)
{
    struct pn532_sim *sim;
    assert(*link_path);
    if (strlen(link_path) >= sizeof sim->cable.link_path)
        return RC_LIMIT;
    enum rc rc = sim_make(is_paced, &sim);
    if (rc)
        return rc;
    strcpy(sim->cable.link_path, link_path);
    return sim_start(sim, out_sim);
}

enum rc pn532_sim_open_socket(int fd, bool is_paced, struct pn532_sim **out_sim)
{
    struct pn532_sim *sim;
    enum rc rc = sim_make(is_paced, &sim);
    if (rc) {
        close(fd);
        return rc;
    }
    sim->cable.socket_fd = fd;
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return sim_start(sim, out_sim);
}

void pn532_sim_close(struct pn532_sim *sim)
{
    if (!sim)
        return;
    pthread_mutex_lock(&sim->lock);
    sim->is_closing = true;
    leave(sim);
    pthread_join(sim->thread, NULL);
    sim_free(sim);
}

void pn532_sim_remove(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    memset(sim->chip.cards, 0, sizeof sim->chip.cards);
    leave(sim);
}

void pn532_sim_tap(struct pn532_sim *sim, const uint8_t *uid, size_t uid_length)
{
    pthread_mutex_lock(&sim->lock);
    memset(sim->chip.cards, 0, sizeof sim->chip.cards);
    pn532_card_init(&sim->chip.cards[0], uid, uid_length);
    sim->seen_us = 0;
    leave(sim);
}

void pn532_sim_add(struct pn532_sim *sim, const uint8_t *uid, size_t uid_length)
{
    pthread_mutex_lock(&sim->lock);
    pn532_card_init(&sim->chip.cards[1], uid, uid_length);
    leave(sim);
}

void pn532_sim_fault(struct pn532_sim *sim, enum pn532_fault fault)
{
    pthread_mutex_lock(&sim->lock);
    sim->fault = fault;
    if (pn532_fault_row(fault)->resets)
        pn532_chip_reset(&sim->chip);
    leave(sim);
}

void pn532_sim_reset(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    sim->fault = PN532_WELL;
    pn532_chip_reset(&sim->chip);
    leave(sim);
}

void pn532_sim_unplug(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    pn532_cable_pull(&sim->cable);
    leave(sim);
}

enum rc pn532_sim_plug(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    enum rc rc = plug(sim);
    leave(sim);
    return rc;
}

int64_t pn532_sim_seen_us(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    int64_t seen_us = sim->seen_us;
    pthread_mutex_unlock(&sim->lock);
    return seen_us;
}

unsigned long pn532_sim_commands(struct pn532_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    unsigned long commands = sim->commands;
    pthread_mutex_unlock(&sim->lock);
    return commands;
}
