/*
 * bench-taps - from the badge to the picture: a whole station, the real perron-reader and libnfc,
 * the paced PN532 simulator (115200 baud and a model of the radio), real syncs, real pictures.
 *
 *   P1   the reader's answer with the UID -> fact synced -> greeting presented
 *   P2   no greeting before its sync; the control opens the database with synchronous=OFF
 *   P3   a card arriving at a random instant -> seen by the station
 *   P4   60 badges a minute (for an hour), ten a second (for ten minutes): none missed, none twice
 *   P6   every sync 20 ms slower; then one that stalls for two seconds
 *   P10  exec -> first picture -> ready for a tap, with and without a reader; with a boot partition
 *        that has a house's files and its whole list of people, all known, and then all new
 *
 * Times are printed beside their bars and judged by whoever reads them: machines are noisy. What is
 * not a matter of time (P2 and its control, P4, nothing lost in P6) decides the exit code.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/store/snapshot.h"
#include "firmware/base/hash.h"
#include "tests/support/real.h"
#include "tests/support/report.h"
#include "tests/support/tapper.h"

struct bench {
    char folder[64];
    int people;
    char reader[160];
    struct tapper tapper;
    int failures;
};

/* --- figures --- */

static void require(struct bench *bench, bool is_true, const char *name, const char *what)
{
    bench->failures += report_failure_unless(is_true, name, what);
}

/* --- the measurements --- */

static void measure_taps(struct bench *bench, const char *data, int taps)
{
    static struct sample p1, p3;
    int early = 0, missed = 0;
    watched_start(&bench->tapper.station, data, bench->reader, NULL);
    int64_t us;
    watched_wait(&bench->tapper.station, "reader ready", 5000, &us);
    for (int i = 0; i < taps; i++) {
        struct tapped tap;
        if (!tapper_tap(&bench->tapper, i, &tap)) {
            missed++;
            continue;
        }
        tapper_note(&p1, pn532_sim_seen_us(bench->tapper.sim), tap.presented_us);
        tapper_note(&p3, tap.tapped_us, tap.seen_us);
        early += tapper_is_early(&tap);
        tapper_take_away(&bench->tapper);
        if (i % 100 == 99)
            fprintf(stderr, "\r%d of %d taps", i + 1, taps);
    }
    fputc('\n', stderr);
    watched_end(&bench->tapper.station, SIGTERM);
    sample_print(&p1, "P1", "UID answered -> synced -> greeting presented", 30, 60);
    sample_print(&p3, "P3", "card at a random instant -> seen", 0, 40);
    require(bench, early == 0 && missed == 0, "P2", "no greeting before its sync");
}

static void measure_control(struct bench *bench, const char *data, int taps)
{
    const char *const off[] = {"PERRON_SYNCHRONOUS_OFF", "1", NULL};
    int early = 0;
    int64_t us;
    watched_start(&bench->tapper.station, data, bench->reader, off);
    watched_wait(&bench->tapper.station, "reader ready", 5000, &us);
    for (int i = 0; i < taps; i++) {
        struct tapped tap;
        if (tapper_tap(&bench->tapper, bench->people - 1 - i, &tap))
            early += tapper_is_early(&tap);
        tapper_take_away(&bench->tapper);
    }
    watched_end(&bench->tapper.station, SIGTERM);
    require(bench, early > 0, "P2", "control: with synchronous=OFF greetings come too early");
}

static void measure_slow(struct bench *bench, const char *data, int taps)
{
    static struct sample p6;
    char stall_file[128];
    snprintf(stall_file, sizeof stall_file, "%s/stall", bench->folder);
    const char *const slow[] = {"PERRON_SYNC_DELAY_MS",
                                "20",
                                "PERRON_SYNC_STALL_FILE",
                                stall_file,
                                "PERRON_SYNC_STALL_MS",
                                "2000",
                                NULL};
    struct tapped tap;
    int64_t us;
    bool is_lost = false;
    watched_start(&bench->tapper.station, data, bench->reader, slow);
    watched_wait(&bench->tapper.station, "reader ready", 5000, &us);
    for (int i = 0; i < taps; i++) {
        is_lost |= !tapper_tap(&bench->tapper, i, &tap);
        tapper_note(&p6, pn532_sim_seen_us(bench->tapper.sim), tap.presented_us);
        tapper_take_away(&bench->tapper);
    }
    close(open(stall_file, O_WRONLY | O_CREAT, 0600));
    is_lost |= !tapper_tap(&bench->tapper, taps, &tap);
    tapper_take_away(&bench->tapper);
    watched_end(&bench->tapper.station, SIGTERM);
    sample_print(&p6, "P6", "the same, every sync 20 ms slower", 0, 100);
    printf("P6   one sync stalls for 2 s: answered after %.1f ms, %d pictures meanwhile\n",
           (double)(tap.presented_us - tap.tapped_us) / 1000, tap.frames);
    require(bench, !is_lost && tap.frames >= 3, "P6", "no tap lost, and the screen went on");
}

