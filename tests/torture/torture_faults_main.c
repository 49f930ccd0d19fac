/*
 * torture-faults - R3 and R5: the Nth operation of the disk fails, once or from then on, with an
 * error of the device, a full disk or a read-only one; N = 1, 2, ... until a life meets none. The
 * station must not crash, must not tell what is not there, must hold afterwards and go on working.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/fault_vfs.h"
#include "tests/support/torture_house.h"

#define ACTS 10

struct kind {
    const char *name;
    int result;
    bool is_lasting;
};

static const struct kind kinds[] = {
    {"device error, once", SQLITE_IOERR, false}, {"device error, lasting", SQLITE_IOERR, true},
    {"disk full, once", SQLITE_FULL, false},     {"disk full, lasting", SQLITE_FULL, true},
    {"read-only, once", SQLITE_READONLY, false}, {"read-only, lasting", SQLITE_READONLY, true},
};

struct tally {
    long lives, corrupt, lost, refused, unhealed;
    char what[240];
};

/* The fault is over: the same register has to take facts again, without being opened anew. */
static bool heals(struct torture_house *house)
{
    int told = house->told_count;
    for (int i = 0; i < 60 && house->told_count == told; i++)
        torture_house_act(house);
    return house->told_count > told;
}

/* One life with a fault at operation `n`. False: it met none. */
static bool live(struct torture_house *house, const struct kind *kind, long n, struct tally *tally)
{
    struct torture_findings findings = {.is_corrupt = true, .what = "it cannot be opened"};
    fault_vfs_recall();
    house->told_count = 0;
    house->refused = 0;
    fault_vfs_fail_at(n, kind->result, kind->is_lasting);
    bool is_open = torture_house_open(house) == RC_OK;
    for (int i = 0; is_open && i < ACTS; i++)
        torture_house_act(house);
    bool has_failed = fault_vfs_has_failed();
    fault_vfs_fail_at(0, 0, false);
    if (is_open) {
        tally->unhealed += !heals(house);
        torture_house_close(house);
    }
    fault_vfs_power_on(FAULT_VFS_LOSE, &house->random);
    if (torture_house_open(house) == RC_OK) {
        torture_house_judge(house, &findings);
        torture_house_close(house);
    }
    tally->lives++;
    tally->corrupt += findings.is_corrupt;
    tally->lost += findings.lost;
    tally->refused += house->refused;
    if (findings.what[0] && !tally->what[0])
        snprintf(tally->what, sizeof tally->what, "%s (n = %ld)", findings.what, n);
    return has_failed;
}

static bool run(struct torture_house *house, const struct kind *kind, long step)
{
    struct tally tally = {.lives = 0};
    for (long n = 1, clean = 0; clean < 3 && n < 100000; n += step) {
        /* lives differ a little in length: three without a fault are the end */
        clean = live(house, kind, n, &tally) ? 0 : clean + 1;
        if (tally.lives % 50 == 0)
            fprintf(stderr, "\r%s: %ld lives", kind->name, tally.lives);
    }
    fputc('\n', stderr);
    bool is_met = !tally.corrupt && !tally.lost && !tally.unhealed && tally.refused > 0;
    printf(
        "%-24s %5ld lives  %4ld corrupt  %4ld told and lost  %6ld refused  %4ld unhealed  %s %s\n",
        kind->name, tally.lives, tally.corrupt, tally.lost, tally.refused, tally.unhealed,
        is_met ? "" : "NO", tally.what);
    return is_met;
}

int main(int argc, char **argv)
{
    static struct torture_house house;
    uint64_t seed = random_seed();
    long step = 1;
    bool is_met = true;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            step = 3;
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            seed = strtoull(argv[++i], NULL, 10);
        } else {
            bool is_help = !strcmp(argv[i], "--help");
            fputs("usage: torture-faults [--ci] [--seed N]\n"
                  "Lets the Nth operation of the disk fail, for every N (every third with --ci).\n",
                  is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    printf("seed %llu, a life is %d acts\n", (unsigned long long)seed, ACTS);
    torture_house_make(&house, seed);
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        is_met &= run(&house, &kinds[i], step);
    printf("no crash, nothing told that is not there, healed every time: %s\n",
           is_met ? "yes" : "NO");
    clock_close(house.clock);
    return !is_met;
}
