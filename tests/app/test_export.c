#include "app/export.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/store/erase.h"
#include "app/store/report.h"
#include "tests/support/house.h"

static struct house *house;
static struct venue venue;
static char out[96];

static int set_up(void **state)
{
    (void)state;
    house = house_open();
    venue = venue_default();
    snprintf(venue.name, sizeof venue.name, "L'Épi commun");
    snprintf(out, sizeof out, "%s/stick", house->data);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    return mkdir(out, 0700);
}

static int tear_down(void **state)
{
    (void)state;
    house_close(house);
    return 0;
}

static struct export_job job_of(enum export_span span)
{
    return (struct export_job){
        .data = house->data,
        .root = out,
        .venue = &venue,
        .now = house_now(house),
        .choice = {.span = span, .files = EXPORT_ALL_FILES, .profile = CSV_PROFILE_STRICT}};
}

static int shell(const char *format, ...)
{
    char command[600], line[800];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    snprintf(line, sizeof line, "cd %s && { %s; } >/dev/null 2>&1", out, command);
    return system(line);
}

static struct export_result must_export(const struct export_job *job)
{
    struct export_result result;
    struct reason reason = {.text = ""};
    enum rc rc = export_run(job, NULL, &result, &reason);
    if (rc)
        print_error("%s\n", reason.text);
    assert_int_equal(rc, RC_OK);
    return result;
}

