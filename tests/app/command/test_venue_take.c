/* perron venue take, as a house runs it, with and without a station beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/command/command.h"
#include "tests/support/session.h"

static struct said said;

static void assert_said(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("\"%s\" was to be told; there was: %s%s", words, said.out, said.err);
}

static void a_house_takes_what_it_wrote_elsewhere(void **state)
{
    session_must(*state, &said,
                 "mkdir $D $F/new; cp -r app/share/venue/* $F/new;"
                 "printf '[venue]\\nname = Halle\\n' > $F/new/perron.conf;"
                 "$P venue take $F/new --data $D --dry-run");
    assert_said(said.out, "31 new, 0 changed, 0 the same, 0 gone, 0 refused");
    assert_said(said.out, "new: perron.conf\n");
    session_must(*state, &said, "test -z \"$(ls $D)\"; $P venue take $F/new --data $D");
    assert_said(said.out, "taken: circles and statutes count at once, the rest from the");
    session_must(*state, &said,
                 "diff -r $F/new $D -x venue.before;"
                 "rm $F/new/welcome/*; echo '# T' > $F/new/welcome/hello.fr.txt;"
                 "echo x > $F/new/other.txt; $P venue take $F/new --data $D || true");
    assert_said(said.out, "other.txt is not used");
    assert_said(said.err, "Nothing was taken");
    session_must(*state, &said, "$P venue check $D");
}

static void a_mistake_is_told_and_takes_nothing(void **state)
{
    session_run(*state, &said,
                "mkdir $D $F/new; printf '[venue]\\nnam = x\\n' > $F/new/perron.conf;"
                "$P venue take $F/new --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_said(said.err, "perron.conf:2: unknown key 'nam'");
    assert_said(said.err, "Nothing was taken");
    session_run(*state, &said,
                "test -z \"$(ls $D)\" || exit 9; $P venue take $F/new --data $D "
                "--dry-run --json");
    assert_int_equal(said.code, COMMAND_FAILED);
    json_t *told = session_json(&said), *rows = json_object_get(told, "rows");
    assert_false(json_is_true(json_object_get(told, "taken")));
    assert_int_equal(json_integer_value(json_object_get(told, "refused")), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "file")),
                        "perron.conf");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 0), "line")), 2);
    json_decref(told);
}

static void a_station_that_runs_does_not_mind(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    session_must(*state, &said,
                 "mkdir $F/new; printf '[venue]\\nname = Halle\\n' > $F/new/perron.conf;"
                 "$P venue take $F/new --data $D --json");
    json_t *told = session_json(&said);
    assert_true(json_is_true(json_object_get(told, "taken")));
    assert_true(json_is_true(json_object_get(told, "needs_start")));
    json_decref(told);
    assert_int_equal(session_stop_station(session), 0);
}

/* The old file is aside already: what the house set about names holds all the same. */
static void who_only_reads_after_a_cut_reads_what_is_on_its_way(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    session_must(session, &said, "$P tap 04:D6:E5:B1:2F:1F:57 --data $D");
    assert_int_equal(session_stop_station(session), 0);
    session_must(session, &said, "rm -f $D/perron.conf; $P visits --data $D | grep -c Okonkwo");
    session_must(session, &said,
                 "mkdir -p $D/venue.next/before;"
                 "printf '[privacy]\\ncount_open_day = pseudonym\\n' > $D/venue.next/perron.conf;"
                 "$P visits --data $D; $P hours --data $D");
    assert_null(strstr(said.out, "Okonkwo"));
    session_must(session, &said, "test -e $D/venue.next/perron.conf && test ! -e $D/perron.conf");
}

static void a_cut_in_between_is_ended_by_the_station_and_by_who_writes(void **state)
{
    struct session *session = *state;
    session_must(*state, &said,
                 "mkdir -p $D/venue.next; printf '[venue]\\nname = A\\n' > $D/perron.conf;"
                 "printf '[venue]\\nname = B\\n' > $D/venue.next/perron.conf;"
                 "printf 'first name\\nZoe\\n' > $F/people.csv;"
                 "$P people import $F/people.csv --data $D");
    session_must(*state, &said,
                 "grep -q B $D/perron.conf; grep -q A $D/venue.before/perron.conf;"
                 "test ! -e $D/venue.next; mkdir $D/venue.next;"
                 "printf '[venue]\\nname = C\\n' > $D/venue.next/perron.conf");
    session_start_station(session);
    session_must(*state, &said, "grep -q C $D/perron.conf && test ! -e $D/venue.next");
    assert_int_equal(session_stop_station(session), 0);
}

static void a_folder_that_is_none_is_told_in_a_sentence(void **state)
{
    static const struct {
        const char *line, *sentence;
        int code;
    } rows[] = {
        {"venue take", "which folder?", COMMAND_MISUSED},
        {"venue take /tmp/perron-nowhere --data $F", "there is no folder", COMMAND_FAILED},
        {"venue take app/share/venue/welcome --data $F", "name the one that it lies in",
         COMMAND_FAILED},
        {"venue take app/domain --data $F", "nothing of a venue in this folder", COMMAND_FAILED},
        {"venue take app/share/venue --data $F/nowhere", "the data folder", COMMAND_FAILED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        session_run(*state, &said, "$P %s", rows[i].line);
        if (said.code != rows[i].code || said.out[0] || !strstr(said.err, rows[i].sentence))
            fail_msg("perron %s: exit code %d: %s%s", rows[i].line, said.code, said.out, said.err);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_house_takes_what_it_wrote_elsewhere),
        TEST(a_mistake_is_told_and_takes_nothing),
        TEST(a_station_that_runs_does_not_mind),
        TEST(a_cut_in_between_is_ended_by_the_station_and_by_who_writes),
        cmocka_unit_test_setup_teardown(who_only_reads_after_a_cut_reads_what_is_on_its_way,
                                        session_set_up_people, session_tear_down),
        TEST(a_folder_that_is_none_is_told_in_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
