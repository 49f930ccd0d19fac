/*
 * torture-cuts - R1: the power goes at a random operation of the disk, again and again, while
 * people tap, undo, are imported and erased. After each cut the register must open, hold, and have
 * all that anybody was told; what was refused must not count.
 *
 * Two controls run with it and must fail, or the check proves nothing: the same with
 * synchronous=NORMAL must lose greeted taps, with OFF it must lose or corrupt.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include <sqlite3.h>

#include "tests/support/evening.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/options.h"
#include "tests/support/real.h"

#define DATABASE "/data/perron.db"
#define CUTS_PER_HOUSE 100
#define OPERATIONS_TO_CUT 90

struct variant {
    const char *name;
    const char *synchronous; /* NULL: as the store sets it */
    bool is_first_start;     /* the cut comes while the database is made */
    int share;               /* one cut in so many of --cuts */
    bool must_fail;
};

static const struct variant variants[] = {
    {"as it is", NULL, false, 1, false},
    {"first start", NULL, true, 10, false},
    {"control: NORMAL", "NORMAL", false, 20, true},
    {"control: OFF", "OFF", false, 20, true},
};

struct tally {
    long cuts;
    long corrupt, lost, counted;
    double seconds;
    char first[200];
};

static void add(struct tally *tally, const struct evening_loss *loss)
{
    tally->corrupt += loss->corrupt != 0;
    tally->lost += loss->lost != 0;
    tally->counted += loss->counted != 0;
    if (!tally->first[0])
        memcpy(tally->first, loss->first, sizeof tally->first);
}

/* People tap until the power is gone. */
static void live(struct evening *evening)
{
    struct house *house = evening->house;
    if (random_below(&evening->random, 4) == 0) { /* the cut may come while it starts */
        evening_pause(evening);
        house_stop(house);
        if (house_start(house))
            return;
    }
    while (evening_act(evening) && !fault_vfs_has_failed())
        ;
}

static void reopen(struct evening *evening, struct evening_loss *loss)
{
    struct house *house = evening->house;
    house_reboot_clock(house, house_now(house).wall_ms + 15 * HOUSE_MINUTE_MS, CLOCK_PLAUSIBLE);
    if (house_start(house)) {
        loss->corrupt++;
        snprintf(loss->first, sizeof loss->first, "does not open: %.160s", house->reason.text);
        return;
    }
    evening_check(evening, loss);
}

/* One cut; false when the house is not worth living in any more. */
static bool cut(struct evening *evening, struct tally *tally)
{
    struct evening_loss loss = {.corrupt = 0};
    long nth = 1 + (long)random_below(&evening->random, OPERATIONS_TO_CUT);
    fault_vfs_plan((struct fault_plan){FAULT_CUT, FAULT_ANY, nth, false});
    live(evening);
    evening_pause(evening);
    house_stop(evening->house);
    fault_vfs_power_on((enum fault_cut)random_below(&evening->random, 3), &evening->random);
    reopen(evening, &loss);
    tally->cuts++;
    add(tally, &loss);
    return !loss.corrupt && !loss.lost && !loss.counted;
}

/* The power goes while the database is made; the folder had made its empty file durable. */
static void cut_first_start(struct evening *evening, struct tally *tally)
{
    struct evening_loss loss = {.corrupt = 0};
    struct house *house = evening->house;
    house_stop(house);
    fault_disk_clear();
    fault_disk_make(DATABASE);
    fault_disk_settle();
    for (int again = 0; again < 3; again++) {
        long nth = 1 + (long)random_below(&evening->random, 80);
        fault_vfs_plan((struct fault_plan){FAULT_CUT, FAULT_ANY, nth, false});
        (void)!house_start(house);
        house_stop(house);
        fault_vfs_power_on((enum fault_cut)random_below(&evening->random, 3), &evening->random);
        tally->cuts++;
    }
    evening->told_count = 0;
    reopen(evening, &loss);
    if (!loss.corrupt)
        house_add(house, "Ada", HOUSE_ADA);
    add(tally, &loss);
}

/* Once a second. */
static void show_progress(const struct variant *variant, const struct tally *tally, long cuts)
{
    static double shown;
    double now = (double)real_us() / 1e6;
    if (now - shown < 1)
        return;
    shown = now;
    fprintf(stderr, "\r%-16s %ld of %ld cuts ", variant->name, tally->cuts, cuts);
}

static void torture(const struct variant *variant, long cuts, uint64_t seed, struct tally *tally)
{
    static struct evening evening;
    double begun = (double)real_us() / 1e6;
    for (uint64_t number = 0; tally->cuts < cuts; number++) {
        fault_vfs_force_synchronous(NULL);
        fault_disk_clear();
        fault_disk_make(DATABASE);
        fault_disk_settle();
        struct house *house = house_open_on_fault_disk(DATABASE);
        fault_vfs_force_synchronous(variant->synchronous);
        house_stop(house);
        house_expect(!house_start(house), "%s", house->reason.text);
        evening_begin(&evening, house, seed * 1000003 + number);
        for (int i = 0; i < CUTS_PER_HOUSE && tally->cuts < cuts; i++) {
            if (variant->is_first_start)
                cut_first_start(&evening, tally);
            else if (!cut(&evening, tally))
                break;
        }
        evening_pause(&evening);
        house_close(house);
        show_progress(variant, tally, cuts);
    }
    fputs("\r\033[K", stderr);
    tally->seconds = (double)real_us() / 1e6 - begun;
}

static bool is_as_it_must(const struct variant *variant, const struct tally *tally)
{
    bool has_failed = tally->corrupt || tally->lost || tally->counted;
    if (variant->must_fail)
        return tally->lost || tally->corrupt;
    return !has_failed;
}

static void print_machine(uint64_t seed)
{
    struct utsname system;
    uname(&system);
    printf("power cuts on a disk in memory, 512-byte sectors; SQLite %s, %s %s %s; seed %" PRIu64
           "\n",
           sqlite3_libversion(), system.sysname, system.release, system.machine, seed);
}

static int run(long cuts, uint64_t seed)
{
    bool is_good = true;
    print_machine(seed);
    printf("%-16s %8s %8s %8s %8s %8s  %s\n", "variant", "cuts", "corrupt", "lost", "counted",
           "cuts/s", "is as it must");
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        struct tally tally = {.cuts = 0};
        long share = cuts / variants[i].share;
        torture(&variants[i], share > 200 ? share : 200, seed, &tally);
        bool is_right = is_as_it_must(&variants[i], &tally);
        is_good = is_good && is_right;
        printf("%-16s %8ld %8ld %8ld %8ld %8.0f  %s\n", variants[i].name, tally.cuts, tally.corrupt,
               tally.lost, tally.counted, (double)tally.cuts / tally.seconds,
               is_right ? "yes" : "NO");
        if (tally.first[0])
            printf("    first: %s\n", tally.first);
        fflush(stdout);
    }
    return is_good ? 0 : 1;
}

static const char usage[] =
    "usage: torture-cuts [--ci] [--cuts N] [--seed N]\n"
    "Cuts the power N times (100000; 10000 with --ci) at random operations of the disk, then\n"
    "a share of that while the database is made and for the two controls that must fail.\n";

int main(int argc, char **argv)
{
    long cuts = -1;
    uint64_t seed = random_seed();
    bool is_short = false;
    int code = 1;
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "cuts", .number = &cuts},
                                         {.name = "seed", .seed = &seed},
                                         {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    if (cuts < 0)
        cuts = is_short ? 10000 : 100000;
    fault_vfs_install();
    code = run(cuts, seed);
    fault_vfs_remove();
    return code;
}