static void assert_no_scratch(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/scratch", house->data);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void everything_is_there_and_checks(void **state)
{
    (void)state;
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    struct export_result result = must_export(&job);
    assert_string_equal(result.folder, "2026-11-21_l-epi-commun");
    assert_int_equal(shell("cd %s && sha256sum --strict -c SHA256SUMS", result.folder), 0);
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        assert_true(result.rows[file] >= 0);
    assert_int_equal(result.rows[EXPORT_VISITS], 2);
    assert_int_equal(result.rows[EXPORT_HOURS], 1);
    assert_int_equal(result.rows[EXPORT_PEOPLE], HOUSE_PEOPLE);
    assert_int_equal(result.rows[EXPORT_ROLL_CALL], 1);
    assert_true(result.mark.count == 1);
    assert_int_equal(shell("cd %s && test $(wc -l < visits.csv) = 3", result.folder), 0);
    assert_int_equal(shell("cd %s && grep -q 'Épi commun' README.txt", result.folder), 0);
    assert_no_scratch();
}

/* --- what the house set --- */

#define WELCOME "../welcome/"

static void set_venue(void)
{
    char here[256];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(shell("cp -r %s/app/share/venue/welcome .. && chmod -R u+w ../welcome"
                           " && printf '[venue]\nname = Epi\n' > ../perron.conf"
                           " && printf '[circle Jardin]\nhours = 3\n' > ../circles.conf",
                           here),
                     0);
}

static void what_the_house_set_goes_along_and_nothing_else_of_its_folder(void **state)
{
    (void)state;
    set_venue();
    assert_int_equal(shell("echo secret > ../notes.txt && echo no > " WELCOME "secret.txt"
                           " && echo x > " WELCOME ".hello.fr.txt.swp"),
                     0);
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    struct export_result result = must_export(&job);
    assert_int_equal(result.left_out.count, 0);
    assert_true(result.venue_files > 20);
    assert_int_equal(shell("cd %s && sha256sum --strict -c SHA256SUMS && "
                           "grep -q '  venue/welcome/hello.fr.txt$' SHA256SUMS",
                           result.folder),
                     0);
    assert_int_equal(shell("cd %s && cmp venue/perron.conf ../../perron.conf && "
                           "cmp venue/circles.conf ../../circles.conf && "
                           "rm ../../welcome/secret.txt ../../welcome/.hello* && "
                           "diff -r venue/welcome ../../welcome",
                           result.folder),
                     0);
    assert_int_equal(shell("cd %s && test \"$(ls venue)\" = \"$(printf 'circles.conf\n"
                           "perron.conf\nwelcome')\" && test ! -e perron.conf",
                           result.folder),
                     0);
    assert_int_equal(shell("cd %s && test $(grep -c '^  venue/ ' README.txt) = 3"
                           " && test $(grep -c 'sha256sum -c' README.txt) = 3",
                           result.folder),
                     0);
    assert_no_scratch();
}

static void only_with_the_database_and_not_of_one_organisation(void **state)
{
    struct export_job job = job_of(EXPORT_EVERYTHING);
    (void)state;
    set_venue();
    job.choice.files = EXPORT_ALL_FILES & ~(1u << EXPORT_DATABASE);
    struct export_result result = must_export(&job);
    assert_int_equal(result.venue_files, 0);
    assert_int_not_equal(shell("test -e %s/venue", result.folder), 0);
    assert_int_not_equal(shell("grep -q 'venue/' %s/README.txt", result.folder), 0);
    job.choice.files = EXPORT_ALL_FILES;
    job.choice.organisation = (struct fact_id){1, 1};
    result = must_export(&job);
    assert_int_not_equal(shell("test -e %s/venue", result.folder), 0);
}

/* --- what the folder says of itself --- */

/* A list of what lies there, and of what README.txt has lines for, thrice each. */
static void expect_readme_to_list_the_folder(const char *folder)
{
    assert_int_equal(shell("cd %s && ls -p | sort > ../lies && tr -d '\\r' < README.txt |"
                           " sed -n 's/^  \\([^ ]*\\) .*[^ ]$/\\1/p' | sort > ../told &&"
                           " for i in 1 2 3; do cat ../lies; done | sort | diff - ../told",
                           folder),
                     0);
}

static void expect_new_refused_of_one_organisation(const struct export_job *job)
{
    struct export_result result;
    struct reason reason;
    assert_int_equal(export_run(job, NULL, &result, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "of the whole house alone"));
}

static void every_file_is_in_the_readme_and_nothing_else_is(void **state)
{
    struct seal_secret with;
    struct seal_public to;
    (void)state;
    set_venue();
    seal_make_keys(&to, &with);
    for (int i = 0; i < 3 * 2 * 2 * 3; i++) {
        struct export_job job = job_of((enum export_span)(i % 3));
        job.choice.seal = i / 3 % 2 ? &to : NULL;
        job.choice.organisation = i / 6 % 2 ? REPORT_HOUSE : (struct fact_id){0, 0};
        job.choice.files = i / 12 == 1 ? 1u << EXPORT_PEOPLE : EXPORT_ALL_FILES;
        job.choice.are_files_named = i / 12 == 2 && !(i / 6 % 2);
        job.choice.first_day = job.choice.last_day = 20261121;
        if (i % 3 == EXPORT_SINCE && i / 6 % 2)
            expect_new_refused_of_one_organisation(&job);
        else
            expect_readme_to_list_the_folder(must_export(&job).folder);
    }
}

static void expect_in_readme(const struct export_job *job, const char *what, bool is_there)
{
    struct export_result result = must_export(job);
    if ((shell("grep -qF -- '%s' %s/README.txt", what, result.folder) == 0) != is_there)
        fail_msg("README.txt: %s", what);
    assert_int_equal(shell("rm -r %s", result.folder), 0);
}

static void record_mark(void)
{
    struct mark mark;
    const struct office office = {.now = house_now(house)};
    assert_int_equal(mark_here(journal_db(house->journal), house_now(house).wall_ms, &mark), RC_OK);
    assert_int_equal(mark_record(house->journal, &office, &mark, &house->reason), RC_OK);
}

static void the_readme_says_what_each_file_is_in_this_folder(void **state)
{
    struct export_job job = job_of(EXPORT_EVERYTHING);
    (void)state;
    expect_in_readme(&job, "All that the register has: 2026-11-21 - 2026-11-21", true);
    expect_in_readme(&job, "the whole journal, of everybody", true);
    expect_in_readme(&job, "The column", false);
    must_export(&job);
    assert_int_equal(shell("unzip -p */attendance.xlsx xl/worksheets/sheet6.xml |"
                           " grep -qF '2026-11-21 - 2026-11-21'"),
                     0);
    assert_int_equal(shell("rm -r ./*"), 0);
    job = job_of(EXPORT_SINCE); /* the first time */
    expect_in_readme(&job, "All that the register has: 2026-11-21 - 2026-11-21", true);
    expect_in_readme(&job, "the whole journal, of everybody", true);
    expect_in_readme(&job, "The column", true);
    record_mark();
    house_wait(house, 48 * HOUSE_HOUR_MS);
    job = job_of(EXPORT_SINCE);
    expect_in_readme(&job, "new or changed since last time: 2026-11-21 - 2026-11-23", true);
    expect_in_readme(&job, "by itself it does not restore", true);
    expect_in_readme(&job, "the whole journal", false);
    job.choice.files = 1u << EXPORT_JOURNAL;
    expect_in_readme(&job, "The column", false);
    job = job_of(EXPORT_PERIOD);
    job.choice.first_day = 20261101;
    job.choice.last_day = 20261130;
    expect_in_readme(&job, "Only these days: 2026-11-01 - 2026-11-30", true);
    expect_in_readme(&job, "the people who were there in these days", true);
    expect_in_readme(&job, "everybody and all times", false);
    job.choice.are_files_named = true;
    expect_in_readme(&job, "everybody and all times are in journal.jsonl, perron.db", true);
    job = job_of(EXPORT_EVERYTHING);
    job.choice.organisation = REPORT_HOUSE;
    expect_in_readme(&job, "Only what belongs to: the house itself", true);
}

/* A pseudonym is none beside the journal. */
static void in_a_house_that_hides_who_came_it_is_said_which_files_name_them(void **state)
{
    struct export_job job = job_of(EXPORT_EVERYTHING);
    char id[FACT_ID_BYTES];
    (void)state;
    assert_int_equal(must_export(&job).naming, 0);
    struct presence presence = house_visits(house, house->people[HOUSE_IS_ADA]);
    fact_id_write(presence.visits[0].id, id);
    presence_finish(&presence);
    assert_int_equal(shell("grep -rqF %s */visits.csv */hours.csv", id), 0); /* the control */
    assert_int_equal(shell("rm -r ./*"), 0);
    venue.privacy.count[OCCASION_AGORA] = PRIVACY_NUMBER;
    expect_in_readme(&job, "hand on only the tables: journal.jsonl, perron.db, roll-call.pdf",
                     true);
    struct export_result result = must_export(&job);
    assert_int_equal(result.naming, EXPORT_NAMING);
    assert_int_not_equal(
        shell("grep -rqF %s %s/visits.csv %s/hours.csv", id, result.folder, result.folder), 0);
    job.choice.files = EXPORT_TABLES;
    assert_int_equal(must_export(&job).naming, 0);
    expect_in_readme(&job, "hand on only", false);
}

static void hours_that_have_no_rows_are_told(void **state)
{
    const struct office office = {.now = house_now(house)};
    struct export_job job = job_of(EXPORT_EVERYTHING);
    bool is_clean;
    (void)state;
    expect_in_readme(&job, "known one by one", false);
    assert_int_equal(erase_by_office(house->journal, &office, house->people[HOUSE_IS_ADA],
                                     &is_clean, &house->reason),
                     RC_OK);
    expect_in_readme(&job, "missing there: 1:00:00", true);
    job.choice.files = 1u << EXPORT_VISITS;
    expect_in_readme(&job, "known one by one", false);
}

static void a_house_that_set_nothing_has_no_folder_for_it(void **state)
{
    (void)state;
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    struct export_result result = must_export(&job);
    assert_int_equal(result.venue_files, 0);
    assert_int_not_equal(shell("test -e %s/venue", result.folder), 0);
}

static void what_no_station_takes_is_left_out_and_said(void **state)
{
    static const struct {
        const char *change, *file, *sentence, *gone;
    } rows[] = {
        {"mv " WELCOME "hello.fr.txt ../x && ln -s ../x " WELCOME "hello.fr.txt", "hello.fr.txt",
         "ordinary", "welcome/hello.fr.txt"},
        {"rm " WELCOME "hello.fr.txt && mkdir " WELCOME "hello.fr.txt", "hello.fr.txt", "ordinary",
         "welcome/hello.fr.txt"},
        {"rm " WELCOME "hello.fr.txt && mkfifo " WELCOME "hello.fr.txt", "hello.fr.txt", "ordinary",
         "welcome/hello.fr.txt"},
        {"head -c 50000000 /dev/zero > " WELCOME "hello.fr.txt", "hello.fr.txt", "larger",
         "welcome/hello.fr.txt"},
        {": > " WELCOME "hello.fr.txt", "hello.fr.txt", "empty", "welcome/hello.fr.txt"},
        {"mv ../welcome ../elsewhere && ln -s elsewhere ../welcome", "welcome", "folder",
         "welcome"},
        {"rm -r ../welcome && echo x > ../welcome", "welcome", "folder", "welcome"},
        {"mv ../perron.conf ../y && ln -s y ../perron.conf", "perron.conf", "ordinary",
         "perron.conf"},
        {"for i in $(seq 1200); do : > " WELCOME "$i; done", "welcome", "more than", NULL},
    };
    (void)state;
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(shell("rm -rf ../welcome ../elsewhere ../perron.conf ./*"), 0);
        set_venue();
        assert_int_equal(shell("%s", rows[i].change), 0);
        struct export_result result = must_export(&job);
        assert_int_equal(result.left_out.count, 1);
        assert_string_equal(result.left_out.rows[0].file, rows[i].file);
        if (!strstr(result.left_out.rows[0].said.text, rows[i].sentence))
            fail_msg("%s: %s", rows[i].change, result.left_out.rows[0].said.text);
        assert_int_equal(shell("cd %s && sha256sum --strict -c SHA256SUMS", result.folder), 0);
        if (rows[i].gone)
            assert_int_not_equal(shell("test -e %s/venue/%s", result.folder, rows[i].gone), 0);
    }
}

