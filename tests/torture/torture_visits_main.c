/*
 * torture-visits - the power goes between any two touches of a first visit: at each page, at a
 * random operation of the disk, or the station's process is killed there. After each the register
 * must open, hold, have every step that the screen had told as done and never half of one, and the
 * visit must go on where it stopped.
 *
 * Three controls run with it and must fail, or the check proves nothing: the cuts with
 * synchronous=NORMAL and OFF must lose steps, and somebody who takes a step for done as soon as
 * they touch it must miss some of them after kills.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/hash.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/options.h"
#include "tests/support/real.h"
#include "tests/support/visitor.h"

#define PAGES_MAX 40
#define PAGES_LEAST 8 /* that are cut, or nothing is proven */
#define LIVES_MAX 100

struct variant {
    const char *name;
    const char *synchronous; /* NULL: as the store sets it */
    bool is_kill, is_hasty;
    bool must_fail;
};

static const struct variant variants[] = {
    {.name = "power cuts"},
    {.name = "control: NORMAL", .synchronous = "NORMAL", .must_fail = true},
    {.name = "control: OFF", .synchronous = "OFF", .must_fail = true},
    {.name = "kills", .is_kill = true},
    {.name = "control: hasty", .is_kill = true, .is_hasty = true, .must_fail = true},
};

/* What is known of a page: lies in memory that a station that is killed shares. */
struct page_row {
    char name[VISITOR_PAGE_BYTES];
    long operations; /* of the disk, while somebody is on it */
    long cuts;       /* in all visits */
    bool is_done;    /* in this visit */
};

struct shared {
    struct visitor_told told;
    struct page_row pages[PAGES_MAX];
    int page_count;
};

struct torture {
    const struct variant *variant;
    char folder[64], house[96], data[96];
    struct shared *shared;
    struct random random;
    long visits, cuts;
    struct visitor_loss loss;
};

static struct page_row *row_of(struct shared *shared, const char *name)
{
    for (int i = 0; i < shared->page_count; i++)
        if (strcmp(shared->pages[i].name, name) == 0)
            return &shared->pages[i];
    if (shared->page_count == PAGES_MAX)
        abort();
    struct page_row *row = &shared->pages[shared->page_count++];
    snprintf(row->name, sizeof row->name, "%s", name);
    return row;
}

static void run(const char *format, const char *a, const char *b)
{
    char command[256];
    snprintf(command, sizeof command, format, a, b);
    if (system(command)) {
        fprintf(stderr, "torture-visits: this failed: %s\n", command);
        exit(1);
    }
}

/* --- power cuts: a disk in memory, the station in this process --- */

/* How much each page does with the disk, so that every cut strikes. */
static void measure(struct torture *t)
{
    struct visitor visitor;
    struct reason reason = {.text = ""};
    visitor_init(&visitor, t->data, &t->shared->told);
    if (visitor_arrive(&visitor, &reason))
        abort();
    for (bool goes_on = true; goes_on;) {
        struct page_row *row = row_of(t->shared, visitor_page(&visitor));
        fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
        goes_on = visitor_act(&visitor);
        long operations = fault_vfs_count(FAULT_ANY);
        if (!row->operations || operations < row->operations)
            row->operations = operations;
    }
    visitor_leave(&visitor);
    fault_disk_restore();
}

/* From one opening of the station to the next cut; false: the visit came to its end. */
static bool live_until_cut(struct torture *t, struct visitor *visitor)
{
    bool goes_on = true, is_cut = false;
    while (goes_on && !is_cut) {
        struct page_row *row = row_of(t->shared, visitor_page(visitor));
        if (!row->is_done && row->operations) {
            long nth = 1 + (long)random_below(&t->random, (unsigned)row->operations);
            fault_vfs_plan((struct fault_plan){FAULT_CUT, FAULT_ANY, nth, false});
        }
        row->is_done = true;
        goes_on = visitor_act(visitor);
        is_cut = fault_vfs_has_failed();
        if (is_cut)
            row->cuts++;
        else
            fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    }
    return is_cut;
}

static bool cut(struct torture *t, struct visitor *visitor)
{
    struct reason reason = {.text = ""};
    if (visitor_arrive(visitor, &reason))
        abort();
    bool is_cut = live_until_cut(t, visitor);
    visitor_leave(visitor);
    if (is_cut) {
        fault_vfs_power_on((enum fault_cut)random_below(&t->random, 3), &t->random);
        t->cuts++;
    }
    return is_cut;
}

/* --- kills: a real disk, the station in a process of its own --- */

/* Tells the other end before each page where it may be killed. */
static void be_killed(struct torture *t, struct visitor *visitor, int fd)
{
    struct reason reason = {.text = ""};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    visitor->is_hasty = t->variant->is_hasty;
    if (visitor_arrive(visitor, &reason))
        _exit(1);
    for (bool goes_on = true; goes_on;) {
        struct page_row *row = row_of(t->shared, visitor_page(visitor));
        if (!row->is_done && write(fd, "k", 1) != 1)
            _exit(1);
        row->is_done = true;
        goes_on = visitor_act(visitor);
    }
    visitor_leave(visitor);
    _exit(0);
}

/* Around a commit, mostly; a code takes longer to be sealed. */
static int any_moment_us(struct torture *t)
{
    static const unsigned limits_us[] = {8000, 40000, 200000};
    return (int)random_below(&t->random, limits_us[random_below(&t->random, 3)]);
}

