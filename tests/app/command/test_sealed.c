/* The co-ordinator's key, what was sealed to it, and a register that comes back by it. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

static struct said said;

static int set_up_sealed(void **state)
{
    if (session_set_up_people(state))
        return -1;
    session_must(*state, &said, "$P keys make $F/co.key --json");
    json_t *made = session_json(&said);
    session_must(*state, &said,
                 "printf '[venue]\\nname = Epi\\n[export]\\nkey = %s\\n' >> "
                 "$D/perron.conf && mkdir $F/stick $F/out",
                 json_text(made, "public"));
    json_decref(made);
    return 0;
}

/* Into $F/stick/x. */
static void take_out(struct session *session, const char *options)
{
    session_must(session, &said, "$P export --data $D %s $F/stick && mv $F/stick/20* $F/stick/x",
                 options);
}

static void expect_failure(struct session *session, const char *line, const char *sentence)
{
    session_run(session, &said, "%s", line);
    if (said.code == 0 || !strstr(said.err, sentence))
        fail_msg("%s: %d, %s", line, said.code, said.err);
}

static void a_key_is_made_once_and_never_written_over(void **state)
{
    char key[256];
    session_must(*state, &said, "umask 0; $P keys make $F/co.key");
    assert_non_null(strstr(said.out, "[export]\nkey = perron-public-"));
    assert_null(strstr(said.out, "perron-secret-"));
    snprintf(key, sizeof key, "%.*s", (int)strcspn(strstr(said.out, "key = "), "\n"),
             strstr(said.out, "key = "));
    session_must(*state, &said, "stat -c %%a $F/co.key");
    assert_string_equal(said.out, "600\n");
    session_must(*state, &said, "cp $F/co.key $F/copy");
    expect_failure(*state, "$P keys make $F/co.key", "is there already");
    expect_failure(*state, "ln -s $F/nowhere $F/link && $P keys make $F/link", "is there already");
    expect_failure(*state, "$P keys make $F/no/where.key", "cannot be made");
    session_must(*state, &said, "cmp $F/co.key $F/copy && test ! -e $F/nowhere");
    session_must(*state, &said, "$P keys show $F/co.key");
    assert_non_null(strstr(said.out, key));
    assert_null(strstr(said.out, "perron-secret-"));
}

static void what_is_no_key_is_told(void **state)
{
    session_must(*state, &said, "$P keys make $F/co.key");
    expect_failure(*state, "$P keys show $F/missing", "cannot be read");
    expect_failure(*state, "$P keys show $F", "a folder");
    expect_failure(*state, "echo hello > $F/a && $P keys show $F/a", "no key to open with");
    expect_failure(*state, ": > $F/a && $P keys show $F/a", "no key to open with");
    expect_failure(*state, "head -c 9000 /dev/zero > $F/a && $P keys show $F/a", "");
    expect_failure(*state, "grep -o 'perron-public.*' $F/co.key > $F/a && $P keys show $F/a",
                   "public half");
    expect_failure(*state,
                   "sed 's/.$/0/;s/.$/1/' $F/co.key | sed 's/-.\\{8\\}-/-00000000-/' > $F/a "
                   "&& $P keys show $F/a",
                   "letter of it is wrong");
    session_run(*state, &said, "$P keys");
    assert_int_equal(said.code, COMMAND_MISUSED);
    session_run(*state, &said, "$P keys lose $F/co.key");
    assert_int_equal(said.code, COMMAND_MISUSED);
    /* By hand, without the notes, as from paper. */
    session_must(*state, &said,
                 "grep secret- $F/co.key | tr a-z A-Z | sed 's/PERRON-SECRET/"
                 "perron-secret/' | tail -1 > $F/b && $P keys show $F/b");
}

