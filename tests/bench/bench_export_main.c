/*
 * bench-export - what it costs to take a big register out, while people tap:
 *
 *   P11    about 1 000 000 visits as CSV, beside `sqlite3 -csv` of the same rows in the same run;
 *          as a workbook; and as all files at once, read back; what memory grows by; control: one
 *          that keeps every row
 *   P1     the first measure of bench-taps meanwhile: UID answered -> synced -> greeting presented
 *
 * The register is perron demo's, of the seed that is printed. Each export is a process of its own,
 * so that its memory is its own. Times are printed beside their bars and judged by whoever reads
 * them; that memory stays flat and no tap is missed decides the exit code.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/exchange/register.h"
#include "app/export.h"
#include "firmware/base/hash.h"
#include "tests/support/build.h"
#include "tests/support/real.h"
#include "tests/support/report.h"
#include "tests/support/tapper.h"

#define CSV_BAR 2.0
#define WORKBOOK_BAR_MS 20000
#define GROWTH_BAR_KIB (24 << 10) /* 8 MiB of SQLite's pages, for two connections, and buffers */
#define FIRST_NUMBER 1001         /* of perron demo */
#define UNTIL "2025-12-31"
#define KEPT_ROWS 200000

struct size {
    int people, years, taps;
};

struct bench {
    char folder[64], data[96], out[96];
    char reader[160];
    const char *house; /* a data folder to copy; NULL: one is made */
    unsigned long long seed;
    struct size size;
    struct venue venue;
    struct tapper tapper;
    int missed;
    struct sample alone, beside;
    int failures;
};

static void require(struct bench *bench, bool is_true, const char *name, const char *what)
{
    bench->failures += report_failure_unless(is_true, name, what);
}

static void run_command(const char *command)
{
    fflush(stdout);
    if (system(command)) {
        fprintf(stderr, "bench-export: failed: %s\n", command);
        exit(1);
    }
}

static void make_house(struct bench *bench)
{
    char command[512];
    if (bench->house)
        snprintf(command, sizeof command, "cp -a '%s' %s", bench->house, bench->data);
    else
        snprintf(command, sizeof command,
                 "%s/perron demo --data %s --people %d --years %d --seed %llu --until " UNTIL
                 " | head -1",
                 build_folder(), bench->data, bench->size.people, bench->size.years, bench->seed);
    run_command(command);
    watched_give_badges(bench->folder, bench->data, FIRST_NUMBER, bench->size.people);
}

/* --- what is measured, in a process of its own --- */

struct measured {
    int64_t us, rows, bytes, growth_kib;
    bool is_whole;
};

static int64_t peak_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static enum rc put_file(void *context, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length ? RC_OK : RC_IO;
}

/* The table alone, into a file, as sqlite3 does it. */
static bool write_csv(struct bench *bench, struct measured *measured)
{
    char path[128];
    struct snapshot *snapshot;
    struct reason reason;
    snprintf(path, sizeof path, "%s/perron.db", bench->data);
    if (snapshot_open(path, &snapshot, &reason))
        return false;
    snprintf(path, sizeof path, "%s/visits.csv", bench->folder);
    FILE *file = fopen(path, "w");
    const struct register_source source = {.snapshot = snapshot,
                                           .now_ms = INT64_MAX / 2,
                                           .first_day = REPORT_FIRST_DAY,
                                           .last_day = REPORT_LAST_DAY};
    const struct sink sink = {file, put_file};
    enum rc rc =
        file ? register_write(REGISTER_VISITS, CSV_PROFILE_STRICT, &source, &sink, &measured->rows)
             : RC_IO;
    bool is_whole = file && !fclose(file) && !rc;
    snapshot_close(snapshot);
    return is_whole;
}

static bool export_files(struct bench *bench, unsigned files, struct measured *measured)
{
    struct export_job job = {
        .data = bench->data,
        .root = bench->out,
        .venue = &bench->venue,
        .now = {.wall_ms = INT64_C(1795737600000)},
        .choice = {.span = EXPORT_EVERYTHING, .files = files, .profile = CSV_PROFILE_STRICT}};
    struct export_result result;
    struct reason reason = {.text = ""};
    if (export_run(&job, NULL, &result, &reason)) {
        fprintf(stderr, "%s\n", reason.text);
        return false;
    }
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        measured->rows += result.rows[file] > 0 ? result.rows[file] : 0;
    measured->bytes = result.bytes;
    return true;
}