static bool kill_one(struct torture *t, struct visitor *visitor)
{
    int ends[2], status;
    char byte;
    if (pipe(ends))
        abort();
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        be_killed(t, visitor, ends[1]);
    }
    close(ends[1]);
    if (read(ends[0], &byte, 1) == 1) {
        usleep((useconds_t)any_moment_us(t));
        kill(child, SIGKILL);
    }
    close(ends[0]);
    if (child < 0 || waitpid(child, &status, 0) != child)
        abort();
    bool is_killed = WIFSIGNALED(status);
    if (is_killed) {
        row_of(t->shared, t->shared->told.page)->cuts++;
        t->cuts++;
    }
    return is_killed;
}

/* --- visits --- */

static void begin_visit(struct torture *t, struct visitor *visitor)
{
    if (t->variant->is_kill) {
        run("rm -rf %s%s", t->data, "");
        run("cp -a %s %s", t->house, t->data);
    } else {
        fault_disk_restore();
    }
    for (int i = 0; i < t->shared->page_count; i++)
        t->shared->pages[i].is_done = false;
    visitor_init(visitor, t->data, &t->shared->told);
}

static void visit(struct torture *t)
{
    struct visitor visitor;
    begin_visit(t, &visitor);
    bool goes_on = true;
    for (int lives = 0; goes_on && lives < LIVES_MAX; lives++) {
        goes_on = t->variant->is_kill ? kill_one(t, &visitor) : cut(t, &visitor);
        visitor_check(&visitor, &t->loss);
        if (visitor_has_loss(&t->loss))
            break;
    }
    if (!visitor_has_loss(&t->loss) && !t->shared->told.is_over) {
        t->loss.astray++;
        snprintf(t->loss.first, sizeof t->loss.first, "does not go on at %s", t->shared->told.page);
    }
    t->visits++;
}

static int pages_cut(const struct shared *shared)
{
    int cut = 0;
    for (int i = 0; i < shared->page_count; i++)
        cut += shared->pages[i].cuts > 0;
    return cut;
}

/* A house on the variant's kind of disk. */
static void set_up(struct torture *t)
{
    *t->shared = (struct shared){.page_count = 0};
    if (t->variant->is_kill) {
        visitor_make_house(t->house);
        return;
    }
    fault_vfs_install();
    visitor_make_house(t->data);
    fault_disk_settle();
    fault_disk_save();
    measure(t);
    fault_vfs_force_synchronous(t->variant->synchronous);
}

static void tear_down(struct torture *t)
{
    if (!t->variant->is_kill) {
        fault_vfs_force_synchronous(NULL);
        fault_vfs_remove();
    }
    run("rm -rf %s %s", t->house, t->data);
}

/* A control has shown what it can as soon as it failed. */
static bool torture(struct torture *t, long visits)
{
    const struct variant *variant = t->variant;
    int64_t begun_us = real_us();
    t->visits = t->cuts = 0;
    t->loss = (struct visitor_loss){.corrupt = 0};
    set_up(t);
    while (t->visits < visits && !visitor_has_loss(&t->loss))
        visit(t);
    tear_down(t);
    bool is_right = variant->must_fail
                        ? t->loss.lost || t->loss.corrupt
                        : !visitor_has_loss(&t->loss) && pages_cut(t->shared) >= PAGES_LEAST;
    printf("%-16s %7ld %6ld %6d %8ld %6ld %6ld %7ld %5.0f  %s\n", variant->name, t->visits, t->cuts,
           pages_cut(t->shared), t->loss.corrupt, t->loss.lost, t->loss.half, t->loss.astray,
           (double)(real_us() - begun_us) / 1e6, is_right ? "yes" : "NO");
    if (t->loss.first[0])
        printf("    first: %s\n", t->loss.first);
    fflush(stdout);
    return is_right;
}

static int run_all(struct torture *t, long visits, uint64_t seed)
{
    bool is_good = true;
    printf("first visits, cut at every page; seed %" PRIu64 "\n", seed);
    printf("%-16s %7s %6s %6s %8s %6s %6s %7s %5s  %s\n", "variant", "visits", "cuts", "pages",
           "corrupt", "lost", "half", "astray", "s", "is as it must");
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        t->variant = &variants[i];
        is_good = torture(t, visits) && is_good;
    }
    return is_good ? 0 : 1;
}

static const char usage[] =
    "usage: torture-visits [--ci] [--visits N] [--seed N]\n"
    "Plays N first visits (60; 4 with --ci) of each kind, with a power cut or a kill at every\n"
    "page, and the three controls that must fail.\n";

static bool make_folder(struct torture *t)
{
    snprintf(t->folder, sizeof t->folder, "/tmp/perron-visits-XXXXXX");
    t->shared =
        mmap(NULL, sizeof *t->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (t->shared == MAP_FAILED || !mkdtemp(t->folder))
        return false;
    snprintf(t->house, sizeof t->house, "%s/house", t->folder);
    snprintf(t->data, sizeof t->data, "%s/data", t->folder);
    return true;
}

int main(int argc, char **argv)
{
    static struct torture t;
    long visits = -1;
    uint64_t seed = random_seed();
    bool is_short = false;
    int code = 1;
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "visits", .number = &visits},
                                         {.name = "seed", .seed = &seed},
                                         {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    if (visits < 0)
        visits = is_short ? 4 : 60;
    /* What stations log of their ends is not read. */
    if (hash_init() || !make_folder(&t) || !freopen("/dev/null", "w", stderr))
        return 1;
    random_init(&t.random, seed);
    code = run_all(&t, visits, seed);
    run("rm -rf %s%s", t.folder, "");
    return code;
}
