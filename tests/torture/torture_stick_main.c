/*
 * torture-stick - R7: the register is taken out onto a stick that is pulled out at a random byte or
 * call, is full, read-only, broken or lies, while somebody taps at the door of the same register;
 * and once more onto the same stick when it is sound again. After each of them the stick is pulled
 * out without being let go, so whatever was not brought to it may be lost.
 *
 * The house has a welcome, so that folders lie in an export. Never may it be said to be done and
 * not be whole, may the mark move before, may a folder look done and not be whole, may an older
 * export or a photograph change by a byte, may a fact be taken out twice or not at all, or a tap be
 * lost. Three controls must fail: who does not read back, on a stick that lies; who does not bring
 * it to the device, and who does not the folders in it, on one that is pulled out.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/export.h"
#include "app/ui/words.h"
#include "firmware/base/hash.h"
#include "firmware/base/thread.h"
#include "tests/support/build.h"
#include "tests/support/house.h"
#include "tests/support/options.h"
#include "tests/support/pull.h"
#include "tests/support/pull_calls.h"
#include "tests/support/random.h"
#include "tests/support/real.h"
#include "tests/support/report.h"
#include "tests/support/welcome_folder.h"

#define TABLES_AND_JOURNAL                                                                         \
    (1u << EXPORT_VISITS | 1u << EXPORT_HOURS | 1u << EXPORT_PEOPLE | 1u << EXPORT_NEWCOMERS |     \
     1u << EXPORT_JOURNAL)
#define JOURNAL (1u << EXPORT_JOURNAL)
#define CONTROL_ROUNDS 40
#define TAP_PAUSE_MS 20

struct outcome {
    long rounds, struck, done, refused;
};

struct tally {
    long rounds;
    struct outcome outcomes[PULL_FAULT_COUNT];
    long broken;  /* said to be done, or looks so, and is not whole */
    long touched; /* an older export or the photograph is another one */
    long moved;   /* the mark went on before anything was done, or was not kept */
    long stuck;   /* the next export on the sound stick did not work */
    long silent;  /* refused without a sentence */
    char first[500];
};

static struct torture {
    char folder[64], stick[96], other[96];
    struct random random;
    struct house *house; /* under `door` */
    struct venue venue;
    pthread_mutex_t door;
    bool is_closing;             /* under `door` */
    long taps, tapped;           /* under `door`: tried, and told to be recorded */
    char old[PARCEL_NAME_BYTES]; /* an export from before */
    int64_t taken_out;           /* lines of the journal, by all exports that counted */
    struct tally tally;
} t = {.door = PTHREAD_MUTEX_INITIALIZER};

static int run(const char *format, ...) PRINTF_LIKE(1, 2);
static int run(const char *format, ...)
{
    char command[800];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    return system(command);
}

static void blame(long *count, const char *format, ...) PRINTF_LIKE(2, 3);
static void blame(long *count, const char *format, ...)
{
    va_list arguments;
    ++*count;
    if (t.tally.first[0])
        return;
    va_start(arguments, format);
    vsnprintf(t.tally.first, sizeof t.tally.first, format, arguments);
    va_end(arguments);
}

/* --- the door --- */

static void *tap(void *unused)
{
    for (bool is_closing = false; !is_closing; real_pause_ms(TAP_PAUSE_MS)) {
        pthread_mutex_lock(&t.door);
        house_wait(t.house, 7 * HOUSE_MINUTE_MS);
        struct answer answer = house_tap(t.house, house_badges[t.taps++ % HOUSE_PEOPLE]);
        t.tapped += !t.house->disk && answer.kind != ANSWER_NOT_RECORDED;
        is_closing = t.is_closing;
        pthread_mutex_unlock(&t.door);
    }
    return unused;
}

/* --- one export --- */

static struct export_job job_for(enum export_span span, unsigned files)
{
    pthread_mutex_lock(&t.door);
    struct clock_reading now = house_now(t.house);
    pthread_mutex_unlock(&t.door);
    return (struct export_job){
        .data = t.house->data,
        .root = t.stick,
        .venue = &t.venue,
        .now = now,
        .choice = {.span = span, .files = files, .profile = CSV_PROFILE_EXCEL},
    };
}

