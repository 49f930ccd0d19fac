/*
 * torture-faults - R3 and R5: the Nth read, write, sync, opening or allocation fails, for N = 1, 2,
 * ... until none does; once, and from then on; the disk is full or read-only from then on, and
 * comes back. Each N runs the same short evening: start, taps, buttons, undo, import, erasure,
 * clock, checkpoint, snapshot, rebuild, guests, corrections, a lent badge, a drink.
 *
 * Never may the store crash, greet somebody whose fact is not on disk after a power cut, or count
 * what it refused once it has been mended; and it must work again when the fault is over.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include <sqlite3.h>

#include "tests/support/evening.h"
#include "tests/support/fault_memory.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/options.h"
#include "tests/support/real.h"

#define DATABASE "/data/perron.db"

struct row {
    const char *name;
    enum fault_kind kind;
    unsigned ops; /* 0: allocations */
    bool is_lasting;
};

static const struct row rows[] = {
    {"read, once", FAULT_ERROR, FAULT_READ, false},
    {"read, lasting", FAULT_ERROR, FAULT_READ, true},
    {"write, once", FAULT_ERROR, FAULT_WRITE, false},
    {"write, lasting", FAULT_ERROR, FAULT_WRITE, true},
    {"sync, once", FAULT_ERROR, FAULT_SYNC, false},
    {"sync, lasting", FAULT_ERROR, FAULT_SYNC, true},
    {"open, once", FAULT_ERROR, FAULT_OPEN, false},
    {"open, lasting", FAULT_ERROR, FAULT_OPEN, true},
    {"any, once", FAULT_ERROR, FAULT_ANY, false},
    {"any, lasting", FAULT_ERROR, FAULT_ANY, true},
    {"full, once", FAULT_FULL, FAULT_WRITE, false},
    {"full, lasting", FAULT_FULL, FAULT_WRITE, true},
    {"read-only, lasting", FAULT_READ_ONLY, FAULT_WRITE | FAULT_SYNC | FAULT_OPEN, true},
    {"malloc, once", FAULT_ERROR, 0, false},
    {"malloc, lasting", FAULT_ERROR, 0, true},
};

static const enum evening_kind script[] = {
    EVENING_TAPS,        EVENING_TAPS,        EVENING_UNDOES,   EVENING_IMPORTS,
    EVENING_PRESSES,     EVENING_TAPS,        EVENING_LOOKS,    EVENING_TAPS,
    EVENING_CHECKPOINTS, EVENING_TAPS,        EVENING_REBUILDS, EVENING_SETS_CLOCK,
    EVENING_REBUILDS,    EVENING_LOOKS,       EVENING_TAPS,     EVENING_REBUILDS,
    EVENING_ERASES,      EVENING_CHECKPOINTS, EVENING_TAPS,     EVENING_UNDOES,
    EVENING_LENDS,       EVENING_BRINGS,      EVENING_CORRECTS, EVENING_LENDS,
    EVENING_CORRECTS,    EVENING_TAPS,        EVENING_TAKES,    EVENING_TAKES,
};

/* How one evening with a fault ends. */
enum ending {
    ENDS_WELL,      /* the fault is over, somebody taps, the register is looked at */
    ENDS_WELL_CUT,  /* the same, then the power goes: only what was synced stays */
    ENDS_CUT_LOSES, /* the power goes right away, in each of the three ways */
    ENDS_CUT_TEARS,
    ENDS_CUT_KEEPS,
    ENDINGS
};

struct tally {
    long evenings, refused;
    long corrupt, lost, counted, stuck;
    char first[240];
};

static void plan(const struct row *row, long nth)
{
    if (row->ops)
        fault_vfs_plan((struct fault_plan){row->kind, row->ops, nth, row->is_lasting});
    else
        fault_memory_plan(nth, row->is_lasting);
}

static bool end_plan(const struct row *row)
{
    bool has_failed = row->ops ? fault_vfs_has_failed() : fault_memory_has_failed();
    fault_memory_plan(0, false);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    return has_failed;
}

/* The evening under the fault; a house that does not start is tried once more at each act. */
static void live(struct evening *evening, struct tally *tally)
{
    struct house *house = evening->house;
    for (size_t i = 0; i < sizeof script / sizeof script[0]; i++) {
        house_wait(house, 20 * HOUSE_MINUTE_MS);
        if (!house->journal && house_start(house)) {
            tally->refused++;
            continue;
        }
        if (!evening_do(evening, script[i]))
            tally->refused++;
    }
    evening_pause(evening);
}

static void judge(struct tally *tally, const struct evening_loss *loss, const char *name, long nth,
                  int ending)
{
    tally->corrupt += loss->corrupt != 0;
    tally->lost += loss->lost != 0;
    tally->counted += loss->counted != 0;
    if (loss->first[0] && !tally->first[0])
        snprintf(tally->first, sizeof tally->first, "%.150s (%s, N = %ld, ending %d)", loss->first,
                 name, nth, ending);
}

/* The fault is over: the very next person is greeted. */
static void work_again(struct evening *evening, struct tally *tally, long nth)
{
    struct house *house = evening->house;
    house_wait(house, 20 * HOUSE_MINUTE_MS);
    if ((house->journal || !house_start(house)) && evening_do(evening, EVENING_TAPS))
        return;
    tally->stuck++;
    if (!tally->first[0])
        snprintf(tally->first, sizeof tally->first, "does not work again after N = %ld: %s %.120s",
                 nth, rc_text(house->disk), house->reason.text);
}

