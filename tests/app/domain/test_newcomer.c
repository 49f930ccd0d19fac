#include "app/domain/newcomer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/fold.h"
#include "tests/support/random.h"

#define KEYS_40 "abcdefghijklmnopqrstuvwxyz 123-456-7890 " /* 40 bytes */
#define KEYS_200 KEYS_40 KEYS_40 KEYS_40 KEYS_40 KEYS_40

/* Somebody on their way, a second between two facts. */
struct way {
    struct newcomer newcomer;
    int64_t seq;
};

static enum rc take(struct way *way, enum fact_kind kind, json_t *body)
{
    const struct fact fact = {
        .id = {1, ++way->seq}, .kind = kind, .subject = {1, 1000}, .effective_ms = 1000 * way->seq};
    assert_non_null(body);
    enum rc rc = newcomer_take(&way->newcomer, &fact, body);
    json_decref(body);
    return rc;
}

static enum rc say(struct way *way, const char *text)
{
    return take(way, FACT_WELCOME, json_loads(text, 0, NULL));
}

static enum rc step(struct way *way, enum guide_step step, enum newcomer_how how)
{
    const struct newcomer_said said = {.step = step, .how = how};
    return take(way, FACT_WELCOME, newcomer_said_to_json(&said));
}

static enum rc buddy(struct way *way, int who, const char *how)
{
    return take(way, FACT_BUDDY, json_pack("{s:[i,i],s:s}", "buddy", 1, who, "how", how));
}

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct way));
    return *state == NULL;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

/* --- steps --- */

static void nobody_has_begun_before_their_first_step(void **state)
{
    struct way *way = *state;
    assert_false(way->newcomer.has_begun);
    assert_int_equal(step(way, GUIDE_HELLO, NEWCOMER_SKIPPED), RC_OK);
    assert_int_equal(step(way, GUIDE_WHO, NEWCOMER_DONE), RC_OK);
    assert_true(way->newcomer.has_begun);
    assert_int_equal(way->newcomer.began.seq, 1);
    assert_int_equal(way->newcomer.began_ms, 1000);
    assert_int_equal(way->newcomer.steps[GUIDE_HELLO], NEWCOMER_SKIPPED);
    assert_int_equal(way->newcomer.steps[GUIDE_WHO], NEWCOMER_DONE);
    assert_int_equal(way->newcomer.steps_ms[GUIDE_WHO], 2000);
    assert_int_equal(way->newcomer.steps[GUIDE_WHY], NEWCOMER_NOT_YET);
}

static void the_last_word_on_a_step_holds_and_again_is_as_if_it_had_never_been(void **state)
{
    struct way *way = *state;
    step(way, GUIDE_PRESENT, NEWCOMER_SKIPPED);
    step(way, GUIDE_PRESENT, NEWCOMER_LATER);
    assert_int_equal(way->newcomer.steps[GUIDE_PRESENT], NEWCOMER_LATER);
    step(way, GUIDE_PRESENT, NEWCOMER_DECLINED);
    assert_int_equal(way->newcomer.steps[GUIDE_PRESENT], NEWCOMER_DECLINED);
    step(way, GUIDE_PRESENT, NEWCOMER_NOT_YET);
    assert_int_equal(way->newcomer.steps[GUIDE_PRESENT], NEWCOMER_NOT_YET);
    assert_int_equal(way->newcomer.steps_ms[GUIDE_PRESENT], 0);
    assert_int_equal(way->newcomer.began.seq, 1);
}