static struct mark read_mark(void)
{
    struct mark mark;
    pthread_mutex_lock(&t.door);
    house_expect(!mark_get(journal_db(t.house->journal), &mark), "the mark cannot be read");
    pthread_mutex_unlock(&t.door);
    return mark;
}

static bool is_same_mark(const struct mark *one, const struct mark *other)
{
    return one->at_ms == other->at_ms && one->count == other->count &&
           (!one->count || one->upto[0].seq == other->upto[0].seq);
}

/* What the station does when it hears that all is well. */
static void record(const struct export_result *result)
{
    struct reason reason;
    pthread_mutex_lock(&t.door);
    const struct office office = {.now = house_now(t.house)};
    house_expect(!mark_record(t.house->journal, &office, &result->mark, &reason), "%s",
                 reason.text);
    pthread_mutex_unlock(&t.door);
}

static void check_folder(const char *name, const char *when)
{
    struct reason reason = {.text = ""};
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", t.stick, name);
    if (parcel_check(path, NULL, NULL, &reason))
        blame(&t.tally.broken, "%s: %.80s: %.300s", when, name, reason.text);
}

/* Whatever has a name that a finished export has is one. */
static void check_all_folders(const char *when)
{
    DIR *folder = opendir(t.stick);
    struct dirent *entry;
    house_expect(folder != NULL, "the stick cannot be read");
    while ((entry = readdir(folder))) {
        size_t length = strlen(entry->d_name);
        bool is_broken = length > 7 && strcmp(entry->d_name + length - 7, ".broken") == 0;
        if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9' && !is_broken)
            check_folder(entry->d_name, when);
    }
    closedir(folder);
}

static void check_old(const char *when)
{
    if (run("diff -r %s/%s %s/old >/dev/null 2>&1 && cmp -s %s/photo.jpg %s/photo.jpg", t.stick,
            t.old, t.other, t.stick, t.other))
        blame(&t.tally.touched, "%s: what was there before is another", when);
}

/* How much an export asks of the stick: where faults are to strike. */
struct size {
    int64_t bytes, calls, syncs;
};

/* This house counts as taken out what is in its journal's lines. */
static const struct {
    enum export_span span;
    unsigned files;
} choices[] = {
    {EXPORT_SINCE, JOURNAL},
    {EXPORT_SINCE, JOURNAL | 1u << EXPORT_DATABASE}, /* and what the house set, in folders */
    {EXPORT_EVERYTHING, TABLES_AND_JOURNAL},
    {EXPORT_EVERYTHING, EXPORT_ALL_FILES},
    {EXPORT_EVERYTHING, TABLES_AND_JOURNAL & ~JOURNAL}, /* which moves no mark */
};
#define CHOICES (sizeof choices / sizeof choices[0])

static struct size sizes[CHOICES]; /* of the last that was not disturbed */

/* RC_OK: it was done, looked at on the stick that was pulled out at once, and recorded. */
static enum rc take_out(unsigned choice, const char *when, bool *out_has_struck,
                        struct export_result *out_result)
{
    struct export_job job = job_for(choices[choice].span, choices[choice].files);
    struct mark before = read_mark(), after;
    struct reason reason = {.text = ""};
    enum rc rc = export_run(&job, NULL, out_result, &reason);
    *out_has_struck = pull_has_struck();
    if (!*out_has_struck)
        sizes[choice] = (struct size){pull_bytes(), pull_calls(), pull_syncs()};
    if (rc && !*out_has_struck)
        blame(&t.tally.stuck, "%s: refused without a fault: %s", when, reason.text);
    pull_plug_in();
    after = read_mark();
    if (!is_same_mark(&before, &after))
        blame(&t.tally.moved, "%s: the mark moved before anybody recorded it", when);
    if (rc && strlen(reason.text) < 10)
        blame(&t.tally.silent, "%s: no sentence for %s", when, rc_text(rc));
    if (!rc)
        check_folder(out_result->folder, when);
    check_all_folders(when);
    check_old(when);
    if (rc || !out_result->mark.count)
        return rc;
    record(out_result);
    after = read_mark();
    if (!after.count || after.upto[0].seq < out_result->mark.upto[0].seq)
        blame(&t.tally.moved, "%s: the mark was recorded and is not kept", when);
    /* Of an export of everything, what was new in it. */
    t.taken_out += after.upto[0].seq - (before.count ? before.upto[0].seq : 0);
    if (job.choice.span == EXPORT_SINCE &&
        out_result->rows[EXPORT_JOURNAL] !=
            out_result->mark.upto[0].seq - (before.count ? before.upto[0].seq : 0))
        blame(&t.tally.moved, "%s: %" PRId64 " lines are new, and not those since the mark", when,
              out_result->rows[EXPORT_JOURNAL]);
    return RC_OK;
}

