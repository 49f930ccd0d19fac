/* perron roll-call, certificate and diagnostics, on a register with two months in it. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/month.h"
#include "tests/support/printed.h"
#include "tests/support/session.h"

static struct month month;
static struct said said;

/*
 * The register lies still; $M is its folder. It is of another time than now: of its visits none is
 * open any more, but for one of a station's own that is made for it.
 */
static int set_up(void **state)
{
    session_set_up_people(state);
    month = month_open();
    house_stop(month.house);
    return setenv("M", month.house->data, 1);
}

static int tear_down(void **state)
{
    house_close(month.house);
    return session_tear_down(state);
}

static void assert_says(const char *words)
{
    if (!strstr(said.out, words) && !strstr(said.err, words))
        fail_msg("\"%s\" was to be said; there was: %s%s", words, said.out, said.err);
}

static void the_roll_call_lists_who_is_in(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "$P roll-call --data $D");
    assert_string_equal(said.out, "0 in the house (people 0, guests 0, children 0)\n");
    session_start_station(session);
    session_must(session, &said, "$P tap 04:D6:E5:B1:2F:1F:57 --data $D");
    session_wait_for_status(session, "here       1");
    session_must(session, &said, "$P roll-call --data $D");
    assert_says("1 in the house (people 1");
    assert_says("Ada Okonkwo");
    session_must(session, &said, "$P roll-call --json --data $D");
    json_t *told = session_json(&said);
    const json_t *row = json_array_get(json_object_get(told, "here"), 0);
    assert_int_equal(json_number(told, "people", 0), 1);
    assert_string_equal(json_text(row, "person"), "Ada Okonkwo");
    assert_string_equal(json_text(row, "how_in"), "tap");
    json_decref(told);
    session_must(session, &said, "$P roll-call --pdf $F/here.pdf --data $D");
    assert_says("here.pdf: 1 people");
    session_must(session, &said, "head -c 5 $F/here.pdf && stat -c %%a $F/here.pdf");
    assert_string_equal(said.out, "%PDF-600\n");
    if (printed_can_be_read()) {
        session_must(session, &said, "pdftotext $F/here.pdf -");
        assert_says("Ada Okonkwo");
    }
    session_stop_station(session);
}

static void a_certificate_is_a_file_of_its_own(void **state)
{
    session_must(*state, &said, "$P certificate 1 $F/ada.pdf --language en --data $M");
    session_must(*state, &said, "$P certificate 1 --year 2026 $F/year.pdf --data $M");
    session_must(*state, &said,
                 "$P certificate 1 --from 2026-10-01 --to 2026-10-31 $F/some.pdf --data $M");
    session_must(*state, &said, "ls $F/*.pdf | wc -l && ls $F | grep -c part || true");
    assert_string_equal(said.out, "3\n0\n");
    if (!printed_can_be_read())
        return;
    session_must(*state, &said, "pdftotext $F/ada.pdf -");
    assert_says("Certificate of volunteering");
    assert_says("Ada Dubois");
    session_must(*state, &said, "pdftotext $F/year.pdf -");
    assert_says("Attestation de bénévolat");
}

static void what_cannot_be_written_leaves_no_file(void **state)
{
    static const struct {
        const char *line, *said;
        int code;
    } rows[] = {
        {"certificate", "whose, and which file?", 2},
        {"certificate 1", "whose, and which file?", 2},
        {"certificate 1 a.pdf --language de", "'de' is no language here", 2},
        {"certificate 1 a.pdf --year 26", "'26' is no year", 2},
        {"certificate 1 a.pdf --year 2026 --from 2026-01-01", "not both", 2},
        {"certificate 99 $F/a.pdf --data $M", "nobody has the number 99", 1},
        {"certificate 1 $F/a.pdf --year 2020 --data $M", "no volunteer's hours", 1},
        {"certificate 1 $F/no/a.pdf --data $M", "could not be written", 1},
        {"certificate 1 $F/a.pdf --data $F/nowhere", "perron", 1},
        {"roll-call --pdf $F/a.pdf --json", "not both", 2},
        {"roll-call --pdf $F/no/a.pdf --data $M", "could not be written", 1},
        {"roll-call --pdf $F/a.pdf --language xx --data $M", "is no language", 2},
        {"diagnostics $F/no/a.pdf --data $M", "could not be written", 1},
        {"diagnostics $F/a.pdf --board /dev/null --data $M", "perron", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        session_run(*state, &said, "$P %s", rows[i].line);
        if (said.code != rows[i].code)
            fail_msg("%s ended with %d: %s", rows[i].line, said.code, said.err);
        assert_says(rows[i].said);
    }
    session_must(*state, &said, "ls $F | grep -c pdf || true");
    assert_string_equal(said.out, "0\n");
}

static void diagnostics_are_printed_or_a_file(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "$P diagnostics --data $M --board board/desktop.conf");
    assert_says("pixels, ");
    assert_says("verify                   = holds");
    assert_says("running                  = no");
    assert_null(strstr(said.out, "Dubois"));
    session_start_station(session);
    session_must(session, &said, "$P diagnostics $F/how.txt --data $D && cat $F/how.txt");
    assert_says("running                  = yes");
    assert_says("people                   = 40");
    session_run(session, &said, "$P diagnostics --data $D > /dev/full");
    assert_int_equal(said.code, 1);
    session_stop_station(session);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_roll_call_lists_who_is_in),
        TEST(a_certificate_is_a_file_of_its_own),
        TEST(what_cannot_be_written_leaves_no_file),
        TEST(diagnostics_are_printed_or_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
