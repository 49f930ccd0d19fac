/* Names in lists of the command line: one order everywhere, and no gap where one has one name. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define PEOPLE                                                                                       \
    "printf 'number;first name;last name\\n1;Ann;Ziani\\n2;Bo;Öztürk\\n3;Cas;d’Hoop\\n"          \
    "4;Ece;Şahin\\n5;Fien;Dubois\\n6;@sum;\\n7;Guus;’t Kint\\n8;Han;eeckhout\\n9;Ada;Dubois\\n' " \
    "> $F/people.csv && $P people import $F/people.csv --data $D"

/* Without a last name first, then as people look for them. */
#define ORDER "6 3 9 5 8 7 2 4 1 "

static struct said said;

static void names_stand_where_people_look_for_them(void **state)
{
    session_must(*state, &said, PEOPLE);
    session_must(*state, &said, "$P people list --data $D | cut -d' ' -f1 | tr '\\n' ' '");
    assert_string_equal(said.out, ORDER);
    session_must(*state, &said,
                 "mkdir $F/out && $P export --profile strict --data $D $F/out >/dev/null && "
                 "tail -n +2 $F/out/20*/people.csv | cut -d, -f2 | tr '\\n' ' '");
    assert_string_equal(said.out, ORDER);
    session_must(*state, &said,
                 "$P people codes $F/codes.csv --data $D >/dev/null && tail -n +2 $F/codes.csv | "
                 "sed 's/[^0-9].*//' | tr '\\n' ' '");
    assert_string_equal(said.out, ORDER);
}

static void one_name_alone_leaves_no_gap(void **state)
{
    session_must(*state, &said, PEOPLE);
    assert_non_null(strstr(said.out, "new: @sum (6)"));
    session_must(*state, &said, "$P people list --data $D");
    assert_non_null(strstr(said.out, "6        @sum, 0 badges\n"));
    session_run(*state, &said,
                "printf 'number;first name;last name\\n11;;X\\n' > $F/p.csv && $P people import "
                "$F/p.csv --data $D");
    assert_non_null(strstr(said.out, "refused: X (11): "));
}

static void sentences_name_the_verb_that_was_asked(void **state)
{
    static const struct {
        const char *line, *sentence;
    } lines[] = {
        {"$P people discreet 1 maybe --data $D", "For example: perron people discreet 1001 yes\n"},
        {"$P people private 1 maybe --data $D", "For example: perron people private 1001 yes\n"},
        {"$P export $F/people.csv --data $D", "people.csv is no folder: name the one"},
        {"$P shifts sign-up 1 1234/1 --data $D",
         "there is no shift 1234/1; perron calendar list has them\n"},
    };
    session_must(*state, &said, PEOPLE);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        session_run(*state, &said, "%s", lines[i].line);
        if (said.code == 0 || !strstr(said.err, lines[i].sentence))
            fail_msg("%s: %d, %s", lines[i].line, said.code, said.err);
    }
}

#define DOCTOR "$P doctor --board board/desktop.conf --reader sim --data $D | grep '^export '"

static void what_no_key_seals_is_told(void **state)
{
    session_must(*state, &said, PEOPLE);
    session_must(*state, &said, "mkdir $F/out && $P export --data $D $F/out");
    assert_non_null(strstr(said.out, "not sealed: whoever finds this folder can read it, and "
                                     "badges, PINs and codes can never be restored from it\n"
                                     "perron keys make FILE makes the key"));
    session_must(*state, &said, DOCTOR);
    assert_non_null(strstr(said.out, "export    look   no key in perron.conf"));
    session_must(*state, &said, "$P keys make $F/co.key >> $D/perron.conf");
    session_must(*state, &said, DOCTOR);
    assert_non_null(strstr(said.out, "export    well   what goes out is sealed"));
    session_must(*state, &said, "$P export --data $D $F/out");
    assert_null(strstr(said.out, "not sealed"));
    session_must(*state, &said, "test -s $F/out/*_2/perron.db.sealed");
    session_must(*state, &said, "$P export --data $D --files visits --no-seal $F/out");
    assert_non_null(strstr(said.out, "not sealed: whoever finds this folder can read it\n"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up, session_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(names_stand_where_people_look_for_them),
        TEST(one_name_alone_leaves_no_gap),
        TEST(sentences_name_the_verb_that_was_asked),
        TEST(what_no_key_seals_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
