#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/hash.h"
#include "firmware/base/utf8.h"
#include "tests/support/build.h"
#include "tests/support/desk.h"
#include "tests/support/fuzz_i.h"
#include "tests/support/tree.h"

/*
 * A list of 100 000 people takes some 130 MB and a second. A sanitizer keeps what is freed for a
 * while, and takes its time.
 */
#ifdef __SANITIZE_ADDRESS__
#define ROUND_US INT64_C(20000000)
#define ROUND_KB (INT64_C(800) << 10)
#else
#define ROUND_US INT64_C(2500000)
#define ROUND_KB (INT64_C(256) << 10)
#endif
#define HANGS_S 100
#define TOLD_MAX 20
#define HOUSE_ROUNDS 60 /* then another one */
#define OUTSIDE_FILES 4

/* What was read, so that somebody can look at it. */
static void keep_stick(const struct fuzz *fuzz)
{
    char line[400];
    snprintf(line, sizeof line, "mkdir -p %s/failed-fuzz && cp -a %s %s/failed-fuzz/%ld",
             build_folder(), fuzz->stick, build_folder(), fuzz->round);
    if (system(line) == 0)
        printf("    it is kept as %s/failed-fuzz/%ld\n", build_folder(), fuzz->round);
}

void fuzz_blame(struct fuzz *fuzz, enum fuzz_fault fault, const char *format, ...)
{
    char why[300];
    va_list arguments;
    fuzz->found[fault] += fuzz->found_at[fault] != fuzz->round;
    fuzz->found_at[fault] = fuzz->round;
    if (fuzz->control || fuzz->told++ >= TOLD_MAX)
        return;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    printf("    round %ld, %s (%s): %s\n", fuzz->round, fuzz->subject, fuzz->harms, why);
    keep_stick(fuzz);
}

static bool is_fit(const char *text)
{
    uint32_t point;
    for (size_t left = strlen(text), step; left; left -= step, text += step)
        if (!(step = utf8_step(text, left, &point)) || utf8_is_control(point))
            return false;
    return true;
}

void fuzz_expect_words(struct fuzz *fuzz, const char *what, const char *text)
{
    if (strlen(text) < 10)
        fuzz_blame(fuzz, FUZZ_SILENT, "%s: no sentence: \"%s\"", what, text);
    else if (!is_fit(text))
        fuzz_blame(fuzz, FUZZ_SILENT, "%s: not fit to show: \"%.200s\"", what, text);
}

/* --- harm --- */

void fuzz_note_harm(struct fuzz *fuzz, const char *name, const char *harm)
{
    size_t used = strlen(fuzz->harms);
    snprintf(fuzz->harms + used, sizeof fuzz->harms - used, "%s%s: %s", used ? ", " : "", name,
             harm);
}

char *fuzz_mangle(struct fuzz *fuzz, const struct fuzz_good *good, size_t *out_length)
{
    const struct fuzz_good *other =
        &fuzz->lists[random_below(&fuzz->random, (unsigned)fuzz->list_count)];
    char *text = malloc(good->length + 1);
    house_expect(text != NULL, "there is no memory for %s", good->name);
    memcpy(text, good->bytes, good->length);
    *out_length = good->length;
    for (unsigned left = random_below(&fuzz->random, FUZZ_HARMS_MAX + 1); left; left--) {
        const char *harm;
        char *before = text;
        text = mangle_text(&fuzz->random, before, *out_length, other->bytes, other->length,
                           out_length, &harm);
        fuzz_note_harm(fuzz, good->name, harm);
        free(before);
    }
    return text;
}