/* --- rounds --- */

static int64_t choose_place(enum pull_fault fault, const struct size *size)
{
    int64_t of = fault == PULL_SYNC_FAILS                                            ? size->syncs
                 : fault == PULL_AT_BYTE || fault == PULL_FULL || fault == PULL_LIES ? size->bytes
                                                                                     : size->calls;
    return 1 + random_below(&t.random, (unsigned)(of > 0 ? of : 1));
}

static void clear_stick(void)
{
    run("find %s -mindepth 1 -maxdepth 1 ! -name '%s' ! -name photo.jpg -exec rm -rf {} +", t.stick,
        t.old);
}

/* The stick is sound: all is well again, whatever was left on it. */
static void play_on(const char *when)
{
    struct export_job job = job_for(EXPORT_EVERYTHING, TABLES_AND_JOURNAL | 1u << EXPORT_DATABASE);
    struct export_result result;
    struct reason reason = {.text = ""};
    if (export_run(&job, NULL, &result, &reason)) {
        blame(&t.tally.stuck, "%s: %s", when, reason.text);
        return;
    }
    pull_plug_in();
    check_folder(result.folder, when);
    check_old(when);
    if (run("test -z \"$(find %s -maxdepth 1 -name '.*.part')\"", t.stick))
        blame(&t.tally.stuck, "%s: a part of before is still there", when);
}

static void play_round(void)
{
    struct export_result result;
    char when[80];
    bool has_struck;
    unsigned choice = random_below(&t.random, CHOICES);
    enum pull_fault fault = (enum pull_fault)(1 + random_below(&t.random, PULL_FAULT_COUNT - 1));
    struct outcome *outcome = &t.tally.outcomes[fault];
    int64_t at = choose_place(fault, &sizes[choice]);
    snprintf(when, sizeof when, "round %ld, %s %" PRId64, t.tally.rounds++, pull_fault_name(fault),
             at);
    pull_plan(fault, at);
    enum rc rc = take_out(choice, when, &has_struck, &result);
    outcome->rounds++;
    outcome->struck += has_struck;
    outcome->done += rc == RC_OK;
    outcome->refused += rc != RC_OK;
    strcat(when, ", then sound");
    play_on(when);
    clear_stick();
}

static struct size begin_stick(void)
{
    struct export_result result;
    struct reason reason = {.text = ""};
    struct export_job job = job_for(EXPORT_EVERYTHING, EXPORT_ALL_FILES);
    run("mkdir -p %s %s && head -c 50000 /dev/urandom >%s/photo.jpg && cp %s/photo.jpg %s", t.stick,
        t.other, t.stick, t.stick, t.other);
    house_expect(pull_begin(t.stick, t.random.state), "the stick cannot be made");
    house_expect(!export_run(&job, NULL, &result, &reason), "%s", reason.text);
    struct size size = {pull_bytes(), pull_calls(), pull_syncs()};
    pull_plug_in();
    strcpy(t.old, result.folder);
    house_expect(!run("cp -r %s/%s %s/old", t.stick, t.old, t.other), "no copy of the old one");
    return size;
}

