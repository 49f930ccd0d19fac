/*
 * bench-register - what a full register costs, beside an empty one in the same run:
 *
 *   P5     the first measure of bench-taps (UID answered -> synced -> greeting presented) at a
 *          station whose register has 100 000 people and about 5 000 000 visits, and at one with
 *          nobody's past; by turns, because machines are noisy
 *   P12    `perron verify` of it, and of that the folds alone
 *   hours  of a year of 2000 people, by person and in all groupings, and the house in figures
 *
 * The full register is perron demo's, of the seed that is printed. It ends long enough ago that
 * nothing of its calendar is on: both houses greet with the same screen. Times are printed beside
 * their bars and judged by whoever reads them; that the register holds and no tap is missed decides
 * the exit code.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/domain/day.h"
#include "app/store/facts.h"
#include "app/store/report.h"
#include "app/store/verify.h"
#include "app/venue.h"
#include "firmware/base/hash.h"
#include "tests/support/build.h"
#include "tests/support/real.h"
#include "tests/support/report.h"
#include "tests/support/tapper.h"

#define ROUNDS 4
#define WORSE_BAR 1.2
#define VERIFY_BAR 200000 /* facts a second, at least */
#define REPORT_BAR_MS 1000
#define REPORT_PEOPLE 2000
#define FIRST_NUMBER 1001 /* of perron demo */
#define UNTIL "2025-12-31"
#define YEAR_FROM 20250101
#define YEAR_TO 20251231

struct size {
    int people, years, taps; /* of each house */
};

struct bench {
    char folder[64], full[96], empty[96], year[96];
    char reader[160];
    unsigned long long seed;
    struct size size;
    struct tapper tapper;
    int failures;
};

static void require(struct bench *bench, bool is_true, const char *name, const char *what)
{
    bench->failures += report_failure_unless(is_true, name, what);
}

/* --- the houses --- */

static void make_demo(struct bench *bench, const char *data, int people, int years)
{
    char command[512];
    int64_t begun_ms = real_ms();
    snprintf(command, sizeof command,
             "%s/perron demo --data %s --people %d --years %d --seed %llu --until " UNTIL
             " | head -1",
             build_folder(), data, people, years, bench->seed);
    fflush(stdout);
    if (system(command) || access(data, F_OK)) {
        fputs("the house could not be made\n", stderr);
        exit(1);
    }
    fprintf(stderr, "%d people made in %.0f s\n", people, (double)(real_ms() - begun_ms) / 1000);
}

static struct snapshot *look(const char *data)
{
    char path[128];
    struct reason reason = {.text = ""};
    struct snapshot *snapshot;
    snprintf(path, sizeof path, "%s/perron.db", data);
    if (!snapshot_open(path, &snapshot, &reason))
        return snapshot;
    fprintf(stderr, "%s\n", reason.text);
    exit(1);
}

static void print_size(const char *data)
{
    struct snapshot_counts counts;
    struct snapshot *snapshot = look(data);
    if (!snapshot_counts(snapshot, INT64_MAX / 2, &counts))
        printf("full register: %lld people, %lld visits, %lld facts\n", (long long)counts.people,
               (long long)counts.visits, (long long)counts.facts);
    snapshot_close(snapshot);
}

/* --- P5 --- */

/* The whole way, and two parts of it: what the register does, and what the picture costs. */
struct taps {
    struct sample whole, stored, shown;
};

static int tap_some(struct bench *bench, const char *data, int first, struct taps *taps)
{
    int64_t us;
    int missed = 0;
    watched_start(&bench->tapper.station, data, bench->reader, NULL);
    watched_wait(&bench->tapper.station, "reader ready", 5000, &us);
    for (int i = 0; i < bench->size.taps / ROUNDS; i++) {
        struct tapped tapped;
        bool is_answered = tapper_tap(&bench->tapper, first + i, &tapped);
        if (is_answered && !tapper_is_early(&tapped)) {
            tapper_note(&taps->whole, pn532_sim_seen_us(bench->tapper.sim), tapped.presented_us);
            tapper_note(&taps->stored, tapped.badge_us, tapped.synced_us);
            tapper_note(&taps->shown, tapped.synced_us, tapped.presented_us);
        } else {
            missed++;
        }
        tapper_take_away(&bench->tapper);
        report_progress(data == bench->full ? "taps, full" : "taps, empty", i + 1,
                        bench->size.taps / ROUNDS);
    }
    watched_end(&bench->tapper.station, SIGTERM);
    return missed;
}

