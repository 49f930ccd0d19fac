/* A house that never was: filled, told apart from another, refused, stopped. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define UNTIL "--until 2025-10-31"

static struct said said;

/* What there is: the first line without the folder and the time it took; then people and visits. */
static void describe(struct session *session, const char *name, char *out_text, size_t size)
{
    char counts[256], sums[512];
    session_must(session, &said, "sed -n '1s/^[^:]*: \\(.*\\) facts in.*/\\1/p' $F/%s.out", name);
    snprintf(counts, sizeof counts, "%.*s", (int)strcspn(said.out, "\n"), said.out);
    session_must(session, &said,
                 "$P people list --data $F/%s | sha256sum; $P visits --data $F/%s | sha256sum",
                 name, name);
    snprintf(sums, sizeof sums, "%.400s", said.out);
    snprintf(out_text, size, "%s\n%s", counts, sums);
}

static void make(struct session *session, const char *name, const char *options)
{
    session_must(session, &said, "$P demo --data $F/%s " UNTIL " %s > $F/%s.out", name, options,
                 name);
}

static void it_holds_and_has_everything_that_happens_in_a_house(void **state)
{
    make(*state, "a", "--people 60 --seed 7");
    session_must(*state, &said, "$P verify --data $F/a");
    assert_non_null(strstr(said.out, "the views of 60 people"));
    session_must(*state, &said, "cat $F/a.out");
    assert_non_null(strstr(said.out, "a: 60 people, "));
    assert_non_null(strstr(said.out, "staff, PIN "));
    assert_non_null(strstr(said.out, "perron tap uid:04"));
    session_must(*state, &said, "$P staff list --data $F/a");
    assert_non_null(strstr(said.out, "1001"));
    session_must(*state, &said,
                 "$P visits --data $F/a | grep -c name; $P visits --data $F/a |"
                 " grep -c assumed; $P visits --data $F/a | grep -c proposed");
    session_must(*state, &said, "cat $F/a/perron.conf");
    assert_non_null(strstr(said.out, "name = L'épi commun"));
}

static void one_person_is_a_house_too(void **state)
{
    make(*state, "a", "--people 1 --years 2");
    session_must(*state, &said, "$P verify --data $F/a");
    assert_non_null(strstr(said.out, "the views of 1 people"));
}

static void the_same_seed_makes_the_same_house(void **state)
{
    char first[1024], second[1024];
    make(*state, "a", "--people 50 --seed 3");
    make(*state, "b", "--people 50 --seed 3");
    describe(*state, "a", first, sizeof first);
    describe(*state, "b", second, sizeof second);
    assert_string_equal(first, second);
}

static void another_seed_makes_another_house(void **state)
{
    char first[1024], second[1024];
    make(*state, "a", "--people 50 --seed 3");
    make(*state, "b", "--people 50 --seed 4");
    describe(*state, "a", first, sizeof first);
    describe(*state, "b", second, sizeof second);
    assert_string_not_equal(first, second);
}

static void what_cannot_be_is_refused_with_a_sentence(void **state)
{
    static const struct {
        const char *options, *sentence;
    } wrong[] = {
        {"--people 0", "from 1 to 200000"},
        {"--people 200001", "from 1 to 200000"},
        {"--people many", "from 1 to 200000"},
        {"--people 12x", "from 1 to 200000"},
        {"--years 0", "from 1 to 20"},
        {"--years 21", "from 1 to 20"},
        {"--seed -1", "--seed takes a number"},
        {"--until tomorrow", "a day such as"},
        {"--until 2025-13-01", "a day such as"},
        {"--until 2999-01-01", "a day that has begun"},
        {"--colour red", "there is no option --colour"},
        {"more", "one word too many"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        session_run(*state, &said, "$P demo --data $D %s", wrong[i].options);
        if (said.code != COMMAND_MISUSED || !strstr(said.err, wrong[i].sentence))
            fail_msg("%s: exit code %d: %s", wrong[i].options, said.code, said.err);
    }
    session_run(*state, &said, "ls -d $D");
    assert_int_not_equal(said.code, 0);
}

static void a_folder_with_something_in_it_is_left_alone(void **state)
{
    session_must(*state, &said, "$P people import app/share/demo/people.csv --data $D");
    session_must(*state, &said, "sha256sum $D/perron.db $D/venue.key");
    char before[512];
    snprintf(before, sizeof before, "%.500s", said.out);
    session_run(*state, &said, "$P demo --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "choose an empty folder"));
    session_must(*state, &said, "sha256sum $D/perron.db $D/venue.key");
    assert_string_equal(said.out, before);
    session_must(*state, &said, "mkdir $F/home; touch $F/home/letter");
    session_run(*state, &said, "$P demo --data $F/home");
    assert_int_equal(said.code, COMMAND_FAILED);
    session_must(*state, &said, "ls -A $F/home");
    assert_string_equal(said.out, "letter\n");
}

static void the_settings_that_lie_there_count(void **state)
{
    session_must(*state, &said,
                 "mkdir $D; printf '[venue]\\nname = Ici\\nday_end = 03:00\\n' > $D/perron.conf");
    session_must(*state, &said, "$P demo --people 10 " UNTIL " --data $D");
    session_must(*state, &said, "$P verify --data $D; cat $D/perron.conf");
    assert_non_null(strstr(said.out, "name = Ici"));
    assert_null(strstr(said.out, "commun"));
}

static void stopped_in_the_middle_it_leaves_nothing(void **state)
{
    session_run(*state, &said,
                "$P demo --people 3000 --years 20 " UNTIL " --data $D & pid=$!;"
                " until [ -e $D/perron.db ]; do sleep 0.05; done; sleep 0.3; kill -TERM $pid;"
                " wait $pid");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "nothing was kept"));
    session_must(*state, &said, "ls -A $D");
    assert_string_equal(said.out, "");
    session_must(*state, &said, "$P demo --people 10 " UNTIL " --data $D");
    session_must(*state, &said, "$P verify --data $D");
}

static void killed_in_the_middle_it_leaves_a_register_that_a_station_mends(void **state)
{
    session_run(*state, &said,
                "$P demo --people 200 --years 20 " UNTIL " --data $D & pid=$!;"
                " until [ $(stat -c %%s $D/perron.db 2>/dev/null || echo 0) -gt 3000000 ]; do"
                " sleep 0.02; done; kill -KILL $pid; wait $pid 2>/dev/null; true");
    session_run(*state, &said, "$P verify --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    session_start_station(*state);
    session_must(*state, &said,
                 "for i in $(seq 100); do $P verify --data $D && exit 0; sleep 0.1; done; exit 1");
    assert_int_equal(session_stop_station(*state), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_holds_and_has_everything_that_happens_in_a_house),
        TEST(one_person_is_a_house_too),
        TEST(the_same_seed_makes_the_same_house),
        TEST(another_seed_makes_another_house),
        TEST(what_cannot_be_is_refused_with_a_sentence),
        TEST(a_folder_with_something_in_it_is_left_alone),
        TEST(the_settings_that_lie_there_count),
        TEST(stopped_in_the_middle_it_leaves_nothing),
        TEST(killed_in_the_middle_it_leaves_a_register_that_a_station_mends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
