/* Whom perron staff means: by number, id or whole name, alone and through a running station. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define PIN "274913"
#define GIVE(digits) "echo " digits " | "

static struct said said;

static int set_up_station(void **state)
{
    session_set_up_people(state);
    session_start_station(*state);
    return 0;
}

/* Whoever has no number is named like anywhere else. */
static void tell_of_who_has_no_number(struct session *session)
{
    char line[200];
    session_must(session, &said,
                 "printf 'first name;name;badge\\nKim;Sans;04C0FFEE\\n' > $F/one.csv; "
                 "$P people import $F/one.csv --data $D");
    session_must(session, &said, "$P people list --json --data $D");
    json_t *array = session_json(&said);
    const char *id = NULL;
    for (size_t i = 0; i < json_array_size(array); i++)
        if (strcmp(json_text(json_array_get(array, i), "first_name"), "Kim") == 0)
            id = json_text(json_array_get(array, i), "id");
    assert_non_null(id);
    session_must(session, &said, GIVE(PIN) "$P staff add 'kim SANS' --data $D");
    snprintf(line, sizeof line, "%s is staff, and has a PIN\n", id);
    assert_string_equal(said.out, line);
    session_must(session, &said, "$P staff list --data $D");
    assert_non_null(strstr(said.out, id));
    session_must(session, &said, GIVE(PIN) "$P staff check %s --data $D", id);
    session_must(session, &said, GIVE("905317") "$P staff pin %s --data $D", id);
    session_must(session, &said, "$P staff unlock 'Kim Sans' --data $D");
    session_must(session, &said, GIVE("905317") "$P staff check 'Kim Sans' --data $D");
    session_must(session, &said, GIVE(PIN) "$P staff add 'Ada Okonkwo' --data $D");
    assert_string_equal(said.out, "1001 is staff, and has a PIN\n");
    session_must(session, &said, "$P staff remove 'Kim Sans' --data $D");
    session_run(session, &said, GIVE(PIN) "$P staff add Nobody --data $D");
    assert_non_null(strstr(said.err, "nobody is called Nobody"));
    json_decref(array);
}

static void who_has_no_number_is_named_by_id_or_whole_name(void **state)
{
    tell_of_who_has_no_number(*state);
}

static void at_a_station_who_has_no_number_is_named_so_too(void **state)
{
    tell_of_who_has_no_number(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_has_no_number_is_named_by_id_or_whole_name,
                                        session_set_up_people, session_tear_down),
        cmocka_unit_test_setup_teardown(at_a_station_who_has_no_number_is_named_so_too,
                                        set_up_station, session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
