/* What the house set, on its way back: perron.conf, circles.conf and the welcome. */
#include "app/restore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/export.h"
#include "tests/support/house.h"
#include "tests/support/pull.h"
#include "tests/support/pull_calls.h"
#include "tests/support/random.h"
#include "tests/support/welcome_folder.h"
#include "tests/support/whole.h"

static struct seal_public to;
static struct seal_secret secret;
static struct house *house;
static char root[64], from[200], data[96], told[65536];
static struct reason reason;
static struct restore_result result;

/* In the exported folder, or in the root where there is none yet. */
static int run(const char *format, ...) PRINTF_LIKE(1, 2);
static int run(const char *format, ...)
{
    char command[700], line[1000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    snprintf(line, sizeof line, "cd '%s' && { %s; }", from[0] ? from : root, command);
    return system(line);
}

static void must(const char *command)
{
    if (run("%s", command))
        fail_msg("%s", command);
}

static int set_up(void **state)
{
    char here[300];
    (void)state;
    house = house_open();
    house_tap(house, HOUSE_ADA);
    strcpy(root, "/tmp/perron-restore-XXXXXX");
    from[0] = 0;
    if (!mkdtemp(root) || !getcwd(here, sizeof here))
        return -1;
    snprintf(data, sizeof data, "%s/data", root);
    return run("ln -s '%s' home && cp -r '%s'/app/share/venue/* home/ && chmod -R u+w home/* && "
               "printf '[venue]\\nname = Epi\\n' > home/perron.conf",
               house->data, here);
}

static int tear_down(void **state)
{
    (void)state;
    house_close(house);
    from[0] = 0;
    return run("rm -rf --one-file-system '%s'", root);
}

static void take_out(const struct seal_public *seal)
{
    struct venue venue = venue_default();
    struct export_result exported;
    struct export_job job = {.data = house->data,
                             .root = root,
                             .venue = &venue,
                             .now = house_now(house),
                             .choice = {.span = EXPORT_EVERYTHING,
                                        .files = 1u << EXPORT_JOURNAL | 1u << EXPORT_DATABASE,
                                        .seal = seal}};
    if (export_run(&job, NULL, &exported, &reason))
        fail_msg("%s", reason.text);
    snprintf(from, sizeof from, "%s/%s", root, exported.folder);
    must("cp -a . ../copy");
}

/* As it was taken out, and nothing restored yet. */
static void begin_again(void)
{
    must("rm -rf --one-file-system ./* ../data && cp -a ../copy/. .");
}

static void sum_again(void)
{
    must("rm SHA256SUMS && find . -type f | sed 's,^[.]/,,' | sort | xargs -d '\\n' sha256sum > "
         "../sums && mv ../sums SHA256SUMS");
}

static void keep(void *context, const char *sentence)
{
    size_t used = strlen(told);
    (void)context;
    snprintf(told + used, sizeof told - used, "%s\n", sentence);
}

static enum rc restore(bool may_be_partial)
{
    struct restore_job job = {.from = from,
                              .data = data,
                              .key = &secret,
                              .may_be_partial = may_be_partial,
                              .may_lose_badges = true,
                              .now = house_now(house)};
    told[0] = 0;
    result = (struct restore_result){.is_partial = true};
    return restore_run(&job, &(struct restore_hearer){NULL, keep}, &result, &reason);
}

static void must_restore(void)
{
    if (restore(false))
        fail_msg("%s", reason.text);
    must("test -s ../data/perron.db && test ! -e ../data/restore.part");
}

#define SAME_SETTINGS                                                                              \
    "cmp ../data/perron.conf ../home/perron.conf && cmp ../data/circles.conf ../home/circles.conf"
#define SAME_WELCOME "diff -r ../data/welcome ../home/welcome"

/* --- what comes back --- */

static void all_that_the_house_set_comes_back(void **state)
{
    (void)state;
    for (int is_sealed = 0; is_sealed < 2; is_sealed++) {
        from[0] = 0;
        must("rm -rf copy data 20*");
        take_out(is_sealed ? &to : NULL);
        must_restore();
        assert_string_equal(is_sealed ? told : "", "");
        assert_true(result.has_settings && result.has_welcome);
        must(SAME_SETTINGS " && " SAME_WELCOME);
        must("test \"$(ls ../data)\" = \"$(printf 'circles.conf\\nlock\\nperron.conf\\n"
             "perron.db\\nvenue.key\\nwelcome')\"");
    }
}

static void a_house_that_set_nothing_is_no_trouble(void **state)
{
    (void)state;
    must("rm -r home/welcome home/*.conf");
    take_out(&to);
    must_restore();
    assert_string_equal(told, "");
    assert_true(!result.has_settings && !result.has_welcome);
    must("test ! -e ../data/welcome && test ! -e ../data/perron.conf");
}

static void what_the_data_folder_has_of_its_own_stays(void **state)
{
    (void)state;
    take_out(&to);
    must("mkdir -m 700 -p ../data/welcome && echo mine > ../data/welcome/mine && "
         ": > ../data/circles.conf");
    must_restore();
    assert_true(result.has_settings && !result.has_welcome);
    assert_non_null(strstr(told, "welcome of the data folder stays"));
    assert_non_null(strstr(told, "circles.conf of the data folder stays"));
    must("test $(ls ../data/welcome) = mine && test ! -s ../data/circles.conf && "
         "cmp ../data/perron.conf ../home/perron.conf");
}

/* Until there was a folder for them, the two files lay on top. */
static void an_older_export_is_taken_as_ever(void **state)
{
    (void)state;
    for (int is_sealed = 0; is_sealed < 2; is_sealed++) {
        from[0] = 0;
        must("rm -rf copy data 20*");
        take_out(is_sealed ? &to : NULL);
        must("mv venue/*.conf* . && rm -r venue");
        sum_again();
        must_restore();
        assert_true(result.has_settings && !result.has_welcome);
        assert_non_null(strstr(told, "older Perron"));
        must(SAME_SETTINGS " && test ! -e ../data/welcome");
    }
}

static void mistakes_are_sentences_and_the_files_come_back_as_they_were(void **state)
{
    (void)state;
    must("echo '[step nonsense]' >> home/welcome/welcome.conf && echo x = y >> home/perron.conf");
    take_out(&to);
    must_restore();
    assert_true(result.has_settings && result.has_welcome);
    assert_non_null(strstr(told, "perron.conf:3"));
    assert_non_null(strstr(told, "nonsense"));
    assert_non_null(strstr(told, "perron venue check"));
    must(SAME_SETTINGS " && " SAME_WELCOME);
}

/* --- trouble --- */

#define HELLO "venue/welcome/hello.fr.txt"

static const struct {
    const char *change;
    bool is_summed; /* the sums vouch for what was changed */
    const char *sentence;
    bool has_settings, has_welcome;
} troubles[] = {
    {"echo x >> " HELLO, false, "hello.fr.txt is damaged", true, false},
    {"rm " HELLO, false, "hello.fr.txt is missing", true, false},
    {"rm -r venue/welcome", false, "welcome is not whole", true, false},
    {"rm -r venue", false, "perron.conf is missing", false, false},
    {"rm -r venue && echo x > venue", false, "perron.conf is damaged", false, false},
    {"mv " HELLO " ../x && ln -s ../../../x " HELLO, false, "hello.fr.txt is damaged", true, false},
    {"mv venue/welcome ../w && ln -s ../../w venue/welcome", false, "is damaged", true, false},
    {"mv venue ../v && ln -s ../v venue", false, "is damaged", false, false},
    {"rm " HELLO " && mkfifo " HELLO, false, "hello.fr.txt is damaged", true, false},
    {"echo x >> venue/perron.conf", false, "perron.conf is not whole", true, true},
    {"echo x >> venue/perron.conf; echo x >> venue/circles.conf", false,
     "circles.conf is not whole", false, true},
    {"head -c 20000 /dev/zero | tr '\\0' a > " HELLO, true, "larger than it can be (16 KiB)", true,
     false},
    {"head -c 9000000 /dev/zero > " HELLO, true, "larger than it can be", true, false},
    {": > " HELLO, true, "empty", true, false},
    {"cp " HELLO " venue/welcome/HELLO.FR.TXT", true, "there twice", true, false},
    {"mv " HELLO " venue/welcome/HELLO.FR.TXT", true, "", true, true},
    {"mv venue/perron.conf venue/Perron.Conf", true, "", true, true},
    {"echo x > venue/notes.txt", true, "notes.txt is not used", true, true},
    {"echo x > venue/welcome/virus.exe", true, "virus.exe is not used", true, true},
    {"echo key > venue/venue.key; cp perron.db venue/perron.db; echo x > venue/lock", true,
     "venue.key is not used", true, true},
    {"mkdir venue/welcome/deep; mv " HELLO " venue/welcome/deep", true, "hello", true, true},
    {"cp venue/perron.conf . && echo x >> perron.conf", true, "", true, true},
    {"sed -n 's/^[^ ]*\\(  venue.welcome.hello.fr.txt\\)/" /* once more, with another sum */
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\\1/p' SHA256SUMS > ../l "
     "&& cat ../l SHA256SUMS > ../m && cp ../m SHA256SUMS",
     false, "hello.fr.txt is damaged", true, false},
    {"printf '%064d  venue/welcome/%010000d\\n' 0 0 >> SHA256SUMS", false, "a line that is none",
     true, false},
    {"printf '%064d  venue/../../data/perron.db\\n' 0 >> SHA256SUMS", false, "a line that is none",
     true, false},
    {"head -c 9000000 /dev/zero > venue/welcome/song.mp3", true, "song.mp3 is not used", true,
     true},
    {"for i in $(seq 300); do echo $i > venue/welcome/f$i.txt; done", true, "more lines", true,
     false},
};

static void trouble_with_the_house_never_keeps_the_register_out(void **state)
{
    struct random random = random_for_test("restore venue trouble");
    unsigned every = whole_or_every(3);
    (void)state;
    take_out(NULL);
    for (size_t i = random_below(&random, every); i < sizeof troubles / sizeof troubles[0];
         i += every) {
        begin_again();
        must(troubles[i].change);
        if (troubles[i].is_summed)
            sum_again();
        must_restore();
        if (!strstr(told, troubles[i].sentence) ||
            result.has_settings != troubles[i].has_settings ||
            result.has_welcome != troubles[i].has_welcome)
            fail_msg("%s: settings %d, welcome %d, %s", troubles[i].change, result.has_settings,
                     result.has_welcome, told);
        must("test -z \"$(find ../data -type l -o -name '*.part*' -o -name 'venue.*' ! -name "
             "venue.key)\" && ! grep -qx key ../data/venue.key");
        if ((run("test -e ../data/welcome") == 0) != result.has_welcome)
            fail_msg("%s: a welcome that is not told", troubles[i].change);
    }
}

static void what_is_left_of_a_welcome_comes_where_that_is_asked_for(void **state)
{
    (void)state;
    take_out(NULL);
    must("rm " HELLO);
    assert_int_equal(restore(true), RC_OK);
    assert_true(result.has_welcome);
    assert_non_null(strstr(told, "what is left of it is taken"));
    must("test -s ../data/welcome/welcome.conf && test ! -e ../data/welcome/hello.fr.txt");
}

static void without_sums_nobody_vouches_for_what_the_house_set(void **state)
{
    (void)state;
    take_out(NULL);
    must("rm SHA256SUMS perron.db");
    assert_int_equal(restore(false), RC_OK);
    assert_true(!result.has_settings && !result.has_welcome);
    must("test ! -e ../data/welcome && test ! -e ../data/perron.conf");
}

/* --- the disk --- */

/* The data folder is on a disk whose calls fail one by one: all of it, or as it was before. */
static void whatever_call_fails_it_is_all_there_or_nothing(void **state)
{
    struct random random = random_for_test("restore venue calls");
    long failed = 0, tried = 0;
    (void)state;
    take_out(&to);
    char disk[80];
    snprintf(disk, sizeof disk, "%s/disk", root);
    snprintf(data, sizeof data, "%s/disk/data", root);
    must("mkdir ../disk");
    assert_true(pull_begin(disk, random.state));
    pull_plan(PULL_NEVER, 0);
    assert_int_equal(restore(false), RC_OK);
    int64_t calls = pull_calls();
    must("rm -rf ../disk/data");
    int64_t step = calls / (whole_or_every(2) == 1 ? 200 : 12) + 1;
    for (int64_t at = 1 + random_below(&random, (unsigned)step); at <= calls; at += step) {
        pull_plan(PULL_ERROR, at);
        enum rc rc = restore(false);
        pull_plan(PULL_NEVER, 0);
        failed += rc != RC_OK;
        tried++;
        bool is_whole = run("test -s ../disk/data/perron.db") == 0;
        if (rc && run("test -z \"$(ls ../disk/data 2>/dev/null | grep -v '^lock$\\|^venue.key$\\|"
                      "^restore.part$')\""))
            fail_msg("call %ld: %s, and something is there", (long)at, rc_text(rc));
        if (!rc && (!is_whole || !result.has_settings || !result.has_welcome))
            fail_msg("call %ld: done, and not all there: settings %d, welcome %d: %s", (long)at,
                     result.has_settings, result.has_welcome, told);
        must("rm -rf ../disk/data");
    }
    pull_end();
    assert_true(failed > tried / 2);
}

static int make_keys(void **state)
{
    (void)state;
    if (hash_init())
        return -1;
    seal_make_keys(&to, &secret);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_that_the_house_set_comes_back),
        TEST(a_house_that_set_nothing_is_no_trouble),
        TEST(what_the_data_folder_has_of_its_own_stays),
        TEST(an_older_export_is_taken_as_ever),
        TEST(mistakes_are_sentences_and_the_files_come_back_as_they_were),
        TEST(trouble_with_the_house_never_keeps_the_register_out),
        TEST(what_is_left_of_a_welcome_comes_where_that_is_asked_for),
        TEST(without_sums_nobody_vouches_for_what_the_house_set),
        TEST(whatever_call_fails_it_is_all_there_or_nothing),
    };
    return cmocka_run_group_tests(tests, make_keys, NULL);
}