static void wishes_and_missions_are_what_was_said_last(void **state)
{
    struct way *way = *state;
    const struct newcomer_said why = {
        .step = GUIDE_WHY,
        .how = NEWCOMER_DONE,
        .wishes =
            {[GUIDE_LIKES] = " cooking  people ", [GUIDE_AVOIDS] = "", [GUIDE_NEEDS] = "quiet"},
    };
    const struct newcomer_said missions = {.step = GUIDE_MISSIONS,
                                           .how = NEWCOMER_DONE,
                                           .missions = "till night-2",
                                           .wants_shaping = true};
    assert_int_equal(take(way, FACT_WELCOME, newcomer_said_to_json(&why)), RC_OK);
    assert_int_equal(take(way, FACT_WELCOME, newcomer_said_to_json(&missions)), RC_OK);
    assert_string_equal(way->newcomer.wishes[GUIDE_LIKES], "cooking people");
    assert_string_equal(way->newcomer.wishes[GUIDE_NEEDS], "quiet");
    assert_string_equal(way->newcomer.wishes[GUIDE_SKILLS], "");
    assert_string_equal(way->newcomer.missions, "till night-2");
    assert_true(way->newcomer.wants_shaping);
    say(way, "{\"step\":\"why\",\"how\":\"done\",\"skills\":\"dutch\"}");
    step(way, GUIDE_MISSIONS, NEWCOMER_NOT_YET);
    assert_string_equal(way->newcomer.wishes[GUIDE_LIKES], "");
    assert_string_equal(way->newcomer.wishes[GUIDE_SKILLS], "dutch");
    assert_string_equal(way->newcomer.missions, "");
    assert_false(way->newcomer.wants_shaping);
}

static void a_charter_is_theirs_only_as_long_as_they_accept_it(void **state)
{
    static const int16_t points[] = {0, 1, 2, 3, 10000, 9999};
    static const int begins[] = {0, 2};
    const struct newcomer_said accepted = {.step = GUIDE_CHARTER,
                                           .how = NEWCOMER_DONE,
                                           .version = "2026-01",
                                           .text = "0123456789abcdef",
                                           .language = "nl",
                                           .points = points,
                                           .begins = begins,
                                           .point_count = 3,
                                           .stroke_count = 2};
    struct newcomer_said put_off = accepted;
    struct way *way = *state;
    put_off.how = NEWCOMER_LATER;
    assert_int_equal(take(way, FACT_WELCOME, newcomer_said_to_json(&accepted)), RC_OK);
    assert_string_equal(way->newcomer.charter, "2026-01");
    assert_string_equal(way->newcomer.charter_language, "nl");
    assert_true(way->newcomer.is_charter_signed);
    assert_int_equal(take(way, FACT_WELCOME, newcomer_said_to_json(&put_off)), RC_OK);
    assert_string_equal(way->newcomer.charter, "");
    assert_string_equal(way->newcomer.charter_language, "");
    assert_false(way->newcomer.is_charter_signed);
    say(way, "{\"step\":\"charter\",\"how\":\"done\",\"version\":\"2\",\"strokes\":[]}");
    assert_string_equal(way->newcomer.charter, "2");
    assert_false(way->newcomer.is_charter_signed);
}

static void what_a_newer_version_says_is_passed_over(void **state)
{
    static const char *const bodies[] = {
        "{\"step\":\"tour\",\"how\":\"done\"}",
        "{\"step\":\"why\",\"how\":\"dreamt\",\"likes\":7}",
        "{\"step\":\"not-yet\",\"how\":\"not-yet\"}",
    };
    const struct newcomer nobody = {.has_begun = false};
    struct way *way = *state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        assert_int_equal(say(way, bodies[i]), RC_OK);
    assert_int_equal(buddy(way, 5, "dreamt"), RC_OK);
    assert_true(newcomer_is_same(&way->newcomer, &nobody));
    assert_int_equal(say(way, "{\"step\":\"who\",\"how\":\"done\",\"mood\":[1]}"), RC_OK);
    assert_int_equal(way->newcomer.steps[GUIDE_WHO], NEWCOMER_DONE);
}

static void an_erased_body_says_nothing(void **state)
{
    const struct fact fact = {.kind = FACT_WELCOME};
    struct way *way = *state;
    assert_int_equal(newcomer_take(&way->newcomer, &fact, NULL), RC_OK);
    assert_false(way->newcomer.has_begun);
}