static void without_a_key_to_seal_to_the_venues_key_stays_at_home(void **state)
{
    (void)state;
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    struct export_result result = must_export(&job);
    assert_int_equal(shell("cd %s && ls | grep -q venue.key", result.folder) == 0, 0);
    assert_int_not_equal(shell("grep -rqaF \"$(cat ../venue.key)\" ."), 0);
    assert_int_equal(shell("grep -qaF \"$(cat ../venue.key)\" ../venue.key"), 0); /* control */
}

static void with_a_key_all_is_sealed_but_what_says_so(void **state)
{
    struct seal_secret with;
    struct seal_public to;
    struct export_job job = job_of(EXPORT_EVERYTHING);
    (void)state;
    seal_make_keys(&to, &with);
    job.choice.seal = &to;
    struct export_result result = must_export(&job);
    assert_int_equal(shell("cd %s && sha256sum --strict -c SHA256SUMS", result.folder), 0);
    assert_int_equal(shell("cd %s && test -s venue.key.sealed && test -s perron.db.sealed"
                           " && test -s visits.csv.sealed",
                           result.folder),
                     0);
    assert_int_equal(
        shell("cd %s && test -z \"$(ls | grep -v 'sealed$\\|README.txt\\|SHA256SUMS')\"",
              result.folder),
        0);
    assert_int_not_equal(shell("grep -rqa Bilal ."), 0);
    assert_int_not_equal(shell("grep -rqaF \"$(cat ../venue.key)\" ."), 0);
}

