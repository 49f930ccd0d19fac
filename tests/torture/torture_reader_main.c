/*
 * torture-reader - R4: the real perron-reader against every way in which a chip can go wrong.
 *
 * A round: a working reader gets a fault at a random moment; the station's end must say so within
 * 2 s; after a while the chip is well again and a badge is laid on it, which must be read within
 * 5 s. Several lanes go side by side, each with its own chip and child, because most of the time is
 * waiting. A lane that says nothing for 20 s counts as hung. The control is --control: there the
 * fault never ends, so every round must fail.
 */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/options.h"
#include "tests/support/random.h"
#include "tests/support/reader_lab.h"
#include "tests/support/real.h"

#define LANES 12
#define ROUNDS_FULL 1000
#define ROUNDS_CI 60
#define SAID_BAR_MS 2000
#define BACK_BAR_MS 5000
#define HUNG_MS 20000
#define HOLD_MAX_MS 3000
#define UNPLUGGED PN532_FAULT_COUNT /* one mode more: the cable is out */
#define MODES (PN532_FAULT_COUNT + 1)

enum phase { PHASE_CALM, PHASE_BROKEN, PHASE_HELD, PHASE_MENDED, PHASE_LEAVING, PHASE_DONE };

struct lane {
    struct reader_lab lab;
    enum phase phase;
    int mode;
    int64_t since_ms; /* of the phase */
    int64_t until_ms; /* CALM, HELD: when it ends by itself */
    bool is_ready;
    uint8_t uid[7];
    char uid_text[24];
};

struct tally {
    int rounds, missed;
    int64_t said_ms, back_ms; /* the longest */
};

struct torture {
    struct random random;
    int rounds, begun, hung;
    bool is_control;
    struct tally tallies[MODES];
    struct lane lanes[LANES];
};

static const char *mode_name(int mode)
{
    return mode == UNPLUGGED ? "unplug" : pn532_fault_row((enum pn532_fault)mode)->name;
}

static void enter(struct lane *lane, enum phase phase, int64_t now_ms, int64_t for_ms)
{
    lane->phase = phase;
    lane->since_ms = now_ms;
    lane->until_ms = now_ms + for_ms;
}

/* --- one round --- */

static void begin_round(struct torture *torture, struct lane *lane, int64_t now_ms)
{
    if (torture->begun == torture->rounds) {
        enter(lane, PHASE_DONE, now_ms, 0);
        return;
    }
    lane->mode = 1 + torture->begun++ % (MODES - 1); /* all but PN532_WELL in turn */
    enter(lane, PHASE_CALM, now_ms, 50 + random_below(&torture->random, 500));
}

static void break_chip(struct lane *lane, int64_t now_ms)
{
    if (lane->mode == UNPLUGGED)
        pn532_sim_unplug(lane->lab.sim);
    else
        pn532_sim_fault(lane->lab.sim, (enum pn532_fault)lane->mode);
    enter(lane, PHASE_BROKEN, now_ms, HUNG_MS);
}

static void mend_chip(struct torture *torture, struct lane *lane, int64_t now_ms)
{
    lane->uid[0] = 0x04;
    for (int i = 1; i < 7; i++)
        lane->uid[i] = (uint8_t)random_below(&torture->random, 256);
    const uint8_t *u = lane->uid;
    snprintf(lane->uid_text, sizeof lane->uid_text, "uid:%02X%02X%02X%02X%02X%02X%02X", u[0], u[1],
             u[2], u[3], u[4], u[5], u[6]);
    enter(lane, PHASE_MENDED, now_ms, HUNG_MS);
    if (torture->is_control)
        return;
    pn532_sim_fault(lane->lab.sim, PN532_WELL);
    if (pn532_sim_plug(lane->lab.sim))
        fprintf(stderr, "the terminal cannot be made again\n");
    pn532_sim_tap(lane->lab.sim, lane->uid, sizeof lane->uid);
}

static void note_said(struct torture *torture, struct lane *lane, int64_t now_ms)
{
    struct tally *tally = &torture->tallies[lane->mode];
    int64_t said_ms = now_ms - lane->since_ms;
    if (said_ms > tally->said_ms)
        tally->said_ms = said_ms;
    tally->missed += said_ms > SAID_BAR_MS;
    enter(lane, PHASE_HELD, now_ms, random_below(&torture->random, HOLD_MAX_MS));
}

static void note_back(struct torture *torture, struct lane *lane, int64_t now_ms)
{
    struct tally *tally = &torture->tallies[lane->mode];
    int64_t back_ms = now_ms - lane->since_ms;
    if (back_ms > tally->back_ms)
        tally->back_ms = back_ms;
    tally->rounds++;
    tally->missed += back_ms > BACK_BAR_MS;
    pn532_sim_remove(lane->lab.sim);
    enter(lane, PHASE_LEAVING, now_ms, HUNG_MS);
}

static void note_hung(struct torture *torture, struct lane *lane, int64_t now_ms)
{
    char *text = trace_text(lane->lab.trace);
    printf("hung in %s, phase %d; the last of its trace:\n%s\n", mode_name(lane->mode),
           (int)lane->phase, text && strlen(text) > 800 ? text + strlen(text) - 800 : text);
    free(text);
    torture->hung++;
    torture->tallies[lane->mode].rounds++;
    torture->tallies[lane->mode].missed++;
    enter(lane, PHASE_DONE, now_ms, 0);
}

/* --- the lanes --- */

