/* What somebody may ask of the house about themselves: all of it in a file, and to be forgotten. */
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

static json_t *read_file(struct session *session, const char *name)
{
    session_must(session, &said, "cat $F/%s", name);
    return session_json(&said);
}

static void the_file_has_what_the_register_has_and_no_badge(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    session_must(session, &said,
                 "$P tap 04:D6:E5:B1:2F:1F:57 --data $D;"
                 "$P people data 1001 $F/ada.json --data $D");
    assert_non_null(strstr(said.out, "all that the register has about 1001"));
    json_t *data = read_file(session, "ada.json");
    const json_t *person = json_object_get(data, "person");
    assert_string_equal(json_text(person, "first_name"), "Ada");
    assert_int_equal(json_array_size(json_object_get(data, "visits")), 1);
    assert_int_equal(json_array_size(json_object_get(data, "badges")), 1);
    assert_true(json_array_size(json_object_get(data, "facts")) >= 3);
    json_decref(data);
    session_run(session, &said, "grep -iE '04D6E5B12F1F57|\"(badge|pin|code|key)\":' $F/ada.json");
    assert_int_equal(said.code, 1);
    session_must(session, &said, "stat -c %%a $F/ada.json");
    assert_string_equal(said.out, "600\n");
}

/* A code and a PIN open doors; that there is one is all they need to know. */
static void codes_and_pins_are_only_said_to_be_there(void **state)
{
    struct session *session = *state;
    session_must(session, &said,
                 "echo 90531746 | $P staff add 1001 --data $D;"
                 "$P people codes $F/codes.csv --data $D;"
                 "$P people data 1001 $F/ada.json --data $D");
    json_t *data = read_file(session, "ada.json");
    assert_string_equal(json_text(data, "role"), "staff");
    assert_true(json_is_true(json_object_get(data, "has_pin")));
    assert_true(json_is_true(json_object_get(data, "has_code")));
    json_decref(data);
    session_run(session, &said, "grep -E 'argon2|\"sealed\"' $F/ada.json");
    assert_int_equal(said.code, 1);
}

static void nothing_is_written_over_and_nothing_half_written(void **state)
{
    static const struct {
        const char *line, *says;
    } rows[] = {
        {"echo old > $F/there.json; $P people data 1001 $F/there.json --data $D",
         "is there already"},
        {"$P people data 9999 $F/none.json --data $D", "nobody has the number 9999"},
        {"$P people data 1001 $F/no/such/folder.json --data $D", ""},
        {"$P people data 1001 $F --data $D", "is there already"},
        {"$P people data 1001 --data $D", "into which file"},
    };
    struct session *session = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        session_run(session, &said, "%s", rows[i].line);
        if (said.code == COMMAND_OK || !strstr(said.err, rows[i].says))
            fail_msg("row %zu: %d, %s", i, said.code, said.err);
    }
    session_must(session, &said, "cat $F/there.json; ls $F | grep -c json");
    assert_string_equal(said.out, "old\n1\n");
}

