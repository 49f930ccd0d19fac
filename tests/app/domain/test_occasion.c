#include "app/domain/occasion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795266000000)
#define HOUR INT64_C(3600000)
#define FACTS_MAX 8

/* An occasion's facts, a second apart, and what they come to. */
struct tale {
    struct fact facts[FACTS_MAX];
    char *bodies[FACTS_MAX];
    size_t count;
    struct occasion occasion;
    bool is_known;
};

static struct fact *tell(struct tale *tale, enum fact_kind kind, json_t *body)
{
    assert_non_null(body);
    assert_true(tale->count < FACTS_MAX);
    char *text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    struct fact *fact = &tale->facts[tale->count];
    *fact = (struct fact){.id = {1, (int64_t)tale->count + 7},
                          .subject = {1, 7},
                          .kind = kind,
                          .effective_ms = NOW + (int64_t)tale->count * 1000,
                          .body = text,
                          .body_length = strlen(text)};
    tale->bodies[tale->count++] = text;
    return fact;
}

static struct fact *tell_text(struct tale *tale, enum fact_kind kind, const char *text)
{
    return tell(tale, kind, json_loads(text, JSON_DECODE_ANY, NULL));
}

static const struct occasion *fold(struct tale *tale)
{
    assert_int_equal(occasion_fold(tale->facts, tale->count, &tale->occasion, &tale->is_known),
                     RC_OK);
    return &tale->occasion;
}

/* A Saturday in the shop: two shifts. */
static struct occasion saturday(void)
{
    return (struct occasion){
        .kind = OCCASION_SHIFT,
        .uid = "a@b",
        .instance = "20261121",
        .title = "Shop",
        .place = "Hall",
        .from_ms = NOW,
        .to_ms = NOW + 4 * HOUR,
        .shifts = {{.number = 1, .mission = "Till", .from_ms = NOW, .to_ms = NOW + 2 * HOUR},
                   {.number = 2,
                    .mission = "Cheese \"and\" bread",
                    .from_ms = NOW + 2 * HOUR,
                    .to_ms = NOW + 4 * HOUR,
                    .places = SHIFT_PLACES_MAX,
                    .circle = "shop",
                    .skill = "till",
                    .referent = "17",
                    .is_gone = true}},
        .shift_count = 2,
    };
}

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct tale));
    return *state == NULL;
}

static int tear_down(void **state)
{
    struct tale *tale = *state;
    for (size_t i = 0; i < tale->count; i++)
        free(tale->bodies[i]);
    free(tale);
    return 0;
}

/* --- kinds, states, words --- */

static void kinds_have_names_and_no_other_name_is_one(void **state)
{
    (void)state;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        assert_int_equal(occasion_kind_from_name(occasion_kind_name((enum occasion_kind)kind)),
                         kind);
    assert_int_equal(occasion_kind_from_name("shif"), OCCASION_COUNT);
    assert_int_equal(occasion_kind_from_name(""), OCCASION_COUNT);
}

static void hours_count_on_shifts_and_open_days_and_nowhere_else(void **state)
{
    (void)state;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        assert_int_equal(occasion_kind_has_hours((enum occasion_kind)kind),
                         kind == OCCASION_SHIFT || kind == OCCASION_OPEN_DAY);
}

static void a_tap_asks_at_drinks_assemblies_and_baskets(void **state)
{
    (void)state;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        assert_int_equal(occasion_kind_tap((enum occasion_kind)kind) == TAP_OCCASION_ASKS,
                         kind == OCCASION_DRINKS || kind == OCCASION_ASSEMBLY ||
                             kind == OCCASION_BASKET);
}

static void the_referents_word_has_three_sides_and_anything_else_is_unsaid(void **state)
{
    (void)state;
    for (int word = SHIFT_UNSAID; word <= SHIFT_TOO_MANY; word++)
        assert_int_equal(shift_enough_from_name(shift_enough_name((enum shift_enough)word)), word);
    assert_int_equal(shift_enough_from_name(NULL), SHIFT_UNSAID);
    assert_int_equal(shift_enough_from_name("plenty"), SHIFT_UNSAID);
}