static bool export_workbook(struct bench *bench, struct measured *measured)
{
    return export_files(bench, 1u << EXPORT_WORKBOOK, measured);
}

static bool export_all(struct bench *bench, struct measured *measured)
{
    return export_files(bench, EXPORT_ALL_FILES, measured);
}

static enum rc keep_row(void *context, const struct snapshot_visit *row)
{
    struct measured *measured = context;
    struct snapshot_visit *kept = malloc(sizeof *kept);
    if (kept)
        *kept = *row;
    return !kept || ++measured->rows == KEPT_ROWS ? RC_EMPTY : RC_OK;
}

/* What would grow. */
static bool keep_rows(struct bench *bench, struct measured *measured)
{
    char path[128];
    struct snapshot *snapshot;
    struct reason reason;
    snprintf(path, sizeof path, "%s/perron.db", bench->data);
    if (snapshot_open(path, &snapshot, &reason))
        return false;
    (void)!snapshot_visits(snapshot, INT64_MIN, INT64_MAX, INT64_MAX / 2, keep_row, measured);
    snapshot_close(snapshot);
    return true;
}

static pid_t begin(struct bench *bench, bool (*work)(struct bench *, struct measured *),
                   int *out_result)
{
    int ends[2];
    fflush(stdout);
    if (pipe(ends))
        exit(1);
    pid_t child = fork();
    if (child == 0) {
        struct measured measured = {.us = real_us()};
        int64_t before_kib = peak_kib();
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        measured.is_whole = work(bench, &measured);
        measured.us = real_us() - measured.us;
        measured.growth_kib = peak_kib() - before_kib;
        _exit(write(ends[1], &measured, sizeof measured) != sizeof measured);
    }
    close(ends[1]);
    *out_result = ends[0];
    return child;
}

static struct measured end(pid_t child, int result)
{
    struct measured measured = {.is_whole = false};
    if (read(result, &measured, sizeof measured) != sizeof measured)
        measured.is_whole = false;
    close(result);
    waitpid(child, NULL, 0);
    return measured;
}

static struct measured measure(struct bench *bench, bool (*work)(struct bench *, struct measured *))
{
    int result;
    pid_t child = begin(bench, work, &result);
    return end(child, result);
}

/* --- P11 --- */

/* As sqlite3(1) has it, of the columns that visits.csv has. */
static int64_t measure_sqlite(struct bench *bench)
{
    char command[1400];
    snprintf(command, sizeof command,
             "sqlite3 -csv -header %s/perron.db \"SELECT printf('%%x-%%d', v.station, v.seq),"
             " printf('%%x-%%d', p.station, p.seq), p.number, p.last_name, p.first_name,"
             " coalesce(n.name, ''), v.day, v.is_staff, v.kind,"
             " strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', v.arrived_ms / 1000, 'unixepoch'),"
             " strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', v.left_ms / 1000, 'unixepoch'),"
             " (SELECT coalesce(sum(t.seconds), 0) FROM stint t WHERE"
             "  t.person_station=v.person_station AND t.person_seq=v.person_seq"
             "  AND t.station=v.station AND t.seq=v.seq),"
             " v.how_in, v.how_out, v.is_doubtful_in, v.guests, v.children FROM visit v"
             " LEFT JOIN person p ON p.station=v.person_station AND p.seq=v.person_seq"
             " LEFT JOIN organisation n ON n.station=v.organisation_station"
             "  AND n.seq=v.organisation_seq ORDER BY v.arrived_ms, v.station, v.seq\""
             " > %s/sqlite.csv",
             bench->data, bench->folder);
    int64_t begun_us = real_us();
    run_command(command);
    return real_us() - begun_us;
}

static void judge_memory(struct bench *bench, const char *what, const struct measured *measured)
{
    char told[96];
    snprintf(told, sizeof told, "memory of %s grows by", what);
    bool is_flat = report_figure("P11", told, (double)measured->growth_kib, GROWTH_BAR_KIB, "KiB",
                                 "the most at any time");
    require(bench, measured->is_whole && is_flat, "P11", "whole, and memory stays flat");
}

static void measure_csv(struct bench *bench)
{
    char what[96];
    struct measured csv = measure(bench, write_csv);
    int64_t sqlite_us = measure_sqlite(bench);
    snprintf(what, sizeof what, "%lld visits as CSV : sqlite3 -csv", (long long)csv.rows);
    printf("P11  CSV %.2f s, sqlite3 -csv %.2f s\n", (double)csv.us / 1e6, (double)sqlite_us / 1e6);
    report_figure("P11", what, (double)csv.us / (double)sqlite_us, CSV_BAR, "times",
                  "the same rows, same run");
    judge_memory(bench, "CSV", &csv);
}