static void a_mark_is_given_where_all_that_is_new_is_in_it(void **state)
{
    struct export_job job = job_of(EXPORT_EVERYTHING);
    (void)state;
    job.choice.files = 1u << EXPORT_VISITS;
    assert_int_equal(must_export(&job).mark.count, 0);
    venue.export.files = 1u << EXPORT_VISITS; /* the house never takes out more */
    assert_int_equal(must_export(&job).mark.count, 1);
    job.choice.span = EXPORT_PERIOD;
    job.choice.first_day = job.choice.last_day = 20261121;
    assert_int_equal(must_export(&job).mark.count, 0);
    job = job_of(EXPORT_EVERYTHING);
    job.choice.organisation = REPORT_HOUSE;
    assert_int_equal(must_export(&job).mark.count, 0);
}

static void an_organisation_gets_nothing_of_everybodys(void **state)
{
    struct export_job job = job_of(EXPORT_EVERYTHING);
    (void)state;
    job.choice.organisation = REPORT_HOUSE;
    struct export_result result = must_export(&job);
    assert_true(result.rows[EXPORT_JOURNAL] < 0);
    assert_true(result.rows[EXPORT_DATABASE] < 0);
    assert_true(result.rows[EXPORT_ROLL_CALL] < 0);
    assert_int_equal(
        shell("cd %s && ls | grep -q 'journal\\|perron.db\\|roll'", result.folder) == 0, 0);
}