static void compare_taps(struct bench *bench)
{
    static struct taps empty, full;
    int missed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int first = round * (bench->size.taps / ROUNDS);
        missed += tap_some(bench, bench->empty, first, &empty);
        missed += tap_some(bench, bench->full, first, &full);
    }
    sample_print(&empty.whole, "P5", "UID answered -> greeting, nobody's past", 30, 60);
    sample_print(&full.whole, "P5", "the same with the full register", 30, 60);
    sample_print(&empty.stored, "P5", "of it badge -> synced, nobody's past", 30, 60);
    sample_print(&full.stored, "P5", "the same with the full register", 30, 60);
    sample_print(&empty.shown, "P5", "of it synced -> presented, nobody's past", 30, 60);
    sample_print(&full.shown, "P5", "the same with the full register", 30, 60);
    for (int i = 0; i < 2; i++) {
        double part = i ? 0.99 : 0.5, base = sample_at(&empty.whole, part);
        report_figure("P5", i ? "full : empty, p99" : "full : empty, p50",
                      base > 0 ? sample_at(&full.whole, part) / base : 0, WORSE_BAR, "times",
                      "empty register, same run");
    }
    require(bench, !missed, "P5", "no tap missed, none greeted before its sync");
}

/* --- P12 --- */

static void print_rate(const char *what, int64_t facts, int64_t us, const char *compared)
{
    double rate = us > 0 ? (double)facts * 1e6 / (double)us : 0;
    printf("P12  %-44s %10.0f facts/s (bar >= %d: %s; %s)\n", what, rate, VERIFY_BAR,
           rate >= VERIFY_BAR ? "met" : "UNDER", compared);
}

static void measure_verify(struct bench *bench)
{
    struct verify_result result;
    struct snapshot *snapshot = look(bench->full);
    int64_t begun_us = real_us();
    if (verify_run(snapshot, &result))
        result = (struct verify_result){.broken = 1};
    print_rate("verify, all of it", result.facts, real_us() - begun_us,
               "chain, times, folds and views");
    snapshot_close(snapshot);
    require(bench, verify_holds(&result), "P12", "the full register holds");
}

/* What verify spends on folding: each person's facts read beforehand, nothing compared. */
static void measure_folds(struct bench *bench)
{
    struct snapshot *snapshot = look(bench->full);
    struct db *db = snapshot_db(snapshot);
    struct facts facts = {.rows = NULL};
    struct facts_by_subject from = {.rows = NULL};
    int64_t folded_us = 0, count = 0;
    enum rc rc = facts_begin_subjects(db, (struct fact_id){0, 0}, &from);
    while (!rc && !(rc = facts_next_subject(db, &from, &facts))) {
        struct fold fold;
        if (fact_kind_about(facts.rows[0].kind) != FACT_ABOUT_PERSON)
            continue;
        int64_t begun_us = real_us();
        rc = fold_person(facts.rows, facts.count, &fold);
        folded_us += real_us() - begun_us;
        count += (int64_t)facts.count;
        if (!rc)
            fold_finish(&fold);
    }
    db_done(from.rows);
    facts_finish(&facts);
    snapshot_close(snapshot);
    print_rate("the folds alone", count, folded_us, "part of the line above");
    require(bench, rc == RC_EMPTY, "P12", "everybody could be folded");
}

/* --- reports --- */

static enum rc count_row(void *context, const struct report_row *row)
{
    *(int64_t *)context += row->volunteer_s + row->staff_s > 0;
    return RC_OK;
}

static void print_report(const char *what, int64_t begun_us)
{
    report_figure("", what, (double)(real_us() - begun_us) / 1000, REPORT_BAR_MS, "ms",
                  "of 2000 people");
}