static void a_shift_is_found_by_its_number(void **state)
{
    struct occasion occasion = saturday();
    (void)state;
    assert_ptr_equal(occasion_shift(&occasion, 2), &occasion.shifts[1]);
    assert_null(occasion_shift(&occasion, 3));
    assert_null(occasion_shift(&occasion, 0));
}

/* --- is it sound --- */

static void assert_unsound(const struct occasion *occasion, const char *why)
{
    struct reason reason = {.text = ""};
    assert_false(occasion_is_sound(occasion, &reason));
    if (!strstr(reason.text, why))
        fail_msg("'%s' and not '%s'", reason.text, why);
    assert_false(occasion_is_sound(occasion, NULL));
}

static void what_is_sound_is_whole_and_within_bounds(void **state)
{
    struct occasion sound = saturday(), occasion;
    (void)state;
    assert_true(occasion_is_sound(&sound, NULL));
#define UNSOUND(change, why) (occasion = sound, (change), assert_unsound(&occasion, (why)))
    UNSOUND(occasion.to_ms = occasion.from_ms, "ends before it begins");
    UNSOUND(occasion.to_ms = occasion.from_ms + OCCASION_MAX_MS + 1, "longer than seven days");
    UNSOUND(occasion.from_ms = -1, "no calendar");
    UNSOUND(occasion.from_ms = INT64_MIN, "no calendar");
    UNSOUND(occasion.to_ms = INT64_MAX, "no calendar");
    UNSOUND(occasion.shifts[1].to_ms = FACT_TIME_MAX_MS + 1, "no calendar"); /* the year 10000 */
    UNSOUND(occasion.shifts[1].from_ms = occasion.shifts[1].to_ms, "ends before");
    UNSOUND(occasion.shifts[1].number = 1, "two shifts of one number");
    UNSOUND(occasion.shifts[1].number = 0, "two shifts of one number");
    UNSOUND(occasion.shifts[1].places = SHIFT_PLACES_MAX + 1, "places");
    UNSOUND(occasion.shifts[1].places = -1, "places");
    UNSOUND((occasion.shifts[0].from_ms = NOW - OCCASION_MAX_MS - 1,
             occasion.shifts[0].to_ms = NOW - OCCASION_MAX_MS),
            "another day");
    UNSOUND(strcpy(occasion.title, "a\nb"), "cannot be shown");
    UNSOUND(strcpy(occasion.shifts[0].circle, "\x80"), "cannot be shown");
#undef UNSOUND
}

/* --- bodies --- */

static void what_is_written_is_read_again(void **state)
{
    struct tale *tale = *state;
    struct occasion occasion = saturday();
    occasion.id = (struct fact_id){1, 7};
    occasion.state = OCCASION_VANISHED;
    occasion.is_all_day = true;
    tell(tale, FACT_OCCASION_ADDED, occasion_to_json(&occasion));
    assert_true(occasion_is_same(fold(tale), &occasion));
    assert_true(tale->is_known);
}

static void a_change_has_what_differs_and_takes_it_over(void **state)
{
    struct tale *tale = *state;
    struct occasion before = saturday(), after = before;
    json_t *nothing = occasion_changes(&before, &before);
    assert_int_equal(json_object_size(nothing), 0);
    json_decref(nothing);
    tell(tale, FACT_OCCASION_ADDED, occasion_to_json(&before));
    strcpy(after.title, "");
    after.kind = OCCASION_DRINKS;
    after.state = OCCASION_CANCELLED;
    after.shift_count = 1;
    json_t *changes = occasion_changes(&before, &after);
    assert_int_equal(json_object_size(changes), 4);
    tell(tale, FACT_OCCASION_CHANGED, changes);
    after.id = (struct fact_id){1, 7};
    assert_true(occasion_is_same(fold(tale), &after));
    struct occasion later = after;
    later.shift_count = 0;
    later.state = OCCASION_ON;
    tell(tale, FACT_OCCASION_CHANGED, occasion_changes(&after, &later));
    assert_true(occasion_is_same(fold(tale), &later));
}

