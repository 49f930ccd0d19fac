/*
 * torture-kills - R2: the station, or its perron-reader, is killed (SIGKILL) at a random moment
 * while people tap on the simulated PN532, and comes back. What was answered must be in the
 * register, once; badges must be taken again within 2 s.
 *
 * It proves the restart, not durability: a killed process loses nothing that it wrote (torture-cuts
 * is for that). The control is this program's own bookkeeping: with --forget it adds an answer for
 * every hundredth person before it compares, and must then find itself wrong.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/store/snapshot.h"
#include "firmware/base/hash.h"
#include "tests/support/options.h"
#include "tests/support/pn532_sim.h"
#include "tests/support/random.h"
#include "tests/support/real.h"
#include "tests/support/watched.h"

#define PEOPLE 3000
#define READY_BAR_MS 2000
#define PATIENCE_MS (5 * READY_BAR_MS)

enum victim { VICTIM_NONE, VICTIM_STATION, VICTIM_READER, VICTIMS };

struct torture {
    char folder[64];
    char data[96];
    char address[128]; /* of the simulated reader */
    struct pn532_sim *sim;
    struct watched station;
    bool is_running;
    struct random random;
    int next_person;
    int expected[PEOPLE]; /* facts that were answered, per person */
    int possible[PEOPLE]; /* taps under way when the station was killed */
    long answered, kills[VICTIMS];
    double slowest_ms[VICTIMS];
};

static void give_up(const char *sentence)
{
    fprintf(stderr, "torture-kills: %s\n", sentence);
    exit(1);
}

static void note_ready(struct torture *t, enum victim victim, int64_t from_us, int64_t ready_us)
{
    double took_ms = (double)(ready_us - from_us) / 1000;
    if (took_ms > t->slowest_ms[victim])
        t->slowest_ms[victim] = took_ms;
}

static void start(struct torture *t)
{
    int64_t us;
    watched_start(&t->station, t->data, t->address, NULL);
    if (!watched_wait(&t->station, "reader ready", PATIENCE_MS, &us))
        give_up("the station does not come back");
    note_ready(t, VICTIM_STATION, t->station.exec_us, us);
    t->is_running = true;
}

/* Counts the answer of a line to this person; false where it is none. */
static bool count_answer(struct torture *t, int person, const char *line)
{
    static const char *const facts[] = {"answer arrival", "answer departure",
                                        "answer arrival-forgotten"};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (strcmp(line, facts[i]) == 0) {
            t->expected[person]++;
            t->answered++;
        }
    return strncmp(line, "answer ", 7) == 0;
}

/* Reads on until an answer came; false when the station is gone, or silent for too long. */
static bool await_answer(struct torture *t, int person)
{
    char line[256];
    int64_t us;
    while (watched_next(&t->station, PATIENCE_MS, &us, line, sizeof line))
        if (count_answer(t, person, line))
            return true;
    return false;
}

/* The reader is back and takes the badge that is still there, or took it before it was killed. */
static void await_reader(struct torture *t, int person, int64_t killed_us)
{
    char line[256];
    int64_t us;
    bool is_ready = false, is_answered = false;
    while (!is_ready || !is_answered) {
        if (!watched_next(&t->station, PATIENCE_MS, &us, line, sizeof line))
            give_up(is_ready ? "a badge on the reader that came back was not answered"
                             : "the reader does not come back");
        is_answered |= count_answer(t, person, line);
        if (strcmp(line, "reader ready") == 0 && us > killed_us) {
            is_ready = true;
            note_ready(t, VICTIM_READER, killed_us, us);
        }
    }
}

static void take_away(struct torture *t, int person)
{
    char line[256];
    int64_t us;
    pn532_sim_remove(t->sim);
    while (t->is_running && watched_next(&t->station, 70, &us, line, sizeof line))
        count_answer(t, person, line);
}

/* One tap; somebody may be killed a moment later. */
static void tap(struct torture *t, enum victim victim)
{
    uint8_t uid[WATCHED_UID_BYTES];
    /* Never somebody whose last tap is remembered: that would be no new one. */
    int person = t->next_person = (t->next_person + 1) % PEOPLE;
    watched_uid(person, uid);
    pn532_sim_tap(t->sim, uid, sizeof uid);
    if (victim != VICTIM_NONE)
        usleep(random_below(&t->random, 60000));
    int64_t killed_us = real_us();
    if (victim == VICTIM_STATION) {
        kill(t->station.station, SIGKILL);
        if (!await_answer(t, person))
            t->possible[person]++;
        watched_end(&t->station, SIGKILL);
        t->is_running = false;
    } else if (victim == VICTIM_READER) {
        pid_t reader = watched_reader(&t->station);
        if (!reader)
            give_up("the station has no reader");
        kill(reader, SIGKILL);
        await_reader(t, person, killed_us);
    } else if (!await_answer(t, person)) {
        give_up("a tap was not answered");
    }
    t->kills[victim]++;
    take_away(t, person);
}

