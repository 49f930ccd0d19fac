/*
 * torture-cuts - R1: the power is cut at a random operation of the disk while people tap, press,
 * undo and are added; then the register is opened again. Nothing may be corrupt, and nothing that
 * was told may be missing. Two controls in the same run must fail: synchronous=NORMAL must lose
 * what was told, syncs that do nothing (OFF) must corrupt or lose.
 */
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/fault_vfs.h"
#include "tests/support/torture_house.h"

#define ACTS 12

static bool is_normal; /* the control: FULL becomes NORMAL where the product asks for it */

int sqlite3_exec(struct sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **),
                 void *context, char **error);

/* Stands before SQLite's own, so that no switch in the product can weaken it. */
int sqlite3_exec(struct sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **),
                 void *context, char **error)
{
    int (*real)(struct sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *,
                char **);
    *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_exec");
    int result = real(db, sql, row, context, error);
    if (!result && is_normal && strstr(sql, "synchronous=EXTRA"))
        result = real(db, "PRAGMA synchronous=NORMAL", NULL, NULL, NULL);
    return result;
}

struct tally {
    const char *name;
    long cuts, corrupt, losing, lost;
    double seconds;
    char what[160];
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* One life: open, some acts, dark; then light, and a look. */
static void cut_once(struct torture_house *house, long operations, struct tally *tally)
{
    struct torture_findings findings = {.is_corrupt = true, .what = "it cannot be opened"};
    fault_vfs_recall();
    house->told_count = 0;
    fault_vfs_cut_at(1 + (long)random_below(&house->random, (uint64_t)operations));
    if (torture_house_open(house) == RC_OK) {
        for (int i = 0; i < ACTS && !fault_vfs_is_cut(); i++)
            torture_house_act(house);
        torture_house_close(house);
    }
    fault_vfs_power_on((enum fault_vfs_cut)random_below(&house->random, FAULT_VFS_CUTS),
                       &house->random);
    if (torture_house_open(house) == RC_OK) {
        torture_house_judge(house, &findings);
        torture_house_close(house);
    }
    tally->cuts++;
    tally->corrupt += findings.is_corrupt;
    tally->losing += findings.lost > 0;
    tally->lost += findings.lost;
    if (findings.what[0] && !tally->what[0])
        snprintf(tally->what, sizeof tally->what, "%s", findings.what);
}

/* How many operations a life without a cut has. */
static long measure(struct torture_house *house)
{
    fault_vfs_recall();
    if (torture_house_open(house))
        return 1;
    for (int i = 0; i < ACTS; i++)
        torture_house_act(house);
    torture_house_close(house);
    return fault_vfs_operations();
}

static void run(struct torture_house *house, struct tally *tally, long cuts)
{
    double begun = now_s();
    long operations = measure(house);
    for (long i = 0; i < cuts; i++) {
        cut_once(house, operations, tally);
        if (i % 500 == 499)
            fprintf(stderr, "\r%s: %ld of %ld cuts", tally->name, i + 1, cuts);
    }
    fputc('\n', stderr);
    tally->seconds = now_s() - begun;
}

static void print(const struct tally *tally)
{
    printf("%-28s %7ld cuts  %6ld corrupt  %6ld lost (%ld lives)  %6.0f cuts/s  %s\n", tally->name,
           tally->cuts, tally->corrupt, tally->lost, tally->losing,
           (double)tally->cuts / tally->seconds, tally->what);
}

int main(int argc, char **argv)
{
    static struct torture_house house;
    struct tally full = {.name = "synchronous=EXTRA"};
    struct tally normal = {.name = "control: NORMAL"};
    struct tally off = {.name = "control: syncs do nothing"};
    long cuts = 100000;
    uint64_t seed = random_seed();
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            cuts = 10000;
        } else if (!strcmp(argv[i], "--cuts") && i + 1 < argc) {
            cuts = strtol(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            seed = strtoull(argv[++i], NULL, 10);
        } else {
            bool is_help = !strcmp(argv[i], "--help");
            fputs("usage: torture-cuts [--ci] [--cuts N] [--seed N]\n"
                  "Cuts the power N times (100000; 10000 with --ci) and looks what is left.\n",
                  is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    printf("seed %llu, a life is %d acts, disk in memory with %s\n", (unsigned long long)seed, ACTS,
           "512-byte sectors lost, torn or kept");
    torture_house_make(&house, seed);
    run(&house, &full, cuts);
    print(&full);
    is_normal = true;
    run(&house, &normal, cuts / 50 + 100);
    print(&normal);
    is_normal = false;
    fault_vfs_ignore_syncs(true);
    run(&house, &off, cuts / 50 + 100);
    print(&off);
    bool is_met = !full.corrupt && !full.lost;
    bool are_controls_caught = normal.lost > 0 && (off.corrupt > 0 || off.lost > 0);
    printf("nothing corrupt and nothing told lost: %s; controls caught: %s\n",
           is_met ? "yes" : "NO", are_controls_caught ? "yes" : "NO");
    clock_close(house.clock);
    return !is_met || !are_controls_caught;
}
