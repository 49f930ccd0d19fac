/* The verbs on a register that no station holds: lists in, people and visits out. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/seal.h"
#include "tests/support/session.h"

#define DEMO "app/share/demo/people.csv"

static struct said said;

static void a_dry_run_shows_everything_and_takes_nothing(void **state)
{
    session_must(*state, &said, "$P people import " DEMO " --dry-run --data $D");
    assert_non_null(strstr(said.out, "40 new, 0 changed, 0 the same, 0 refused"));
    assert_non_null(strstr(said.out, "line 2: new: Ada Okonkwo (1001): a badge"));
    session_must(*state, &said, "$P people list --data $D");
    assert_string_equal(said.out, "the house knows nobody yet\n");
}

static void a_list_taken_twice_changes_nothing(void **state)
{
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    session_must(*state, &said, "$P status --data $D --json");
    json_t *before = session_json(&said);
    assert_int_equal(json_number(before, "people", 0), 40);
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    assert_non_null(strstr(said.out, "0 new, 0 changed, 40 the same, 0 refused"));
    session_must(*state, &said, "$P status --data $D --json");
    json_t *after = session_json(&said);
    assert_int_equal(json_number(before, "facts", 0), json_number(after, "facts", -1));
    json_decref(before);
    json_decref(after);
}

static void a_list_with_mistakes_is_taken_whole_or_not_at_all(void **state)
{
    session_run(*state, &said,
                "printf 'number;first name;badge\\n1;Ada;04A1B2C3\\n2;Jef;nope\\n' > $F/l.csv;"
                "$P people import $F/l.csv --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.out, "line 3: refused"));
    assert_non_null(strstr(said.err, "--skip-refused"));
    session_must(*state, &said, "$P people list --data $D");
    assert_null(strstr(said.out, "Ada"));
    session_must(*state, &said, "$P people import $F/l.csv --skip-refused --data $D");
    session_must(*state, &said, "$P people list --data $D");
    assert_non_null(strstr(said.out, "Ada"));
    assert_null(strstr(said.out, "Jef"));
}

static void files_that_are_no_list_are_told_apart(void **state)
{
    static const struct {
        const char *make, *sentence;
    } files[] = {
        {": > $F/l", "empty"},
        {"head -c 4096 /dev/urandom > $F/l", "not a text file"},
        {"truncate -s 52M $F/l", "more than"},
        {"mkdir $F/l", "not a file"},
        {"mkfifo $F/l", "not a file"},
        {"printf 'number;first name;badge\\n1;\"Ada' > $F/l", "quotation mark is opened"},
        {"printf 'colour;size\\nred;3\\n' > $F/l", "column"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        session_must(*state, &said, "rm -rf $F/l; %s", files[i].make);
        session_run(*state, &said, "$P people import $F/l --data $D");
        bool is_said = strstr(said.err, files[i].sentence) || strstr(said.out, files[i].sentence);
        if (said.code != COMMAND_FAILED || !is_said)
            fail_msg("%s: exit code %d: %s%s", files[i].make, said.code, said.out, said.err);
    }
    session_run(*state, &said, "$P people import $F/nowhere --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "nowhere cannot be read: No such file"));
}

static void people_are_shown_and_given_badges(void **state)
{
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    session_must(*state, &said, "$P people show 1002 --data $D");
    assert_non_null(strstr(said.out, "Zoé Delacroix, member, 1 badge"));
    session_must(*state, &said, "$P people show 1002 --json --data $D");
    json_t *array = session_json(&said);
    assert_int_equal(json_array_size(array), 1);
    assert_string_equal(json_text(json_array_get(array, 0), "first_name"), "Zoé");
    json_decref(array);
    session_must(*state, &said, "$P people badge 1002 04:A1:B2:C3:D4:E5:F6 --data $D");
    session_must(*state, &said, "$P people show 1002 --data $D");
    assert_non_null(strstr(said.out, "2 badges"));
}

static void badges_that_cannot_be_given_are_refused_with_a_sentence(void **state)
{
    static const struct {
        const char *number, *badge, *sentence;
    } refused[] = {
        {"1002", "zz", "no badge number"},
        {"1002", "''", "no badge number"},
        {"9999", "04A1B2C3D4E5F6", "nobody has the number 9999"},
        {"1002", "04:D6:E5:B1:2F:1F:57", "Ada Okonkwo"},
        {"1002", "08A1B2C3", "phone"},
        {"1002", "$(printf 'A%.0s' $(seq 400))", "no badge number"},
    };
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        session_run(*state, &said, "$P people badge %s %s --data $D", refused[i].number,
                    refused[i].badge);
        if (said.code != COMMAND_FAILED || !strstr(said.err, refused[i].sentence))
            fail_msg("%s: exit code %d: %s", refused[i].badge, said.code, said.err);
    }
}

static void the_register_is_written_into_a_folder(void **state)
{
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    session_must(*state, &said, "mkdir $F/out $F/strict && $P export $F/out --data $D");
    assert_non_null(strstr(said.out, "people.csv: 40 rows"));
    assert_non_null(strstr(said.out, "goes on from here"));
    session_must(*state, &said, "cd $F/out/2*_perron && sha256sum --strict -c SHA256SUMS");
    session_must(*state, &said, "head -c 3 $F/out/2*/people.csv | od -An -tx1");
    assert_non_null(strstr(said.out, "ef bb bf"));
    session_must(*state, &said, "$P export $F/strict --strict --data $D");
    session_must(*state, &said, "cat $F/strict/2*/people.csv | wc -l");
    assert_string_equal(said.out, "41\n");
}