void fuzz_mangle_folder(struct fuzz *fuzz, const char *folder, int64_t huge_bytes)
{
    static char names[200][128];
    char path[PATH_MAX], *slash;
    int count = tree_list(folder, names, 200);
    for (unsigned left = random_below(&fuzz->random, FUZZ_HARMS_MAX); left && count; left--) {
        struct fuzz_good good = {.name = names[random_below(&fuzz->random, (unsigned)count)]};
        snprintf(path, sizeof path, "%s/%s", folder, good.name);
        good.bytes = tree_read(path, &good.length);
        size_t length;
        char *text = fuzz_mangle(fuzz, &good, &length);
        tree_write(path, text, length);
        free(text);
        free(good.bytes);
    }
    if (!count || random_below(&fuzz->random, 5))
        return;
    const char *name = names[random_below(&fuzz->random, (unsigned)count)];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    slash = strrchr(path, '/');
    *slash = 0;
    const struct mangle_place place = {path, fuzz->secret, huge_bytes};
    fuzz_note_harm(fuzz, name, mangle_file(&fuzz->random, &place, slash + 1));
}

/* --- what is looked at before and after --- */

struct state {
    uint64_t reg, settings, outside, stick;
};

static bool is_register(const char *path)
{
    return strcmp(path, "perron.db") == 0 || strcmp(path, "perron.db-wal") == 0;
}

/* What venue_take_swap may change, and what is of no account. */
static bool is_setting(const char *path)
{
    static const char *const others[] = {"perron.db",    "lock",    "perron.conf",
                                         "circles.conf", "welcome", "venue."};
    if (strcmp(path, "venue.key") == 0)
        return true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strncmp(path, others[i], strlen(others[i])) == 0)
            return false;
    return true;
}

static bool is_of_account(const char *path)
{
    return strcmp(path, "perron.db-shm") != 0 && strcmp(path, "lock") != 0;
}

/* Settings: all that is no register; where a preview was accepted, that no preview is about. */
static struct state look(const struct fuzz *fuzz, bool is_taken)
{
    const char *data = fuzz->house->data;
    return (struct state){
        .reg = tree_sum(data, is_register),
        .settings = tree_sum(data, is_taken ? is_setting : is_of_account),
        .outside = tree_sum(fuzz->outside, NULL),
        .stick = tree_sum(fuzz->stick, NULL),
    };
}

static void judge(struct fuzz *fuzz, const struct state *before, const struct state *kept)
{
    struct state after = look(fuzz, fuzz->is_taken);
    if (after.outside != before->outside)
        fuzz_blame(fuzz, FUZZ_OUTSIDE, "what is outside is another");
    if (after.stick != before->stick)
        fuzz_blame(fuzz, FUZZ_OUTSIDE, "what is on the stick is another");
    if (fuzz->is_taken ? after.settings != kept->settings : after.settings != before->settings)
        fuzz_blame(fuzz, FUZZ_CHANGED, "the data folder is another");
    if (!fuzz->is_taken && after.reg != before->reg)
        fuzz_blame(fuzz, FUZZ_CHANGED, "the register is another, and nobody accepted it");
    if (fuzz->is_taken && after.reg != before->reg && !house_holds(fuzz->house))
        fuzz_blame(fuzz, FUZZ_BROKEN, "the register does not hold any more");
    if (fuzz->rc)
        fuzz_expect_words(fuzz, rc_text(fuzz->rc), fuzz->reason.text);
}

/* --- time and memory --- */

static int64_t cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t status_kb(const char *name)
{
    char line[200];
    int64_t kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0)
            kb = strtoll(line + strlen(name), NULL, 10);
    if (file)
        fclose(file);
    return kb;
}

/* The most that is in use counts from now on. */
static void forget_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (file) {
        fputs("5", file);
        fclose(file);
    }
}