static void take_event(struct torture *torture, struct lane *lane, const struct reader_event *event,
                       int64_t now_ms)
{
    if (event->kind == READER_READY || event->kind == READER_RESTING)
        lane->is_ready = event->kind == READER_READY;
    if (event->kind == READER_RESTING && lane->phase == PHASE_BROKEN)
        note_said(torture, lane, now_ms);
    if (event->kind == READER_TAG && lane->phase == PHASE_MENDED &&
        strcmp(event->text, lane->uid_text) == 0)
        note_back(torture, lane, now_ms);
    if (event->kind == READER_LEFT && lane->phase == PHASE_LEAVING)
        begin_round(torture, lane, now_ms);
}

static void serve(struct torture *torture, struct lane *lane)
{
    struct reader_event event;
    int64_t now_ms = real_ms();
    while (reader_next(lane->lab.reader, now_ms, &event) == RC_OK)
        take_event(torture, lane, &event, now_ms);
    if (lane->phase == PHASE_DONE || now_ms < lane->until_ms)
        return;
    if (lane->phase == PHASE_CALM && lane->is_ready)
        break_chip(lane, now_ms);
    else if (lane->phase == PHASE_HELD)
        mend_chip(torture, lane, now_ms);
    else if (lane->phase != PHASE_CALM || now_ms - lane->since_ms > HUNG_MS)
        note_hung(torture, lane, now_ms);
}

static bool are_all_done(const struct torture *torture)
{
    for (int i = 0; i < LANES; i++)
        if (torture->lanes[i].phase != PHASE_DONE)
            return false;
    return true;
}

static void wait_for_any(const struct torture *torture)
{
    struct pollfd fds[LANES];
    int64_t due_ms = INT64_MAX, now_ms = real_ms();
    for (int i = 0; i < LANES; i++) {
        const struct lane *lane = &torture->lanes[i];
        int64_t reader_ms = reader_due_ms(lane->lab.reader);
        fds[i] = (struct pollfd){.fd = reader_fd(lane->lab.reader), .events = POLLIN};
        due_ms = reader_ms < due_ms ? reader_ms : due_ms;
        if (lane->phase != PHASE_DONE && lane->until_ms > now_ms && lane->until_ms < due_ms)
            due_ms = lane->until_ms;
    }
    if (due_ms > now_ms + 100)
        due_ms = now_ms + 100;
    poll(fds, LANES, due_ms > now_ms ? (int)(due_ms - now_ms) : 1);
}

static void run(struct torture *torture)
{
    int shown = 0;
    while (!are_all_done(torture)) {
        wait_for_any(torture);
        for (int i = 0; i < LANES; i++)
            serve(torture, &torture->lanes[i]);
        if (torture->begun / 100 > shown) {
            shown = torture->begun / 100;
            fprintf(stderr, "round %d of %d\n", torture->begun, torture->rounds);
        }
    }
}

/* --- from the beginning to the end --- */

static int print_table(const struct torture *torture)
{
    int rounds = 0, missed = 0;
    printf("%-10s %7s %13s %13s %7s\n", "mode", "rounds", "said ms max", "back ms max", "missed");
    for (int mode = 1; mode < MODES; mode++) {
        const struct tally *tally = &torture->tallies[mode];
        printf("%-10s %7d %13" PRId64 " %13" PRId64 " %7d\n", mode_name(mode), tally->rounds,
               tally->said_ms, tally->back_ms, tally->missed);
        rounds += tally->rounds;
        missed += tally->missed;
    }
    printf("%-10s %7d %13d %13d %7d\n", "bar", torture->rounds, SAID_BAR_MS, BACK_BAR_MS, 0);
    printf("%d rounds, %d bars missed, %d hung\n", rounds, missed, torture->hung);
    return missed || torture->hung || rounds != torture->rounds ? 1 : 0;
}

static const char usage[] =
    "usage: torture-reader [--ci] [--rounds N] [--seed N] [--control]\n"
    "\n"
    "Breaks a simulated PN532 in every known way under the real perron-reader and measures\n"
    "how long it takes until that is said, and until a badge is read again.\n"
    "\n"
    "  --rounds N  this many (default 1000)\n"
    "  --ci        60 rounds\n"
    "  --seed N    the same moments again\n"
    "  --control   never mend the chip: every round must fail, and the exit code is 1\n"
    "\n"
    "Programs are found in PERRON_BUILD (default: build).\n";

int main(int argc, char **argv)
{
    static struct torture torture;
    uint64_t seed = random_seed();
    bool is_short = false;
    long rounds = -1;
    int opened = 0, code = 1;
    enum rc rc = RC_OK;
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "rounds", .number = &rounds},
                                         {.name = "seed", .seed = &seed},
                                         {.name = "control", .is_set = &torture.is_control},
                                         {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    torture.rounds = rounds >= 0 ? (int)rounds : is_short ? ROUNDS_CI : ROUNDS_FULL;
    random_init(&torture.random, seed);
    printf("torture-reader --rounds %d --seed %" PRIu64 ", %d lanes\n", torture.rounds, seed,
           LANES);
    while (!rc && opened < LANES) {
        rc = reader_lab_open(false, &torture.lanes[opened].lab);
        if (!rc)
            begin_round(&torture, &torture.lanes[opened++], real_ms());
    }
    if (!rc)
        run(&torture);
    for (int i = 0; i < opened; i++)
        reader_lab_close(&torture.lanes[i].lab);
    if (!rc)
        return print_table(&torture);
    fprintf(stderr, "torture-reader: a simulated chip cannot be made: %s\n", rc_text(rc));
    return 1;
}
