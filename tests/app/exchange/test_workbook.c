#include "app/exchange/workbook.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/infile.h"
#include "app/exchange/workbook_i.h"
#include "tests/support/ledger.h"

/* The sanitizer keeps what was freed for a while: little enough to see whether memory grows. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64";
}

/* --- the Nth allocation fails --- */

static long fails_at; /* counts down; 0: nothing fails */
static bool has_failed;
static atomic_bool sums_fail; /* what hours are added up in, by its size, on whatever thread */

#define IS_OF_SUMS(bytes) ((bytes) > 400 << 10 && (bytes) < 600 << 10)

void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    if (IS_OF_SUMS(count * size) && atomic_exchange(&sums_fail, false))
        return NULL;
    if (fails_at && !--fails_at) {
        has_failed = true;
        return NULL;
    }
    return real(count, size);
}

/* --- and there is no second thread --- */

static bool is_alone;
static int threads;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *),
                   void *argument)
{
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    if (is_alone)
        return EAGAIN;
    threads++;
    return real(thread, attributes, work, argument);
}

/* --- a folder and a register for each test --- */

static struct desk {
    char folder[64], path[96];
    struct ledger *ledger;
} desk;

static int set_up(void **state)
{
    (void)state;
    strcpy(desk.folder, "/tmp/perron-workbook-XXXXXX");
    if (!mkdtemp(desk.folder))
        return -1;
    snprintf(desk.path, sizeof desk.path, "%s/" WORKBOOK_NAME, desk.folder);
    desk.ledger = ledger_open();
    return 0;
}

/* Fails where more than the workbook was left behind. */
static int tear_down(void **state)
{
    (void)state;
    ledger_close(desk.ledger);
    unlink(desk.path);
    return rmdir(desk.folder);
}

static const struct workbook_about about = {.venue = "Chez nous",
                                            .period = "2026",
                                            .time_zone = "Europe/Brussels",
                                            .made_ms = LEDGER_MS,
                                            .language = LANGUAGE_EN};

static enum rc make(const struct workbook_about *of, int64_t *out_rows, struct reason *reason)
{
    struct register_source source = ledger_source(desk.ledger);
    return workbook_write(desk.path, desk.folder, &source, of, out_rows, reason);
}

/* A part of the workbook as text; what `unzip -p` says. Free it. */
static char *part(const char *name)
{
    char command[256], *text = calloc(1, 1 << 20);
    snprintf(command, sizeof command, "unzip -p '%s' '%s'", desk.path, name);
    FILE *said = popen(command, "r");
    assert_true(said && text);
    size_t length = fread(text, 1, (1 << 20) - 1, said);
    assert_int_equal(pclose(said), 0);
    assert_true(length > 0);
    return text;
}

static bool has(const char *name, const char *what)
{
    char *text = part(name);
    bool is_there = strstr(text, what) != NULL;
    free(text);
    return is_there;
}

static const struct person zoe = {.number = "1001", .first_name = "Zoé", .last_name = "de Ridder"};

/* --- what is in it --- */

static void the_file_is_its_owners_and_never_written_over(void **state)
{
    struct stat info;
    struct reason reason = {.text = ""};
    int64_t rows = -1;
    (void)state;
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 3);
    assert_int_equal(make(&about, &rows, &reason), RC_OK);
    assert_int_equal(rows, 3 + 1 + 1 + 1); /* visits, a year of theirs, of no task, them */
    assert_int_equal(stat(desk.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_true(make(&about, &rows, &reason) != RC_OK);
    assert_non_null(strstr(reason.text, WORKBOOK_NAME " could not be made"));
    assert_int_equal(workbook_check(desk.path), RC_OK);
}

static void rows_a_sheet_does_not_hold_go_on_in_another(void **state)
{
    struct workbook_about small = about;
    int64_t rows;
    (void)state;
    small.sheet_rows = 4; /* with the headings */
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 4);
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 2);
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 1);
    assert_int_equal(make(&small, &rows, NULL), RC_OK);
    assert_int_equal(rows, 7 + 3 + 1 + 3);
    assert_true(has("xl/workbook.xml", "name=\"Visits 3\""));
    assert_true(has("xl/workbook.xml", "name=\"Hours 2\"")); /* the sums are a row, too */
    assert_false(has("xl/workbook.xml", "Hours 3"));
    assert_false(has("xl/workbook.xml", "People 2"));
    assert_true(has("xl/worksheets/sheet9.xml", "it goes on in Visits 3."));
    assert_true(has("xl/worksheets/sheet3.xml", "Member number"));
    assert_true(has("xl/worksheets/sheet3.xml", "<row r=\"2\""));
    assert_false(has("xl/worksheets/sheet3.xml", "<row r=\"3\""));
    assert_true(has("xl/worksheets/sheet5.xml", "Total"));
    assert_false(has("xl/worksheets/sheet5.xml", "SUBTOTAL")); /* it would miss the other sheet */
}