static void erase_by_station(struct session *session)
{
    session_must(session, &said, "$P people erase 1002 --yes --json --data $D");
    json_t *reply = session_json(&said);
    assert_true(json_is_true(json_object_get(reply, "erased")));
    json_decref(reply);
    session_run(session, &said, "$P people show 1002 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
}

static void nobody_goes_without_a_yes(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "$P people erase 1002 --data $D");
    assert_non_null(strstr(said.out, ", 1002 would be erased"));
    assert_non_null(strstr(said.out, "say it again with --yes"));
    session_must(session, &said, "$P people show 1002 --data $D");
    session_run(session, &said, "$P people erase 9999 --yes --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "nobody has the number 9999"));
}

static void somebody_goes_with_and_without_a_station_that_runs(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    session_must(session, &said, "$P tap 0410DCDABEC128 --data $D");
    session_run(session, &said, "$P people erase 1002 --yes --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "is in the house"));
    assert_int_equal(session_stop_station(session), 0);
    session_must(session, &said, "$P people erase 1003 --yes --data $D; $P verify --data $D");
    assert_non_null(strstr(said.out, "1003 is erased; their hours stay as sums"));
    session_start_station(session);
    session_run(session, &said, "$P people erase 1004 --yes --data $D; $P verify --data $D");
    assert_int_equal(said.code, COMMAND_OK);
    session_must(session, &said, "sleep 1; $P people list --data $D");
    assert_null(strstr(said.out, "1004"));
}

/* In what bytes of the register and of a new export is there still a part of it? */
static int count_files_with(struct session *session, const char *part)
{
    session_must(
        session, &said,
        "rm -rf $F/out; mkdir $F/out; $P export --all --no-seal --data $D $F/out >/dev/null;"
        "cd $F/out && for x in $(find . -name '*.xlsx'); do unzip -qo $x -d $x.d; done;"
        "grep -rilaF '%s' $D $F/out | grep -v 'roll-call' | wc -l",
        part);
    return (int)strtol(said.out, NULL, 10);
}

static void who_fetches_anothers_basket_is_gone_from_it_everywhere(void **state)
{
    struct session *session = *state;
    session_must(session, &said,
                 "printf 'number;first_name;last_name\\n1077;Wenceslas;Vanquickelberghe\\n'"
                 " > $F/new.csv; $P people import $F/new.csv --data $D;"
                 "printf 'number;basket;fetchers\\n1002;small;Wenceslas Vanquickelberghe\\n"
                 "1003;large;1077\\n' > $F/baskets.csv; $P baskets import $F/baskets.csv --data $D;"
                 "$P people show 1002 --data $D");
    assert_non_null(strstr(said.out, "Vanquickelberghe"));
    assert_true(count_files_with(session, "Vanquickelberghe") >= 3); /* the control */
    session_must(session, &said, "$P people erase 1077 --data $D");
    assert_non_null(strstr(said.out, "in 2 records of others"));
    session_must(session, &said,
                 "$P people erase 1077 --yes --data $D; $P people show 1002 --data $D");
    assert_null(strstr(said.out, "Vanquickelberghe"));
    assert_non_null(strstr(said.out, "small"));
    session_must(session, &said, "$P people show 1003 --data $D");
    assert_null(strstr(said.out, "1077"));
    assert_non_null(strstr(said.out, "large"));
    assert_int_equal(count_files_with(session, "Vanquickelberghe"), 0);
    session_must(session, &said, "$P verify --data $D");
}

/* The id of the last one of that name. */
static const char *id_of(struct session *session, const char *last_name)
{
    static char id[64];
    session_must(session, &said, "$P people list --json --data $D");
    json_t *list = session_json(&said);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_text(json_array_get(list, i), "last_name");
        if (name && strcmp(name, last_name) == 0)
            snprintf(id, sizeof id, "%s", json_text(json_array_get(list, i), "id"));
    }
    json_decref(list);
    return id;
}

static void who_has_no_number_is_named_by_id_or_whole_name(void **state)
{
    struct session *session = *state;
    session_must(session, &said,
                 "printf 'first_name;last_name\\nZoë;Tremblay\\nZoe;Tremblay\\nZoë;Maes\\n'"
                 " > $F/guests.csv; $P people import $F/guests.csv --data $D");
    session_run(session, &said, "$P people erase 'zoe tremblay' --yes --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "2 people are called zoe tremblay: Zo"));
    session_run(session, &said, "$P people erase 'Zoë' --yes --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, " people whose name has Zoë in it: Zo"));
    assert_non_null(strstr(said.err, "or what is in brackets"));
    session_run(session, &said, "$P people erase Zebedee --yes --data $D");
    assert_non_null(strstr(said.err, "nobody is called Zebedee"));
    session_must(session, &said, "$P people data 'Zoë Maes' $F/zoe.json --data $D");
    session_must(session, &said, "$P people discreet 'Zoë Maes' yes --data $D");
    session_must(session, &said, "$P people show 'zoë maes' --data $D");
    assert_non_null(strstr(said.out, "discreet"));
    session_must(session, &said, "$P people erase 'Zoë Maes' --data $D");
    assert_non_null(strstr(said.out, "Zoë Maes, "));
    session_must(session, &said, "$P people erase 'Zoë Maes' --yes --data $D");
    session_run(session, &said, "$P people show 'Zoë Maes' --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    const char *id = id_of(session, "Tremblay");
    session_must(session, &said, "$P people erase %s --yes --data $D", id);
    session_run(session, &said, "$P people show %s --data $D", id);
    assert_int_equal(said.code, COMMAND_FAILED);
    /* One of the two is left, and so the name is enough. */
    session_must(session, &said, "$P people erase 'Zoe Tremblay' --yes --data $D");
    session_must(session, &said, "$P people list --data $D | grep -c Tremblay || true");
    assert_string_equal(said.out, "0\n");
}

static void one_that_never_came_goes_like_anybody(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    erase_by_station(session);
    session_must(session, &said, "$P verify --data $D");
}

/* Where a kind of occasion is counted in another way, lists say no name. */
static void lists_keep_to_how_the_house_counts(void **state)
{
    static const struct {
        const char *count, *visits, *hours;
    } rows[] = {{"name", "Ada Okonkwo", "Ada Okonkwo"},
                {"pseudonym", "P-[0-9A-Z]{10}", "P-[0-9A-Z]{10}"},
                {"number", "and 1 visit of kinds that are counted by number", "[(]no name[)]"}};
    static struct said first;
    struct session *session = *state;
    session_start_station(session);
    session_must(session, &said, "$P tap 04:D6:E5:B1:2F:1F:57 --data $D");
    for (size_t i = 0; i < 3; i++) {
        session_must(session, &said,
                     "printf '[privacy]\\ncount_open_day = %s\\n' > $D/perron.conf;"
                     "$P visits --data $D > $F/visits; $P visits --json --data $D >> $F/visits;"
                     "$P visits --csv --data $D >> $F/visits; $P hours --data $D > $F/hours;"
                     "grep -E '%s' $F/visits; grep -E '%s' $F/hours",
                     rows[i].count, rows[i].visits, rows[i].hours);
        session_run(session, &said, "grep -E 'Okonkwo|1001' $F/visits $F/hours");
        assert_int_equal(said.code, i > 0);
        session_run(session, &said, "grep -c open-day $F/visits");
        assert_int_equal(atoi(said.out), i < 2 ? 3 : 0);
        session_must(session, &said, "$P hours --csv --data $D | cut -d';' -f9-");
        if (i == 0)
            first = said;
        assert_string_equal(said.out, first.out);
        session_must(session, &said, "$P visits --person 1001 --data $D");
        assert_true((strstr(said.out, "open-day") != NULL) == (i == 0));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_file_has_what_the_register_has_and_no_badge),
        TEST(codes_and_pins_are_only_said_to_be_there),
        TEST(nothing_is_written_over_and_nothing_half_written),
        TEST(nobody_goes_without_a_yes),
        TEST(somebody_goes_with_and_without_a_station_that_runs),
        TEST(who_has_no_number_is_named_by_id_or_whole_name),
        TEST(who_fetches_anothers_basket_is_gone_from_it_everywhere),
        TEST(one_that_never_came_goes_like_anybody),
        TEST(lists_keep_to_how_the_house_counts),
    };
    return cmocka_run_group_tests_name("own data", tests, NULL, NULL);
}