static void a_sealed_export_opens_as_a_whole_or_file_by_file(void **state)
{
    take_out(*state, "");
    session_must(*state, &said, "cd $F/stick/x && ls *.csv *.jsonl 2>/dev/null | wc -l");
    assert_string_equal(said.out, "0\n");
    session_must(*state, &said, "! grep -ralq Mehmet $F/stick/x");
    session_must(*state, &said, "$P open $F/stick/x --key $F/co.key --to $F/out");
    assert_non_null(strstr(said.out, "/out/x/people.csv\n"));
    session_must(*state, &said, "grep -q Mehmet $F/out/x/people.csv");
    session_must(*state, &said, "test ! -e $F/out/x/venue.key && stat -c %%a $F/out/x/people.csv");
    assert_string_equal(said.out, "600\n");

    session_must(*state, &said,
                 "$P open $F/stick/x/visits.csv.sealed $F/stick/x/venue.key.sealed --json "
                 "--key $F/co.key --to $F/out");
    json_t *told = session_json(&said);
    assert_int_equal(json_array_size(json_object_get(told, "opened")), 2);
    assert_int_equal(json_array_size(json_object_get(told, "failed")), 0);
    json_decref(told);
    session_must(*state, &said,
                 "cmp $F/out/visits.csv $F/out/x/visits.csv && "
                 "head -1 $F/out/venue.key | cmp - $D/venue.key && "
                 "grep -q '^venue Epi$' $F/out/venue.key");
    /* The same as without a seal. */
    session_must(*state, &said,
                 "$P export --data $D --all --no-seal $F/out && "
                 "cmp $F/out/20*/people.csv $F/out/x/people.csv");
}

/* Of a sealed export once it is opened, of another as it is. */
static void what_a_house_set_is_taken_in_by_another_station(void **state)
{
    session_must(*state, &said, "cp -r app/share/venue/* $D && chmod -R u+w $D/welcome");
    take_out(*state, "");
    session_must(*state, &said,
                 "! grep -rqa '\\[step' $F/stick/x && "
                 "test -s $F/stick/x/venue/welcome/hello.fr.txt.sealed");
    session_must(*state, &said, "$P open $F/stick/x --key $F/co.key --to $F/out");
    assert_non_null(strstr(said.out, "/out/x/venue/welcome/hello.fr.txt\n"));
    session_must(
        *state, &said,
        "mkdir $F/plain && $P export --data $D --no-seal $F/plain && diff -r $F/out/x/venue "
        "$F/plain/20*/venue");
    session_must(*state, &said,
                 "mkdir $F/second $F/stick2 && cp -r $F/out/x/venue $F/stick2 && "
                 "$P import $F/stick2 --data $F/second");
    session_must(*state, &said,
                 "for name in perron.conf circles.conf welcome; do "
                 "diff -r $D/$name $F/second/$name || exit 1; done");
}

static void links_and_strange_names_in_an_export_are_passed_over(void **state)
{
    session_must(*state, &said, "cp -r app/share/venue/* $D && chmod -R u+w $D/welcome");
    take_out(*state, "");
    session_must(*state, &said,
                 "cd $F/stick/x && mkdir -p a/b/c/d $F/far && cp visits.csv.sealed $F/far && "
                 "cp visits.csv.sealed a/b/c/d && ln -s $F/far link && "
                 "mv venue/welcome $F/w && ln -s $F/w venue/welcome");
    session_run(*state, &said, "$P open $F/stick/x --key $F/co.key --to $F/out");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "venue/welcome/hello.fr.txt.sealed is damaged"));
    session_must(*state, &said,
                 "test -s $F/out/x/venue/perron.conf && test -s $F/out/x/visits.csv && "
                 "test ! -e $F/out/x/venue/welcome && test ! -e $F/out/x/link && "
                 "test ! -e $F/out/x/a");
}

static void nothing_is_written_over(void **state)
{
    take_out(*state, "");
    session_must(*state, &said, "echo mine > $F/out/visits.csv && mkdir $F/out/x");
    expect_failure(*state, "$P open $F/stick/x/visits.csv.sealed --key $F/co.key --to $F/out",
                   "is there already");
    expect_failure(*state, "$P open $F/stick/x --key $F/co.key --to $F/out", "is there already");
    session_must(*state, &said, "grep -q mine $F/out/visits.csv && ls $F/out/x | wc -l");
    assert_string_equal(said.out, "0\n");
}