/* Most faults struck, and a lie was never believed. */
static bool print_outcomes(void)
{
    bool is_good = true;
    long struck = 0;
    printf("%-18s %7s %7s %6s %8s\n", "fault", "rounds", "struck", "done", "refused");
    for (enum pull_fault fault = PULL_NEVER + 1; fault < PULL_FAULT_COUNT; fault++) {
        const struct outcome *outcome = &t.tally.outcomes[fault];
        bool is_right = fault != PULL_LIES || outcome->refused == outcome->struck;
        struck += outcome->struck;
        printf("%-18s %7ld %7ld %6ld %8ld%s\n", pull_fault_name(fault), outcome->rounds,
               outcome->struck, outcome->done, outcome->refused,
               is_right ? "" : "  NOT as it must be");
        is_good = is_good && is_right;
    }
    return is_good && struck > t.tally.rounds / 2;
}

static bool print_tally(double seconds)
{
    const struct tally *tally = &t.tally;
    bool is_good = print_outcomes() && !tally->broken && !tally->touched && !tally->moved &&
                   !tally->stuck && !tally->silent;
    printf("%ld rounds in %.0f s: %ld broken, %ld touched, %ld marks moved, %ld stuck, %ld without "
           "a sentence: %s\n",
           tally->rounds, seconds, tally->broken, tally->touched, tally->moved, tally->stuck,
           tally->silent, is_good ? "as it must be" : "NOT as it must be");
    if (tally->first[0])
        printf("    first: %s\n", tally->first);
    return is_good;
}

/* Each tap that was told to be recorded is in the journal, which holds. */
static bool check_door(void)
{
    int64_t facts = house_number(
        t.house, "SELECT count(*) FROM fact WHERE kind=9"); /* FACT_TAP, which no code changes */
    int64_t last = house_number(t.house, "SELECT max(seq) FROM fact");
    struct mark mark = read_mark();
    bool holds = house_holds(t.house);
    bool is_good = holds && t.tapped == t.taps && facts >= t.tapped && mark.upto[0].seq <= last;
    printf("%ld taps meanwhile, %ld recorded, %" PRId64 " in the journal%s\n", t.taps, t.tapped,
           facts, holds ? ", which holds" : ": IT DOES NOT HOLD");
    printf("%" PRId64 " of %" PRId64 " facts were taken out, each by one mark\n", t.taken_out,
           last);
    return is_good && t.taken_out == mark.upto[0].seq;
}

static bool torture(long rounds)
{
    pthread_t tapper;
    int64_t begun_us = real_us();
    struct size size = begin_stick();
    for (size_t i = 0; i < CHOICES; i++)
        sizes[i] = size;
    house_expect(!thread_start(tap, NULL, &tapper), "nobody taps");
    while (t.tally.rounds < rounds) {
        play_round();
        report_progress("rounds", (int)t.tally.rounds, (int)rounds);
    }
    pthread_mutex_lock(&t.door);
    t.is_closing = true;
    pthread_mutex_unlock(&t.door);
    pthread_join(tapper, NULL);
    pull_end();
    bool is_good = print_tally((double)(real_us() - begun_us) / 1e6);
    return check_door() && is_good;
}

/* --- the controls --- */

/* An export as somebody might write it: what was made elsewhere is copied, and that was it. */
static bool copy_naively(const char *from, const char *to, bool is_synced)
{
    char bytes[65536];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    bool is_good = in >= 0 && out >= 0;
    ssize_t length = 1;
    while (is_good && (length = read(in, bytes, sizeof bytes)) > 0)
        is_good = write(out, bytes, (size_t)length) == length;
    is_good = is_good && length == 0 && (!is_synced || fsync(out) == 0);
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return is_good;
}

enum care { HASTY, FLAT, CAREFUL }; /* nothing is synced; not what is in folders; all */

static bool sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY);
    bool is_good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return is_good;
}