static int64_t count_facts(const char *data)
{
    char path[128];
    struct snapshot *snapshot;
    int64_t count = -1;
    snprintf(path, sizeof path, "%s/perron.db", data);
    if (snapshot_open(path, &snapshot, NULL))
        return -1;
    (void)!db_number(snapshot_db(snapshot), &count, "SELECT count(*) FROM fact WHERE kind=9");
    snapshot_close(snapshot);
    return count;
}

/* The script of P4: a badge each `every_ms`, held for a while, nobody waits for the picture. */
static void measure_flow(struct bench *bench, const char *data, int taps, int every_ms)
{
    char what[96], text[256];
    int64_t us;
    int64_t before = count_facts(data);
    watched_start(&bench->tapper.station, data, bench->reader, NULL);
    watched_wait(&bench->tapper.station, "reader ready", 5000, &us);
    int64_t begun_us = real_us();
    for (int i = 0; i < taps; i++) {
        uint8_t uid[WATCHED_UID_BYTES];
        watched_uid(i, uid);
        int64_t slot_us = begun_us + (int64_t)i * every_ms * 1000;
        while (real_us() < slot_us)
            usleep(500);
        pn532_sim_tap(bench->tapper.sim, uid, sizeof uid);
        if (every_ms > 500) {
            usleep(200000 + random_below(&bench->tapper.random, 500000));
            pn532_sim_remove(bench->tapper.sim);
        }
        while (watched_next(&bench->tapper.station, 0, &us, text, sizeof text))
            ;
        if (i % 100 == 99)
            fprintf(stderr, "\r%d of %d badges", i + 1, taps);
    }
    fputc('\n', stderr);
    usleep(500000);
    pn532_sim_remove(bench->tapper.sim);
    watched_end(&bench->tapper.station, SIGTERM);
    int64_t counted = count_facts(data) - before;
    snprintf(what, sizeof what, "%d badges, %d a minute: %lld counted", taps, 60000 / every_ms,
             (long long)counted);
    require(bench, counted == taps, "P4", what);
}

static void measure_start(struct bench *bench, const char *data, int starts)
{
    static struct sample first, ready, alone;
    int64_t us;
    for (int i = 0; i < starts; i++) {
        watched_start(&bench->tapper.station, data, bench->reader, NULL);
        if (watched_wait(&bench->tapper.station, "present ", 5000, &us))
            tapper_note(&first, bench->tapper.station.exec_us, us);
        if (watched_wait(&bench->tapper.station, "reader ready", 5000, &us))
            tapper_note(&ready, bench->tapper.station.exec_us, us);
        watched_end(&bench->tapper.station, SIGTERM);
        pn532_sim_unplug(bench->tapper.sim);
        watched_start(&bench->tapper.station, data, bench->reader, NULL);
        if (watched_wait(&bench->tapper.station, "present resting", 5000, &us))
            tapper_note(&alone, bench->tapper.station.exec_us, us);
        watched_end(&bench->tapper.station, SIGTERM);
        if (pn532_sim_plug(bench->tapper.sim))
            bench->failures++;
        usleep(20000);
    }
    sample_print(&first, "P10", "exec -> first picture", 0, 300);
    sample_print(&ready, "P10", "exec -> ready for a tap", 0, 500);
    sample_print(&alone, "P10", "exec -> resting screen, no reader", 0, 500);
}

/* A house's files as they come along, and its people. `start` makes their names others. */
static void write_card(const char *card, int people, int start)
{
    char command[256], path[160];
    snprintf(command, sizeof command,
             "mkdir -p %s/perron && cp -r app/share/venue/welcome %s/perron", card, card);
    if (system(command))
        return;
    snprintf(path, sizeof path, "%s/perron/perron.conf", card);
    FILE *conf = fopen(path, "w");
    fprintf(conf, "[venue]\nname = House %d\n", start);
    fclose(conf);
    snprintf(path, sizeof path, "%s/people.csv", card);
    FILE *list = fopen(path, "w");
    fputs("number;first_name;last_name\n", list);
    for (int i = 1; i <= people; i++)
        fprintf(list, "%d;Somebody;Number %d of %d\n", i, i, start);
    fclose(list);
}