static void a_body_that_no_version_wrote_is_corrupt(void **state)
{
    static const char *const bodies[] = {
        "{}",
        "{\"step\":\"who\"}",
        "{\"how\":\"done\"}",
        "{\"step\":2,\"how\":\"done\"}",
        "{\"step\":\"who\",\"how\":1}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":7}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":[\"cooking\"]}",
        "{\"step\":\"why\",\"how\":\"done\",\"needs\":null}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":\"Cooking\"}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":\"a\\tb\"}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":\"caf\xc3\xa9\"}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":\"abcdefghijklmnopqrstuvwxyz012345\"}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":\"" KEYS_200 KEYS_200 "\"}",
        "{\"step\":\"missions\",\"how\":\"done\",\"missions\":{}}",
        "{\"step\":\"missions\",\"how\":\"done\",\"wants_shaping\":1}",
        "{\"step\":\"charter\",\"how\":\"done\",\"version\":1}",
        "{\"step\":\"charter\",\"how\":\"done\",\"version\":\"123456789012345678901234\"}",
        "{\"step\":\"charter\",\"how\":\"done\",\"version\":\"a\\u001b\"}",
        "{\"step\":\"charter\",\"how\":\"done\",\"language\":\"french\"}",
        "{\"step\":\"charter\",\"how\":\"done\",\"text\":\"0123456789abcdef0\"}",
        "{\"step\":\"charter\",\"how\":\"done\",\"strokes\":\"x\"}",
        "{\"step\":\"charter\",\"how\":\"done\",\"strokes\":[1,2]}",
        "{\"step\":\"charter\",\"how\":\"done\",\"strokes\":[[1,2,3]]}",
        "{\"step\":\"charter\",\"how\":\"done\",\"strokes\":[[1,2],[1,10001]]}",
        "{\"step\":\"charter\",\"how\":\"done\",\"strokes\":[[-1,2]]}",
        "{\"step\":\"charter\",\"how\":\"done\",\"strokes\":[[0.5,2]]}",
        "{\"step\":\"notice\",\"how\":\"done\",\"language\":[]}",
    };
    struct way *way = *state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (say(way, bodies[i]) != RC_CORRUPT)
            fail_msg("taken: %s", bodies[i]);
    static const char *const buddies[] = {
        "{}",
        "{\"buddy\":[1,5]}",
        "{\"how\":\"asked\"}",
        "{\"buddy\":[1,5],\"how\":1}",
        "{\"buddy\":[1,0],\"how\":\"asked\"}",
        "{\"buddy\":5,\"how\":\"asked\"}",
        "{\"buddy\":[1,-5],\"how\":\"taken\"}",
    };
    for (size_t i = 0; i < sizeof buddies / sizeof buddies[0]; i++)
        if (take(way, FACT_BUDDY, json_loads(buddies[i], 0, NULL)) != RC_CORRUPT)
            fail_msg("taken: %s", buddies[i]);
}

static void the_longest_that_fits_is_taken(void **state)
{
    struct way *way = *state;
    assert_int_equal(
        say(way, "{\"step\":\"why\",\"how\":\"done\",\"likes\":"
                 "\"abcdefghijklmnopqrstuvwxyz01234 " KEYS_200 KEYS_40 KEYS_40 KEYS_40 KEYS_40
                 "1234567\"}"),
        RC_OK);
    assert_int_equal(strlen(way->newcomer.wishes[GUIDE_LIKES]), 399);
    assert_int_equal(say(way, "{\"step\":\"charter\",\"how\":\"done\",\"text\":"
                              "\"0123456789abcdef\",\"version\":\"12345678901234567890123\","
                              "\"language\":\"nld\",\"strokes\":[[0,10000]]}"),
                     RC_OK);
    assert_int_equal(strlen(way->newcomer.charter), GUIDE_VERSION_BYTES - 1);
    assert_true(way->newcomer.is_charter_signed);
}

/* --- what is said --- */