/* Without its stick a mount point is a folder like any other, or none. */
static void an_export_makes_no_folder_and_moves_no_mark(void **state)
{
    static const char *const spans[] = {"--new", "--all", "--month 2026-11"};
    static const struct {
        const char *folder, *sentence;
    } wrong[] = {
        {"$F/gone", "is the stick in"},
        {"$F/gone/deeper", "is the stick in"},
        {"$F/dangling", "is the stick in"},
        {"$D/perron.db", "is no folder"},
        {"$D/perron.db/out", "there is no folder"},
        {"$D", "in the data folder itself"},
        {"$D/.", "in the data folder itself"},
        {"$D/inside", "in the data folder itself"},
        {"$F/link", "in the data folder itself"},
    };
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    session_must(*state, &said,
                 "mkdir $D/inside $D-beside && ln -s $D/inside $F/link &&"
                 " ln -s nowhere $F/dangling");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        for (size_t j = 0; j < sizeof spans / sizeof spans[0]; j++) {
            session_run(*state, &said, "$P export %s %s --data $D", spans[j], wrong[i].folder);
            if (said.code != COMMAND_FAILED || said.out[0] || !strstr(said.err, wrong[i].sentence))
                fail_msg("%s %s: exit code %d: %s%s", spans[j], wrong[i].folder, said.code,
                         said.out, said.err);
        }
    session_must(*state, &said, "test ! -e $F/gone && test -z \"$(ls -A $D/inside)\"");
    session_must(*state, &said, "sqlite3 $D/perron.db 'SELECT count(*) FROM fact WHERE kind=36'");
    assert_string_equal(said.out, "0\n");
    session_must(*state, &said, "$P export --new $D-beside --data $D"); /* the control */
}

/* A part is for reading: the journal and the database have everybody and all times. */
static void days_go_out_without_what_is_of_all_times(void **state)
{
    session_must(*state, &said, "$P people import " DEMO " --data $D && mkdir $F/out");
    session_must(*state, &said, "$P export $F/out --month 2026-10 --data $D");
    assert_non_null(strstr(said.out, "there is nothing in these days\n"));
    assert_null(strstr(said.out, "everybody"));
    session_must(*state, &said, "ls $F/out/2*");
    assert_string_equal(said.out, "README.txt\nSHA256SUMS\nattendance.xlsx\nhours.csv\n"
                                  "newcomers.csv\npeople.csv\nvisits.csv\n");
    session_run(*state, &said, "grep -rqa Okonkwo $F/out");
    assert_int_not_equal(said.code, 0);
    session_must(*state, &said,
                 "rm -r $F/out/*; $P export $F/out --month 2026-10 --files visits,journal,database "
                 "--data $D");
    assert_non_null(strstr(said.out, "not only what was asked for: everybody and all times are in "
                                     "journal.jsonl, perron.db\n"));
    session_must(*state, &said, "grep -qa Okonkwo $F/out/2*/journal.jsonl"); /* the control */
    session_must(*state, &said,
                 "rm -r $F/out/*; $P export --new $F/out --json --data $D; ls $F/out/2*");
    assert_non_null(strstr(said.out, "\"of_everybody\":[]"));
    assert_non_null(strstr(said.out, "journal.jsonl\n"));
    assert_null(strstr(said.out, "perron.db"));
    assert_null(strstr(said.out, "venue\n"));
    session_must(*state, &said, "$P export --new $F/out --data $D");
    assert_non_null(strstr(said.out, "nothing is new since the last export\n"));
}