static void torture(struct torture *t, long kills)
{
    for (long i = 0; i < kills; i++) {
        if (!t->is_running)
            start(t);
        for (unsigned before = random_below(&t->random, 5); before > 0; before--)
            tap(t, VICTIM_NONE);
        tap(t, random_below(&t->random, 2) ? VICTIM_STATION : VICTIM_READER);
        if (i % 50 == 49)
            fprintf(stderr, "\r%ld of %ld kills, %ld answers", i + 1, kills, t->answered);
    }
    fputc('\n', stderr);
    if (t->is_running)
        watched_end(&t->station, SIGTERM);
}

static void compare(struct torture *t, long *out_lost, long *out_doubled)
{
    char path[128];
    struct snapshot *snapshot;
    struct sqlite3_stmt *rows;
    struct reason reason = {.text = ""};
    int found[PEOPLE] = {0};
    snprintf(path, sizeof path, "%s/perron.db", t->data);
    if (snapshot_open(path, &snapshot, &reason))
        give_up(reason.text);
    enum rc rc = db_query(snapshot_db(snapshot), &rows,
                          "SELECT cast(p.number AS INTEGER) - 1, count(*) FROM fact f JOIN person p"
                          " ON p.station=f.subject_station AND p.seq=f.subject_seq"
                          " WHERE f.kind=9 GROUP BY p.number",
                          "");
    while (!rc && !(rc = db_step(snapshot_db(snapshot), rows)))
        found[db_column(rows, 0)] = (int)db_column(rows, 1);
    snapshot_close(snapshot);
    *out_lost = *out_doubled = 0;
    for (int i = 0; i < PEOPLE; i++) {
        if (found[i] < t->expected[i])
            *out_lost += t->expected[i] - found[i];
        if (found[i] > t->expected[i] + t->possible[i])
            *out_doubled += found[i] - t->expected[i] - t->possible[i];
    }
}

/* True when everything is as it must be. */
static bool judge(struct torture *t, bool is_forgetful, uint64_t seed)
{
    long lost, doubled;
    for (int i = 0; is_forgetful && i < PEOPLE; i += 100)
        t->expected[i]++;
    compare(t, &lost, &doubled);
    printf("kills: station %ld, reader %ld; answered %ld, lost %ld, doubled %ld; ready again at "
           "most: station %.0f ms, reader %.0f ms (bar %d); seed %llu\n",
           t->kills[VICTIM_STATION], t->kills[VICTIM_READER], t->answered, lost, doubled,
           t->slowest_ms[VICTIM_STATION], t->slowest_ms[VICTIM_READER], READY_BAR_MS,
           (unsigned long long)seed);
    return !lost && !doubled && t->slowest_ms[VICTIM_STATION] <= READY_BAR_MS &&
           t->slowest_ms[VICTIM_READER] <= READY_BAR_MS;
}

static const char usage[] =
    "usage: torture-kills [--ci] [--kills N] [--seed N] [--forget]\n"
    "Kills the station or its reader N times (10000; 150 with --ci) while people tap, and\n"
    "compares what it answered with its register. --forget is the control: it must fail.\n";

int main(int argc, char **argv)
{
    static struct torture t;
    char link[96], command[128];
    long kills = -1;
    uint64_t seed = random_seed();
    bool is_short = false;
    int code = 1;
    bool is_forgetful = false;
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "kills", .number = &kills},
                                         {.name = "seed", .seed = &seed},
                                         {.name = "forget", .is_set = &is_forgetful},
                                         {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    if (kills < 0)
        kills = is_short ? 150 : 10000;
    random_init(&t.random, seed);
    snprintf(t.folder, sizeof t.folder, "/tmp/perron-kills-XXXXXX");
    if (hash_init() || !mkdtemp(t.folder))
        return 1;
    snprintf(t.data, sizeof t.data, "%s/data", t.folder);
    snprintf(link, sizeof link, "%s/pn532", t.folder);
    snprintf(t.address, sizeof t.address, "pn532_uart:%s", link);
    watched_make_house(t.folder, t.data, PEOPLE);
    if (pn532_sim_open(link, false, &t.sim))
        give_up("the simulated reader cannot be made");
    torture(&t, kills);
    bool is_good = judge(&t, is_forgetful, seed);
    pn532_sim_close(t.sim);
    snprintf(command, sizeof command, "rm -rf %s", t.folder);
    if (system(command) != 0)
        fprintf(stderr, "torture-kills: %s stays behind\n", t.folder);
    return is_good ? 0 : 1;
}