static const char *in_capitals(enum language language, const char *text)
{
    static char texts[96][512];
    static int next;
    char *out = texts[next++ % 96];
    assert_int_equal(language, LANGUAGE_NL);
    snprintf(out, 512, "%s", text);
    for (char *at = out; *at; at++)
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at;
    return out;
}

static void what_people_read_is_said_in_their_language(void **state)
{
    struct workbook_about dutch = about;
    int64_t rows;
    (void)state;
    dutch.language = LANGUAGE_NL;
    dutch.say = in_capitals;
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 1);
    assert_int_equal(make(&dutch, &rows, NULL), RC_OK);
    assert_true(has("xl/workbook.xml", "name=\"HOURS PER MONTH\""));
    assert_true(has("xl/worksheets/sheet1.xml", "MEMBER NUMBER"));
    assert_true(has("xl/worksheets/sheet5.xml", "VOLUNTEERS"));
    assert_true(has("xl/charts/chart1.xml", "VOLUNTEERS"));
    assert_true(has("xl/charts/chart1.xml", "HOURS PER MONTH"));
    assert_true(has("xl/worksheets/sheet6.xml", "Chez nous"));
}

static void a_workbook_of_nothing_is_one(void **state)
{
    int64_t rows;
    (void)state;
    assert_int_equal(make(&about, &rows, NULL), RC_OK);
    assert_int_equal(rows, 0);
    assert_true(has("xl/worksheets/sheet1.xml", "First name"));
    assert_false(has("xl/worksheets/sheet5.xml", "<drawing"));
}

static void pseudonyms_and_doubtful_times_are_shown_as_such(void **state)
{
    struct privacy privacy = {.count = {[OCCASION_INFO] = PRIVACY_PSEUDONYM}};
    struct fact_id id = ledger_person(desk.ledger, &zoe);
    struct visit visit = {.day = LEDGER_DAY,
                          .kind = OCCASION_INFO,
                          .arrived_ms = LEDGER_MS,
                          .is_doubtful_in = true,
                          .how_in = PRESENCE_TAP};
    char word[PRIVACY_PSEUDONYM_BYTES];
    int64_t rows;
    (void)state;
    ledger_visit(desk.ledger, id, &visit);
    struct register_source source = ledger_source(desk.ledger);
    source.privacy = &privacy;
    privacy_pseudonym(source.key, id, word);
    assert_int_equal(workbook_write(desk.path, desk.folder, &source, &about, &rows, NULL), RC_OK);
    assert_true(has("xl/worksheets/sheet1.xml", word));
    assert_false(has("xl/worksheets/sheet1.xml", "Ridder"));
    assert_true(has("xl/worksheets/sheet1.xml", "doubtful"));
    assert_true(has("xl/worksheets/sheet1.xml", "s=\"4\"><v>46349.58"));
    assert_true(has("xl/styles.xml", "<i/>"));
    assert_true(has("xl/worksheets/sheet6.xml", "Counted without names"));
}

static void texts_that_xml_cannot_hold_come_in_all_the_same(void **state)
{
    static char huge[200000];
    struct person person = {.first_name = "a\x01z\x7f\x1f",
                            .last_name = "_x0041_ _x41_ \xEF\xBF\xBF"};
    struct workbook_about long_one = about;
    int64_t rows;
    (void)state;
    strcpy(person.circle, "\xC3("); /* no UTF-8 */
    memset(huge, 'x', sizeof huge - 1);
    long_one.venue = huge;
    ledger_person(desk.ledger, &person);
    assert_int_equal(make(&long_one, &rows, NULL), RC_OK);
    char *people = part("xl/worksheets/sheet4.xml");
    assert_non_null(strstr(people, "a_x0001_z"));
    assert_non_null(strstr(people, "_x005F_x0041_ _x41_ \xEF\xBF\xBD<"));
    assert_non_null(strstr(people, ">\xEF\xBF\xBD(<"));
    for (const char *at = people; *at; at++)
        assert_true((unsigned char)*at >= ' ' || strchr("\t\r\n", *at));
    free(people);
    assert_true(has("xl/worksheets/sheet6.xml", "xxxx"));
}