static void a_period_has_its_days_and_no_others(void **state)
{
    struct export_job job;
    (void)state;
    house_wait(house, 48 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_CHLOE);
    job = job_of(EXPORT_PERIOD);
    job.choice.first_day = job.choice.last_day = 20261121;
    assert_int_equal(must_export(&job).rows[EXPORT_VISITS], 2);
    job.choice.first_day = job.choice.last_day = 20261123;
    assert_int_equal(must_export(&job).rows[EXPORT_VISITS], 1);
}

/* One that is open to a side goes as far as the register does. */
static void a_period_is_said_the_same_wherever_it_is(void **state)
{
    static const struct {
        int first_day, last_day;
        const char *says;
    } rows[] = {{20261121, 20261121, "2026-11-21 - 2026-11-21"},
                {20261122, REPORT_LAST_DAY, "2026-11-22 - 2026-11-23"},
                {REPORT_FIRST_DAY, 20261122, "2026-11-21 - 2026-11-22"}};
    (void)state;
    house_wait(house, 48 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_CHLOE);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct export_job job = job_of(EXPORT_PERIOD);
        job.choice.first_day = rows[i].first_day;
        job.choice.last_day = rows[i].last_day;
        (void)must_export(&job);
        assert_int_equal(shell("cd \"$(ls -td */ | head -n 1)\" && unzip -p attendance.xlsx"
                               " 'xl/*.xml' > ../all && grep -q '>%s<' ../all"
                               " && ! grep -q '0000-00-00\\|9999-99-99' ../all README.txt"
                               " && grep -q 'Ces jours seulement : %s' README.txt",
                               rows[i].says, rows[i].says),
                         0);
        house_wait(house, 60 * HOUSE_MINUTE_MS);
        shell("rm -rf */");
    }
}

static void a_period_of_nothing_has_its_days_all_the_same(void **state)
{
    struct export_job job = job_of(EXPORT_PERIOD);
    (void)state;
    job.choice.organisation = house_record(house, FACT_ORGANISATION_ADDED, (struct fact_id){0, 0},
                                           json_pack("{s:s}", "name", "Repair Café"));
    job.choice.first_day = REPORT_FIRST_DAY;
    job.choice.last_day = 20261121;
    expect_in_readme(&job, "Only these days: 2026-11-21 - 2026-11-21", true);
    job.choice.first_day = 20261120;
    job.choice.last_day = REPORT_LAST_DAY;
    expect_in_readme(&job, "Only these days: 2026-11-20 - 2026-11-20", true);
}

/* --- how far it is --- */

struct watch {
    int calls, percent;
    enum export_stage stage;
    int stops_at; /* the Nth call; 0: never */
    bool taps;
};

