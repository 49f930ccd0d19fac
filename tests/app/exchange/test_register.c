/* For the fault tests this program stands between outfile.c and the system: see fails_at. */
#include "app/exchange/register.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/csv.h"
#include "app/exchange/infile.h"
#include "app/exchange/outfile.h"
#include "app/exchange/people.h"

/* --- the Nth call fails --- */

static int fails_at; /* counts down; 0: nothing fails */
static int fails_with;
static bool fails_for_ever; /* the stick is gone: all later calls fail too */
static bool has_failed;

static bool is_failing(void)
{
    if (fails_at == 0)
        return false;
    if (fails_at > 1) {
        fails_at--;
        return false;
    }
    fails_at = fails_for_ever ? 1 : 0;
    has_failed = true;
    errno = fails_with;
    return true;
}

/* The declarations of the C library carry attributes that differ between its versions. */
ssize_t write(int fd, const void *bytes, size_t length)
{
    return is_failing() ? -1 : syscall(SYS_write, fd, bytes, length);
}

int fsync(int fd)
{
    return is_failing() ? -1 : (int)syscall(SYS_fsync, fd);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return is_failing() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
}

int unlinkat(int folder, const char *name, int flags)
{
    return is_failing() ? -1 : (int)syscall(SYS_unlinkat, folder, name, flags);
}

/* --- a folder for each test --- */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/perron-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {
        "visits.csv", "visits.csv.part", "people.csv", "people.csv.part", "x", "x.part"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(path_of(names[i]));
    return rmdir(folder);
}

static bool is_there(const char *name)
{
    struct stat info;
    return lstat(path_of(name), &info) == 0;
}

static char *load(const char *name)
{
    char *bytes = NULL;
    size_t length;
    assert_int_equal(infile_read(path_of(name), CSV_FILE_BYTES, &bytes, &length, NULL), RC_OK);
    return bytes;
}

static void assert_file(const char *name, const char *text)
{
    char *bytes = load(name);
    assert_string_equal(bytes, text);
    free(bytes);
}

/* --- rows --- */

static const struct person zoe = {.number = "1001",
                                  .external_id = "odoo_1",
                                  .first_name = "Zoé",
                                  .last_name = "de Ridder",
                                  .language = "fr",
                                  .circle = "working group",
                                  .email = "zoe@example.org",
                                  .phone = "+32 466 599 13 59",
                                  .since = "2021-10-25",
                                  .college = "workers & friends",
                                  .shares = "12",
                                  .paused_until = "2026-12-31",
                                  .private_hours = "yes",
                                  .basket = "2 x half",
                                  .basket_pauses = "2026-12-20/2027-01-05,2027-02-01",
                                  .basket_fetchers = "1002;Béatrice de Ridder"};
static const struct person erased;
static const struct person formula = {.first_name = "=HYPERLINK(\"x\")", .last_name = "a;b"};

/* 2026-11-23 13:02:11 UTC, 14:02:11 in Brussels. */
#define ARRIVED 1795438931000

static const struct visit visits[] = {
    {.day = 20261123,
     .arrived_ms = ARRIVED,
     .left_ms = ARRIVED + 9015000,
     .how_in = PRESENCE_TAP,
     .how_out = PRESENCE_TAP,
     .guests = 2,
     .children = 1},
    {.day = 20261123,
     .is_staff = true,
     .kind = OCCASION_ASSEMBLY,
     .arrived_ms = ARRIVED,
     .how_in = PRESENCE_NAME,
     .how_out = PRESENCE_OPEN},
    {.day = 20261123,
     .arrived_ms = ARRIVED,
     .left_ms = ARRIVED + 36000000,
     .how_in = PRESENCE_TAP,
     .how_out = PRESENCE_ASSUMED,
     .is_doubtful_in = true},
    {.day = 20261123,
     .arrived_ms = ARRIVED,
     .left_ms = ARRIVED + 90000000,
     .how_in = PRESENCE_STAFF,
     .how_out = PRESENCE_CORRECTED},
};

static enum rc write_visits(enum csv_profile profile, int times, struct reason *reason)
{
    struct register_file *file;
    const struct register_visit rows[] = {{&zoe, &visits[0], 9015, ""},
                                          {&erased, &visits[1], 0, "Vélo; café"},
                                          {&formula, &visits[2], 0, "=1+1"},
                                          {&zoe, &visits[3], 90000, ""}};
    enum rc rc = register_begin(folder, REGISTER_VISITS, profile, &file, reason);
    if (rc)
        return rc;
    for (int i = 0; !rc && i < times * 4; i++)
        rc = register_add_visit(file, &rows[i % 4]);
    enum rc committed = register_commit(file, reason);
    assert_true(!rc || rc == committed);
    return committed;
}