static void what_is_said_can_be_read_back_or_is_not_said(void **state)
{
    struct newcomer_said said = {.step = GUIDE_WHY, .how = NEWCOMER_DONE};
    struct way *way = *state;
    said.wishes[GUIDE_LIKES] = KEYS_200 KEYS_200 KEYS_40; /* cut between two */
    assert_int_equal(take(way, FACT_WELCOME, newcomer_said_to_json(&said)), RC_OK);
    assert_int_equal(strlen(way->newcomer.wishes[GUIDE_LIKES]), 399);
    said.wishes[GUIDE_LIKES] = "Cooking";
    assert_null(newcomer_said_to_json(&said));
    said = (struct newcomer_said){
        .step = GUIDE_CHARTER, .how = NEWCOMER_DONE, .version = "123456789012345678901234"};
    assert_null(newcomer_said_to_json(&said));
    said.version = NULL;
    said.language = "french";
    assert_null(newcomer_said_to_json(&said));
}

static void a_signature_of_any_length_fits_a_body(void **state)
{
    enum { POINTS = 7919, STROKES = 400 };
    static int16_t points[2 * POINTS];
    static int begins[STROKES];
    struct newcomer_said said = {.step = GUIDE_CHARTER,
                                 .how = NEWCOMER_DONE,
                                 .version = "12345678901234567890123",
                                 .points = points,
                                 .begins = begins,
                                 .stroke_count = 1};
    struct way *way = *state;
    for (int i = 0; i < 2 * POINTS; i++)
        points[i] = i % 5 ? 10000 : i % 2 ? 32767 : -32768;
    for (int i = 0; i < STROKES; i++)
        begins[i] = i * (POINTS / STROKES);
    static const int counts[][2] = {{1, 1},      {999, 1},          {1000, 1}, {1001, 1},
                                    {POINTS, 1}, {POINTS, STROKES}, {2, 2}};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        said.point_count = counts[i][0];
        said.stroke_count = counts[i][0] < STROKES ? 1 : counts[i][1];
        json_t *body = newcomer_said_to_json(&said);
        char *text = json_dumps(body, JSON_COMPACT);
        assert_true(strlen(text) <= FACT_BODY_LIMIT);
        assert_true(json_array_size(json_object_get(body, "strokes")) > 0);
        free(text);
        assert_int_equal(take(way, FACT_WELCOME, body), RC_OK);
        assert_true(way->newcomer.is_charter_signed);
    }
}

static void a_long_stroke_is_thinned_and_keeps_its_ends(void **state)
{
    static int16_t points[2 * 3000];
    static const int begins[] = {0, 2900};
    const struct newcomer_said said = {.step = GUIDE_CHARTER,
                                       .how = NEWCOMER_DONE,
                                       .points = points,
                                       .begins = begins,
                                       .point_count = 3000,
                                       .stroke_count = 2};
    (void)state;
    for (int i = 0; i < 3000; i++)
        points[2 * i] = (int16_t)i;
    json_t *body = newcomer_said_to_json(&said), *strokes = json_object_get(body, "strokes");
    static const int ends[][2] = {{0, 2899}, {2900, 2999}};
    assert_int_equal(json_array_size(strokes), 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *stroke = json_array_get(strokes, i);
        size_t size = json_array_size(stroke);
        assert_int_equal(json_integer_value(json_array_get(stroke, 0)), ends[i][0]);
        assert_int_equal(json_integer_value(json_array_get(stroke, size - 2)), ends[i][1]);
    }
    json_decref(body);
}

/* --- buddies --- */

static void expect_buddy(const struct way *way, int who, enum newcomer_buddy state)
{
    assert_int_equal(way->newcomer.buddy.seq, who);
    assert_int_equal(way->newcomer.buddy_state, state);
}