static void what_cannot_be_opened_is_told_and_leaves_nothing(void **state)
{
    static const struct {
        const char *line, *sentence;
    } lines[] = {
        {"$P keys make $F/other >/dev/null; $P open $X --key $F/other --to $F/out", "another key"},
        {"head -c -1 $X > $F/v.csv.sealed; $P open $F/v.csv.sealed --key $F/co.key --to $F/out",
         "damaged or cut off"},
        {": > $F/v.csv.sealed; $P open $F/v.csv.sealed --key $F/co.key --to $F/out",
         "damaged or cut off"},
        {"echo 'a;b' > $F/v.csv.sealed; $P open $F/v.csv.sealed --key $F/co.key --to $F/out",
         "no file that Perron sealed"},
        {"sed 's/^perron sealed 1/perron sealed 2/' $X > $F/v.csv.sealed; "
         "$P open $F/v.csv.sealed --key $F/co.key --to $F/out",
         "newer Perron"},
        {"$P open $F/stick/x/README.txt --key $F/co.key --to $F/out", "no sealed file"},
        {"$P open $F/stick/x/missing.sealed --key $F/co.key --to $F/out", "cannot be read"},
        {"$P open $F/stick/y --key $F/co.key --to $F/out", "no sealed file"},
        {"$P open $F/out --key $F/co.key --to $F/out", "no sealed file in"},
        {"mkdir $F/d.sealed; mkdir $F/d; mv $F/d.sealed $F/d; $P open $F/d --key $F/co.key --to "
         "$F/out",
         "folder or a device"},
        {"ln -s $X $F/l.csv.sealed; $P open $F/l.csv.sealed --key $F/co.key --to $F/out",
         "only a link"},
        {"mkfifo $F/p.sealed; $P open $F/p.sealed --key $F/co.key --to $F/out",
         "folder or a device"},
        {"$P open $X --key $F/nokey --to $F/out", "cannot be read"},
        {"$P open $X --key $F/co.key --to $F/no/where", "cannot be made"},
        {"$P open $X --key $F/other --to $F/new; code=$?; test ! -e $F/new && exit $code",
         "another key"},
        {"$P open $X --to $F/out", "which key"},
    };
    take_out(*state, "");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char line[512];
        snprintf(line, sizeof line, "X=$F/stick/x/visits.csv.sealed; %s", lines[i].line);
        expect_failure(*state, line, lines[i].sentence);
        session_must(*state, &said, "rm -f $F/v.csv.sealed; find $F/out -type f | wc -l");
        assert_string_equal(said.out, "0\n");
    }
}

static void of_a_damaged_folder_the_rest_is_opened(void **state)
{
    take_out(*state, "");
    session_must(*state, &said,
                 "cd $F/stick/x && rm hours.csv.sealed && printf x | dd "
                 "of=visits.csv.sealed bs=1 seek=200 conv=notrunc 2>/dev/null");
    session_run(*state, &said, "$P open $F/stick/x --key $F/co.key --to $F/out");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "hours.csv.sealed is missing."));
    assert_non_null(strstr(said.err, "visits.csv.sealed is damaged"));
    assert_non_null(strstr(said.err, "/out/x is not whole, and gets no SHA256SUMS"));
    session_must(*state, &said,
                 "test -e $F/out/x/people.csv && test ! -e $F/out/x/visits.csv && "
                 "test ! -e $F/out/x/SHA256SUMS");
}

static void a_lost_station_comes_back_from_its_stick(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "cp -r app/share/venue/* $D && chmod -R u+w $D/welcome");
    take_out(session, "");
    session_must(session, &said, "$P people list --data $D > $F/before; mv $D $F/lost");
    expect_failure(session, "$P restore $F/stick/x --data $D", "--key");
    session_must(session, &said, "test ! -e $D");
    session_must(session, &said, "$P restore $F/stick/x --data $D --key $F/co.key --json");
    json_t *told = session_json(&said);
    assert_string_equal(json_text(told, "from"), "database");
    assert_true(json_is_true(json_object_get(told, "has_badges")));
    assert_true(json_is_true(json_object_get(told, "has_settings")));
    assert_true(json_is_true(json_object_get(told, "has_welcome")));
    assert_false(json_is_true(json_object_get(told, "is_partial")));
    json_decref(told);
    session_must(session, &said, "$P verify --data $D");
    session_must(session, &said,
                 "cmp $D/venue.key $F/lost/venue.key && cmp $D/perron.conf "
                 "$F/lost/perron.conf && diff -r $D/welcome $F/lost/welcome && "
                 "$P people list --data $D | cmp - $F/before");
    expect_failure(session, "$P restore $F/stick/x --data $D --key $F/co.key",
                   "there is a register");
    session_must(session, &said, "$P restore $F/stick/x --data $F/again --key $F/co.key");
    assert_non_null(strstr(said.out, "What the house set came along, and its welcome."));
    assert_null(strstr(said.out, "put"));
    session_start_station(session);
    session_must(session, &said, "$P status --data $D");
    assert_int_equal(session_stop_station(session), 0);
}