static void visits_are_written_for_people(void **state)
{
    (void)state;
    assert_int_equal(write_visits(CSV_PROFILE_EXCEL, 1, NULL), RC_OK);
    assert_file(
        "visits.csv",
        "\xEF\xBB\xBFnumber;last_name;first_name;organisation;day;as;occasion;arrived_at;left_at;"
        "duration;"
        "hours;how_in;how_out;clock;guests;children\r\n"
        "1001;de Ridder;Zoé;;2026-11-23;volunteer;open-day;2026-11-23 14:02:11;2026-11-23 "
        "16:32:26;2:30:15;\"2,50\";tap;"
        "tap;trusted;2;1\r\n"
        ";;;\"Vélo; café\";2026-11-23;staff;assembly;2026-11-23 14:02:11;;;;name;;trusted;0;0\r\n"
        ";\"a;b\";\"'=HYPERLINK(\"\"x\"\")\";'=1+1;2026-11-23;volunteer;open-day;2026-11-23 "
        "14:02:11;2026-11-24 00:02:11;"
        "0:00:00;\"0,00\";tap;assumed;doubtful;0;0\r\n"
        "1001;de Ridder;Zoé;;2026-11-23;volunteer;open-day;2026-11-23 14:02:11;2026-11-24 "
        "15:02:11;25:00:00;\"25,00\";"
        "staff;corrected;trusted;0;0\r\n");
    assert_false(is_there("visits.csv.part"));
}

static void visits_are_written_for_programs(void **state)
{
    (void)state;
    assert_int_equal(write_visits(CSV_PROFILE_STRICT, 1, NULL), RC_OK);
    assert_file(
        "visits.csv",
        "number,last_name,first_name,organisation,day,as,occasion,arrived_at,left_at,duration,"
        "hours,how_in,"
        "how_out,clock,guests,children\r\n"
        "1001,de "
        "Ridder,Zoé,,2026-11-23,volunteer,open-day,2026-11-23T13:02:11Z,2026-11-23T15:32:26Z,2:30:"
        "15,2.50,tap,"
        "tap,trusted,2,1\r\n"
        ",,,\"Vélo; café\",2026-11-23,staff,assembly,2026-11-23T13:02:11Z,,,,name,,trusted,0,0\r\n"
        ",\"a;b\",\"'=HYPERLINK(\"\"x\"\")\",'=1+1,2026-11-23,volunteer,open-day,2026-11-23T13:02:"
        "11Z,"
        "2026-11-23T23:02:11Z,0:00:00,0.00,tap,assumed,doubtful,0,0\r\n"
        "1001,de "
        "Ridder,Zoé,,2026-11-23,volunteer,open-day,2026-11-23T13:02:11Z,2026-11-24T14:02:11Z,25:00:"
        "00,25.00,"
        "staff,corrected,trusted,0,0\r\n");
}

static void people_come_back_as_they_were(void **state)
{
    struct person hostile = {.number = "7",
                             .first_name = "'=1+1",
                             .last_name = "'t Kint",
                             .phone = "-1+cmd|x",
                             .circle = "\"a\";b,c",
                             .since = "2020-02-29",
                             .college = "=A1"};
    const struct person *const all[] = {&zoe, &formula, &hostile};
    (void)state;
    for (int profile = CSV_PROFILE_EXCEL; profile <= CSV_PROFILE_STRICT; profile++) {
        struct register_file *file;
        struct people *people;
        assert_int_equal(register_begin(folder, REGISTER_PEOPLE, profile, &file, NULL), RC_OK);
        for (int i = 0; i < 3; i++) {
            struct register_person row = {all[i], i};
            assert_int_equal(register_add_person(file, &row), RC_OK);
        }
        assert_int_equal(register_commit(file, NULL), RC_OK);
        char *bytes = load("people.csv");
        assert_non_null(strstr(bytes, profile == CSV_PROFILE_EXCEL ? ";'+32 466 599 13 59;"
                                                                   : ",+32 466 599 13 59,"));
        assert_int_equal(people_read(bytes, strlen(bytes), &people, NULL), RC_OK);
        assert_int_equal(people_count(people), 3);
        for (size_t i = 0; i < 3; i++)
            for (int f = 0; f < person_field_count; f++)
                assert_string_equal(person_text_const(&people_row(people, i)->person, f),
                                    person_text_const(all[i], f));
        people_close(people);
        free(bytes);
    }
}

/* --- faults --- */

static void lines_without_a_file_are_the_same(void **state)
{
    static char text[2 * CSV_WRITER_ROW_BYTES];
    size_t head, length;
    (void)state;
    for (int profile = CSV_PROFILE_EXCEL; profile <= CSV_PROFILE_STRICT; profile++) {
        struct register_file *file;
        struct register_visit row = {&zoe, &visits[0], 9015, "Vélo; café"};
        assert_int_equal(register_begin(folder, REGISTER_VISITS, profile, &file, NULL), RC_OK);
        assert_int_equal(register_add_visit(file, &row), RC_OK);
        assert_int_equal(register_commit(file, NULL), RC_OK);
        assert_int_equal(register_headings(REGISTER_VISITS, profile, text, sizeof text, &head),
                         RC_OK);
        assert_int_equal(
            register_visit_text(profile, &row, text + head, sizeof text - head, &length), RC_OK);
        text[head + length] = 0;
        assert_file("visits.csv", text);
        assert_int_equal(register_headings(REGISTER_VISITS, profile, text, 2, &head), RC_LIMIT);
        assert_int_equal(register_visit_text(profile, &row, text, 20, &length), RC_LIMIT);
    }
}