static bool copy_folder(const char *from, const char *to, enum care care, int depth)
{
    char source[PATH_MAX], copy[PATH_MAX];
    bool is_good = true;
    bool is_synced = care == CAREFUL || (care == FLAT && depth == 0);
    DIR *folder = mkdir(to, 0700) ? NULL : opendir(from);
    struct dirent *entry;
    while (folder && is_good && (entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(source, sizeof source, "%.1000s/%s", from, entry->d_name);
        snprintf(copy, sizeof copy, "%.1000s/%s", to, entry->d_name);
        is_good = entry->d_type == DT_DIR ? copy_folder(source, copy, care, depth + 1)
                                          : copy_naively(source, copy, care != HASTY);
    }
    if (!folder)
        return false;
    closedir(folder);
    return is_good && (!is_synced || sync_folder(to));
}

static bool take_out_naively(const char *name, enum care care)
{
    char path[PATH_MAX], source[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", t.stick, name);
    snprintf(source, sizeof source, "%s/old", t.other);
    return copy_folder(source, path, care, 0) && (care == HASTY || sync_folder(t.stick));
}

/* How often it said that it was done and was not whole. */
static long count_lies(enum pull_fault fault, enum care care, const struct size *size)
{
    long lies = 0;
    struct reason reason;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/2000-01-01_naive", t.stick);
    for (int i = 0; i < CONTROL_ROUNDS; i++) {
        pull_plan(fault, choose_place(fault, size));
        bool is_done = take_out_naively("2000-01-01_naive", care);
        pull_plug_in();
        lies += is_done && parcel_check(path, NULL, NULL, &reason);
        clear_stick();
    }
    return lies;
}

static bool show_controls(void)
{
    struct size size = begin_stick();
    long blind = count_lies(PULL_LIES, CAREFUL, &size);
    long hasty = count_lies(PULL_NEVER, HASTY, &size);
    long flat = count_lies(PULL_NEVER, FLAT, &size);
    long sound = count_lies(PULL_NEVER, CAREFUL, &size);
    pull_end();
    run("rm -rf %s %s", t.stick, t.other);
    printf("control: does not read back, on a stick that lies: %ld of %d are not whole\n", blind,
           CONTROL_ROUNDS);
    printf("control: does not sync, pulled out: %ld of %d are not whole\n", hasty, CONTROL_ROUNDS);
    printf("control: does not sync the folders in it, pulled out: %ld of %d are not whole\n", flat,
           CONTROL_ROUNDS);
    printf("the same, synced, on a sound stick: %ld of %d\n", sound, CONTROL_ROUNDS);
    return blind > 0 && hasty > 0 && flat > 0 && !sound;
}

/* --- the program --- */

/* A house of its own, with a welcome of a few texts. */
static void set_venue(void)
{
    struct welcome_folder welcome;
    welcome_folder_make(&welcome);
    house_expect(!run("cp -r %s %s && printf '[venue]\\nname = Perron\\n' >%s/perron.conf",
                      welcome.path, t.house->data, t.house->data),
                 "no welcome");
    welcome_folder_remove(&welcome);
}

static void set_up(void)
{
    char locale[200];
    strcpy(t.folder, "/tmp/perron-torture-XXXXXX");
    house_expect(mkdtemp(t.folder) != NULL, "no folder in /tmp");
    snprintf(t.stick, sizeof t.stick, "%s/stick", t.folder);
    snprintf(t.other, sizeof t.other, "%s/other", t.folder);
    snprintf(locale, sizeof locale, "%s/locale", build_folder());
    (void)!words_init(locale);
    t.house = house_open();
    set_venue();
    t.venue = venue_default();
    t.venue.export.files = JOURNAL;
    venue_use_time_zone(&t.venue);
}

static const char usage[] =
    "usage: torture-stick [--ci] [--rounds N] [--seed N]\n"
    "Takes the register out N times (1000; 120 with --ci) onto a stick with a random fault\n"
    "while somebody taps, then onto the sound one, and shows the controls that must fail.\n";

int main(int argc, char **argv)
{
    long rounds = -1;
    uint64_t seed = random_seed();
    bool is_short = false;
    int code = 1;
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "rounds", .number = &rounds},
                                         {.name = "seed", .seed = &seed},
                                         {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    if (rounds < 0)
        rounds = is_short ? 120 : 1000;
    if (hash_init())
        return 1;
    printf("the register onto a stick with faults; seed %" PRIu64 "\n", seed);
    random_init(&t.random, seed);
    set_up();
    bool is_good = show_controls();
    is_good = torture(rounds) && is_good;
    house_close(t.house);
    run("rm -rf %s", t.folder);
    return is_good ? 0 : 1;
}