/* An opened folder is an export like others; the venue's key in it stays sealed. */
static void a_lost_station_comes_back_from_an_opened_folder(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "cp -r app/share/venue/* $D && chmod -R u+w $D/welcome");
    take_out(session, "");
    session_must(session, &said, "mv $D $F/lost; $P open $F/stick/x --key $F/co.key --to $F/new");
    session_must(session, &said,
                 "cd $F/new/x && sha256sum --quiet -c SHA256SUMS && test -s README.txt && "
                 "cmp venue.key.sealed $F/stick/x/venue.key.sealed && test ! -e venue.key && "
                 "! grep -rqf $F/lost/venue.key .");
    session_must(session, &said, "find $F/new/x -type f | wc -l; wc -l < $F/new/x/SHA256SUMS");
    int files, lines;
    assert_int_equal(sscanf(said.out, "%d %d", &files, &lines), 2);
    assert_int_equal(files, lines + 1);
    expect_failure(session, "$P restore $F/new/x --data $D", "--key");
    session_must(session, &said, "$P restore $F/new/x --data $D --key $F/co.key");
    assert_non_null(strstr(said.out, "restored from the database copy"));
    assert_non_null(strstr(said.out, "that people have are known"));
    assert_non_null(strstr(said.out, "What the house set came along, and its welcome."));
    session_must(session, &said,
                 "cmp $D/venue.key $F/lost/venue.key && cmp $D/perron.conf $F/lost/perron.conf && "
                 "diff -r $D/welcome $F/lost/welcome && $P verify --data $D");
}

static void a_key_that_is_another_is_told_once_and_leaves_nothing(void **state)
{
    take_out(*state, "");
    session_run(*state, &said,
                "$P keys make $F/other >/dev/null 2>&1; $P open $F/stick/x --key $F/other "
                "--to $F/new");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_string_equal(strchr(said.err, '\n'), "\n");
    assert_non_null(strstr(said.err, "sealed to another key"));
    session_must(*state, &said, "test ! -e $F/new");
}

static void a_list_of_sums_with_a_line_that_is_none_is_told(void **state)
{
    take_out(*state, "--no-seal");
    session_must(*state, &said,
                 "mv $D $F/lost; cd $F/stick/x && echo x >> hours.csv && "
                 "echo nonsense >> SHA256SUMS");
    session_must(*state, &said, "$P restore $F/stick/x --data $D --without-badges");
    assert_non_null(strstr(said.err, "hours.csv is damaged"));
    assert_non_null(strstr(said.err, "SHA256SUMS has a line that is none (line "));
    assert_non_null(strstr(said.err, "What else belongs to this export is not known."));
}

static void a_failed_restore_says_so_as_json_too(void **state)
{
    take_out(*state, "--no-seal");
    session_must(*state, &said,
                 "mv $D $F/lost; cd $F/stick/x && rm perron.db && "
                 "sed -i '5d' journal.jsonl");
    session_run(*state, &said, "$P restore $F/stick/x --data $D --without-badges --json");
    assert_int_equal(said.code, COMMAND_FAILED);
    json_t *told = session_json(&said);
    assert_non_null(strstr(json_text(told, "failed"), "--partial"));
    assert_true(json_array_size(json_object_get(told, "notes")) >= 3);
    json_decref(told);
    session_must(*state, &said,
                 "test ! -e $D && $P restore $F/stick/x --data $D --without-badges "
                 "--partial && $P verify --data $D");
    assert_non_null(strstr(said.out, "restored a part from the journal: 5 facts"));
}

#define TEST(name, set_up) cmocka_unit_test_setup_teardown(name, set_up, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_key_is_made_once_and_never_written_over, session_set_up),
        TEST(what_is_no_key_is_told, session_set_up),
        TEST(a_sealed_export_opens_as_a_whole_or_file_by_file, set_up_sealed),
        TEST(what_a_house_set_is_taken_in_by_another_station, set_up_sealed),
        TEST(links_and_strange_names_in_an_export_are_passed_over, set_up_sealed),
        TEST(nothing_is_written_over, set_up_sealed),
        TEST(what_cannot_be_opened_is_told_and_leaves_nothing, set_up_sealed),
        TEST(of_a_damaged_folder_the_rest_is_opened, set_up_sealed),
        TEST(a_lost_station_comes_back_from_its_stick, set_up_sealed),
        TEST(a_lost_station_comes_back_from_an_opened_folder, set_up_sealed),
        TEST(a_key_that_is_another_is_told_once_and_leaves_nothing, set_up_sealed),
        TEST(a_list_of_sums_with_a_line_that_is_none_is_told, set_up_sealed),
        TEST(a_failed_restore_says_so_as_json_too, set_up_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