static void a_house_that_takes_out_no_tables_is_told_that_days_have_nothing(void **state)
{
    session_must(*state, &said,
                 "$P people import " DEMO " --data $D && mkdir $F/out &&"
                 " printf '[export]\nfiles = journal, database\n' > $D/perron.conf");
    session_run(*state, &said, "$P export $F/out --month 2026-10 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "[export] files"));
    session_must(*state, &said, "test -z \"$(ls -A $F/out)\"");
}

static void an_export_takes_what_is_asked_for_and_is_recorded_where_it_is_all(void **state)
{
    static const char marks[] = "sqlite3 $D/perron.db 'SELECT count(*) FROM fact WHERE kind=36'";
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    session_must(*state, &said,
                 "mkdir $F/out && $P export $F/out --files visits,people --data $D --json");
    assert_non_null(strstr(said.out, "\"is_marked\":false"));
    assert_non_null(strstr(said.out, "\"rows\":{\"visits\":0,\"people\":40}"));
    session_must(*state, &said, "ls $F/out/2*");
    assert_string_equal(said.out, "README.txt\nSHA256SUMS\npeople.csv\nvisits.csv\n");
    session_must(*state, &said, "$P export $F/out --month 2026-10 --data $D");
    session_must(*state, &said, marks);
    assert_string_equal(said.out, "0\n");
    session_must(*state, &said, "$P export $F/out --data $D");
    session_must(*state, &said, marks);
    assert_string_equal(said.out, "1\n");
    session_must(*state, &said, "$P verify --data $D");
}

static void an_export_that_fails_records_nothing(void **state)
{
    session_must(*state, &said,
                 "$P people import " DEMO " --data $D && mkdir $F/out && ln -s nowhere $D/scratch");
    session_run(*state, &said, "$P export $F/out --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "scratch"));
    session_must(*state, &said, "test -z \"$(ls -A $F/out)\"");
    session_must(*state, &said, "sqlite3 $D/perron.db 'SELECT count(*) FROM fact WHERE kind=36'");
    assert_string_equal(said.out, "0\n");
}

static void with_a_key_in_the_settings_all_is_sealed(void **state)
{
    struct seal_public to;
    struct seal_secret with;
    char key[SEAL_TEXT_BYTES];
    seal_make_keys(&to, &with);
    seal_write_public(&to, key);
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    session_must(*state, &said, "printf '[export]\nkey = %s\n' > $D/perron.conf", key);
    session_must(*state, &said,
                 "mkdir $F/out $F/plain && $P export $F/out --data $D && ls $F/out/2*");
    assert_non_null(strstr(said.out, "visits.csv.sealed\n"));
    assert_non_null(strstr(said.out, "venue.key.sealed\n"));
    session_run(*state, &said, "grep -rqa Okonkwo $F/out");
    assert_int_not_equal(said.code, 0);
    session_must(*state, &said, "$P export $F/plain --no-seal --data $D && ls $F/plain/2*");
    assert_null(strstr(said.out, "venue.key"));
    session_must(*state, &said, "grep -rqa Okonkwo $F/plain");
}

static void what_cannot_be_printed_is_a_failure(void **state)
{
    static const char *const lines[] = {"visits", "visits --json", "hours",  "hours --csv",
                                        "report", "people list",   "status", "verify"};
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        session_run(*state, &said, "$P %s --data $D > /dev/full", lines[i]);
        if (said.code != COMMAND_FAILED || !strstr(said.err, "could not be written"))
            fail_msg("%s: exit code %d: %s", lines[i], said.code, said.err);
    }
}

static void a_badge_for_nobody_makes_no_register(void **state)
{
    session_run(*state, &said, "$P people badge 1001 04A1B2C3D4E5F6 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    session_must(*state, &said, "test ! -e $D");
}

static void without_a_display_the_station_says_so(void **state)
{
    session_run(*state, &said,
                "env -u DISPLAY -u WAYLAND_DISPLAY $P station --board board/desktop.conf"
                " --reader sim --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "there is no display"));
    assert_non_null(strstr(said.err, "--headless"));
}

static void the_doctor_says_what_is_missing_and_what_is_wrong(void **state)
{
    session_must(
        *state, &said,
        "env -u DISPLAY -u WAYLAND_DISPLAY $P doctor --board board/desktop.conf --data $D");
    assert_non_null(strstr(said.out, "there is no display here"));
    assert_non_null(strstr(said.out, "disk      look"));
    session_run(*state, &said,
                "$P doctor --board board/desktop.conf --reader pn532_uart:$F/nowhere --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.out, "reader    wrong"));
    assert_non_null(strstr(said.out, "/nowhere"));
    session_must(*state, &said, "test ! -e $D");
}

/* What is printed is what programs get: a line is a row. */
static void the_doctor_says_which_wire_goes_where(void **state)
{
    static const char *const lines[] = {
        "board     well   screen/touch-display-2 reader/pn532-i2c pins/lamps pins/button; the "
        "reader is below the screen; staff restart and shut down this computer\n",
        "pins      wired  the green lamp: pin 11 (BCM 17), on when high\n",
        "pins      wired  the button that calls help: pin 16 (BCM 23), pressed, it is at GND\n",
        "reader    wired  I2C: the reader's SDA to pin 3, SCL to pin 5, VCC to pin 1, GND to pin "
        "6\n",
        "reader    wired  its switches: 1 and 0; on a Waveshare HAT L0 at H, L1 at L\n",
        "reader    wired  the system: dtparam=i2c_arm=on in config.txt\n",
        "reader    wrong  ",
    };
    session_must(*state, &said,
                 "printf '[board]\\nparts = screen/touch-display-2 reader/pn532-i2c pins/lamps "
                 "pins/button\\n[reader]\\nposition = below\\naddress = pn532_i2c:/dev/nowhere\\n' "
                 "> $F/board.conf");
    session_run(*state, &said, "$P doctor --board $F/board.conf --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!strstr(said.out, lines[i]))
            fail_msg("no '%s' in:\n%s", lines[i], said.out);
    size_t rows = 0;
    for (const char *at = said.out; (at = strchr(at, '\n')); at++)
        rows++;
    session_run(*state, &said, "$P doctor --board $F/board.conf --data $D --json");
    json_t *array = session_json(&said);
    assert_int_equal(json_array_size(array), rows);
    json_decref(array);
}

static void the_doctor_tells_how_this_machine_is_and_of_a_simulated_one_nothing(void **state)
{
    session_run(*state, &said, "$P doctor --board board/desktop.conf --data $D");
    assert_non_null(strstr(said.out, "machine   well   simulated"));
    session_run(*state, &said,
                "sed s,machine/simulated,machine/this, board/desktop.conf >$F/this.conf;"
                "$P doctor --board $F/this.conf --data $D");
    assert_non_null(strstr(said.out, "up for "));
    assert_non_null(strstr(said.out, "MB of memory free"));
}

static void verify_has_a_line_and_an_exit_code(void **state)
{
    session_must(*state, &said, "$P people import " DEMO " --data $D");
    session_must(*state, &said, "$P verify --data $D");
    assert_memory_equal(said.out, "holds: ", 7);
    session_must(*state, &said, "$P verify --json --data $D");
    json_t *object = session_json(&said);
    assert_true(json_is_true(json_object_get(object, "holds")));
    json_decref(object);
    session_must(*state, &said,
                 "sqlite3 $D/perron.db \"UPDATE person SET first_name='Eve'"
                 " WHERE number='1001'\"");
    session_run(*state, &said, "$P verify --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_memory_equal(said.out, "does not hold: ", 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_dry_run_shows_everything_and_takes_nothing,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(a_list_taken_twice_changes_nothing, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_list_with_mistakes_is_taken_whole_or_not_at_all,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(files_that_are_no_list_are_told_apart, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(people_are_shown_and_given_badges, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(badges_that_cannot_be_given_are_refused_with_a_sentence,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(
            an_export_takes_what_is_asked_for_and_is_recorded_where_it_is_all, session_set_up,
            session_tear_down),
        cmocka_unit_test_setup_teardown(an_export_that_fails_records_nothing, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(with_a_key_in_the_settings_all_is_sealed, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(the_register_is_written_into_a_folder, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(an_export_makes_no_folder_and_moves_no_mark, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(days_go_out_without_what_is_of_all_times, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(
            a_house_that_takes_out_no_tables_is_told_that_days_have_nothing, session_set_up,
            session_tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_printed_is_a_failure, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_badge_for_nobody_makes_no_register, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(without_a_display_the_station_says_so, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(
            the_doctor_tells_how_this_machine_is_and_of_a_simulated_one_nothing, session_set_up,
            session_tear_down),
        cmocka_unit_test_setup_teardown(the_doctor_says_which_wire_goes_where, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(the_doctor_says_what_is_missing_and_what_is_wrong,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(verify_has_a_line_and_an_exit_code, session_set_up,
                                        session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