/* --- faults --- */

static void a_workbook_that_was_cut_or_changed_is_not_whole(void **state)
{
    char *bytes = NULL;
    size_t length;
    int64_t rows;
    int right = 0;
    (void)state;
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 20);
    assert_int_equal(make(&about, &rows, NULL), RC_OK);
    assert_int_equal(workbook_check(desk.path), RC_OK);
    assert_int_equal(infile_read(desk.path, 1 << 20, &bytes, &length, NULL), RC_OK);
    for (size_t at = 0; at < length; at += 97) {
        FILE *file = fopen(desk.path, "w");
        assert_non_null(file);
        bytes[at] ^= 0x10;
        assert_int_equal(fwrite(bytes, 1, length, file), length);
        assert_int_equal(fclose(file), 0);
        bytes[at] ^= 0x10;
        right += workbook_check(desk.path) == RC_OK; /* in a date or a name nobody reads */
        assert_int_equal(truncate(desk.path, (off_t)at), 0);
        assert_int_equal(workbook_check(desk.path), RC_CORRUPT);
    }
    assert_true(right < (int)(length / 97) / 4);
    free(bytes);
}

/* The limit stands for a full disk: whatever file it hits, in whatever phase, it is told. */
static void a_full_disk_is_told_and_nothing_is_left(void **state)
{
    struct rlimit before, small;
    struct reason reason;
    char *whole = NULL;
    size_t length;
    int64_t rows;
    int refused = 0;
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 300);
    assert_int_equal(make(&about, &rows, NULL), RC_OK);
    assert_int_equal(infile_read(desk.path, 1 << 20, &whole, &length, NULL), RC_OK);
    assert_int_equal(unlink(desk.path), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    for (rlim_t limit = 0; limit < 200000; limit += 1013) {
        struct register_source source = ledger_source(desk.ledger);
        small = before;
        small.rlim_cur = limit;
        reason.text[0] = 0;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        enum rc rc = workbook_write(desk.path, desk.folder, &source, &about, &rows, &reason);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        if (rc) {
            assert_non_null(strstr(reason.text, "could not be made"));
            assert_int_equal(access(desk.path, F_OK), -1);
            refused++;
            continue;
        }
        char *bytes = NULL;
        size_t count;
        assert_int_equal(infile_read(desk.path, 1 << 20, &bytes, &count, NULL), RC_OK);
        assert_int_equal(count, length);
        assert_memory_equal(bytes, whole, length);
        free(bytes);
        assert_int_equal(unlink(desk.path), 0);
    }
    assert_in_range(refused, 20, 190);
    free(whole);
}

static void without_memory_it_says_so_and_leaves_nothing(void **state)
{
    int64_t rows = -1;
    struct reason reason = {.text = ""};
    (void)state;
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 2);
    struct register_source source = ledger_source(desk.ledger);
    /* The book and its rows: what the library does without memory is not ours to try. */
    for (int at = 1; at <= 2; at++) {
        has_failed = false;
        fails_at = at;
        assert_int_equal(workbook_write(desk.path, desk.folder, &source, &about, &rows, &reason),
                         RC_NO_MEMORY);
        fails_at = 0;
        assert_true(has_failed);
    }
    assert_int_equal(rows, -1);
    assert_int_equal(access(desk.path, F_OK), -1);
}

/* More than fits between the two threads. */
#define MANY 6000

static void without_a_second_thread_it_is_the_same_file(void **state)
{
    char *beside = NULL, *alone = NULL;
    size_t beside_length, alone_length;
    int64_t rows;
    (void)state;
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), MANY);
    threads = 0;
    assert_int_equal(make(&about, &rows, NULL), RC_OK);
    assert_int_equal(threads, 1);
    assert_int_equal(infile_read(desk.path, 1 << 24, &beside, &beside_length, NULL), RC_OK);
    assert_int_equal(unlink(desk.path), 0);
    is_alone = true;
    assert_int_equal(make(&about, &rows, NULL), RC_OK);
    is_alone = false;
    assert_int_equal(threads, 1);
    assert_int_equal(infile_read(desk.path, 1 << 24, &alone, &alone_length, NULL), RC_OK);
    assert_int_equal(alone_length, beside_length);
    assert_memory_equal(alone, beside, beside_length);
    free(beside);
    free(alone);
}