static void read_measured(struct fuzz *fuzz, const struct fuzz_subject *subject,
                          struct fuzz_outcome *outcome)
{
    forget_peak();
    int64_t kb = status_kb("VmRSS:"), us = cpu_us();
    alarm(HANGS_S);
    subject->read(fuzz);
    alarm(0);
    us = cpu_us() - us;
    kb = status_kb("VmHWM:") - kb;
    if (us > ROUND_US)
        fuzz_blame(fuzz, FUZZ_SLOW, "took %ld ms", (long)(us / 1000));
    if (kb > ROUND_KB)
        fuzz_blame(fuzz, FUZZ_GREEDY, "took %ld MB", (long)(kb >> 10));
    outcome->us += us;
    if (us > fuzz->slowest_us)
        fuzz->slowest_us = us;
    if (kb > fuzz->largest_kb)
        fuzz->largest_kb = kb;
}

/* --- rounds --- */

static const struct fuzz_subject *const all[] = {fuzz_intake_subjects, fuzz_export_subjects,
                                                 fuzz_control_subjects};

/* The nth that this control has; NULL behind the last. */
static const struct fuzz_subject *subject_at(enum fuzz_control control, int nth)
{
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        for (const struct fuzz_subject *subject = all[i]; subject->weight; subject++)
            if (subject->control == control && nth-- == 0)
                return subject;
    return NULL;
}

static int choose(struct fuzz *fuzz)
{
    unsigned sum = 0, at;
    const struct fuzz_subject *subject;
    for (int i = 0; (subject = subject_at(fuzz->control, i)); i++)
        sum += subject->weight;
    at = random_below(&fuzz->random, sum);
    for (int i = 0;; at -= subject->weight, i++) {
        subject = subject_at(fuzz->control, i);
        if (at < subject->weight)
            return i;
    }
}

static void make_folder(const char *path)
{
    house_expect(!mkdir(path, 0700), "%s cannot be made", path);
}

/* Each round has a chance of its own: sealed bytes are never the same, and draw otherwise. */
static void play_round(struct fuzz *fuzz)
{
    random_init(&fuzz->random, fuzz->seed + (uint64_t)++fuzz->round);
    int which = choose(fuzz);
    const struct fuzz_subject *subject = subject_at(fuzz->control, which);
    struct fuzz_outcome *outcome = &fuzz->outcomes[which];
    fuzz->subject = subject->name;
    fuzz->harms[0] = 0;
    fuzz->is_taken = false;
    fuzz->reason = (struct reason){.text = ""};
    tree_remove(fuzz->stick);
    tree_remove(fuzz->work);
    make_folder(fuzz->stick);
    make_folder(fuzz->work);
    subject->lay(fuzz);
    struct state before = look(fuzz, false), kept = look(fuzz, true);
    read_measured(fuzz, subject, outcome);
    judge(fuzz, &before, &kept);
    outcome->rounds++;
    outcome->refused += fuzz->rc != RC_OK;
    outcome->done += fuzz->rc == RC_OK;
}

/* --- a house to read in --- */

static void open_house(struct fuzz *fuzz)
{
    void *house;
    desk_set_up(&house);
    fuzz->house = house;
    house_record(house, FACT_PERSON_CHANGED, fuzz->house->people[HOUSE_IS_ADA],
                 json_pack("{s:s}", "number", "1002"));
}

void fuzz_run(struct fuzz *fuzz, long rounds)
{
    while (rounds-- > 0) {
        play_round(fuzz);
        if (fuzz->round % HOUSE_ROUNDS == 0) {
            house_close(fuzz->house);
            open_house(fuzz);
        }
    }
}