static void each_field_makes_a_difference(void **state)
{
    struct occasion one = saturday(), other;
    (void)state;
#define DIFFERS(change) (other = one, (change), assert_false(occasion_is_same(&one, &other)))
    other = one;
    assert_true(occasion_is_same(&one, &other));
    DIFFERS(other.id.seq = 8);
    DIFFERS(other.organisation.seq = 8);
    DIFFERS(other.kind = OCCASION_INFO);
    DIFFERS(other.state = OCCASION_CANCELLED);
    DIFFERS(other.from_ms++);
    DIFFERS(other.to_ms++);
    DIFFERS(other.is_all_day = true);
    DIFFERS(strcpy(other.uid, "x"));
    DIFFERS(strcpy(other.instance, "x"));
    DIFFERS(strcpy(other.title, "x"));
    DIFFERS(strcpy(other.place, "x"));
    DIFFERS(other.shift_count = 1);
    DIFFERS(other.shifts[1].number = 3);
    DIFFERS(other.shifts[1].from_ms++);
    DIFFERS(other.shifts[1].to_ms++);
    DIFFERS(other.shifts[1].places = 0);
    DIFFERS(other.shifts[1].is_gone = false);
    DIFFERS(strcpy(other.shifts[1].mission, "x"));
    DIFFERS(strcpy(other.shifts[1].skill, "x"));
    DIFFERS(strcpy(other.shifts[1].referent, "x"));
    DIFFERS(other.shifts[1].closed.seq = 1);
    DIFFERS(other.shifts[1].were_enough = SHIFT_ENOUGH);
#undef DIFFERS
}

static void shifts_stand_by_number_however_a_body_has_them(void **state)
{
    struct tale *tale = *state;
    tell_text(tale, FACT_OCCASION_ADDED,
              "{\"from_ms\":1000,\"to_ms\":9000,\"shifts\":["
              "{\"number\":9,\"from_ms\":1000,\"to_ms\":2000},"
              "{\"number\":2,\"from_ms\":1000,\"to_ms\":2000},"
              "{\"number\":5,\"from_ms\":1000,\"to_ms\":2000}]}");
    assert_int_equal(fold(tale)->shifts[0].number, 2);
    assert_int_equal(tale->occasion.shifts[1].number, 5);
    assert_int_equal(tale->occasion.shifts[2].number, 9);
}

static void a_kind_of_a_newer_version_only_counts_presence(void **state)
{
    struct tale *tale = *state;
    tell_text(tale, FACT_OCCASION_ADDED, "{\"kind\":\"concert\",\"from_ms\":1000,\"to_ms\":2000}");
    assert_int_equal(fold(tale)->kind, OCCASION_WORKSHOP);
    assert_false(occasion_kind_has_hours(tale->occasion.kind));
}

/* --- the fold --- */

static void before_its_first_fact_and_once_erased_it_is_unknown(void **state)
{
    struct tale *tale = *state;
    tell_text(tale, FACT_OCCASION_CHANGED, "{\"title\":\"early\"}");
    fold(tale);
    assert_false(tale->is_known);
    tell_text(tale, FACT_OCCASION_ADDED, "{\"from_ms\":1000,\"to_ms\":2000}")->body = NULL;
    fold(tale);
    assert_false(tale->is_known);
    tell_text(tale, FACT_OCCASION_ADDED, "{\"from_ms\":1000,\"to_ms\":2000}");
    tell_text(tale, FACT_OCCASION_CHANGED, "{\"title\":\"erased\"}")->body = NULL;
    assert_string_equal(fold(tale)->title, "");
    assert_true(tale->is_known);
}

static void facts_that_are_not_about_occasions_are_passed_over(void **state)
{
    struct tale *tale = *state;
    tell_text(tale, FACT_OCCASION_ADDED, "{\"from_ms\":1000,\"to_ms\":2000}");
    tell_text(tale, FACT_TAP, "{\"title\":\"no\"}");
    assert_string_equal(fold(tale)->title, "");
}

static void an_organisation_counts_from_the_last_fact_that_names_one(void **state)
{
    struct tale *tale = *state;
    tell_text(tale, FACT_OCCASION_ADDED, "{\"from_ms\":1000,\"to_ms\":2000}")->organisation.seq = 3;
    tell_text(tale, FACT_OCCASION_CHANGED, "{\"title\":\"by the house\"}");
    assert_int_equal(fold(tale)->organisation.seq, 3);
    tell_text(tale, FACT_OCCASION_CHANGED, "{}")->organisation.seq = 4;
    assert_int_equal(fold(tale)->organisation.seq, 4);
}