/* Whoever reads has rows for the other, who is busy with those before. */
static void a_failure_on_either_side_ends_both(void **state)
{
    struct rlimit before, small;
    struct reason reason = {.text = ""};
    int64_t rows = -1;
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), MANY);
    struct register_source source = ledger_source(desk.ledger);
    sums_fail = true;
    assert_int_equal(workbook_write(desk.path, desk.folder, &source, &about, &rows, &reason),
                     RC_NO_MEMORY);
    assert_false(sums_fail);
    assert_int_equal(access(desk.path, F_OK), -1);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 10000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum rc rc = workbook_write(desk.path, desk.folder, &source, &about, &rows, &reason);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(rc, RC_LIMIT);
    assert_int_equal(access(desk.path, F_OK), -1);
    assert_int_equal(rows, -1);
    assert_int_equal(workbook_write(desk.path, desk.folder, &source, &about, &rows, &reason),
                     RC_OK);
}

static int open_files(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static int64_t gives_up_at;

static enum rc hear(void *context, int64_t rows)
{
    ++*(int *)context;
    return rows >= gives_up_at ? RC_REFUSED : RC_OK;
}

static void whoever_watches_may_give_up(void **state)
{
    int told = 0;
    struct workbook_about watched = about;
    const struct workbook_watcher watcher = {&told, hear};
    int64_t rows = -1;
    (void)state;
    watched.watcher = &watcher;
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), MANY);
    assert_int_equal(make(&about, &rows, NULL), RC_OK); /* SQLite keeps a file of its own */
    assert_int_equal(unlink(desk.path), 0);
    const int files = open_files();
    rows = -1;
    for (gives_up_at = 0; gives_up_at <= MANY; gives_up_at += 4096) {
        struct reason reason = {.text = ""};
        assert_int_equal(make(&watched, &rows, &reason), RC_REFUSED);
        assert_int_equal(access(desk.path, F_OK), -1);
        assert_int_equal(rows, -1);
    }
    assert_int_equal(told, 1 + 2);
    assert_int_equal(open_files(), files);
    assert_int_equal(make(&watched, &rows, NULL), RC_OK);
    assert_int_equal(rows, MANY + 3);
}

static void a_scratch_folder_that_is_not_there_says_so(void **state)
{
    struct register_source source = ledger_source(desk.ledger);
    struct reason reason = {.text = ""};
    int64_t rows = -1;
    (void)state;
    assert_true(workbook_write(desk.path, "/nowhere/at/all", &source, &about, &rows, &reason) !=
                RC_OK);
    assert_non_null(strstr(reason.text, "could not be made"));
    assert_int_equal(access(desk.path, F_OK), -1);
    reason.text[0] = 0;
    assert_int_equal(
        workbook_write("/nowhere/at/all.xlsx", desk.folder, &source, &about, &rows, &reason),
        RC_NOT_FOUND);
    assert_int_equal(rows, -1);
}

static void twenty_thousand_visits_take_no_more_memory(void **state)
{
    struct rusage before, after;
    int64_t rows;
    (void)state;
    ledger_visits(desk.ledger, ledger_person(desk.ledger, &zoe), 20000);
    struct register_source source = ledger_source(desk.ledger);
    source.last_day = 20261122;
    assert_int_equal(workbook_write(desk.path, desk.folder, &source, &about, &rows, NULL), RC_OK);
    assert_int_equal(unlink(desk.path), 0);
    getrusage(RUSAGE_SELF, &before);
    source.last_day = REPORT_LAST_DAY;
    assert_int_equal(workbook_write(desk.path, desk.folder, &source, &about, &rows, NULL), RC_OK);
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(rows, 20000 + 1 + 1 + 1);
    assert_true(after.ru_maxrss - before.ru_maxrss < 8 << 10); /* SQLite's cache fills up */
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_file_is_its_owners_and_never_written_over),
        TEST(rows_a_sheet_does_not_hold_go_on_in_another),
        TEST(what_people_read_is_said_in_their_language),
        TEST(a_workbook_of_nothing_is_one),
        TEST(pseudonyms_and_doubtful_times_are_shown_as_such),
        TEST(texts_that_xml_cannot_hold_come_in_all_the_same),
        TEST(a_workbook_that_was_cut_or_changed_is_not_whole),
        TEST(a_full_disk_is_told_and_nothing_is_left),
        TEST(without_memory_it_says_so_and_leaves_nothing),
        TEST(without_a_second_thread_it_is_the_same_file),
        TEST(a_failure_on_either_side_ends_both),
        TEST(whoever_watches_may_give_up),
        TEST(a_scratch_folder_that_is_not_there_says_so),
        TEST(twenty_thousand_visits_take_no_more_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
