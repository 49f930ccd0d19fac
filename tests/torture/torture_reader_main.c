/*
 * torture-reader - R4: perron-reader and its port on a PN532 that goes wrong in every way it knows,
 * again and again. Each fault must be said within two seconds, and a badge must be read within five
 * seconds after it is over. Faults that only a card brings to light (a UID of 200 bytes, ...) need
 * not be said, but nothing that cannot be a badge may ever be told.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "firmware/linux/reader_child.h"
#include "tests/support/pn532_sim.h"
#include "tests/support/random.h"

#define SAID_BAR_MS 2000
#define BACK_BAR_MS 5000
#define UNPLUGGED PN532_FAULTS /* the fault after the last: the cable */

struct tally {
    long rounds, late, hung, wrong;
    int64_t said_ms, back_ms; /* the longest */
};

static struct tally tallies[PN532_FAULTS + 1];

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long until such an event came; -1: it did not within `wait_ms`. */
static int64_t wait_for(struct reader *reader, enum reader_event_kind kind, int wait_ms,
                        struct tally *tally)
{
    struct reader_event event;
    int64_t begun_ms = now_ms();
    while (now_ms() - begun_ms < wait_ms) {
        while (reader_next(reader, now_ms(), &event) == RC_OK) {
            tally->wrong += event.kind == READER_TAG && strcmp(event.text, "uid:04D6E5B12F1F57") &&
                            strcmp(event.text, "uid:278B7034");
            if (event.kind == kind)
                return now_ms() - begun_ms;
        }
        struct pollfd fd = {.fd = reader_fd(reader), .events = POLLIN};
        poll(&fd, 1, 10);
    }
    return -1;
}

static void longest(int64_t *longest_ms, int64_t ms)
{
    if (ms > *longest_ms)
        *longest_ms = ms;
}

static bool is_told_only_with_a_card(int fault)
{
    return fault == PN532_STATUS || fault == PN532_ATS_ZERO || fault == PN532_UID_200 ||
           fault == PN532_UID_ZERO || fault == PN532_TRICKLE || fault == PN532_OTHER;
}

static void go_wrong(struct pn532_sim *sim, int fault, bool is_wrong)
{
    if (fault == UNPLUGGED)
        (is_wrong ? pn532_sim_unplug : pn532_sim_plug)(sim);
    else
        pn532_sim_fault(sim, is_wrong ? (enum pn532_fault)fault : PN532_WELL);
}

static void do_round(struct pn532_sim *sim, struct reader *reader, int fault, struct random *random)
{
    static const uint8_t uid[] = {0x04, 0xD6, 0xE5, 0xB1, 0x2F, 0x1F, 0x57};
    struct tally *tally = &tallies[fault];
    tally->rounds++;
    if (random_below(random, 2))
        pn532_sim_tap(sim, uid, sizeof uid);
    usleep((useconds_t)random_below(random, 40000));
    go_wrong(sim, fault, true);
    if (is_told_only_with_a_card(fault)) {
        pn532_sim_tap(sim, uid, sizeof uid);
        wait_for(reader, READER_RESTING, 500, tally);
    } else {
        int64_t said_ms = wait_for(reader, READER_RESTING, 4 * SAID_BAR_MS, tally);
        longest(&tally->said_ms, said_ms);
        tally->late += said_ms < 0 || said_ms > SAID_BAR_MS;
    }
    pn532_sim_remove(sim);
    go_wrong(sim, fault, false);
    int64_t begun_ms = now_ms();
    /* a badge comes back and again until it is seen: the reader may have missed its first stay */
    int64_t seen_ms = -1;
    while (seen_ms < 0 && now_ms() - begun_ms < 3 * BACK_BAR_MS) {
        pn532_sim_tap(sim, uid, sizeof uid);
        seen_ms = wait_for(reader, READER_TAG, 400, tally);
        pn532_sim_remove(sim);
        usleep(80000);
    }
    longest(&tally->back_ms, now_ms() - begun_ms);
    tally->hung += seen_ms < 0 || now_ms() - begun_ms > BACK_BAR_MS;
}

static int print(void)
{
    int failures = 0;
    printf("%-10s %7s %14s %14s\n", "fault", "rounds", "said at most", "back at most");
    for (int i = 1; i <= UNPLUGGED; i++) {
        struct tally *t = &tallies[i];
        bool is_met = !t->late && !t->hung && !t->wrong;
        failures += !is_met;
        if (t->rounds)
            printf("%-10s %7ld %11lld ms %11lld ms %s\n",
                   i == UNPLUGGED ? "unplugged" : pn532_fault_name((enum pn532_fault)i), t->rounds,
                   (long long)t->said_ms, (long long)t->back_ms, is_met ? "" : "NO");
    }
    return failures;
}

int main(int argc, char **argv)
{
    char folder[64] = "/tmp/perron-r4-XXXXXX", link[96], address[128], program[512];
    const char *build = getenv("PERRON_BUILD");
    long rounds = 1000;
    uint64_t seed = random_seed();
    struct random random;
    struct pn532_sim *sim;
    struct reader *reader;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            rounds = 32;
        } else if (!strcmp(argv[i], "--rounds") && i + 1 < argc) {
            rounds = strtol(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            seed = strtoull(argv[++i], NULL, 10);
        } else {
            bool is_help = !strcmp(argv[i], "--help");
            fputs("usage: torture-reader [--ci] [--rounds N] [--seed N]\n"
                  "Lets a PN532 go wrong N times (1000; 32 with --ci) in every way.\n",
                  is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    random_init(&random, seed);
    if (!mkdtemp(folder))
        return 1;
    snprintf(link, sizeof link, "%s/pn532", folder);
    snprintf(address, sizeof address, "pn532_uart:%s", link);
    snprintf(program, sizeof program, "%s/perron-reader", build ? build : "build");
    if (pn532_sim_open(link, false, &sim) || reader_open_child(program, address, NULL, &reader))
        return 1;
    if (wait_for(reader, READER_READY, 5000, &tallies[0]) < 0)
        return 1;
    for (long i = 0; i < rounds; i++) {
        do_round(sim, reader, 1 + (int)(i % UNPLUGGED), &random);
        fprintf(stderr, "\r%ld of %ld rounds", i + 1, rounds);
    }
    fputc('\n', stderr);
    int failures = print();
    printf("bars: said in %d ms, working again in %d ms; seed %llu: %s\n", SAID_BAR_MS, BACK_BAR_MS,
           (unsigned long long)seed, failures ? "NO" : "met");
    reader_close(reader);
    pn532_sim_close(sim);
    rmdir(folder);
    return failures > 0;
}