static void the_latest_word_on_a_shift_counts_and_stays_while_the_shift_does(void **state)
{
    struct tale *tale = *state;
    struct occasion before = saturday(), after = before;
    tell(tale, FACT_OCCASION_ADDED, occasion_to_json(&before));
    tell_text(tale, FACT_SHIFT_CLOSED, "{\"shift\":2,\"were_enough\":\"too-few\"}");
    assert_int_equal(fold(tale)->shifts[1].were_enough, SHIFT_TOO_FEW);
    assert_int_equal(tale->occasion.shifts[0].closed.seq, 0);
    tell_text(tale, FACT_SHIFT_CLOSED, "{\"shift\":2,\"were_enough\":\"enough\"}");
    tell_text(tale, FACT_SHIFT_CLOSED, "{\"shift\":77,\"were_enough\":\"enough\"}");
    after.shifts[1].places = 3;
    tell(tale, FACT_OCCASION_CHANGED, occasion_changes(&before, &after));
    assert_int_equal(fold(tale)->shifts[1].were_enough, SHIFT_ENOUGH);
    assert_int_equal(tale->occasion.shifts[1].closed.seq, 9);
    assert_int_equal(tale->occasion.shifts[1].places, 3);
}

/* Each sound where it was made; together there would be an end before the beginning. */
/* So that those before it can be erased; a referent's word does not go with them. */
static void a_change_that_is_whole_needs_none_before_it(void **state)
{
    struct tale *tale = *state;
    struct occasion occasion = saturday();
    struct fact *added = tell(tale, FACT_OCCASION_ADDED, occasion_to_json(&occasion));
    tell_text(tale, FACT_SHIFT_CLOSED, "{\"shift\":1,\"were_enough\":\"enough\"}");
    tell_text(tale, FACT_OCCASION_CHANGED, "{\"place\":\"At the back\"}");
    occasion.shifts[0].referent[0] = 0;
    json_t *whole = occasion_to_json(&occasion);
    json_object_set_new(whole, FACT_WHOLE, json_true());
    tell(tale, FACT_OCCASION_CHANGED, whole);
    for (int is_erased = 0; is_erased < 2; is_erased++) {
        if (is_erased)
            added->body = NULL;
        assert_string_equal(fold(tale)->shifts[0].referent, "");
        assert_true(tale->is_known);
        assert_string_equal(tale->occasion.place, occasion.place);
        assert_string_equal(tale->occasion.title, occasion.title);
        assert_int_equal(tale->occasion.shift_count, occasion.shift_count);
        assert_int_equal(tale->occasion.shifts[0].were_enough, SHIFT_ENOUGH);
    }
}

static void changes_of_two_stations_that_do_not_fit_together_break_nothing(void **state)
{
    struct tale *tale = *state;
    tell_text(tale, FACT_OCCASION_ADDED, "{\"from_ms\":1000,\"to_ms\":9000}");
    tell_text(tale, FACT_OCCASION_CHANGED, "{\"to_ms\":3000}");
    tell_text(tale, FACT_OCCASION_CHANGED, "{\"from_ms\":5000,\"title\":\"moved\"}")->id.station =
        2;
    assert_int_equal(fold(tale)->from_ms, 1000);
    assert_int_equal(tale->occasion.to_ms, 3000);
    assert_string_equal(tale->occasion.title, "");
}

static void both_times_are_said_where_one_differs(void **state)
{
    struct occasion before = saturday(), after = before;
    (void)state;
    after.to_ms += HOUR;
    json_t *changes = occasion_changes(&before, &after);
    assert_int_equal(json_object_size(changes), 2);
    assert_int_equal(json_number(changes, "from_ms", 0), before.from_ms);
    json_decref(changes);
}