static void who_is_asked_takes_them_or_passes(void **state)
{
    struct way *way = *state;
    buddy(way, 5, "asked");
    expect_buddy(way, 5, NEWCOMER_BUDDY_ASKED);
    assert_int_equal(way->newcomer.buddy_ms, 1000);
    buddy(way, 5, "missed");
    expect_buddy(way, 0, NEWCOMER_BUDDY_NONE);
    assert_int_equal(way->newcomer.buddy_ms, 0);
    buddy(way, 6, "asked");
    buddy(way, 6, "declined");
    assert_int_equal(way->newcomer.passed_count, 2);
    assert_int_equal(way->newcomer.passed[0].seq, 5);
    assert_int_equal(way->newcomer.passed[1].seq, 6);
    buddy(way, 7, "named");
    expect_buddy(way, 7, NEWCOMER_BUDDY_NAMED);
    buddy(way, 5, "taken"); /* could, after all */
    expect_buddy(way, 5, NEWCOMER_BUDDY_TAKEN);
    assert_int_equal(way->newcomer.passed_count, 1);
    assert_int_equal(way->newcomer.passed[0].seq, 6);
}

static void who_has_taken_them_keeps_them_until_they_decline(void **state)
{
    static const char *const late[] = {"asked", "taken", "named", "missed", "declined"};
    struct way *way = *state;
    buddy(way, 5, "taken");
    for (size_t i = 0; i < sizeof late / sizeof late[0]; i++) {
        buddy(way, 6, late[i]);
        expect_buddy(way, 5, NEWCOMER_BUDDY_TAKEN);
    }
    buddy(way, 5, "missed"); /* a moment too late */
    expect_buddy(way, 5, NEWCOMER_BUDDY_TAKEN);
    assert_int_equal(way->newcomer.buddy_ms, 1000);
    assert_int_equal(way->newcomer.passed_count, 1);
    buddy(way, 5, "declined");
    expect_buddy(way, 0, NEWCOMER_BUDDY_NONE);
    assert_int_equal(way->newcomer.passed_count, 2);
}

static void nobody_is_their_own_buddy(void **state)
{
    struct way *way = *state;
    assert_int_equal(buddy(way, 1000, "taken"), RC_OK);
    expect_buddy(way, 0, NEWCOMER_BUDDY_NONE);
    assert_false(way->newcomer.has_begun);
}

static void the_newest_who_could_not_are_remembered_each_once(void **state)
{
    struct way *way = *state;
    for (int who = 1; who <= NEWCOMER_PASSED_MAX + 3; who++)
        buddy(way, who, "missed");
    buddy(way, 6, "declined");
    assert_int_equal(way->newcomer.passed_count, NEWCOMER_PASSED_MAX);
    assert_int_equal(way->newcomer.passed[0].seq, 4);
    assert_int_equal(way->newcomer.passed[NEWCOMER_PASSED_MAX - 1].seq, 6);
    for (int i = 0; i < NEWCOMER_PASSED_MAX - 1; i++)
        assert_int_not_equal(way->newcomer.passed[i].seq, 6);
}

/* --- comparing --- */

static void each_part_makes_a_difference(void **state)
{
    static struct newcomer one, other;
    (void)state;
    one = (struct newcomer){.has_begun = true, .passed_count = 1};
    assert_true(newcomer_is_same(&one, &one));
#define DIFFERS(change) (other = one, (change), assert_false(newcomer_is_same(&one, &other)))
    DIFFERS(other.has_begun = false);
    DIFFERS(other.began_ms++);
    DIFFERS(other.began.seq++);
    DIFFERS(other.steps[GUIDE_DEEPENING]++);
    DIFFERS(other.steps_ms[GUIDE_LANGUAGE]++);
    DIFFERS(other.wishes[GUIDE_NEEDS][0] = 'a');
    DIFFERS(other.missions[0] = 'a');
    DIFFERS(other.wants_shaping = true);
    DIFFERS(other.charter[0] = 'a');
    DIFFERS(other.charter_language[0] = 'a');
    DIFFERS(other.is_charter_signed = true);
    DIFFERS(other.buddy.seq++);
    DIFFERS(other.buddy_state++);
    DIFFERS(other.buddy_ms++);
    DIFFERS(other.passed[0].seq++);
    DIFFERS(other.passed_count++);
    other = one;
    other.passed[1].seq++; /* behind the last */
    assert_true(newcomer_is_same(&one, &other));
}