static enum rc watch_it(void *context, enum export_stage stage, int percent)
{
    struct watch *watch = context;
    assert_in_range(percent, watch->percent, 100);
    assert_true(stage >= watch->stage);
    watch->percent = percent;
    watch->stage = stage;
    if (watch->taps && stage != EXPORT_READS) {
        house_tap(house, HOUSE_CHLOE);
        house_wait(house, HOUSE_HOUR_MS / 4);
    }
    return ++watch->calls == watch->stops_at ? RC_REFUSED : RC_OK;
}

static void progress_never_goes_back_and_ends_at_a_hundred(void **state)
{
    struct watch watch = {.calls = 0};
    const struct export_watcher watcher = {&watch, watch_it};
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    struct export_result result;
    struct reason reason;
    (void)state;
    assert_int_equal(export_run(&job, &watcher, &result, &reason), RC_OK);
    assert_int_equal(watch.percent, 100);
    assert_int_equal(watch.stage, EXPORT_CHECKS);
    assert_true(watch.calls > 10);
}

static void it_can_be_stopped_at_any_moment_and_leaves_nothing(void **state)
{
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    (void)state;
    for (int nth = 1;; nth++) {
        struct watch watch = {.stops_at = nth};
        const struct export_watcher watcher = {&watch, watch_it};
        struct export_result result = {.bytes = -7};
        struct reason reason = {.text = ""};
        enum rc rc = export_run(&job, &watcher, &result, &reason);
        if (!rc) {
            assert_true(nth > 10);
            break;
        }
        assert_int_equal(rc, RC_REFUSED);
        assert_non_null(strstr(reason.text, "stopped"));
        assert_int_equal(result.bytes, -7);
        assert_int_equal(shell("test -z \"$(ls -A)\""), 0);
        assert_no_scratch();
    }
}

static void all_files_are_of_one_moment_whatever_is_tapped_meanwhile(void **state)
{
    struct watch watch = {.taps = true};
    const struct export_watcher watcher = {&watch, watch_it};
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    struct export_result result;
    struct reason reason;
    (void)state;
    assert_int_equal(export_run(&job, &watcher, &result, &reason), RC_OK);
    int64_t last = result.mark.upto[0].seq;
    assert_true(house_number(house, "SELECT max(seq) FROM fact") > last);
    assert_int_equal(result.rows[EXPORT_VISITS], 2);
    assert_int_equal(result.rows[EXPORT_JOURNAL], last);
    assert_int_equal(shell("cd %s && test $(sqlite3 perron.db 'SELECT max(seq) FROM fact') = %lld",
                           result.folder, (long long)last),
                     0);
}

/* --- trouble --- */

static void trouble_has_a_sentence(void **state)
{
    struct export_job job = job_of(EXPORT_EVERYTHING);
    struct export_result result;
    struct reason reason = {.text = ""};
    (void)state;
    job.root = "/nowhere/at/all";
    assert_int_equal(export_run(&job, NULL, &result, &reason), RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "not there any more"));
    job = job_of(EXPORT_EVERYTHING);
    job.data = "/nowhere/at/all";
    assert_int_equal(export_run(&job, NULL, &result, &reason), RC_NOT_FOUND);
    assert_true(reason.text[0]);
}

static void what_a_power_cut_left_in_scratch_is_gone_after_the_next_export(void **state)
{
    (void)state;
    assert_int_equal(shell("mkdir -m 700 ../scratch && echo Bilal > ../scratch/perron.db"), 0);
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    must_export(&job);
    assert_no_scratch();
}

static void a_scratch_that_leads_elsewhere_is_refused(void **state)
{
    struct export_result result;
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(shell("mkdir ../elsewhere && touch ../elsewhere/kept"
                           " && ln -s elsewhere ../scratch"),
                     0);
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    assert_int_not_equal(export_run(&job, NULL, &result, &reason), RC_OK);
    assert_non_null(strstr(reason.text, "scratch"));
    assert_int_equal(shell("test -e ../elsewhere/kept && test -z \"$(ls -A)\""), 0);
}