static void measure_workbook(struct bench *bench)
{
    struct measured workbook = measure(bench, export_workbook);
    report_figure("P11", "the same as a workbook, read back", (double)workbook.us / 1000,
                  WORKBOOK_BAR_MS, "ms", "visits, hours, tasks, people, months");
    judge_memory(bench, "the workbook", &workbook);
}

static void check_control(struct bench *bench)
{
    struct measured kept = measure(bench, keep_rows);
    require(bench, kept.growth_kib > GROWTH_BAR_KIB || kept.rows < KEPT_ROWS / 4, "P11",
            "control: one that keeps every row is found");
}

/* --- P1 meanwhile --- */

static void tap(struct bench *bench, int person, struct sample *sample)
{
    struct tapped tapped;
    bool is_answered = tapper_tap(&bench->tapper, person % bench->size.people, &tapped);
    if (is_answered && !tapper_is_early(&tapped))
        tapper_note(sample, pn532_sim_seen_us(bench->tapper.sim), tapped.presented_us);
    else
        bench->missed++;
    tapper_take_away(&bench->tapper);
}

static void measure_beside(struct bench *bench)
{
    int64_t us;
    int result, person = 0, status;
    watched_start(&bench->tapper.station, bench->data, bench->reader, NULL);
    watched_wait(&bench->tapper.station, "reader ready", 20000, &us);
    for (; person < bench->size.taps; person++)
        tap(bench, person, &bench->alone);
    pid_t child = begin(bench, export_all, &result);
    while (waitpid(child, &status, WNOHANG) == 0)
        tap(bench, person++, &bench->beside);
    struct measured all = end(child, result);
    watched_end(&bench->tapper.station, SIGTERM);
    printf("P11  everything, taps meanwhile: %.1f s, %.0f MB, read back\n", (double)all.us / 1e6,
           (double)all.bytes / 1e6);
    judge_memory(bench, "all of it", &all);
    sample_print(&bench->alone, "P1", "UID answered -> greeting, nothing besides", 30, 60);
    sample_print(&bench->beside, "P1", "the same while everything is taken out", 30, 60);
    require(bench, !bench->missed, "P1", "no tap missed, none greeted before its sync");
}

static void usage(FILE *out)
{
    fputs(
        "usage: bench-export [--ci] [--people N] [--years N] [--taps N] [--seed N]\n"
        "                    [--house DIR]\n"
        "Measures P11, and P1 meanwhile, with a register of N people (16000; 1000 with --ci). DIR\n"
        "is a data folder that perron demo made for so many: it is copied, and none is made.\n",
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
    bench->size = (struct size){16000, 2, 200};
    bench->seed = random_seed() % 1000000;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            bench->size = (struct size){1000, 1, 60};
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            bench->seed = strtoull(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--house") && i + 1 < argc) {
            bench->house = argv[++i];
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

int main(int argc, char **argv)
{
    static struct bench bench;
    char link[96], command[128];
    int code = read_arguments(&bench, argc, argv);
    if (code >= 0)
        return code;
    if (hash_init())
        return 1;
    bench.venue = venue_default();
    venue_use_time_zone(&bench.venue);
    random_init(&bench.tapper.random, bench.seed);
    snprintf(bench.folder, sizeof bench.folder, "/tmp/perron-bench-XXXXXX");
    if (!mkdtemp(bench.folder))
        return 1;
    snprintf(link, sizeof link, "%s/pn532", bench.folder);
    snprintf(bench.data, sizeof bench.data, "%s/data", bench.folder);
    snprintf(bench.out, sizeof bench.out, "%s", bench.folder);
    snprintf(bench.reader, sizeof bench.reader, "pn532_uart:%s", link);
    printf("%ld cores, seed %llu\n", sysconf(_SC_NPROCESSORS_ONLN), bench.seed);
    make_house(&bench);
    measure_csv(&bench);
    measure_workbook(&bench);
    check_control(&bench);
    if (pn532_sim_open(link, true, &bench.tapper.sim))
        return 1;
    measure_beside(&bench);
    pn532_sim_close(bench.tapper.sim);
    snprintf(command, sizeof command, "rm -rf --one-file-system %s", bench.folder);
    if (system(command))
        fprintf(stderr, "bench-export: %s stays behind\n", bench.folder);
    return bench.failures > 0;
}