/* By each grouping, and the house in figures; each as often as asked for at the command line. */
static void measure_reports(struct bench *bench, const char *data)
{
    static struct report_totals totals;
    struct snapshot *snapshot = look(data);
    struct db *db = snapshot_db(snapshot);
    const struct report_span span = {.first_day = YEAR_FROM,
                                     .last_day = YEAR_TO,
                                     .day_end_min = DAY_END_DEFAULT_MIN,
                                     .now_ms = INT64_MAX / 2};
    enum rc rc = RC_OK;
    int64_t people = 0;
    for (int by = 0; !rc && by < REPORT_BYS; by++) {
        char what[96];
        int64_t count = 0, begun_us = real_us();
        rc = report_hours(db, (enum report_by)by, &span, count_row, &count);
        snprintf(what, sizeof what, "hours of a year by %s, %lld rows",
                 report_by_name((enum report_by)by), (long long)count);
        print_report(what, begun_us);
        people = by == REPORT_BY_PERSON ? count : people;
    }
    int64_t begun_us = real_us();
    if (!rc)
        rc = report_house(db, &span, &totals);
    print_report("a year of the house in figures", begun_us);
    snapshot_close(snapshot);
    require(bench, !rc && people > REPORT_PEOPLE / 2, "", "most of them have hours");
}

static void usage(FILE *out)
{
    fputs("usage: bench-register [--ci] [--people N] [--years N] [--taps N] [--seed N]\n"
          "Measures P5, P12 and a report with a register of N people (100000; 2000 with --ci).\n",
          out);
}

static bool read_number(int argc, char **argv, int *at, const char *name, int *out_number)
{
    if (strcmp(argv[*at], name) != 0 || *at + 1 >= argc)
        return false;
    *out_number = (int)strtol(argv[++*at], NULL, 10);
    return true;
}

static int read_arguments(struct bench *bench, int argc, char **argv)
{
    bench->size = (struct size){100000, 2, 1000};
    bench->seed = random_seed() % 1000000;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            bench->size = (struct size){REPORT_PEOPLE, 1, 240};
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            bench->seed = strtoull(argv[++i], NULL, 10);
        } else if (!read_number(argc, argv, &i, "--people", &bench->size.people) &&
                   !read_number(argc, argv, &i, "--years", &bench->size.years) &&
                   !read_number(argc, argv, &i, "--taps", &bench->size.taps)) {
            bool is_help = !strcmp(argv[i], "--help");
            usage(is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    return -1;
}

static void make_houses(struct bench *bench)
{
    int taps = bench->size.taps < bench->size.people ? bench->size.taps : bench->size.people;
    bench->size.taps = taps;
    make_demo(bench, bench->full, bench->size.people, bench->size.years);
    print_size(bench->full);
    watched_give_badges(bench->folder, bench->full, FIRST_NUMBER, taps);
    watched_make_house(bench->folder, bench->empty, taps);
    if (bench->size.people != REPORT_PEOPLE)
        make_demo(bench, bench->year, REPORT_PEOPLE, 1);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    char link[96], command[128];
    int code = read_arguments(&bench, argc, argv);
    struct venue venue = venue_default();
    if (code >= 0)
        return code;
    if (hash_init())
        return 1;
    venue_use_time_zone(&venue);
    random_init(&bench.tapper.random, bench.seed);
    snprintf(bench.folder, sizeof bench.folder, "/tmp/perron-bench-XXXXXX");
    if (!mkdtemp(bench.folder))
        return 1;
    snprintf(link, sizeof link, "%s/pn532", bench.folder);
    snprintf(bench.full, sizeof bench.full, "%s/full", bench.folder);
    snprintf(bench.empty, sizeof bench.empty, "%s/empty", bench.folder);
    snprintf(bench.year, sizeof bench.year, "%s/year", bench.folder);
    snprintf(bench.reader, sizeof bench.reader, "pn532_uart:%s", link);
    if (pn532_sim_open(link, true, &bench.tapper.sim))
        return 1;
    printf("%ld cores, paced PN532 simulator, pictures by the processor, seed %llu\n",
           sysconf(_SC_NPROCESSORS_ONLN), bench.seed);
    make_houses(&bench);
    compare_taps(&bench);
    measure_verify(&bench);
    measure_folds(&bench);
    measure_reports(&bench, bench.size.people == REPORT_PEOPLE ? bench.full : bench.year);
    pn532_sim_close(bench.tapper.sim);
    snprintf(command, sizeof command, "rm -rf %s", bench.folder);
    if (system(command))
        fprintf(stderr, "bench-register: %s stays behind\n", bench.folder);
    return bench.failures > 0;
}