static void hostile_bodies_are_corrupt_and_change_nothing(void **state)
{
    static const char *const bodies[] = {
        "{\"from_ms\":-9223372036854775808}",
        "{\"to_ms\":9223372036854775807}",
        "{\"from_ms\":\"1000\"}",
        "{\"to_ms\":2000.5}",
        "{\"to_ms\":253402300800000}",
        "{\"state\":\"dancing\"}",
        "{\"title\":7}",
        "{\"title\":\"a\\u0000b\"}",
        "{\"title\":\"a\\nb\"}",
        "{\"shifts\":{}}",
        "{\"shifts\":[7]}",
        "{\"shifts\":[{\"from_ms\":1000,\"to_ms\":2000}]}",
        "{\"shifts\":[{\"number\":4294967297,\"from_ms\":1000,\"to_ms\":2000}]}",
        "{\"shifts\":[{\"number\":-1,\"from_ms\":1000,\"to_ms\":2000}]}",
        "{\"shifts\":[{\"number\":1,\"places\":4294967297,\"from_ms\":1000,\"to_ms\":2000}]}",
        "{\"shifts\":[{\"number\":1,\"from_ms\":-9223372036854775808,\"to_ms\":2000}]}",
    };
    struct tale *tale = *state;
    struct occasion occasion;
    bool is_known = false;
    tell_text(tale, FACT_OCCASION_ADDED, "{\"from_ms\":1000,\"to_ms\":2000}");
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct fact facts[2] = {tale->facts[0], tale->facts[0]};
        facts[1].kind = FACT_OCCASION_CHANGED;
        facts[1].body = bodies[i];
        facts[1].body_length = strlen(bodies[i]);
        if (occasion_fold(facts, 2, &occasion, &is_known) != RC_CORRUPT)
            fail_msg("taken: %s", bodies[i]);
        assert_false(is_known);
    }
}

static void texts_and_lists_too_long_are_corrupt(void **state)
{
    struct tale *tale = *state;
    struct occasion occasion;
    char title[129];
    tell(tale, FACT_OCCASION_ADDED, json_pack("{s:i,s:i}", "from_ms", 1000, "to_ms", 2000));
    snprintf(title, sizeof title, "%0128d", 7);
    json_t *shifts = json_array();
    for (int i = 0; i <= OCCASION_SHIFTS_MAX; i++)
        json_array_append_new(
            shifts, json_pack("{s:i,s:i,s:i}", "number", i + 1, "from_ms", 1000, "to_ms", 2000));
    tell(tale, FACT_OCCASION_CHANGED, json_pack("{s:o}", "shifts", shifts));
    assert_int_equal(occasion_fold(tale->facts, 2, &occasion, &tale->is_known), RC_CORRUPT);
    tell(tale, FACT_OCCASION_CHANGED, json_pack("{s:s}", "title", title));
    tale->facts[1] = tale->facts[2];
    assert_int_equal(occasion_fold(tale->facts, 2, &occasion, &tale->is_known), RC_CORRUPT);
    tale->facts[1].body = "{\"title\":";
    tale->facts[1].body_length = 9;
    assert_int_equal(occasion_fold(tale->facts, 2, &occasion, &tale->is_known), RC_CORRUPT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(kinds_have_names_and_no_other_name_is_one),
        TEST(hours_count_on_shifts_and_open_days_and_nowhere_else),
        TEST(a_tap_asks_at_drinks_assemblies_and_baskets),
        TEST(the_referents_word_has_three_sides_and_anything_else_is_unsaid),
        TEST(a_shift_is_found_by_its_number),
        TEST(what_is_sound_is_whole_and_within_bounds),
        TEST(what_is_written_is_read_again),
        TEST(a_change_has_what_differs_and_takes_it_over),
        TEST(each_field_makes_a_difference),
        TEST(shifts_stand_by_number_however_a_body_has_them),
        TEST(a_kind_of_a_newer_version_only_counts_presence),
        TEST(before_its_first_fact_and_once_erased_it_is_unknown),
        TEST(facts_that_are_not_about_occasions_are_passed_over),
        TEST(an_organisation_counts_from_the_last_fact_that_names_one),
        TEST(the_latest_word_on_a_shift_counts_and_stays_while_the_shift_does),
        TEST(a_change_that_is_whole_needs_none_before_it),
        TEST(changes_of_two_stations_that_do_not_fit_together_break_nothing),
        TEST(both_times_are_said_where_one_differs),
        TEST(hostile_bodies_are_corrupt_and_change_nothing),
        TEST(texts_and_lists_too_long_are_corrupt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