/* --- in any order --- */

#define FACTS 40

/* One of what may come, at a moment of a few. */
static struct fact make_fact(struct random *random, int64_t seq)
{
    static const char *const bodies[] = {
        "{\"step\":\"who\",\"how\":\"done\"}",
        "{\"step\":\"who\",\"how\":\"again\"}",
        "{\"step\":\"why\",\"how\":\"done\",\"likes\":\"cooking\"}",
        "{\"step\":\"why\",\"how\":\"skipped\"}",
        "{\"step\":\"charter\",\"how\":\"done\",\"version\":\"1\",\"strokes\":[[1,2]]}",
        "{\"step\":\"charter\",\"how\":\"later\"}",
        "{\"buddy\":[1,5],\"how\":\"asked\"}",
        "{\"buddy\":[1,5],\"how\":\"missed\"}",
        "{\"buddy\":[1,6],\"how\":\"taken\"}",
        "{\"buddy\":[1,6],\"how\":\"declined\"}",
        "{\"buddy\":[1,7],\"how\":\"named\"}",
        "{\"field\":\"line\",\"is_given\":true,\"version\":\"1\",\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":false,\"version\":\"1\",\"language\":\"nl\"}",
    };
    unsigned at = random_below(random, sizeof bodies / sizeof bodies[0]);
    return (struct fact){
        .id = {1 + random_below(random, 3), seq},
        .kind = at < 6    ? FACT_WELCOME
                : at < 11 ? FACT_BUDDY
                          : FACT_CONSENT,
        .effective_ms = 1000 + random_below(random, FACTS / 2),
        .body = bodies[at],
        .body_length = strlen(bodies[at]),
    };
}

static void shuffle(struct random *random, struct fact *facts)
{
    for (unsigned i = FACTS - 1; i > 0; i--) {
        unsigned at = random_below(random, i + 1);
        struct fact kept = facts[i];
        facts[i] = facts[at];
        facts[at] = kept;
    }
}

static void any_order_of_arrival_folds_to_the_same(void **state)
{
    static struct fold one, other;
    struct random random = random_for_test("newcomer");
    int differences = 0;
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct fact facts[FACTS];
        for (int i = 0; i < FACTS; i++)
            facts[i] = make_fact(&random, i + 1);
        assert_int_equal(fold_person(facts, FACTS, &one), RC_OK);
        shuffle(&random, facts);
        assert_int_equal(fold_person(facts, FACTS, &other), RC_OK);
        assert_true(one.newcomer.has_begun);
        assert_true(fold_is_same(&one, &other));
        fold_finish(&other);
        facts[FACTS - 1].effective_ms = 0; /* control: the last word said first */
        assert_int_equal(fold_person(facts, FACTS, &other), RC_OK);
        differences += !fold_is_same(&one, &other);
        fold_finish(&other);
        fold_finish(&one);
    }
    assert_true(differences > 250);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_has_begun_before_their_first_step),
        TEST(the_last_word_on_a_step_holds_and_again_is_as_if_it_had_never_been),
        TEST(wishes_and_missions_are_what_was_said_last),
        TEST(a_charter_is_theirs_only_as_long_as_they_accept_it),
        TEST(what_a_newer_version_says_is_passed_over),
        TEST(an_erased_body_says_nothing),
        TEST(a_body_that_no_version_wrote_is_corrupt),
        TEST(the_longest_that_fits_is_taken),
        TEST(what_is_said_can_be_read_back_or_is_not_said),
        TEST(a_signature_of_any_length_fits_a_body),
        TEST(a_long_stroke_is_thinned_and_keeps_its_ends),
        TEST(who_is_asked_takes_them_or_passes),
        TEST(who_has_taken_them_keeps_them_until_they_decline),
        TEST(nobody_is_their_own_buddy),
        TEST(the_newest_who_could_not_are_remembered_each_once),
        TEST(each_part_makes_a_difference),
        TEST(any_order_of_arrival_folds_to_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