static void the_estimate_is_near_and_not_below(void **state)
{
    int64_t bytes = 0;
    (void)state;
    for (int i = 0; i < 600; i++) {
        house_tap(house, house_badges[i % HOUSE_PEOPLE]);
        house_wait(house, 31 * HOUSE_MINUTE_MS);
    }
    const struct export_job job = job_of(EXPORT_EVERYTHING);
    assert_int_equal(export_estimate(&job, &bytes), RC_OK);
    struct export_result result = must_export(&job);
    assert_true(bytes >= result.bytes);
    assert_true(bytes < 2 * result.bytes);
    int64_t of_days = 0;
    struct export_job part = job_of(EXPORT_PERIOD);
    part.choice.first_day = 20261101;
    part.choice.last_day = 20261231;
    assert_int_equal(export_estimate(&part, &of_days), RC_OK);
    result = must_export(&part);
    assert_true(of_days >= result.bytes);
    assert_true(of_days < bytes / 2); /* without what restores the register */
    set_venue();
    assert_int_equal(export_estimate(&job, &bytes), RC_OK);
    assert_true(bytes >= must_export(&job).bytes);
}

static void names_of_files_are_read_or_the_mistake_is_told(void **state)
{
    unsigned files = 77;
    struct reason reason = {.text = ""};
    static const char *const bad[] = {
        "", ",", "visits,", "visit", "visits;hours", "VISITS", "visits,,hours", "all"};
    (void)state;
    assert_int_equal(export_read_files(" visits , roll-call", &files, &reason), RC_OK);
    assert_int_equal(files, 1u << EXPORT_VISITS | 1u << EXPORT_ROLL_CALL);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        reason.text[0] = 0;
        assert_int_equal(export_read_files(bad[i], &files, &reason), RC_BAD_INPUT);
        assert_non_null(strstr(reason.text, "newcomers"));
    }
    for (int file = 0; file < EXPORT_FILE_COUNT; file++) {
        assert_int_equal(
            export_read_files(export_file_name((enum export_file)file), &files, &reason), RC_OK);
        assert_int_equal(files, 1u << file);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_is_there_and_checks),
        TEST(what_the_house_set_goes_along_and_nothing_else_of_its_folder),
        TEST(only_with_the_database_and_not_of_one_organisation),
        TEST(every_file_is_in_the_readme_and_nothing_else_is),
        TEST(the_readme_says_what_each_file_is_in_this_folder),
        TEST(in_a_house_that_hides_who_came_it_is_said_which_files_name_them),
        TEST(hours_that_have_no_rows_are_told),
        TEST(a_house_that_set_nothing_has_no_folder_for_it),
        TEST(what_no_station_takes_is_left_out_and_said),
        TEST(without_a_key_to_seal_to_the_venues_key_stays_at_home),
        TEST(with_a_key_all_is_sealed_but_what_says_so),
        TEST(a_mark_is_given_where_all_that_is_new_is_in_it),
        TEST(an_organisation_gets_nothing_of_everybodys),
        TEST(a_period_has_its_days_and_no_others),
        TEST(a_period_is_said_the_same_wherever_it_is),
        TEST(a_period_of_nothing_has_its_days_all_the_same),
        TEST(progress_never_goes_back_and_ends_at_a_hundred),
        TEST(it_can_be_stopped_at_any_moment_and_leaves_nothing),
        TEST(all_files_are_of_one_moment_whatever_is_tapped_meanwhile),
        TEST(trouble_has_a_sentence),
        TEST(what_a_power_cut_left_in_scratch_is_gone_after_the_next_export),
        TEST(a_scratch_that_leads_elsewhere_is_refused),
        TEST(the_estimate_is_near_and_not_below),
        cmocka_unit_test(names_of_files_are_read_or_the_mistake_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