static void nothing_is_left_of_an_abandoned_file(void **state)
{
    struct register_file *file;
    (void)state;
    assert_int_equal(register_begin(folder, REGISTER_VISITS, CSV_PROFILE_EXCEL, &file, NULL),
                     RC_OK);
    assert_true(is_there("visits.csv.part"));
    register_abandon(file);
    assert_false(is_there("visits.csv.part"));
    assert_false(is_there("visits.csv"));
    register_abandon(NULL);
}

static void whatever_call_fails_the_name_shows_a_whole_file(void **state)
{
    static const struct {
        int error;
        enum rc rc;
        const char *says;
    } faults[] = {
        {ENOSPC, RC_FULL, "no space left"}, {EROFS, RC_READ_ONLY, "may only be read"},
        {EIO, RC_IO, "reports an error"},   {ENODEV, RC_GONE, "the stick is gone"},
        {EDQUOT, RC_FULL, "no space left"},
    };
    (void)state;
    for (size_t f = 0; f < 2 * sizeof faults / sizeof faults[0]; f++) {
        int row = (int)f / 2, nth = 1;
        struct reason reason;
        fails_for_ever = f % 2;
        assert_int_equal(write_visits(CSV_PROFILE_EXCEL, 400, NULL), RC_OK);
        char *whole = load("visits.csv");
        for (;; nth++) {
            enum csv_profile profile = CSV_PROFILE_STRICT;
            reason.text[0] = 0;
            fails_at = nth;
            fails_with = faults[row].error;
            enum rc rc = write_visits(profile, 400, &reason);
            fails_at = 0;
            if (!has_failed)
                break;
            has_failed = false;
            assert_int_equal(rc, faults[row].rc);
            assert_non_null(strstr(reason.text, "visits.csv could not be written"));
            assert_non_null(strstr(reason.text, faults[row].says));
            if (!fails_for_ever)
                assert_false(is_there("visits.csv.part"));
            char *now = load("visits.csv");
            assert_true(strcmp(now, whole) == 0 ||
                        strcmp(now + strlen(now) - 13, "trusted,0,0\r\n") == 0);
            free(now);
        }
        /* The old part, three buffers, the file's sync, the new name, the folder's sync. */
        assert_true(nth > 7);
        free(whole);
    }
}

static void a_part_left_over_is_replaced_and_no_link_followed(void **state)
{
    char target[128];
    (void)state;
    snprintf(target, sizeof target, "%s/x", folder);
    assert_int_equal(symlink(target, path_of("visits.csv.part")), 0);
    assert_int_equal(write_visits(CSV_PROFILE_EXCEL, 1, NULL), RC_OK);
    assert_false(is_there("x"));
    assert_true(is_there("visits.csv"));
    struct stat info;
    assert_int_equal(stat(path_of("visits.csv"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_folder_that_is_not_there_says_so(void **state)
{
    struct register_file *file = NULL;
    struct reason reason = {""};
    (void)state;
    assert_int_equal(
        register_begin("/nowhere/at/all", REGISTER_PEOPLE, CSV_PROFILE_EXCEL, &file, &reason),
        RC_NOT_FOUND);
    assert_null(file);
    assert_non_null(strstr(reason.text, "people.csv could not be written"));
}

/* A true limit of the system, beside the made-up ones. */
static void a_file_too_large_for_the_system_is_not_kept(void **state)
{
    struct rlimit before, small;
    struct reason reason = {""};
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 100 << 10;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum rc rc = write_visits(CSV_PROFILE_EXCEL, 1000, &reason);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(rc, RC_LIMIT);
    assert_false(is_there("visits.csv"));
    assert_false(is_there("visits.csv.part"));
}

static void a_hundred_thousand_visits_take_no_more_memory(void **state)
{
    struct rusage before, after;
    (void)state;
    assert_int_equal(write_visits(CSV_PROFILE_EXCEL, 10, NULL), RC_OK);
    getrusage(RUSAGE_SELF, &before);
    assert_int_equal(write_visits(CSV_PROFILE_EXCEL, 25000, NULL), RC_OK);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 1024);
    struct stat info;
    assert_int_equal(stat(path_of("visits.csv"), &info), 0);
    assert_true(info.st_size > 8 << 20);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(visits_are_written_for_people),
        TEST(visits_are_written_for_programs),
        TEST(people_come_back_as_they_were),
        TEST(lines_without_a_file_are_the_same),
        TEST(nothing_is_left_of_an_abandoned_file),
        TEST(whatever_call_fails_the_name_shows_a_whole_file),
        TEST(a_part_left_over_is_replaced_and_no_link_followed),
        TEST(a_folder_that_is_not_there_says_so),
        TEST(a_file_too_large_for_the_system_is_not_kept),
        TEST(a_hundred_thousand_visits_take_no_more_memory),
    };
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