struct fuzz *fuzz_open(uint64_t seed, enum fuzz_control control)
{
    struct fuzz *fuzz = calloc(1, sizeof *fuzz);
    house_expect(fuzz && !hash_init(), "there is no memory to begin");
    fuzz->seed = seed;
    fuzz->control = control;
    strcpy(fuzz->folder, "/tmp/perron-fuzz-XXXXXX");
    house_expect(mkdtemp(fuzz->folder) != NULL, "there is no folder in /tmp");
    snprintf(fuzz->stick, sizeof fuzz->stick, "%s/stick", fuzz->folder);
    snprintf(fuzz->outside, sizeof fuzz->outside, "%s/outside", fuzz->folder);
    snprintf(fuzz->secret, sizeof fuzz->secret, "%s/secret", fuzz->outside);
    snprintf(fuzz->goods, sizeof fuzz->goods, "%s/goods", fuzz->folder);
    snprintf(fuzz->work, sizeof fuzz->work, "%s/work", fuzz->folder);
    make_folder(fuzz->outside);
    make_folder(fuzz->goods);
    tree_write(fuzz->secret, "number;first name\n666;Secret\n", 29);
    fuzz_load_lists(fuzz);
    fuzz_make_exports(fuzz);
    open_house(fuzz);
    return fuzz;
}

void fuzz_close(struct fuzz *fuzz)
{
    house_close(fuzz->house);
    for (int i = 0; i < fuzz->list_count; i++)
        free(fuzz->lists[i].bytes);
    tree_remove(fuzz->folder);
    free(fuzz);
}

/* --- what it came to --- */

static const char *const fault_names[FUZZ_FAULT_COUNT] = {
    [FUZZ_SILENT] = "without a sentence", [FUZZ_CHANGED] = "changed unasked",
    [FUZZ_OUTSIDE] = "outside touched",   [FUZZ_BROKEN] = "not whole",
    [FUZZ_GREEDY] = "too much memory",    [FUZZ_SLOW] = "too slow"};

long fuzz_found(const struct fuzz *fuzz, enum fuzz_fault fault)
{
    return fuzz->found[fault];
}

bool fuzz_tell(const struct fuzz *fuzz)
{
    const struct fuzz_subject *subject;
    bool is_good = true;
    printf("%-22s %8s %8s %8s %8s\n", "read", "rounds", "refused", "taken", "ms each");
    for (int i = 0; (subject = subject_at(fuzz->control, i)); i++) {
        const struct fuzz_outcome *outcome = &fuzz->outcomes[i];
        bool is_both = outcome->rounds < 40 || (outcome->refused && outcome->done);
        printf("%-22s %8ld %8ld %8ld %8.1f%s\n", subject->name, outcome->rounds, outcome->refused,
               outcome->done,
               (double)outcome->us / 1000 / (double)(outcome->rounds + !outcome->rounds),
               is_both ? "" : "  NOT as it must be");
        is_good = is_good && is_both;
    }
    printf("%ld rounds, the slowest %ld ms, at most %ld MB more:", fuzz->round,
           (long)(fuzz->slowest_us / 1000), (long)(fuzz->largest_kb >> 10));
    for (int i = 0; i < FUZZ_FAULT_COUNT; i++) {
        printf(" %ld %s%s", fuzz->found[i], fault_names[i], i + 1 < FUZZ_FAULT_COUNT ? "," : "\n");
        is_good = is_good && !fuzz->found[i];
    }
    return is_good;
}

bool fuzz_show_control(uint64_t seed, enum fuzz_control control, long rounds)
{
    static const struct {
        const char *name;
        enum fuzz_fault fault;
    } controls[FUZZ_CONTROL_COUNT] = {
        [FUZZ_OURS] = {"", FUZZ_FAULT_COUNT},
        [FUZZ_TAKES] = {"takes what nobody accepted", FUZZ_CHANGED},
        [FUZZ_READS_ON] = {"follows links and reads on", FUZZ_GREEDY},
        [FUZZ_UNPACKS] = {"believes the names in a list", FUZZ_OUTSIDE},
        [FUZZ_SAYS_NO] = {"refuses without a sentence", FUZZ_SILENT},
    };
    struct fuzz *fuzz = fuzz_open(seed, control);
    fuzz_run(fuzz, rounds);
    long found = fuzz_found(fuzz, controls[control].fault);
    printf("control: %s: %ld of %ld were found out\n", controls[control].name, found, rounds);
    fuzz_close(fuzz);
    return found > 0;
}