static void cut(struct evening *evening, enum fault_cut how)
{
    struct house *house = evening->house;
    house_stop(house);
    fault_vfs_power_on(how, &evening->random);
    house_reboot_clock(house, house_now(house).wall_ms + 15 * HOUSE_MINUTE_MS, CLOCK_PLAUSIBLE);
}

/* One evening; false when the fault never came. */
static bool spend(struct house *house, const struct row *row, long nth, enum ending ending,
                  uint64_t seed, struct tally *tally)
{
    static struct evening evening;
    struct evening_loss loss = {.corrupt = 0};
    fault_disk_restore();
    house_reboot_clock(house, HOUSE_BEGIN_MS + 48 * HOUSE_HOUR_MS, CLOCK_PLAUSIBLE);
    house_expect(!house_start(house), "%s", house->reason.text);
    evening_begin(&evening, house, seed);
    house_stop(house);

    plan(row, nth);
    live(&evening, tally);
    bool has_failed = end_plan(row);
    /* Each refusal was heard of, and there was a disk to take it back. */
    if (!row->is_lasting)
        evening.flight = 0;
    if (ending <= ENDS_WELL_CUT)
        work_again(&evening, tally, nth);
    if (ending != ENDS_WELL)
        cut(&evening,
            ending >= ENDS_CUT_LOSES ? (enum fault_cut)(ending - ENDS_CUT_LOSES) : FAULT_CUT_LOSES);
    if (!house->journal && house_start(house)) {
        loss.corrupt++;
        snprintf(loss.first, sizeof loss.first, "does not open: %.150s", house->reason.text);
    } else {
        evening_check(&evening, &loss);
    }
    /* Refused for good and cut at once: nothing could be written to take it back. */
    if (row->is_lasting && ending >= ENDS_CUT_LOSES && !loss.corrupt && !loss.lost)
        loss = (struct evening_loss){.corrupt = 0};
    judge(tally, &loss, row->name, nth, ending);
    house_stop(house);
    tally->evenings++;
    return has_failed;
}

/* Which of them: every one with all endings, or (short) one in a few, the endings by turns. */
struct choice {
    long step;
    int endings;
};

static long torture(struct house *house, const struct row *row, const struct choice *choice,
                    uint64_t seed, struct tally *tally)
{
    double shown = (double)real_us() / 1e6;
    int ending = 0;
    for (long nth = 1;; nth += choice->step) {
        bool has_failed = false;
        for (int i = 0; i < choice->endings; i++, ending = (ending + 1) % ENDINGS)
            has_failed |= spend(house, row, nth, (enum ending)ending, seed, tally);
        if (!has_failed)
            return nth - 1;
        if ((double)real_us() / 1e6 - shown > 1) {
            shown = (double)real_us() / 1e6;
            fprintf(stderr, "\r%-18s N = %ld ", row->name, nth);
        }
    }
}

/* A register that has its people, and views that a newer fold has to build again. */
static struct house *prepare(void)
{
    fault_disk_make(DATABASE);
    fault_disk_settle();
    struct house *house = house_open_on_fault_disk(DATABASE);
    house_tap(house, HOUSE_ADA);
    house_stop(house);
    house_tamper(house, "UPDATE meta SET value='0' WHERE name='fold_version'");
    fault_disk_settle();
    fault_disk_save();
    return house;
}

static void print_machine(uint64_t seed)
{
    struct utsname system;
    uname(&system);
    printf("faults on a disk in memory; SQLite %s, %s %s %s; seed %" PRIu64 "\n",
           sqlite3_libversion(), system.sysname, system.release, system.machine, seed);
}

static int run(bool is_short, const char *only, uint64_t seed)
{
    bool is_good = true;
    print_machine(seed);
    printf("%-18s %7s %8s %8s %8s %8s %8s %8s\n", "fault", "N", "evenings", "refused", "corrupt",
           "lost", "counted", "stuck");
    struct house *house = prepare();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct tally tally = {.evenings = 0};
        if (!rows[i].ops && !fault_memory_is_possible()) {
            printf("%-18s skipped: malloc_preload.so is not loaded\n", rows[i].name);
            continue;
        }
        if (only && strncmp(rows[i].name, only, strlen(only)) != 0)
            continue;
        const struct choice choice = {.step = is_short ? (rows[i].ops ? 3 : 61) : 1,
                                      .endings = is_short ? 1 : ENDINGS};
        long last = torture(house, &rows[i], &choice, seed, &tally);
        fputs("\r\033[K", stderr);
        printf("%-18s %7ld %8ld %8ld %8ld %8ld %8ld %8ld\n", rows[i].name, last, tally.evenings,
               tally.refused, tally.corrupt, tally.lost, tally.counted, tally.stuck);
        if (tally.first[0])
            printf("    first: %s\n", tally.first);
        fflush(stdout);
        is_good = is_good && !tally.corrupt && !tally.lost && !tally.counted && !tally.stuck;
    }
    house_close(house);
    return is_good ? 0 : 1;
}

static const char usage[] =
    "usage: torture-faults [--ci] [--only FAULT] [--seed N]\n"
    "Lets the Nth operation of the disk or allocation fail, for every N (with --ci for every\n"
    "third, and every 61st allocation, with one ending each), and holds the register against\n"
    "what was told.\n"
    "--only takes the beginning of a fault's name: read, sync, malloc, ...\n";

int main(int argc, char **argv)
{
    bool is_short = false;
    const char *only = NULL;
    uint64_t seed = random_seed();
    int code = 1;
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "only", .text = &only},
                                         {.name = "seed", .seed = &seed},
                                         {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    fault_memory_load(argv);
    fault_vfs_install();
    code = run(is_short, only, seed);
    fault_vfs_remove();
    return code;
}