/* The reader is ready and the card is read, whichever comes first. */
static void note_either(struct watched *station, struct sample *ready, struct sample *taken)
{
    char text[256];
    int64_t us;
    for (int left = 2; left && watched_next(station, 10000, &us, text, sizeof text);) {
        bool is_ready = strncmp(text, "reader ready", 12) == 0;
        if (!is_ready && strcmp(text, "card done") != 0)
            continue;
        tapper_note(is_ready ? ready : taken, station->exec_us, us);
        left--;
    }
}

static void measure_card(struct bench *bench, const char *data, int starts)
{
    static struct sample first, ready, first_new, ready_new, taken_new;
    struct watched *station = &bench->tapper.station;
    char card[96];
    int64_t us;
    snprintf(card, sizeof card, "%s/card", bench->folder);
    station->boot = card;
    for (int i = 0; i < starts; i++) {
        write_card(card, bench->people, i);
        watched_start(station, data, bench->reader, NULL);
        if (watched_wait(station, "present ", 5000, &us))
            tapper_note(&first_new, station->exec_us, us);
        note_either(station, &ready_new, &taken_new);
        watched_end(station, SIGTERM);
        watched_start(station, data, bench->reader, NULL);
        if (watched_wait(station, "present ", 5000, &us))
            tapper_note(&first, station->exec_us, us);
        if (watched_wait(station, "reader ready", 5000, &us))
            tapper_note(&ready, station->exec_us, us);
        watched_end(station, SIGTERM);
    }
    station->boot = NULL;
    sample_print(&first, "P10", "nothing new on the card: first picture", 0, 300);
    sample_print(&ready, "P10", "nothing new on the card: ready for a tap", 0, 500);
    sample_print(&first_new, "P10", "all new on the card: first picture", 0, 300);
    sample_print(&ready_new, "P10", "all new on the card: ready for a tap", 0, 0);
    sample_print(&taken_new, "P10", "all new on the card: all of it taken", 0, 0);
}

static void usage(FILE *out)
{
    fputs("usage: bench-taps [--ci] [--taps N] [--starts N] [--seed N]\n"
          "Measures P1, P2, P3, P4, P6 and P10 over N taps (10000; 300 with --ci); with --starts "
          "P10\n"
          "alone, over N starts.\n",
          out);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    char link[96], data[6][96];
    int taps = 10000, starts = 0;
    uint64_t seed = random_seed();
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            taps = 300;
        } else if (!strcmp(argv[i], "--taps") && i + 1 < argc) {
            taps = (int)strtol(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--starts") && i + 1 < argc) {
            starts = (int)strtol(argv[++i], NULL, 10);
            taps = 300;
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            seed = strtoull(argv[++i], NULL, 10);
        } else {
            bool is_help = !strcmp(argv[i], "--help");
            usage(is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    if (hash_init())
        return 1;
    bench.people = taps + 100;
    random_init(&bench.tapper.random, seed);
    snprintf(bench.folder, sizeof bench.folder, "/tmp/perron-bench-XXXXXX");
    if (!mkdtemp(bench.folder))
        return 1;
    snprintf(link, sizeof link, "%s/pn532", bench.folder);
    for (int i = 0; i < 6; i++) {
        snprintf(data[i], sizeof data[i], "%s/data%d", bench.folder, i);
        watched_make_house(bench.folder, data[i], bench.people);
    }
    snprintf(bench.reader, sizeof bench.reader, "pn532_uart:%s", link);
    if (pn532_sim_open(link, true, &bench.tapper.sim))
        return 1;
    printf("%ld cores, paced PN532 simulator, pictures by the processor, seed %llu\n",
           sysconf(_SC_NPROCESSORS_ONLN), (unsigned long long)seed);
    if (!starts) {
        measure_taps(&bench, data[0], taps);
        measure_control(&bench, data[1], 10);
        measure_slow(&bench, data[2], taps / 10 + 5);
        measure_flow(&bench, data[3], taps < 6000 ? taps : 6000, 100);
        measure_flow(&bench, data[4], taps < 10000 ? taps / 10 : 3600, 1000);
    }
    measure_start(&bench, data[5], starts ? starts : 5);
    measure_card(&bench, data[5], starts ? starts : 5);
    pn532_sim_close(bench.tapper.sim);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", bench.folder);
    if (system(command))
        fprintf(stderr, "bench-taps: %s stays behind\n", bench.folder);
    return bench.failures > 0;
}
